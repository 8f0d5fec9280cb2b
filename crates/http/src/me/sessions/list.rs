//! `GET /me/sessions`: where the own account is signed in.

use crate::access::{Access, SignedIn};
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use domain::Uuid;
use persistence::access::myself;
use persistence::accounts::sessions;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A session of the own account.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnSession {
    /// Id.
    pub id: Uuid,
    /// Whether it is the one that asks.
    pub current: bool,
    /// Sign-in.
    pub created_at: DateTime<Utc>,
    /// Last renewal.
    pub last_used_at: DateTime<Utc>,
    /// Browser at sign-in, as it calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))]
    pub device: Option<String>,
    /// Address at sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("192.0.2.7"))]
    pub address: Option<String>,
    /// How the person proved who they are (RFC 8176, and `recovery`, `fed`).
    #[schema(examples(json!(["pwd", "otp"])))]
    pub methods: Vec<String>,
}

/// The own sessions.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct OwnSessionList {
    data: Vec<OwnSession>,
    page: Page,
}

/// List the own sessions
///
/// Newest first, all at once.
#[utoipa::path(
    get, path = "/me/sessions", operation_id = "listOwnSessions", tag = "me", params(crate::params::Lang),
    responses((status = 200, description = "The sessions that go on.", body = OwnSessionList, content_type = "application/json", example = json!({
        "data": [{ "id": "019ab1c2-0000-7000-8000-000000000011", "current": true, "createdAt": "2026-11-24T07:00:00Z", "lastUsedAt": "2026-11-24T07:50:00Z",
                   "device": "Firefox/140.0", "address": "192.0.2.7", "methods": ["pwd", "otp"] }],
        "page": { "next": null, "limit": 1, "total": 1 }
    })), problem::Parameters)
)]
pub(crate) async fn list_own_sessions(access: Access<SignedIn>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, now) = (access.actor().clone(), state.now());
    let (current, found) = state
        .read(move |connection| {
            let myself = myself(connection, &actor, now)?;
            Ok((myself.session(), sessions::of_account(connection, myself.account(), now)?))
        })
        .await?;
    let view = |session: sessions::Session| OwnSession {
        id: session.id,
        current: session.id == current,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        device: session.user_agent,
        address: session.address,
        methods: session.methods,
    };
    let data: Vec<OwnSession> = found.into_iter().map(view).collect();
    private_json(&request, language, &List { page: Page::whole(data.len()), data })
}
