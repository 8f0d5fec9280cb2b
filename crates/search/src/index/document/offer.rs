//! Documents of offers.

use super::{Builder, CHILDCARE, Documents, EXAMPLE, IS_OFFER, members, minute, minute_up, plain, texts};
use crate::SearchError;
use crate::catalogue::{AccessibilityValues, ItemLevels, ItemOrganization, ItemPlace, ItemPrice, NOT_STATED, OfferFacet};
use crate::index::stored::{Frame, StoredText};
use chrono::{DateTime, Datelike, Duration, Timelike, Utc};
use chrono_tz::Tz;
use domain::catalogue::{AccessibilityValue, DeliveryMode, LanguageLevel, Offer, PlaceSummary, PriceType, Run, RunStatus};
use domain::vocabularies::ids;
use domain::{Moment, Timestamp, Uuid};
use serde::Serialize;
use std::collections::BTreeSet;
use tantivy::TantivyDocument;

/// The members of a list item that do not depend on the request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixedItem<'a> {
    id: Uuid,
    slug: &'a str,
    kind: &'a str,
    organization: ItemOrganization,
    topics: &'a [String],
    delivery_mode: DeliveryMode,
    languages: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_level: Option<ItemLevels>,
    price: ItemPrice,
    entry_requirements: BTreeSet<&'a str>,
    funding: BTreeSet<&'a str>,
    accessibility: AccessibilityValues,
    #[serde(skip_serializing_if = "Option::is_none")]
    childcare: Option<bool>,
    confirmed_at: DateTime<Utc>,
    example: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixedRun {
    id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Moment>,
    rolling_start: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<ItemPlace>,
}

/// The letter a run's status is stored as.
pub(crate) fn status_letter(status: RunStatus) -> u8 {
    match status {
        RunStatus::Planned => b'p',
        RunStatus::Bookable => b'b',
        RunStatus::Full => b'f',
        RunStatus::Running => b'r',
        RunStatus::Finished => b'e',
        RunStatus::Cancelled => b'c',
    }
}

impl Documents {
    /// The document of an offer.
    pub(crate) fn offer(&self, offer: &Offer) -> Result<TantivyDocument, SearchError> {
        let mut builder = Builder::new(self, offer.meta.id, offer.title.as_str());
        builder.offer_words(offer);
        builder.offer_codes(offer);
        builder.offer_numbers(offer);
        let item = frame(offer)?;
        Ok(builder.finish(&item))
    }
}

