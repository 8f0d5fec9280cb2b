//! Sources: the partner systems that may hand in records.

use crate::connection::AnyConnection;
use crate::convert::{code, micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{client_secrets, clients, sources};
use diesel::prelude::*;
use domain::partners::Source;
use domain::{Timestamp, Uuid};

#[derive(Queryable, Selectable)]
#[diesel(table_name = sources)]
struct Row {
    id: String,
    key: String,
    name: String,
    licence: String,
    created_at: i64,
    revoked_at: Option<i64>,
    confirmed_at: Option<i64>,
    organization_id: Option<String>,
    version: i64,
}

impl TryFrom<Row> for Source {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            key: row.key,
            name: row.name,
            licence: code(&row.licence)?,
            created_at: timestamp(row.created_at)?,
            revoked_at: row.revoked_at.map(timestamp).transpose()?,
            confirmed_at: row.confirmed_at.map(timestamp).transpose()?,
            organization_id: row.organization_id.as_deref().map(uuid).transpose()?,
            version: row.version,
        })
    }
}

/// Adds a source. `secret_hash` is what [`by_secret_hash`] finds it by; a source without one is imported from the command line only.
/// [`Error::Exists`] if the key is taken.
pub fn add(connection: &mut AnyConnection, source: &Source, secret_hash: Option<&str>) -> Result<()> {
    diesel::insert_into(sources::table)
        .values((
            sources::id.eq(source.id.to_string()),
            sources::key.eq(&source.key),
            sources::name.eq(&source.name),
            sources::licence.eq(source.licence.code()),
            sources::created_at.eq(micros(source.created_at)),
            sources::organization_id.eq(source.organization_id.map(|id| id.to_string())),
            sources::version.eq(1),
        ))
        .execute(connection)?;
    if let Some(hash) = secret_hash {
        let (id, created) = (source.id.to_string(), micros(source.created_at));
        diesel::insert_into(clients::table)
            .values((
                clients::id.eq(&id),
                clients::source_id.eq(&id),
                clients::name.eq(&source.name),
                clients::scopes.eq("imports:run"),
                clients::created_at.eq(created),
                clients::version.eq(1),
            ))
            .execute(connection)?;
        diesel::insert_into(client_secrets::table)
            .values((
                client_secrets::id.eq(&id),
                client_secrets::client_id.eq(&id),
                client_secrets::secret_hash.eq(hash),
                client_secrets::hint.eq(""),
                client_secrets::created_at.eq(created),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// All sources in order of their keys, revoked ones included.
pub fn list(connection: &mut AnyConnection) -> Result<Vec<Source>> {
    let rows = sources::table.order(sources::key).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(Source::try_from).collect()
}

/// The source with this id, even if revoked.
pub fn get(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Source>> {
    let row = sources::table.find(id.to_string()).select(Row::as_select()).first(connection).optional()?;
    row.map(Source::try_from).transpose()
}

/// The source with this key, even if revoked.
pub fn by_key(connection: &mut AnyConnection, key: &str) -> Result<Option<Source>> {
    let row = sources::table.filter(sources::key.eq(key)).select(Row::as_select()).first(connection).optional()?;
    row.map(Source::try_from).transpose()
}

/// The source whose secret has this hash, unless it is revoked.
pub fn by_secret_hash(connection: &mut AnyConnection, secret_hash: &str) -> Result<Option<Source>> {
    let row = sources::table
        .inner_join(clients::table.inner_join(client_secrets::table))
        .filter(client_secrets::secret_hash.eq(secret_hash))
        .filter(sources::revoked_at.is_null())
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Source::try_from).transpose()
}

/// Gives a source a new secret; the old one ends at once. [`Error::NotFound`] if there is no such source.
pub fn set_secret(connection: &mut AnyConnection, key: &str, secret_hash: &str) -> Result<()> {
    let Some(source) = by_key(connection, key)? else { return Err(Error::NotFound) };
    let changed = diesel::update(client_secrets::table.filter(client_secrets::client_id.eq(source.id.to_string())))
        .set(client_secrets::secret_hash.eq(secret_hash))
        .execute(connection)?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Revokes a source: its secret ends, its records stay. [`Error::NotFound`] if there is no such source.
pub fn revoke(connection: &mut AnyConnection, key: &str, at: Timestamp) -> Result<()> {
    let changed = diesel::update(sources::table.filter(sources::key.eq(key)))
        .set((sources::revoked_at.eq(micros(at)), sources::version.eq(sources::version + 1)))
        .execute(connection)?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Notes that a full import has confirmed the records of a source.
pub fn confirm(connection: &mut AnyConnection, id: Uuid, at: Timestamp) -> Result<()> {
    diesel::update(sources::table.filter(sources::id.eq(id.to_string())))
        .set((sources::confirmed_at.eq(micros(at)), sources::version.eq(sources::version + 1)))
        .execute(connection)?;
    Ok(())
}
