//! The region and its areas.

pub mod boundaries;
pub mod holidays;
pub mod list;
pub mod region;

use crate::language::Language;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::HttpRequest;

/// A representation of what was read from files at the start and stays until the end.
pub(crate) fn of_files(state: &AppState, request: &HttpRequest, language: Language) -> Representation {
    Representation::public(language, Validator::new(request, language).and(state.data_version))
}