impl Builder<'_> {
    fn offer_words(&mut self, offer: &Offer) {
        let fields = self.context.fields;
        self.document.add_text(fields.title, offer.title.as_str());
        self.remember(offer.title.as_str());
        if let Some(summary) = &offer.summary {
            self.document.add_text(fields.text, summary.as_str());
        }
        if let Some(description) = &offer.description {
            self.document.add_text(fields.text, description.as_str());
        }
        for keyword in &offer.keywords {
            self.german_label(keyword.as_str());
        }
        self.german_label(&offer.organization.name);
        self.concept(ids::ORGANIZATION_KINDS, &offer.organization.kind);
        self.concept(ids::OFFER_KINDS, &offer.kind);
        for topic in &offer.topics {
            self.concept(ids::TOPICS, topic);
        }
        if let Some(course) = &offer.bamf_course_type {
            self.concept(ids::BAMF_COURSE_TYPES, course);
        }
        for group in &offer.target_groups {
            self.concept(ids::TARGET_GROUPS, group);
        }
        for language in offer.languages.iter().filter(|l| l.as_str() != "de") {
            self.concept(ids::LANGUAGES, language.as_str());
        }
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for place in offer.places() {
            names.insert(&place.name);
            names.extend(place.municipality.as_deref());
            names.extend(place.address.locality.as_ref().map(|l| l.as_str()));
            names.extend(place.address.district.as_ref().map(|l| l.as_str()));
        }
        for name in names {
            self.german_label(name);
        }
        if let Some(code) = &offer.course_code {
            self.document.add_text(fields.labels, code.as_str());
        }
        if let Some(qualification) = &offer.qualification {
            self.german_label(qualification.name.as_str());
        }
        self.translations(&offer.translations);
    }

    fn offer_codes(&mut self, offer: &Offer) {
        self.flag(IS_OFFER);
        let codes = |facet: OfferFacet| facet.parameter();
        for topic in &offer.topics {
            for code in self.context.vocabularies.with_broader(ids::TOPICS, topic) {
                self.code(codes(OfferFacet::Topic), &code);
            }
        }
        self.each(OfferFacet::LifePhase, offer.life_phases.iter());
        self.each(OfferFacet::TargetGroup, offer.target_groups.iter());
        self.code(codes(OfferFacet::Kind), &offer.kind);
        self.code(codes(OfferFacet::DeliveryMode), offer.delivery_mode.code());
        self.code(codes(OfferFacet::OrganizationKind), &offer.organization.kind);
        for language in &offer.languages {
            self.code(codes(OfferFacet::Language), language.as_str());
        }
        for level in levels(offer) {
            self.code(codes(OfferFacet::Level), level.code());
        }
        self.each(OfferFacet::BamfCourseType, offer.bamf_course_type.iter());
        self.each(OfferFacet::Funding, offer.funding.iter().map(|f| &f.kind));
        self.each(OfferFacet::EntryRequirement, offer.entry_requirements.iter().map(|r| &r.kind));
        if offer.entry_requirements.is_empty() {
            self.code(codes(OfferFacet::EntryRequirement), NOT_STATED);
        }
        for (criterion, value) in accessibility(offer) {
            if matches!(value, AccessibilityValue::Yes | AccessibilityValue::Partly) {
                self.code(codes(OfferFacet::Accessibility), &criterion);
            }
        }
        for price in prices(offer) {
            self.code(codes(OfferFacet::Price), price.kind.code());
        }
        for place in offer.places() {
            if let Some(ags) = &place.ags {
                self.areas(codes(OfferFacet::Area), ags);
            }
        }
        for (weekday, time) in offer.runs.iter().filter(|r| r.status != RunStatus::Cancelled).flat_map(times) {
            self.code(codes(OfferFacet::Weekday), weekday);
            if let Some(time) = time {
                self.code(codes(OfferFacet::DayTime), time);
            }
        }
        if offer.example {
            self.flag(EXAMPLE);
        }
        if offer.childcare == Some(true) {
            self.flag(CHILDCARE);
        }
    }

    fn each<'c>(&mut self, facet: OfferFacet, codes: impl Iterator<Item = &'c String>) {
        for code in codes {
            self.code(facet.parameter(), code);
        }
    }

    fn offer_numbers(&mut self, offer: &Offer) {
        let fields = self.context.fields;
        let zone = self.context.region.info().time_zone;
        let document = &mut self.document;
        document.add_text(fields.organization, offer.organization.id.to_string());
        document.add_i64(fields.created, offer.meta.created_at.timestamp());
        let from = offer.publish_from.map_or(i64::MIN / 2, |m| minute_up(m.earliest(zone)));
        let until = [offer.publish_until.map(|m| m.latest(zone)), offer.ends_at()].into_iter().flatten().min();
        document.add_i64(fields.visible_from, from.max(0));
        document.add_i64(fields.visible_until, until.map_or(FAR, minute).clamp(0, FAR));
        let bookable = offer.runs.iter().filter_map(|run| bookable_until(offer, run)).max();
        if let Some(until) = bookable {
            document.add_i64(fields.bookable_until, minute(until).clamp(0, FAR));
        }
        for (start, end) in offer.runs.iter().filter(|r| r.status != RunStatus::Cancelled).flat_map(spans) {
            document.add_i64(fields.starts, minute(start));
            if over_midnight(start, end, zone) {
                document.add_i64(fields.long_starts, minute(start));
                document.add_i64(fields.long_ends, minute(end).min(FAR));
            }
        }
        if let Some(price) = prices(offer).into_iter().filter_map(lowest).min() {
            document.add_i64(fields.price, price);
        }
        if let Some(ages) = offer.age_range {
            document.add_i64(fields.age_min, i64::from(ages.min.unwrap_or(0)));
            document.add_i64(fields.age_max, i64::from(ages.max.unwrap_or(u8::MAX)));
        }
        for point in offer.places().into_iter().filter_map(|p| p.geo) {
            self.point(point);
        }
    }
}

