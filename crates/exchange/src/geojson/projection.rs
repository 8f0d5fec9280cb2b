//! From metres on a map to degrees: the inverse of the transverse Mercator projection by the series of Krüger.
//!
//! The series ends after the third power of the flattening: within a zone its error is far below a millimetre.

use domain::areas::GeoPoint;

/// Half axis of GRS 80 in metres.
const AXIS: f64 = 6_378_137.0;
/// Flattening of GRS 80.
const FLATTENING: f64 = 1.0 / 298.257_222_101;
/// Scale of UTM on the central meridian.
const SCALE: f64 = 0.9996;

/// A zone of UTM.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TransverseMercator {
    /// Central meridian in degrees.
    meridian: f64,
    /// Easting of the central meridian in metres.
    false_easting: f64,
}

impl TransverseMercator {
    /// Zone by number, with the easting of its central meridian.
    pub(crate) fn zone(number: u8, false_easting: f64) -> Self {
        Self { meridian: f64::from(number) * 6.0 - 183.0, false_easting }
    }

    /// Degrees of an easting and a northing in metres; nothing far outside of the zone.
    pub(crate) fn inverse(self, east: f64, north: f64) -> Option<GeoPoint> {
        if (east - self.false_easting).abs() > 1_000_000.0 || !(0.0..=10_000_000.0).contains(&north) {
            return None;
        }
        let n = FLATTENING / (2.0 - FLATTENING);
        let (n2, n3) = (n * n, n * n * n);
        let radius = AXIS / (1.0 + n) * (1.0 + n2 / 4.0 + n2 * n2 / 64.0);
        let xi = north / (SCALE * radius);
        let eta = (east - self.false_easting) / (SCALE * radius);
        let beta = [n / 2.0 - 2.0 * n2 / 3.0 + 37.0 * n3 / 96.0, n2 / 48.0 + n3 / 15.0, 17.0 * n3 / 480.0];
        let delta = [2.0 * n - 2.0 * n2 / 3.0 - 2.0 * n3, 7.0 * n2 / 3.0 - 8.0 * n3 / 5.0, 56.0 * n3 / 15.0];
        let (mut xi_prime, mut eta_prime) = (xi, eta);
        for (factor, beta) in [2.0, 4.0, 6.0].into_iter().zip(beta) {
            xi_prime -= beta * (factor * xi).sin() * (factor * eta).cosh();
            eta_prime -= beta * (factor * xi).cos() * (factor * eta).sinh();
        }
        let chi = (xi_prime.sin() / eta_prime.cosh()).asin();
        let latitude = [2.0, 4.0, 6.0].into_iter().zip(delta).fold(chi, |latitude, (factor, delta)| latitude + delta * (factor * chi).sin());
        let longitude = eta_prime.sinh().atan2(xi_prime.cos());
        Some(GeoPoint { lat: latitude.to_degrees(), lon: self.meridian + longitude.to_degrees() })
    }
}

/// Degrees of the maps of the web.
pub(crate) fn web_mercator(x: f64, y: f64) -> Option<GeoPoint> {
    let most = AXIS * std::f64::consts::PI;
    (x.abs() <= most && y.abs() <= most)
        .then(|| GeoPoint { lat: (2.0 * (y / AXIS).exp().atan() - std::f64::consts::FRAC_PI_2).to_degrees(), lon: (x / AXIS).to_degrees() })
}
