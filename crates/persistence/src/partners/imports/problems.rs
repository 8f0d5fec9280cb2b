//! What was wrong with the records of an import.

use super::{Owned, get};
use crate::connection::{AnyConnection, each_backend};
use crate::convert::{code, count, signed};
use crate::error::{Error, Result};
use crate::schema::import_problems;
use diesel::prelude::*;
use domain::Uuid;
use domain::accounts::may::ReadImports;
use domain::partners::{ImportProblem, Source};

/// Rows of one INSERT.
const CHUNK: usize = 500;

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

/// Forgets the problems of an import that is tried again.
pub fn remove_problems(connection: &mut AnyConnection, id: Uuid) -> Result<()> {
    diesel::delete(import_problems::table.filter(import_problems::import_id.eq(id.to_string()))).execute(connection)?;
    Ok(())
}