/// A minute that never comes: the year 6000.
const FAR: i64 = 2_120_000_000;

fn frame(offer: &Offer) -> Result<Vec<u8>, SearchError> {
    let id = offer.meta.id;
    let fixed = FixedItem {
        id,
        slug: &offer.meta.slug,
        kind: &offer.kind,
        organization: ItemOrganization { id: offer.organization.id, slug: offer.organization.slug.clone(), name: offer.organization.name.clone() },
        topics: &offer.topics,
        delivery_mode: offer.delivery_mode,
        languages: offer.languages.iter().map(|l| l.as_str()).collect(),
        language_level: offer.language_level.map(|l| ItemLevels { from: l.from, to: l.to }),
        price: ItemPrice {
            kind: offer.price.kind,
            amount: offer.price.amount,
            max_amount: offer.price.max_amount,
            currency: offer.price.currency.clone(),
        },
        entry_requirements: offer.entry_requirements.iter().map(|r| r.kind.as_str()).collect(),
        funding: offer.funding.iter().map(|f| f.kind.as_str()).collect(),
        accessibility: accessibility(offer),
        childcare: offer.childcare,
        confirmed_at: offer.meta.freshness.confirmed_at,
        example: offer.example,
    };
    let place = match &offer.place {
        Some(place) => serde_json::to_string(&item_place(place)).map_err(|e| SearchError::Record { id, reason: e.to_string() })?,
        None => String::new(),
    };
    let mut frame = Frame::default();
    frame.head(&members(id, &fixed)?, &place);
    let original = StoredText {
        language: "de",
        title: offer.title.as_str(),
        summary: offer.summary.as_ref().map_or("", |s| s.as_str()),
        body: &offer.description.as_ref().map_or_else(String::new, |d| plain(d.as_str())),
    };
    texts(&mut frame, original, &offer.translations);
    let runs: Vec<&Run> = offer.runs.iter().filter(|r| r.status != RunStatus::Cancelled).collect();
    frame.count(runs.len());
    for run in runs {
        let json = FixedRun {
            id: run.id,
            start: run.start,
            end: run.end,
            rolling_start: run.rolling_start,
            place: run.place.as_ref().or(offer.place.as_ref()).map(item_place),
        };
        let starts: Vec<i64> = run.sessions.iter().map(|s| s.start.earliest(run.time_zone).timestamp()).collect();
        let starts = if starts.is_empty() { run.starts_at().iter().map(Timestamp::timestamp).collect() } else { starts };
        let times = [
            run.starts_at().map_or(i64::MIN, |t| t.timestamp()),
            run.ends_at().map_or(i64::MAX, |t| t.timestamp()),
            bookable_until(offer, run).map_or(i64::MIN, |t| t.timestamp()),
        ];
        frame.run(status_letter(run.status), times, &members(id, &json)?, &starts);
    }
    Ok(frame.finish())
}

fn item_place(place: &PlaceSummary) -> ItemPlace {
    ItemPlace {
        id: place.id,
        name: place.name.clone(),
        locality: place.address.locality.as_ref().map(ToString::to_string),
        municipality: place.municipality.clone(),
        ags: place.ags.clone(),
        geo: place.geo,
    }
}

/// Every level from the first to the last; a single end counts as both.
fn levels(offer: &Offer) -> impl Iterator<Item = LanguageLevel> + use<> {
    let ends = offer.language_level.and_then(|l| Some((l.from.or(l.to)?, l.to.or(l.from)?)));
    LanguageLevel::ALL.iter().copied().filter(move |level| ends.is_some_and(|(from, to)| (from..=to).contains(level)))
}

