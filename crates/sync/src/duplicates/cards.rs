//! What of an offer is compared.

use super::titles::{Title, hash, words_of};
use chrono::NaiveDate;
use domain::catalogue::{Offer, Run, RunStatus};
use domain::{Timestamp, Uuid};

/// Days of one offer that count; a course with more dates than this is known by its first ones.
const DAYS: usize = 40;

/// Legal forms and the like, which one source writes behind a name and another does not.
const FORMS: &[&str] = &["ev", "e", "v", "ggmbh", "gmbh", "gug", "ug", "ag", "mbh", "kg", "eg"];

/// When an offer takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Times {
    /// On days: those on which a run begins, with the instants, in order.
    Days(Box<[NaiveDate]>, Box<[Timestamp]>),
    /// It has no dates.
    Standing,
}

/// An offer, reduced to what tells whether it is the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) id: Uuid,
    /// Its source.
    pub(super) source: u64,
    pub(super) title: Title,
    pub(super) organization: Uuid,
    /// The name of the organisation: another source knows the same one under another id.
    pub(super) organization_name: u64,
    /// Places by name and locality.
    pub(super) places: Box<[u64]>,
    /// Municipalities.
    pub(super) municipalities: Box<[u64]>,
    pub(super) times: Times,
    pub(super) url: Option<u64>,
    pub(super) course_code: Option<u64>,
}

impl Card {
    /// The card of an offer; `None` for one that is over or cancelled altogether.
    pub(super) fn of(offer: &Offer, now: Timestamp) -> Option<Self> {
        let times = times(&offer.runs, now)?;
        let places = offer.places();
        let place_names = places.iter().map(|place| {
            let locality = place.address.locality.as_ref().map(|locality| locality.as_str()).unwrap_or_default();
            hash(&(words_of(&place.name), words_of(locality)))
        });
        Some(Self {
            id: offer.meta.id,
            source: hash(&offer.meta.source.key),
            title: Title::new(offer.title.as_str()),
            organization: offer.organization.id,
            organization_name: organization_name(&offer.organization.name),
            places: distinct(place_names.collect()).into(),
            municipalities: distinct(places.iter().filter_map(|place| place.ags.as_ref()).map(hash).collect()).into(),
            times,
            url: offer.url.as_ref().map(|url| hash(page(url.as_str()))),
            course_code: offer.course_code.as_ref().map(|code| hash(&words_of(code.as_str()))),
        })
    }

    /// What two offers have to have in common to be compared at all: where, when, and the beginning of a word of the title.
    pub(super) fn keys(&self) -> Vec<u32> {
        let scopes = std::iter::once(('o', self.organization_name))
            .chain(self.places.iter().map(|place| ('p', *place)))
            .chain(self.municipalities.iter().map(|municipality| ('m', *municipality)));
        let days: Vec<Option<NaiveDate>> = match &self.times {
            Times::Days(days, _) => days.iter().copied().map(Some).collect(),
            Times::Standing => vec![None],
        };
        let beginnings = self.title.beginnings();
        let mut keys = Vec::new();
        for scope in scopes {
            for day in &days {
                keys.extend(beginnings.iter().map(|beginning| half(hash(&(scope, day, beginning)))));
            }
        }
        distinct(keys)
    }
}

fn times(runs: &[Run], now: Timestamp) -> Option<Times> {
    if !runs.iter().any(|run| run.starts_at().is_some()) {
        return runs
            .is_empty()
            .then_some(Times::Standing)
            .or_else(|| runs.iter().any(|run| run.status != RunStatus::Cancelled).then_some(Times::Standing));
    }
    let live = runs.iter().filter(|run| run.status != RunStatus::Cancelled && run.ends_at().is_none_or(|end| end >= now));
    let mut starts: Vec<(Timestamp, NaiveDate)> =
        live.filter_map(|run| run.starts_at().map(|start| (start, start.with_timezone(&run.time_zone).date_naive()))).collect();
    starts.sort_unstable();
    starts.truncate(DAYS);
    let mut days: Vec<NaiveDate> = starts.iter().map(|(_, day)| *day).collect();
    days.dedup();
    (!days.is_empty()).then(|| Times::Days(days.into(), starts.into_iter().map(|(start, _)| start).collect()))
}

/// The words of a name without legal forms, in any order.
fn organization_name(name: &str) -> u64 {
    let mut words: Vec<String> = words_of(name).into_iter().filter(|word| !FORMS.contains(&word.as_str())).collect();
    words.sort_unstable();
    hash(&words)
}

/// An address without what often differs: the scheme, `www.`, and a slash at the end.
fn page(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

/// The lower half of a hash.
fn half(hash: u64) -> u32 {
    u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default()
}

fn distinct<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The card of an offer without dates in a small town.
    pub(in crate::duplicates) fn standing(id: u128, source: &str, title: &str) -> Card {
        Card {
            id: Uuid::from_u128(id),
            source: hash(source),
            title: Title::new(title),
            organization: Uuid::from_u128(1000 + id),
            organization_name: organization_name("Kreisvolkshochschule"),
            places: [1].into(),
            municipalities: [2].into(),
            times: Times::Standing,
            url: None,
            course_code: None,
        }
    }

    #[test]
    fn names_and_addresses_are_compared_by_what_they_say() {
        for (one, other) in [("Volkshochschule Musterstadt e. V.", "Volkshochschule Musterstadt"), ("Lernwerk gGmbH", "Lernwerk GmbH")] {
            assert_eq!(organization_name(one), organization_name(other), "{one}");
        }
        assert_ne!(organization_name("Kreisvolkshochschule"), organization_name("Musikschule"));
        assert_eq!(page("https://www.example.org/kurs/1/"), page("http://example.org/kurs/1"));
    }
}
