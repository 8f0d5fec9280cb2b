//! Turns elements of an XML file into items: payload, hash, identity, and each record only once.

use crate::seen::Seen;
use crate::xml::Element;
use crate::{Body, FileError, Item, LazyDraft, ReadContext, Sink, problems};
use domain::Problem;
use domain::catalogue::RecordKind;
use domain::partners::ImportFormat;
use domain::problem::ValueError;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Hands items to the sink and counts them.
pub(crate) struct Collector<'a, 'b> {
    format: ImportFormat,
    /// Goes into every hash: another version of a reader may make another draft of the same record.
    version: &'static [u8],
    context: &'a ReadContext,
    sink: &'a mut Sink<'b>,
    seen: Seen,
    records: u64,
}

impl<'a, 'b> Collector<'a, 'b> {
    pub(crate) fn new(format: ImportFormat, version: &'static [u8], context: &'a ReadContext, sink: &'a mut Sink<'b>) -> Self {
        Self { format, version, context, sink, seen: Seen::default(), records: 0 }
    }

    /// Records handed on so far.
    pub(crate) fn records(&self) -> u64 {
        self.records
    }

    /// A record with its identifier. One that is there already is refused.
    pub(crate) fn upsert(&mut self, line: u64, kind: RecordKind, id: &str, payload: String) -> Result<(), FileError> {
        let body = (!self.seen.insert(kind, id)).then(|| Body::Broken(vec![Problem::error("", problems::duplicate(id))]));
        self.send(line, Some(kind), Some(id), payload, body)
    }

    /// [`Collector::upsert`] of a record whose payload also says where it stood: only `essence` decides whether it is the same.
    pub(crate) fn upsert_by(&mut self, line: u64, kind: RecordKind, id: &str, payload: String, essence: &[u8]) -> Result<(), FileError> {
        let hash = self.hash(essence);
        let body = (!self.seen.insert(kind, id)).then(|| Body::Broken(vec![Problem::error("", problems::duplicate(id))]));
        self.send_as(line, Some(kind), Some(id), payload, hash, body)
    }

    /// A record that formats without identifiers repeat wherever they need it; only the first one counts.
    pub(crate) fn upsert_once(&mut self, line: u64, kind: RecordKind, id: &str, record: &Element) -> Result<(), FileError> {
        self.once(line, kind, id, || record.canonical())
    }

    /// [`Collector::upsert_once`] of a record in another form.
    pub(crate) fn once(&mut self, line: u64, kind: RecordKind, id: &str, payload: impl FnOnce() -> String) -> Result<(), FileError> {
        if self.seen.insert(kind, id) { self.send(line, Some(kind), Some(id), payload(), None) } else { Ok(()) }
    }

    /// A withdrawal.
    pub(crate) fn delete(&mut self, line: u64, kind: RecordKind, id: &str) -> Result<(), FileError> {
        if !self.seen.insert(kind, id) {
            return Ok(());
        }
        let record = Element::new("DELETE", &[("id", id)]);
        self.send(line, Some(kind), Some(id), record.canonical(), Some(Body::Delete))
    }

    /// A record that cannot be read.
    pub(crate) fn broken(
        &mut self,
        line: u64,
        kind: Option<RecordKind>,
        id: Option<&str>,
        record: Option<&Element>,
        pointer: &str,
        value: ValueError,
    ) -> Result<(), FileError> {
        let payload = record.map(Element::canonical).unwrap_or_default();
        self.send(line, kind, id, payload, Some(Body::Broken(vec![Problem::error(pointer, value)])))
    }

    fn hash(&self, essence: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(self.version).chain_update(essence).finalize().into()
    }

    fn send(&mut self, line: u64, kind: Option<RecordKind>, id: Option<&str>, payload: String, body: Option<Body>) -> Result<(), FileError> {
        let hash = self.hash(payload.as_bytes());
        self.send_as(line, kind, id, payload, hash, body)
    }

    fn send_as(
        &mut self,
        line: u64,
        kind: Option<RecordKind>,
        id: Option<&str>,
        payload: String,
        hash: [u8; 32],
        body: Option<Body>,
    ) -> Result<(), FileError> {
        self.records += 1;
        if self.records > self.context.limits.records {
            return Err(FileError::new(Some(line), problems::too_many_records(self.context.limits.records)));
        }
        let payload: Arc<[u8]> = payload.into_bytes().into();
        let body = match (body, kind) {
            (Some(body), _) => body,
            (None, Some(kind)) => Body::Upsert(LazyDraft { format: self.format, kind, payload: Arc::clone(&payload), context: self.context.clone() }),
            (None, None) => Body::Broken(vec![]),
        };
        let item = Item { line: Some(line), kind, external_id: id.map(str::to_owned), hash, payload, body };
        (self.sink)(item).map_err(|_| FileError::new(Some(line), problems::stopped()))
    }
}
