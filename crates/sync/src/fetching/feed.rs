//! One feed: asked for, judged, spooled.

use crate::outbound::{Answer, Outbound, OutboundError};
use chrono::Duration;
use domain::partners::ImportFormat;
use domain::problem::ValueError;
use domain::{Problem, Timestamp};
use persistence::schedules::{Claimed, Validators};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use url::Url;

/// Bytes that are read at a time.
const CHUNK: usize = 64 * 1024;

/// Bytes at the beginning of a feed that are looked at.
const LOOKED_AT: usize = 4096;

/// Longest validator that is kept.
const LONGEST_VALIDATOR: usize = 500;

/// Longest title of a page that is quoted, in characters.
const LONGEST_TITLE: usize = 80;

/// A feed that is there.
#[derive(Debug)]
pub enum Feed {
    /// The server says that it has not changed.
    Unchanged,
    /// It has come.
    File {
        /// Its content, from the beginning.
        file: File,
        /// What it says of itself, with the digest of its content.
        validators: Validators,
    },
}

/// A feed that is not there.
pub(super) struct Refusal {
    /// Why.
    pub(super) problem: Box<Problem>,
    /// For how long the server asks to be left alone.
    pub(super) pause: Option<Duration>,
}

impl From<ValueError> for Refusal {
    fn from(error: ValueError) -> Self {
        Self { problem: Box::new(Problem::error("", error)), pause: None }
    }
}

impl From<OutboundError> for Refusal {
    fn from(error: OutboundError) -> Self {
        error.value().into()
    }
}

/// Asks for the feed of a schedule.
pub(super) fn get(outbound: &Outbound, claimed: &Claimed, spool: &Path, now: Timestamp) -> Result<Feed, Refusal> {
    let draft = &claimed.schedule.draft;
    let url = Url::parse(draft.url.as_str()).map_err(|_| OutboundError::Address)?;
    let Validators { etag, last_modified, .. } = &claimed.validators;
    let mut headers = vec![("accept", accepted(draft.format)), ("accept-encoding", "identity")];
    headers.extend(etag.as_deref().map(|etag| ("if-none-match", etag)));
    headers.extend(last_modified.as_deref().map(|at| ("if-modified-since", at)));
    let answer = outbound.get(&url, &headers)?;
    match answer.status {
        304 if etag.is_some() || last_modified.is_some() => Ok(Feed::Unchanged),
        200 => keep(answer, draft.format, spool),
        status => Err(Refusal { pause: answer.retry_after(now), ..refused(status).into() }),
    }
}

fn accepted(format: ImportFormat) -> &'static str {
    match format {
        ImportFormat::Ndjson => "application/x-ndjson, */*;q=0.1",
        ImportFormat::OpenQCat | ImportFormat::OpenVhs | ImportFormat::Kufer => "application/xml, text/xml, */*;q=0.1",
        ImportFormat::Ics => "text/calendar, */*;q=0.1",
        ImportFormat::JsonLd => "application/ld+json, text/html, application/json, */*;q=0.1",
        _ => "*/*",
    }
}

/// What a status says of a feed.
fn refused(status: u16) -> ValueError {
    let (code, de, en) = match status {
        401 | 403 => (
            "feed-forbidden",
            "Der Server gibt den Feed nicht heraus (Anmeldung nötig oder Zugriff verboten)",
            "The server does not hand out the feed (it needs a sign-in, or access is forbidden)",
        ),
        404 | 410 => ("feed-missing", "Unter dieser Adresse gibt es keinen Feed", "There is no feed at this address"),
        429 => ("feed-too-often", "Der Server wird zu oft gefragt", "The server is asked too often"),
        503 => ("feed-unavailable", "Der Server ist gerade überlastet oder wird gewartet", "The server is overloaded or being maintained just now"),
        500.. => ("feed-server-error", "Der Server hat eine Störung", "The server has a fault"),
        _ => ("feed-unexpected-status", "Der Server antwortet anders als erwartet", "The server answers otherwise than expected"),
    };
    ValueError::new(code, format!("{de} (HTTP {status})."), format!("{en} (HTTP {status})."))
}

/// Writes the body of an answer into a nameless file.
fn keep(mut answer: Answer, format: ImportFormat, spool: &Path) -> Result<Feed, Refusal> {
    if let Some(coding) = answer.header("content-encoding").map(str::trim).filter(|coding| !coding.is_empty() && *coding != "identity") {
        let coding: String = coding.chars().take(40).collect();
        return Err(ValueError::new(
            "feed-encoded",
            format!("Der Server komprimiert den Feed ({coding}), obwohl darum gebeten wurde, es nicht zu tun."),
            format!("The server compresses the feed ({coding}) although it was asked not to."),
        )
        .into());
    }
    let mut file = tempfile::tempfile_in(spool).map_err(|error| spool_full(&error))?;
    let (mut hash, mut beginning, mut buffer) = (Sha256::new(), Vec::new(), vec![0; CHUNK]);
    loop {
        let count = answer.read(&mut buffer).map_err(|error| match Answer::cause(&error) {
            Some(cause) => Refusal::from(cause.clone()),
            None => OutboundError::Unreachable(answer.url.host_str().unwrap_or_default().to_owned()).into(),
        })?;
        let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        beginning.extend(read.iter().take(LOOKED_AT - beginning.len().min(LOOKED_AT)));
        file.write_all(read).map_err(|error| spool_full(&error))?;
    }
    judge(&beginning, format)?;
    file.rewind().map_err(|error| spool_full(&error))?;
    let validator = |name: &str| answer.header(name).filter(|value| value.len() <= LONGEST_VALIDATOR).map(str::to_owned);
    let validators =
        Validators { etag: validator("etag"), last_modified: validator("last-modified"), content_hash: Some(hex::encode(hash.finalize())) };
    Ok(Feed::File { file, validators })
}

