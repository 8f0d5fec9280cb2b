//! Whether two offers may be the same, and how alike they are.

use super::cards::{Card, Times};
use domain::partners::DuplicateReason as Reason;

/// How alike titles must be: the less else speaks for it, the more.
const WITHIN_ORGANIZATION: f64 = 0.6;
const AT_PLACE: f64 = 0.7;
const IN_MUNICIPALITY: f64 = 0.8;

/// What each thing in common counts; together 100.
const TITLE: f64 = 60.0;
const ORGANIZATION: f64 = 18.0;
const PLACE: f64 = 12.0;
const MUNICIPALITY: f64 = 6.0;
const MORE_PLACE: f64 = 4.0;
const SAME_DAYS: f64 = 13.0;
const SOME_DAYS: f64 = 10.0;
const NO_DAYS: f64 = 8.0;
const PAGE_OR_NUMBER: f64 = 5.0;

/// Score from 0 to 100 and reasons; `None` if they are not the same.
pub(super) fn compare(one: &Card, other: &Card) -> Option<(u8, Vec<Reason>)> {
    if one.id == other.id || one.title.marks != other.title.marks || (one.source == other.source && !twice_in_one_source(one, other)) {
        return None;
    }
    let (when, days) = same_time(one, other)?;
    let organization = one.organization == other.organization || one.organization_name == other.organization_name;
    let place = overlap(&one.places, &other.places);
    let municipality = overlap(&one.municipalities, &other.municipalities);
    let (least, (mut score, mut reasons)) = match (organization, place, municipality) {
        (true, ..) => (WITHIN_ORGANIZATION, (ORGANIZATION, vec![Reason::SameOrganization])),
        (_, true, _) => (AT_PLACE, (PLACE, vec![Reason::SamePlace])),
        (_, _, true) => (IN_MUNICIPALITY, (MUNICIPALITY, vec![Reason::SameMunicipality])),
        _ => return None,
    };
    let likeness = one.title.likeness(&other.title);
    if likeness < least {
        return None;
    }
    if organization && place {
        reasons.push(Reason::SamePlace);
        score += MORE_PLACE;
    }
    reasons.insert(0, if likeness >= 1.0 { Reason::SameTitle } else { Reason::SimilarTitle });
    reasons.push(when);
    score += TITLE * likeness + days;
    let page = both_same(one.url, other.url);
    let number = organization && both_same(one.course_code, other.course_code);
    reasons.extend(page.then_some(Reason::SameUrl));
    reasons.extend(number.then_some(Reason::SameCourseCode));
    if page || number {
        score += PAGE_OR_NUMBER;
    }
    Some((whole(score), reasons))
}

/// A source knows its own offers: two of them are the same only if they say so in everything. Parallel courses have numbers of their own.
fn twice_in_one_source(one: &Card, other: &Card) -> bool {
    let numbers_differ = matches!((one.course_code, other.course_code), (Some(one), Some(other)) if one != other);
    let instants = match (&one.times, &other.times) {
        (Times::Days(_, one), Times::Days(_, other)) => one.iter().any(|start| other.contains(start)),
        (Times::Standing, Times::Standing) => true,
        _ => false,
    };
    one.title.whole == other.title.whole && one.organization == other.organization && one.places == other.places && instants && !numbers_differ
}

fn same_time(one: &Card, other: &Card) -> Option<(Reason, f64)> {
    match (&one.times, &other.times) {
        (Times::Standing, Times::Standing) => Some((Reason::NoDates, NO_DAYS)),
        (Times::Days(one, _), Times::Days(other, _)) if one == other => Some((Reason::SameDates, SAME_DAYS)),
        (Times::Days(one, _), Times::Days(other, _)) => one.iter().any(|day| other.contains(day)).then_some((Reason::OverlappingDates, SOME_DAYS)),
        _ => None,
    }
}

/// Whether two ordered lists have something in common.
fn overlap(one: &[u64], other: &[u64]) -> bool {
    one.iter().any(|item| other.binary_search(item).is_ok())
}

fn both_same(one: Option<u64>, other: Option<u64>) -> bool {
    one.is_some() && one == other
}

fn whole(score: f64) -> u8 {
    // In range by construction, and rounded: nothing is lost.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let score = score.round().clamp(0.0, 100.0) as u8;
    score
}
