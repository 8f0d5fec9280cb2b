//! The audit log: who did what, when, from where, and what it was before and after.
//!
//! Entries are appended in the transaction of what they tell. Each holds the hash of the one before, so that none can be changed or taken out
//! unnoticed. What is personal (names, address, values) stands in a row of its own that the entry knows only by a salted hash: erasing it
//! leaves the chain whole, and the hash tells nothing once the salt is gone.

use crate::connection::{AnyConnection, each_backend};
use crate::convert::micros;
use crate::error::Result;
use crate::schema::{accounts, audit_entries, audit_personal, clients};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use domain::accounts::{Actor, Identity};
use domain::{Rng, Timestamp, Uuid};
use sha2::{Digest, Sha256};

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

/// What is hashed of an entry besides the hash before it.
pub(crate) struct Chained<'a> {
    pub(crate) at: i64,
    pub(crate) actor_kind: &'a str,
    pub(crate) actor_id: Option<&'a str>,
    pub(crate) action: &'a str,
    pub(crate) target_kind: &'a str,
    pub(crate) target_id: Option<&'a str>,
    pub(crate) organization_id: Option<&'a str>,
    pub(crate) personal_hash: &'a [u8],
}

/// Parts with their lengths in front, so that none can run into the next.
fn add(hash: &mut Sha256, part: Option<&[u8]>) {
    match part {
        None => hash.update([0]),
        Some(part) => {
            hash.update([1]);
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
}

impl Chained<'_> {
    pub(crate) fn hash(&self, previous: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        add(&mut hash, Some(previous));
        hash.update(self.at.to_be_bytes());
        for part in [Some(self.actor_kind), self.actor_id, Some(self.action), Some(self.target_kind), self.target_id, self.organization_id] {
            add(&mut hash, part.map(str::as_bytes));
        }
        add(&mut hash, Some(self.personal_hash));
        hash.finalize().to_vec()
    }
}

/// The salted hash of the personal part: actor name, target name, address, user agent, before, after.
pub(crate) fn personal_hash(salt: &[u8], parts: [Option<&str>; 6]) -> Vec<u8> {
    let mut hash = Sha256::new();
    add(&mut hash, Some(salt));
    for part in parts {
        add(&mut hash, part.map(str::as_bytes));
    }
    hash.finalize().to_vec()
}

/// Appends an entry in the transaction of what it tells. Long transactions append as their last act: others wait for the chain.
pub fn append(connection: &mut AnyConnection, actor: &Actor, event: &Event, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    if let AnyConnection::Postgres(inner) = connection {
        inner.batch_execute(&format!("SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock({LOCK})"))?;
    }
    let (actor_kind, actor_id) = match &actor.identity {
        Identity::Anonymous => ("anonymous", None),
        Identity::System => ("system", None),
        Identity::Account { id, .. } => ("account", Some(id.to_string())),
        Identity::Client { id, .. } => ("client", Some(id.to_string())),
    };
    let actor_name: Option<String> = match &actor.identity {
        Identity::Account { id, .. } => accounts::table.find(id.to_string()).select(accounts::name).first(connection).optional()?,
        Identity::Client { id, .. } => clients::table.find(id.to_string()).select(clients::name).first(connection).optional()?,
        _ => None,
    };
    let mut salt = [0u8; 16];
    rng.fill(&mut salt);
    let address = actor.origin.address.map(|address| address.to_string());
    let (before, after) = (event.before.as_ref().map(ToString::to_string), event.after.as_ref().map(ToString::to_string));
    let user_agent = actor.origin.user_agent.as_deref();
    let parts = [actor_name.as_deref(), event.target_name.as_deref(), address.as_deref(), user_agent, before.as_deref(), after.as_deref()];
    let personal = personal_hash(&salt, parts);
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
        personal_hash: &personal,
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
        audit_entries::personal_hash.eq(&personal),
        audit_entries::previous_hash.eq(&previous),
        audit_entries::hash.eq(&hash),
    );
    let seq: i64 =
        each_backend!(connection, |inner| diesel::insert_into(audit_entries::table).values(&row).returning(audit_entries::seq).get_result(inner))?;
    diesel::insert_into(audit_personal::table)
        .values((
            audit_personal::seq.eq(seq),
            audit_personal::salt.eq(&salt[..]),
            audit_personal::actor_name.eq(&actor_name),
            audit_personal::target_name.eq(&event.target_name),
            audit_personal::address.eq(&address),
            audit_personal::user_agent.eq(user_agent),
            audit_personal::before.eq(&before),
            audit_personal::after.eq(&after),
        ))
        .execute(connection)?;
    Ok(())
}
