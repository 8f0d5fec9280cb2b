//! The cards of all offers, found by what they have to have in common.
//!
//! A node keeps all of it in memory, so it is kept small: postings are pairs of numbers in one ordered list, beside a short one of those that came
//! since. What was taken off stays in the lists without a card behind it until they are put in order again.

use super::cards::Card;
use super::compare::compare;
use domain::Uuid;
use domain::partners::DuplicateReason;
use std::collections::HashMap;

/// A key under which more offers meet than this says too little: what is the same is also found under another one.
const CROWD: usize = 300;

/// So many postings may come before they are put in order, and more if there are many already: a part of this share.
const LOOSE: usize = 50_000;
const SHARE: usize = 16;

/// Two offers that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) other: Uuid,
    pub(super) score: u8,
    pub(super) reasons: Vec<DuplicateReason>,
}

/// Which card, counted from 0.
type Slot = u32;

/// Half of a hash. Keys that are the same by chance cost a comparison.
type Key = u32;

/// Cards by id and by key.
#[derive(Debug, Default)]
pub(super) struct Board {
    cards: Vec<Option<Card>>,
    slots: HashMap<Uuid, Slot>,
    /// Postings in order.
    settled: Vec<(Key, Slot)>,
    /// Postings that came since.
    loose: HashMap<Key, Vec<Slot>>,
    loose_count: usize,
}

impl Board {
    /// Puts a card on the board in place of an earlier one of the same offer, and returns the cards it may be the same as.
    pub(super) fn put(&mut self, card: Card) -> Vec<Match> {
        self.take(card.id);
        let slot = Slot::try_from(self.cards.len()).unwrap_or(Slot::MAX);
        let mut met: Vec<Slot> = Vec::new();
        for key in card.keys() {
            let settled = under(&self.settled, key);
            let loose = self.loose.entry(key).or_default();
            if settled.len() + loose.len() <= CROWD {
                met.extend(settled.iter().map(|(_, slot)| *slot));
                met.extend_from_slice(loose);
            }
            loose.push(slot);
            self.loose_count += 1;
        }
        met.sort_unstable();
        met.dedup();
        let matches = met
            .into_iter()
            .filter_map(|slot| {
                let other = self.card(slot)?;
                let (score, reasons) = compare(&card, other)?;
                Some(Match { other: other.id, score, reasons })
            })
            .collect();
        self.slots.insert(card.id, slot);
        self.cards.push(Some(card));
        if self.loose_count > LOOSE.max(self.settled.len() / SHARE) {
            self.settle();
        }
        matches
    }

    /// Takes the card of an offer off the board.
    pub(super) fn take(&mut self, id: Uuid) {
        let Some(slot) = self.slots.remove(&id) else { return };
        if let Some(card) = self.cards.get_mut(usize::try_from(slot).unwrap_or(usize::MAX)) {
            *card = None;
        }
    }

    /// Number of cards.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    fn card(&self, slot: Slot) -> Option<&Card> {
        self.cards.get(usize::try_from(slot).ok()?)?.as_ref()
    }

    /// Puts all postings in order, and forgets what was taken off.
    fn settle(&mut self) {
        let mut now: Vec<Option<Slot>> = Vec::with_capacity(self.cards.len());
        let mut kept = 0;
        for card in &self.cards {
            now.push(card.is_some().then_some(kept));
            kept += Slot::from(card.is_some());
        }
        let moved = |slot: Slot| now.get(usize::try_from(slot).ok()?).copied().flatten();
        self.cards.retain(Option::is_some);
        self.slots.values_mut().for_each(|slot| *slot = moved(*slot).unwrap_or(Slot::MAX));
        let mut settled: Vec<(Key, Slot)> =
            std::mem::take(&mut self.settled).into_iter().filter_map(|(key, slot)| Some((key, moved(slot)?))).collect();
        for (key, slots) in std::mem::take(&mut self.loose) {
            settled.extend(slots.into_iter().filter_map(|slot| Some((key, moved(slot)?))));
        }
        settled.sort_unstable();
        settled.shrink_to_fit();
        (self.settled, self.loose_count) = (settled, 0);
    }
}

/// The postings of a key in an ordered list.
fn under(settled: &[(Key, Slot)], key: Key) -> &[(Key, Slot)] {
    let from = settled.partition_point(|(known, _)| *known < key);
    let rest = settled.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|(known, _)| *known == key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::cards::tests::standing;
    use super::*;

    fn others(matches: Vec<Match>) -> Vec<Uuid> {
        matches.into_iter().map(|found| found.other).collect()
    }

    #[test]
    fn what_is_put_in_order_is_found_as_before() {
        let mut board = Board::default();
        assert!(board.put(standing(1, "one", "Bildungsberatung")).is_empty());
        assert!(board.put(standing(2, "two", "Schwimmen")).is_empty());
        assert_eq!(others(board.put(standing(3, "two", "Bildungsberatung"))), [Uuid::from_u128(1)]);
        for _ in 0..2 {
            board.settle();
            assert_eq!((board.len(), board.loose_count), (3, 0));
            assert_eq!(others(board.put(standing(3, "two", "Bildungsberatung"))), [Uuid::from_u128(1)]);
            assert!(board.put(standing(2, "two", "Schwimmen")).is_empty());
        }
        board.take(Uuid::from_u128(1));
        assert_eq!(others(board.put(standing(4, "one", "Bildungsberatung"))), [Uuid::from_u128(3)]);
        board.settle();
        assert_eq!((board.len(), board.cards.len()), (3, 3));
        assert_eq!(others(board.put(standing(1, "two", "Bildungsberatung"))), [Uuid::from_u128(4)]);
    }
}
