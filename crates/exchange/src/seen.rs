//! Which records of a file have been seen already.

use domain::catalogue::RecordKind;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Remembers kind and id of a million records in some 40 MB: two keyed 64-bit hashes instead of the id itself.
#[derive(Default)]
pub(crate) struct Seen {
    first: RandomState,
    second: RandomState,
    known: HashSet<(u64, u64)>,
}

impl Seen {
    /// Notes the record; `false` if it was known.
    pub(crate) fn insert(&mut self, kind: RecordKind, external_id: &str) -> bool {
        let key = (kind, external_id);
        self.known.insert((self.first.hash_one(key), self.second.hash_one(key)))
    }
}
