//! Pages: the server writes the head and a readable body of every page, then the application takes over.
//!
//! A page that does not exist is a real 404, a withdrawn one 410, an old address 301.

mod addresses;
mod assets;
mod body;
mod content;
mod detail;
mod facts;
mod lists;
mod messages;
mod private;
mod shell;
mod site_map;
mod structured_data;

use actix_web::http::header::{
    ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, LOCATION, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, guard};
use domain::Clock;
use domain::areas::Region;
use domain::vocabularies::Vocabularies;
use messages::Language;
use persistence::Store;
use search::SearchIndex;
use sha2::{Digest, Sha256};
use shell::{Page, Shell};
use std::sync::Arc;

/// Pages load only what the portal itself serves, and nobody may frame them.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     object-src 'none'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the pages are made from.
pub struct Pages {
    shell: Option<Shell>,
    origin: Option<String>,
    store: Store,
    index: Arc<SearchIndex>,
    vocabularies: Arc<Vocabularies>,
    region: Arc<Region>,
    clock: Arc<dyn Clock>,
}

impl Pages {
    /// `origin` is the public address of the portal (`https://bildung.example.org`); without it the address of the request is taken.
    pub fn new(
        store: Store,
        index: Arc<SearchIndex>,
        vocabularies: Arc<Vocabularies>,
        region: Arc<Region>,
        clock: Arc<dyn Clock>,
        origin: Option<String>,
    ) -> Self {
        let shell = assets::index_html().as_deref().and_then(Shell::parse);
        if shell.is_none() {
            tracing::warn!("the application is not built in: only the API is served (run `make web` before building)");
        }
        let origin = origin.map(|origin| origin.trim_end_matches('/').to_owned());
        Self { shell, origin, store, index, vocabularies, region, clock }
    }

    fn origin(&self, request: &HttpRequest) -> String {
        self.origin.clone().unwrap_or_else(|| crate::edge::own_origin(request))
    }

    /// The page as an answer, with an `ETag` over its bytes.
    fn answer(&self, request: &HttpRequest, status: StatusCode, page: &Page, language: Language) -> HttpResponse {
        let Some(shell) = &self.shell else {
            return HttpResponse::ServiceUnavailable()
                .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
                .body("The application is not built in.");
        };
        let html = shell.render(page, language, &self.origin(request));
        let digest = hex::encode(Sha256::digest(html.as_bytes()).get(..12).unwrap_or_default());
        let etag = format!("\"{digest}\"");
        let known = status == StatusCode::OK && header(request, &IF_NONE_MATCH).split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag);
        let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { status });
        let caching = if status == StatusCode::OK { "public, max-age=60, stale-while-revalidate=600" } else { "no-store" };
        response
            .insert_header((CACHE_CONTROL, caching))
            .insert_header((ETAG, etag))
            .insert_header((CONTENT_LANGUAGE, language.tag()))
            .insert_header(("content-security-policy", CONTENT_SECURITY_POLICY))
            .insert_header(("x-content-type-options", "nosniff"))
            .insert_header(("referrer-policy", "strict-origin-when-cross-origin"))
            .insert_header(("cross-origin-opener-policy", "same-origin"))
            .insert_header(("permissions-policy", "camera=(), microphone=(), geolocation=(self), interest-cohort=()"));
        if known {
            return response.finish();
        }
        response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8")).body(html)
    }

    fn not_found(&self, request: &HttpRequest, language: Language) -> HttpResponse {
        self.missing(request, language, StatusCode::NOT_FOUND, "notFound")
    }

    fn gone(&self, request: &HttpRequest, language: Language) -> HttpResponse {
        self.missing(request, language, StatusCode::GONE, "gone")
    }

    fn missing(&self, request: &HttpRequest, language: Language, status: StatusCode, key: &str) -> HttpResponse {
        let title = language.text(&format!("page.{key}.title"));
        let text = language.text(&format!("page.{key}.text"));
        let body = body::render("text.html", language, title, minijinja::context! { text });
        self.answer(request, status, &Page { title: title.to_owned(), description: text.to_owned(), body, ..Page::default() }, language)
    }
}

/// Registers everything that is not API: pages, site map and the files of the application. [`fallback`] takes every address that is left.
pub fn configure(pages: web::Data<Pages>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config
            .app_data(pages)
            .service(page("/").route(read().to(start)))
            .service(page("/robots.txt").route(read().to(site_map::robots)))
            .service(page("/sitemap.xml").route(read().to(site_map::index)))
            .service(page("/sitemap/{kind}-{number}.xml").route(read().to(site_map::part)))
            .service(page("/_kitchen").route(read().to(kitchen)))
            .service(page("/{language}").route(read().to(lists::home)))
            .service(page("/{language}/angebote").route(read().to(lists::offers)))
            .service(page("/{language}/angebote/{id}").route(read().to(detail::offer)))
            .service(page("/{language}/angebote/{id}/{slug}").route(read().to(detail::offer)))
            .service(page("/{language}/einrichtungen").route(read().to(lists::organizations)))
            .service(page("/{language}/einrichtungen/{id}").route(read().to(detail::organization)))
            .service(page("/{language}/einrichtungen/{id}/{slug}").route(read().to(detail::organization)))
            .configure(private::configure)
            .service(page("/{language}/{page}").route(read().to(lists::text)));
    }
}

/// A resource that can only be read.
fn page(path: &str) -> Resource {
    web::resource(path).default_service(web::to(only_read))
}

fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

async fn only_read() -> HttpResponse {
    HttpResponse::MethodNotAllowed().insert_header((ALLOW, "GET, HEAD")).finish()
}

/// What the application's default service calls for an address that is neither API nor page: a file of the application, or a 404 page.
pub async fn fallback(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return only_read().await;
    }
    let path = request.path().trim_start_matches('/');
    if let Some(file) = assets::serve(path, Some(header(&request, &IF_NONE_MATCH))) {
        return file;
    }
    // `/de/` is `/de`.
    if let Some(shorter) = request.path().strip_suffix('/').filter(|shorter| !shorter.is_empty()) {
        return moved(shorter);
    }
    pages.not_found(&request, language_of(&request))
}

async fn start(request: HttpRequest) -> HttpResponse {
    let language = Language::preferred(header(&request, &ACCEPT_LANGUAGE));
    HttpResponse::Found()
        .insert_header((LOCATION, format!("/{}", language.tag())))
        .insert_header((VARY, "accept-language"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .finish()
}

/// Every component in every state; a page for developers, in no list.
async fn kitchen(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    pages.answer(&request, StatusCode::OK, &Page { title: "Kitchen".into(), ..Page::default() }, Language::German)
}

fn moved(to: &str) -> HttpResponse {
    // Only paths of our own: `//host` would lead elsewhere, and to a browser `/\host` is the same.
    let path = format!("/{}", to.trim_start_matches(['/', '\\']));
    let location = HeaderValue::from_str(&path).unwrap_or_else(|_| HeaderValue::from_static("/"));
    HttpResponse::MovedPermanently().insert_header((LOCATION, location)).insert_header((CACHE_CONTROL, "public, max-age=3600")).finish()
}

/// The language of the first path segment, else the browser's wish.
fn language_of(request: &HttpRequest) -> Language {
    let first = request.path().trim_start_matches('/').split('/').next().unwrap_or_default();
    Language::from_tag(first).unwrap_or_else(|| Language::preferred(header(request, &ACCEPT_LANGUAGE)))
}

fn header<'a>(request: &'a HttpRequest, name: &actix_web::http::header::HeaderName) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
