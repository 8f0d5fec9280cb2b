//! What a comparison finds.

use super::Row;
use crate::connection::AnyConnection;
use crate::convert::{micros, texts};
use crate::error::{Error, Result};
use crate::schema::duplicate_pairs;
use diesel::prelude::*;
use domain::partners::{DuplicatePair, DuplicateReason, DuplicateState};
use domain::{Timestamp, Uuid};

/// Ids of one `IN (…)`.
const IDS: usize = 500;

/// Two offers that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Id of the pair, should it be new.
    pub id: Uuid,
    /// The two offers, in any order.
    pub offers: (Uuid, Uuid),
    /// How alike they are, 0 to 100.
    pub score: u8,
    /// Why they may be the same.
    pub reasons: Vec<DuplicateReason>,
}

/// Keeps pairs that were found. One that is still open takes the new score; one that was decided stays as it is. Returns how many are new.
pub fn propose(tx: &mut AnyConnection, proposals: &[Proposal], at: Timestamp) -> Result<usize> {
    let mut new = 0;
    for Proposal { id, offers: (one, other), score, reasons } in proposals {
        let (first, second) = (one.min(other).to_string(), one.max(other).to_string());
        let reasons = serde_json::to_string(reasons).map_err(Error::corrupt)?;
        let known: Option<(String, String, i64, String)> = duplicate_pairs::table
            .filter(duplicate_pairs::first_id.eq(&first))
            .filter(duplicate_pairs::second_id.eq(&second))
            .select((duplicate_pairs::id, duplicate_pairs::state, duplicate_pairs::score, duplicate_pairs::reasons))
            .first(tx)
            .optional()?;
        match known {
            None => {
                // Another node or command may have found it at the same time.
                new += crate::connection::each_backend!(tx, |inner| diesel::insert_into(duplicate_pairs::table)
                    .values((
                        duplicate_pairs::id.eq(id.to_string()),
                        duplicate_pairs::first_id.eq(&first),
                        duplicate_pairs::second_id.eq(&second),
                        duplicate_pairs::score.eq(i64::from(*score)),
                        duplicate_pairs::reasons.eq(&reasons),
                        duplicate_pairs::state.eq(DuplicateState::Open.code()),
                        duplicate_pairs::found_at.eq(micros(at)),
                        duplicate_pairs::version.eq(1),
                    ))
                    .on_conflict_do_nothing()
                    .execute(inner))?;
            }
            Some((known, state, old_score, old_reasons)) => {
                if state != DuplicateState::Open.code() || (old_score == i64::from(*score) && old_reasons == reasons) {
                    continue;
                }
                diesel::update(duplicate_pairs::table.find(known).filter(duplicate_pairs::state.eq(DuplicateState::Open.code())))
                    .set((duplicate_pairs::score.eq(i64::from(*score)), duplicate_pairs::reasons.eq(&reasons)))
                    .execute(tx)?;
            }
        }
    }
    Ok(new)
}

/// Forgets pairs about which nothing was decided: the offers are not alike any more. Returns how many there were.
pub fn retract(tx: &mut AnyConnection, pairs: &[Uuid]) -> Result<usize> {
    let mut gone = 0;
    for chunk in pairs.chunks(IDS) {
        let open = duplicate_pairs::table.filter(duplicate_pairs::state.eq(DuplicateState::Open.code()));
        gone += diesel::delete(open.filter(duplicate_pairs::id.eq_any(texts(chunk)))).execute(tx)?;
    }
    Ok(gone)
}

/// The pairs about which nothing was decided.
pub fn open(connection: &mut AnyConnection) -> Result<Vec<DuplicatePair>> {
    let rows: Vec<Row> =
        duplicate_pairs::table.filter(duplicate_pairs::state.eq(DuplicateState::Open.code())).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(DuplicatePair::try_from).collect()
}

/// Of those, the ones of any of these offers.
pub fn open_with(connection: &mut AnyConnection, offers: &[Uuid]) -> Result<Vec<DuplicatePair>> {
    let mut found: Vec<DuplicatePair> = Vec::new();
    for chunk in offers.chunks(IDS) {
        let ids = texts(chunk);
        let rows: Vec<Row> = duplicate_pairs::table
            .filter(duplicate_pairs::first_id.eq_any(&ids).or(duplicate_pairs::second_id.eq_any(&ids)))
            .filter(duplicate_pairs::state.eq(DuplicateState::Open.code()))
            .select(Row::as_select())
            .load(connection)?;
        for row in rows {
            let pair = DuplicatePair::try_from(row)?;
            if !found.iter().any(|known| known.id == pair.id) {
                found.push(pair);
            }
        }
    }
    Ok(found)
}
