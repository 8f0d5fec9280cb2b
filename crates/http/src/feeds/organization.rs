//! `GET /organizations/{id}.jsonld`: one organisation as schema.org.

use crate::catalogue::document;
use crate::feeds::{records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Organization, RecordKind};
use exchange::out::jsonld::{JsonLd, breadcrumb, graph};

/// An organisation in JSON-LD
///
/// As specific as schema.org is (`Library`, `MiddleSchool`, `ChildCare`, …), and a `BreadcrumbList`. The licence is that of
/// `mainEntityOfPage`. `GET /organizations/{id}` with `Accept: application/ld+json` answers the same.
#[utoipa::path(
    get, path = "/organizations/{id}.jsonld", operation_id = "getOrganizationJsonLd", tag = "organizations", security(()),
    params(crate::params::RecordId, crate::params::Lang),
    responses(
        (status = 200, description = "The organisation.", body = Object, content_type = "application/ld+json", example = json!({
            "@context": "https://schema.org", "@graph": [
                { "@type": "EducationalOrganization", "@id": "https://bildung.example.org/de/einrichtungen/019ab1c2-0000-7000-8000-000000000002/kvhs", "name": "Kreisvolkshochschule" },
                { "@type": "BreadcrumbList", "itemListElement": [] }
            ]
        })),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_organization_json_ld(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Organization, document::id_of(&request)?).await?;
    let site = site(&state, &request);
    let validator = validator(&state, &request, language, &site).and("ld+json").number(record.version);
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let organization: Organization = records::decoded(&record)?;
    let writer = JsonLd { site: &site, vocabularies: &state.services.vocabularies, language: language.tag() };
    let way = [
        (&*site.name, site.address("/de")),
        (language.pick("Einrichtungen", "Organisations"), site.address("/de/einrichtungen")),
        (organization.name.as_str(), site.address(&format!("/de/einrichtungen/{}/{}", record.id, record.slug))),
    ];
    Ok(representation.bytes("application/ld+json", graph(vec![writer.organization(&organization), breadcrumb(&way)]).to_string()))
}
