//! Offers and their runs, from draft to record.

use super::{Assembled, Checks, carry_translations, completeness};
use crate::catalogue::{
    LevelRange, Offer, OfferDraft, OrganizationSummary, PAST_DAYS, PlaceSummary, Price, RecordMeta, Run, RunDraft, RunStatus, Session, Texts,
    Workshop, expand,
};
use crate::id::new_id;
use crate::problem::ValueError;
use crate::text::{ExternalId, markdown_to_html};
use crate::time::Moment;
use crate::vocabularies::ids;
use chrono::Duration;
use chrono_tz::Tz;
use uuid::Uuid;

/// Finds what a draft refers to among the records of the same source.
pub trait References {
    /// The organisation with this external id.
    fn organization(&self, external_id: &ExternalId) -> Option<OrganizationSummary>;
    /// The place with this external id.
    fn place(&self, external_id: &ExternalId) -> Option<PlaceSummary>;
}

/// An offer. Runs keep their ids by external id, or else by start.
pub fn offer(
    draft: OfferDraft,
    meta: RecordMeta,
    previous: Option<&Offer>,
    references: &dyn References,
    workshop: &Workshop<'_>,
) -> Assembled<Offer> {
    let mut checks = Checks::new(workshop.vocabularies);
    check_codes(&mut checks, &draft);
    if let Err(error) = draft.price.check() {
        checks.error("/price", error);
    }
    if draft.age_range.is_some_and(|a| matches!((a.min, a.max), (Some(min), Some(max)) if min > max)) {
        checks.error("/ageRange", reversed("Das Mindestalter liegt über dem Höchstalter.", "The minimum age is above the maximum age."));
    }
    if let Some(LevelRange { from: Some(from), to: Some(to) }) = draft.language_level
        && from > to
    {
        checks
            .error("/languageLevel", reversed("Die Anfangsstufe liegt über der Endstufe.", "The level at the start is above the level at the end."));
    }
    let organization = references.organization(&draft.organization);
    if organization.is_none() {
        checks.error("/organization", unknown("die Einrichtung", "organisation", &draft.organization));
    }
    let place = find_place(&mut checks, draft.place.as_ref(), references, "/place");
    let mut runs = Vec::with_capacity(draft.runs.len());
    let mut meta = meta;
    meta.completeness = completeness::of_offer(&draft);
    for (i, run) in draft.runs.into_iter().enumerate() {
        if let Some(run) = assemble_run(&mut checks, run, (previous, &runs), references, workshop, &format!("/runs/{i}")) {
            runs.push(run);
        }
    }
    runs.sort_by_key(|run| (run.starts_at(), run.id));
    let texts = Texts { title: &draft.title, summary: draft.summary.as_ref(), description: draft.description.as_ref() };
    let before =
        previous.map(|p| (&p.meta, Texts { title: &p.title, summary: p.summary.as_ref(), description: p.description.as_ref() }, &p.translations));
    let translations = carry_translations(&mut meta, texts, draft.translations, before);
    let Some(organization) = organization else { return Err(checks.problems) };
    checks.finish(|| Offer {
        meta,
        organization,
        description_html: draft.description.as_ref().map(|d| markdown_to_html(d.as_str())),
        kind: draft.kind,
        title: draft.title,
        summary: draft.summary,
        description: draft.description,
        topics: draft.topics,
        life_phases: draft.life_phases,
        target_groups: draft.target_groups,
        age_range: draft.age_range,
        delivery_mode: draft.delivery_mode,
        languages: draft.languages,
        language_level: draft.language_level,
        bamf_course_type: draft.bamf_course_type,
        literacy_course: draft.literacy_course,
        entry_requirements: draft.entry_requirements,
        qualification: draft.qualification,
        price: draft.price,
        funding: draft.funding,
        accessibility: draft.accessibility,
        childcare: draft.childcare,
        registration: draft.registration,
        contact: draft.contact,
        images: draft.images,
        url: draft.url,
        course_code: draft.course_code,
        keywords: draft.keywords,
        place,
        runs,
        publish_from: draft.publish_from,
        publish_until: draft.publish_until,
        example: draft.example,
        translations,
    })
}

fn check_codes(checks: &mut Checks<'_>, draft: &OfferDraft) {
    checks.code(ids::OFFER_KINDS, &draft.kind, "/kind");
    checks.codes(ids::TOPICS, &draft.topics, "/topics");
    checks.codes(ids::LIFE_PHASES, &draft.life_phases, "/lifePhases");
    checks.codes(ids::TARGET_GROUPS, &draft.target_groups, "/targetGroups");
    checks.accessibility(&draft.accessibility, "/accessibility");
    for (i, requirement) in draft.entry_requirements.iter().enumerate() {
        checks.code(ids::ENTRY_REQUIREMENTS, &requirement.kind, format!("/entryRequirements/{i}/type"));
    }
    for (i, funding) in draft.funding.iter().enumerate() {
        checks.code(ids::FUNDING_TYPES, &funding.kind, format!("/funding/{i}/type"));
    }
    if let Some(code) = &draft.bamf_course_type {
        checks.code(ids::BAMF_COURSE_TYPES, code, "/bamfCourseType");
    }
    if let Some(qualification) = &draft.qualification {
        if let Some(code) = &qualification.certificate {
            checks.code(ids::CERTIFICATES, code, "/qualification/certificate");
        }
        if qualification.dqr_level.is_some_and(|level| !(1..=8).contains(&level)) {
            checks.error("/qualification/dqrLevel", ValueError::new("number-out-of-range", "Erlaubt ist 1 bis 8.", "Allowed is 1 to 8."));
        }
    }
}

