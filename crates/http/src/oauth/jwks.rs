//! `GET /.well-known/jwks.json`: the keys that access tokens are signed with.

use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A JSON Web Key Set (RFC 7517).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct KeySet {
    /// The keys, the newest first.
    pub keys: Vec<PublicKey>,
}

/// A public key (RFC 8037).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PublicKey {
    /// `OKP`.
    #[schema(examples("OKP"))]
    pub kty: String,
    /// `Ed25519`.
    #[schema(examples("Ed25519"))]
    pub crv: String,
    /// `sig`.
    #[serde(rename = "use")]
    #[schema(examples("sig"))]
    pub purpose: String,
    /// `EdDSA`.
    #[schema(examples("EdDSA"))]
    pub alg: String,
    /// Id: the key's thumbprint (RFC 7638).
    pub kid: String,
    /// The key.
    pub x: String,
}

/// List the keys that sign access tokens
///
/// A new key may appear at any time; whoever keeps a copy asks again when a token names a key that is not in it.
#[utoipa::path(
    get, path = "/.well-known/jwks.json", operation_id = "listSigningKeys", tag = "oauth", params(crate::params::Lang),
    responses(
        (status = 200, description = "The public keys.", body = KeySet, content_type = "application/json", example = json!({
            "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }]
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_signing_keys(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let keys = serde_json::to_vec(&state.identity.keys.jwks(state.now())).map_err(ApiError::internal)?;
    let representation = Representation::public(language, Validator::new(&request, language).and(&keys));
    Ok(representation.unchanged(&request).unwrap_or_else(|| representation.bytes("application/json", keys)))
}
