//! Appending entries.

use super::chain::{Chained, personal_hash};
use crate::connection::{AnyConnection, each_backend};
use crate::convert::micros;
use crate::error::Result;
use crate::schema::{accounts, audit_actors, audit_details, audit_entries, clients};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use domain::accounts::{Actor, Identity};
use domain::{Rng, Timestamp, Uuid};

/// Any number of its own: PostgreSQL's lock under which entries are chained one after the other.
const LOCK: i64 = 0x6269_6c64_6175_6469;

/// What happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// What was done, such as `account.suspended`.
    pub action: &'static str,
    /// Kind of what it was done to, such as `account`.
    pub target_kind: &'static str,
    /// Id of what it was done to.
    pub target_id: Option<String>,
    /// Name of what it was done to.
    pub target_name: Option<String>,
    /// The organisation it concerns.
    pub organization: Option<Uuid>,
    /// Fields before, as a JSON object of the fields that changed. Never a secret or its hash.
    pub before: Option<serde_json::Value>,
    /// The same fields after.
    pub after: Option<serde_json::Value>,
}

impl Event {
    /// An event about something with an id.
    pub fn new(action: &'static str, target_kind: &'static str, target_id: impl ToString) -> Self {
        Self { action, target_kind, target_id: Some(target_id.to_string()), ..Self::default() }
    }

    /// Names what it was done to.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.target_name = Some(name.into());
        self
    }

    /// Names the organisation it concerns.
    #[must_use]
    pub fn within(mut self, organization: Option<Uuid>) -> Self {
        self.organization = organization;
        self
    }

    /// Adds what changed.
    #[must_use]
    pub fn changed(mut self, before: impl Into<Option<serde_json::Value>>, after: impl Into<Option<serde_json::Value>>) -> Self {
        (self.before, self.after) = (before.into(), after.into());
        self
    }
}

/// Appends an entry in the transaction of what it tells. Long transactions append as their last act: others wait for the chain.
pub fn append(connection: &mut AnyConnection, actor: &Actor, event: &Event, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    chain(connection, actor, event, rng, at).map(drop)
}

/// Appends an entry and returns its position.
pub(super) fn chain(connection: &mut AnyConnection, actor: &Actor, event: &Event, rng: &dyn Rng, at: Timestamp) -> Result<i64> {
    if let AnyConnection::Postgres(inner) = connection {
        inner.batch_execute(&format!("SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock({LOCK})"))?;
    }
    let (actor_kind, actor_id) = match &actor.identity {
        Identity::Anonymous => ("anonymous", None),
        Identity::System => ("system", None),
        Identity::Account { id, .. } => ("account", Some(id.to_string())),
        Identity::Client { id, .. } => ("client", Some(id.to_string())),
    };
    let name: Option<String> = match &actor.identity {
        Identity::Account { id, .. } => accounts::table.find(id.to_string()).select(accounts::name).first(connection).optional()?,
        Identity::Client { id, .. } => clients::table.find(id.to_string()).select(clients::name).first(connection).optional()?,
        _ => None,
    };
    let mut salts = [[0u8; 16]; 2];
    salts.iter_mut().for_each(|salt| rng.fill(salt));
    let [actor_salt, detail_salt] = &salts;
    let address = actor.origin.address.map(|address| address.to_string());
    let user_agent = actor.origin.user_agent.as_deref();
    let (before, after) = (event.before.as_ref().map(ToString::to_string), event.after.as_ref().map(ToString::to_string));
    let actor_hash = personal_hash(actor_salt, [name.as_deref(), address.as_deref(), user_agent]);
    let detail_hash = personal_hash(detail_salt, [event.target_name.as_deref(), before.as_deref(), after.as_deref()]);
    let organization = event.organization.map(|id| id.to_string());
    let previous: Vec<u8> =
        audit_entries::table.order(audit_entries::seq.desc()).select(audit_entries::hash).first(connection).optional()?.unwrap_or_default();
    let chained = Chained {
        at: micros(at),
        actor_kind,
        actor_id: actor_id.as_deref(),
        action: event.action,
        target_kind: event.target_kind,
        target_id: event.target_id.as_deref(),
        organization_id: organization.as_deref(),
        actor_hash: &actor_hash,
        detail_hash: &detail_hash,
    };
    let hash = chained.hash(&previous);
    let row = (
        audit_entries::at.eq(micros(at)),
        audit_entries::actor_kind.eq(actor_kind),
        audit_entries::actor_id.eq(&actor_id),
        audit_entries::action.eq(event.action),
        audit_entries::target_kind.eq(event.target_kind),
        audit_entries::target_id.eq(&event.target_id),
        audit_entries::organization_id.eq(&organization),
        audit_entries::actor_hash.eq(&actor_hash),
        audit_entries::detail_hash.eq(&detail_hash),
        audit_entries::previous_hash.eq(&previous),
        audit_entries::hash.eq(&hash),
    );
    let seq: i64 =
        each_backend!(connection, |inner| diesel::insert_into(audit_entries::table).values(&row).returning(audit_entries::seq).get_result(inner))?;
    if name.is_some() || address.is_some() || user_agent.is_some() {
        diesel::insert_into(audit_actors::table)
            .values((
                audit_actors::seq.eq(seq),
                audit_actors::salt.eq(&actor_salt[..]),
                audit_actors::name.eq(&name),
                audit_actors::address.eq(&address),
                audit_actors::user_agent.eq(user_agent),
            ))
            .execute(connection)?;
    }
    if event.target_name.is_some() || before.is_some() || after.is_some() {
        diesel::insert_into(audit_details::table)
            .values((
                audit_details::seq.eq(seq),
                audit_details::salt.eq(&detail_salt[..]),
                audit_details::target_name.eq(&event.target_name),
                audit_details::before.eq(&before),
                audit_details::after.eq(&after),
            ))
            .execute(connection)?;
    }
    Ok(seq)
}
