//! Items of lists of offers as JSON.

use crate::SearchError;
use crate::catalogue::highlight::highlights;
use crate::catalogue::understand::Meaning;
use crate::index::{Documents, Snapshot, StoredItem, StoredRun};
use chrono::{DateTime, SecondsFormat};
use serde_json::value::RawValue;
use std::fmt::Write;

/// The item of a document in the shape of [`crate::catalogue::OfferItem`]. `now` in seconds, `distance` in metres.
pub(super) fn item(
    snapshot: &Snapshot,
    documents: &Documents,
    doc: u32,
    language: &str,
    now: i64,
    distance: Option<i64>,
    meaning: Option<&Meaning>,
) -> Result<Box<RawValue>, SearchError> {
    snapshot.item(doc, |item| {
        let mut json = String::with_capacity(item.json.len() + 1024);
        json.push('{');
        json.push_str(item.json);
        text(&mut json, &item, language)?;
        runs(&mut json, &item, now);
        common(&mut json, documents, &item, language, distance, meaning)?;
        json.push('}');
        RawValue::from_string(json).map_err(|_| SearchError::Unreadable("stored item is not JSON"))
    })
}

/// Title and summary in a language, and which language it became.
fn text(json: &mut String, item: &StoredItem<'_>, language: &str) -> Result<(), SearchError> {
    let text = item.text_in(language).ok_or(SearchError::Unreadable("stored item has no text"))?;
    member(json, "title", text.title)?;
    if !text.summary.is_empty() {
        member(json, "summary", text.summary)?;
    }
    member(json, "contentLanguage", text.language)
}

/// Distance and highlights.
pub(in crate::catalogue) fn common(
    json: &mut String,
    documents: &Documents,
    item: &StoredItem<'_>,
    language: &str,
    distance: Option<i64>,
    meaning: Option<&Meaning>,
) -> Result<(), SearchError> {
    if let Some(metres) = distance {
        let _ = write!(json, ",\"distanceKm\":{}.{}", metres / 1000, metres % 1000 / 100);
    }
    if let (Some(meaning), Some(text)) = (meaning, item.text_in(language)) {
        let highlights = highlights(&documents.analysis, meaning, text);
        json.push_str(",\"highlights\":");
        json.push_str(&serde_json::to_string(&highlights).map_err(|_| SearchError::Unreadable("highlights"))?);
    }
    Ok(())
}

/// A string member, after a comma.
pub(in crate::catalogue) fn member(json: &mut String, name: &str, value: &str) -> Result<(), SearchError> {
    let _ = write!(json, ",\"{name}\":");
    json.push_str(&serde_json::to_string(value).map_err(|_| SearchError::Unreadable("text"))?);
    Ok(())
}

fn runs(json: &mut String, item: &StoredItem<'_>, now: i64) {
    let over = |run: &&StoredRun<'_>| run.status == b'e' || run.end < now;
    let live: Vec<&StoredRun<'_>> = item.runs.iter().filter(|run| !over(run)).collect();
    let next = live.iter().map(|run| (run.next_session(now).unwrap_or(i64::MAX), *run)).min_by_key(|(next, run)| (*next, run.start));
    let _ = write!(json, ",\"runCount\":{}", live.len());
    match next {
        None => json.push_str(",\"nextRun\":null"),
        Some((next, run)) => {
            let begun = run.start != i64::MIN && run.start <= now;
            let status = match run.status {
                b'p' if begun => "running",
                b'p' => "planned",
                b'f' => "full",
                b'r' => "running",
                _ => "bookable",
            };
            let _ = write!(json, ",\"nextRun\":{{{},\"status\":\"{status}\",\"bookable\":{}", run.json, run.bookable_until >= now);
            if let Some(next) = DateTime::from_timestamp(next, 0).filter(|_| next != i64::MAX) {
                let _ = write!(json, ",\"nextSession\":\"{}\"", next.to_rfc3339_opts(SecondsFormat::Secs, true));
            }
            json.push('}');
        }
    }
    if next.is_none() && !item.place.is_empty() {
        json.push_str(",\"place\":");
        json.push_str(item.place);
    }
}
