//! `POST /me/identities/{id}/link`: link the own account with an identity at a provider.

use crate::access::{Access, Recently, SignedIn};
use crate::auth::cookie;
use crate::auth::oidc::{self, ProviderId};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header::{CACHE_CONTROL, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where to go.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct LinkDeparture {
    /// Address at the provider.
    #[schema(examples("https://login.example.org/realms/county/protocol/openid-connect/auth?response_type=code"))]
    pub url: String,
}

/// Begin to link an identity
///
/// The browser goes to `url`, signs in there, and comes back with the link made: to the page of the own account, with the code of an error in
/// the fragment if something is in the way. The link is with the provider's id of the person, whatever their e-mail address.
#[utoipa::path(
    post, path = "/me/identities/{id}/link", operation_id = "linkIdentity", tag = "me", params(ProviderId, crate::params::Lang),
    responses(
        (status = 200, description = "Where to go.", body = LinkDeparture, content_type = "application/json",
         headers(("Set-Cookie" = String, description = "`__Host-oidc`, for ten minutes.")),
         example = json!({ "url": "https://login.example.org/realms/county/protocol/openid-connect/auth?response_type=code" })),
        problem::Parameters, problem::Missing, problem::NotReady
    )
)]
pub(crate) async fn link_identity(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?.pick("de", "en");
    oidc::provider(&state, &request)?;
    let actor = access.actor().clone();
    let departure = state.elsewhere(move |flows| flows.leave_to_link(&actor, language)).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CACHE_CONTROL, "no-store")).insert_header((SET_COOKIE, cookie::keep_away(&departure.browser)?));
    Ok(answer.json(LinkDeparture { url: departure.url }))
}
