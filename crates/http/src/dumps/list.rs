//! `GET /dumps`: which dumps there are.

use crate::feeds::site;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use exchange::out::licence;
use persistence::dumps;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A licence as others name it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DumpLicence {
    /// Code of the licence.
    #[schema(examples("cc-by/4.0"))]
    pub code: String,
    /// Name.
    pub name: String,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A dump that can be downloaded.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DumpView {
    /// Name of this very file; its content never changes.
    #[schema(examples("catalogue-20261124T010000Z.ndjson.gz"))]
    pub name: String,
    /// Name under which the latest one of its kind is always found.
    #[schema(examples("catalogue.ndjson.gz"))]
    pub latest: String,
    /// Complete address.
    pub url: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Everything up to this number of the change feed is in it: go on with `GET /changes?after=…`.
    pub change_seq: i64,
    /// When it is cleared away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// The licence of the dump, if all of its records have the same. Otherwise each record's own counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<DumpLicence>,
    /// The licences of its records; each record names its own.
    pub licences: Vec<DumpLicence>,
}

/// The dumps.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DumpList {
    /// The dumps, the latest of each kind first.
    pub data: Vec<DumpView>,
}

/// List the dumps
///
/// The whole catalogue, made once a night and kept for seven days: `catalogue.ndjson.gz` (one record a line, as the API shows it, with `type` in
/// front), `offers.csv.gz` and `organizations.csv.gz` (as `GET /offers.csv`). Records whose licence reserves all rights are not in them.
#[utoipa::path(
    get, path = "/dumps", operation_id = "listDumps", tag = "exports", params(crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The dumps.", body = DumpList, content_type = "application/json", example = json!({ "data": [{
            "name": "catalogue-20261124T010000Z.ndjson.gz", "latest": "catalogue.ndjson.gz",
            "url": "https://bildung.example.org/api/v1/dumps/catalogue-20261124T010000Z.ndjson.gz", "mediaType": "application/gzip", "size": 1048576,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "createdAt": "2026-11-24T01:00:00Z", "changeSeq": 4711,
            "expiresAt": "2026-12-01T01:00:00Z", "licences": [{ "code": "cc-by/4.0", "name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/" }]
        }] })),
        problem::Parameters
    )
)]
pub(crate) async fn list_dumps(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (site, now) = (site(&state, &request), state.now());
    let found = state.read(move |connection| dumps::list(connection, now)).await?;
    let validator = found.iter().fold(Validator::new(&request, language).and(&*site.base), |validator, dump| validator.and(dump.file.id));
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let view = |dump: dumps::Dump| {
        let licences: Vec<DumpLicence> = dump.licences.iter().map(|code| named(*code)).collect();
        DumpView {
            latest: latest(&dump.file.name),
            url: site.address(&format!("{}/dumps/{}", crate::openapi::PREFIX, dump.file.name)),
            name: dump.file.name,
            media_type: dump.file.media_type,
            size: dump.file.size,
            sha256: dump.file.sha256.unwrap_or_default(),
            created_at: dump.file.created_at,
            change_seq: dump.file.change_seq.unwrap_or_default(),
            expires_at: dump.file.expires_at,
            licence: if let [only] = dump.licences.as_slice() { Some(named(*only)) } else { None },
            licences,
        }
    };
    let mut data: Vec<DumpView> = found.into_iter().map(view).collect();
    data.sort_by(|a, b| a.latest.cmp(&b.latest).then(b.created_at.cmp(&a.created_at)));
    representation.json(&DumpList { data })
}

fn named(code: domain::catalogue::Licence) -> DumpLicence {
    let known = licence(code);
    DumpLicence { code: known.code.to_owned(), name: known.name.to_owned(), url: known.url.map(str::to_owned) }
}

/// The name without the time it was made.
pub(super) fn latest(name: &str) -> String {
    match (name.split_once('-'), name.split_once('.')) {
        (Some((first, _)), Some((_, last))) => format!("{first}.{last}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_latest_of_a_kind_has_no_time_in_its_name() {
        assert_eq!(super::latest("catalogue-20261124T010000Z.ndjson.gz"), "catalogue.ndjson.gz");
        assert_eq!(super::latest("x"), "x");
    }
}
