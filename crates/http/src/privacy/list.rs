//! `GET /privacy`: what is kept of people, what for, by what right and for how long.

use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::privacy::{Category, Inventory};
use domain::problem::Message;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is kept of people.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PrivacyList {
    /// Kinds of personal data.
    pub data: Vec<PrivacyCategory>,
    /// Who still has to confirm the legal bases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Message>,
}

/// A kind of personal data.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PrivacyCategory {
    /// Name.
    pub category: Message,
    /// What it consists of.
    pub fields: Vec<Message>,
    /// What for.
    pub purpose: Message,
    /// By what right.
    pub legal_basis: Message,
    /// For how long.
    pub retention: Message,
}

/// Show what is kept of people
///
/// What for, by what right and for how long; the privacy page shows it. Short, so it always comes whole.
#[utoipa::path(
    get, path = "/privacy", operation_id = "listPrivacy", tag = "accounts", params(crate::params::Lang),
    responses(
        (status = 200, description = "Every kind of personal data.", body = PrivacyList, content_type = "application/json", example = json!({
            "data": [{
                "category": { "de": "Sitzungen", "en": "Sessions" },
                "fields": [{ "de": "IP-Adresse und Browser bei der Anmeldung", "en": "IP address and browser at sign-in" }],
                "purpose": { "de": "Angemeldet bleiben", "en": "Staying signed in" },
                "legalBasis": { "de": "Art. 6 Abs. 1 Buchst. e DSGVO", "en": "Art. 6 (1) (e) GDPR" },
                "retention": { "de": "90 Tage nach dem Ende der Sitzung", "en": "90 days after the end of the session" }
            }]
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_privacy(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    // The inventory is part of the program, and so is its version.
    let representation = Representation::public(language, Validator::new(&request, language).and(env!("CARGO_PKG_VERSION")));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let inventory = Inventory::get();
    let data = inventory.categories.values().map(|category| view(inventory, category)).collect();
    representation.json(&PrivacyList { data, review: inventory.review.clone() })
}

fn view(inventory: &Inventory, category: &Category) -> PrivacyCategory {
    let periods = || category.retention.iter().filter_map(|rule| inventory.retention.get(rule));
    let joined = |text: fn(&domain::privacy::Retention) -> &str| periods().map(text).collect::<Vec<_>>().join("; ");
    PrivacyCategory {
        category: category.label.clone(),
        fields: category.fields.clone(),
        purpose: category.purpose.clone(),
        legal_basis: category.legal_basis.clone(),
        retention: Message { de: joined(|rule| &rule.de), en: joined(|rule| &rule.en) },
    }
}
