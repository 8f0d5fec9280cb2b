//! Open Referral HSDS 3: standing services and who offers them. `docs/formats/out/hsds.md`.
//!
//! HSDS gives every part an identifier of its own. Parts that have none here get one that follows from what they belong to, so that it stays the
//! same as long as they do.

mod common;
mod organization;
mod schedule;
mod service;

use super::Site;
use domain::vocabularies::Vocabularies;
use serde_json::{Value, json};

pub use organization::{organization, organization_in_full};
pub use service::{Provider, service, service_in_full};

/// The version of HSDS that is written.
pub const VERSION: &str = "3.0";

/// What writing needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Hsds<'a> {
    /// The portal.
    pub site: &'a Site,
    /// Labels of codes.
    pub vocabularies: &'a Vocabularies,
    /// Language wished for texts (BCP 47).
    pub language: &'a str,
}

/// A page of a list.
pub fn page(contents: Vec<Value>, number: u64, per_page: u64, total: u64) -> Value {
    let pages = total.div_ceil(per_page.max(1));
    json!({
        "total_items": total, "total_pages": pages, "page_number": number, "size": contents.len(), "first_page": number <= 1,
        "last_page": number >= pages, "empty": contents.is_empty(), "contents": contents
    })
}
