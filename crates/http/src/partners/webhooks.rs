//! Webhooks of a source: addresses that are told of changes.

pub mod change;
pub mod create;
pub mod deliveries;
pub mod get;
mod keeper;
pub mod list;
pub mod remove;
pub mod rotate;
pub mod test;

pub use keeper::Keeper;

use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use domain::partners::{DisabledBecause, Webhook, WebhookFilter};
use domain::problem::ValueError;
use domain::text::WebUrl;
use domain::{ErrorCode, Uuid};
use serde::{Deserialize, Serialize};
use url::{Host, Url};
use utoipa::ToSchema;

/// Most organisations of a filter.
const MOST_ORGANIZATIONS: usize = 50;

/// A webhook. Its secret is shown only when it is made or replaced.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Webhook)]
pub struct WebhookView {
    /// Id.
    pub id: Uuid,
    /// Name for people.
    #[schema(examples("Kalender der Stadt"))]
    pub name: String,
    /// Where deliveries are sent.
    #[schema(examples("https://calendar.example.org/hooks/bildung"))]
    pub url: String,
    /// What it is told of.
    pub filter: WebhookFilter,
    /// Whether it is told anything.
    pub enabled: bool,
    /// Why the portal itself disabled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_because: Option<DisabledBecause>,
    /// Since when every delivery has failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when the secret before the present one signs as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_secret_until: Option<DateTime<Utc>>,
    /// How far it has come in the change feed; what lies behind it is in deliveries, or not for it.
    #[schema(minimum = 0, examples(4711))]
    pub position: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Counts up with every change.
    #[schema(minimum = 1, examples(1))]
    pub version: i64,
}

/// A webhook, in the one answer that shows its secret.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct WebhookWithSecret {
    /// The webhook.
    pub webhook: WebhookView,
    /// Signs every delivery (Standard Webhooks). It is shown only now.
    #[schema(examples("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAAAAAAAAAA="))]
    pub secret: String,
}

/// The id of a webhook in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents a parameter of the path")]
pub(crate) struct WebhookId {
    /// Id of the webhook.
    #[param(example = "019ab1c2-0000-7000-8000-000000000011")]
    webhook: Uuid,
}

fn view(webhook: Webhook, state: &AppState) -> WebhookView {
    let now = state.now();
    let Webhook { id, name, url, filter, enabled, position, failing_since, disabled_because, previous_secret_until, created_at, version, .. } =
        webhook;
    let previous_secret_until = previous_secret_until.filter(|until| *until > now);
    WebhookView { id, name, url, filter, enabled, disabled_because, failing_since, previous_secret_until, position, created_at, version }
}

/// An id in the path; what is no id belongs to nothing.
fn id_of(request: &HttpRequest, name: &str) -> Result<Uuid, ApiError> {
    request.match_info().query(name).parse().map_err(|_| ApiError::new(ErrorCode::NotFound))
}

/// Checks what is given of a webhook, everything at once.
fn check(state: &AppState, url: Option<&WebUrl>, filter: Option<&WebhookFilter>) -> Result<(), ApiError> {
    let mut wrong = Vec::new();
    if let Some(error) = url.and_then(|url| check_url(url, state.limits.loopback_allowed).err()) {
        wrong.push(("/body/url".to_owned(), error));
    }
    if filter.is_some_and(|filter| filter.organizations.len() > MOST_ORGANIZATIONS) {
        let (de, en) = (format!("Höchstens {MOST_ORGANIZATIONS} Einrichtungen."), format!("At most {MOST_ORGANIZATIONS} organisations."));
        wrong.push(("/body/filter/organizations".to_owned(), ValueError::new("too-many-values", de, en)));
    }
    if wrong.is_empty() { Ok(()) } else { Err(ApiError::new(ErrorCode::Invalid).fields(wrong)) }
}

/// Refuses addresses to which nothing would ever be sent, before somebody waits for it. What a name resolves to is looked at with every delivery.
fn check_url(url: &WebUrl, loopback_allowed: bool) -> Result<(), ValueError> {
    let refuse = |code, de: &str, en: &str| Err(ValueError::new(code, de, en));
    let Ok(url) = Url::parse(url.as_str()) else { return refuse("url-invalid", "Das ist keine Web-Adresse.", "This is not a web address.") };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return refuse(
            "url-invalid",
            "Eine Adresse ohne Zugangsdaten und ohne „#“ ist nötig; ausweisen kann sich das Portal mit der Signatur.",
            "An address without credentials and without “#” is needed; the portal shows who it is by the signature.",
        );
    }
    if loopback && loopback_allowed {
        return Ok(());
    }
    if url.scheme() != "https" {
        return refuse("url-insecure", "Die Adresse muss mit https:// beginnen.", "The address must begin with https://.");
    }
    if loopback || matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_))) {
        return refuse(
            "url-not-public",
            "Nötig ist der Name eines Servers, der im Internet erreichbar ist.",
            "The name of a server that can be reached on the Internet is needed.",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_name_reached_by_https() {
        let code = |url: &str, loopback| check_url(&WebUrl::try_from(url.to_owned()).unwrap(), loopback).err().map(|error| error.code);
        assert_eq!(code("https://example.org/hook?x=1", false), None);
        for (url, wrong) in [
            ("http://example.org/", "url-insecure"),
            ("https://user:pw@example.org/", "url-invalid"),
            ("https://example.org/#x", "url-invalid"),
            ("https://localhost/", "url-not-public"),
            ("https://127.0.0.1/", "url-not-public"),
            ("https://0x7f.1/", "url-not-public"),
            ("https://[::1]/", "url-not-public"),
            ("https://10.0.0.1/", "url-not-public"),
            ("https://93.184.216.34/", "url-not-public"),
            ("http://127.0.0.1:1/", "url-insecure"),
        ] {
            assert_eq!(code(url, false).as_deref(), Some(wrong), "{url}");
        }
        assert_eq!(code("http://127.0.0.1:8000/hook", true), None);
        assert_eq!(code("http://10.0.0.1/", true).as_deref(), Some("url-insecure"));
    }
}
