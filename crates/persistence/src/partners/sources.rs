//! Sources: the partner systems that may hand in records.

use crate::access::{self, Allowed, Owned};
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{code, micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::partners::imports::AppliesImports;
use crate::schema::sources;
use diesel::prelude::*;
use domain::accounts::OrganizationRef;
use domain::accounts::may::{ManageSources, ReadSources};
use domain::catalogue::Licence;
use domain::partners::Source;
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

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

/// What can be changed of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particulars {
    /// Name for people.
    pub name: String,
    /// Licence of records that name none, from the next import on.
    pub licence: Licence,
    /// The organisation it belongs to; none for aggregators.
    pub organization_id: Option<Uuid>,
}

impl From<&Source> for Particulars {
    fn from(source: &Source) -> Self {
        Self { name: source.name.clone(), licence: source.licence, organization_id: source.organization_id }
    }
}

impl Particulars {
    fn shown(&self) -> serde_json::Value {
        json!({ "name": self.name, "licence": self.licence.code(), "organization": self.organization_id })
    }
}

/// Adds a source. [`Error::Exists`] if the key is taken; [`Error::NotFound`] for an organisation that is not there or is out of reach.
pub fn add(tx: &mut AnyConnection, allowed: &Allowed<ManageSources>, source: &Source, rng: &dyn Rng) -> Result<()> {
    if !allowed.reach().has_source(source.id, source.organization_id) {
        return Err(Error::NotFound);
    }
    known_organization(tx, source.organization_id)?;
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
        .execute(tx)?;
    let event = about("source.created", source).changed(None, Particulars::from(source).shown());
    audit::append(tx, allowed.actor(), &event, rng, source.created_at)
}

fn known_organization(tx: &mut AnyConnection, id: Option<Uuid>) -> Result<()> {
    match id {
        Some(id) => access::organization(tx, id)?.map(|_| ()).ok_or(Error::NotFound),
        None => Ok(()),
    }
}

fn about(action: &'static str, source: &Source) -> Event {
    Event::new(action, "source", source.id).named(&source.key).within(source.organization_id)
}

/// Changes a source that is at `version`; returns it as it is then. [`Error::Conflict`] if it has another version by now.
pub fn change(
    tx: &mut AnyConnection,
    source: &Owned<Source, ManageSources>,
    version: i64,
    new: &Particulars,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Source> {
    let before = Particulars::from(source.value());
    known_organization(tx, new.organization_id.filter(|id| before.organization_id != Some(*id)))?;
    let changed = diesel::update(sources::table.find(source.value().id.to_string()).filter(sources::version.eq(version)))
        .set((
            sources::name.eq(&new.name),
            sources::licence.eq(new.licence.code()),
            sources::organization_id.eq(new.organization_id.map(|id| id.to_string())),
            sources::version.eq(sources::version + 1),
        ))
        .execute(tx)?;
    let after = get(tx, source.value().id)?.ok_or(Error::NotFound)?;
    if changed == 0 {
        return Err(Error::Conflict(after.version));
    }
    audit::append(tx, source.actor(), &about("source.changed", &after).changed(before.shown(), new.shown()), rng, at)?;
    Ok(after)
}

/// Ends a source that is at `version`, if one is named: its clients get nothing any more, its records stay. Once is enough.
pub fn revoke(tx: &mut AnyConnection, source: &Owned<Source, ManageSources>, version: Option<i64>, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let source_now = source.value();
    let version = version.unwrap_or(source_now.version);
    if source_now.revoked_at.is_some() && version == source_now.version {
        return Ok(());
    }
    let changed = diesel::update(sources::table.find(source_now.id.to_string()).filter(sources::version.eq(version)))
        .set((sources::revoked_at.eq(micros(at)), sources::version.eq(sources::version + 1)))
        .execute(tx)?;
    if changed == 0 {
        return Err(Error::Conflict(get(tx, source_now.id)?.ok_or(Error::NotFound)?.version));
    }
    audit::append(tx, source.actor(), &about("source.revoked", source_now), rng, at)
}

/// Notes that a full import has confirmed the records of a source.
pub fn confirm<C: AppliesImports>(tx: &mut AnyConnection, source: &Owned<Source, C>, at: Timestamp) -> Result<()> {
    diesel::update(sources::table.find(source.value().id.to_string()))
        .set((sources::confirmed_at.eq(micros(at)), sources::version.eq(sources::version + 1)))
        .execute(tx)?;
    Ok(())
}

/// The sources within reach in order of their keys, revoked ones included, each with its organisation.
pub fn list(connection: &mut AnyConnection, allowed: &Allowed<ReadSources>) -> Result<Vec<(Source, Option<OrganizationRef>)>> {
    let rows: Vec<Row> = sources::table.order(sources::key).select(Row::as_select()).load(connection)?;
    let mut within = Vec::with_capacity(rows.len());
    for row in rows {
        let source = Source::try_from(row)?;
        if allowed.reach().has_source(source.id, source.organization_id) {
            let organization = organization(connection, &source)?;
            within.push((source, organization));
        }
    }
    Ok(within)
}

/// The organisation of a source. One that is no longer in the catalogue keeps its id for a name.
pub fn organization(connection: &mut AnyConnection, source: &Source) -> Result<Option<OrganizationRef>> {
    let Some(id) = source.organization_id else { return Ok(None) };
    Ok(Some(access::organization(connection, id)?.unwrap_or_else(|| OrganizationRef { id, name: id.to_string() })))
}

/// The source with this id, even if revoked.
pub(crate) fn get(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Source>> {
    let row = sources::table.find(id.to_string()).select(Row::as_select()).first(connection).optional()?;
    row.map(Source::try_from).transpose()
}

/// The source with this key, even if revoked.
pub(crate) fn by_key(connection: &mut AnyConnection, key: &str) -> Result<Option<Source>> {
    let row = sources::table.filter(sources::key.eq(key)).select(Row::as_select()).first(connection).optional()?;
    row.map(Source::try_from).transpose()
}
