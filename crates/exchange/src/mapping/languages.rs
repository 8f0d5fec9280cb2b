//! Language codes: ISO 639-2 in both of its spellings to BCP 47.

use domain::text::LanguageTag;
use domain::vocabularies::{Vocabularies, ids};

/// Scheme of the notations in the vocabulary `languages`.
const SCHEME: &str = "open-qcat";

/// Terminological codes (ISO 639-2/T) whose bibliographic twin is what the vocabulary notes, and codes that need no vocabulary.
#[rustfmt::skip]
const TERMINOLOGICAL: &[(&str, &str)] = &[
    ("deu", "de"), ("eng", "en"), ("fra", "fr"), ("spa", "es"), ("ita", "it"), ("por", "pt"), ("nld", "nl"), ("dan", "da"), ("swe", "sv"),
    ("nor", "no"), ("nob", "no"), ("nno", "no"), ("fin", "fi"), ("pol", "pl"), ("ces", "cs"), ("slk", "sk"), ("slv", "sl"), ("hun", "hu"), ("ron", "ro"),
    ("bul", "bg"), ("hrv", "hr"), ("srp", "sr"), ("bos", "bs"), ("mkd", "mk"), ("sqi", "sq"), ("ell", "el"), ("tur", "tr"), ("rus", "ru"),
    ("ukr", "uk"), ("lit", "lt"), ("lav", "lv"), ("est", "et"), ("kat", "ka"), ("hye", "hy"), ("aze", "az"), ("ara", "ar"), ("fas", "fa"),
    ("prs", "prs"), ("pus", "ps"), ("kur", "ku"), ("kmr", "kmr"), ("ckb", "ckb"), ("urd", "ur"), ("hin", "hi"), ("tir", "ti"), ("amh", "am"),
    ("som", "so"), ("vie", "vi"), ("tha", "th"), ("zho", "zh"), ("jpn", "ja"), ("kor", "ko"), ("heb", "he"), ("lat", "la"), ("nds", "nds"),
    ("gsg", "gsg"), ("sgn", "gsg"), ("lux", "lb"), ("cat", "ca"), ("isl", "is"),
];

/// The tag for an ISO 639-2 code or a tag that is one already.
pub(crate) fn language(code: &str, vocabularies: &Vocabularies) -> Option<LanguageTag> {
    let code = code.trim().to_ascii_lowercase();
    let known = vocabularies.get(ids::LANGUAGES);
    let tag = known
        .and_then(|v| v.by_notation(SCHEME, &code).or_else(|| v.concept(&code)))
        .map(|concept| concept.code.clone())
        .or_else(|| TERMINOLOGICAL.iter().find(|(from, _)| *from == code).map(|(_, to)| (*to).to_owned()))?;
    LanguageTag::try_from(tag).ok()
}

/// The terminological code of ISO 639-2 for a tag; of several the usual one.
pub(crate) fn terminological(tag: &LanguageTag, vocabularies: &Vocabularies) -> Option<String> {
    let listed = TERMINOLOGICAL.iter().find(|(_, to)| *to == tag.as_str()).map(|(code, _)| (*code).to_owned());
    listed.or_else(|| vocabularies.concept(ids::LANGUAGES, tag.as_str())?.notations.get(SCHEME)?.first().cloned())
}
