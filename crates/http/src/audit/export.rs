//! `GET /audit.csv`: the audit log as a file.

use super::filter::{self, AuditParameters};
use super::list::note;
use super::table;
use crate::access::{Access, May};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::body::BodyStream;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::Actor;
use domain::accounts::may::ReadAudit;
use futures_util::stream::{self, Stream};
use persistence::audit::{self, Entry, Filter};

/// Entries read in one go.
const CHUNK: i64 = 500;

/// The names of the columns, after a byte order mark: without it Excel takes UTF-8 for something else and spoils every umlaut.
const HEAD: &str =
    "\u{feff}seq,at,actorKind,actorId,actorName,action,targetKind,targetId,targetName,organization,address,userAgent,before,after,hash\r\n";

/// Download the audit log
///
/// The same entries as `GET /audit`, all of them, as CSV (RFC 4180, UTF-8 with a byte order mark, a comma between cells). A cell that a
/// spreadsheet would take for a formula has an apostrophe in front. That it was downloaded, and what was looked for, is noted in the log itself.
#[utoipa::path(
    get, path = "/audit.csv", operation_id = "exportAudit", tag = "audit", params(AuditParameters, crate::params::Lang),
    responses(
        (status = 200, description = "The entries, the latest first.", body = String, content_type = "text/csv",
            headers(("Content-Disposition" = String, description = "Name of the file.")),
            example = "seq,at,actorKind,actorId,actorName,action,targetKind,targetId,targetName,organization,address,userAgent,before,after,hash\r\n"),
        problem::Parameters
    )
)]
pub(crate) async fn export_audit(access: Access<May<ReadAudit>>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let filter = filter::read(&mut parameters);
    let language = parameters.finish()?;
    let seq = note(&state, access.actor(), &filter, "csv").await?;
    let day = state.now().with_timezone(&state.services.region.info().time_zone).date_naive();
    // No two downloads are the same: each one is itself an entry.
    let representation = Representation::private(language, Validator::new(&request, language).number(seq));
    let rows = rows(state, access.actor().clone(), filter);
    let mut response = representation.bytes("text/csv; charset=utf-8; header=present", Bytes::new()).map_into_boxed_body();
    if let Ok(disposition) = format!("attachment; filename=\"audit-{day}.csv\"").parse() {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response.set_body(BodyStream::new(rows)).map_into_boxed_body())
}

/// Where a download stands.
enum Stand {
    Head,
    /// Goes on before this position.
    Before(Option<i64>),
    End,
}

/// The file, chunk by chunk. Each chunk looks anew whether the reader still may; between two of them nothing is held, so a slow reader stands
/// in nobody's way. An error breaks the answer off, which no client takes for its end.
fn rows(state: web::Data<AppState>, actor: Actor, filter: Filter) -> impl Stream<Item = Result<Bytes, actix_web::Error>> {
    stream::unfold(Stand::Head, move |stand| {
        let (state, actor, filter) = (state.clone(), actor.clone(), filter.clone());
        async move {
            match stand {
                Stand::Head => Some((Ok(Bytes::from_static(HEAD.as_bytes())), Stand::Before(None))),
                Stand::Before(before) => match chunk(&state, actor, filter, before).await {
                    Ok(entries) => {
                        let last = entries.last()?.seq;
                        let mut table = String::with_capacity(entries.len() * 400);
                        entries.iter().for_each(|entry| add(&mut table, entry));
                        Some((Ok(Bytes::from(table)), Stand::Before(Some(last))))
                    }
                    Err(error) => Some((Err(error.into()), Stand::End)),
                },
                Stand::End => None,
            }
        }
    })
}

async fn chunk(state: &AppState, actor: Actor, filter: Filter, before: Option<i64>) -> Result<Vec<Entry>, ApiError> {
    let now = state.now();
    state
        .read(move |connection| {
            let allowed = persistence::access::allow::<ReadAudit>(connection, &actor, now)?;
            audit::list(connection, &allowed, &filter, before, CHUNK)
        })
        .await
}

fn add(csv: &mut String, entry: &Entry) {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    let cells = [
        entry.seq.to_string(),
        entry.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        entry.actor_kind.clone(),
        text(&entry.actor_id),
        text(&entry.actor_name),
        entry.action.clone(),
        entry.target_kind.clone(),
        text(&entry.target_id),
        text(&entry.target_name),
        entry.organization.map(|id| id.to_string()).unwrap_or_default(),
        text(&entry.address),
        text(&entry.user_agent),
        json(&entry.before),
        json(&entry.after),
        hex::encode(&entry.hash),
    ];
    table::add_row(csv, cells.iter().map(String::as_str));
}
