//! NDJSON: one JSON record a line. Our own format, `docs/formats/ndjson.md`.

mod explain;
mod lines;
mod untagged;
mod words;

pub use explain::{NotDecoded, document};

use crate::{Body, Decoded, FileError, FileSummary, Item, LazyDraft, ReadContext, Sink, problems, seen::Seen};
use domain::Problem;
use domain::catalogue::{Draft, OfferDraft, OrganizationDraft, PlaceDraft, RecordKind};
use domain::partners::ImportFormat;
use domain::problem::ValueError;
use lines::{Line, Lines};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io::BufRead;
use std::sync::Arc;

/// Goes into every hash: another version of this reader may make another draft of the same line.
const VERSION: &[u8] = b"ndjson/1\n";

/// The little that is read of every line: enough to know which record it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    #[serde(borrow, default, rename = "type")]
    tag: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    external_id: Option<Cow<'a, str>>,
}

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let mut lines = Lines::new(input, context.limits.record_bytes);
    let mut seen = Seen::default();
    let mut records = 0;
    while let Some(line) = lines.next_line()? {
        if records == 0 {
            refuse_other_formats(&line)?;
        }
        records += 1;
        if records > context.limits.records {
            return Err(FileError::new(Some(line.number), problems::too_many_records(context.limits.records)));
        }
        let item = item(&line, context, &mut seen)?;
        sink(item).map_err(|_| FileError::new(Some(line.number), problems::stopped()))?;
    }
    if records == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records, mode_hint: None })
}

/// A whole file of another format would otherwise come out as thousands of broken records.
fn refuse_other_formats(line: &Line<'_>) -> Result<(), FileError> {
    let found = match line.bytes {
        [b'<', ..] => "„<“ (XML?)",
        [b'[', ..] => "„[“ (JSON-Array?)",
        [b'P', b'K', 3, 4, ..] | [0x1f, 0x8b, ..] => return Err(FileError::new(Some(line.number), problems::file_binary())),
        _ => return Ok(()),
    };
    Err(FileError::new(Some(line.number), problems::not_ndjson(found)))
}

fn item(line: &Line<'_>, context: &ReadContext, seen: &mut Seen) -> Result<Item, FileError> {
    let payload: Arc<[u8]> = line.bytes.into();
    let hash = Sha256::new().chain_update(VERSION).chain_update(line.bytes).finalize().into();
    let mut item = Item { line: Some(line.number), kind: None, external_id: None, hash, payload, body: Body::Broken(vec![]) };
    let broken = |item: Item, pointer: &str, error: ValueError| Ok(Item { body: Body::Broken(vec![Problem::error(pointer, error)]), ..item });
    if line.too_long {
        return broken(item, "", problems::record_too_large(context.limits.record_bytes));
    }
    let text = match std::str::from_utf8(line.bytes) {
        Ok(text) => text,
        Err(_) if line.last => return Err(FileError::new(Some(line.number), problems::file_truncated())),
        Err(error) => return broken(item, "", problems::not_utf8(error.valid_up_to() + 1)),
    };
    let head: Head<'_> = match if text.starts_with('{') { serde_json::from_str(text) } else { not_an_object(text) } {
        Ok(head) => head,
        Err(error) if line.last && error.is_eof() => return Err(FileError::new(Some(line.number), problems::file_truncated())),
        Err(error) if error.is_data() => {
            item.body = Body::Broken(explain::head(text, &error));
            return Ok(item);
        }
        Err(error) => return broken(item, "", explain::syntax(&error)),
    };
    let Some(tag) = head.tag else {
        return broken(item, "/type", problems::missing("type"));
    };
    item.external_id = head.external_id.as_deref().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    if tag == "delete" {
        match explain::decode::<Delete>(text) {
            Ok(delete) => {
                item.kind = Some(delete.kind);
                item.external_id = Some(delete.external_id.to_string());
                item.body = Body::Delete;
            }
            Err(problems) => item.body = Body::Broken(problems),
        }
    } else {
        let Ok(kind) = tag.parse::<RecordKind>() else {
            return broken(item, "/type", problems::unknown_value(&tag, "organization, place, offer, delete"));
        };
        item.kind = Some(kind);
        if item.external_id.is_some() {
            let payload = Arc::clone(&item.payload);
            item.body = Body::Upsert(LazyDraft { format: ImportFormat::Ndjson, kind, payload, context: context.clone() });
        } else {
            // Tells the missing id together with whatever else is wrong.
            item.body =
                Body::Broken(decode(kind, line.bytes).err().unwrap_or_else(|| vec![Problem::error("/externalId", problems::missing("externalId"))]));
        }
    }
    if let (Some(kind), Some(id), Body::Upsert(_) | Body::Delete) = (item.kind, &item.external_id, &item.body)
        && !seen.insert(kind, id)
    {
        item.body = Body::Broken(vec![Problem::error("/externalId", problems::duplicate(id))]);
    }
    Ok(item)
}

/// serde would take a list for a struct as well; this makes the error that it does not make.
fn not_an_object(text: &str) -> Result<Head<'_>, serde_json::Error> {
    serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).map(|_| Head { tag: None, external_id: None })
}

/// Withdraws one record; only of use in a delta.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Delete {
    kind: RecordKind,
    external_id: domain::text::ExternalId,
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8]) -> Decoded {
    let text = std::str::from_utf8(payload).map_err(|e| vec![Problem::error("", problems::not_utf8(e.valid_up_to() + 1))])?;
    let draft = match kind {
        RecordKind::Organization => Draft::Organization(Box::new(explain::decode::<OrganizationDraft>(text)?)),
        RecordKind::Place => Draft::Place(Box::new(explain::decode::<PlaceDraft>(text)?)),
        RecordKind::Offer => Draft::Offer(Box::new(explain::decode::<OfferDraft>(text)?)),
    };
    Ok((draft, Vec::new()))
}
