//! `POST /sources/{source}/mapping/preview`: look at a table before it is imported.

use super::{MappingPreview, view};
use crate::access::{Access, May};
use crate::body;
use crate::partners::{source_key, spool};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::{AppState, Limits};
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::accounts::may::RunImports;
use domain::partners::{ColumnMapping, ImportFormat};
use domain::problem::ValueError;
use exchange::{ReadContext, preview_table};
use persistence::access::owned_source;
use persistence::mapping;
use std::io::Read;
use std::str::FromStr;
use std::sync::Arc;
use utoipa::IntoParams;

/// Media types of tables.
const TYPES: [(&str, ImportFormat); 4] = [
    ("text/csv", ImportFormat::Csv),
    ("text/tab-separated-values", ImportFormat::Csv),
    ("text/plain", ImportFormat::Csv),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ImportFormat::Xlsx),
];

/// Parameters of a preview.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents what the handler reads")]
pub struct PreviewParameters {
    /// `csv` or `xlsx`. Follows from the content type.
    #[param(value_type = Option<String>, pattern = "^(csv|xlsx)$", example = "csv")]
    pub format: Option<ImportFormat>,
    /// A mapping as JSON to try; the stored one where missing, the documented names of columns where there is none.
    #[param(example = "{\"columns\":[{\"column\":\"Kurs\",\"field\":\"title\"}]}")]
    pub mapping: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Look at a table before it is imported
///
/// Says which columns it has and what each of them probably is, and shows the first offers as they would be read, with what is wrong by row and
/// column. Nothing is stored. A file that is no table is refused (422).
#[utoipa::path(
    post, path = "/sources/{source}/mapping/preview", operation_id = "previewMapping", tag = "imports",
    params(crate::params::SourceKey, PreviewParameters),
    request_body(
        description = "The table. At most 16 MiB.",
        content(
            (String = "text/csv", example = "Kursnummer;Titel;Beginn\nD-101;Deutsch A1;11.01.2027\n"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        )
    ),
    responses(
        (status = 200, description = "What is in it, and what would become of it.", body = MappingPreview, content_type = "application/json", example = json!({
            "columns": [{ "name": "Titel", "index": 0, "samples": ["Deutsch A1"], "suggestion": "title" }], "rows": 1, "encoding": "utf-8", "delimiter": ";",
            "fields": [{ "field": "title", "label": { "de": "Titel", "en": "Title" }, "required": true, "many": false }],
            "records": [{ "type": "offer", "externalId": "offer-1f", "organization": "default", "kind": "course", "title": "Deutsch A1" }],
            "problems": [{ "row": 2, "column": "C", "severity": "warning", "code": "date-invalid", "messages": {
                "de": "Zeile 2, Spalte C „Beginn“: „bald“ ist kein Datum.", "en": "Row 2, Column C “Beginn”: “bald” is not a date."
            } }]
        })),
        problem::Parameters, problem::Missing, problem::OfTables
    )
)]
pub(crate) async fn preview_mapping(
    access: Access<May<RunImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let wanted = parameters.one("format", table_format);
    let tried = parameters.one("mapping", given);
    let language = parameters.finish()?;
    let format = format_of(&request, wanted)?;
    if let Some(wrong) = tried.as_ref().map(ColumnMapping::problems).filter(|wrong| !wrong.is_empty()) {
        let wrong = wrong.into_iter().map(|(pointer, error)| (format!("/query/mapping{pointer}"), error)).collect();
        return Err(ApiError::new(ErrorCode::ParameterInvalid).fields(wrong));
    }
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let (name, stored) = state
        .look_up(move |connection| {
            let source = owned_source::<RunImports>(connection, &actor, &key, now)?;
            let stored = mapping::of_source(connection, source.value())?;
            Ok((source.value().name.clone(), stored))
        })
        .await?;
    let services = &state.services;
    let context = ReadContext {
        provider: Some(name.into()),
        mapping: tried.or(stored).map(Arc::new),
        limits: services.limits,
        ..ReadContext::new(Arc::clone(&services.vocabularies), services.region.info().time_zone)
    };
    let turn = state.importing.admit().await?;
    let most = u64::try_from(services.limits.document_bytes).unwrap_or(u64::MAX);
    let limits = Limits { import_bytes: state.limits.import_bytes.min(most), ..state.limits.clone() };
    let mut spooled = spool::receive(body, body::announced(&request), &limits).await?;
    let preview = turn
        .run(move || {
            let mut bytes = Vec::new();
            spooled.file.read_to_end(&mut bytes).map_err(ApiError::internal)?;
            preview_table(format, &bytes, &context).map_err(|error| {
                let message = error.problem.message;
                ApiError::new(ErrorCode::FileInvalid)
                    .detail(&message.de, &message.en)
                    .field(&error.problem.pointer, ValueError::new(&error.problem.code, &message.de, &message.en))
            })
        })
        .await?;
    let body = serde_json::to_vec(&view(preview).map_err(ApiError::internal)?).map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(body))
}

fn table_format(text: &str) -> Result<ImportFormat, ValueError> {
    match ImportFormat::from_str(text) {
        Ok(format @ (ImportFormat::Csv | ImportFormat::Xlsx)) => Ok(format),
        _ => Err(ValueError::new("value-unknown", "Tabellen haben das Format „csv“ oder „xlsx“.", "Tables have the format “csv” or “xlsx”.")),
    }
}

fn given(text: &str) -> Result<ColumnMapping, ValueError> {
    serde_json::from_str(text).map_err(|error| {
        ValueError::recover(&error.to_string()).unwrap_or_else(|| {
            let (de, en) = (format!("Das ist keine Zuordnung ({error})."), format!("This is not a mapping ({error})."));
            ValueError::new("value-invalid", de, en)
        })
    })
}

fn format_of(request: &HttpRequest, wanted: Option<ImportFormat>) -> Result<ImportFormat, ApiError> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match (TYPES.iter().find(|(name, _)| *name == media_type), wanted) {
        (Some((_, format)), wanted) if wanted.is_none_or(|wanted| wanted == *format) => Ok(*format),
        // Browsers do not always know what a file is.
        (None, Some(format)) if matches!(media_type.as_str(), "application/octet-stream" | "application/vnd.ms-excel") => Ok(format),
        (Some((_, format)), _) => {
            let (de, en) =
                (format!("Zu {media_type} gehört format={}.", format.code()), format!("With {media_type} comes format={}.", format.code()));
            Err(ApiError::new(ErrorCode::ParameterInvalid).field("/query/format", ValueError::new("format-mismatch", de, en)))
        }
        (None, _) => {
            let accepted = TYPES.map(|(name, _)| name).join(", ");
            let error =
                ApiError::new(ErrorCode::UnsupportedMediaType).detail(format!("Angenommen werden {accepted}."), format!("Accepted are {accepted}."));
            Err(match HeaderValue::from_str(&accepted) {
                Ok(accepted) => error.header(header::ACCEPT, accepted),
                Err(_) => error,
            })
        }
    }
}
