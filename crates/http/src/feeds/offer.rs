//! `GET /offers/{id}.jsonld`: one offer as schema.org.

use crate::catalogue::document;
use crate::feeds::{records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Offer, RecordKind};
use exchange::out::jsonld::{JsonLd, breadcrumb, graph};

/// An offer in JSON-LD
///
/// The same data as the page carries for search engines: `Course` with its instances, `EducationEvent` or `Event`, or `Service` for what
/// stands; and a `BreadcrumbList`. The licence is that of `mainEntityOfPage`. `GET /offers/{id}` with `Accept: application/ld+json` answers the
/// same.
#[utoipa::path(
    get, path = "/offers/{id}.jsonld", operation_id = "getOfferJsonLd", tag = "offers", params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The offer.", body = Object, content_type = "application/ld+json", example = json!({
            "@context": "https://schema.org", "@graph": [
                { "@type": "Course", "@id": "https://bildung.example.org/de/angebote/019ab1c2-0000-7000-8000-000000000001/deutsch-a1", "name": "Deutsch A1",
                    "provider": { "@type": "EducationalOrganization", "name": "Kreisvolkshochschule" } },
                { "@type": "BreadcrumbList", "itemListElement": [] }
            ]
        })),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_offer_json_ld(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Offer, document::id_of(&request)?).await?;
    let site = site(&state, &request);
    let validator = validator(&state, &request, language, &site).and("ld+json").number(record.version);
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let offer: Offer = records::decoded(&record)?;
    let writer = JsonLd { site: &site, vocabularies: &state.services.vocabularies, language: language.tag() };
    let way = [
        (&*site.name, site.address("/de")),
        (language.pick("Bildungsangebote", "Education offers"), site.address("/de/angebote")),
        (offer.title.as_str(), site.address(&format!("/de/angebote/{}/{}", record.id, record.slug))),
    ];
    Ok(representation.bytes("application/ld+json", graph(vec![writer.offer(&offer), breadcrumb(&way)]).to_string()))
}
