//! `GET /auth/oidc/{id}/callback`: back from the provider.

use super::ProviderId;
use crate::access::{Access, Public};
use crate::auth::cookie;
use crate::language::Language;
use crate::problem::{self, ApiError};
use crate::state::AppState;
use actix_web::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, web};
use identity::flows::{Arrival, Return};
use utoipa::IntoParams;

/// What the provider sends along (RFC 6749, section 4.1.2; RFC 9207). Providers add more, which is not read.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct Answer {
    /// What the portal gave it.
    #[param(example = "bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k")]
    state: Option<String>,
    /// Good for an ID token, once.
    #[param(example = "SplxlOBeZQQYbYS6WxSbIA")]
    code: Option<String>,
    /// Its issuer identifier.
    #[param(example = "https://login.example.org/realms/county")]
    iss: Option<String>,
    /// Why there is no code.
    #[param(example = "access_denied")]
    error: Option<String>,
}

/// Come back from an identity provider
///
/// For the browser, not for scripts. Whoever is linked with an active account is signed in and goes on to the page they wanted; a link that was
/// asked for is made. Otherwise it is back to the page where it began, with the code of an error in the fragment: `not-linked`, `second-factor`
/// (the account has one, and the provider saw only one factor), `taken`, `denied`, `refused`, `over`, `unavailable`. Nobody comes back twice,
/// and nobody in another browser.
#[utoipa::path(
    get, path = "/auth/oidc/{id}/callback", operation_id = "returnFromProvider", tag = "auth", params(ProviderId, Answer),
    responses(
        (status = 303, description = "To a page of the portal.", headers(
            ("Location" = String, description = "The address."), ("Set-Cookie" = String, description = "`__Host-refresh` after a sign-in; clears `__Host-oidc`.")
        )),
        problem::Missing, problem::Throttled
    )
)]
pub(crate) async fn callback(access: Access<Public>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    super::provider(&state, &request)?;
    let mut back = Return { browser: cookie::away(&request).map(ToOwned::to_owned), ..Return::default() };
    for (name, value) in url::form_urlencoded::parse(request.query_string().as_bytes()) {
        match &*name {
            "state" => back.state = value.into_owned(),
            "code" => back.code = Some(value.into_owned()),
            "iss" => back.issuer = Some(value.into_owned()),
            _ => {}
        }
    }
    let origin = access.actor().origin.clone();
    let Arrival { language, next, linking, outcome } = state.elsewhere(move |flows| flows.arrive(&back, &origin)).await?;
    let language = language.unwrap_or_else(|| Language::of(&request).pick("de", "en").to_owned());
    let mut on = HttpResponse::SeeOther();
    on.insert_header((CACHE_CONTROL, "no-store")).append_header((SET_COOKIE, cookie::clear_away()));
    let place = match outcome {
        Ok(Some(opened)) => {
            if let Some(token) = &opened.refresh {
                on.append_header((SET_COOKIE, cookie::keep(token, opened.lasts)?));
            }
            next.unwrap_or_else(|| format!("/{language}/konto"))
        }
        Ok(None) => format!("/{language}/konto/sicherheit"),
        Err(turned) if linking => format!("/{language}/konto/sicherheit#error={}", turned.code()),
        Err(turned) => format!("/{language}/anmelden#error={}", turned.code()),
    };
    Ok(on.insert_header((LOCATION, place)).finish())
}