fn spool_full(error: &std::io::Error) -> Refusal {
    tracing::error!(%error, "a feed cannot be kept while it arrives");
    ValueError::new(
        "feed-not-kept",
        "Der Feed konnte hier nicht zwischengespeichert werden; das ist eine Störung des Portals.",
        "The feed could not be kept here while it arrived; that is a fault of the portal.",
    )
    .into()
}

/// Says precisely what is wrong with what is no feed at all: servers answer with a page for people where a feed has moved or is behind a sign-in.
fn judge(beginning: &[u8], format: ImportFormat) -> Result<(), ValueError> {
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Err(ValueError::new(
            "feed-empty",
            "Die Antwort ist leer. Ein Feed ohne Angebote hat wenigstens einen Rahmen.",
            "The answer is empty. A feed without offers has at least a frame.",
        ));
    }
    if format == ImportFormat::JsonLd || !is_page(text) {
        return Ok(());
    }
    let title = title(text);
    let quoted = |left: &str, right: &str| title.as_ref().map(|title| format!(" {left}{title}{right}")).unwrap_or_default();
    Err(ValueError::new(
        "feed-is-a-page",
        format!(
            "Unter dieser Adresse steht eine Webseite{}, kein Feed im Format {}. Ist der Feed umgezogen, oder braucht er eine Anmeldung?",
            quoted("„", "“"),
            format.code()
        ),
        format!(
            "At this address is a web page{}, not a feed in the format {}. Has the feed moved, or does it need a sign-in?",
            quoted("“", "”"),
            format.code()
        ),
    ))
}

fn is_page(text: &str) -> bool {
    let mut rest = text;
    // What comes before the root of an XML document may come before a page, too.
    for (begin, end) in [("<?", "?>"), ("<!--", "-->"), ("<!--", "-->")] {
        if let Some((_, after)) = rest.strip_prefix(begin).and_then(|inside| inside.split_once(end)) {
            rest = after.trim_start();
        }
    }
    let begins = |with: &str| rest.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    begins("<!doctype html") || begins("<html")
}

fn title(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let begin = lower.find("<title")?;
    let begin = begin + lower.get(begin..)?.find('>')? + 1;
    let end = begin + lower.get(begin..)?.find("</title")?;
    let title = text.get(begin..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = title.chars().filter(|c| !c.is_control()).take(LONGEST_TITLE).collect();
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_from_a_feed() {
        let code = |text: &str, format| judge(text.as_bytes(), format).err().map(|error| error.code);
        let page = "\u{feff} <!DOCTYPE html>\n<html><head><title>\n Bitte  anmelden </title></head>";
        let error = judge(page.as_bytes(), ImportFormat::OpenVhs).unwrap_err();
        assert_eq!(error.code, "feed-is-a-page");
        assert!(error.de.contains("„Bitte anmelden“, kein Feed im Format openvhs"), "{}", error.de);
        assert_eq!(code("<?xml version=\"1.0\"?><!-- x --><html xmlns=\"…\">", ImportFormat::Ics).as_deref(), Some("feed-is-a-page"));
        assert_eq!(code(page, ImportFormat::JsonLd), None, "a page may hold data");
        assert_eq!(code("<?xml version=\"1.0\"?><OPENQCAT/>", ImportFormat::OpenQCat), None);
        assert_eq!(code("<kurse><text><![CDATA[<html>]]></text></kurse>", ImportFormat::OpenVhs), None);
        assert_eq!(code("BEGIN:VCALENDAR", ImportFormat::Ics), None);
        assert_eq!(code("{\"description\":\"<html>\"}", ImportFormat::Ndjson), None);
        assert_eq!(code(" \r\n", ImportFormat::Ndjson).as_deref(), Some("feed-empty"));
        assert_eq!(title("<title></title>"), None);
    }

    #[test]
    fn every_status_has_words() {
        for (status, code) in
            [(403, "feed-forbidden"), (410, "feed-missing"), (429, "feed-too-often"), (502, "feed-server-error"), (204, "feed-unexpected-status")]
        {
            let error = refused(status);
            assert_eq!(error.code, code);
            assert!(error.de.ends_with(&format!("(HTTP {status}).")));
        }
    }
}
