//! Controlled vocabularies: SKOS concept schemes, read from data. Another region can bring other words.

use crate::problem::{Message, ValueError};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// Ids of the vocabularies that code refers to.
pub mod ids {
    /// Kinds of offer.
    pub const OFFER_KINDS: &str = "offer-kinds";
    /// Topics, two levels.
    pub const TOPICS: &str = "topics";
    /// Life phases.
    pub const LIFE_PHASES: &str = "life-phases";
    /// Target groups.
    pub const TARGET_GROUPS: &str = "target-groups";
    /// Kinds of organisation.
    pub const ORGANIZATION_KINDS: &str = "organization-kinds";
    /// Delivery modes.
    pub const DELIVERY_MODES: &str = "delivery-modes";
    /// Levels of the European framework of reference.
    pub const LANGUAGE_LEVELS: &str = "language-levels";
    /// Course types of the Federal Office for Migration and Refugees.
    pub const BAMF_COURSE_TYPES: &str = "bamf-course-types";
    /// Entry requirements.
    pub const ENTRY_REQUIREMENTS: &str = "entry-requirements";
    /// Funding types.
    pub const FUNDING_TYPES: &str = "funding-types";
    /// Accessibility criteria.
    pub const ACCESSIBILITY_CRITERIA: &str = "accessibility-criteria";
    /// Languages of instruction.
    pub const LANGUAGES: &str = "languages";
    /// Certificates.
    pub const CERTIFICATES: &str = "certificates";
    /// Days of the week.
    pub const WEEKDAYS: &str = "weekdays";
    /// Times of day.
    pub const DAY_TIMES: &str = "day-times";
    /// Price types.
    pub const PRICE_TYPES: &str = "price-types";
}

/// One concept of a vocabulary (SKOS `Concept`).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Concept {
    /// Stable code, unique in its vocabulary.
    pub code: String,
    /// Preferred label by language.
    pub label: BTreeMap<String, String>,
    /// Explanation for lay people by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub definition: BTreeMap<String, String>,
    /// Code of the parent concept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broader: Option<String>,
    /// The same concept in public vocabularies (URIs).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exact_match: Vec<String>,
    /// Other words for it by language; the search knows them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alt_labels: BTreeMap<String, Vec<String>>,
    /// Codes of foreign formats by scheme, for example `dvv` or `kursnet-bund`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notations: BTreeMap<String, Vec<String>>,
    /// For accessibility criteria: `place` or `offer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl Concept {
    /// The label in `language`, else in German, else the code.
    pub fn label_in(&self, language: &str) -> &str {
        self.label.get(language).or_else(|| self.label.get("de")).map_or(&self.code, String::as_str)
    }
}

/// A vocabulary (SKOS `ConceptScheme`); the order of its concepts is the order of display.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Vocabulary {
    /// Stable id.
    pub id: String,
    /// Title by language.
    pub title: BTreeMap<String, String>,
    /// What it is for, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub description: BTreeMap<String, String>,
    /// Where its concepts come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The concepts in order of display.
    pub concepts: Vec<Concept>,
    #[serde(skip)]
    by_code: HashMap<String, usize>,
}

impl Vocabulary {
    /// The concept with this code.
    pub fn concept(&self, code: &str) -> Option<&Concept> {
        self.by_code.get(code).and_then(|i| self.concepts.get(*i))
    }

    /// The concept that carries `notation` in a foreign `scheme`.
    pub fn by_notation(&self, scheme: &str, notation: &str) -> Option<&Concept> {
        self.concepts.iter().find(|c| c.notations.get(scheme).is_some_and(|n| n.iter().any(|n| n == notation)))
    }

    /// The concept whose label or other word is `text`, spelling folded.
    pub fn by_label(&self, text: &str) -> Option<&Concept> {
        let wanted = fold(text.trim());
        self.concepts.iter().find(|c| c.label.values().chain(c.alt_labels.values().flatten()).any(|label| fold(label) == wanted))
    }
}

/// All vocabularies.
#[derive(Debug, Clone, Default)]
pub struct Vocabularies(BTreeMap<String, Vocabulary>);

