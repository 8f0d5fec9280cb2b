//! `GET /me/identities`: where else one can sign in to the own account.

use crate::access::{Access, SignedIn};
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use identity::oidc::PROVIDER;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An identity at another provider.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkedIdentity {
    /// Id of the provider.
    #[schema(examples("sso"))]
    pub id: String,
    /// Its name for people.
    #[schema(examples("Landkreis"))]
    pub name: String,
    /// When it was linked.
    pub created_at: DateTime<Utc>,
}

/// Linked identities.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct LinkedIdentityList {
    data: Vec<LinkedIdentity>,
    page: Page,
}

/// List the linked identities
///
/// Where one can sign in to the own account besides here. Links with a provider that is not connected any more are not listed; the export of
/// the own data has them.
#[utoipa::path(
    get, path = "/me/identities", operation_id = "listIdentities", tag = "me", params(crate::params::Lang),
    responses((status = 200, description = "The links.", body = LinkedIdentityList, content_type = "application/json", example = json!({
        "data": [{ "id": "sso", "name": "Landkreis", "createdAt": "2026-11-24T08:00:00Z" }], "page": { "next": null, "limit": 1, "total": 1 }
    })), problem::Parameters)
)]
pub(crate) async fn list_identities(access: Access<SignedIn>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let actor = access.actor().clone();
    let found = state.flow(move |flows| flows.own_identities(&actor)).await?;
    let provider = state.identity.provider.as_ref();
    let view = |link: persistence::accounts::identity_links::IdentityLink| {
        let provider = provider.filter(|provider| provider.issuer() == link.issuer)?;
        Some(LinkedIdentity { id: PROVIDER.to_owned(), name: provider.name().to_owned(), created_at: link.created_at })
    };
    let data: Vec<LinkedIdentity> = found.into_iter().filter_map(view).collect();
    private_json(&request, language, &List { page: Page::whole(data.len()), data })
}
