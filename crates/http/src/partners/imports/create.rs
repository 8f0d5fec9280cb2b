//! `POST /sources/{source}/imports`: hand in records.

use crate::problem;
use domain::partners::{Import, ImportFormat, ImportMode};
use utoipa::IntoParams;

/// Parameters of an import.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportParameters {
    /// `delta` says nothing about records that are missing, `full` withdraws them; `delta` if not given.
    pub mode: Option<ImportMode>,
    /// Format of the file. `application/x-ndjson` is always `ndjson`; `application/xml` needs `openqcat` or `openvhs`.
    pub format: Option<ImportFormat>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Hand in records
///
/// The body is streamed and applied in one transaction. A broken record harms no other: it is counted as rejected and its problems are
/// listed under `…/imports/{id}/problems`. A broken file changes nothing (422 `file-invalid`). Records that are the same as before are
/// counted as unchanged and write nothing. With an `Idempotency-Key` the request can be repeated safely: the first answer comes again.
#[utoipa::path(
    post, path = "/sources/{source}/imports", operation_id = "createImport", tag = "imports", security(("sourceSecret" = [])),
    params(
        crate::params::SourceKey, ImportParameters,
        ("Idempotency-Key" = Option<String>, Header, description = "Any text of 1 to 200 visible ASCII characters, new for every new file. The same key with another file is refused (422).")
    ),
    request_body(
        description = "The records: one JSON object a line, or an XML file. At most 512 MiB, uncompressed.",
        content(
            (String = "application/x-ndjson", example = "{\"type\":\"organization\",\"externalId\":\"o-1\",\"name\":\"Volkshochschule\",\"kind\":\"adult-education-centre\"}\n"),
            (String = "application/xml", example = "<OPENQCAT/>")
        )
    ),
    responses(
        (status = 201, description = "Imported. `Location` is the address of the import.", body = Import, content_type = "application/json",
            headers(("Location" = String, description = "Address of the import.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
            "counts": { "created": 2, "changed": 0, "unchanged": 211, "withdrawn": 1, "rejected": 1 }, "problemCount": 3,
            "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z"
        })),
        problem::Parameters, problem::OfSources, problem::OfImports
    )
)]
pub async fn create_import() {}
