//! The cards of all offers, found by what they have to have in common.

use super::cards::Card;
use super::compare::compare;
use domain::Uuid;
use domain::partners::DuplicateReason;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A key under which more offers meet than this says too little: what is the same is also found under another one.
const CROWD: usize = 300;

/// Two offers that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) other: Uuid,
    pub(super) score: u8,
    pub(super) reasons: Vec<DuplicateReason>,
}

/// Cards by id, and ids by key.
#[derive(Debug, Default)]
pub(super) struct Board {
    cards: HashMap<Uuid, Card>,
    keys: HashMap<u64, Vec<Uuid>>,
}

impl Board {
    /// Puts a card on the board in place of an earlier one of the same offer, and returns the cards it may be the same as.
    pub(super) fn put(&mut self, card: Card) -> Vec<Match> {
        self.take(card.id);
        let keys = card.keys();
        let mut met: Vec<Uuid> = Vec::new();
        for key in &keys {
            let ids = self.keys.entry(*key).or_default();
            if ids.len() <= CROWD {
                met.extend_from_slice(ids);
            }
            ids.push(card.id);
        }
        met.sort_unstable();
        met.dedup();
        let matches = met
            .into_iter()
            .filter_map(|other| {
                let (score, reasons) = compare(&card, self.cards.get(&other)?)?;
                Some(Match { other, score, reasons })
            })
            .collect();
        self.cards.insert(card.id, card);
        matches
    }

    /// Takes the card of an offer off the board.
    pub(super) fn take(&mut self, id: Uuid) {
        let Some(card) = self.cards.remove(&id) else { return };
        for key in card.keys() {
            if let Entry::Occupied(mut ids) = self.keys.entry(key) {
                ids.get_mut().retain(|other| *other != id);
                if ids.get().is_empty() {
                    ids.remove();
                }
            }
        }
    }

    /// Number of cards.
    pub(super) fn len(&self) -> usize {
        self.cards.len()
    }
}
