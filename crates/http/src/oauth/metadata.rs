//! `GET /.well-known/oauth-authorization-server`: what a client library needs to know.

use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Metadata of the authorisation server (RFC 8414).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ServerMetadata {
    /// Who issues tokens.
    #[schema(examples("https://bildung.example.org"))]
    pub issuer: String,
    /// Where to get a token.
    pub token_endpoint: String,
    /// Where to end one.
    pub revocation_endpoint: String,
    /// Where to look at one.
    pub introspection_endpoint: String,
    /// The keys that tokens are signed with.
    pub jwks_uri: String,
    /// What can be asked for.
    pub scopes_supported: Vec<Scope>,
    /// Nothing: there is no endpoint for authorisation by people.
    pub response_types_supported: Vec<String>,
    /// `client_credentials`.
    pub grant_types_supported: Vec<String>,
    /// How clients prove who they are, at all three endpoints.
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// Algorithms of client assertions.
    pub token_endpoint_auth_signing_alg_values_supported: Vec<String>,
    /// See `token_endpoint_auth_methods_supported`.
    pub revocation_endpoint_auth_methods_supported: Vec<String>,
    /// See `token_endpoint_auth_signing_alg_values_supported`.
    pub revocation_endpoint_auth_signing_alg_values_supported: Vec<String>,
    /// See `token_endpoint_auth_methods_supported`.
    pub introspection_endpoint_auth_methods_supported: Vec<String>,
    /// See `token_endpoint_auth_signing_alg_values_supported`.
    pub introspection_endpoint_auth_signing_alg_values_supported: Vec<String>,
    /// The documentation.
    pub service_documentation: String,
}

/// Show what the token endpoint supports
///
/// Metadata of the authorisation server (RFC 8414).
#[utoipa::path(
    get, path = "/.well-known/oauth-authorization-server", operation_id = "getServerMetadata", tag = "oauth", params(crate::params::Lang),
    responses(
        (status = 200, description = "The metadata.", body = ServerMetadata, content_type = "application/json", example = json!({
            "issuer": "https://bildung.example.org", "token_endpoint": "https://bildung.example.org/oauth/token",
            "revocation_endpoint": "https://bildung.example.org/oauth/revoke", "introspection_endpoint": "https://bildung.example.org/oauth/introspect",
            "jwks_uri": "https://bildung.example.org/.well-known/jwks.json", "scopes_supported": ["imports:run"], "response_types_supported": [],
            "grant_types_supported": ["client_credentials"], "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["EdDSA", "ES256"],
            "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
            "revocation_endpoint_auth_signing_alg_values_supported": ["EdDSA", "ES256"],
            "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
            "introspection_endpoint_auth_signing_alg_values_supported": ["EdDSA", "ES256"],
            "service_documentation": "https://bildung.example.org/api/docs/"
        })),
        problem::Parameters
    )
)]
pub(crate) async fn server_metadata(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let issuer = &state.identity.issuer;
    let representation = Representation::public(language, Validator::new(&request, language).and(issuer));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let (methods, algorithms) = (texts(&["client_secret_basic", "private_key_jwt"]), texts(&["EdDSA", "ES256"]));
    representation.json(&ServerMetadata {
        issuer: issuer.clone(),
        token_endpoint: format!("{issuer}/oauth/token"),
        revocation_endpoint: format!("{issuer}/oauth/revoke"),
        introspection_endpoint: format!("{issuer}/oauth/introspect"),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        scopes_supported: Scope::ALL.to_vec(),
        response_types_supported: vec![],
        grant_types_supported: texts(&["client_credentials"]),
        token_endpoint_auth_methods_supported: methods.clone(),
        token_endpoint_auth_signing_alg_values_supported: algorithms.clone(),
        revocation_endpoint_auth_methods_supported: methods.clone(),
        revocation_endpoint_auth_signing_alg_values_supported: algorithms.clone(),
        introspection_endpoint_auth_methods_supported: methods,
        introspection_endpoint_auth_signing_alg_values_supported: algorithms,
        service_documentation: format!("{issuer}/api/docs/"),
    })
}
