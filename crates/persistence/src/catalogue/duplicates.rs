//! Pairs of offers that may be the same, and what was decided about them.

mod decide;
mod find;

pub use decide::{hold, settle, tell};
pub use find::{Proposal, open, open_with, propose, retract};

use crate::access::Allowed;
use crate::accounts::administration::everywhere;
use crate::connection::{AnyConnection, MultiBackend};
use crate::convert::{code, count, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::duplicate_pairs;
use diesel::prelude::*;
use domain::Uuid;
use domain::accounts::may::ReviewDuplicates;
use domain::partners::{DuplicatePair, DuplicateState};

/// The proof that somebody may decide about pairs.
pub type Reviews = Allowed<ReviewDuplicates>;

#[derive(Queryable, Selectable)]
#[diesel(table_name = duplicate_pairs)]
struct Row {
    id: String,
    first_id: String,
    second_id: String,
    score: i64,
    reasons: String,
    state: String,
    kept_id: Option<String>,
    found_at: i64,
    decided_at: Option<i64>,
    version: i64,
}

impl TryFrom<Row> for DuplicatePair {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            first: uuid(&row.first_id)?,
            second: uuid(&row.second_id)?,
            score: u8::try_from(row.score).map_err(Error::corrupt)?,
            reasons: serde_json::from_str(&row.reasons).map_err(Error::corrupt)?,
            state: code(&row.state)?,
            kept: row.kept_id.as_deref().map(uuid).transpose()?,
            found_at: timestamp(row.found_at)?,
            decided_at: row.decided_at.map(timestamp).transpose()?,
            version: row.version,
        })
    }
}

/// Where a page of pairs ends: score and id of its last one.
pub type Position = (u8, Uuid);

/// Up to `limit` pairs in one of these states (in any if there is none), the most alike first, after a position; and how many there are.
pub fn list(
    connection: &mut AnyConnection,
    reviews: &Reviews,
    states: &[DuplicateState],
    after: Option<Position>,
    limit: i64,
) -> Result<(Vec<DuplicatePair>, u64)> {
    everywhere(reviews)?;
    let total: i64 = narrowed(states).count().get_result(connection)?;
    let mut query = narrowed(states).order((duplicate_pairs::score.desc(), duplicate_pairs::id.desc())).limit(limit);
    if let Some((score, id)) = after {
        let score = i64::from(score);
        query = query.filter(duplicate_pairs::score.lt(score).or(duplicate_pairs::score.eq(score).and(duplicate_pairs::id.lt(id.to_string()))));
    }
    let rows = query.select(Row::as_select()).load(connection)?;
    Ok((rows.into_iter().map(DuplicatePair::try_from).collect::<Result<_>>()?, count(total)))
}

fn narrowed(states: &[DuplicateState]) -> duplicate_pairs::BoxedQuery<'static, MultiBackend> {
    let wanted = if states.is_empty() { DuplicateState::ALL } else { states };
    duplicate_pairs::table.filter(duplicate_pairs::state.eq_any(wanted.iter().map(|state| state.code()).collect::<Vec<_>>())).into_boxed()
}

/// The pair with this id.
pub fn get(connection: &mut AnyConnection, reviews: &Reviews, id: Uuid) -> Result<DuplicatePair> {
    everywhere(reviews)?;
    pair(connection, id)
}

fn pair(connection: &mut AnyConnection, id: Uuid) -> Result<DuplicatePair> {
    let row = duplicate_pairs::table.find(id.to_string()).select(Row::as_select()).first(connection).optional()?;
    row.map(DuplicatePair::try_from).transpose()?.ok_or(Error::NotFound)
}

/// The merged pairs of which this record is the one that is shown.
pub fn merged_into(connection: &mut AnyConnection, kept: Uuid) -> Result<Vec<DuplicatePair>> {
    let hidden: Vec<String> = super::merges::hidden_by(connection, kept)?.into_iter().map(|id| id.to_string()).collect();
    if hidden.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = duplicate_pairs::table
        .filter(duplicate_pairs::state.eq(DuplicateState::Merged.code()))
        .filter(duplicate_pairs::kept_id.eq(kept.to_string()))
        .filter(duplicate_pairs::first_id.eq_any(&hidden).or(duplicate_pairs::second_id.eq_any(&hidden)))
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(DuplicatePair::try_from).collect()
}

/// The offers that are linked to this one, in order of id.
pub fn linked_to(connection: &mut AnyConnection, id: Uuid) -> Result<Vec<Uuid>> {
    let text = id.to_string();
    let rows: Vec<(String, String)> = duplicate_pairs::table
        .filter(duplicate_pairs::first_id.eq(&text).or(duplicate_pairs::second_id.eq(&text)))
        .filter(duplicate_pairs::state.eq(DuplicateState::Linked.code()))
        .select((duplicate_pairs::first_id, duplicate_pairs::second_id))
        .load(connection)?;
    let mut others = rows.iter().map(|(first, second)| uuid(if *first == text { second } else { first })).collect::<Result<Vec<_>>>()?;
    others.sort_unstable();
    Ok(others)
}
