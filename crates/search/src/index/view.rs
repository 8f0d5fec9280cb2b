//! The catalogue as it is in one minute: what is shown, in which order, and how much of everything there is.

use super::order::Order;
use super::{Bits, Snapshot};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A snapshot in one minute.
pub(crate) struct View {
    /// Minutes since 1970.
    pub(crate) minute: i64,
    /// Offers that are published and not over.
    pub(crate) offers: Bits,
    pub(crate) offer_count: u64,
    pub(crate) organization_count: u64,
    by_start: OnceLock<Order>,
    offer_counts: OnceLock<Vec<u32>>,
    organization_counts: OnceLock<Vec<u32>>,
    offers_of: OnceLock<HashMap<u128, u32>>,
}

impl View {
    /// Decides which offers are shown.
    pub(super) fn build(snapshot: &Snapshot, minute: i64) -> Self {
        let mut offers = Bits::none(snapshot.len);
        for doc in snapshot.offers().iter() {
            let shown = snapshot.locate(doc).is_some_and(|(placed, local)| {
                let segment = &placed.segment;
                segment.visible_from.first(local).is_none_or(|from| from <= minute)
                    && segment.visible_until.first(local).is_none_or(|until| until >= minute)
            });
            if shown {
                offers.insert(doc);
            }
        }
        Self {
            minute,
            offer_count: offers.count(),
            organization_count: snapshot.organizations().count(),
            offers,
            by_start: OnceLock::new(),
            offer_counts: OnceLock::new(),
            organization_counts: OnceLock::new(),
            offers_of: OnceLock::new(),
        }
    }

    /// Shown offers by their next session; those without one after all others.
    pub(crate) fn by_start(&self, snapshot: &Snapshot) -> &Order {
        self.by_start.get_or_init(|| Order::by_number(snapshot, self.offers.iter(), |s, doc| s.next_start(doc, self.minute).unwrap_or(i64::MAX)))
    }

    /// How many shown offers have each code.
    pub(crate) fn offer_counts(&self, snapshot: &Snapshot) -> &[u32] {
        self.offer_counts.get_or_init(|| count(snapshot, &self.offers))
    }

    /// How many organisations have each code.
    pub(crate) fn organization_counts(&self, snapshot: &Snapshot) -> &[u32] {
        self.organization_counts.get_or_init(|| count(snapshot, snapshot.organizations()))
    }

    /// How many shown offers each organisation has.
    pub(crate) fn offers_of(&self, snapshot: &Snapshot, organization: u128) -> u32 {
        let counts = self.offers_of.get_or_init(|| {
            let mut counts = HashMap::new();
            for placed in &snapshot.segments {
                let Some(column) = &placed.segment.organization_of else { continue };
                let mut by_ord = vec![0u32; column.num_terms()];
                for doc in 0..placed.segment.max_doc {
                    if self.offers.contains(placed.base + doc)
                        && let Some(count) = column.term_ords(doc).next().and_then(|ord| by_ord.get_mut(usize::try_from(ord).ok()?))
                    {
                        *count += 1;
                    }
                }
                let mut text = String::new();
                for (ord, count) in (0u64..).zip(by_ord).filter(|(_, count)| *count > 0) {
                    text.clear();
                    if column.ord_to_str(ord, &mut text).unwrap_or(false)
                        && let Ok(id) = text.parse::<domain::Uuid>()
                    {
                        *counts.entry(id.as_u128()).or_default() += count;
                    }
                }
            }
            counts
        });
        counts.get(&organization).copied().unwrap_or_default()
    }
}

/// How many of some documents have each code.
pub(crate) fn count(snapshot: &Snapshot, documents: &Bits) -> Vec<u32> {
    let mut counts = vec![0u32; snapshot.codes.len()];
    for doc in documents.iter() {
        let Some((placed, local)) = snapshot.locate(doc) else { continue };
        for code in placed.segment.codes_of(local) {
            if let Some(count) = counts.get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
    }
    counts
}
