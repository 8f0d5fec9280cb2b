//! What kind of organisation a name speaks of, for formats that do not say it.

use domain::text::fold;

/// Parts of names in the order in which they are tried; a part with a blank at its end or beginning has to be a word there.
#[rustfmt::skip]
const PARTS: &[(&str, &str)] = &[
    ("volkshochschule", "adult-education-centre"), (" vhs ", "adult-education-centre"), (" kvhs ", "adult-education-centre"),
    ("musikschule", "music-school"), ("kunstschule", "art-school"), ("hochschule", "university"), ("universitaet", "university"),
    ("university", "university"), ("bibliothek", "library"), ("buecherei", "library"), ("library", "library"), ("mediathek", "library"),
    ("museum", "museum"), ("gedenkstaette", "memorial-site"), ("archiv ", "archive"), ("theater", "theatre"), ("kindertages", "childcare-centre"),
    (" kita ", "childcare-centre"), ("kindergarten", "childcare-centre"), ("kinderkrippe", "childcare-centre"), (" hort ", "after-school-care"),
    ("grundschule", "primary-school"), ("regionale schule", "regional-school"), ("regionalschule", "regional-school"),
    ("gesamtschule", "comprehensive-school"), ("abendgymnasium", "evening-grammar-school"), ("gymnasium", "grammar-school"),
    ("foerderschule", "special-needs-school"), ("foerderzentrum", "special-needs-school"), ("waldorfschule", "waldorf-school"),
    ("berufliche schule", "vocational-school"), ("berufsschule", "vocational-school"), ("familienzentrum", "family-centre"),
    ("mehrgenerationenhaus", "community-centre"), ("buergerhaus", "community-centre"), ("jugendclub", "youth-centre"), ("jugendklub", "youth-centre"),
    ("jugendhaus", "youth-centre"), ("jugendzentrum", "youth-centre"), ("beratungsstelle", "counselling-service"),
    ("handwerkskammer", "chamber"), ("handelskammer", "chamber"), (" ihk ", "chamber"), (" hwk ", "chamber"),
    ("agentur fuer arbeit", "employment-service"), ("jobcenter", "employment-service"), ("sportverein", "sports-club"),
    ("kirchengemeinde", "church"), ("kirchgemeinde", "church"), ("stiftung", "foundation"), ("landkreis ", "authority"), (" e.v.", "association"),
    (" ev ", "association"), ("verein", "association"),
];

/// The code of the vocabulary `organization-kinds`; `other` if the name does not tell.
pub(crate) fn organization_kind(name: &str) -> &'static str {
    let folded = format!(" {} ", fold(name).replace(['(', ')', ',', '-', '–', '/', ':'], " "));
    PARTS.iter().find(|(part, _)| folded.contains(part)).map_or("other", |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kinds() {
        for (name, kind) in [
            ("Kreisvolkshochschule Ludwigslust-Parchim", "adult-education-centre"),
            ("KVHS", "adult-education-centre"),
            ("Stadtbibliothek Parchim – Veranstaltungen", "library"),
            ("Kreismusikschule", "music-school"),
            ("Ev. Kirchengemeinde Crivitz", "church"),
            ("Heimatverein Dorf e.V.", "association"),
            ("Termine", "other"),
            ("", "other"),
        ] {
            assert_eq!(organization_kind(name), kind, "{name}");
        }
    }
}
