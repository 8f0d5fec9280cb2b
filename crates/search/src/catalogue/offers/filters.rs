//! The filters of offers.

use crate::SearchError;
use crate::catalogue::narrow::{Filter, those_where, with_codes};
use crate::catalogue::{OfferFacet, OfferQuery};
use crate::index::{Bits, CHILDCARE, Documents, EXAMPLE, Segment, Snapshot, View, minute};
use chrono::NaiveTime;
use domain::time::local_to_utc;
use tantivy::Term;

/// The filters of a query. Those on numbers only look at the candidates.
pub(super) fn filters(
    snapshot: &Snapshot,
    documents: &Documents,
    query: &OfferQuery,
    view: &View,
    candidates: &Bits,
    distances: Option<&[(u32, i64)]>,
) -> Result<Vec<Filter>, SearchError> {
    let mut filters = Vec::new();
    for (facet, codes) in query.filters.iter().filter(|(_, codes)| !codes.is_empty()) {
        filters.push(of_codes(snapshot, *facet, codes.iter().map(String::as_str))?);
    }
    let mut add = |parameter: &'static str, value: String, passing: Bits| filters.push(Filter { parameter, value, group: None, passing });
    if !query.organizations.is_empty() {
        let mut bits = Bits::none(snapshot.len);
        for id in &query.organizations {
            let term = Term::from_field_text(snapshot.fields.organization, &id.to_string());
            snapshot.each_posting(|s| &s.organization, &term, |doc| bits.insert(doc))?;
        }
        add("organization", join(query.organizations.iter().map(ToString::to_string)), bits);
    }
    if let (Some(near), Some(distances)) = (query.near, distances) {
        let mut bits = Bits::none(snapshot.len);
        distances.iter().for_each(|(doc, _)| bits.insert(*doc));
        add("near", format!("{},{}", near.point.lat, near.point.lon), bits);
    }
    if query.from.is_some() || query.to.is_some() {
        let zone = documents.region.info().time_zone;
        let midnight = |day| minute(local_to_utc(day, NaiveTime::MIN, zone).0);
        let from = query.from.map_or(i64::MIN, midnight);
        let to = query.to.and_then(|day| day.succ_opt()).map_or(i64::MAX, midnight);
        let parameter = if query.from.is_some() { "from" } else { "to" };
        let value = join(query.from.iter().chain(&query.to).map(ToString::to_string));
        add(parameter, value, in_span(snapshot, from, to));
    }
    if let Some(age) = query.age {
        let years = i64::from(age);
        let fits = |s: &Segment, doc| s.age_min.first(doc).is_some_and(|min| min <= years) && s.age_max.first(doc).is_some_and(|max| years <= max);
        add("age", age.to_string(), those_where(snapshot, candidates, fits));
    }
    if let Some(most) = query.price_max {
        let fits = |s: &Segment, doc| s.price.first(doc).is_some_and(|price| price <= i64::from(most));
        add("priceMax", most.to_string(), those_where(snapshot, candidates, fits));
    }
    if query.bookable {
        let open = |s: &Segment, doc| s.bookable_until.first(doc).is_some_and(|until| until >= view.minute);
        add("bookable", "true".to_owned(), those_where(snapshot, candidates, open));
    }
    if query.childcare {
        add("childcare", "true".to_owned(), with_codes(snapshot, [CHILDCARE.to_owned()])?);
    }
    if query.without_examples {
        let mut bits = candidates.clone();
        bits.and_not(&with_codes(snapshot, [EXAMPLE.to_owned()])?);
        add("example", "false".to_owned(), bits);
    }
    Ok(filters)
}

/// Offers with a session that touches a span of whole days, given in minutes. A session of one day touches it if it starts in it; only
/// those over midnight have to be compared.
fn in_span(snapshot: &Snapshot, from: i64, to: i64) -> Bits {
    let mut bits = Bits::none(snapshot.len);
    for placed in &snapshot.segments {
        let segment = &placed.segment;
        for doc in segment.with_value(&segment.starts, from..=to - 1) {
            bits.insert(placed.base + doc);
        }
        for doc in segment.with_value(&segment.long_starts, i64::MIN..=to - 1) {
            let mut spans = segment.long_starts.values_for_doc(doc).zip(segment.long_ends.values_for_doc(doc));
            if spans.any(|(start, end)| start < to && end >= from) {
                bits.insert(placed.base + doc);
            }
        }
    }
    bits
}

/// One filter of codes. Where all must hold, its own facet heeds it: another choice narrows further.
fn of_codes<'c>(snapshot: &Snapshot, facet: OfferFacet, codes: impl Iterator<Item = &'c str> + Clone) -> Result<Filter, SearchError> {
    let term = |code: &str| format!("{}={code}", facet.parameter());
    let value = join(codes.clone().map(str::to_owned));
    if !facet.all_must_hold() {
        return Ok(Filter { parameter: facet.parameter(), value, group: Some(facet.ordinal()), passing: with_codes(snapshot, codes.map(term))? });
    }
    let mut passing: Option<Bits> = None;
    for code in codes {
        let bits = with_codes(snapshot, [term(code)])?;
        passing = Some(match passing {
            None => bits,
            Some(mut passing) => {
                passing.and(&bits);
                passing
            }
        });
    }
    Ok(Filter { parameter: facet.parameter(), value, group: None, passing: passing.unwrap_or_else(|| Bits::none(snapshot.len)) })
}

fn join(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(",")
}
