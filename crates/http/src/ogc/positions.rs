//! Where places and organisations lie, kept in memory in order of id: about 40 bytes each, brought up to date from the change log.
//!
//! A question for a box looks at all of them, which takes a millisecond for a hundred thousand; the records themselves are read only for the page
//! that is handed out.

use super::FeatureCollection;
use super::ask::Bbox;
use domain::Uuid;
use domain::areas::GeoPoint;
use domain::catalogue::{PublicationState, RecordKind};
use persistence::records::{self, StoredRecord};
use persistence::{AnyConnection, Result, changes};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError};

/// Records of one question to the database.
const STEP: i64 = 500;

/// After more changes than this everything is read anew.
const MAX_CHANGES: i64 = 20_000;

const KINDS: [RecordKind; 2] = [RecordKind::Place, RecordKind::Organization];

type Located = BTreeMap<Uuid, Option<GeoPoint>>;

#[derive(Debug, Default)]
struct Positions {
    /// The last change that is part of it.
    seq: i64,
    /// Whether it was ever read.
    read: bool,
    places: Located,
    organizations: Located,
}

/// The positions known last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf(Arc<Mutex<Positions>>);

/// A page of a collection.
#[derive(Debug)]
pub(crate) struct Selection {
    /// Ids of the page, in order.
    pub(crate) ids: Vec<Uuid>,
    /// All that match.
    pub(crate) matched: usize,
    /// Whether there is more after the page.
    pub(crate) more: bool,
}

impl Shelf {
    /// Features of a collection in a box, after an id.
    pub(crate) fn select(
        &self,
        connection: &mut AnyConnection,
        collection: FeatureCollection,
        bbox: Option<Bbox>,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Selection> {
        self.with(connection, |positions| {
            let all = positions.of(collection.kind());
            let within = |point: &Option<GeoPoint>| match (bbox, point) {
                (None, _) => true,
                (Some(bbox), Some(point)) => bbox.contains(point.lon, point.lat),
                (Some(_), None) => false,
            };
            let matched = if bbox.is_none() { all.len() } else { all.values().filter(|point| within(point)).count() };
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let mut ids: Vec<Uuid> =
                all.range((from, Bound::Unbounded)).filter(|(_, point)| within(point)).map(|(id, _)| *id).take(limit + 1).collect();
            let more = ids.len() > limit;
            ids.truncate(limit);
            Selection { ids, matched, more }
        })
    }

    /// West, south, east and north of a collection; nothing if it has no positions.
    pub(crate) fn extent(&self, connection: &mut AnyConnection, collection: FeatureCollection) -> Result<Option<[f64; 4]>> {
        self.with(connection, |positions| {
            positions.of(collection.kind()).values().flatten().fold(None, |extent: Option<[f64; 4]>, point| {
                let [west, south, east, north] = extent.unwrap_or([point.lon, point.lat, point.lon, point.lat]);
                Some([west.min(point.lon), south.min(point.lat), east.max(point.lon), north.max(point.lat)])
            })
        })
    }

    /// A page of organisations by number, counted from 1, and how many there are.
    pub(crate) fn organizations(&self, connection: &mut AnyConnection, number: u64, size: u64) -> Result<(Vec<Uuid>, usize)> {
        self.with(connection, |positions| {
            let from = usize::try_from(number.saturating_sub(1).saturating_mul(size)).unwrap_or(usize::MAX);
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            (positions.organizations.keys().skip(from).take(size).copied().collect(), positions.organizations.len())
        })
    }

    fn with<T>(&self, connection: &mut AnyConnection, look: impl FnOnce(&Positions) -> T) -> Result<T> {
        let mut positions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        positions.refresh(connection)?;
        Ok(look(&positions))
    }
}

impl Positions {
    fn of(&self, kind: RecordKind) -> &Located {
        if kind == RecordKind::Place { &self.places } else { &self.organizations }
    }

    fn refresh(&mut self, connection: &mut AnyConnection) -> Result<()> {
        let last = changes::last_seq(connection)?;
        // A log that is shorter than it was belongs to a database that was restored.
        if !self.read || last < self.seq || last - self.seq > MAX_CHANGES {
            return self.read_all(connection, last);
        }
        let mut changed = BTreeSet::new();
        let mut seq = self.seq;
        loop {
            let entries = changes::after(connection, seq, STEP, &KINDS)?;
            let Some(newest) = entries.last() else { break };
            seq = newest.seq;
            changed.extend(entries.iter().map(|entry| entry.record_id));
        }
        let changed: Vec<Uuid> = changed.into_iter().collect();
        for record in records::get_many(connection, &changed)? {
            self.note(&record);
        }
        // What came in between is looked at again next time.
        self.seq = last.max(seq);
        Ok(())
    }

    fn read_all(&mut self, connection: &mut AnyConnection, last: i64) -> Result<()> {
        *self = Self { seq: last, ..Self::default() };
        for kind in KINDS {
            let mut after = None;
            loop {
                let page = records::page(connection, kind, after, STEP)?;
                page.iter().for_each(|record| self.note(record));
                after = page.last().map(|record| record.id);
                if after.is_none() {
                    break;
                }
            }
        }
        self.read = true;
        Ok(())
    }

    fn note(&mut self, record: &StoredRecord) {
        let map = match record.kind {
            RecordKind::Place => &mut self.places,
            RecordKind::Organization => &mut self.organizations,
            RecordKind::Offer => return,
        };
        if record.state == PublicationState::Published {
            map.insert(record.id, point(&record.document));
        } else {
            map.remove(&record.id);
        }
    }
}

/// The position in a document, the rest of which is skipped.
fn point(document: &str) -> Option<GeoPoint> {
    #[derive(Deserialize)]
    struct WithPosition {
        geo: Option<GeoPoint>,
    }
    serde_json::from_str::<WithPosition>(document).ok()?.geo
}
