//! `GET /roles`: every role, and what it may do.

use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::{Capability, Explained, Held, Role, RoleScope, Roles};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleView {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: RoleScope,
    /// Its name.
    pub label: Explained,
    /// What its holder does.
    pub explanation: Explained,
    /// Whether its holder must have a second factor.
    pub second_factor: bool,
    /// What it may do.
    pub capabilities: Vec<CapabilityView>,
}

/// Something a role may do.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CapabilityView {
    /// The capability.
    pub capability: Capability,
    /// How far it reaches.
    pub reach: Held,
    /// What it means.
    pub label: Explained,
}

/// Every role.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct RoleList {
    data: Vec<RoleView>,
    page: Page,
}

/// List the roles
///
/// What each role is for and may do. Short, so it always comes whole.
#[utoipa::path(
    get, path = "/roles", operation_id = "listRoles", tag = "accounts", params(crate::params::Lang),
    responses(
        (status = 200, description = "Every role.", body = RoleList, content_type = "application/json", example = json!({
            "data": [{
                "role": "organization-editor", "scope": "organization", "label": { "de": "Redaktion der Einrichtung", "en": "Organisation editor" },
                "explanation": { "de": "Spielt Angebote der eigenen Einrichtung ein.", "en": "Hands in the offers of the own organisation." }, "secondFactor": false,
                "capabilities": [{ "capability": "imports.run", "reach": "own", "label": { "de": "Angebote per Import einspielen", "en": "hand in offers by import" } }]
            }],
            "page": { "next": null, "limit": 7, "total": 7 }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_roles(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    // The table is part of the program, and so is its version.
    let representation = Representation::public(language, Validator::new(&request, language).and(env!("CARGO_PKG_VERSION")));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let roles = Roles::get();
    let data: Vec<RoleView> = roles
        .roles
        .iter()
        .map(|(role, rights)| RoleView {
            role: *role,
            scope: rights.scope,
            label: rights.label.clone(),
            explanation: rights.explanation.clone(),
            second_factor: rights.second_factor,
            capabilities: rights
                .capabilities
                .iter()
                .filter_map(|(capability, reach)| {
                    Some(CapabilityView { capability: *capability, reach: *reach, label: roles.capabilities.get(capability)?.clone() })
                })
                .collect(),
        })
        .collect();
    representation.json(&List { page: Page::whole(data.len()), data })
}
