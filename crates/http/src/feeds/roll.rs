//! Lists of offers that are leafed through by the number of a page: who is on them, in order of id.
//!
//! The index hands out its lists by cursor. A roll is written once for each state of the index, 16 bytes an offer, and then any page of it costs no
//! more than the first.

use super::records;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::web;
use domain::{Timestamp, Uuid};
use search::{OfferFacet, OfferQuery, SearchIndex};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Items of one question to the index.
const STEP: usize = 1000;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Roll {
    /// What can be taken online, wholly or partly.
    Online,
    /// What stands and needs no date: counselling, services, open groups.
    Standing,
}

impl Roll {
    /// What is on it.
    pub(crate) fn query(self, examples: bool) -> OfferQuery {
        let query = OfferQuery { without_examples: !examples, limit: STEP, ..OfferQuery::default() };
        let (facet, codes): (_, &[&str]) = match self {
            Self::Online => (OfferFacet::DeliveryMode, &["online", "hybrid", "self-paced"]),
            Self::Standing => (OfferFacet::Kind, &["counselling", "service", "open-group"]),
        };
        codes.iter().fold(query, |query, code| query.with(facet, code))
    }
}

/// Whether an offer of this kind stands.
pub(crate) fn stands(kind: &str) -> bool {
    matches!(kind, "counselling" | "service" | "open-group")
}

/// The state of the index a roll belongs to: generation, number of the last change, minute.
type Stamp = (u64, i64, i64);

/// A roll as it was written: for which state, and who is on it.
type Written = (Stamp, Arc<[Uuid]>);

/// The rolls written last, each without and with invented offers.
#[derive(Debug, Default)]
pub(crate) struct Rolls(Mutex<BTreeMap<(Roll, bool), Written>>);

/// Everybody on a roll.
pub(crate) async fn call(state: &web::Data<AppState>, roll: Roll, examples: bool) -> Result<Arc<[Uuid]>, ApiError> {
    let now = state.now();
    let stamp = (state.index.generation(), state.index.last_seq(), now.timestamp().div_euclid(60));
    let known = |rolls: &Rolls| {
        let rolls = rolls.0.lock().unwrap_or_else(PoisonError::into_inner);
        rolls.get(&(roll, examples)).filter(|(of, _)| *of == stamp).map(|(_, ids)| Arc::clone(ids))
    };
    if let Some(ids) = known(&state.shelves.rolls) {
        return Ok(ids);
    }
    let shared = web::Data::clone(state);
    let write = move || {
        let ids: Arc<[Uuid]> = walk(&shared.index, roll.query(examples), now)?.into();
        let mut rolls = shared.shelves.rolls.0.lock().unwrap_or_else(PoisonError::into_inner);
        rolls.insert((roll, examples), (stamp, Arc::clone(&ids)));
        Ok(ids)
    };
    state.searching.run(write).await
}

/// All that a question finds, in order of id.
pub(crate) fn walk(index: &SearchIndex, mut query: OfferQuery, now: Timestamp) -> Result<Vec<Uuid>, ApiError> {
    query.limit = STEP;
    let mut ids = Vec::new();
    loop {
        let page = index.offers(&query, now)?;
        ids.extend(records::ids(&page.items).map_err(ApiError::internal)?);
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    ids.sort_unstable();
    Ok(ids)
}

/// The entries of a page, counted from 1.
pub(crate) fn page(ids: &[Uuid], number: u64, size: u64) -> Vec<Uuid> {
    let from = usize::try_from(number.saturating_sub(1).saturating_mul(size)).unwrap_or(usize::MAX);
    ids.iter().skip(from).take(usize::try_from(size).unwrap_or(usize::MAX)).copied().collect()
}
