//! `GET /places/{id}.jsonld`: one place as schema.org.

use crate::catalogue::document;
use crate::feeds::{records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Place, RecordKind};
use exchange::out::jsonld::{JsonLd, alone};

/// A place in JSON-LD
///
/// Address, position, and what is said about accessibility. The licence is that of `subjectOf`.
#[utoipa::path(
    get, path = "/places/{id}.jsonld", operation_id = "getPlaceJsonLd", tag = "places", params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The place.", body = Object, content_type = "application/ld+json", example = json!({
            "@context": "https://schema.org", "@type": "Place", "name": "Volkshochschule Parchim",
            "address": { "@type": "PostalAddress", "postalCode": "19370", "addressLocality": "Parchim", "addressCountry": "DE" }
        })),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_place_json_ld(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Place, document::id_of(&request)?).await?;
    let site = site(&state, &request);
    let validator = validator(&state, &request, language, &site).number(record.version);
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let place: Place = records::decoded(&record)?;
    let writer = JsonLd { site: &site, vocabularies: &state.services.vocabularies, language: language.tag() };
    Ok(representation.bytes("application/ld+json", alone(writer.place(&place)).to_string()))
}
