//! A calendar: its events by series, its zones, and whose it is.

use super::event::Event;
use super::zones;
use crate::collect::Collector;
use crate::xml::Element;
use crate::{FileError, ReadContext, problems};
use chrono_tz::Tz;
use domain::catalogue::RecordKind;
use domain::text::{ExternalId, slug};
use std::collections::{BTreeMap, HashMap};

/// As many events with one `UID` a calendar may have.
const MAX_SERIES: usize = 2_000;

/// Properties of a calendar that mean something here.
pub(super) fn wants(property: &str) -> bool {
    matches!(
        property,
        "VERSION" | "METHOD" | "NAME" | "UID" | "URL" | "DESCRIPTION" | "X-WR-CALNAME" | "X-WR-CALDESC" | "X-WR-RELCALID" | "X-WR-TIMEZONE"
    )
}

#[derive(Default)]
pub(super) struct Calendar {
    /// Properties of the calendar itself, known once it ends.
    pub properties: Element,
    series: Vec<Vec<Event>>,
    by_id: HashMap<String, usize>,
    events: u64,
    /// Zones that are only known from their definition, by name.
    zones: HashMap<String, Tz>,
}

/// An organisation, and how often it has been named.
struct Owner {
    id: String,
    record: Element,
}

impl Calendar {
    /// Number of events so far.
    pub(super) fn events(&self) -> u64 {
        self.events
    }

    pub(super) fn add(&mut self, event: Event) {
        self.events += 1;
        let next = self.series.len();
        let index = *self.by_id.entry(event.id.clone()).or_insert(next);
        match self.series.get_mut(index) {
            Some(series) if series.len() < MAX_SERIES => series.push(event),
            Some(series) => {
                if let Some(first) = series.first_mut() {
                    first.broken = Some(Box::new(("/UID", problems::series_too_long(MAX_SERIES))));
                }
            }
            None => self.series.push(vec![event]),
        }
    }

    /// Notes a `VTIMEZONE` whose name says nothing.
    pub(super) fn define(&mut self, definition: &Element, home: Tz) {
        let Some(name) = definition.text_at("TZID").filter(|name| zones::named(name).is_none()) else { return };
        if let Some(zone) = zones::defined(definition, home) {
            self.zones.insert(name.to_owned(), zone);
        }
    }

    /// Hands everything to the collector.
    pub(super) fn finish(mut self, collector: &mut Collector<'_, '_>, context: &ReadContext) -> Result<(), FileError> {
        if let Some(version) = self.properties.text_at("VERSION").filter(|version| !version.contains("2.0")) {
            return Err(FileError::new(None, problems::version_unsupported(version, "2.0")));
        }
        let named = self.owner();
        for series in std::mem::take(&mut self.series) {
            self.hand_on(series, named.as_ref(), collector, context)?;
        }
        Ok(())
    }

    fn hand_on(&self, events: Vec<Event>, named: Option<&Owner>, collector: &mut Collector<'_, '_>, context: &ReadContext) -> Result<(), FileError> {
        let Some(first) = events.first() else { return Ok(()) };
        let (line, id) = (first.line, first.id.clone());
        let broken = |collector: &mut Collector<'_, '_>, line, pointer: &str, value| {
            collector.broken(line, Some(RecordKind::Offer), Some(&id), None, pointer, value)
        };
        if let Some((pointer, value)) = events.iter().find_map(|event| event.broken.as_deref().cloned()) {
            return broken(collector, line, pointer, value);
        }
        let mut latest: BTreeMap<Option<String>, Event> = BTreeMap::new();
        let mut twice = Vec::new();
        for event in events {
            match latest.get(&event.recurrence_id) {
                Some(known) if known.revision > event.revision || known.xml == event.xml => {}
                Some(known) if known.revision == event.revision => twice.push(event.line),
                _ => {
                    latest.insert(event.recurrence_id.clone(), event);
                }
            }
        }
        let Some(base) = latest.values().next() else { return Ok(()) };
        let (owner, place) = (named.map_or_else(|| Owner::of(base, context), Owner::again), base.place.clone());
        collector.upsert_once(base.line, RecordKind::Organization, &owner.id, &owner.record)?;
        if let Some(place) = place
            && let Some(place_id) = place.attribute("id")
        {
            collector.upsert_once(base.line, RecordKind::Place, place_id, &place)?;
        }
        let payload = self.payload(&id, &owner.id, &latest);
        if payload.len() > context.limits.record_bytes {
            return broken(collector, line, "", problems::record_too_large(context.limits.record_bytes));
        }
        collector.upsert(base.line, RecordKind::Offer, &id, payload)?;
        twice.into_iter().try_for_each(|line| broken(collector, line, "/UID", problems::duplicate(&id)))
    }