fn find_place(checks: &mut Checks<'_>, id: Option<&ExternalId>, references: &dyn References, pointer: &str) -> Option<PlaceSummary> {
    let id = id?;
    let place = references.place(id);
    if place.is_none() {
        checks.error(pointer, unknown("den Ort", "place", id));
    }
    place
}

fn assemble_run(
    checks: &mut Checks<'_>,
    draft: RunDraft,
    known: (Option<&Offer>, &[Run]),
    references: &dyn References,
    workshop: &Workshop<'_>,
    pointer: &str,
) -> Option<Run> {
    let zone = draft.time_zone.unwrap_or(workshop.region.info().time_zone);
    let place = find_place(checks, draft.place.as_ref(), references, &format!("{pointer}/place"));
    let mut sessions = draft.sessions;
    if let Some(recurrence) = &draft.recurrence {
        if !sessions.is_empty() {
            checks.error(
                format!("{pointer}/recurrence"),
                ValueError::new(
                    "sessions-and-recurrence",
                    "Entweder sessions oder recurrence, nicht beides.",
                    "Either sessions or recurrence, not both.",
                ),
            );
        }
        match expand(recurrence, zone, workshop.clock.now()) {
            Ok(expanded) => sessions = expanded,
            Err(error) => checks.error(format!("{pointer}/recurrence/rule"), error),
        }
    }
    for (i, session) in sessions.iter().enumerate() {
        if session.end.is_some_and(|end| end.latest(zone) < session.start.earliest(zone)) {
            checks.error(format!("{pointer}/sessions/{i}/end"), reversed("Das Ende liegt vor dem Beginn.", "The end is before the start."));
        }
    }
    sessions.sort_by_key(|s: &Session| s.start.earliest(zone));
    // The first sessions of a series that began long ago are not among those that are kept.
    let began = draft.recurrence.as_ref().map(|r| r.start).filter(|start| *start < workshop.clock.now() - Duration::days(PAST_DAYS));
    let start = draft.start.or(began.map(Moment::DateTime)).or_else(|| sessions.first().map(|s| s.start));
    let mut end = draft.end.or_else(|| if draft.rolling_start { None } else { sessions.last().map(|s| s.end.unwrap_or(s.start)) });
    if let (Some(from), Some(to)) = (start, end)
        && to.latest(zone) < from.earliest(zone)
    {
        // The official Open-vhs example has this; the start is what people need, so the offer is kept without the end.
        checks.warning(
            format!("{pointer}/end"),
            reversed("Das Ende liegt vor dem Beginn und wurde weggelassen.", "The end is before the start and was left out."),
        );
        end = None;
    }
    if let Some(price) = &draft.price
        && let Err(error) = price.check()
    {
        checks.error(format!("{pointer}/price"), error);
    }
    let external_id = draft.external_id.map(String::from);
    Some(Run {
        id: keep_id(known, external_id.as_deref(), start, zone).unwrap_or_else(|| new_id(workshop.clock, workshop.rng)),
        external_id,
        course_code: draft.course_code,
        start,
        end,
        time_zone: zone,
        sessions,
        recurrence: draft.recurrence,
        rolling_start: draft.rolling_start,
        place,
        online_url: draft.online_url,
        capacity: draft.capacity,
        price: draft.price.filter(|p| *p != Price::unknown()),
        status: draft.status.unwrap_or(RunStatus::Bookable),
        units: draft.units,
        schedule_text: draft.schedule_text,
        deadline: draft.deadline,
        url: draft.url,
        note: draft.note,
    })
}

/// The id that the run had in the previous offer, unless another run has it already: parallel groups may begin at the same time.
fn keep_id((previous, taken): (Option<&Offer>, &[Run]), external_id: Option<&str>, start: Option<Moment>, zone: Tz) -> Option<Uuid> {
    let same = |run: &&Run| match external_id {
        Some(id) => run.external_id.as_deref() == Some(id),
        None => run.external_id.is_none() && run.start.map(|s| s.earliest(zone)) == start.map(|s| s.earliest(zone)),
    };
    previous?.runs.iter().filter(same).map(|run| run.id).find(|id| !taken.iter().any(|run| run.id == *id))
}

fn reversed(de: &str, en: &str) -> ValueError {
    ValueError::new("range-reversed", de, en)
}

fn unknown(de: &str, en: &str, id: &ExternalId) -> ValueError {
    ValueError::new(
        "reference-unknown",
        format!("Es gibt {de} mit der Kennung „{id}“ in dieser Quelle nicht."),
        format!("There is no {en} with the id “{id}” in this source."),
    )
}
