//! `GET /auth/providers`: where else one can sign in.

use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use identity::oidc::PROVIDER;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An identity provider that the operator has connected.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Provider {
    /// Its name in addresses.
    #[schema(examples("sso"))]
    pub id: String,
    /// Its name for people.
    #[schema(examples("Landkreis"))]
    pub name: String,
}

/// Identity providers.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct ProviderList {
    data: Vec<Provider>,
    page: Page,
}

/// List the identity providers
///
/// Where one can sign in besides this portal: at most one, empty where the operator has connected none.
#[utoipa::path(
    get, path = "/auth/providers", operation_id = "listProviders", tag = "auth", params(crate::params::Lang),
    responses(
        (status = 200, description = "The providers.", body = ProviderList, content_type = "application/json", example = json!({
            "data": [{ "id": "sso", "name": "Landkreis" }], "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_providers(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let data: Vec<Provider> =
        state.identity.provider.iter().map(|provider| Provider { id: PROVIDER.to_owned(), name: provider.name().to_owned() }).collect();
    let name = data.first().map_or("", |provider| provider.name.as_str());
    let representation = Representation::public(language, Validator::new(&request, language).and(name.as_bytes()));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    representation.json(&List { page: Page::whole(data.len()), data })
}
