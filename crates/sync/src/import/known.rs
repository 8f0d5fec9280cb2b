//! What is kept of a source before an import: enough to tell new, changed and unchanged records apart.

use domain::Uuid;
use domain::catalogue::{PublicationState, RecordKind};
use persistence::{Store, imports, records};
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// One kept record. 64 bytes with its key, so that a million records take 64 MB.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    key: u128,
    /// The first half of its hash.
    hash: u128,
    pub(super) id: Uuid,
    pub(super) version: u32,
    pub(super) kind: RecordKind,
    pub(super) published: bool,
    /// Another record is shown in its place.
    pub(super) merged: bool,
    pub(super) seen: bool,
}

/// All kept records of a source, ordered by a keyed 128-bit hash of kind and external id.
pub(super) struct Known {
    entries: Vec<Entry>,
    first: RandomState,
    second: RandomState,
}

impl Known {
    pub(super) fn load(store: &Store, source_id: Uuid) -> persistence::Result<Self> {
        let (first, second) = (RandomState::new(), RandomState::new());
        let mut entries = Vec::new();
        store.read(|connection| {
            entries.clear();
            let merged: HashSet<Uuid> = imports::merged(connection, source_id)?.into_iter().collect();
            records::each_of_source(connection, source_id, |record| {
                entries.push(Entry {
                    key: key(&first, &second, record.kind, &record.external_id),
                    hash: half(&record.content_hash),
                    id: record.id,
                    version: u32::try_from(record.version).unwrap_or(u32::MAX),
                    kind: record.kind,
                    published: record.state == PublicationState::Published,
                    merged: merged.contains(&record.id),
                    seen: false,
                });
            })
        })?;
        entries.sort_unstable_by_key(|entry| entry.key);
        Ok(Self { entries, first, second })
    }

    fn position(&self, kind: RecordKind, external_id: &str) -> Option<usize> {
        let key = key(&self.first, &self.second, kind, external_id);
        self.entries.binary_search_by_key(&key, |entry| entry.key).ok()
    }

    pub(super) fn get(&self, kind: RecordKind, external_id: &str) -> Option<Entry> {
        self.position(kind, external_id).and_then(|i| self.entries.get(i)).copied()
    }

    /// Notes that the file has the record, in whatever condition. Returns it.
    pub(super) fn see(&mut self, kind: RecordKind, external_id: &str) -> Option<Entry> {
        let position = self.position(kind, external_id)?;
        let entry = self.entries.get_mut(position)?;
        entry.seen = true;
        Some(*entry)
    }

    /// Number of published records.
    pub(super) fn published(&self) -> u64 {
        self.entries.iter().filter(|entry| entry.published).count() as u64
    }

    /// Published records that the file did not have.
    pub(super) fn missing(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.published && !entry.seen)
    }
}

impl Entry {
    /// Whether the record is kept, public or standing back for another, and was handed in exactly like this.
    pub(super) fn is_unchanged(&self, content_hash: &[u8; 32]) -> bool {
        (self.published || self.merged) && self.hash == half(content_hash)
    }
}

fn key(first: &RandomState, second: &RandomState, kind: RecordKind, external_id: &str) -> u128 {
    let named = (kind, external_id);
    (u128::from(first.hash_one(named)) << 64) | u128::from(second.hash_one(named))
}

fn half(hash: &[u8; 32]) -> u128 {
    let mut half = [0; 16];
    half.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    u128::from_be_bytes(half)
}
