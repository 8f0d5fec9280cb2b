//! Imports: how they begin and end, and what they did.

mod changes;
mod held;
mod making;
mod problems;

pub use changes::{
    Before, Content, Undoable, forget_snapshots, note_created, note_updated, note_withdrawn, replace_report, report, reported, undoable,
};
pub use held::{Waiting, decide, expire, supersede, wait_again};
pub use making::{Brake, HandedIn, brake, edits, edits_of, handed_in, is_merged, merged, published, source};
pub use problems::{add_problems, problems, problems_kept, remove_problems};

use crate::access::Owned;
use crate::actors;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{code, count, micros, signed, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{imports, sources};
use diesel::prelude::*;
use domain::accounts::Actor;
use domain::accounts::may::{ConfirmImports, May, ReadImports, RunImports};
use domain::partners::{HoldReason, Import, ImportActor, ImportConfirmation, ImportCounts, ImportFormat, ImportMode, ImportState, Source};
use domain::{Problem, Rng, Timestamp, Uuid};
use serde_json::json;

#[derive(Queryable, Selectable)]
#[diesel(table_name = imports)]
struct Row {
    id: String,
    format: String,
    mode: String,
    state: String,
    created: i64,
    changed: i64,
    unchanged: i64,
    withdrawn: i64,
    rejected: i64,
    problem_count: i64,
    started_at: i64,
    finished_at: Option<i64>,
    failure: Option<String>,
    actor: Option<String>,
    dry_run: i64,
    expected_withdrawals: Option<i64>,
    expected_published: Option<i64>,
    undoes: Option<String>,
    undone_by: Option<String>,
    progress: i64,
}

/// Who ran an import, still without a name.
fn actor(text: &str) -> ImportActor {
    let (kind, id) = actors::parts(text);
    ImportActor { kind: kind.to_owned(), id, name: None }
}

/// Adds the names that accounts and clients have now.
fn name_actors(connection: &mut AnyConnection, imports: &mut [Import]) -> Result<()> {
    let names = actors::names(connection, imports.iter().filter_map(|import| import.actor.as_ref()).map(|actor| (actor.kind.as_str(), actor.id)))?;
    for actor in imports.iter_mut().filter_map(|import| import.actor.as_mut()) {
        actor.name = actor.id.and_then(|id| names.get(&id).cloned());
    }
    Ok(())
}

fn import((row, source): (Row, String)) -> Result<Import> {
    let state = code(&row.state)?;
    let counts = ImportCounts {
        created: count(row.created),
        changed: count(row.changed),
        unchanged: count(row.unchanged),
        withdrawn: count(row.withdrawn),
        rejected: count(row.rejected),
    };
    let confirmation = row.expected_withdrawals.map(|withdrawals| ImportConfirmation {
        reason: reason(&counts),
        withdrawals: count(withdrawals),
        published: count(row.expected_published.unwrap_or_default()),
    });
    Ok(Import {
        id: uuid(&row.id)?,
        source,
        format: code(&row.format)?,
        mode: code(&row.mode)?,
        state,
        counts,
        problem_count: count(row.problem_count),
        started_at: timestamp(row.started_at)?,
        finished_at: row.finished_at.map(timestamp).transpose()?,
        failure: row.failure.as_deref().map(serde_json::from_str).transpose().map_err(Error::corrupt)?,
        dry_run: row.dry_run != 0,
        confirmation,
        undoes: row.undoes.as_deref().map(uuid).transpose()?,
        undone_by: row.undone_by.as_deref().map(uuid).transpose()?,
        actor: row.actor.as_deref().map(actor),
        progress: (state == ImportState::Running).then(|| count(row.progress)),
    })
}

/// Why an import with these counts has to be confirmed.
fn reason(counts: &ImportCounts) -> HoldReason {
    let ImportCounts { created, changed, unchanged, rejected, .. } = *counts;
    if created + changed + unchanged + rejected == 0 { HoldReason::Empty } else { HoldReason::Shrinks }
}

/// Capabilities that show imports: whoever may run or confirm them may see what became of them.
pub trait SeesImports: May {}

impl SeesImports for ReadImports {}
impl SeesImports for RunImports {}
impl SeesImports for ConfirmImports {}

/// Capabilities with which a file is applied: handed in, or confirmed.
pub trait AppliesImports: SeesImports {}

impl AppliesImports for RunImports {}
impl AppliesImports for ConfirmImports {}

/// An import that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// Id.
    pub id: Uuid,
    /// Format of the file.
    pub format: ImportFormat,
    /// What it says about records it does not contain.
    pub mode: ImportMode,
    /// Whether all is taken back in the end.
    pub dry_run: bool,
    /// The import that it takes back.
    pub undoes: Option<Uuid>,
    /// Now.
    pub at: Timestamp,
}

