//! Reading the log, which is itself noted in it.

use super::append::{Event, chain};
use crate::access::Allowed;
use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{audit_actors, audit_details, audit_entries};
use diesel::prelude::*;
use domain::accounts::may::ReadAudit;
use domain::{Rng, Timestamp, Uuid};
use serde_json::{Map, Value};

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Id of the account or client that acted.
    pub actor: Option<Uuid>,
    /// What the action begins with: `account.` for all that concerns accounts.
    pub action: Option<String>,
    /// Id of what it was done to.
    pub target: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

impl Filter {
    fn described(&self) -> Value {
        let mut given = Map::new();
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                given.insert(name.to_owned(), Value::String(value));
            }
        };
        add("actor", self.actor.map(|id| id.to_string()));
        add("action", self.action.clone());
        add("target", self.target.clone());
        add("from", self.from.map(|at| at.to_rfc3339()));
        add("to", self.to.map(|at| at.to_rfc3339()));
        Value::Object(given)
    }
}

/// An entry. What is personal is missing once it was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the log; there may be gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// `account`, `client`, `system` or `anonymous`.
    pub actor_kind: String,
    /// Id of the account or client that acted.
    pub actor_id: Option<String>,
    /// Its name then.
    pub actor_name: Option<String>,
    /// What was done.
    pub action: String,
    /// Kind of what it was done to.
    pub target_kind: String,
    /// Id of what it was done to.
    pub target_id: Option<String>,
    /// Its name then.
    pub target_name: Option<String>,
    /// The organisation it concerns.
    pub organization: Option<Uuid>,
    /// From which address.
    pub address: Option<String>,
    /// With which browser or program.
    pub user_agent: Option<String>,
    /// Fields before, a JSON object.
    pub before: Option<Value>,
    /// The same fields after.
    pub after: Option<Value>,
    /// Hash of the entry, which contains that of the one before.
    pub hash: Vec<u8>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_entries)]
struct Row {
    seq: i64,
    at: i64,
    actor_kind: String,
    actor_id: Option<String>,
    action: String,
    target_kind: String,
    target_id: Option<String>,
    organization_id: Option<String>,
    hash: Vec<u8>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_actors)]
struct ActorRow {
    name: Option<String>,
    address: Option<String>,
    user_agent: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_details)]
struct DetailRow {
    target_name: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

fn entry((row, actor, detail): (Row, Option<ActorRow>, Option<DetailRow>)) -> Result<Entry> {
    let json = |text: Option<&String>| text.map(|text| serde_json::from_str(text)).transpose().map_err(Error::corrupt);
    Ok(Entry {
        seq: row.seq,
        at: timestamp(row.at)?,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        action: row.action,
        target_kind: row.target_kind,
        target_id: row.target_id,
        organization: row.organization_id.as_deref().map(uuid).transpose()?,
        before: json(detail.as_ref().and_then(|detail| detail.before.as_ref()))?,
        after: json(detail.as_ref().and_then(|detail| detail.after.as_ref()))?,
        target_name: detail.and_then(|detail| detail.target_name),
        address: actor.as_ref().and_then(|actor| actor.address.clone()),
        user_agent: actor.as_ref().and_then(|actor| actor.user_agent.clone()),
        actor_name: actor.and_then(|actor| actor.name),
        hash: row.hash,
    })
}

/// Narrows a query of entries.
macro_rules! narrowed {
    ($query:expr, $filter:expr) => {{
        let mut query = $query.into_boxed();
        if let Some(actor) = &$filter.actor {
            query = query.filter(audit_entries::actor_id.eq(actor.to_string()));
        }
        if let Some(action) = &$filter.action {
            // Codes are ASCII, so this is the first text that no longer begins with the prefix.
            query = query.filter(audit_entries::action.ge(action.clone())).filter(audit_entries::action.lt(format!("{action}\u{7f}")));
        }
        if let Some(target) = &$filter.target {
            query = query.filter(audit_entries::target_id.eq(target.clone()));
        }
        if let Some(from) = $filter.from {
            query = query.filter(audit_entries::at.ge(micros(from)));
        }
        if let Some(to) = $filter.to {
            query = query.filter(audit_entries::at.lt(micros(to)));
        }
        query
    }};
}

/// Up to `limit` entries, newest first, before a position (`None`: from the end).
pub fn list(
    connection: &mut AnyConnection,
    _allowed: &Allowed<ReadAudit>,
    filter: &Filter,
    before_seq: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let rows: Vec<(Row, Option<ActorRow>, Option<DetailRow>)> =
        narrowed!(audit_entries::table.left_join(audit_actors::table).left_join(audit_details::table), filter)
            .filter(audit_entries::seq.lt(before_seq.unwrap_or(i64::MAX)))
            .order(audit_entries::seq.desc())
            .limit(limit)
            .select((Row::as_select(), Option::<ActorRow>::as_select(), Option::<DetailRow>::as_select()))
            .load(connection)?;
    rows.into_iter().map(entry).collect()
}

/// Number of entries.
pub fn count(connection: &mut AnyConnection, _allowed: &Allowed<ReadAudit>, filter: &Filter) -> Result<i64> {
    Ok(narrowed!(audit_entries::table, filter).count().get_result(connection)?)
}

/// Notes that somebody begins to read the log, and what they look for. `form`: `list` or `csv`. Returns the position of the note.
pub fn note_reading(
    connection: &mut AnyConnection,
    allowed: &Allowed<ReadAudit>,
    filter: &Filter,
    form: &'static str,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<i64> {
    let event =
        Event { action: "audit.read", target_kind: "audit", target_id: Some(form.to_owned()), after: Some(filter.described()), ..Event::default() };
    chain(connection, allowed.actor(), &event, rng, at)
}
