//! Which records go into a file, a page at a time.

use crate::exports::stream::Broken;
use domain::Uuid;
use domain::catalogue::{Offer, Organization, RecordKind};
use exchange::out::openqcat::Catalogue;
use persistence::records::{self, StoredRecord};
use persistence::{Store, dumps};
use std::collections::HashMap;

/// Records read at a time.
pub(super) const PAGE: i64 = 200;

/// The numbers of organisations that KURSNET would take, by their ids.
pub(super) type Suppliers = HashMap<Uuid, String>;

/// The offers of the whole catalogue or of one organisation, after an id.
pub(super) fn page(store: &Store, organization: Option<Uuid>, after: Option<Uuid>) -> Result<Vec<StoredRecord>, Broken> {
    Ok(store.read(|connection| match organization {
        Some(id) => dumps::offers_of(connection, id, after, PAGE),
        None => records::page(connection, RecordKind::Offer, after, PAGE),
    })?)
}

/// The offers of these records that KURSNET would take, written. Returns how many.
pub(super) fn write(
    catalogue: &Catalogue<'_>,
    suppliers: &Suppliers,
    page: &[StoredRecord],
    output: &mut dyn FnMut(&str) -> Result<(), Broken>,
) -> Result<usize, Broken> {
    let mut written = 0;
    for record in page {
        let Some(supplier) = record.organization_id.and_then(|id| suppliers.get(&id)) else { continue };
        let offer: Offer = serde_json::from_str(&record.document)?;
        if let Ok(services) = catalogue.offer(&offer, supplier) {
            output(&services)?;
            written += 1;
        }
    }
    Ok(written)
}

/// Whether there is anything to write at all: an empty full delivery would delete everything at the agency.
pub(super) fn is_empty(catalogue: &Catalogue<'_>, store: &Store, organization: Option<Uuid>, suppliers: &Suppliers) -> Result<bool, Broken> {
    let mut after = None;
    loop {
        let page = page(store, organization, after)?;
        let Some(last) = page.last() else { return Ok(true) };
        after = Some(last.id);
        if write(catalogue, suppliers, &page, &mut |_| Ok(()))? > 0 {
            return Ok(false);
        }
    }
}

/// All organisations that KURSNET would take, in order of id: their elements, and their numbers.
pub(super) fn suppliers(catalogue: &Catalogue<'_>, store: &Store) -> Result<(String, Suppliers), Broken> {
    let (mut xml, mut suppliers, mut after) = (String::new(), Suppliers::new(), None);
    loop {
        let page = store.read(|connection| records::page(connection, RecordKind::Organization, after, PAGE))?;
        let Some(last) = page.last() else { return Ok((xml, suppliers)) };
        after = Some(last.id);
        add(catalogue, &page, &mut xml, &mut suppliers)?;
    }
}

/// Adds those of these organisations that KURSNET would take.
pub(super) fn add(catalogue: &Catalogue<'_>, page: &[StoredRecord], xml: &mut String, suppliers: &mut Suppliers) -> Result<(), Broken> {
    for record in page {
        let organization: Organization = serde_json::from_str(&record.document)?;
        if let Ok(supplier) = catalogue.supplier(&organization) {
            // Two records of the same provider, from two sources: one element, and the offers of both refer to it.
            if !suppliers.values().any(|known| *known == supplier.id) {
                xml.push_str(&supplier.xml);
            }
            suppliers.insert(record.id, supplier.id);
        }
    }
    Ok(())
}
