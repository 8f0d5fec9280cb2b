//! `POST /sources/{source}/clients/{client}/secrets`: a further secret.

use super::super::{ClientId, SecretOnce, id_of, refused};
use super::new_secret;
use crate::access::{Access, May, Recently};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::accounts::may::ManageClients;
use domain::problem::ValueError;
use persistence::access::owned_source;
use persistence::clients;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Longest life of a secret that ends by itself, in days.
const MOST_DAYS: u16 = 1096;

/// How long a secret shall live.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SecretWish {
    /// Days after which it ends by itself; without them it counts until it is revoked.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1096, examples(365))]
    expires_in_days: Option<u16>,
}

/// Give a client a further secret
///
/// The one before goes on until it is revoked: the system can be moved over without a gap. Shown only in this answer.
#[utoipa::path(
    post, path = "/sources/{source}/clients/{client}/secrets", operation_id = "createSecret", tag = "partners",
    params(crate::params::SourceKey, ClientId, crate::params::Lang),
    request_body(content = SecretWish, content_type = "application/json", example = json!({ "expiresInDays": 365 })),
    responses(
        (status = 201, description = "Made. The `ETag` is that of the client.", body = SecretOnce, content_type = "application/json",
            headers(("Location" = String, description = "Address of the secret, to revoke it.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000007", "secret": "brs_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAx7",
            "expiresAt": "2027-11-24T04:00:00Z"
        })),
        problem::Bodies, problem::Parameters, problem::Missing, problem::SecretLimits
    )
)]
pub(crate) async fn create_secret(
    access: Access<Recently<May<ManageClients>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<SecretWish>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let id = id_of(&request, "client")?;
    let SecretWish { expires_in_days: days } = body.read().await?;
    if days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        let wrong = ValueError::new("number-out-of-range", format!("Erlaubt ist 1 bis {MOST_DAYS}."), format!("Allowed is 1 to {MOST_DAYS}."));
        return Err(ApiError::new(ErrorCode::Invalid).field("/body/expiresInDays", wrong));
    }
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let (once, kept) = new_secret(&*state.services.clock, &*rng, days);
    let asked = key.clone();
    let managed = state
        .write(move |tx| {
            let source = owned_source::<ManageClients>(tx, &actor, &asked, now)?;
            clients::add_secret(tx, &source, id, &kept, &*rng, now)
        })
        .await?
        .map_err(refused)?;
    versions::created(&format!("/sources/{key}/clients/{id}/secrets/{}", once.id), language, managed.client.version, &once)
}
