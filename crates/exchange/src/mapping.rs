//! What all foreign formats need on their way to a draft: texts that may be too long, places without ids, dates of many shapes.

mod dates;
mod kinds;
mod languages;
mod organizations;
mod places;
mod texts;

pub(crate) use dates::{day, duration, local_time, moment};
pub(crate) use kinds::offer_kind;
pub(crate) use languages::{language, terminological};
pub(crate) use organizations::organization_kind;
pub(crate) use places::{PlaceParts, geo_point, hashed_id};
pub(crate) use texts::{plain_to_markdown, topics_by_words};

use crate::{Decoded, problems};
use domain::Problem;
use domain::catalogue::Draft;
use domain::problem::ValueError;
use domain::text::{ExternalId, Markdown, Short, Title, WebUrl};

/// Collects what is wrong or lost while a record is mapped.
#[derive(Default)]
pub(crate) struct Notes {
    problems: Vec<Problem>,
}

impl Notes {
    /// Something that refuses the record.
    pub(crate) fn error(&mut self, pointer: impl Into<String>, value: ValueError) {
        self.problems.push(Problem::error(pointer, value));
    }

    /// Something that is lost.
    pub(crate) fn warning(&mut self, pointer: impl Into<String>, value: ValueError) {
        self.problems.push(Problem::warning(pointer, value));
    }

    /// An element without counterpart.
    pub(crate) fn not_mapped(&mut self, pointer: &str, value: &str) {
        let name = pointer.rsplit('/').next().unwrap_or(pointer);
        self.warning(pointer, problems::not_mapped(name, value));
    }

    /// The draft, unless something refused it or a required part is missing.
    pub(crate) fn finish(self, draft: Option<Draft>) -> Decoded {
        match draft {
            Some(draft) if self.problems.iter().all(|p| p.severity == domain::Severity::Warning) => Ok((draft, self.problems)),
            _ => Err(self.problems),
        }
    }

    /// A required text; its absence refuses the record.
    pub(crate) fn required<T>(&mut self, value: Option<T>, pointer: &str) -> Option<T> {
        if value.is_none() {
            let name = pointer.rsplit('/').next().unwrap_or(pointer);
            self.error(pointer, problems::missing_element(name));
        }
        value
    }

    /// An identifier of the source.
    pub(crate) fn external_id(&mut self, text: Option<&str>, pointer: &str) -> Option<ExternalId> {
        let text = self.required(text, pointer)?;
        ExternalId::try_from(text).map_err(|e| self.error(pointer, e)).ok()
    }

    /// A title, shortened where it is too long.
    pub(crate) fn title(&mut self, text: Option<&str>, pointer: &str) -> Option<Title> {
        let (title, cut) = Title::truncated(&domain::text::html_to_text(text?))?;
        self.note_cut(cut, Title::MAX, pointer);
        Some(title)
    }

    /// A short text, shortened where it is too long.
    pub(crate) fn short(&mut self, text: Option<&str>, pointer: &str) -> Option<Short> {
        let (short, cut) = Short::truncated(&domain::text::html_to_text(text?))?;
        self.note_cut(cut, Short::MAX, pointer);
        Some(short)
    }

    /// A long text that already is Markdown, shortened where it is too long.
    pub(crate) fn markdown(&mut self, text: &str, pointer: &str) -> Option<Markdown> {
        let (markdown, cut) = Markdown::truncated(text)?;
        self.note_cut(cut, Markdown::MAX, pointer);
        Some(markdown)
    }

    fn note_cut(&mut self, cut: bool, limit: usize, pointer: &str) {
        if cut {
            self.warning(pointer, problems::shortened(limit));
        }
    }

    /// A web address; `www.…` is completed.
    pub(crate) fn url(&mut self, text: Option<&str>, pointer: &str) -> Option<WebUrl> {
        let text = text?.trim();
        let complete = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let shaped = complete.contains('.') && !complete.contains(char::is_whitespace);
        let url = shaped.then(|| WebUrl::try_from(complete).ok()).flatten();
        if url.is_none() {
            self.not_mapped(pointer, text);
        }
        url
    }

    /// A mailbox.
    pub(crate) fn email(&mut self, text: Option<&str>, pointer: &str) -> Option<Title> {
        let text = text?;
        if text.split('@').filter(|part| !part.is_empty()).count() != 2 || text.contains(char::is_whitespace) {
            self.not_mapped(pointer, text);
            return None;
        }
        self.title(Some(text), pointer)
    }

    /// A number that is not negative; −1 means "unknown" in the wild.
    pub(crate) fn count(&mut self, text: Option<&str>, pointer: &str) -> Option<u32> {
        let text = text?;
        let number: Option<f64> = text.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite() && *n <= 1_000_000.0);
        match number {
            Some(n) if n < 0.0 => None,
            // In range and not negative, so nothing is lost but the fraction.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(n) => Some(n.round() as u32),
            None => {
                self.warning(pointer, problems::number_invalid(text));
                None
            }
        }
    }

    /// An amount of money in cents.
    pub(crate) fn cents(&mut self, text: Option<&str>, pointer: &str) -> Option<u32> {
        let text = text?;
        let cents = parse_cents(text);
        if cents.is_none() {
            self.warning(pointer, problems::number_invalid(text));
        }
        cents
    }
}

/// `1234.5`, `1.234,50`, `47,00` → cents. At most ten million euros.
pub(crate) fn parse_cents(text: &str) -> Option<u32> {
    let text = text.trim();
    let decimal = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (Some(_), None) => text.replace(',', "."),
        _ => text.to_owned(),
    };
    if !decimal.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let euros: f64 = decimal.parse().ok().filter(|n| (0.0..=10_000_000.0).contains(n))?;
    // Bounded above, so it fits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some((euros * 100.0).round() as u32)
}

/// `true`, `1`, `ja` and their opposites.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "ja" | "wahr" => Some(true),
        "false" | "0" | "nein" | "falsch" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money() {
        for (text, cents) in [("35464.5", 3_546_450), ("47,00", 4700), ("1.234,50", 123_450), ("1,234.50", 123_450), ("0.0", 0), ("82.8", 8280)] {
            assert_eq!(parse_cents(text), Some(cents), "{text}");
        }
        for bad in ["", "auf Anfrage", "-5", "1e9", "99999999999", "NaN", "."] {
            assert_eq!(parse_cents(bad), None, "{bad}");
        }
    }

    #[test]
    fn web_addresses_are_completed_and_nonsense_is_told() {
        let mut notes = Notes::default();
        assert_eq!(notes.url(Some("www.example.org/a"), "/URL").unwrap().as_str(), "https://www.example.org/a");
        assert!(notes.url(Some("javascript:alert(1)"), "/URL").is_none());
        assert!(notes.url(Some("trimester"), "/URL").is_none());
        assert_eq!(notes.problems.len(), 2);
    }
}
