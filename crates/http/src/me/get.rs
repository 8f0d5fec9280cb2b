//! `GET /me`: the own account, and what it may do.

use crate::access::{Access, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use domain::accounts::{Account, AccountStatus, EmailAddress, GrantView, Grants, Held, Membership, OrganizationRef, Reach, Role};
use domain::{ErrorCode, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The own account.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// Id.
    pub id: Uuid,
    /// Where mail goes.
    pub email: EmailAddress,
    /// Name.
    #[schema(examples("Redaktion Kreisvolkshochschule"))]
    pub name: String,
    /// Language of mail.
    #[schema(examples("de"))]
    pub language: String,
    /// Status.
    pub status: AccountStatus,
    /// Counts up with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Last sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// Roles that count.
    pub roles: Vec<OwnRole>,
    /// What this session may do; nothing while a second factor is missing.
    pub capabilities: Vec<GrantView>,
    /// Second factors.
    pub second_factor: SecondFactor,
    /// How this session was begun (RFC 8176).
    pub methods: Vec<String>,
}

/// An own role.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct OwnRole {
    /// Id of the membership.
    pub membership: Uuid,
    /// The role.
    pub role: Role,
    /// Where it holds; none for the whole region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationRef>,
}

/// What stands for a second factor.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactor {
    /// Whether a role demands one.
    pub required: bool,
    /// Whether an authenticator app is set up.
    pub totp: bool,
    /// Number of passkeys.
    pub passkeys: u32,
    /// Number of recovery codes left.
    pub recovery_codes: u32,
}

/// Show the own account
///
/// With roles, what this session may do, and which second factors are set up. The `ETag` is what a change has to name in `If-Match`.
#[utoipa::path(
    get, path = "/me", operation_id = "getMe", tag = "me", params(crate::params::Lang),
    responses(
        (status = 200, description = "The own account.", body = Me, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000005", "email": "redaktion@example.org", "name": "Redaktion", "language": "de", "status": "active",
            "version": 3, "createdAt": "2026-11-24T04:00:00Z", "roles": [{ "membership": "019ab1c2-0000-7000-8000-000000000006", "role": "editor" }],
            "capabilities": [{ "capability": "imports.run", "reach": "all" }],
            "secondFactor": { "required": true, "totp": true, "passkeys": 1, "recoveryCodes": 10 }, "methods": ["pwd", "otp"]
        })),
        problem::Parameters
    )
)]
pub(crate) async fn get_me(access: Access<SignedIn>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, grants, now) = (access.actor().clone(), access.grants().clone(), state.now());
    let me = state
        .read(move |connection| {
            let myself = persistence::access::myself(connection, &actor, now)?;
            persistence::accounts::account::own(connection, &myself, now)
        })
        .await?;
    let me = view(me, &grants)?;
    versions::json(StatusCode::OK, language, me.version, &me)
}

/// The own account for the interface.
pub(crate) fn view(own: persistence::accounts::account::Own, grants: &Grants) -> Result<Me, ApiError> {
    let persistence::accounts::account::Own { account, memberships, session, factors } = own;
    let Account { id, email, name, language, status, created_at, last_sign_in_at, version, .. } = account;
    let required = memberships.iter().any(|membership| membership.role.needs_second_factor());
    Ok(Me {
        id,
        email: email.ok_or_else(|| ApiError::new(ErrorCode::SessionEnded))?,
        name,
        language,
        status,
        version,
        created_at,
        last_sign_in_at,
        roles: memberships.into_iter().map(|Membership { id, role, organization, .. }| OwnRole { membership: id, role, organization }).collect(),
        capabilities: grants.iter().map(|(capability, reach)| grant(capability, reach)).collect(),
        second_factor: SecondFactor { required, totp: factors.totp, passkeys: factors.passkeys, recovery_codes: factors.recovery_codes },
        methods: session.methods,
    })
}

fn grant(capability: domain::accounts::Capability, reach: &Reach) -> GrantView {
    match reach {
        Reach::Organizations(own) => GrantView { capability, reach: Held::Own, organizations: own.iter().copied().collect() },
        Reach::All => GrantView { capability, reach: Held::All, organizations: vec![] },
        Reach::Source(_) => GrantView { capability, reach: Held::Own, organizations: vec![] },
    }
}
