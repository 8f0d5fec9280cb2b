//! `GET /organizations/{id}/openqcat.xml`: the offers of an organisation for KURSNET.

use super::scope::{self, Suppliers};
use crate::catalogue::document;
use crate::exports::stream::{self, Broken};
use crate::feeds::site;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Organization, RecordKind};
use domain::{ErrorCode, Moment};
use exchange::out::openqcat::{Catalogue, Delivery};

/// The offers of an organisation for KURSNET
///
/// A full delivery in openQ-cat 1.1 (`NEW_CATALOG FULLCATALOG="true"`), valid against the schema and the rules of the Federal Employment Agency.
/// Identifiers are those of the organisation's own source. Offers that lack a mandatory field are left out: `GET /exports/openqcat/report`
/// names them. If the organisation itself lacks one, or no offer is left, the answer is 409, because an empty full delivery would delete everything
/// at the agency.
#[utoipa::path(
    get, path = "/organizations/{id}/openqcat.xml", operation_id = "getOrganizationOpenQCat", tag = "exports",
    params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The catalogue.", body = String, content_type = "application/xml", example = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><OPENQCAT version=\"1.1\"/>"),
        problem::Parameters, problem::MissingOrGone, problem::Clashing
    )
)]
pub(crate) async fn get_organization_open_q_cat(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Organization, document::id_of(&request)?).await?;
    let site = site(&state, &request);
    let seq = state.read(persistence::changes::last_seq).await?;
    let today = state.now().with_timezone(&site.zone).date_naive();
    let validator = Validator::new(&request, language).and(&*site.base).number(seq).and(today.to_string());
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let organization: Organization = serde_json::from_str(&record.document).map_err(ApiError::internal)?;
    let services = state.services.clone();
    // The beginning of the day: the same file all day, as long as nothing changes.
    let at = Moment::Date(today).earliest(site.zone);
    let key = organization.meta.source.key.clone();
    let checked = {
        let (services, site, key, id) = (services.clone(), site.clone(), key.clone(), record.id);
        state
            .exporting
            .run(move || {
                let catalogue = Catalogue { site: &site, vocabularies: &services.vocabularies, own_source: Some(&key), at, seq };
                let supplier = catalogue.supplier(&organization).map_err(|problems| {
                    let listed = |pick: fn(&domain::Problem) -> &str| problems.iter().map(pick).collect::<Vec<_>>().join(" ");
                    ApiError::new(ErrorCode::Conflict).detail(listed(|p| &p.message.de), listed(|p| &p.message.en))
                })?;
                let suppliers = Suppliers::from([(id, supplier.id.clone())]);
                let empty = scope::is_empty(&catalogue, &services.store, Some(id), &suppliers).map_err(ApiError::internal)?;
                if empty {
                    return Err(nothing_to_send());
                }
                Ok((supplier.xml, suppliers))
            })
            .await?
    };
    let id = record.id;
    let mut response = stream::respond(&state, &representation, "application/xml; charset=utf-8", move |output| {
        let catalogue = Catalogue { site: &site, vocabularies: &services.vocabularies, own_source: Some(&key), at, seq };
        let (supplier, suppliers) = checked;
        for part in [catalogue.begin(), supplier, catalogue.services(Delivery::Full, &[])] {
            output.write_all(part.as_bytes())?;
        }
        let mut after = None;
        loop {
            let page = scope::page(&services.store, Some(id), after)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            scope::write(&catalogue, &suppliers, &page, &mut |xml| Ok::<(), Broken>(output.write_all(xml.as_bytes())?))?;
        }
        Ok(output.write_all(catalogue.end(Delivery::Full).as_bytes())?)
    })
    .await?;
    stream::named(&mut response, &format!("{}-openqcat.xml", record.slug));
    Ok(response)
}

/// Why there is no file.
pub(super) fn nothing_to_send() -> ApiError {
    ApiError::new(ErrorCode::Conflict).detail(
        "Kein Angebot hat alle Angaben, die KURSNET verlangt. Der Bericht unter /exports/openqcat/report nennt, was fehlt.",
        "No offer has everything that KURSNET demands. The report at /exports/openqcat/report names what is missing.",
    )
}
