//! What search engines ask for: `robots.txt` and a site map in parts of at most 10,000 addresses.

use super::messages::Language;
use super::shell::escape;
use super::{Pages, addresses, lists};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::RecordKind;
use persistence::records::{self, RecordAddress};
use std::fmt::Write;

const PART: usize = 10_000;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACES: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"";

fn xml(body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/xml; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(body)
}

fn failed(error: &dyn std::fmt::Display) -> HttpResponse {
    tracing::error!(%error, "the site map cannot be made");
    HttpResponse::ServiceUnavailable().insert_header(("retry-after", "60")).finish()
}

/// Everything may be read; filtered lists are not worth a robot's time.
pub(super) async fn robots(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let body = format!("User-agent: *\nDisallow: /*/angebote?\nDisallow: /_kitchen\nSitemap: {}/sitemap.xml\n", pages.origin(&request));
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).insert_header((CACHE_CONTROL, "public, max-age=3600")).body(body)
}

/// The parts of the site map.
pub(super) async fn index(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let Ok(counts) = pages.index.counts(pages.clock.now()) else {
        return HttpResponse::ServiceUnavailable().insert_header(("retry-after", "5")).finish();
    };
    let origin = pages.origin(&request);
    let mut body = format!("{HEAD}<sitemapindex {NAMESPACES}>\n");
    let mut part = |name: &str| {
        let _ = writeln!(body, "<sitemap><loc>{}/sitemap/{name}.xml</loc></sitemap>", escape(&origin));
    };
    part("pages-1");
    for (kind, count) in [("organizations", counts.organizations), ("offers", counts.offers)] {
        let parts = usize::try_from(count).unwrap_or(0).div_ceil(PART);
        (1..=parts).for_each(|number| part(&format!("{kind}-{number}")));
    }
    body.push_str("</sitemapindex>\n");
    xml(body)
}

/// One part of the site map.
pub(super) async fn part(pages: web::Data<Pages>, request: HttpRequest, path: web::Path<(String, usize)>) -> HttpResponse {
    let (name, number) = path.into_inner();
    let origin = pages.origin(&request);
    let mut body = format!("{HEAD}<urlset {NAMESPACES}>\n");
    let (kind, segment) = match (name.as_str(), number) {
        ("pages", 1) => {
            lists::paths().for_each(|path| entry(&mut body, &origin, &path, None));
            body.push_str("</urlset>\n");
            return xml(body);
        }
        ("offers", 1..) => (RecordKind::Offer, "angebote"),
        ("organizations", 1..) => (RecordKind::Organization, "einrichtungen"),
        _ => return pages.not_found(&request, super::language_of(&request)),
    };
    let store = pages.store.clone();
    match web::block(move || numbered(&store, kind, number)).await {
        Ok(Ok(found)) if found.is_empty() => return pages.not_found(&request, super::language_of(&request)),
        Ok(Ok(found)) => {
            for address in found {
                entry(
                    &mut body,
                    &origin,
                    &addresses::record(segment, address.id, &address.slug),
                    Some(&address.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
                );
            }
        }
        Ok(Err(error)) => return failed(&error),
        Err(error) => return failed(&error),
    }
    body.push_str("</urlset>\n");
    xml(body)
}

/// The addresses of part `number` (from 1), found by walking the parts before it: one part is one read in order of the key.
fn numbered(store: &persistence::Store, kind: RecordKind, number: usize) -> persistence::Result<Vec<RecordAddress>> {
    store.read(|connection| {
        let mut after = None;
        for _ in 1..number {
            let skipped = records::addresses(connection, kind, after, PART as i64)?;
            match skipped.last() {
                Some(last) if skipped.len() == PART => after = Some(last.id),
                _ => return Ok(Vec::new()),
            }
        }
        records::addresses(connection, kind, after, PART as i64)
    })
}

fn entry(body: &mut String, origin: &str, path: &str, changed: Option<&str>) {
    let address = |language: Language| escape(&addresses::absolute(origin, language, path));
    let _ = write!(body, "<url><loc>{}</loc>", address(Language::German));
    for language in Language::ALL {
        let _ = write!(body, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", language.tag(), address(*language));
    }
    if let Some(changed) = changed {
        let _ = write!(body, "<lastmod>{changed}</lastmod>");
    }
    body.push_str("</url>\n");
}
