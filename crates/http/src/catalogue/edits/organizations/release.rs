//! `DELETE /organizations/{id}/edits/{field}`: leave a field to the feed again.

use crate::access::{Access, May};
use crate::catalogue::edits::{EditedField, release};
use crate::problem::{self, ApiError};
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::EditRecords;
use domain::catalogue::RecordKind;

/// Release a field of an organisation
///
/// The field shows at once what the feed last said, and imports change it again. A field that was not edited is 404.
#[utoipa::path(
    delete, path = "/organizations/{id}/edits/{field}", operation_id = "releaseOrganizationField", tag = "edits",
    params(crate::params::RecordId, EditedField, versions::IfMatch, crate::params::Lang),
    responses(
        (status = 204, description = "Released. `ETag` is the new version of the organisation."),
        problem::Invalidated, problem::Parameters, problem::MissingOrGone, problem::Versioned
    )
)]
pub(crate) async fn release_organization_field(
    access: Access<May<EditRecords>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    release(access.actor().clone(), state, request, RecordKind::Organization).await
}
