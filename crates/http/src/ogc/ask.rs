//! What a request for features asks for.

use crate::feeds::accept;
use crate::problem::ApiError;
use crate::query::Query;
use actix_web::HttpRequest;
use chrono::{DateTime, NaiveDate};
use domain::ErrorCode;
use domain::problem::ValueError;

/// Features of a page if nothing is said.
const LIMIT: u32 = 100;

/// Most features of a page. The standard demands that a larger number is taken for this one, and is no mistake.
pub(super) const MAX_LIMIT: u32 = 1000;

/// A box in longitudes and latitudes. Its west may lie east of its east: then it goes across the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bbox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Bbox {
    /// Whether a position lies in it, edges included.
    pub(crate) fn contains(&self, lon: f64, lat: f64) -> bool {
        let across = if self.west <= self.east { lon >= self.west && lon <= self.east } else { lon >= self.west || lon <= self.east };
        across && lat >= self.south && lat <= self.north
    }
}

/// The part of a collection that is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    /// Only within this box.
    pub(crate) bbox: Option<Bbox>,
    /// Features of a page.
    pub(crate) limit: u32,
}

/// Reads `bbox`, `limit`, `datetime` and `f`; what is wrong stays in `parameters`.
pub(crate) fn part(parameters: &mut Query<'_>) -> Part {
    let bbox = parameters.one("bbox", bbox);
    let limit = parameters.one("limit", limit).unwrap_or(LIMIT);
    // Nothing here has a time, and what has none is part of every time.
    parameters.one("datetime", datetime);
    parameters.one("f", super::format);
    Part { bbox, limit }
}

/// Refuses requests that accept none of the formats.
pub(crate) fn acceptable(request: &HttpRequest, spoken: &[&str]) -> Result<(), ApiError> {
    // Whoever says it in the address has said it.
    let said = url::form_urlencoded::parse(request.query_string().as_bytes()).any(|(name, _)| name == "f");
    if said || accept::choose(request, spoken).is_some() {
        return Ok(());
    }
    let names = spoken.join(", ");
    Err(ApiError::new(ErrorCode::NotAcceptable).detail(format!("Es gibt: {names}."), format!("Available: {names}.")))
}

fn limit(text: &str) -> Result<u32, ValueError> {
    let digits = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    // More digits than a number can have are a large number.
    let number = if digits { text.parse::<u32>().unwrap_or(u32::MAX) } else { 0 };
    if number == 0 {
        return Err(ValueError::new("number-out-of-range", format!("Erlaubt ist 1 bis {MAX_LIMIT}."), format!("Allowed is 1 to {MAX_LIMIT}.")));
    }
    Ok(number.min(MAX_LIMIT))
}

fn bbox(text: &str) -> Result<Bbox, ValueError> {
    let invalid = || {
        ValueError::new(
            "bbox-invalid",
            "Erwartet werden vier Zahlen: Westen,Süden,Osten,Norden (Grad; Länge −180 bis 180, Breite −90 bis 90), oder sechs mit Höhen.",
            "Four numbers are expected: west,south,east,north (degrees; longitude −180 to 180, latitude −90 to 90), or six with heights.",
        )
    };
    let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse::<f64>().ok().filter(|number| number.is_finite())).collect();
    let (west, south, east, north) = match numbers.as_deref() {
        Some([west, south, east, north]) => (*west, *south, *east, *north),
        // Heights are read and have no meaning: nothing here has one.
        Some([west, south, low, east, north, high]) if low <= high => (*west, *south, *east, *north),
        _ => return Err(invalid()),
    };
    let longitudes = [west, east].iter().all(|lon| (-180.0..=180.0).contains(lon));
    let latitudes = [south, north].iter().all(|lat| (-90.0..=90.0).contains(lat));
    if longitudes && latitudes && south <= north { Ok(Bbox { west, south, east, north }) } else { Err(invalid()) }
}

/// An instant, a day, or an interval of them with `..` for an open end.
fn datetime(text: &str) -> Result<(), ValueError> {
    let instant = |text: &str| DateTime::parse_from_rfc3339(text).is_ok() || (text.len() == 10 && text.parse::<NaiveDate>().is_ok());
    let open = |text: &str| text.is_empty() || text == "..";
    let valid = match text.split_once('/') {
        None => instant(text),
        Some((from, to)) => (open(from) || instant(from)) && (open(to) || instant(to)) && !(open(from) && open(to)),
    };
    if valid {
        return Ok(());
    }
    let de = format!("„{text}“ ist weder ein Zeitpunkt nach RFC 3339 noch ein Zeitraum („2026-01-01T00:00:00Z/..“).");
    let en = format!("“{text}” is neither an instant of RFC 3339 nor an interval (“2026-01-01T00:00:00Z/..”).");
    Err(ValueError::new("datetime-invalid", de, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes() {
        let county = bbox("10.5,53.1,12.4,53.8").unwrap();
        assert!(county.contains(11.8, 53.4) && county.contains(10.5, 53.1) && !county.contains(9.0, 53.4) && !county.contains(11.8, 54.0));
        let pacific = bbox("170, -20, -170, 20").unwrap();
        assert!(pacific.contains(179.0, 0.0) && pacific.contains(-179.0, 0.0) && !pacific.contains(0.0, 0.0), "across the antimeridian");
        assert!(bbox("10,53,0,12,54,100").is_ok(), "with heights");
        for bad in ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "10,54,12,53", "-181,0,0,0", "0,0,0,91", "NaN,0,1,1", "inf,0,1,1", "1,2,9,3,4,5"] {
            assert_eq!(bbox(bad).unwrap_err().code, "bbox-invalid", "{bad}");
        }
    }

    #[test]
    fn too_much_is_as_much_as_there_is() {
        assert_eq!((limit("5"), limit("1000000"), limit("99999999999999")), (Ok(5), Ok(MAX_LIMIT), Ok(MAX_LIMIT)));
        for bad in ["0", "-1", "x", ""] {
            assert!(limit(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn times() {
        for good in ["2026-01-01T00:00:00Z", "2026-01-01", "2026-01-01/..", "../2026-01-01T00:00:00+01:00", "/2026-01-01", "2026-01-01/2026-02-01"] {
            assert!(datetime(good).is_ok(), "{good}");
        }
        for bad in ["", "..", "../..", "/", "gestern", "2026-01-01/x", "2026-1-1"] {
            assert!(datetime(bad).is_err(), "{bad}");
        }
    }
}
