//! Search over the catalogue: one disposable tantivy index per node, built from the records and always rebuildable.
//!
//! * [`analysis`] turns words into terms, German first.
//! * [`index`] keeps the documents: schema, writer, and the snapshot that readers work on.
//! * [`catalogue`] asks the questions of the API: offers, organisations, facets, suggestions.

pub mod analysis;
pub mod catalogue;
mod error;
pub mod index;

pub use analysis::Analysis;
pub use catalogue::{OfferFacet, OfferPage, OfferQuery, OfferSort, OrganizationFacet, OrganizationPage, OrganizationQuery, OrganizationSort};
pub use error::SearchError;
pub use index::{Counts, SearchIndex, Writer};
