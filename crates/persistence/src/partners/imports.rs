//! Imports and what was wrong in them.

use crate::access::Owned;
use crate::audit::{self, Event};
use crate::connection::{AnyConnection, each_backend};
use crate::convert::{code, count, micros, signed, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{import_problems, imports, sources};
use diesel::prelude::*;
use domain::accounts::may::{May, ReadImports, RunImports};
use domain::accounts::{Actor, Identity};
use domain::partners::{Import, ImportCounts, ImportFormat, ImportMode, ImportProblem, ImportState, Source};
use domain::{Problem, Rng, Timestamp, Uuid};
use serde_json::json;

/// Rows of one INSERT.
const CHUNK: usize = 500;

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
}

fn import((row, source): (Row, String)) -> Result<Import> {
    Ok(Import {
        id: uuid(&row.id)?,
        source,
        format: code(&row.format)?,
        mode: code(&row.mode)?,
        state: code(&row.state)?,
        counts: ImportCounts {
            created: count(row.created),
            changed: count(row.changed),
            unchanged: count(row.unchanged),
            withdrawn: count(row.withdrawn),
            rejected: count(row.rejected),
        },
        problem_count: count(row.problem_count),
        started_at: timestamp(row.started_at)?,
        finished_at: row.finished_at.map(timestamp).transpose()?,
        failure: row.failure.as_deref().map(serde_json::from_str).transpose().map_err(Error::corrupt)?,
        dry_run: false,
        confirmation: None,
        undoes: None,
        undone_by: None,
        actor: None,
        progress: None,
    })
}

/// Capabilities that show imports: whoever may run them may see what became of them.
pub trait SeesImports: May {}

impl SeesImports for ReadImports {}
impl SeesImports for RunImports {}

/// Who ran an import, as its row says it.
fn ran_by(actor: &Actor) -> String {
    match &actor.identity {
        Identity::Anonymous => "anonymous".to_owned(),
        Identity::System => "system".to_owned(),
        Identity::Account { id, .. } => format!("account:{id}"),
        Identity::Client { id, .. } => format!("client:{id}"),
    }
}

/// Notes that an import has begun.
pub fn start(
    connection: &mut AnyConnection,
    source: &Owned<Source, RunImports>,
    id: Uuid,
    format: ImportFormat,
    mode: ImportMode,
    at: Timestamp,
) -> Result<()> {
    diesel::insert_into(imports::table)
        .values((
            imports::id.eq(id.to_string()),
            imports::source_id.eq(source.value().id.to_string()),
            imports::actor.eq(ran_by(source.actor())),
            imports::format.eq(format.code()),
            imports::mode.eq(mode.code()),
            imports::state.eq(ImportState::Running.code()),
            (imports::created.eq(0), imports::changed.eq(0), imports::unchanged.eq(0), imports::withdrawn.eq(0), imports::rejected.eq(0)),
            imports::problem_count.eq(0),
            imports::started_at.eq(micros(at)),
        ))
        .execute(connection)?;
    Ok(())
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Succeeded or failed.
    pub state: ImportState,
    /// Counts.
    pub counts: ImportCounts,
    /// Number of problems found, also of those that were too many to be kept.
    pub problem_count: u64,
    /// Now.
    pub finished_at: Timestamp,
    /// Why it failed as a whole.
    pub failure: Option<Problem>,
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
    let counts = &ending.counts;
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
        ))
        .execute(connection)?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Marks the imports of a source that still claim to run as failed. Only for the holder of the source's claim: then they are remains of a
/// process that died. Returns how many there were.
pub fn fail_stale(connection: &mut AnyConnection, source_id: Uuid, failure: &Problem, at: Timestamp) -> Result<usize> {
    let failure = serde_json::to_string(failure).map_err(Error::corrupt)?;
    let stale = imports::table.filter(imports::source_id.eq(source_id.to_string())).filter(imports::state.eq(ImportState::Running.code()));
    Ok(diesel::update(stale)
        .set((imports::state.eq(ImportState::Failed.code()), imports::finished_at.eq(micros(at)), imports::failure.eq(failure)))
        .execute(connection)?)
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

#[derive(Insertable)]
#[diesel(table_name = import_problems, treat_none_as_default_value = false)]
struct NewProblem<'a> {
    import_id: String,
    ordinal: i64,
    line: Option<i64>,
    record_kind: Option<&'static str>,
    record_id: Option<&'a str>,
    problem: String,
}

/// Keeps problems of an import, numbered from `first`.
pub fn add_problems(connection: &mut AnyConnection, id: Uuid, first: u64, problems: &[ImportProblem]) -> Result<()> {
    let mut ordinal = signed(first);
    for chunk in problems.chunks(CHUNK) {
        let mut rows = Vec::with_capacity(chunk.len());
        for problem in chunk {
            rows.push(NewProblem {
                import_id: id.to_string(),
                ordinal,
                line: problem.line.map(signed),
                record_kind: problem.record_kind.map(domain::catalogue::RecordKind::code),
                record_id: problem.record_id.as_deref(),
                problem: serde_json::to_string(&problem.problem).map_err(Error::corrupt)?,
            });
            ordinal += 1;
        }
        each_backend!(connection, |inner| diesel::insert_into(import_problems::table).values(&rows).execute(inner))?;
    }
    Ok(())
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
    row.map(import).transpose()
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
    rows.into_iter().map(import).collect()
}

/// Number of imports of a source.
pub fn total(connection: &mut AnyConnection, source: &Owned<Source, ReadImports>) -> Result<i64> {
    Ok(imports::table.filter(imports::source_id.eq(source.value().id.to_string())).count().get_result(connection)?)
}

/// Up to `limit` problems of an import with their numbers, in order, after a number (begin with −1). [`Error::NotFound`] for an import of
/// another source.
pub fn problems(
    connection: &mut AnyConnection,
    source: &Owned<Source, ReadImports>,
    id: Uuid,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, ImportProblem)>> {
    type Stored = (i64, Option<i64>, Option<String>, Option<String>, String);
    get(connection, source, id)?.ok_or(Error::NotFound)?;
    let rows: Vec<Stored> = import_problems::table
        .filter(import_problems::import_id.eq(id.to_string()))
        .filter(import_problems::ordinal.gt(after))
        .order(import_problems::ordinal)
        .limit(limit)
        .select((import_problems::ordinal, import_problems::line, import_problems::record_kind, import_problems::record_id, import_problems::problem))
        .load(connection)?;
    let problem = |(ordinal, line, kind, record_id, problem): Stored| {
        let record_kind = kind.as_deref().map(code).transpose()?;
        let problem = serde_json::from_str(&problem).map_err(Error::corrupt)?;
        Ok((ordinal, ImportProblem { line: line.map(count), record_kind, record_id, problem }))
    };
    rows.into_iter().map(problem).collect()
}

/// Number of problems of an import that were kept. [`Error::NotFound`] for an import of another source.
pub fn problems_kept(connection: &mut AnyConnection, source: &Owned<Source, ReadImports>, id: Uuid) -> Result<i64> {
    get(connection, source, id)?.ok_or(Error::NotFound)?;
    Ok(import_problems::table.filter(import_problems::import_id.eq(id.to_string())).count().get_result(connection)?)
}
