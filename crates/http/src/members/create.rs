//! `POST /organizations/{id}/members`: invite a colleague.

use super::{MemberView, OrganizationId};
use crate::access::{Access, May, Recently};
use crate::accounts::path_id;
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageMembers;
use domain::accounts::{EmailAddress, MailLanguage, Role};
use domain::text::Title;
use identity::flows::Invitee;
use serde::Deserialize;
use utoipa::ToSchema;

/// A colleague to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMember {
    /// Where the invitation goes.
    email: EmailAddress,
    /// Name under which the person is invited.
    name: Title,
    /// Language of mail, for people who have no account yet.
    language: MailLanguage,
    /// A role within an organisation.
    role: Role,
}

/// Invite a colleague
///
/// The role counts once the person has agreed. Whether somebody has an account already makes no difference to the answer.
#[utoipa::path(
    post, path = "/organizations/{id}/members", operation_id = "inviteMember", tag = "accounts", params(OrganizationId, crate::params::Lang),
    request_body(content = NewMember, content_type = "application/json", example = json!({
        "email": "kurse@example.org", "name": "Kursleitung", "language": "de", "role": "organization-editor"
    })),
    responses(
        (status = 201, description = "Invited.", body = MemberView, content_type = "application/json",
            headers(("Location" = String, description = "Address of the list of members.")), example = json!({
            "membership": "019ab1c2-0000-7000-8000-000000000006",
            "account": { "id": "019ab1c2-0000-7000-8000-000000000005", "name": "Kursleitung", "email": "kurse@example.org" },
            "role": "organization-editor", "status": "invited", "version": 1
        })),
        problem::Parameters, problem::Bodies, problem::Missing, problem::Clashing
    )
)]
pub(crate) async fn invite_member(
    access: Access<Recently<May<ManageMembers>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewMember>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let id = path_id(&request, "id")?;
    let NewMember { email, name, language: of_mail, role } = body.read().await?;
    let actor = access.actor().clone();
    let invited = state.flow(move |flows| flows.invite_member(&actor, id, Invitee { email, name, language: of_mail }, role)).await?;
    let member = MemberView::from(invited);
    versions::created(&format!("/organizations/{id}/members"), language, member.version, &member)
}
