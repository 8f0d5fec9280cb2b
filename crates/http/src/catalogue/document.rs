//! Detail pages: the stored document goes out as it is, with today's freshness and in the language of the request.

use super::elsewhere;
use crate::language::Language;
use crate::problem::ApiError;
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::catalogue::{PublicationState, RecordKind};
use domain::text::{Translation, markdown_to_html};
use domain::{ErrorCode, Timestamp, Uuid};
use persistence::records::{self, StoredRecord};
use serde_json::{Map, Value};

/// The path parameter `id`; what is no id belongs to no record.
pub(crate) fn id_of(request: &HttpRequest) -> Result<Uuid, ApiError> {
    request.match_info().query("id").parse().map_err(|_| ApiError::new(ErrorCode::NotFound))
}

/// The published record of a kind. Withdrawn and expired ones are gone; drafts and other kinds were never there.
pub(crate) async fn published(state: &AppState, kind: RecordKind, id: Uuid) -> Result<StoredRecord, ApiError> {
    let record = state.look_up(move |connection| records::get(connection, id)).await?;
    visible(record.filter(|record| record.kind == kind))
}

fn visible(record: Option<StoredRecord>) -> Result<StoredRecord, ApiError> {
    let record = record.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    match record.state {
        PublicationState::Published => Ok(record),
        PublicationState::Withdrawn | PublicationState::Expired => Err(ApiError::new(ErrorCode::Gone)),
        PublicationState::Draft | PublicationState::InReview => Err(ApiError::new(ErrorCode::NotFound)),
    }
}

/// What a record's representation depends on: its version and the last confirmation by its source.
pub(crate) fn representation(request: &HttpRequest, language: Language, record: &StoredRecord) -> Representation {
    Representation::public(language, validator(request, language, record))
}

fn validator(request: &HttpRequest, language: Language, record: &StoredRecord) -> Validator {
    let confirmed = record.source_confirmed_at.map_or(0, |at| at.timestamp_micros());
    Validator::new(request, language).number(record.version).number(confirmed)
}

/// What stands behind the address of a record.
enum Found {
    /// The record, and the offers that are the same.
    Shown(StoredRecord, Vec<StoredRecord>),
    /// Another offer that is shown in its place.
    Merged(Uuid),
}

/// Like [`published`], with what has to do with other offers that are the same.
async fn find(state: &AppState, kind: RecordKind, id: Uuid) -> Result<Found, ApiError> {
    if kind != RecordKind::Offer {
        return Ok(Found::Shown(published(state, kind, id).await?, Vec::new()));
    }
    let (record, kept, others) = state
        .look_up(move |connection| {
            let found = records::get_and_linked(connection, id)?.filter(|(record, _)| record.kind == kind);
            Ok(match found {
                Some((record, true)) if record.state == PublicationState::Published => (Some(record), None, elsewhere::of(connection, id)?),
                Some((record, _)) if record.state == PublicationState::Withdrawn => (Some(record), elsewhere::kept(connection, id)?, Vec::new()),
                found => (found.map(|(record, _)| record), None, Vec::new()),
            })
        })
        .await?;
    match kept {
        Some(kept) => Ok(Found::Merged(kept.id)),
        None => Ok(Found::Shown(visible(record)?, others)),
    }
}

/// The document of a record for whoever has just changed it: as it was written, so in German.
pub(crate) fn written(record: &StoredRecord) -> (Language, String) {
    (Language::GERMAN, complete(&record.document, Language::GERMAN.tag(), record.source_confirmed_at))
}

/// Answers a detail page.
pub(crate) async fn show(state: web::Data<AppState>, request: HttpRequest, kind: RecordKind) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let id = id_of(&request)?;
    let (record, others) = match find(&state, kind, id).await? {
        Found::Shown(record, others) => (record, others),
        Found::Merged(kept) => return Ok(elsewhere::moved(&request, kept)),
    };
    let validator = others.iter().fold(validator(&request, language, &record), |validator, other| validator.number(other.version));
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let body = translated(&record.document, language).map_err(ApiError::internal)?;
    let (shown, document) =
        body.as_ref().map_or((Language::GERMAN.tag(), record.document.as_str()), |(tag, document)| (tag.as_str(), document.as_str()));
    let mut body = complete(document, shown, record.source_confirmed_at);
    elsewhere::append(&mut body, &others).map_err(ApiError::internal)?;
    Ok(representation.bytes("application/json", body))
}

