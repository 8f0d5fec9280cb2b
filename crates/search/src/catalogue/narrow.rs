//! Filters and what they leave, and the counts of facets without their own filter.

use super::{FacetCount, Facets, Near};
use crate::SearchError;
use crate::index::{Bits, Segment, Snapshot, millionths};
use domain::areas::GeoPoint;
use std::collections::BTreeMap;

/// A filter and the documents it lets through.
pub(super) struct Filter {
    /// Name of the parameter.
    pub(super) parameter: &'static str,
    /// Its values, joined by commas.
    pub(super) value: String,
    /// The facet whose counts do not heed this filter.
    pub(super) group: Option<usize>,
    pub(super) passing: Bits,
}

/// Documents with one of some codes, given as terms.
pub(super) fn with_codes(snapshot: &Snapshot, terms: impl IntoIterator<Item = String>) -> Result<Bits, SearchError> {
    let mut bits = Bits::none(snapshot.len);
    for term in terms {
        snapshot.with_code(&term, &mut bits)?;
    }
    Ok(bits)
}

/// Those of the candidates for which a condition on their numbers holds.
pub(super) fn those_where(snapshot: &Snapshot, candidates: &Bits, holds: impl Fn(&Segment, u32) -> bool) -> Bits {
    let mut bits = Bits::none(snapshot.len);
    for doc in candidates.iter() {
        if snapshot.locate(doc).is_some_and(|(placed, local)| holds(&placed.segment, local)) {
            bits.insert(doc);
        }
    }
    bits
}

/// Distances of the candidates around a point, in metres, in ascending order of documents.
pub(super) fn around(snapshot: &Snapshot, candidates: &Bits, near: Near) -> Vec<(u32, i64)> {
    // A degree of latitude is 111.2 km everywhere, one of longitude shrinks towards the pole.
    let lat = near.radius_km / 111.0;
    let lon = near.radius_km / (111.0 * near.point.lat.to_radians().cos().abs().max(0.01));
    let (south, north) = (millionths(near.point.lat - lat), millionths(near.point.lat + lat));
    let (west, east) = (millionths(near.point.lon - lon), millionths(near.point.lon + lon));
    let mut found = Vec::new();
    for placed in &snapshot.segments {
        let segment = &placed.segment;
        for local in segment.with_value(&segment.lat, south..=north) {
            let doc = placed.base + local;
            if !candidates.contains(doc) {
                continue;
            }
            let points = segment.lat.values_for_doc(local).zip(segment.lon.values_for_doc(local));
            let inside = points.filter(|(y, x)| (south..=north).contains(y) && (west..=east).contains(x));
            let nearest = inside.map(|(y, x)| near.point.distance_km(point(y, x))).fold(f64::INFINITY, f64::min);
            if nearest <= near.radius_km {
                found.push((doc, metres(nearest)));
            }
        }
    }
    found
}

#[allow(clippy::cast_precision_loss)]
fn point(lat: i64, lon: i64) -> GeoPoint {
    GeoPoint { lat: lat as f64 / 1e6, lon: lon as f64 / 1e6 }
}

#[allow(clippy::cast_possible_truncation)]
fn metres(kilometres: f64) -> i64 {
    (kilometres * 1000.0).round() as i64
}

/// The candidates that pass every filter except the one at `but`.
pub(super) fn passing(candidates: &Bits, filters: &[Filter], but: Option<usize>) -> Bits {
    let mut bits = candidates.clone();
    for (at, filter) in filters.iter().enumerate() {
        if Some(at) != but {
            bits.and(&filter.passing);
        }
    }
    bits
}

/// Counts every facet of `groups`, each without its own filter. `hits` pass all filters.
pub(super) fn counts(snapshot: &Snapshot, candidates: &Bits, filters: &[Filter], hits: &Bits, known: Option<&[u32]>) -> Vec<u32> {
    if let (Some(known), true) = (known, filters.is_empty()) {
        return known.to_vec();
    }
    let mut counts = vec![0u32; snapshot.codes.len()];
    add(snapshot, hits, &mut counts, None);
    for (at, filter) in filters.iter().enumerate() {
        if let Some(group) = filter.group {
            let mut missed = passing(candidates, filters, Some(at));
            missed.and_not(&filter.passing);
            add(snapshot, &missed, &mut counts, Some(group));
        }
    }
    counts
}

fn add(snapshot: &Snapshot, documents: &Bits, counts: &mut [u32], only: Option<usize>) {
    for doc in documents.iter() {
        let Some((placed, local)) = snapshot.locate(doc) else { continue };
        for code in placed.segment.codes_of(local) {
            let number = usize::from(*code);
            let wanted = only.is_none_or(|group| snapshot.codes.get(number).is_some_and(|c| c.group == group));
            if wanted && let Some(count) = counts.get_mut(number) {
                *count += 1;
            }
        }
    }
}

/// Counts by parameter, the most frequent first.
pub(super) fn facets(snapshot: &Snapshot, counts: &[u32], groups: impl Iterator<Item = (usize, &'static str)>) -> Facets {
    let mut facets: Facets = BTreeMap::new();
    let names: BTreeMap<usize, &'static str> = groups.collect();
    for name in names.values() {
        facets.insert(name, Vec::new());
    }
    for (code, count) in snapshot.codes.iter().zip(counts).filter(|(_, count)| **count > 0) {
        if let Some(facet) = names.get(&code.group).and_then(|name| facets.get_mut(name)) {
            facet.push(FacetCount { code: code.code.to_string(), count: u64::from(*count) });
        }
    }
    for facet in facets.values_mut() {
        facet.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    }
    facets
}
