//! Addresses of records. They do not depend on the language of the reader, because they are identifiers, too.

use super::Site;
use domain::Uuid;
use domain::catalogue::{Offer, Organization};

/// The page of an offer.
pub(super) fn offer(site: &Site, offer: &Offer) -> String {
    site.address(&format!("/de/angebote/{}/{}", offer.meta.id, offer.meta.slug))
}

/// The page of an organisation.
pub(super) fn organization(site: &Site, organization: &Organization) -> String {
    organization_page(site, organization.meta.id, &organization.meta.slug)
}

/// The page of an organisation of which only a summary is known.
pub(super) fn organization_page(site: &Site, id: Uuid, slug: &str) -> String {
    site.address(&format!("/de/einrichtungen/{id}/{slug}"))
}

/// A place. It has no page of its own, so this is its record.
pub(super) fn place(site: &Site, id: Uuid) -> String {
    site.address(&format!("/api/v1/places/{id}"))
}
