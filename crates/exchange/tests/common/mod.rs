//! What the tests of all formats share.
#![allow(dead_code, unreachable_pub, missing_docs)]

use domain::Problem;
use domain::catalogue::{Draft, OfferDraft, OrganizationDraft, PlaceDraft, RecordKind};
use domain::partners::ImportFormat;
use domain::vocabularies::Vocabularies;
use exchange::{Body, FileError, FileSummary, Item, ReadContext};
use std::sync::{Arc, LazyLock};

static CONTEXT: LazyLock<ReadContext> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/vocabularies");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| std::fs::read(f.unwrap().path()).unwrap()).collect();
    let vocabularies = Vocabularies::parse(files.iter().map(|f| (String::new(), f.as_slice()))).unwrap();
    ReadContext::new(Arc::new(vocabularies), chrono_tz::Europe::Berlin)
});

/// The vocabularies of the repository and the region's zone.
pub fn context() -> ReadContext {
    CONTEXT.clone()
}

/// A file of `tests/fixtures`.
pub fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Everything a file yields.
pub fn read_with(format: ImportFormat, bytes: &[u8], context: &ReadContext) -> (Vec<Item>, Result<FileSummary, FileError>) {
    let mut items = Vec::new();
    // A small buffer, so that records run across its end.
    let mut input = std::io::BufReader::with_capacity(61, bytes);
    let summary = exchange::read(format, &mut input, context, &mut |item| {
        items.push(item);
        Ok(())
    });
    (items, summary)
}

pub fn read(format: ImportFormat, bytes: &[u8]) -> (Vec<Item>, Result<FileSummary, FileError>) {
    read_with(format, bytes, &context())
}

/// The items of a sound file.
pub fn items(format: ImportFormat, bytes: &[u8]) -> Vec<Item> {
    let (items, summary) = read(format, bytes);
    assert_eq!(summary.unwrap().records, items.len() as u64);
    items
}

/// Code and line of a file that is refused as a whole.
pub fn refused(format: ImportFormat, bytes: &[u8]) -> (String, Option<u64>) {
    let error = read(format, bytes).1.unwrap_err();
    assert!(!error.problem.message.de.is_empty() && !error.problem.message.en.is_empty());
    (error.problem.code, error.line)
}

pub fn find<'a>(items: &'a [Item], kind: RecordKind, id: &str) -> &'a Item {
    items.iter().find(|i| i.kind == Some(kind) && i.external_id.as_deref() == Some(id)).unwrap_or_else(|| panic!("no {kind:?} {id}"))
}

pub fn decoded(item: &Item) -> (Draft, Vec<Problem>) {
    match &item.body {
        Body::Upsert(draft) => draft.decode().unwrap(),
        other => panic!("{other:?}"),
    }
}

/// What is wrong with an item, decoded if need be: pointer and code.
pub fn problems(item: &Item) -> Vec<(String, String)> {
    let problems = match &item.body {
        Body::Broken(problems) => problems.clone(),
        Body::Upsert(draft) => draft.decode().map_or_else(|errors| errors, |(_, warnings)| warnings),
        Body::Delete => vec![],
    };
    assert!(problems.iter().all(|p| !p.message.de.is_empty() && !p.message.en.is_empty()));
    problems.into_iter().map(|p| (p.pointer, p.code)).collect()
}

pub fn offer(items: &[Item], id: &str) -> OfferDraft {
    match decoded(find(items, RecordKind::Offer, id)).0 {
        Draft::Offer(offer) => *offer,
        other => panic!("{other:?}"),
    }
}

pub fn organization(items: &[Item]) -> OrganizationDraft {
    match decoded(items.iter().find(|i| i.kind == Some(RecordKind::Organization)).unwrap()).0 {
        Draft::Organization(organization) => *organization,
        other => panic!("{other:?}"),
    }
}

pub fn places(items: &[Item]) -> Vec<PlaceDraft> {
    let places = items.iter().filter(|i| i.kind == Some(RecordKind::Place));
    places.map(|i| if let Draft::Place(place) = decoded(i).0 { *place } else { panic!() }).collect()
}

/// The same records, whatever else differs.
pub fn hashes(items: &[Item]) -> Vec<[u8; 32]> {
    let mut hashes: Vec<_> = items.iter().map(|i| i.hash).collect();
    hashes.sort_unstable();
    hashes
}
