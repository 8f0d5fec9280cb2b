//! How carefully a source is imported, and who cares for it. Part of the source: they share its version.

use crate::access::Owned;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp};
use crate::error::{Error, Result};
use crate::schema::sources;
use diesel::prelude::*;
use domain::accounts::may::ConfigureSources;
use domain::partners::{Source, SourceSettings};
use domain::{Rng, Timestamp, Uuid};

type Row = (i64, i64, Option<String>);

fn settings((percent, records, contact): Row) -> Result<SourceSettings> {
    let number = |number: i64| u32::try_from(number).map_err(Error::corrupt);
    let corrupt = |error: domain::problem::ValueError| Error::corrupt(error.en);
    Ok(SourceSettings {
        brake_percent: number(percent)?.try_into().map_err(corrupt)?,
        brake_records: number(records)?.try_into().map_err(corrupt)?,
        contact_email: contact.map(|contact| contact.parse()).transpose().map_err(corrupt)?,
    })
}

/// The settings of a source.
pub fn get(connection: &mut AnyConnection, source: &Owned<Source, ConfigureSources>) -> Result<SourceSettings> {
    of(connection, source.value().id)
}

fn of(connection: &mut AnyConnection, source: Uuid) -> Result<SourceSettings> {
    let columns = (sources::brake_percent, sources::brake_records, sources::contact_email);
    settings(sources::table.find(source.to_string()).select(columns).first(connection)?)
}

/// Changes the settings of a source that is at `version`; returns the version it has then. [`Error::Conflict`] if it has another one by now.
pub fn change(
    tx: &mut AnyConnection,
    source: &Owned<Source, ConfigureSources>,
    version: i64,
    new: &SourceSettings,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<i64> {
    let owner = source.value();
    let changed = diesel::update(sources::table.find(owner.id.to_string()).filter(sources::version.eq(version)));
    let before = of(tx, owner.id)?;
    let changed = changed
        .set((
            sources::brake_percent.eq(i64::from(u32::from(new.brake_percent))),
            sources::brake_records.eq(i64::from(u32::from(new.brake_records))),
            sources::contact_email.eq(new.contact_email.as_ref().map(|address| address.as_str().to_owned())),
            sources::version.eq(sources::version + 1),
        ))
        .execute(tx)?;
    if changed == 0 {
        return Err(Error::Conflict(owner.version));
    }
    let shown = |settings: &SourceSettings| serde_json::to_value(settings).map_err(Error::corrupt);
    let event = Event::new("source.settings-changed", "source", owner.id).named(&owner.key).within(owner.organization_id);
    audit::append(tx, source.actor(), &event.changed(shown(&before)?, shown(new)?), rng, at)?;
    Ok(version + 1)
}

/// Since when the people of a source have not been told of any trouble; `None` if they never were.
pub(crate) fn told_at(connection: &mut AnyConnection, source: Uuid) -> Result<Option<Timestamp>> {
    let told: Option<i64> = sources::table.find(source.to_string()).select(sources::told_at).first(connection)?;
    told.map(timestamp).transpose()
}

/// Takes the turn to tell the people of a source something: `false` if they were told after `before`, perhaps by another node just now.
pub(crate) fn take_turn(tx: &mut AnyConnection, source: Uuid, before: Timestamp, now: Timestamp) -> Result<bool> {
    let rested = sources::told_at.is_null().or(sources::told_at.le(micros(before)));
    let taken = diesel::update(sources::table.find(source.to_string()).filter(rested)).set(sources::told_at.eq(micros(now))).execute(tx)?;
    Ok(taken == 1)
}

/// The address that a source names for trouble.
pub(crate) fn contact(connection: &mut AnyConnection, source: Uuid) -> Result<Option<String>> {
    Ok(sources::table.find(source.to_string()).select(sources::contact_email).first(connection)?)
}
