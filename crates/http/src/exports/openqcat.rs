//! openQ-cat 1.1 for KURSNET: an organisation, the whole catalogue, what changed, and what is not sent and why.

pub mod catalogue;
pub mod organization;
pub mod report;
mod scope;
