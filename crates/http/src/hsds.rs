//! Open Referral HSDS 3.0: standing services and who offers them, for directories of social services.

pub mod about;
pub mod organization;
pub mod organizations;
pub mod service;
pub mod services;

use crate::query::Query;
use crate::state::AppState;
use exchange::out::Site;
use exchange::out::hsds::Hsds;
use utoipa::IntoParams;

/// Parameters of the list of organisations.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct HsdsPage {
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 1_000_000, example = 1)]
    pub(crate) page: Option<u64>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100, example = 20)]
    pub(crate) per_page: Option<u64>,
    /// `true`: each entry with everything around it.
    pub(crate) full: Option<bool>,
    /// Language of names and descriptions; overrides `Accept-Language`.
    #[param(example = "de")]
    pub(crate) lang: Option<String>,
}

/// A page by number.
pub(crate) struct Numbered {
    pub(crate) number: u64,
    pub(crate) size: u64,
    pub(crate) full: bool,
}

/// Reads `page`, `per_page` and `full`; what is wrong stays in `parameters`.
pub(crate) fn numbered(parameters: &mut Query<'_>) -> Numbered {
    let number = parameters.number("page", 1, 1_000_000).unwrap_or(1);
    let size = parameters.number("per_page", 1, 100).unwrap_or(20);
    Numbered { number, size, full: parameters.flag("full").unwrap_or(false) }
}

pub(crate) fn writer<'a>(state: &'a AppState, site: &'a Site, language: &'a str) -> Hsds<'a> {
    Hsds { site, vocabularies: &state.services.vocabularies, language }
}