/// Why the vocabularies cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// Not JSON of the documented shape.
    #[error("vocabulary {0}: {1}")]
    Json(String, serde_json::Error),
    /// A code stands twice.
    #[error("vocabulary {0}: code {1} stands twice")]
    Duplicate(String, String),
    /// A parent does not exist.
    #[error("vocabulary {0}: broader concept {1} does not exist")]
    Broader(String, String),
    /// A vocabulary that code relies on is missing.
    #[error("vocabulary {0} is missing")]
    Missing(&'static str),
}

impl Vocabularies {
    /// Reads vocabularies from `(file name, JSON)` pairs.
    pub fn parse<'a>(files: impl IntoIterator<Item = (String, &'a [u8])>) -> Result<Self, VocabularyError> {
        let mut all = BTreeMap::new();
        for (name, json) in files {
            let mut vocabulary: Vocabulary = serde_json::from_slice(json).map_err(|e| VocabularyError::Json(name, e))?;
            for (i, concept) in vocabulary.concepts.iter().enumerate() {
                if vocabulary.by_code.insert(concept.code.clone(), i).is_some() {
                    return Err(VocabularyError::Duplicate(vocabulary.id.clone(), concept.code.clone()));
                }
            }
            if let Some(orphan) = vocabulary.concepts.iter().filter_map(|c| c.broader.as_ref()).find(|b| !vocabulary.by_code.contains_key(*b)) {
                return Err(VocabularyError::Broader(vocabulary.id.clone(), orphan.clone()));
            }
            all.insert(vocabulary.id.clone(), vocabulary);
        }
        for id in [
            ids::OFFER_KINDS,
            ids::TOPICS,
            ids::LIFE_PHASES,
            ids::TARGET_GROUPS,
            ids::ORGANIZATION_KINDS,
            ids::DELIVERY_MODES,
            ids::LANGUAGE_LEVELS,
            ids::BAMF_COURSE_TYPES,
            ids::ENTRY_REQUIREMENTS,
            ids::FUNDING_TYPES,
            ids::ACCESSIBILITY_CRITERIA,
            ids::LANGUAGES,
            ids::CERTIFICATES,
            ids::WEEKDAYS,
            ids::DAY_TIMES,
            ids::PRICE_TYPES,
        ] {
            if !all.contains_key(id) {
                return Err(VocabularyError::Missing(id));
            }
        }
        Ok(Self(all))
    }

    /// The vocabulary with this id.
    pub fn get(&self, id: &str) -> Option<&Vocabulary> {
        self.0.get(id)
    }

    /// All vocabularies by id.
    pub fn iter(&self) -> impl Iterator<Item = &Vocabulary> {
        self.0.values()
    }

    /// A concept by vocabulary and code.
    pub fn concept(&self, vocabulary: &str, code: &str) -> Option<&Concept> {
        self.get(vocabulary)?.concept(code)
    }

    /// The label of a concept; the code where there is none.
    pub fn label<'a>(&'a self, vocabulary: &str, code: &'a str, language: &str) -> &'a str {
        self.concept(vocabulary, code).map_or(code, |c| c.label_in(language))
    }

    /// A code and the codes of all its parents.
    pub fn with_broader(&self, vocabulary: &str, code: &str) -> Vec<String> {
        let mut codes = Vec::new();
        let mut next = Some(code.to_owned());
        while let Some(code) = next.filter(|code| !codes.contains(code)) {
            next = self.concept(vocabulary, &code).and_then(|c| c.broader.clone());
            codes.push(code);
        }
        codes
    }

    /// Refuses a code that is not in the vocabulary, naming what is allowed.
    pub fn check(&self, vocabulary: &str, code: &str) -> Result<(), ValueError> {
        let Some(known) = self.get(vocabulary) else { return Ok(()) };
        if known.concept(code).is_some() {
            return Ok(());
        }
        let allowed: Vec<_> = known.concepts.iter().map(|c| c.code.as_str()).collect();
        let message = Message {
            de: format!("„{code}“ steht nicht im Vokabular {vocabulary}. Erlaubt sind: {}.", allowed.join(", ")),
            en: format!("“{code}” is not in the vocabulary {vocabulary}. Allowed: {}.", allowed.join(", ")),
        };
        Err(ValueError::new("concept-unknown", message.de, message.en))
    }
}
