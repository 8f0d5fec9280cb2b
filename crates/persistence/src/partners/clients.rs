//! Clients: what partner systems sign in with. Each is bound to one source.

mod manage;
mod secrets;
mod token;

pub use manage::{Change, change, create, get, list, revoke, source_of};
pub use secrets::{NewSecret, SecretInfo, add_secret, revoke_secret};
pub use token::{Proof, authenticate, of_token, writes};

use crate::audit::Event;
use crate::connection::AnyConnection;
use crate::convert::{code, timestamp, uuid};
use crate::error::{Error, Result};
use crate::partners::sources;
use crate::schema::clients;
use diesel::prelude::*;
use domain::accounts::Scope;
use domain::partners::Source;
use domain::{Timestamp, Uuid};

/// A client of the token endpoint (OAuth 2.0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// `client_id`.
    pub id: Uuid,
    /// The one source it writes for.
    pub source_id: Uuid,
    /// Name for people.
    pub name: String,
    /// The most it may ask for.
    pub scopes: Vec<Scope>,
    /// Public keys (JSON Web Key Set) of a client that signs instead of holding a secret.
    pub jwks: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last got a token.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

/// A client with what is known of its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    /// The client.
    pub client: Client,
    /// Its secrets that count, the oldest first.
    pub secrets: Vec<SecretInfo>,
}

/// Why something cannot be done with a client as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is revoked.
    Revoked,
    /// It signs with keys of its own, so it has no secrets.
    Signs,
    /// Two secrets count already.
    SecretLimit,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = clients)]
struct Row {
    id: String,
    source_id: String,
    name: String,
    scopes: String,
    jwks: Option<String>,
    created_at: i64,
    last_used_at: Option<i64>,
    revoked_at: Option<i64>,
    version: i64,
}

impl TryFrom<Row> for Client {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            source_id: uuid(&row.source_id)?,
            name: row.name,
            scopes: row.scopes.split_whitespace().map(code).collect::<Result<_>>()?,
            jwks: row.jwks,
            created_at: timestamp(row.created_at)?,
            last_used_at: row.last_used_at.map(timestamp).transpose()?,
            revoked_at: row.revoked_at.map(timestamp).transpose()?,
            version: row.version,
        })
    }
}

/// Scopes as they are kept: in order, each once.
fn scope_text(scopes: &[Scope]) -> String {
    let mut codes: Vec<&str> = scopes.iter().map(|scope| scope.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join(" ")
}

fn about(action: &'static str, client: &Client, source: &Source) -> Event {
    Event::new(action, "client", client.id).named(&client.name).within(source.organization_id)
}

/// A client of a source, even if revoked.
fn of_source(connection: &mut AnyConnection, source: &Source, id: Uuid) -> Result<Client> {
    let row: Option<Row> = clients::table
        .find(id.to_string())
        .filter(clients::source_id.eq(source.id.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.ok_or(Error::NotFound)?.try_into()
}

/// A client that is not revoked, with its source, if that is not revoked either.
pub(crate) fn active(connection: &mut AnyConnection, id: Uuid) -> Result<Option<(Client, Source)>> {
    let row = clients::table.find(id.to_string()).filter(clients::revoked_at.is_null()).select(Row::as_select()).first(connection).optional()?;
    let Some(client) = row.map(Client::try_from).transpose()? else { return Ok(None) };
    let source = sources::get(connection, client.source_id)?.filter(|source| source.revoked_at.is_none());
    Ok(source.map(|source| (client, source)))
}
