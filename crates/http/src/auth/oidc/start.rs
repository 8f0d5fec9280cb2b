//! `GET /auth/oidc/{id}/start`: off to the provider.

use super::ProviderId;
use crate::access::{Access, Public};
use crate::auth::cookie;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::problem::ValueError;
use url::Url;
use utoipa::IntoParams;

/// Longest address that is remembered.
const MAX_NEXT: usize = 500;

/// Where to go afterwards.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct Next {
    /// Page of the portal to go to after the sign-in; the own account where missing.
    #[param(example = "/de/verwaltung", max_length = 500)]
    next: Option<String>,
}

/// Go to an identity provider to sign in
///
/// For the browser, not for scripts: sends it to the provider, with a cookie by which it is known again. Where the provider cannot be reached
/// it goes back to the sign-in page with the code of an error in the fragment.
#[utoipa::path(
    get, path = "/auth/oidc/{id}/start", operation_id = "leaveToProvider", tag = "auth", params(ProviderId, Next, crate::params::Lang),
    responses(
        (status = 303, description = "To the provider, or back to the sign-in page.", headers(
            ("Location" = String, description = "The address."), ("Set-Cookie" = String, description = "`__Host-oidc`, for ten minutes.")
        )),
        problem::Parameters, problem::Missing, problem::Throttled
    )
)]
pub(crate) async fn start(access: Access<Public>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let _ = access.actor();
    let mut query = Query::new(&state, &request);
    let next = query.one("next", own_page);
    let language = query.finish()?.pick("de", "en");
    super::provider(&state, &request)?;
    let mut away = HttpResponse::SeeOther();
    away.insert_header((CACHE_CONTROL, "no-store"));
    match state.elsewhere(move |flows| flows.leave_to_sign_in(language, next)).await {
        Ok(departure) => {
            Ok(away.insert_header((SET_COOKIE, cookie::keep_away(&departure.browser)?)).insert_header((LOCATION, departure.url)).finish())
        }
        Err(error) if error.code() == ErrorCode::Unavailable => {
            Ok(away.insert_header((LOCATION, format!("/{language}/anmelden#error=unavailable"))).finish())
        }
        Err(error) => Err(error),
    }
}

/// A page of the portal. What a browser would open counts: `//host`, backslashes and control characters lead elsewhere.
fn own_page(text: &str) -> Result<String, ValueError> {
    let own = || {
        let base = Url::parse("https://portal.invalid").ok()?;
        let url = base.join(text).ok()?;
        let inside = url.origin() == base.origin() && url.username().is_empty() && (url.path().starts_with("/de/") || url.path().starts_with("/en/"));
        (inside && text.len() <= MAX_NEXT).then(|| url[url::Position::BeforePath..].to_owned())
    };
    own().ok_or_else(|| {
        ValueError::new(
            "next-foreign",
            "Hier muss eine Seite dieses Portals stehen, zum Beispiel /de/konto.",
            "This must be a page of this portal, for example /en/konto.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::own_page;

    #[test]
    fn only_pages_of_the_portal_are_gone_to() {
        assert_eq!(own_page("/de/verwaltung?x=1#y").as_deref(), Ok("/de/verwaltung?x=1#y"));
        for bad in [
            "https://example.org/de/",
            "//example.org/de/",
            "/\\example.org/de/",
            "/api/v1/me",
            "javascript:alert(1)",
            "/de/../api",
            "\t//example.org/de/",
        ] {
            assert!(own_page(bad).is_err(), "{bad}");
        }
    }
}