    /// The series with all that is needed to understand it: its events, and the zones that only the calendar defines.
    fn payload(&self, id: &str, organization: &str, events: &BTreeMap<Option<String>, Event>) -> String {
        let mut attributes = vec![("id", id), ("organization", organization)];
        if let Some(zone) = self.properties.text_at("X-WR-TIMEZONE") {
            attributes.push(("zone", zone));
        }
        if self.properties.text_at("METHOD").is_some_and(|method| method.eq_ignore_ascii_case("CANCEL")) {
            attributes.push(("cancelled", "true"));
        }
        if self.properties.text_at("VERSION").is_none() {
            attributes.push(("version", "none"));
        }
        let mut record = Element::new("SERIES", &attributes);
        let mut names: Vec<&str> = events.values().flat_map(|event| event.zones.iter().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        for (name, zone) in names.into_iter().filter_map(|name| Some((name, self.zones.get(name)?))) {
            record.children.push(Element { text: zone.name().to_owned(), ..Element::new("TIME-ZONE", &[("id", name)]) });
        }
        // Something has to be between the tags, else there would be only one.
        record.children.push(Element::new("EVENTS", &[]));
        let mut payload = record.canonical();
        payload.truncate(payload.len() - "</SERIES>".len());
        events.values().for_each(|event| payload.push_str(&event.xml));
        payload.push_str("</SERIES>");
        payload
    }

    /// The organisation that the calendar is named after.
    fn owner(&self) -> Option<Owner> {
        let name = ["X-WR-CALNAME", "NAME"].into_iter().find_map(|name| self.properties.text_at(name)).map(super::lines::unescape)?;
        let key = ["X-WR-RELCALID", "UID"].into_iter().find_map(|name| self.properties.text_at(name));
        let id = key.map_or_else(|| slug(&name), str::to_owned);
        let id = ExternalId::try_from(format!("calendar-{id}")).map_or_else(|_| "calendar".to_owned(), String::from);
        let mut record = Element::new("CALENDAR", &[("id", &id), ("name", &name)]);
        let description = ["X-WR-CALDESC", "DESCRIPTION"].into_iter().find_map(|name| self.properties.text_at(name));
        for (name, text) in [("X-WR-CALDESC", description), ("URL", self.properties.text_at("URL"))] {
            record.children.extend(text.map(|text| Element { text: text.to_owned(), ..Element::new(name, &[]) }));
        }
        Some(Owner { id, record })
    }
}

impl Owner {
    /// The organisation of an event in a calendar without a name.
    fn of(event: &Event, context: &ReadContext) -> Self {
        let Some((name, mailbox)) = event.organizer.as_deref() else {
            let name = context.provider.as_deref().unwrap_or("Kalender");
            return Self { id: "calendar".to_owned(), record: Element::new("CALENDAR", &[("id", "calendar"), ("name", name)]) };
        };
        let key = mailbox.clone().unwrap_or_else(|| slug(name));
        let id = ExternalId::try_from(format!("organizer-{key}")).map_or_else(|_| "organizer".to_owned(), String::from);
        let mut attributes = vec![("id", id.as_str()), ("name", name.as_str())];
        attributes.extend(mailbox.as_deref().map(|mailbox| ("email", mailbox)));
        let record = Element::new("CALENDAR", &attributes);
        Self { id, record }
    }

    fn again(other: &Self) -> Self {
        Self { id: other.id.clone(), record: other.record.clone() }
    }
}
