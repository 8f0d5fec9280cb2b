//! Single values of parameters.

use chrono::NaiveDate;
use domain::Uuid;
use domain::areas::{GeoPoint, Region};
use domain::problem::ValueError;
use std::fmt::Display;
use std::str::FromStr;

/// A number between two bounds, both included.
pub(crate) fn number<T: FromStr + PartialOrd + Display + Copy>(text: &str, least: T, most: T) -> Result<T, ValueError> {
    let number: T = text
        .parse()
        .map_err(|_| ValueError::new("number-invalid", format!("„{text}“ ist keine passende Zahl."), format!("“{text}” is not a fitting number.")))?;
    // Also refuses what is not a number at all (NaN is neither).
    if number >= least && number <= most {
        return Ok(number);
    }
    Err(ValueError::new("number-out-of-range", format!("Erlaubt ist {least} bis {most}."), format!("Allowed is {least} to {most}.")))
}

/// One of a few codes.
pub(crate) fn choice<T: Copy>(text: &str, all: &[(&str, T)]) -> Result<T, ValueError> {
    all.iter().find(|(code, _)| *code == text).map(|(_, value)| *value).ok_or_else(|| {
        let allowed = all.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
        ValueError::new(
            "value-unknown",
            format!("„{text}“ ist nicht erlaubt. Erlaubt sind: {allowed}."),
            format!("“{text}” is not allowed. Allowed: {allowed}."),
        )
    })
}

/// Words of at most `most` characters; `None` if there are none.
pub(super) fn words(text: &str, most: usize) -> Result<Option<String>, ValueError> {
    let text = text.trim();
    let length = text.chars().count();
    if length > most {
        return Err(ValueError::new(
            "text-too-long",
            format!("Höchstens {most} Zeichen, es sind {length}."),
            format!("At most {most} characters, there are {length}."),
        ));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A day.
pub(crate) fn date(text: &str) -> Result<NaiveDate, ValueError> {
    // `parse` alone would also take 2027-1-1.
    let parsed = (text.len() == 10).then(|| text.parse::<NaiveDate>().ok()).flatten();
    parsed.ok_or_else(|| {
        ValueError::new("date-invalid", format!("„{text}“ ist kein Tag (JJJJ-MM-TT)."), format!("“{text}” is not a day (YYYY-MM-DD)."))
    })
}

/// An id.
pub(crate) fn uuid(text: &str) -> Result<Uuid, ValueError> {
    text.parse().map_err(|_| ValueError::new("id-invalid", format!("„{text}“ ist keine Id (UUID)."), format!("“{text}” is not an id (UUID).")))
}

/// `lat,lon` or a postcode of the region.
pub(crate) fn point(text: &str, region: &Region) -> Result<GeoPoint, ValueError> {
    if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
        return region.postcode_centre(text).ok_or_else(|| {
            ValueError::new(
                "postcode-unknown",
                format!("Die Postleitzahl {text} gehört nicht zu dieser Region."),
                format!("The postcode {text} does not belong to this region."),
            )
        });
    }
    let invalid = || {
        ValueError::new(
            "position-invalid",
            format!("„{text}“ ist weder eine Postleitzahl noch eine Position (Breite,Länge: 53.4258,11.8481)."),
            format!("“{text}” is neither a postcode nor a position (latitude,longitude: 53.4258,11.8481)."),
        )
    };
    let (lat, lon) = text.split_once(',').ok_or_else(invalid)?;
    let (lat, lon) = (lat.trim().parse::<f64>().map_err(|_| invalid())?, lon.trim().parse::<f64>().map_err(|_| invalid())?);
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return Err(invalid());
    }
    Ok(GeoPoint { lat, lon })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_bounds() {
        assert_eq!(number("200", 1, 200), Ok(200));
        assert_eq!(number("201", 1, 200).unwrap_err().code, "number-out-of-range");
        assert_eq!(number("-1", 1_u32, 200).unwrap_err().code, "number-invalid");
        assert_eq!(number("NaN", 0.0, 1.0).unwrap_err().code, "number-out-of-range");
    }

    #[test]
    fn days_are_written_in_full() {
        assert!(date("2027-01-01").is_ok());
        for bad in ["2027-1-1", "01.01.2027", "2027-02-30", "", "2027-01-01T00:00:00Z"] {
            assert_eq!(date(bad).unwrap_err().code, "date-invalid", "{bad}");
        }
    }
}
