//! The catalogue as readers see it: lists of offers and organisations, their facets, and suggestions while typing.

mod cursor;
mod facet;
mod highlight;
mod item;
mod matching;
mod narrow;
mod offers;
mod organizations;
mod page;
mod query;
mod rank;
mod suggest;
mod suggestion;
mod understand;

pub use facet::{NOT_STATED, OfferFacet, OrganizationFacet};
pub use item::{AccessibilityValues, Highlights, ItemLevels, ItemOrganization, ItemPlace, ItemPrice, ItemRun, OfferItem, OrganizationItem};
pub use page::{EmptiedBy, FacetCount, Facets, Help, OfferPage, OrganizationPage};
pub use query::{Near, OfferQuery, OfferSort, OrganizationQuery, OrganizationSort};
pub use suggestion::{Suggestion, SuggestionKind};

pub(crate) use offers::offers;
pub(crate) use organizations::organizations;
pub(crate) use suggest::{Names, suggest};
