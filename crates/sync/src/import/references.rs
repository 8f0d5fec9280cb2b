//! What offers refer to: organisations and places of the same source, from the file or from what is kept.

use super::known::Known;
use super::record::Record;
use domain::Uuid;
use domain::catalogue::assemble::References;
use domain::catalogue::{OfferDraft, Organization, OrganizationSummary, Place, PlaceSummary, RecordKind};
use domain::text::ExternalId;
use persistence::{Error, Result, Store, records};
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// Organisations and places by their external ids.
pub(super) struct Directory {
    store: Store,
    organizations: HashMap<String, OrganizationSummary>,
    places: HashMap<String, PlaceSummary>,
    touched: Touched,
}

/// Kept organisations and places that look different after the import: the offers that show them follow.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pub(super) organizations: HashMap<Uuid, OrganizationSummary>,
    pub(super) places: HashMap<Uuid, PlaceSummary>,
}

impl Touched {
    pub(super) fn is_empty(&self) -> bool {
        self.organizations.is_empty() && self.places.is_empty()
    }

    /// Notes an organisation or place that may look different now.
    pub(super) fn note(&mut self, now: &Record, before: &Record) {
        match (now, before) {
            (Record::Organization(now), Record::Organization(before)) if now.summary() != before.summary() => {
                self.organizations.insert(now.meta.id, now.summary());
            }
            (Record::Place(now), Record::Place(before)) if now.summary() != before.summary() => {
                self.places.insert(now.meta.id, now.summary());
            }
            _ => {}
        }
    }

    pub(super) fn ids(&self) -> Vec<Uuid> {
        self.organizations.keys().chain(self.places.keys()).copied().collect()
    }
}

impl Directory {
    pub(super) fn new(store: Store) -> Self {
        Self { store, organizations: HashMap::new(), places: HashMap::new(), touched: Touched::default() }
    }

    pub(super) fn into_touched(self) -> Touched {
        self.touched
    }

    /// Notes a record of the file. `public` is what was shown of it until now.
    pub(super) fn put(&mut self, external_id: &str, now: &Record, public: Option<&Record>) {
        if let Some(before) = public {
            self.touched.note(now, before);
        }
        match now {
            Record::Organization(now) => drop(self.organizations.insert(external_id.to_owned(), now.summary())),
            Record::Place(now) => drop(self.places.insert(external_id.to_owned(), now.summary())),
            Record::Offer(_) => {}
        }
    }

    /// Fetches what a draft refers to. Returns whether all of it is there.
    pub(super) fn fetch(&mut self, draft: &OfferDraft, known: &Known) -> Result<bool> {
        let mut complete = self.fetch_organization(&draft.organization, known)?;
        for place in draft.runs.iter().filter_map(|run| run.place.as_ref()).chain(draft.place.as_ref()) {
            complete &= self.fetch_place(place, known)?;
        }
        Ok(complete)
    }

    fn fetch_organization(&mut self, external_id: &ExternalId, known: &Known) -> Result<bool> {
        if self.organizations.contains_key(external_id.as_str()) {
            return Ok(true);
        }
        let Some(organization) = self.kept::<Organization>(RecordKind::Organization, external_id, known)? else { return Ok(false) };
        self.organizations.insert(external_id.to_string(), organization.summary());
        Ok(true)
    }

    fn fetch_place(&mut self, external_id: &ExternalId, known: &Known) -> Result<bool> {
        if self.places.contains_key(external_id.as_str()) {
            return Ok(true);
        }
        let Some(place) = self.kept::<Place>(RecordKind::Place, external_id, known)? else { return Ok(false) };
        self.places.insert(external_id.to_string(), place.summary());
        Ok(true)
    }

    fn kept<T: DeserializeOwned>(&self, kind: RecordKind, external_id: &ExternalId, known: &Known) -> Result<Option<T>> {
        let Some(entry) = known.get(kind, external_id.as_str()).filter(|entry| entry.published) else { return Ok(None) };
        let record = self.store.read(|connection| records::get(connection, entry.id))?;
        record.map(|record| parse(&record.document)).transpose()
    }
}

impl References for Directory {
    fn organization(&self, external_id: &ExternalId) -> Option<OrganizationSummary> {
        self.organizations.get(external_id.as_str()).cloned()
    }

    fn place(&self, external_id: &ExternalId) -> Option<PlaceSummary> {
        self.places.get(external_id.as_str()).cloned()
    }
}

/// Reads a kept document.
pub(super) fn parse<T: DeserializeOwned>(document: &str) -> Result<T> {
    serde_json::from_str(document).map_err(|error| Error::Corrupt(format!("a document: {error}")))
}
