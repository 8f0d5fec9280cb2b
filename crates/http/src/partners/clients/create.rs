//! `POST /sources/{source}/clients`: give a system access to a source.

use super::secrets::new_secret;
use super::{ClientView, SecretOnce, check_scopes, view};
use crate::access::{Access, May, Recently};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::Scope;
use domain::accounts::may::ManageClients;
use domain::text::Title;
use domain::{ErrorCode, Uuid, new_id};
use identity::tokens::assertion::ClientKeys;
use persistence::access::owned_source;
use persistence::clients::{self, Client};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A client to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewClient {
    /// Name for people.
    name: Title,
    /// The most it may ask for.
    #[schema(min_items = 1, max_items = 4)]
    scopes: Vec<Scope>,
    /// Public keys (RFC 7517: Ed25519 or P-256). A client that has them signs (`private_key_jwt`) and gets no secret.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    jwks: Option<serde_json::Value>,
}

/// A client and its first secret.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CreatedClient {
    /// The client.
    pub client: ClientView,
    /// Its first secret, shown only now; none for a client that signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretOnce>,
}

/// Give a system access to a source
///
/// The answer is the only one that ever shows the secret.
#[utoipa::path(
    post, path = "/sources/{source}/clients", operation_id = "createClient", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    request_body(content = NewClient, content_type = "application/json", example = json!({ "name": "Kursverwaltung", "scopes": ["imports:run"] })),
    responses(
        (status = 201, description = "Made. `Location` is the address of the client.", body = CreatedClient, content_type = "application/json",
            headers(("Location" = String, description = "Address of the client.")), example = json!({
            "client": { "id": "019ab1c2-0000-7000-8000-000000000005", "source": "kvhs-lup", "name": "Kursverwaltung", "scopes": ["imports:run"],
                "secrets": [{ "id": "019ab1c2-0000-7000-8000-000000000006", "hint": "AAx7", "createdAt": "2026-11-24T04:00:00Z" }],
                "createdAt": "2026-11-24T04:00:00Z", "version": 1 },
            "secret": { "id": "019ab1c2-0000-7000-8000-000000000006", "secret": "brs_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAx7" }
        })),
        problem::Bodies, problem::Parameters, problem::Missing, problem::Clashing
    )
)]
pub(crate) async fn create_client(
    access: Access<Recently<May<ManageClients>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewClient>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let NewClient { name, scopes, jwks } = body.read().await?;
    check_scopes(&scopes)?;
    if let Some(jwks) = &jwks {
        ClientKeys::parse(jwks).map_err(|wrong| ApiError::new(ErrorCode::Invalid).field("/body/jwks", wrong))?;
    }
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let shown = jwks.is_none().then(|| new_secret(&*state.services.clock, &*rng, None));
    let (once, kept) = shown.unzip();
    let client = Client {
        id: new_id(&*state.services.clock, &*rng),
        source_id: Uuid::nil(),
        name: name.into(),
        scopes,
        jwks: jwks.map(|jwks| jwks.to_string()),
        created_at: now,
        last_used_at: None,
        revoked_at: None,
        version: 1,
    };
    let asked = key.clone();
    let created = state
        .write(move |tx| {
            let source = owned_source::<ManageClients>(tx, &actor, &asked, now)?;
            if source.value().revoked_at.is_some() {
                return Ok(None);
            }
            clients::create(tx, &source, &client, kept.as_ref(), &*rng).map(Some)
        })
        .await?
        .ok_or_else(|| ApiError::new(ErrorCode::Conflict).detail("Diese Quelle ist beendet.", "This source has been ended."))?;
    let answer = CreatedClient { client: view(&key, created)?, secret: once };
    versions::created(&format!("/sources/{key}/clients/{}", answer.client.id), language, answer.client.version, &answer)
}
