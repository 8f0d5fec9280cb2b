//! Which language a request wants.

use actix_web::HttpRequest;
use actix_web::http::header;
use domain::problem::{Message, ValueError};

/// Languages in which content may be asked for (BCP 47). Not every record has every one.
pub const CONTENT_LANGUAGES: &[&str] = &["de", "de-simple", "en", "uk", "ru", "pl", "ar", "fa", "ro"];

/// Languages of the interface: error texts come in these.
pub const INTERFACE_LANGUAGES: &[&str] = &["de", "en"];

/// The language of a request: one for content, and the nearest one that the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Language(&'static str);

impl Language {
    /// German, the default.
    pub(crate) const GERMAN: Self = Self("de");

    /// The language of a tag, if content may be asked for in it.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        CONTENT_LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(tag)).map(|known| Self(known))
    }

    /// What a request wants: `?lang=` if it is known, else the best of `Accept-Language`, else German.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let wish = url::form_urlencoded::parse(request.query_string().as_bytes()).find(|(name, _)| name == "lang");
        if let Some(language) = wish.and_then(|(_, tag)| Self::from_tag(&tag)) {
            return language;
        }
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or(Self::GERMAN, Self::preferred)
    }

    /// The best language of an `Accept-Language` value.
    fn preferred(accepted: &str) -> Self {
        let mut best = (0.0_f32, Self::GERMAN);
        for range in accepted.split(',').take(20) {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let primary = tag.split('-').next().unwrap_or_default();
            if let Some(language) = Self::from_tag(tag).or_else(|| Self::from_tag(primary))
                && quality > best.0
            {
                best = (quality, language);
            }
        }
        best.1
    }

    /// The tag, for content.
    pub(crate) fn tag(self) -> &'static str {
        self.0
    }

    /// Whether the interface answers in English: German only to those who read German.
    fn english(self) -> bool {
        !self.0.starts_with("de")
    }

    /// The text of a message for this language.
    pub(crate) fn choose(self, message: &Message) -> &str {
        if self.english() { &message.en } else { &message.de }
    }

    /// The text of a value error for this language.
    pub(crate) fn choose_error(self, error: ValueError) -> String {
        if self.english() { error.en } else { error.de }
    }

    /// One of two texts.
    pub(crate) fn pick(self, de: &'static str, en: &'static str) -> &'static str {
        if self.english() { en } else { de }
    }
}

/// Reads the value of `lang`.
pub(crate) fn parse(tag: &str) -> Result<Language, ValueError> {
    Language::from_tag(tag).ok_or_else(|| {
        let known = CONTENT_LANGUAGES.join(", ");
        ValueError::new(
            "language-unknown",
            format!("„{tag}“ gibt es hier nicht. Erlaubt sind: {known}."),
            format!("“{tag}” is not available. Allowed: {known}."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_decides_and_regions_are_understood() {
        assert_eq!(Language::preferred("en-GB,en;q=0.9,de;q=0.8").tag(), "en");
        assert_eq!(Language::preferred("fr, de-AT;q=0.7, en;q=0.3").tag(), "de");
        assert_eq!(Language::preferred("uk;q=0.2, en;q=0.1").tag(), "uk");
        assert_eq!(Language::preferred("en;q=0, *;q=0.5").tag(), "de");
        assert_eq!(Language::preferred("\u{1f600};;;q=x").tag(), "de");
    }

    #[test]
    fn other_readers_get_english_texts() {
        let pick = |tag| Language::from_tag(tag).unwrap().pick("de", "en");
        assert_eq!((pick("de-simple"), pick("uk"), pick("en")), ("de", "en", "en"));
    }
}
