//! Pages of the application for people with an account: in no list of a search engine, and empty until the application has signed somebody in.

use super::lists::language;
use super::shell::Page;
use super::{Pages, body};
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use minijinja::context;

/// Paths after the language, and the message of their title. A name in braces stands for one segment that only the application understands.
const ROOMS: &[(&str, &str)] = &[
    ("anmelden", "signIn"),
    ("passwort-vergessen", "forgotten"),
    ("passwort-neu", "newPassword"),
    ("einladung", "invitation"),
    ("e-mail-bestaetigen", "confirmEmail"),
    ("zugang-beantragen", "apply"),
    ("zugang-bestaetigen", "confirmApplication"),
    ("konto", "account"),
    ("konto/sicherheit", "account"),
    ("konto/sitzungen", "account"),
    ("konto/daten", "account"),
    ("verwaltung", "administration"),
    ("verwaltung/konten", "administration"),
    ("verwaltung/konten/{id}", "administration"),
    ("verwaltung/einrichtungen", "administration"),
    ("verwaltung/einrichtungen/{id}", "administration"),
    ("verwaltung/antraege", "administration"),
    ("verwaltung/antraege/{id}", "administration"),
    ("verwaltung/quellen", "administration"),
    ("verwaltung/quellen/{id}", "administration"),
    ("verwaltung/quellen/{id}/importe", "administration"),
    ("verwaltung/quellen/{id}/importe/{import}", "administration"),
    ("verwaltung/quellen/{id}/zeitplan", "administration"),
    ("verwaltung/quellen/{id}/spalten", "administration"),
    ("verwaltung/quellen/{id}/webhooks", "administration"),
    ("verwaltung/quellen/{id}/webhooks/{webhook}", "administration"),
    ("verwaltung/quellen/{id}/partnersysteme", "administration"),
    ("verwaltung/quellen/{id}/einstellungen", "administration"),
    ("verwaltung/doppelte-angebote", "administration"),
    ("verwaltung/doppelte-angebote/{id}", "administration"),
    ("verwaltung/eintraege/{kind}/{id}", "administration"),
    ("verwaltung/exporte", "administration"),
    ("verwaltung/protokoll", "administration"),
];

/// Registers the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    for (path, key) in ROOMS {
        let room = move |pages: web::Data<Pages>, request: HttpRequest| async move { show(&pages, &request, key) };
        config.service(super::page(&format!("/{{language}}/{path}")).route(super::read().to(room)));
    }
}

fn show(pages: &Pages, request: &HttpRequest, key: &str) -> HttpResponse {
    let language = match language(pages, request) {
        Ok(language) => language,
        Err(answer) => return answer,
    };
    let title = language.text(&format!("page.private.{key}"));
    let text = language.text("page.private.needsScript");
    let body = body::render("text.html", language, title, context! { text });
    pages.answer(request, StatusCode::OK, &Page { title: title.to_owned(), description: text.to_owned(), body, ..Page::default() }, language)
}

#[cfg(test)]
mod tests {
    use super::super::messages::Language;
    use super::*;

    #[test]
    fn every_room_has_a_title() {
        for language in Language::ALL {
            assert!(ROOMS.iter().all(|(_, key)| !language.text(&format!("page.private.{key}")).is_empty()));
        }
    }
}
