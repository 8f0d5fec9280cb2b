//! Kinds of schools and other institutions by the words of registers.

use crate::mapping::organization_kind;
use domain::text::fold;

/// Parts of words in the order in which they are tried.
#[rustfmt::skip]
const PARTS: &[(&str, &str)] = &[
    ("abendgym", "evening-grammar-school"), ("musikschule", "music-school"), ("music_school", "music-school"), ("waldorf", "waldorf-school"),
    ("foerder", "special-needs-school"), ("sonderpaed", "special-needs-school"), ("gesamt", "comprehensive-school"), ("gymnasi", "grammar-school"),
    ("schultyp_gym", "grammar-school"), ("regional", "regional-school"), ("beruf", "vocational-school"), ("fachschule", "vocational-school"),
    ("grund", "primary-school"), ("primar", "primary-school"), ("kindergarten", "childcare-centre"), ("kita", "childcare-centre"),
    ("kindertages", "childcare-centre"), ("tagespflege", "childminding"), ("hort", "after-school-care"), ("library", "library"),
    ("university", "university"), ("hochschule", "university"), ("community_centre", "community-centre"), ("youth", "youth-centre"),
    ("museum", "museum"), ("theatre", "theatre"), ("arts_centre", "community-centre"), ("social_facility", "counselling-service"),
];

/// The code of the vocabulary `organization-kinds`, by what the register says, then by the layer, then by the name.
pub(super) fn kind(stated: Option<&str>, layer: &str, name: &str) -> Option<&'static str> {
    [stated.unwrap_or_default(), layer].into_iter().find_map(by_words).or_else(|| Some(organization_kind(name)).filter(|kind| *kind != "other"))
}

fn by_words(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let known = PARTS.iter().find(|(part, _)| folded.contains(part)).map(|(_, code)| *code);
    known.or_else(|| Some(organization_kind(text)).filter(|kind| *kind != "other"))
}

/// Whether a word says that this is a school, if not which.
pub(super) fn is_school(text: &str) -> bool {
    let folded = fold(text);
    folded.contains("schul") || folded.contains("school")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_say_what_a_school_is() {
        for (stated, code) in [
            ("Grundschule", "primary-school"),
            ("Regionale Schule mit Grundschule", "regional-school"),
            ("Kooperative Gesamtschule", "comprehensive-school"),
            ("Gymnasium", "grammar-school"),
            ("Abendgymnasium", "evening-grammar-school"),
            ("Schule mit dem Förderschwerpunkt Lernen", "special-needs-school"),
            ("Berufliche Schule", "vocational-school"),
            ("kindergarten", "childcare-centre"),
        ] {
            assert_eq!(kind(Some(stated), "", ""), Some(code), "{stated}");
        }
        assert_eq!(kind(None, "schultyp_grund", "Schule am Park"), Some("primary-school"));
        assert_eq!(kind(None, "schultyp_berufs", ""), Some("vocational-school"));
        assert_eq!(kind(None, "", "Stadtbibliothek"), Some("library"));
        assert_eq!(kind(None, "bushaltestellen", "Markt"), None);
    }
}
