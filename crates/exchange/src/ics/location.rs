//! `LOCATION` and `GEO`: free text that often is an address, sometimes only "online".

use super::lines::unescape;
use crate::Decoded;
use crate::mapping::{Notes, PlaceParts, geo_point};
use crate::xml::Element;
use domain::catalogue::Draft;
use domain::text::fold;

/// What could be read out of a line of text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Location {
    /// What is not part of the address.
    pub name: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    locality: Option<String>,
    country: Option<String>,
    /// A web address that stands in place of a place.
    pub url: Option<String>,
}

impl Location {
    /// Takes a text apart: web addresses, countries, "19370 Parchim", streets with a number; the rest is the name.
    pub(super) fn parse(text: &str) -> Self {
        let mut location = Self::default();
        let mut name: Vec<&str> = Vec::new();
        let mut after_street = false;
        for part in text.split(['\n', ',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            let expects_town = std::mem::take(&mut after_street);
            if part.starts_with("http://") || part.starts_with("https://") {
                location.url.get_or_insert_with(|| part.to_owned());
            } else if matches!(fold(part).as_str(), "deutschland" | "germany" | "de" | "brd") {
                location.country = Some(part.to_owned());
            } else if let Some((code, town)) = postcode(part) {
                location.postal_code = Some(code.to_owned());
                location.locality = Some(town.trim()).filter(|town| !town.is_empty()).map(str::to_owned).or(location.locality);
                after_street = location.locality.is_none();
            } else if location.street.is_none() && is_street(part) {
                location.street = Some(part.to_owned());
                after_street = true;
            } else if expects_town && location.locality.is_none() && !part.contains(|c: char| c.is_ascii_digit()) {
                location.locality = Some(part.to_owned());
            } else {
                name.push(part);
            }
        }
        location.name = Some(name.join(", ")).filter(|name| !name.is_empty());
        location
    }

    pub(super) fn of(event: &Element) -> Option<Self> {
        event.text_at("LOCATION").map(|text| Self::parse(&unescape(text)))
    }

    pub(super) fn parts(&self) -> PlaceParts<'_> {
        PlaceParts {
            name: self.name.as_deref(),
            street: self.street.as_deref(),
            postal_code: self.postal_code.as_deref(),
            locality: self.locality.as_deref(),
            district: None,
            country: self.country.as_deref(),
        }
    }
}

/// `19370 Parchim`, `D-19370 Parchim`, `19370`.
fn postcode(part: &str) -> Option<(&str, &str)> {
    let part = part.strip_prefix("D-").or_else(|| part.strip_prefix("DE-")).unwrap_or(part);
    let (code, town) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
    (code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit())).then_some((code, town))
}

/// A word for a street and a number at the end.
fn is_street(part: &str) -> bool {
    const WORDS: &[&str] = &["str", "weg", "platz", "allee", "ring", "markt", "damm", "ufer", "chaussee", "gasse", "berg", "graben", "hof", "wall"];
    let Some((street, number)) = part.rsplit_once(' ') else { return false };
    let numbered = number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 8;
    let folded = fold(street);
    numbered && folded.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.iter().any(|w| word.ends_with(w) || word.ends_with("strasse")))
}

/// The record of the place of an event; none if it is nowhere.
pub(super) fn record(event: &Element) -> Option<Element> {
    let id = Location::of(event)?.parts().external_id()?;
    let mut record = Element::new("PLACE", &[("id", id.as_str())]);
    record.children.extend(event.children.iter().filter(|p| matches!(p.name.as_str(), "LOCATION" | "GEO")).cloned());
    Some(record)
}

pub(super) fn place(record: &Element) -> Decoded {
    let mut notes = Notes::default();
    let location = Location::of(record).unwrap_or_default();
    let mut draft = location.parts().draft(&mut notes, "/LOCATION");
    if let Some(draft) = &mut draft {
        draft.geo = record.text_at("GEO").and_then(|text| {
            let point = text.split_once([';', ',']).and_then(|(lat, lon)| geo_point(lat, lon));
            if point.is_none() {
                notes.not_mapped("/GEO", text);
            }
            point
        });
    }
    notes.finish(draft.map(|draft| Draft::Place(Box::new(draft))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_out_of_text() {
        let parts = |text: &str| {
            let l = Location::parse(text);
            [l.name, l.street, l.postal_code, l.locality, l.url].map(Option::unwrap_or_default).join("|")
        };
        assert_eq!(parts("Stadtbibliothek, Lindenstraße 38, 19370 Parchim, Deutschland"), "Stadtbibliothek|Lindenstraße 38|19370|Parchim|");
        assert_eq!(parts("Rathaus\nAm Markt 1a\nD-19288 Ludwigslust"), "Rathaus|Am Markt 1a|19288|Ludwigslust|");
        assert_eq!(parts("Haus A, Raum 12"), "Haus A, Raum 12||||");
        assert_eq!(parts("Putlitzer Str. 25, Parchim"), "|Putlitzer Str. 25||Parchim|");
        assert_eq!(parts("https://meet.example.org/x"), "||||https://meet.example.org/x");
        assert_eq!(Location::parse("Online").parts().external_id(), None);
        assert_eq!(Location::parse("").parts().external_id(), None);
    }
}