impl NewImport {
    /// An import that is meant.
    pub fn new(id: Uuid, format: ImportFormat, mode: ImportMode, at: Timestamp) -> Self {
        Self { id, format, mode, dry_run: false, undoes: None, at }
    }
}

/// Notes that an import has begun.
pub fn start<C: AppliesImports>(connection: &mut AnyConnection, source: &Owned<Source, C>, new: &NewImport) -> Result<()> {
    diesel::insert_into(imports::table)
        .values((
            imports::id.eq(new.id.to_string()),
            imports::source_id.eq(source.value().id.to_string()),
            imports::actor.eq(actors::text(source.actor())),
            imports::format.eq(new.format.code()),
            imports::mode.eq(new.mode.code()),
            imports::state.eq(ImportState::Running.code()),
            (imports::created.eq(0), imports::changed.eq(0), imports::unchanged.eq(0), imports::withdrawn.eq(0), imports::rejected.eq(0)),
            imports::problem_count.eq(0),
            imports::started_at.eq(micros(new.at)),
            imports::dry_run.eq(i64::from(new.dry_run)),
            imports::undoes.eq(new.undoes.map(|id| id.to_string())),
            imports::progress.eq(0),
        ))
        .execute(connection)?;
    Ok(())
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Any state but running.
    pub state: ImportState,
    /// Counts.
    pub counts: ImportCounts,
    /// Number of problems found, also of those that were too many to be kept.
    pub problem_count: u64,
    /// Now.
    pub finished_at: Timestamp,
    /// Why it failed as a whole.
    pub failure: Option<Problem>,
    /// What has to be confirmed.
    pub confirmation: Option<ImportConfirmation>,
    /// The file, if it waits for somebody to confirm it.
    pub file: Option<Uuid>,
}

impl Ending {
    /// An ending without a file that waits.
    pub fn new(state: ImportState, counts: ImportCounts, problem_count: u64, finished_at: Timestamp) -> Self {
        Self { state, counts, problem_count, finished_at, failure: None, confirmation: None, file: None }
    }
}

/// Tells the audit log how an import of `source` ended.
pub fn tell(connection: &mut AnyConnection, actor: &Actor, source: &Source, id: Uuid, ending: &Ending, rng: &dyn Rng) -> Result<()> {
    let ImportCounts { created, changed, unchanged, withdrawn, rejected } = ending.counts;
    let after = json!({
        "source": source.key, "state": ending.state.code(), "created": created, "changed": changed, "unchanged": unchanged,
        "withdrawn": withdrawn, "rejected": rejected
    });
    let event = Event::new("import.finished", "import", id).named(&source.key).within(source.organization_id).changed(None, after);
    audit::append(connection, actor, &event, rng, ending.finished_at)
}

/// Notes how an import ended, whoever began it and whatever they may do by now. [`Error::NotFound`] unless it is running.
pub fn finish(connection: &mut AnyConnection, id: Uuid, ending: &Ending) -> Result<()> {
    let failure = ending.failure.as_ref().map(serde_json::to_string).transpose().map_err(Error::corrupt)?;
    let (counts, asked) = (&ending.counts, ending.confirmation);
    let changed = diesel::update(imports::table.filter(imports::id.eq(id.to_string())).filter(imports::state.eq(ImportState::Running.code())))
        .set((
            imports::state.eq(ending.state.code()),
            imports::created.eq(signed(counts.created)),
            imports::changed.eq(signed(counts.changed)),
            imports::unchanged.eq(signed(counts.unchanged)),
            imports::withdrawn.eq(signed(counts.withdrawn)),
            imports::rejected.eq(signed(counts.rejected)),
            imports::problem_count.eq(signed(ending.problem_count)),
            imports::finished_at.eq(micros(ending.finished_at)),
            imports::failure.eq(failure),
            imports::file_id.eq(ending.file.map(|id| id.to_string())),
        ))
        .execute(connection)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    // What was asked once stays to be seen after it was confirmed.
    if let Some(asked) = asked {
        diesel::update(imports::table.find(id.to_string()))
            .set((imports::expected_withdrawals.eq(signed(asked.withdrawals)), imports::expected_published.eq(signed(asked.published))))
            .execute(connection)?;
    }
    Ok(())
}

