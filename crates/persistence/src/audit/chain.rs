//! What is hashed, and how.

use sha2::{Digest, Sha256};

/// What is hashed of an entry besides the hash before it.
pub(super) struct Chained<'a> {
    pub(super) at: i64,
    pub(super) actor_kind: &'a str,
    pub(super) actor_id: Option<&'a str>,
    pub(super) action: &'a str,
    pub(super) target_kind: &'a str,
    pub(super) target_id: Option<&'a str>,
    pub(super) organization_id: Option<&'a str>,
    pub(super) actor_hash: &'a [u8],
    pub(super) detail_hash: &'a [u8],
}

/// Parts with their lengths in front, so that none can run into the next.
fn add(hash: &mut Sha256, part: Option<&[u8]>) {
    match part {
        None => hash.update([0]),
        Some(part) => {
            hash.update([1]);
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
}

impl Chained<'_> {
    /// The hash of the entry; `previous` is that of the one before, empty for the first.
    pub(super) fn hash(&self, previous: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        add(&mut hash, Some(previous));
        hash.update(self.at.to_be_bytes());
        for part in [Some(self.actor_kind), self.actor_id, Some(self.action), Some(self.target_kind), self.target_id, self.organization_id] {
            add(&mut hash, part.map(str::as_bytes));
        }
        add(&mut hash, Some(self.actor_hash));
        add(&mut hash, Some(self.detail_hash));
        hash.finalize().to_vec()
    }
}

/// The salted hash of a personal part. Of an actor: name, address, user agent. Of details: name of the target, before, after.
pub(super) fn personal_hash(salt: &[u8], parts: [Option<&str>; 3]) -> Vec<u8> {
    let mut hash = Sha256::new();
    add(&mut hash, Some(salt));
    for part in parts {
        add(&mut hash, part.map(str::as_bytes));
    }
    hash.finalize().to_vec()
}
