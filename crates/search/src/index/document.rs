//! What the index keeps of a record.

mod offer;
mod organization;
pub(crate) mod words;

use super::schema::Fields;
use crate::catalogue::Names;
use crate::{Analysis, SearchError};
use chrono::Duration;
use domain::Uuid;
use domain::areas::{GeoPoint, Region};
use domain::text::{Translations, fold};
use domain::vocabularies::Vocabularies;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::TantivyDocument;

/// The longest part of a description that is kept for highlighting, in bytes.
const BODY: usize = 800;

/// Marks the codes of offers and organisations.
pub(crate) const IS_OFFER: &str = "is=offer";
/// See [`IS_OFFER`].
pub(crate) const IS_ORGANIZATION: &str = "is=organization";
/// Invented records.
pub(crate) const EXAMPLE: &str = "example=true";
/// Offers with childcare.
pub(crate) const CHILDCARE: &str = "childcare=true";
/// Members of the Bildungsnetzwerk.
pub(crate) const NETWORK_MEMBER: &str = "networkMember=true";
/// Before the parameters of organisations, which have other codes under the same names.
pub(crate) const OF_ORGANIZATION: &str = "o.";

/// Everything that turns records into documents.
pub(crate) struct Documents {
    pub(crate) fields: Fields,
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) vocabularies: Arc<Vocabularies>,
    pub(crate) region: Arc<Region>,
    pub(crate) names: Names,
}

/// A document being built.
struct Builder<'a> {
    context: &'a Documents,
    document: TantivyDocument,
    codes: BTreeSet<String>,
    /// Folded and written forms of the words of titles and labels.
    words: BTreeSet<(String, String)>,
}

impl<'a> Builder<'a> {
    fn new(context: &'a Documents, id: Uuid, title: &str) -> Self {
        let mut builder = Self { context, document: TantivyDocument::default(), codes: BTreeSet::new(), words: BTreeSet::new() };
        let fields = context.fields;
        let (high, low) = id.as_u64_pair();
        builder.document.add_text(fields.id, id.to_string());
        builder.document.add_u64(fields.id_high, high);
        builder.document.add_u64(fields.id_low, low);
        builder.document.add_text(fields.title_key, title_key(title));
        builder
    }

    fn code(&mut self, parameter: &str, code: &str) {
        self.codes.insert(format!("{parameter}={code}"));
    }

    fn flag(&mut self, flag: &str) {
        self.codes.insert(flag.to_owned());
    }

    fn areas(&mut self, parameter: &str, ags: &str) {
        for key in self.context.region.with_ancestors(ags) {
            self.code(parameter, &key);
        }
    }

    fn point(&mut self, point: GeoPoint) {
        self.document.add_i64(self.context.fields.lat, millionths(point.lat));
        self.document.add_i64(self.context.fields.lon, millionths(point.lon));
    }

    /// The label of a concept as a label. Labels that list several things, and other words, are wide: a course of Spanish is not to be
    /// found by *Italienisch* because both are one topic.
    fn concept(&mut self, vocabulary: &str, code: &str) {
        let Some(concept) = self.context.vocabularies.concept(vocabulary, code) else { return };
        for (language, label) in &concept.label {
            if label.contains(',') {
                self.wide(language, label);
            } else {
                self.label(language, label);
            }
        }
        for (language, labels) in &concept.alt_labels {
            for label in labels {
                self.wide(language, label);
            }
        }
    }

    fn wide(&mut self, language: &str, label: &str) {
        if language == "de" {
            self.document.add_text(self.context.fields.topic, label);
            self.remember(label);
        } else {
            self.foreign(self.context.fields.topic, language, label);
        }
    }

    fn label(&mut self, language: &str, label: &str) {
        if language == "de" {
            self.german_label(label);
        } else {
            self.foreign(self.context.fields.foreign, language, label);
        }
    }

    fn german_label(&mut self, label: &str) {
        self.document.add_text(self.context.fields.labels, label);
        self.remember(label);
    }

    fn translations(&mut self, translations: &Translations) {
        for (language, translation) in translations {
            let texts = [
                translation.title.as_ref().map(|t| t.as_str()),
                translation.summary.as_ref().map(|t| t.as_str()),
                translation.description.as_ref().map(|t| t.as_str()),
            ];
            for text in texts.into_iter().flatten() {
                // Leichte Sprache is German.
                if language.as_str().starts_with("de") {
                    self.document.add_text(self.context.fields.text, text);
                } else {
                    self.foreign(self.context.fields.foreign, language.as_str(), text);
                }
            }
        }
    }

    fn finish(mut self, item: &[u8]) -> TantivyDocument {
        let fields = self.context.fields;
        for code in &self.codes {
            self.document.add_text(fields.code, code);
        }
        self.add_words();
        self.document.add_bytes(fields.item, item);
        self.document
    }
}

/// What titles are sorted by: lower case, umlauts as their vowels (DIN 5007-1).
pub(crate) fn title_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || c.is_whitespace()) {
        match c {
            'ä' => key.push('a'),
            'ö' => key.push('o'),
            'ü' => key.push('u'),
            c => key.push(c),
        }
    }
    let key = fold(key.trim());
    let end = key.char_indices().nth(100).map_or(key.len(), |(at, _)| at);
    key.get(..end).unwrap_or_default().to_owned()
}

/// Degrees as whole numbers: a tenth of a metre.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn millionths(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}

/// Minutes since 1970, rounded down.
pub(crate) fn minute(time: domain::Timestamp) -> i64 {
    time.timestamp().div_euclid(60)
}

/// The first full minute at or after a moment.
fn minute_up(time: domain::Timestamp) -> i64 {
    minute(time + Duration::seconds(59))
}

/// Members of a JSON object without its braces.
fn members<T: Serialize>(id: Uuid, value: &T) -> Result<String, SearchError> {
    let json = serde_json::to_string(value).map_err(|e| SearchError::Record { id, reason: e.to_string() })?;
    Ok(json.trim_start_matches('{').strip_suffix('}').unwrap_or_default().to_owned())
}

/// The beginning of a Markdown text as plain text in one line.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len().min(BODY));
    for word in markdown.split_whitespace() {
        let word = word.trim_matches(|c| matches!(c, '*' | '_' | '#' | '>' | '`'));
        if word.is_empty() || word == "-" {
            continue;
        }
        if text.len() + word.len() > BODY {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Texts of a record: the original and its translations as far as they have a title.
fn texts(frame: &mut super::stored::Frame, original: super::stored::StoredText<'_>, translations: &Translations) {
    let titled: Vec<_> = translations.iter().filter_map(|(language, t)| Some((language.as_str(), t.title.as_ref()?, t))).collect();
    frame.count(titled.len() + 1);
    frame.text(original);
    for (language, title, translation) in titled {
        frame.text(super::stored::StoredText {
            language,
            title: title.as_str(),
            summary: translation.summary.as_ref().map_or("", |s| s.as_str()),
            body: &translation.description.as_ref().map_or_else(String::new, |d| plain(d.as_str())),
        });
    }
}
