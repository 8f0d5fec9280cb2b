//! Imports that wait for somebody to confirm them.

use super::AppliesImports;
use crate::access::Owned;
use crate::actors;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{code, micros, texts, uuid};
use crate::error::{Error, Result};
use crate::schema::{files, imports};
use diesel::prelude::*;
use domain::accounts::may::ConfirmImports;
use domain::partners::{ImportDecision, ImportFormat, ImportMode, ImportState, Source};
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// The file of an import that waits, and how to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The file.
    pub file: Uuid,
    /// Its format.
    pub format: ImportFormat,
    /// What it says about records it does not contain.
    pub mode: ImportMode,
}

/// Decides about an import that waits: it runs again, or it is discarded with its file. [`Error::NotFound`] if the source has no such import,
/// [`Error::AlreadyDecided`] if it does not wait.
pub fn decide(
    tx: &mut AnyConnection,
    source: &Owned<Source, ConfirmImports>,
    id: Uuid,
    decision: ImportDecision,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Waiting> {
    let own = imports::table.find(id.to_string()).filter(imports::source_id.eq(source.value().id.to_string()));
    let (format, mode, file): (String, String, Option<String>) =
        own.select((imports::format, imports::mode, imports::file_id)).first(tx).optional()?.ok_or(Error::NotFound)?;
    let state = match decision {
        ImportDecision::Confirm => ImportState::Running,
        ImportDecision::Discard => ImportState::Discarded,
    };
    let decided = diesel::update(imports::table.find(id.to_string()).filter(imports::state.eq(ImportState::AwaitingConfirmation.code())))
        .set((
            imports::state.eq(state.code()),
            imports::decided_at.eq(micros(at)),
            imports::decided_by.eq(actors::text(source.actor())),
            imports::progress.eq(0),
        ))
        .execute(tx)?;
    let file = match file {
        Some(file) if decided == 1 => uuid(&file)?,
        _ => return Err(Error::AlreadyDecided),
    };
    let action = match decision {
        ImportDecision::Confirm => "import.confirmed",
        ImportDecision::Discard => "import.discarded",
    };
    if decision == ImportDecision::Discard {
        drop_files(tx, &[file])?;
    }
    let (key, organization) = (&source.value().key, source.value().organization_id);
    let event = Event::new(action, "import", id).named(key).within(organization).changed(None, json!({ "source": key, "state": state.code() }));
    audit::append(tx, source.actor(), &event, rng, at)?;
    Ok(Waiting { file, format: code(&format)?, mode: code(&mode)? })
}

fn drop_files(tx: &mut AnyConnection, ids: &[Uuid]) -> Result<()> {
    diesel::delete(files::table.filter(files::id.eq_any(texts(ids)))).execute(tx)?;
    Ok(())
}

/// A confirmed import that could not be applied for a reason that is not in its file waits again.
pub fn wait_again(tx: &mut AnyConnection, id: Uuid) -> Result<()> {
    diesel::update(imports::table.find(id.to_string()).filter(imports::state.eq(ImportState::Running.code())))
        .set((
            imports::state.eq(ImportState::AwaitingConfirmation.code()),
            imports::decided_at.eq(None::<i64>),
            imports::decided_by.eq(None::<String>),
        ))
        .execute(tx)?;
    Ok(())
}

/// An import takes the place of those of its source that wait: what they would do was said about a catalogue that is no more.
pub fn supersede<C: AppliesImports>(tx: &mut AnyConnection, source: &Owned<Source, C>, at: Timestamp) -> Result<()> {
    let ids: Vec<(String, Option<String>)> = imports::table
        .filter(imports::source_id.eq(source.value().id.to_string()))
        .filter(imports::state.eq(ImportState::AwaitingConfirmation.code()))
        .select((imports::id, imports::file_id))
        .load(tx)?;
    discard(tx, &ids, at)
}

/// Discards the imports that waited until their file was to be cleared away. Returns how many. To be called before [`crate::files::expire`].
pub fn expire(tx: &mut AnyConnection, now: Timestamp) -> Result<usize> {
    let ids: Vec<(String, Option<String>)> = imports::table
        .inner_join(files::table.on(imports::file_id.eq(files::id.nullable())))
        .filter(imports::state.eq(ImportState::AwaitingConfirmation.code()))
        .filter(files::expires_at.le(micros(now)))
        .select((imports::id, imports::file_id))
        .load(tx)?;
    discard(tx, &ids, now)?;
    Ok(ids.len())
}

fn discard(tx: &mut AnyConnection, rows: &[(String, Option<String>)], at: Timestamp) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let (ids, files): (Vec<&String>, Vec<&Option<String>>) = rows.iter().map(|(id, file)| (id, file)).unzip();
    diesel::update(imports::table.filter(imports::id.eq_any(ids)))
        .set((imports::state.eq(ImportState::Discarded.code()), imports::decided_at.eq(micros(at))))
        .execute(tx)?;
    let files = files.into_iter().flatten().map(|id| uuid(id)).collect::<Result<Vec<_>>>()?;
    drop_files(tx, &files)
}