/// Notes how many records have been read of an import that is running.
pub fn progress(connection: &mut AnyConnection, id: Uuid, records: u64) -> Result<()> {
    diesel::update(imports::table.find(id.to_string()).filter(imports::state.eq(ImportState::Running.code())))
        .set(imports::progress.eq(signed(records)))
        .execute(connection)?;
    Ok(())
}

/// Ends the imports of a source that still claim to run: with a failure, or, if they had been confirmed, by waiting again. Only for the holder
/// of the source's claim: then they are remains of a process that died. Returns how many there were.
pub fn fail_stale(connection: &mut AnyConnection, source_id: Uuid, failure: &Problem, at: Timestamp) -> Result<usize> {
    let failure = serde_json::to_string(failure).map_err(Error::corrupt)?;
    let stale = imports::table.filter(imports::source_id.eq(source_id.to_string())).filter(imports::state.eq(ImportState::Running.code()));
    let waiting = diesel::update(stale.clone().filter(imports::file_id.is_not_null()))
        .set(imports::state.eq(ImportState::AwaitingConfirmation.code()))
        .execute(connection)?;
    let failed = diesel::update(stale)
        .set((imports::state.eq(ImportState::Failed.code()), imports::finished_at.eq(micros(at)), imports::failure.eq(failure)))
        .execute(connection)?;
    Ok(waiting + failed)
}

/// Sources with an import that claims to run.
pub fn running_sources(connection: &mut AnyConnection) -> Result<Vec<(Uuid, String)>> {
    let rows: Vec<(String, String)> = imports::table
        .inner_join(sources::table)
        .filter(imports::state.eq(ImportState::Running.code()))
        .select((sources::id, sources::key))
        .distinct()
        .load(connection)?;
    rows.into_iter().map(|(id, key)| Ok((uuid(&id)?, key))).collect()
}

/// Notes which import took another one back. [`Error::AlreadyDecided`] if that one was taken back before, or was never applied.
pub fn mark_undone(connection: &mut AnyConnection, undone: Uuid, by: Uuid) -> Result<()> {
    let applied = imports::table
        .find(undone.to_string())
        .filter(imports::state.eq(ImportState::Succeeded.code()))
        .filter(imports::dry_run.eq(0))
        .filter(imports::undone_by.is_null());
    let changed = diesel::update(applied).set(imports::undone_by.eq(by.to_string())).execute(connection)?;
    if changed == 0 { Err(Error::AlreadyDecided) } else { Ok(()) }
}

/// An import of a source.
pub fn get<C: SeesImports>(connection: &mut AnyConnection, source: &Owned<Source, C>, id: Uuid) -> Result<Option<Import>> {
    let row = imports::table
        .inner_join(sources::table)
        .filter(imports::id.eq(id.to_string()))
        .filter(imports::source_id.eq(source.value().id.to_string()))
        .select((Row::as_select(), sources::key))
        .first(connection)
        .optional()?;
    let mut found: Vec<Import> = row.map(import).transpose()?.into_iter().collect();
    name_actors(connection, &mut found)?;
    Ok(found.pop())
}

/// Up to `limit` imports of a source, newest first, before an id.
pub fn list(connection: &mut AnyConnection, source: &Owned<Source, ReadImports>, before: Option<Uuid>, limit: i64) -> Result<Vec<Import>> {
    let before = before.unwrap_or(Uuid::max());
    let rows = imports::table
        .inner_join(sources::table)
        .filter(imports::source_id.eq(source.value().id.to_string()))
        .filter(imports::id.lt(before.to_string()))
        .order(imports::id.desc())
        .limit(limit)
        .select((Row::as_select(), sources::key))
        .load(connection)?;
    let mut found = rows.into_iter().map(import).collect::<Result<Vec<_>>>()?;
    name_actors(connection, &mut found)?;
    Ok(found)
}

/// Number of imports of a source.
pub fn total(connection: &mut AnyConnection, source: &Owned<Source, ReadImports>) -> Result<i64> {
    Ok(imports::table.filter(imports::source_id.eq(source.value().id.to_string())).count().get_result(connection)?)
}
