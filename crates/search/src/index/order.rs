//! Orders of documents, computed once and used by many requests.

use super::segment::Segment;
use super::{Bits, Snapshot};
use crate::SearchError;

/// Documents in an order, ties broken by id.
#[derive(Debug)]
pub(crate) struct Order {
    /// Documents, the first first.
    docs: Vec<u32>,
    /// Position of each document in `docs`; `u32::MAX` for one that is not there.
    ranks: Vec<u32>,
}

impl Order {
    /// Orders documents by a number each has.
    pub(super) fn by_number(snapshot: &Snapshot, documents: impl Iterator<Item = u32>, key: impl Fn(&Segment, u32) -> i64) -> Self {
        let mut keyed: Vec<(i64, u128, u32)> = documents
            .filter_map(|doc| snapshot.locate(doc).map(|(placed, local)| (key(&placed.segment, local), placed.segment.id(local), doc)))
            .collect();
        keyed.sort_unstable();
        Self::new(snapshot, keyed.into_iter().map(|(_, _, doc)| doc).collect())
    }

    /// Orders all documents by their title keys. Only the titles are compared as text, once each; documents then by number.
    pub(super) fn by_title(snapshot: &Snapshot) -> Result<Self, SearchError> {
        let mut titles: Vec<(Vec<u8>, usize, usize)> = Vec::new();
        let mut ranks: Vec<Vec<i64>> = Vec::new();
        for (at, placed) in snapshot.segments.iter().enumerate() {
            let Some(column) = &placed.segment.title_key else {
                ranks.push(Vec::new());
                continue;
            };
            ranks.push(vec![0; column.num_terms()]);
            let mut terms = column.dictionary().stream()?;
            let mut ord = 0;
            while terms.advance() {
                titles.push((terms.key().to_vec(), at, ord));
                ord += 1;
            }
        }
        titles.sort();
        let mut rank = 0i64;
        let mut before: Option<&[u8]> = None;
        for (title, at, ord) in &titles {
            if before != Some(title.as_slice()) {
                rank += 1;
                before = Some(title);
            }
            if let Some(slot) = ranks.get_mut(*at).and_then(|r| r.get_mut(*ord)) {
                *slot = rank;
            }
        }
        let mut keyed: Vec<(i64, u128, u32)> = Vec::new();
        for (placed, ranks) in snapshot.segments.iter().zip(&ranks) {
            let Some(column) = &placed.segment.title_key else { continue };
            for doc in 0..placed.segment.max_doc {
                let ord = column.term_ords(doc).next().and_then(|ord| usize::try_from(ord).ok());
                let rank = ord.and_then(|ord| ranks.get(ord)).copied().unwrap_or_default();
                keyed.push((rank, placed.segment.id(doc), placed.base + doc));
            }
        }
        keyed.sort_unstable();
        Ok(Self::new(snapshot, keyed.into_iter().map(|(_, _, doc)| doc).collect()))
    }

    fn new(snapshot: &Snapshot, docs: Vec<u32>) -> Self {
        let mut ranks = vec![u32::MAX; snapshot.len as usize];
        for (rank, doc) in (0u32..).zip(&docs) {
            if let Some(slot) = ranks.get_mut(*doc as usize) {
                *slot = rank;
            }
        }
        Self { docs, ranks }
    }

    /// The position of the first document for which `after` holds; it must hold for all that follow.
    pub(crate) fn position(&self, after: impl Fn(u32) -> bool) -> usize {
        self.docs.partition_point(|doc| !after(*doc))
    }

    /// The first `limit` documents out of `wanted` (which has `count`), from a position on.
    pub(crate) fn first(&self, wanted: &Bits, count: u64, from: usize, limit: usize) -> Vec<u32> {
        // Walking meets a wanted document every docs/count steps; ranking touches every wanted one.
        let walk = count.saturating_mul(count) >= (self.docs.len() as u64).saturating_mul(limit as u64);
        if walk {
            return self.docs.iter().skip(from).filter(|doc| wanted.contains(**doc)).take(limit).copied().collect();
        }
        let from = u32::try_from(from).unwrap_or(u32::MAX);
        let mut ranks: Vec<u32> =
            wanted.iter().filter_map(|doc| self.ranks.get(doc as usize).copied()).filter(|rank| (from..u32::MAX).contains(rank)).collect();
        if ranks.len() > limit {
            ranks.select_nth_unstable(limit);
            ranks.truncate(limit);
        }
        ranks.sort_unstable();
        ranks.into_iter().filter_map(|rank| self.docs.get(rank as usize).copied()).collect()
    }
}
