//! The start page, lists, and pages whose content the application brings.

use super::messages::Language;
use super::shell::{Page, shorten};
use super::{Pages, addresses, body, content, facts, structured_data};
use actix_web::http::StatusCode;
use actix_web::http::header::IF_NONE_MATCH;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::vocabularies::ids;
use minijinja::context;
use search::catalogue::{OfferItem, OrganizationItem};
use search::{OfferQuery, OrganizationQuery};

/// Pages whose content the application brings: path segment and message room.
const CONTENT: &[(&str, &str)] = &[
    ("karte", "map"),
    ("kalender", "calendar"),
    ("ueber", "about"),
    ("impressum", "imprint"),
    ("datenschutz", "privacy"),
    ("barrierefreiheit", "accessibility"),
    ("schnittstelle", "apiPage"),
    ("partner", "partner"),
];

/// Paths after the language of every page that is not a record's.
pub(super) fn paths() -> impl Iterator<Item = String> {
    ["", "/angebote", "/einrichtungen"].into_iter().map(str::to_owned).chain(CONTENT.iter().map(|(segment, _)| format!("/{segment}")))
}

pub(super) fn language(pages: &Pages, request: &HttpRequest) -> Result<Language, HttpResponse> {
    // `/favicon.svg` and `/assets/…` have the shape of pages; what is not a language may be a file.
    Language::from_tag(request.match_info().query("language")).ok_or_else(|| {
        let file = super::assets::serve(request.path().trim_start_matches('/'), Some(super::header(request, &IF_NONE_MATCH)));
        file.unwrap_or_else(|| pages.not_found(request, super::language_of(request)))
    })
}

fn offers_of(pages: &Pages, query: &OfferQuery, language: Language) -> (u64, Vec<body::Item>) {
    let zone = pages.region.info().time_zone;
    match pages.index.offers(query, pages.clock.now()) {
        Ok(found) => {
            let items = found.items.iter().filter_map(|item| serde_json::from_str::<OfferItem>(item.get()).ok());
            (found.total, items.map(|item| facts::offer_item(item, zone, language)).collect())
        }
        Err(error) => {
            tracing::error!(%error, "a page cannot list offers");
            (0, Vec::new())
        }
    }
}

/// The start page.
pub(super) async fn home(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = match language(&pages, &request) {
        Ok(language) => language,
        Err(answer) => return answer,
    };
    let phases: Vec<_> = pages
        .vocabularies
        .get(ids::LIFE_PHASES)
        .into_iter()
        .flat_map(|v| &v.concepts)
        .map(|c| context! { code => c.code.as_str(), label => c.label_in(language.tag()) })
        .collect();
    let query = OfferQuery { limit: 10, language: language.tag().to_owned(), ..OfferQuery::default() };
    let (_, items) = offers_of(&pages, &query, language);
    let name = language.text("app.name");
    let page = Page {
        title: String::new(),
        description: language.text("page.home.description").to_owned(),
        path: String::new(),
        listed: true,
        structured_data: vec![structured_data::website(name, &pages.origin(&request), language.tag())],
        body: body::render("home.html", language, name, context! { phases, items }),
    };
    pages.answer(&request, StatusCode::OK, &page, language)
}

/// The list of offers. Without JavaScript it answers the search words; the application does the rest.
pub(super) async fn offers(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = match language(&pages, &request) {
        Ok(language) => language,
        Err(answer) => return answer,
    };
    let parameters: Vec<_> = url::form_urlencoded::parse(request.query_string().as_bytes()).collect();
    let words = parameters.iter().find(|(key, _)| key == "q").map(|(_, value)| shorten(value, 200)).filter(|words| !words.is_empty());
    let query = OfferQuery { text: words.clone(), language: language.tag().to_owned(), ..OfferQuery::default() };
    let (total, items) = offers_of(&pages, &query, language);
    let title = words
        .as_deref()
        .map_or_else(|| language.text("page.offers.title").to_owned(), |words| language.text("page.offers.titleFor").replace("{q}", words));
    let found =
        if total == 0 { language.text("page.offers.none").to_owned() } else { language.text("page.offers.found").replace("{n}", &total.to_string()) };
    let page = Page {
        description: language.text("page.offers.description").to_owned(),
        path: "/angebote".to_owned(),
        // One address for the list; every combination of filters would be a page of its own otherwise.
        listed: parameters.is_empty(),
        structured_data: vec![],
        body: body::render("list.html", language, &title, context! { found, items }),
        title,
    };
    pages.answer(&request, StatusCode::OK, &page, language)
}

/// The directory of organisations.
pub(super) async fn organizations(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = match language(&pages, &request) {
        Ok(language) => language,
        Err(answer) => return answer,
    };
    let query = OrganizationQuery { limit: 100, language: language.tag().to_owned(), ..OrganizationQuery::default() };
    let (total, items) = match pages.index.organizations(&query, pages.clock.now()) {
        Ok(found) => {
            let items = found.items.iter().filter_map(|item| serde_json::from_str::<OrganizationItem>(item.get()).ok());
            (found.total, items.map(|item| facts::organization_item(item, &pages.vocabularies, language)).collect())
        }
        Err(error) => {
            tracing::error!(%error, "a page cannot list organisations");
            (0, Vec::new())
        }
    };
    let title = language.text("page.organizations.title").to_owned();
    let found = language.text("page.organizations.found").replace("{n}", &total.to_string());
    let page = Page {
        description: language.text("page.organizations.description").to_owned(),
        path: "/einrichtungen".to_owned(),
        listed: request.query_string().is_empty(),
        structured_data: vec![],
        body: body::render("list.html", language, &title, context! { found, items }),
        title,
    };
    pages.answer(&request, StatusCode::OK, &page, language)
}

/// A page whose content the application brings.
pub(super) async fn text(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = match language(&pages, &request) {
        Ok(language) => language,
        Err(answer) => return answer,
    };
    let segment = request.match_info().query("page");
    let Some((segment, room)) = CONTENT.iter().find(|(known, _)| *known == segment) else {
        return pages.not_found(&request, language);
    };
    let title = language.text(&format!("{room}.title"));
    let description = language.text(&format!("page.{room}.description"));
    let page = Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: format!("/{segment}"),
        listed: request.query_string().is_empty(),
        structured_data: vec![structured_data::breadcrumb(&[
            (language.text("app.name"), addresses::absolute(&pages.origin(&request), language, "")),
            (title, addresses::absolute(&pages.origin(&request), language, &format!("/{segment}"))),
        ])],
        body: match content::html(if *room == "apiPage" { "api" } else { room }, language, &pages.origin(&request)) {
            Some(html) => body::render("text.html", language, title, context! { html }),
            None => body::render("text.html", language, title, context! { text => description }),
        },
    };
    pages.answer(&request, StatusCode::OK, &page, language)
}
