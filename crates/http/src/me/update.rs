//! `PATCH /me`: change name or language of mail.

use super::get::{Me, view};
use crate::access::{Access, SignedIn};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::MailLanguage;
use domain::text::Title;
use persistence::access::myself;
use persistence::accounts::{account, profile};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What is to change; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileChange {
    /// Name.
    #[serde(default)]
    name: Option<Title>,
    /// Language of mail.
    #[serde(default)]
    language: Option<MailLanguage>,
}

/// Change the own account
///
/// Name and language of mail. The address has an operation of its own, for it has to be confirmed.
#[utoipa::path(
    patch, path = "/me", operation_id = "changeMe", tag = "me", params(versions::IfMatch, crate::params::Lang),
    request_body(content = ProfileChange, content_type = "application/json", example = json!({ "name": "Redaktion", "language": "en" })),
    responses(
        (status = 200, description = "The own account as it is now.", body = Me, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000005", "email": "redaktion@example.org", "name": "Redaktion", "language": "de", "status": "active",
            "version": 3, "createdAt": "2026-11-24T04:00:00Z", "roles": [{ "membership": "019ab1c2-0000-7000-8000-000000000006", "role": "editor" }],
            "capabilities": [{ "capability": "imports.run", "reach": "all" }],
            "secondFactor": { "required": true, "totp": true, "passkeys": 1, "recoveryCodes": 10 }, "methods": ["pwd", "otp"]
        })),
        problem::Parameters, problem::Bodies, problem::Changed
    )
)]
pub(crate) async fn change_me(
    access: Access<SignedIn>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<ProfileChange>,
) -> Result<HttpResponse, ApiError> {
    let spoken = Query::none(&state, &request)?;
    let version = if_match(&request)?;
    let ProfileChange { name, language } = body.read().await?;
    let (actor, rng, now) = (access.actor().clone(), Arc::clone(&state.services.rng), state.now());
    let own = state
        .write(move |tx| {
            let myself = myself(tx, &actor, now)?;
            profile::change_own(tx, &myself, version, name.clone(), language, &*rng, now)?;
            account::own(tx, &myself, now)
        })
        .await?;
    let me = view(own, access.grants())?;
    versions::json(StatusCode::OK, spoken, me.version, &me)
}
