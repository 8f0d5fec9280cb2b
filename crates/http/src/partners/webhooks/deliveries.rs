//! Deliveries of a webhook: what was sent, and what became of it.

pub mod get;
pub mod list;
pub mod replay;

use crate::language::Language;
use crate::problem::ApiError;
use actix_web::HttpResponse;
use actix_web::http::header;
use chrono::{DateTime, Utc};
use domain::Uuid;
use domain::partners::{Delivery, DeliveryState, WebhookEvent};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A message to a webhook, and what became of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookDelivery)]
pub struct DeliveryView {
    /// Id: the `webhook-id` of the message, the same with every attempt and every replay.
    pub id: Uuid,
    /// What it tells.
    pub event: WebhookEvent,
    /// State.
    pub state: DeliveryState,
    /// Attempts so far; a replay begins anew.
    #[schema(examples(1))]
    pub attempts: u32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it is tried next, while it is pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When it was last tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempt_at: Option<DateTime<Utc>>,
    /// When it was delivered or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// HTTP status of the last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 100, maximum = 599, examples(200))]
    pub last_status: Option<u16>,
    /// Why the last attempt failed, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// What it says; only where one delivery is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub payload: Option<serde_json::Value>,
}

/// The id of a delivery in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents a parameter of the path")]
pub(crate) struct DeliveryId {
    /// Id of the delivery.
    #[param(example = "019ab1c2-0000-7000-8000-000000000012")]
    delivery: Uuid,
}

/// A delivery, with what it says if that was asked for.
pub(super) fn show(delivery: Delivery, payload: Option<&str>) -> Result<DeliveryView, ApiError> {
    let Delivery { id, event, state, attempts, created_at, next_attempt_at, last_attempt_at, finished_at, last_status, last_error, .. } = delivery;
    let payload = payload.map(serde_json::from_str).transpose().map_err(ApiError::internal)?;
    Ok(DeliveryView { id, event, state, attempts, created_at, next_attempt_at, last_attempt_at, finished_at, last_status, last_error, payload })
}

/// 202: what was asked for happens in a moment; `location` says where to look.
pub(super) fn accepted(location: &str, language: Language, delivery: &DeliveryView) -> Result<HttpResponse, ApiError> {
    let bytes = serde_json::to_vec(delivery).map_err(ApiError::internal)?;
    Ok(HttpResponse::Accepted()
        .insert_header((header::LOCATION, format!("{}{location}", crate::openapi::PREFIX)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "accept-language, authorization"))
        .content_type("application/json")
        .body(bytes))
}