/// Puts the language in front and the last confirmation in its place, without reading the document.
fn complete(document: &str, language: &str, confirmed: Option<Timestamp>) -> String {
    let mut out = String::with_capacity(document.len() + 64);
    out.push_str("{\"contentLanguage\":\"");
    out.push_str(language);
    out.push_str("\",");
    let rest = document.strip_prefix('{').unwrap_or(document);
    // Quotes inside of texts are escaped in JSON, so this can only be the member itself.
    const MEMBER: &str = "\"freshness\":{\"confirmedAt\":\"";
    let freshness = rest.split_once(MEMBER).and_then(|(before, after)| {
        let (own, after) = after.split_once('"')?;
        let later = confirmed.filter(|at| DateTime::parse_from_rfc3339(own).is_ok_and(|own| own.with_timezone(&Utc) < *at))?;
        Some((before, later.to_rfc3339_opts(SecondsFormat::AutoSi, true), after))
    });
    match freshness {
        Some((before, later, after)) => {
            for part in [before, MEMBER, &later, "\"", after] {
                out.push_str(part);
            }
        }
        None => out.push_str(rest),
    }
    out
}

/// The document with its texts in `language` and the tag of that language; `None` if there is no such translation.
fn translated(document: &str, language: Language) -> serde_json::Result<Option<(String, String)>> {
    if language == Language::GERMAN || !document.contains("\"translations\":{") {
        return Ok(None);
    }
    let mut record: Map<String, Value> = serde_json::from_str(document)?;
    let Some(translation) = record.get("translations").and_then(|all| all.get(language.tag())).cloned() else { return Ok(None) };
    let translation: Translation = serde_json::from_value(translation)?;
    let name = if record.contains_key("title") { "title" } else { "name" };
    let mut set = |key: &str, text: Option<String>| {
        if let Some(text) = text {
            record.insert(key.to_owned(), Value::String(text));
        }
    };
    set(name, translation.title.map(String::from));
    set("summary", translation.summary.map(String::from));
    let description = translation.description.map(String::from);
    set("descriptionHtml", description.as_deref().map(markdown_to_html));
    set("description", description);
    if translation.machine {
        record.insert("machineTranslated".to_owned(), Value::Bool(true));
    }
    Ok(Some((language.tag().to_owned(), serde_json::to_string(&record)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str =
        r#"{"id":"1","freshness":{"confirmedAt":"2026-11-20T04:00:00Z","confirmedBy":"feed"},"title":"a \"freshness\":{\"confirmedAt\":\"x"}"#;

    #[test]
    fn the_later_confirmation_is_shown() {
        let at = |text: &str| Some(text.parse().unwrap());
        let later = complete(DOCUMENT, "de", at("2026-11-24T04:00:00Z"));
        let json: Value = serde_json::from_str(&later).unwrap();
        assert_eq!(json["freshness"]["confirmedAt"], "2026-11-24T04:00:00Z");
        assert_eq!(json["contentLanguage"], "de");
        assert_eq!(json["title"], "a \"freshness\":{\"confirmedAt\":\"x");
        for earlier in [None, at("2026-11-19T04:00:00Z")] {
            let json: Value = serde_json::from_str(&complete(DOCUMENT, "de", earlier)).unwrap();
            assert_eq!(json["freshness"]["confirmedAt"], "2026-11-20T04:00:00Z");
        }
    }

    #[test]
    fn texts_come_in_the_language_of_the_request() {
        let document = r##"{"title":"Kochen","description":"Alt","descriptionHtml":"<p>Alt</p>","translations":{"uk":{"title":"Кулінарія","description":"**Нове**","machine":true}}}"##;
        let (tag, json) = translated(document, Language::from_tag("uk").unwrap()).unwrap().unwrap();
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((tag.as_str(), &json["title"]), ("uk", &Value::from("Кулінарія")));
        assert_eq!(json["descriptionHtml"], "<p><strong>Нове</strong></p>\n");
        assert_eq!(json["machineTranslated"], true);
        assert!(translated(document, Language::from_tag("en").unwrap()).unwrap().is_none());
        assert!(translated(document, Language::GERMAN).unwrap().is_none());
    }
}
