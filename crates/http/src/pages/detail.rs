//! Pages of one offer or one organisation.

use super::messages::Language;
use super::shell::{Page, shorten};
use super::{Pages, addresses, body, facts, moved, structured_data};
use crate::catalogue::elsewhere;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::catalogue::{Offer, Organization, PublicationState, RecordKind};
use domain::text::{LanguageTag, Translations};
use minijinja::context;
use persistence::records::{self, StoredRecord};
use search::OfferQuery;
use search::catalogue::OfferItem;

/// The record behind an address, or the answer that says why there is none.
async fn find(pages: &web::Data<Pages>, request: &HttpRequest, kind: RecordKind, segment: &str) -> Result<(StoredRecord, Language), HttpResponse> {
    let language = Language::from_tag(request.match_info().query("language")).ok_or_else(|| pages.not_found(request, super::language_of(request)))?;
    let id: Uuid = request.match_info().query("id").parse().map_err(|_| pages.not_found(request, language))?;
    let store = pages.store.clone();
    let found = web::block(move || {
        store.read(|connection| {
            let record = records::get(connection, id)?;
            let withdrawn = record.as_ref().is_some_and(|record| record.kind == kind && record.state == PublicationState::Withdrawn);
            // The same offer may be shown at another address.
            let kept = if withdrawn { elsewhere::kept(connection, id)? } else { None };
            Ok((record, kept))
        })
    });
    let record = match found.await {
        Ok(Ok((_, Some(kept)))) => return Err(moved(&format!("/{}{}", language.tag(), addresses::record(segment, kept.id, &kept.slug)))),
        Ok(Ok((record, None))) => record.filter(|record| record.kind == kind),
        Ok(Err(error)) => {
            tracing::error!(%error, "a page cannot read its record");
            return Err(HttpResponse::ServiceUnavailable().insert_header(("retry-after", "5")).finish());
        }
        Err(_) => return Err(HttpResponse::ServiceUnavailable().insert_header(("retry-after", "5")).finish()),
    };
    let record = record.ok_or_else(|| pages.not_found(request, language))?;
    match record.state {
        PublicationState::Published => {}
        PublicationState::Withdrawn | PublicationState::Expired => return Err(pages.gone(request, language)),
        PublicationState::Draft | PublicationState::InReview => return Err(pages.not_found(request, language)),
    }
    if request.match_info().query("slug") != record.slug {
        return Err(moved(&format!("/{}{}", language.tag(), addresses::record(segment, record.id, &record.slug))));
    }
    Ok((record, language))
}

fn unreadable(pages: &Pages, request: &HttpRequest, language: Language, error: &serde_json::Error) -> HttpResponse {
    tracing::error!(%error, "a stored document cannot be read");
    pages.missing(request, language, StatusCode::INTERNAL_SERVER_ERROR, "notFound")
}

/// Title and summary in the page's language where there is a translation.
fn words<'a>(translations: &'a Translations, language: Language, title: &'a str, summary: Option<&'a str>) -> (&'a str, Option<&'a str>) {
    let translation = LanguageTag::try_from(language.tag().to_owned()).ok().and_then(|tag| translations.get(&tag));
    let title = translation.and_then(|t| t.title.as_ref()).map_or(title, |t| t.as_str());
    (title, translation.and_then(|t| t.summary.as_ref()).map(|s| s.as_str()).or(summary))
}

/// The page of an offer.
pub(super) async fn offer(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let (record, language) = match find(&pages, &request, RecordKind::Offer, "angebote").await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let offer: Offer = match serde_json::from_str(&record.document) {
        Ok(offer) => offer,
        Err(error) => return unreadable(&pages, &request, language, &error),
    };
    let origin = pages.origin(&request);
    let path = addresses::record("angebote", record.id, &record.slug);
    let address = addresses::absolute(&origin, language, &path);
    let (title, summary) = words(&offer.translations, language, offer.title.as_str(), offer.summary.as_ref().map(|s| s.as_str()));
    let facts = facts::of_offer(&offer, &pages.vocabularies, language);
    let description = summary.or(offer.description.as_ref().map(|d| d.as_str())).unwrap_or(title);
    let steps = [
        (language.text("app.name"), addresses::absolute(&origin, language, "")),
        (language.text("page.offers.title"), addresses::absolute(&origin, language, "/angebote")),
        (title, address.clone()),
    ];
    let page = Page {
        title: format!("{title} – {}", offer.organization.name),
        description: shorten(description, 160),
        path,
        // Invented records are for demonstration; no search engine should offer them to anybody.
        listed: !offer.example,
        structured_data: vec![structured_data::offer(&pages, &offer, language, &origin), structured_data::breadcrumb(&steps)],
        body: body::render(
            "detail.html",
            language,
            title,
            context! { summary, facts, description_html => offer.description_html, example => offer.example },
        ),
    };
    pages.answer(&request, StatusCode::OK, &page, language)
}

/// The page of an organisation.
pub(super) async fn organization(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let (record, language) = match find(&pages, &request, RecordKind::Organization, "einrichtungen").await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let organization: Organization = match serde_json::from_str(&record.document) {
        Ok(organization) => organization,
        Err(error) => return unreadable(&pages, &request, language, &error),
    };
    let origin = pages.origin(&request);
    let path = addresses::record("einrichtungen", record.id, &record.slug);
    let address = addresses::absolute(&origin, language, &path);
    let (name, summary) = words(&organization.translations, language, organization.name.as_str(), organization.summary.as_ref().map(|s| s.as_str()));
    let facts = facts::of_organization(&organization, &pages.vocabularies, language);
    let query = OfferQuery { organizations: [record.id].into(), language: language.tag().to_owned(), ..OfferQuery::default() };
    let items = match pages.index.offers(&query, pages.clock.now()) {
        Ok(found) => found.items.iter().filter_map(|item| serde_json::from_str::<OfferItem>(item.get()).ok()).collect(),
        Err(error) => {
            tracing::error!(%error, "the offers of an organisation cannot be found");
            Vec::new()
        }
    };
    let zone = pages.region.info().time_zone;
    let items: Vec<_> = items.into_iter().map(|item| facts::offer_item(item, zone, language)).collect();
    let steps = [
        (language.text("app.name"), addresses::absolute(&origin, language, "")),
        (language.text("page.organizations.title"), addresses::absolute(&origin, language, "/einrichtungen")),
        (name, address),
    ];
    let description = summary.or(organization.description.as_ref().map(|d| d.as_str())).unwrap_or(name);
    let page = Page {
        title: name.to_owned(),
        description: shorten(description, 160),
        path,
        listed: true,
        structured_data: vec![structured_data::organization(&pages, &organization, language, &origin), structured_data::breadcrumb(&steps)],
        body: body::render("detail.html", language, name, context! { summary, facts, items, description_html => organization.description_html }),
    };
    pages.answer(&request, StatusCode::OK, &page, language)
}
