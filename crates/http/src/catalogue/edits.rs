//! Editing records field by field: what was edited is kept from the feed until it is released.

pub mod offers;
pub mod organizations;
mod patches;
pub mod places;

pub use patches::{OfferPatch, OrganizationPatch, PlacePatch};

use crate::body::MergePatch;
use crate::catalogue::document::{id_of, written};
use crate::problem::ApiError;
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, etag, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use domain::accounts::Actor;
use domain::catalogue::RecordKind;
use domain::problem::ValueError;
use domain::{ErrorCode, Problem};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use sync::edits::{self, EditError, FieldEdit};
use utoipa::{IntoParams, ToSchema};

/// Who edited a field.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RecordEditor {
    /// Name of the person or the partner system; missing when it is not known any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("Redaktion"))]
    pub name: Option<String>,
}

/// A field that was edited.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordEdit {
    /// The field.
    #[schema(examples("title"))]
    pub field: String,
    /// What was written here; `null` if the field was emptied.
    pub value: Value,
    /// What the source last said; `null` if it said nothing.
    pub feed_value: Value,
    /// When it was edited.
    pub edited_at: DateTime<Utc>,
    /// Who edited it.
    pub edited_by: RecordEditor,
}

/// The edited fields of a record.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RecordEdits {
    /// The fields, in order of their names.
    pub data: Vec<RecordEdit>,
    /// The version of the record.
    #[schema(minimum = 1, examples(4))]
    pub version: i64,
}

/// The field in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents a parameter that is read by name")]
pub(crate) struct EditedField {
    /// Name of the field.
    #[param(example = "summary")]
    pub(crate) field: String,
}

impl From<FieldEdit> for RecordEdit {
    fn from(edit: FieldEdit) -> Self {
        let FieldEdit { field, value, feed_value, at, by } = edit;
        Self { field, value, feed_value, edited_at: at, edited_by: RecordEditor { name: by } }
    }
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Gone => Self::new(ErrorCode::Gone),
            EditError::Invalid(problems) => Self::new(ErrorCode::Invalid).fields(problems.into_iter().map(told).collect()),
            EditError::Store(error) => error.into(),
        }
    }
}

/// What is wrong with a record, told as a mistake in the body.
pub(crate) fn told(problem: Problem) -> (String, ValueError) {
    (format!("/body{}", problem.pointer), ValueError::new(&problem.code, problem.message.de, problem.message.en))
}

async fn list(actor: Actor, state: web::Data<AppState>, request: HttpRequest, kind: RecordKind) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (id, services) = (id_of(&request)?, state.services.clone());
    let (data, version) = state.reading.run(move || Ok(edits::shown(&services, &actor, kind, id)?)).await?;
    let body = RecordEdits { data: data.into_iter().map(Into::into).collect(), version };
    versions::json(StatusCode::OK, language, version, &body)
}

async fn change(
    actor: Actor,
    state: web::Data<AppState>,
    request: HttpRequest,
    kind: RecordKind,
    body: MergePatch,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, version) = (id_of(&request)?, if_match(&request)?);
    let patch = body.read().await?;
    let services = state.services.clone();
    let record = state.writing.run(move || Ok(edits::change(&services, &actor, kind, id, version, &patch)?)).await?;
    let (language, document) = written(&record);
    let document = RawValue::from_string(document).map_err(ApiError::internal)?;
    versions::json(StatusCode::OK, language, record.version, &document)
}

async fn release(actor: Actor, state: web::Data<AppState>, request: HttpRequest, kind: RecordKind) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, version) = (id_of(&request)?, if_match(&request)?);
    let field = request.match_info().query("field").to_owned();
    let services = state.services.clone();
    let record = state.writing.run(move || Ok(edits::release(&services, &actor, kind, id, version, &field)?)).await?;
    Ok(HttpResponse::NoContent().insert_header(etag(record.version)).finish())
}
