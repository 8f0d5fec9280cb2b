//! The fields of the index.

use tantivy::Index;
use tantivy::schema::{BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// Counts up when documents are built differently, so that every node builds its index anew.
pub(super) const VERSION: u32 = 2;

/// Name of the tokenizer for German.
pub(super) const GERMAN: &str = "de";

/// Names of the fast fields.
pub(super) mod names {
    pub(crate) const CODE: &str = "code";
    pub(crate) const ORGANIZATION: &str = "organization";
    pub(crate) const ID_HIGH: &str = "id_high";
    pub(crate) const ID_LOW: &str = "id_low";
    pub(crate) const TITLE_KEY: &str = "title_key";
    pub(crate) const VISIBLE_FROM: &str = "visible_from";
    pub(crate) const VISIBLE_UNTIL: &str = "visible_until";
    pub(crate) const BOOKABLE_UNTIL: &str = "bookable_until";
    pub(crate) const CREATED: &str = "created";
    pub(crate) const STARTS: &str = "starts";
    pub(crate) const LONG_STARTS: &str = "long_starts";
    pub(crate) const LONG_ENDS: &str = "long_ends";
    pub(crate) const LAT: &str = "lat";
    pub(crate) const LON: &str = "lon";
    pub(crate) const PRICE: &str = "price";
    pub(crate) const AGE_MIN: &str = "age_min";
    pub(crate) const AGE_MAX: &str = "age_max";
}

/// The fields of the index by their use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The record's id as text; what is deleted and replaced by.
    pub(crate) id: Field,
    /// The two halves of the id; ties of every order are broken by it.
    pub(crate) id_high: Field,
    pub(crate) id_low: Field,
    /// Title or name, German.
    pub(crate) title: Field,
    /// Keywords, labels of topics and kind, organisation, places; German.
    pub(crate) labels: Field,
    /// Summary and description, German.
    pub(crate) text: Field,
    /// Translations and labels in other languages.
    pub(crate) foreign: Field,
    /// Other words for the topic and other concepts, all languages: looked at only if nothing is found otherwise, as they are wide.
    pub(crate) topic: Field,
    /// Words of titles and labels as written, lower case: where typing mistakes are looked up.
    pub(crate) word: Field,
    /// `folded word` US `word as written`: where words are completed.
    pub(crate) prefix: Field,
    /// `parameter=code`: filters and facets.
    pub(crate) code: Field,
    /// Id of the organisation of an offer.
    pub(crate) organization: Field,
    /// What the titles are sorted by.
    pub(crate) title_key: Field,
    /// Minutes since 1970 from which and until which it is shown.
    pub(crate) visible_from: Field,
    pub(crate) visible_until: Field,
    /// Last minute in which a run can be booked.
    pub(crate) bookable_until: Field,
    /// Second of its creation.
    pub(crate) created: Field,
    /// Minutes of the starts of its sessions.
    pub(crate) starts: Field,
    /// Minutes of start and end, in step, of sessions that last over midnight in the region.
    pub(crate) long_starts: Field,
    pub(crate) long_ends: Field,
    /// Positions of its places in millionths of a degree, in step.
    pub(crate) lat: Field,
    pub(crate) lon: Field,
    /// Lowest price in minor units.
    pub(crate) price: Field,
    /// Ages.
    pub(crate) age_min: Field,
    pub(crate) age_max: Field,
    /// What lists show of it, see [`super::stored`].
    pub(crate) item: Field,
}

impl Fields {
    /// The fields and their schema.
    pub(super) fn build() -> (Self, Schema) {
        let mut schema = Schema::builder();
        let words = |tokenizer: &str, option: IndexRecordOption, norms: bool| {
            TextOptions::default()
                .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms))
        };
        let german = || words(GERMAN, IndexRecordOption::WithFreqs, true);
        let raw = || words("raw", IndexRecordOption::Basic, false);
        let number = || NumericOptions::default().set_fast();
        let fields = Self {
            id: schema.add_text_field("id", STRING),
            id_high: schema.add_u64_field(names::ID_HIGH, FAST),
            id_low: schema.add_u64_field(names::ID_LOW, FAST),
            title: schema.add_text_field("title", german()),
            labels: schema.add_text_field("labels", german()),
            text: schema.add_text_field("text", german()),
            foreign: schema.add_text_field("foreign", words("raw", IndexRecordOption::WithFreqs, true)),
            topic: schema.add_text_field("topic", german()),
            word: schema.add_text_field("word", raw()),
            prefix: schema.add_text_field("prefix", raw()),
            code: schema.add_text_field(names::CODE, raw().set_fast("raw")),
            organization: schema.add_text_field(names::ORGANIZATION, raw().set_fast("raw")),
            title_key: schema.add_text_field(names::TITLE_KEY, TextOptions::default().set_fast("raw")),
            visible_from: schema.add_i64_field(names::VISIBLE_FROM, number()),
            visible_until: schema.add_i64_field(names::VISIBLE_UNTIL, number()),
            bookable_until: schema.add_i64_field(names::BOOKABLE_UNTIL, number()),
            created: schema.add_i64_field(names::CREATED, number()),
            starts: schema.add_i64_field(names::STARTS, number()),
            long_starts: schema.add_i64_field(names::LONG_STARTS, number()),
            long_ends: schema.add_i64_field(names::LONG_ENDS, number()),
            lat: schema.add_i64_field(names::LAT, number()),
            lon: schema.add_i64_field(names::LON, number()),
            price: schema.add_i64_field(names::PRICE, number()),
            age_min: schema.add_i64_field(names::AGE_MIN, number()),
            age_max: schema.add_i64_field(names::AGE_MAX, number()),
            item: schema.add_bytes_field("item", BytesOptions::default() | STORED),
        };
        (fields, schema.build())
    }
}

/// Registers what the text fields are analysed with.
pub(super) fn register(index: &Index, analysis: &std::sync::Arc<crate::Analysis>) {
    index.tokenizers().register(GERMAN, crate::analysis::GermanTokenizer::new(analysis.clone()));
}