/// What offer and places say: what is better wins, as one of the places will do. Nothing said is left out.
fn accessibility(offer: &Offer) -> AccessibilityValues {
    let rank = |value: AccessibilityValue| match value {
        AccessibilityValue::Yes => 3,
        AccessibilityValue::Partly => 2,
        AccessibilityValue::No => 1,
        AccessibilityValue::Unknown => 0,
    };
    let mut values = AccessibilityValues::new();
    for statement in offer.accessibility.iter().chain(offer.places().into_iter().flat_map(|p| &p.accessibility)) {
        if statement.value == AccessibilityValue::Unknown {
            continue;
        }
        let known = values.entry(statement.criterion.clone()).or_insert(statement.value);
        if rank(statement.value) > rank(*known) {
            *known = statement.value;
        }
    }
    values
}

fn prices(offer: &Offer) -> Vec<&domain::catalogue::Price> {
    std::iter::once(&offer.price).chain(offer.runs.iter().filter(|r| r.status != RunStatus::Cancelled).filter_map(|r| r.price.as_ref())).collect()
}

fn lowest(price: &domain::catalogue::Price) -> Option<i64> {
    match price.kind {
        PriceType::Free => Some(0),
        PriceType::Paid | PriceType::Range => price.amount.map(i64::from),
        PriceType::OnRequest | PriceType::Unknown => None,
    }
}

/// The last instant at which [`Run::bookable_at`] holds; the offer's deadline counts where the run has none.
pub(crate) fn bookable_until(offer: &Offer, run: &Run) -> Option<Timestamp> {
    let full = run.capacity.is_some_and(|c| matches!((c.booked, c.max), (Some(booked), Some(max)) if max > 0 && booked >= max));
    if run.status != RunStatus::Bookable || full {
        return None;
    }
    let deadline = run.deadline.or(offer.registration.as_ref().and_then(|r| r.deadline)).map(|d| d.latest(run.time_zone));
    let start = if run.rolling_start { None } else { run.starts_at() };
    Some([deadline, start, run.ends_at()].into_iter().flatten().min().unwrap_or(DateTime::<Utc>::MAX_UTC))
}

/// Start and end of the sessions; of the whole run if it has none.
fn spans(run: &Run) -> Vec<(Timestamp, Timestamp)> {
    let zone = run.time_zone;
    if run.sessions.is_empty() {
        let start = run.starts_at();
        return start.map(|start| (start, run.ends_at().unwrap_or(DateTime::<Utc>::MAX_UTC))).into_iter().collect();
    }
    run.sessions.iter().map(|s| (s.start.earliest(zone), s.end.unwrap_or(s.start).latest(zone))).collect()
}

/// Whether a session lasts from one day of the region into another. Far-off instants have no local time; they count as long.
fn over_midnight(start: Timestamp, end: Timestamp, zone: Tz) -> bool {
    let day = |t: Timestamp| t.with_timezone(&zone).date_naive();
    end - start >= Duration::days(1) || start.year() > 9000 || day(start) != day(end)
}

/// Weekday and time of day of the sessions, as codes. A session whose hour is not known has no time of day.
fn times(run: &Run) -> BTreeSet<(&'static str, Option<&'static str>)> {
    const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let starts = run.sessions.iter().map(|s| s.start).chain(run.start.filter(|_| run.sessions.is_empty() && !run.rolling_start));
    starts
        .filter_map(|start| {
            let weekday = WEEKDAYS.get(start.date(run.time_zone).weekday().num_days_from_monday() as usize)?;
            let time = match start {
                Moment::Date(_) => None,
                Moment::DateTime(t) => Some(match t.with_timezone(&run.time_zone).hour() {
                    0..12 => "morning",
                    12..17 => "afternoon",
                    _ => "evening",
                }),
            };
            Some((*weekday, time))
        })
        .collect()
}
