//! Which documents make a page.

use super::cursor::{Cursor, Key};
use super::matching::Hit;
use crate::SearchError;
use crate::index::{Bits, Order, Snapshot};

/// The documents of a page, and the sort key of the last one if more follow.
pub(super) struct Ranked {
    pub(super) docs: Vec<u32>,
    pub(super) last: Option<(Key, u128)>,
}

/// A page out of an order that is kept. `key` is what the order was made by.
pub(super) fn by_order(
    snapshot: &Snapshot,
    order: &Order,
    wanted: &Bits,
    total: u64,
    limit: usize,
    cursor: Option<&Cursor>,
    key: impl Fn(u32) -> Key,
) -> Ranked {
    let from = cursor.map_or(0, |cursor| {
        order.position(|doc| {
            let key = key(doc);
            (&key, snapshot.id(doc)) > (&cursor.key, cursor.id)
        })
    });
    let mut docs = order.first(wanted, total, from, limit + 1);
    let more = docs.len() > limit;
    docs.truncate(limit);
    let last = docs.last().filter(|_| more).map(|doc| (key(*doc), snapshot.id(*doc)));
    Ranked { docs, last }
}

/// A page out of documents with a number each, ascending, ties broken by id.
pub(super) fn by_number(
    snapshot: &Snapshot,
    numbered: impl Iterator<Item = (u32, i64)>,
    limit: usize,
    cursor: Option<&Cursor>,
) -> Result<Ranked, SearchError> {
    let start = match cursor {
        None => None,
        Some(Cursor { key: Key::Number(number), id, .. }) => Some((*number, *id)),
        Some(_) => return Err(SearchError::Cursor),
    };
    let mut keyed: Vec<(i64, u32)> = numbered
        .map(|(doc, number)| (number, doc))
        .filter(|(number, doc)| start.is_none_or(|(after, id)| *number > after || (*number == after && snapshot.id(*doc) > id)))
        .collect();
    if keyed.len() > limit + 1 {
        let (_, (last, _), _) = keyed.select_nth_unstable_by_key(limit, |(number, _)| *number);
        let last = *last;
        keyed.retain(|(number, _)| *number <= last);
    }
    let mut ranked: Vec<(i64, u128, u32)> = keyed.into_iter().map(|(number, doc)| (number, snapshot.id(doc), doc)).collect();
    ranked.sort_unstable();
    let more = ranked.len() > limit;
    ranked.truncate(limit);
    let last = ranked.last().filter(|_| more).map(|(number, id, _)| (Key::Number(*number), *id));
    Ok(Ranked { docs: ranked.into_iter().map(|(_, _, doc)| doc).collect(), last })
}

/// A page of the best matches.
pub(super) fn by_score(snapshot: &Snapshot, hits: &[Hit], wanted: &Bits, limit: usize, cursor: Option<&Cursor>) -> Result<Ranked, SearchError> {
    // Positive floats are ordered like their bits.
    let numbered = hits.iter().filter(|(doc, _)| wanted.contains(*doc)).map(|(doc, score)| (*doc, -i64::from(score.max(0.0).to_bits())));
    by_number(snapshot, numbered, limit, cursor)
}
