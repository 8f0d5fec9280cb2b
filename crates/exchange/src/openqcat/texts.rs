//! The description: what the format keeps in a dozen small texts, in the order in which people ask for it.

use super::offer::modules;
use crate::mapping::{Notes, plain_to_markdown};
use crate::xml::Element;
use domain::text::{Markdown, Short, fold};

/// Texts that say that there is nothing to say.
pub(super) fn says_something(text: &str) -> bool {
    !matches!(fold(text.trim()).as_str(), "" | "-" | "keine angabe" | "keine angaben" | "k.a." | "k. a." | "entfaellt")
}

pub(super) fn description(service: &Element, notes: &mut Notes) -> Option<Markdown> {
    let details = service.at("SERVICE_DETAILS")?;
    let education = details.at("SERVICE_MODULE/EDUCATION");
    let mut parts = Vec::new();
    let mut add = |heading: Option<&str>, text: Option<&str>| {
        let Some(text) = text.filter(|text| says_something(text)) else { return };
        let markdown = plain_to_markdown(text);
        parts.push(match heading {
            Some(heading) => format!("### {heading}\n\n{markdown}"),
            None => markdown,
        });
    };
    add(None, details.text_at("DESCRIPTION_LONG"));
    for text in education.into_iter().flat_map(|_| modules(service)).filter_map(|module| module.text_at("MARKETINGTEXT")) {
        add(None, Some(text));
    }
    // A short requirement stands in its own field; only a long one needs the room here.
    add(Some("Voraussetzungen"), details.text_at("REQUIREMENTS").filter(|text| text.chars().count() > Short::MAX));
    for group in details.all("TARGET_GROUP") {
        add(Some("Zielgruppe"), group.text_at("TARGET_GROUP_TEXT"));
    }
    if let Some(education) = education {
        add(Some("Abschluss"), education.text_at("DEGREE/DEGREE_DESCRIPTION"));
        for degree in education.all("DEGREE") {
            degree.all("DEGREE_ADD_QUALIFICATION").for_each(|e| add(Some("Zusatzqualifikationen"), Some(&e.text)));
            degree.all("DEGREE_ENTITLED").for_each(|e| add(Some("Berechtigung durch den Abschluss"), Some(&e.text)));
        }
        add(Some("Anrechnung"), education.text_at("CREDITS"));
        for subsidy in education.all("SUBSIDY") {
            add(Some("Förderung"), subsidy.text_at("SUBSIDY_DESCRIPTION").or_else(|| subsidy.text_at("SUBSIDY_INSTITUTION")));
        }
        add(Some("Hinweise zur Förderung"), education.text_at("EXTENDED_INFO/FUNDING_TYPES_REMARKS"));
        add(Some("Unterrichtssprache"), education.text_at("EXTENDED_INFO/TEACHING_LANGUAGES_REMARKS"));
    }
    details.all("TERMS_AND_CONDITIONS").for_each(|e| add(Some("Bedingungen"), Some(&e.text)));
    if parts.is_empty() { None } else { notes.markdown(&parts.join("\n\n"), "/SERVICE_DETAILS/DESCRIPTION_LONG") }
}
