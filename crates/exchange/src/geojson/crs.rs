//! Reference systems: what two numbers mean.

use super::projection::{TransverseMercator, web_mercator};
use domain::areas::GeoPoint;

/// A reference system and the order of its axes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Crs {
    /// Degrees, longitude before latitude.
    Wgs84,
    /// Degrees, latitude before longitude: what EPSG says of 4326.
    Wgs84LatLon,
    /// Metres in a zone of UTM, east before north.
    Utm(TransverseMercator),
    /// Metres of the maps of the web.
    WebMercator,
    /// Any other.
    Unknown(String),
}

impl Crs {
    /// By name. `urn:ogc:def:crs:EPSG::4326` and `http://www.opengis.net/def/crs/EPSG/0/4326` have the axes of EPSG; `EPSG:4326`,
    /// `…/epsg.xml#4326` and `CRS84` come from times and programs that put the longitude first.
    pub(crate) fn named(name: &str) -> Self {
        let upper = name.trim().to_ascii_uppercase();
        if upper.ends_with("CRS84") || upper.ends_with("CRS84H") {
            return Self::Wgs84;
        }
        let from = upper.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
        let by_authority = upper.starts_with("URN:") || upper.contains("/DEF/CRS/");
        match upper.get(from..).unwrap_or_default() {
            // ETRS89 and WGS 84 differ by less than a metre.
            "4326" | "4258" | "4979" | "4937" if by_authority => Self::Wgs84LatLon,
            "4326" | "4258" | "4979" | "4937" => Self::Wgs84,
            "25832" | "32632" => Self::Utm(TransverseMercator::zone(32, 500_000.0)),
            "25833" | "32633" => Self::Utm(TransverseMercator::zone(33, 500_000.0)),
            // The same with the zone in front of the easting.
            "4647" => Self::Utm(TransverseMercator::zone(32, 32_500_000.0)),
            "5650" => Self::Utm(TransverseMercator::zone(33, 33_500_000.0)),
            "3857" | "900913" => Self::WebMercator,
            _ => Self::Unknown(name.trim().chars().take(100).collect()),
        }
    }

    /// The same system with east before north.
    pub(crate) fn east_first(self) -> Self {
        if self == Self::Wgs84LatLon { Self::Wgs84 } else { self }
    }

    /// The point of two numbers; nothing outside of the earth.
    pub(crate) fn point(&self, first: f64, second: f64) -> Option<GeoPoint> {
        let point = match self {
            Self::Wgs84 => GeoPoint { lat: second, lon: first },
            Self::Wgs84LatLon => GeoPoint { lat: first, lon: second },
            Self::Utm(zone) => zone.inverse(first, second)?,
            Self::WebMercator => web_mercator(first, second)?,
            Self::Unknown(_) => return None,
        };
        let on_earth = point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0 && (point.lat != 0.0 || point.lon != 0.0);
        on_earth.then_some(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_order_of_axes() {
        for (name, crs) in [
            ("urn:ogc:def:crs:EPSG::4326", Crs::Wgs84LatLon),
            ("urn:x-ogc:def:crs:EPSG:4326", Crs::Wgs84LatLon),
            ("http://www.opengis.net/def/crs/EPSG/0/4326", Crs::Wgs84LatLon),
            ("EPSG:4326", Crs::Wgs84),
            ("http://www.opengis.net/gml/srs/epsg.xml#4326", Crs::Wgs84),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", Crs::Wgs84),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", Crs::Wgs84),
            ("urn:ogc:def:crs:EPSG::31468", Crs::Unknown("urn:ogc:def:crs:EPSG::31468".to_owned())),
            ("", Crs::Unknown(String::new())),
        ] {
            assert_eq!(Crs::named(name), crs, "{name}");
        }
        assert!(matches!(Crs::named("urn:ogc:def:crs:EPSG::25833"), Crs::Utm(_)));
    }
}
