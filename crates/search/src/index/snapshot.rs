//! One generation of the index: the documents all requests of a moment work on.
//!
//! Documents of all segments are numbered through. Segments begin at multiples of 64, so that their bits do not share a word.

use super::codes::{Code, CodeTable};
use super::document::{IS_OFFER, IS_ORGANIZATION};
use super::order::Order;
use super::schema::Fields;
use super::segment::Segment;
use super::view::View;
use super::{Bits, StoredItem};
use crate::SearchError;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::index::SegmentId;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, InvertedIndexReader, Searcher, TantivyDocument, Term};

/// So many minutes are kept: the running one, and those that people are leafing through.
const VIEWS: usize = 4;

/// A segment in a snapshot.
pub(crate) struct Placed {
    pub(crate) id: SegmentId,
    /// Number of its first document.
    pub(crate) base: u32,
    pub(crate) segment: Arc<Segment>,
}

/// A generation of the index.
pub(crate) struct Snapshot {
    searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) segments: Vec<Placed>,
    /// Numbers of documents are below this.
    pub(crate) len: u32,
    /// Documents that are not deleted.
    pub(crate) documents: u64,
    pub(crate) codes: Vec<Code>,
    offers: Bits,
    organizations: Bits,
    by_title: OnceLock<Order>,
    by_newest: OnceLock<Order>,
    views: Mutex<Vec<Arc<View>>>,
}

impl Snapshot {
    /// Opens what a searcher sees; segments known from `previous` are not opened again.
    pub(super) fn build(searcher: Searcher, fields: Fields, table: &CodeTable, previous: Option<&Snapshot>) -> Result<Self, SearchError> {
        let mut segments = Vec::new();
        let mut len = 0u32;
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let known = previous.and_then(|p| p.segments.iter().find(|s| s.id == id));
            let segment = match known {
                Some(known) => known.segment.clone(),
                None => Arc::new(Segment::open(reader, fields, table)?),
            };
            segments.push(Placed { id, base: len, segment });
            len = (len + reader.max_doc()).next_multiple_of(64);
        }
        let mut snapshot = Self {
            documents: searcher.num_docs(),
            searcher,
            fields,
            segments,
            len,
            codes: table.all(),
            offers: Bits::none(len),
            organizations: Bits::none(len),
            by_title: OnceLock::new(),
            by_newest: OnceLock::new(),
            views: Mutex::new(Vec::new()),
        };
        snapshot.offers = snapshot.alive_with(IS_OFFER)?;
        snapshot.organizations = snapshot.alive_with(IS_ORGANIZATION)?;
        Ok(snapshot)
    }

    /// Whether this is what the searcher sees.
    pub(super) fn is_of(&self, searcher: &Searcher) -> bool {
        self.searcher.generation().generation_id() == searcher.generation().generation_id()
    }

    /// Offers that are not deleted.
    pub(crate) fn offers(&self) -> &Bits {
        &self.offers
    }

    /// Organisations that are not deleted.
    pub(crate) fn organizations(&self) -> &Bits {
        &self.organizations
    }

    /// The segment of a document and its number there.
    pub(crate) fn locate(&self, doc: u32) -> Option<(&Placed, u32)> {
        let at = self.segments.partition_point(|s| s.base <= doc).checked_sub(1)?;
        let placed = self.segments.get(at)?;
        Some((placed, doc - placed.base))
    }

    /// The id of a document.
    pub(crate) fn id(&self, doc: u32) -> u128 {
        self.locate(doc).map_or(0, |(placed, local)| placed.segment.id(local))
    }

    /// Reads the stored item of a document.
    pub(crate) fn item<T>(&self, doc: u32, read: impl FnOnce(StoredItem<'_>) -> Result<T, SearchError>) -> Result<T, SearchError> {
        let at = self.segments.partition_point(|s| s.base <= doc).saturating_sub(1);
        let base = self.segments.get(at).map_or(0, |s| s.base);
        let address = DocAddress::new(u32::try_from(at).unwrap_or(u32::MAX), doc - base);
        let document: TantivyDocument = self.searcher.doc(address)?;
        let value = document.get_first(self.fields.item);
        let bytes = value.as_ref().and_then(|v| v.as_bytes()).ok_or(SearchError::Unreadable("a document has no item"))?;
        read(StoredItem::read(bytes)?)
    }

    /// All documents with a code, deleted ones included.
    pub(crate) fn with_code(&self, term: &str, into: &mut Bits) -> Result<(), SearchError> {
        let term = Term::from_field_text(self.fields.code, term);
        self.each_posting(|s| &s.code, &term, |doc| into.insert(doc))
    }

    /// Calls `sink` with every document that has `term` in an index of its segment.
    pub(crate) fn each_posting(
        &self,
        index: impl Fn(&Segment) -> &Arc<InvertedIndexReader>,
        term: &Term,
        mut sink: impl FnMut(u32),
    ) -> Result<(), SearchError> {
        for placed in &self.segments {
            if let Some(mut block) = index(&placed.segment).read_block_postings(term, IndexRecordOption::Basic)? {
                each_doc(&mut block, |doc| sink(placed.base + doc));
            }
        }
        Ok(())
    }

    fn alive_with(&self, term: &str) -> Result<Bits, SearchError> {
        let mut bits = Bits::none(self.len);
        self.with_code(term, &mut bits)?;
        let mut deleted = Bits::none(self.len);
        for (placed, reader) in self.segments.iter().zip(self.searcher.segment_readers()) {
            if let Some(alive) = reader.alive_bitset() {
                (0..reader.max_doc()).filter(|doc| alive.is_deleted(*doc)).for_each(|doc| deleted.insert(placed.base + doc));
            }
        }
        bits.and_not(&deleted);
        Ok(bits)
    }

    /// All documents in the order of their titles.
    pub(crate) fn by_title(&self) -> Result<&Order, SearchError> {
        if let Some(order) = self.by_title.get() {
            return Ok(order);
        }
        let order = Order::by_title(self)?;
        Ok(self.by_title.get_or_init(|| order))
    }

    /// All offers, the newest first.
    pub(crate) fn by_newest(&self) -> &Order {
        self.by_newest.get_or_init(|| Order::by_number(self, self.offers.iter(), |segment, doc| -segment.created.first(doc).unwrap_or_default()))
    }

    /// The catalogue as it is in a minute.
    pub(crate) fn view(&self, minute: i64) -> Result<Arc<View>, SearchError> {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(view) = views.iter().find(|v| v.minute == minute) {
            return Ok(view.clone());
        }
        let view = Arc::new(View::build(self, minute));
        if views.len() >= VIEWS {
            views.remove(0);
        }
        views.push(view.clone());
        Ok(view)
    }
}

/// What a document's title is sorted by.
pub(crate) fn title_of(snapshot: &Snapshot, doc: u32) -> String {
    let mut title = String::new();
    if let Some((placed, local)) = snapshot.locate(doc)
        && let Some(column) = &placed.segment.title_key
        && let Some(ord) = column.term_ords(local).next()
    {
        let _ = column.ord_to_str(ord, &mut title);
    }
    title
}

/// Calls `sink` with every document of a posting list.
pub(crate) fn each_doc(block: &mut BlockSegmentPostings, mut sink: impl FnMut(u32)) {
    while !block.docs().is_empty() {
        block.docs().iter().for_each(|doc| sink(*doc));
        block.advance();
    }
}
