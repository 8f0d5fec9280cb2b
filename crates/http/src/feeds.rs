//! What other programs take in by themselves: records as schema.org in JSON-LD, searches as Atom.
//!
//! Also what the other formats for readers share: which formats a request accepts, absolute addresses, and lists that are leafed through by number.

pub(crate) mod accept;
pub mod atom;
pub(crate) mod links;
pub mod offer;
pub mod offers;
pub mod organization;
pub mod place;
pub(crate) mod records;
pub(crate) mod roll;

use crate::language::Language;
use crate::respond::Validator;
use crate::state::AppState;
use actix_web::HttpRequest;
use exchange::out::Site;
use std::sync::Arc;

/// What is remembered between requests, so that lists by number and searches by position cost what they hand out and not what there is.
#[derive(Debug, Default)]
pub(crate) struct Shelves {
    pub(crate) rolls: roll::Rolls,
    pub(crate) positions: crate::ogc::positions::Shelf,
}

/// The portal as outputs name it.
pub(crate) fn site(state: &AppState, request: &HttpRequest) -> Site {
    let region = state.services.region.info();
    Site { base: Arc::from(state.limits.edge.origin(request)), name: Arc::from(format!("Bildungsregion {}", region.name)), zone: region.time_zone }
}

/// What every output depends on: the address under which the portal is known, and the files its labels come from.
pub(crate) fn validator(state: &AppState, request: &HttpRequest, language: Language, site: &Site) -> Validator {
    Validator::new(request, language).and(&*site.base).and(state.data_version)
}
