//! Places of formats that know no identifiers for them.

use super::Notes;
use crate::xml::Element;
use domain::areas::GeoPoint;
use domain::catalogue::{Address, PlaceDraft};
use domain::text::{ExternalId, Title, Translations, fold};
use sha2::{Digest, Sha256};

/// What tells one place from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PlaceParts<'a> {
    /// Name.
    pub name: Option<&'a str>,
    /// Street and number.
    pub street: Option<&'a str>,
    /// Postcode.
    pub postal_code: Option<&'a str>,
    /// Town.
    pub locality: Option<&'a str>,
    /// Part of the town.
    pub district: Option<&'a str>,
    /// Country in whatever way it is written.
    pub country: Option<&'a str>,
}

/// Names that say that there is no place.
const NOWHERE: &[&str] =
    &["online", "virtuell", "internet", "im internet", "digital", "webinar", "zoom", "-", "k.a.", "keine angabe", "home office", "zu hause"];

impl<'a> PlaceParts<'a> {
    /// Takes the parts out of an element whose children have these names: name, street, postcode, town, part of the town, country.
    pub(crate) fn of(element: &'a Element, [name, street, postal_code, locality, district, country]: [&str; 6]) -> Self {
        Self {
            name: element.text_at(name),
            street: element.text_at(street),
            postal_code: element.text_at(postal_code),
            locality: element.text_at(locality),
            district: element.text_at(district),
            country: element.text_at(country),
        }
    }

    /// Whether this is a place at all.
    pub(crate) fn is_somewhere(&self) -> bool {
        let addressed = self.street.is_some() || self.postal_code.is_some() || self.locality.is_some();
        let named = self.name.is_some_and(|name| !NOWHERE.contains(&fold(name).trim()));
        addressed || named
    }

    /// An identifier made of name and address: the same place in another record or another export has the same one.
    pub(crate) fn external_id(&self) -> Option<ExternalId> {
        if !self.is_somewhere() {
            return None;
        }
        let mut digest = Sha256::new();
        for part in [self.name, self.street, self.postal_code, self.locality] {
            let folded = fold(part.unwrap_or_default());
            for word in folded.split_whitespace() {
                digest.update(word.as_bytes());
                digest.update(b" ");
            }
            digest.update([0x1f]);
        }
        let hash = digest.finalize();
        let hex: String = hash.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
        ExternalId::try_from(format!("place-{hex}")).ok()
    }

    /// The address; a postcode that cannot be one is left out and told.
    pub(crate) fn address(&self, notes: &mut Notes, pointer: &str) -> Address {
        // A code is one already, whichever country it is.
        let code = self.country.map(str::trim).filter(|text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()));
        let country = code.or(self.country.map_or(Some("DE"), country_code));
        if let (None, Some(text)) = (country, self.country) {
            notes.not_mapped(&format!("{pointer}/country"), text);
        }
        let country = country.unwrap_or("DE");
        let postal_code = self.postal_code.filter(|code| {
            let fits = country != "DE" || (code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit()));
            if !fits {
                notes.not_mapped(&format!("{pointer}/postcode"), code);
            }
            fits && code.len() <= 12
        });
        Address {
            street: notes.title(self.street, pointer),
            postal_code: postal_code.map(str::to_owned),
            locality: notes.title(self.locality, pointer),
            district: notes.title(self.district.filter(|district| Some(*district) != self.locality), pointer),
            country: country.to_owned(),
        }
    }

    /// The place; its name is the street or the town where it has none.
    pub(crate) fn draft(&self, notes: &mut Notes, pointer: &str) -> Option<PlaceDraft> {
        let external_id = self.external_id()?;
        let name: Option<Title> = notes.title(self.name.or(self.street).or(self.locality).or(self.postal_code), pointer);
        let name = notes.required(name, pointer)?;
        Some(PlaceDraft {
            external_id,
            name,
            address: self.address(notes, pointer),
            geo: None,
            accessibility: vec![],
            public_transport: None,
            url: None,
            licence: None,
            translations: Translations::new(),
        })
    }
}

/// An identifier made of texts, spelling folded, for formats that know none.
pub(crate) fn hashed_id(kind: &str, texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        for word in fold(text).split_whitespace() {
            digest.update(word.as_bytes());
            digest.update(b" ");
        }
        digest.update([0x1f]);
    }
    let hash = digest.finalize();
    let hex: String = hash.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}-{hex}")
}

/// A point from two texts in degrees; nothing if it is not on earth or only zeros.
pub(crate) fn geo_point(lat: &str, lon: &str) -> Option<GeoPoint> {
    let read = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    let point = GeoPoint { lat: read(lat, 90.0)?, lon: read(lon, 180.0)? };
    (point.lat != 0.0 || point.lon != 0.0).then_some(point)
}

fn country_code(text: &str) -> Option<&'static str> {
    Some(match fold(text.trim()).as_str() {
        "" | "d" | "de" | "deu" | "ger" | "deutschland" | "germany" | "brd" | "bundesrepublik deutschland" => "DE",
        "a" | "at" | "aut" | "oesterreich" | "austria" => "AT",
        "ch" | "che" | "schweiz" | "switzerland" => "CH",
        "pl" | "pol" | "polen" | "poland" | "polska" => "PL",
        "dk" | "dnk" | "daenemark" | "denmark" => "DK",
        "nl" | "nld" | "niederlande" | "netherlands" => "NL",
        "cz" | "cze" | "tschechien" => "CZ",
        "f" | "fr" | "fra" | "frankreich" | "france" => "FR",
        "l" | "lu" | "lux" | "luxemburg" => "LU",
        "b" | "be" | "bel" | "belgien" => "BE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_place_has_the_same_id_however_it_is_spelled() {
        let one = PlaceParts {
            name: Some("vhs-Haus"),
            street: Some("Karmeliterstraße 1"),
            postal_code: Some("19370"),
            locality: Some("Parchim"),
            ..PlaceParts::default()
        };
        let other = PlaceParts { name: Some("VHS-Haus"), street: Some("Karmeliterstrasse  1"), country: Some("D"), ..one.clone() };
        assert_eq!(one.external_id(), other.external_id());
        assert_ne!(one.external_id(), PlaceParts { street: Some("Karmeliterstraße 2"), ..one.clone() }.external_id());
        assert_eq!(PlaceParts { name: Some("Online"), ..PlaceParts::default() }.external_id(), None);
        assert_eq!(PlaceParts::default().external_id(), None);
    }

    #[test]
    fn odd_countries_and_postcodes_cost_themselves_only() {
        let mut notes = Notes::default();
        let parts = PlaceParts { country: Some("deutschland"), postal_code: Some("1937"), locality: Some("Parchim"), ..PlaceParts::default() };
        let address = parts.address(&mut notes, "/LOCATION");
        assert_eq!((address.country.as_str(), address.postal_code), ("DE", None));
        assert_eq!(notes.finish(None).unwrap_err().len(), 1);
    }
}
