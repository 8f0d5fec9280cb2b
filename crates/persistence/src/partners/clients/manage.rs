//! What the people of a source do with its clients.

use super::secrets::{self, NewSecret};
use super::{Client, Managed, Refusal, Row, about, of_source, scope_text};
use crate::access::{Owned, owned_source};
use crate::audit;
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::schema::{clients, sources};
use diesel::prelude::*;
use domain::accounts::may::ManageClients;
use domain::accounts::{Actor, Scope};
use domain::partners::Source;
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// What can be changed of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Name for people.
    pub name: String,
    /// The most it may ask for; tokens that were given out before have less at once, too.
    pub scopes: Vec<Scope>,
}

impl Change {
    fn shown(&self) -> serde_json::Value {
        json!({ "name": self.name, "scopes": scope_text(&self.scopes) })
    }
}

impl From<&Client> for Change {
    fn from(client: &Client) -> Self {
        Self { name: client.name.clone(), scopes: client.scopes.clone() }
    }
}

/// The proof for the source that a client is bound to, for whoever knows only the client. [`Error::NotFound`] out of reach.
pub fn source_of(connection: &mut AnyConnection, actor: &Actor, id: Uuid, now: Timestamp) -> Result<Owned<Source, ManageClients>> {
    let key: Option<String> =
        clients::table.inner_join(sources::table).filter(clients::id.eq(id.to_string())).select(sources::key).first(connection).optional()?;
    owned_source(connection, actor, &key.ok_or(Error::NotFound)?, now)
}

/// The clients of a source, the oldest first, revoked ones included.
pub fn list(connection: &mut AnyConnection, source: &Owned<Source, ManageClients>, now: Timestamp) -> Result<Vec<Managed>> {
    let rows: Vec<Row> =
        clients::table.filter(clients::source_id.eq(source.value().id.to_string())).order(clients::id).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(|row| managed(connection, Client::try_from(row)?, now)).collect()
}

/// A client of a source. [`Error::NotFound`] for one of another source.
pub fn get(connection: &mut AnyConnection, source: &Owned<Source, ManageClients>, id: Uuid, now: Timestamp) -> Result<Managed> {
    let client = of_source(connection, source.value(), id)?;
    managed(connection, client, now)
}

fn managed(connection: &mut AnyConnection, client: Client, now: Timestamp) -> Result<Managed> {
    let secrets = secrets::counting(connection, client.id, now)?;
    Ok(Managed { client, secrets })
}

/// Makes a client of a source, with a first secret unless it signs with keys of its own.
pub fn create(
    tx: &mut AnyConnection,
    source: &Owned<Source, ManageClients>,
    client: &Client,
    secret: Option<&NewSecret>,
    rng: &dyn Rng,
) -> Result<Managed> {
    let owner = source.value();
    diesel::insert_into(clients::table)
        .values((
            clients::id.eq(client.id.to_string()),
            clients::source_id.eq(owner.id.to_string()),
            clients::name.eq(&client.name),
            clients::scopes.eq(scope_text(&client.scopes)),
            clients::jwks.eq(&client.jwks),
            clients::created_at.eq(micros(client.created_at)),
            clients::version.eq(1),
        ))
        .execute(tx)?;
    if let Some(secret) = secret {
        secrets::insert(tx, client.id, secret, client.created_at)?;
    }
    let created = get(tx, source, client.id, client.created_at)?;
    let after = json!({
        "name": client.name, "scopes": scope_text(&client.scopes), "source": owner.key,
        "authentication": if client.jwks.is_some() { "private_key_jwt" } else { "client_secret_basic" }
    });
    audit::append(tx, source.actor(), &about("client.created", &created.client, owner).changed(None, after), rng, client.created_at)?;
    Ok(created)
}

/// Changes a client that is at `version`; returns it as it is then. [`Error::Conflict`] if it has another version by now.
pub fn change(
    tx: &mut AnyConnection,
    source: &Owned<Source, ManageClients>,
    id: Uuid,
    version: i64,
    new: &Change,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Result<Managed, Refusal>> {
    let before = of_source(tx, source.value(), id)?;
    if before.version != version {
        return Err(Error::Conflict(before.version));
    }
    if before.revoked_at.is_some() {
        return Ok(Err(Refusal::Revoked));
    }
    let row = (clients::name.eq(&new.name), clients::scopes.eq(scope_text(&new.scopes)), clients::version.eq(clients::version + 1));
    step(diesel::update(clients::table.find(id.to_string()).filter(clients::version.eq(version))).set(row).execute(tx)?, version)?;
    let after = get(tx, source, id, at)?;
    let event = about("client.changed", &after.client, source.value()).changed(Change::from(&before).shown(), new.shown());
    audit::append(tx, source.actor(), &event, rng, at)?;
    Ok(Ok(after))
}

/// Ends a client that is at `version`, if one is named, with all its secrets and tokens. Once is enough.
pub fn revoke(
    tx: &mut AnyConnection,
    source: &Owned<Source, ManageClients>,
    id: Uuid,
    version: Option<i64>,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    let client = of_source(tx, source.value(), id)?;
    let version = version.unwrap_or(client.version);
    if client.version != version {
        return Err(Error::Conflict(client.version));
    }
    if client.revoked_at.is_some() {
        return Ok(());
    }
    let row = (clients::revoked_at.eq(micros(at)), clients::version.eq(clients::version + 1));
    step(diesel::update(clients::table.find(id.to_string()).filter(clients::version.eq(version))).set(row).execute(tx)?, version)?;
    audit::append(tx, source.actor(), &about("client.revoked", &client, source.value()), rng, at)
}

/// Whether the row still had the version that was read a moment ago in this transaction: PostgreSQL lets others write in between.
fn step(changed: usize, version: i64) -> Result<()> {
    if changed == 0 { Err(Error::Conflict(version + 1)) } else { Ok(()) }
}
