//! Records as the lines of our own exchange format, ready to be handed in again: `docs/formats/out/ndjson.md`.

use domain::catalogue::{Draft, Offer, OfferDraft, Organization, OrganizationDraft, Place, PlaceDraft, Run, RunDraft};
use domain::problem::ValueError;
use domain::text::{ExternalId, Translations};
use std::io::{self, Write};

/// Names the identifiers at the source of what a record refers to.
pub trait ExternalIds {
    /// The identifier at the source of the record with this id, if it is one of the same source.
    fn of(&self, id: domain::Uuid) -> Option<ExternalId>;
}

/// An organisation as it would be handed in.
///
/// # Errors
/// If its identifier is none (only in a damaged database).
pub fn organization(record: Organization) -> Result<Draft, ValueError> {
    Ok(Draft::Organization(Box::new(OrganizationDraft {
        external_id: ExternalId::try_from(record.meta.source.external_id)?,
        name: record.name,
        alternate_name: record.alternate_name,
        kind: record.kind,
        legal_form: record.legal_form,
        sponsor: record.sponsor,
        identifiers: record.identifiers,
        summary: record.summary,
        description: record.description,
        address: record.address,
        geo: record.geo,
        opening_hours: record.opening_hours,
        contacts: record.contacts,
        languages: record.languages,
        accessibility: record.accessibility,
        logo: record.logo,
        url: record.url,
        social_links: record.social_links,
        network_member_since: record.network_member_since,
        cooperation_agreement: record.cooperation_agreement,
        licence: Some(record.meta.licence),
        translations: handed_in(record.translations),
    })))
}

/// A place as it would be handed in.
///
/// # Errors
/// If its identifier is none (only in a damaged database).
pub fn place(record: Place) -> Result<Draft, ValueError> {
    Ok(Draft::Place(Box::new(PlaceDraft {
        external_id: ExternalId::try_from(record.meta.source.external_id)?,
        name: record.name,
        address: record.address,
        geo: record.geo,
        accessibility: record.accessibility,
        public_transport: record.public_transport,
        url: record.url,
        licence: Some(record.meta.licence),
        translations: handed_in(record.translations),
    })))
}

/// An offer as it would be handed in. What it refers to and `ids` does not know is named by its id in the catalogue.
///
/// # Errors
/// If an identifier is none (only in a damaged database).
pub fn offer(record: Offer, ids: &dyn ExternalIds) -> Result<Draft, ValueError> {
    let reference = |id: domain::Uuid| ids.of(id).map_or_else(|| ExternalId::try_from(id.to_string()), Ok);
    let place = record.place.as_ref().map(|place| reference(place.id)).transpose()?;
    let runs: Result<Vec<RunDraft>, ValueError> = record.runs.into_iter().map(|run| run_draft(run, &reference)).collect();
    Ok(Draft::Offer(Box::new(OfferDraft {
        external_id: ExternalId::try_from(record.meta.source.external_id)?,
        organization: reference(record.organization.id)?,
        kind: record.kind,
        title: record.title,
        summary: record.summary,
        description: record.description,
        topics: record.topics,
        life_phases: record.life_phases,
        target_groups: record.target_groups,
        age_range: record.age_range,
        delivery_mode: record.delivery_mode,
        languages: record.languages,
        language_level: record.language_level,
        bamf_course_type: record.bamf_course_type,
        literacy_course: record.literacy_course,
        entry_requirements: record.entry_requirements,
        qualification: record.qualification,
        price: record.price,
        funding: record.funding,
        accessibility: record.accessibility,
        childcare: record.childcare,
        registration: record.registration,
        contact: record.contact,
        images: record.images,
        url: record.url,
        course_code: record.course_code,
        keywords: record.keywords,
        place,
        runs: runs?,
        publish_from: record.publish_from,
        publish_until: record.publish_until,
        example: record.example,
        licence: Some(record.meta.licence),
        translations: handed_in(record.translations),
    })))
}

fn run_draft(run: Run, reference: &dyn Fn(domain::Uuid) -> Result<ExternalId, ValueError>) -> Result<RunDraft, ValueError> {
    Ok(RunDraft {
        external_id: run.external_id.map(ExternalId::try_from).transpose()?,
        course_code: run.course_code,
        start: run.start,
        end: run.end,
        time_zone: Some(run.time_zone),
        // The sessions of a rule follow from it.
        sessions: if run.recurrence.is_some() { Vec::new() } else { run.sessions },
        recurrence: run.recurrence,
        rolling_start: run.rolling_start,
        place: run.place.map(|place| reference(place.id)).transpose()?,
        online_url: run.online_url,
        capacity: run.capacity,
        price: run.price,
        status: Some(run.status),
        units: run.units,
        schedule_text: run.schedule_text,
        deadline: run.deadline,
        url: run.url,
        note: run.note,
    })
}

/// Which version a translation was made from is the catalogue's knowledge, not the source's.
fn handed_in(mut translations: Translations) -> Translations {
    translations.values_mut().for_each(|translation| translation.original_version = None);
    translations
}

/// Writes a draft as a line.
///
/// # Errors
/// What the output says.
pub fn write(draft: &Draft, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *output, draft)?;
    output.write_all(b"\n")
}
