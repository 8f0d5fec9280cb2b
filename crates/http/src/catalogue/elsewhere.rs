//! Offers that are the same as another one: linked ones name each other, merged ones lead to the one that is kept.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use domain::Uuid;
use domain::accounts::OrganizationRef;
use domain::catalogue::PublicationState;
use persistence::records::{self, StoredRecord};
use persistence::{AnyConnection, duplicates, merges};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The same offer of another source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferedElsewhere {
    /// Id of the offer.
    pub id: Uuid,
    /// Readable last part of its page address.
    #[schema(examples("deutsch-a1"))]
    pub slug: String,
    /// Its title.
    #[schema(examples("Deutsch A1"))]
    pub title: String,
    /// Who offers it there.
    pub organization: OrganizationRef,
}

/// What is taken from the document of the other offer.
#[derive(Deserialize)]
struct Told {
    title: String,
    organization: OrganizationRef,
}

/// The offers that are linked to this one and public.
pub(crate) fn of(connection: &mut AnyConnection, id: Uuid) -> persistence::Result<Vec<StoredRecord>> {
    let ids = duplicates::linked_to(connection, id)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut others = records::get_many(connection, &ids)?;
    others.retain(|other| other.state == PublicationState::Published);
    others.sort_by_key(|other| other.id);
    Ok(others)
}

/// The offer that is shown in the place of this one, if it is public.
pub(crate) fn kept(connection: &mut AnyConnection, id: Uuid) -> persistence::Result<Option<StoredRecord>> {
    let Some(target) = merges::target(connection, id)? else { return Ok(None) };
    Ok(records::get(connection, target)?.filter(|kept| kept.state == PublicationState::Published))
}

/// 308 to the offer that is kept. It may be remembered no longer than any other answer: a merge can be taken back.
pub(crate) fn moved(request: &HttpRequest, kept: Uuid) -> HttpResponse {
    let query = if request.query_string().is_empty() { String::new() } else { format!("?{}", request.query_string()) };
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, format!("{}/offers/{kept}{query}", crate::openapi::PREFIX)))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .finish()
}

/// Puts the other offers behind what the document of an offer says.
pub(crate) fn append(document: &mut String, others: &[StoredRecord]) -> serde_json::Result<()> {
    if others.is_empty() {
        return Ok(());
    }
    let mut told = Vec::with_capacity(others.len());
    for other in others {
        let Told { title, organization } = serde_json::from_str(&other.document)?;
        told.push(OfferedElsewhere { id: other.id, slug: other.slug.clone(), title, organization });
    }
    if document.ends_with('}') {
        document.pop();
        document.push_str(",\"alsoOfferedBy\":");
        document.push_str(&serde_json::to_string(&told)?);
        document.push('}');
    }
    Ok(())
}
