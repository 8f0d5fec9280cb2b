//! A segment opened for reading: what does not change as long as the segment lives.

use super::codes::{CodeTable, UNCOUNTED};
use super::schema::{Fields, names};
use crate::SearchError;
use std::sync::Arc;
use tantivy::columnar::{Column, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, InvertedIndexReader, SegmentReader};

/// Number of the fields words are looked for in: title, labels, text, foreign, topic.
pub(crate) const TEXT_FIELDS: usize = 5;
/// Position of the field of other languages.
pub(crate) const FOREIGN: usize = 3;
/// Position of the field of wide words.
pub(crate) const TOPIC: usize = 4;

/// A field words are looked for in.
pub(crate) struct TextField {
    pub(crate) postings: Arc<InvertedIndexReader>,
    pub(crate) norms: FieldNormReader,
}

/// An open segment.
pub(crate) struct Segment {
    pub(crate) max_doc: DocId,
    pub(crate) text: [TextField; TEXT_FIELDS],
    pub(crate) code: Arc<InvertedIndexReader>,
    pub(crate) organization: Arc<InvertedIndexReader>,
    pub(crate) word: Arc<InvertedIndexReader>,
    pub(crate) prefix: Arc<InvertedIndexReader>,
    pub(crate) organization_of: Option<StrColumn>,
    pub(crate) title_key: Option<StrColumn>,
    pub(crate) visible_from: Column<i64>,
    pub(crate) visible_until: Column<i64>,
    pub(crate) bookable_until: Column<i64>,
    pub(crate) created: Column<i64>,
    pub(crate) starts: Column<i64>,
    pub(crate) long_starts: Column<i64>,
    pub(crate) long_ends: Column<i64>,
    pub(crate) lat: Column<i64>,
    pub(crate) lon: Column<i64>,
    pub(crate) price: Column<i64>,
    pub(crate) age_min: Column<i64>,
    pub(crate) age_max: Column<i64>,
    id_high: Column<u64>,
    id_low: Column<u64>,
    /// The numbers of the codes of document `d` are `codes[offsets[d]..offsets[d + 1]]`.
    offsets: Vec<u32>,
    codes: Vec<u16>,
}

impl Segment {
    /// Opens a segment.
    pub(super) fn open(reader: &SegmentReader, fields: Fields, table: &CodeTable) -> Result<Self, SearchError> {
        let fast = reader.fast_fields();
        let max_doc = reader.max_doc();
        let number = |name: &str| fast.column_opt::<i64>(name).map(|c| c.unwrap_or_else(|| Column::build_empty_column(max_doc)));
        let id = |name: &str| fast.column_opt::<u64>(name).map(|c| c.unwrap_or_else(|| Column::build_empty_column(max_doc)));
        let text = |field| -> Result<TextField, SearchError> {
            Ok(TextField { postings: reader.inverted_index(field)?, norms: reader.get_fieldnorms_reader(field)? })
        };
        let (offsets, codes) = rows(fast.str(names::CODE)?, max_doc, table)?;
        Ok(Self {
            max_doc,
            text: [text(fields.title)?, text(fields.labels)?, text(fields.text)?, text(fields.foreign)?, text(fields.topic)?],
            code: reader.inverted_index(fields.code)?,
            organization: reader.inverted_index(fields.organization)?,
            word: reader.inverted_index(fields.word)?,
            prefix: reader.inverted_index(fields.prefix)?,
            organization_of: fast.str(names::ORGANIZATION)?,
            title_key: fast.str(names::TITLE_KEY)?,
            visible_from: number(names::VISIBLE_FROM)?,
            visible_until: number(names::VISIBLE_UNTIL)?,
            bookable_until: number(names::BOOKABLE_UNTIL)?,
            created: number(names::CREATED)?,
            starts: number(names::STARTS)?,
            long_starts: number(names::LONG_STARTS)?,
            long_ends: number(names::LONG_ENDS)?,
            lat: number(names::LAT)?,
            lon: number(names::LON)?,
            price: number(names::PRICE)?,
            age_min: number(names::AGE_MIN)?,
            age_max: number(names::AGE_MAX)?,
            id_high: id(names::ID_HIGH)?,
            id_low: id(names::ID_LOW)?,
            offsets,
            codes,
        })
    }

    /// The id of a document as a number.
    pub(crate) fn id(&self, doc: DocId) -> u128 {
        let (high, low) = (self.id_high.first(doc).unwrap_or_default(), self.id_low.first(doc).unwrap_or_default());
        (u128::from(high) << 64) | u128::from(low)
    }

    /// The numbers of the codes a document has.
    #[inline]
    pub(crate) fn codes_of(&self, doc: DocId) -> &[u16] {
        let doc = doc as usize;
        match (self.offsets.get(doc), self.offsets.get(doc + 1)) {
            (Some(from), Some(to)) => self.codes.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The documents with a value in a range, in ascending order.
    pub(crate) fn with_value(&self, column: &Column<i64>, range: std::ops::RangeInclusive<i64>) -> Vec<DocId> {
        let mut docs = Vec::new();
        if range.start() <= range.end() {
            column.get_docids_for_value_range(range.clone(), 0..self.max_doc, &mut docs);
            // tantivy 0.27 moves a range that lies outside of all values to the nearest one, and then finds documents that are not in it.
            docs.retain(|doc| column.values_for_doc(*doc).any(|value| range.contains(&value)));
        }
        docs
    }

    /// The next session at or after a minute.
    pub(crate) fn next_start(&self, doc: DocId, minute: i64) -> Option<i64> {
        self.starts.values_for_doc(doc).filter(|start| *start >= minute).min()
    }
}

/// The codes of every document, one after the other. Counting facets reads them all the time, so they are kept unpacked.
fn rows(column: Option<StrColumn>, max_doc: DocId, table: &CodeTable) -> Result<(Vec<u32>, Vec<u16>), SearchError> {
    let mut offsets = Vec::with_capacity(max_doc as usize + 1);
    offsets.push(0);
    let Some(column) = column else {
        offsets.resize(max_doc as usize + 1, 0);
        return Ok((offsets, Vec::new()));
    };
    let mut numbers = Vec::with_capacity(column.num_terms());
    let mut terms = column.dictionary().stream()?;
    while terms.advance() {
        numbers.push(std::str::from_utf8(terms.key()).map_or(UNCOUNTED, |term| table.number(term)));
    }
    let mut codes = Vec::new();
    for doc in 0..max_doc {
        for ord in column.term_ords(doc) {
            let number = usize::try_from(ord).ok().and_then(|ord| numbers.get(ord)).copied().unwrap_or(UNCOUNTED);
            if number != UNCOUNTED {
                codes.push(number);
            }
        }
        offsets.push(u32::try_from(codes.len()).unwrap_or(u32::MAX));
    }
    codes.shrink_to_fit();
    Ok((offsets, codes))
}
