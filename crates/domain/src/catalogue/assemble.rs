//! From draft to record: codes checked against the vocabularies, references resolved, dates put in order, area found.

mod completeness;
mod offer;

use super::{AccessibilityStatement, Address, Organization, OrganizationDraft, Place, PlaceDraft, RecordMeta, Texts, Workshop};
use crate::areas::GeoPoint;
use crate::problem::{Problem, ValueError};
use crate::text::{Translations, markdown_to_html};
use crate::vocabularies::{Vocabularies, ids};

pub use offer::{References, offer};

/// What came out: the record and what was lost on the way, or why there is none.
pub type Assembled<T> = Result<(T, Vec<Problem>), Vec<Problem>>;

/// Collects problems while a record is assembled.
pub(super) struct Checks<'a> {
    vocabularies: &'a Vocabularies,
    problems: Vec<Problem>,
}

impl<'a> Checks<'a> {
    pub(super) fn new(vocabularies: &'a Vocabularies) -> Self {
        Self { vocabularies, problems: Vec::new() }
    }

    pub(super) fn error(&mut self, pointer: impl Into<String>, error: ValueError) {
        self.problems.push(Problem::error(pointer, error));
    }

    pub(super) fn warning(&mut self, pointer: impl Into<String>, error: ValueError) {
        self.problems.push(Problem::warning(pointer, error));
    }

    pub(super) fn code(&mut self, vocabulary: &str, code: &str, pointer: impl Into<String>) {
        if let Err(error) = self.vocabularies.check(vocabulary, code) {
            self.error(pointer, error);
        }
    }

    pub(super) fn codes<'c>(&mut self, vocabulary: &str, codes: impl IntoIterator<Item = &'c String>, pointer: &str) {
        for (i, code) in codes.into_iter().enumerate() {
            self.code(vocabulary, code, format!("{pointer}/{i}"));
        }
    }

    fn accessibility(&mut self, statements: &[AccessibilityStatement], pointer: &str) {
        for (i, statement) in statements.iter().enumerate() {
            self.code(ids::ACCESSIBILITY_CRITERIA, &statement.criterion, format!("{pointer}/{i}/criterion"));
        }
    }

    fn postcode(&mut self, address: &Address, pointer: &str) {
        if let Some(postcode) =
            address.postal_code.as_ref().filter(|p| address.country == "DE" && !(p.len() == 5 && p.bytes().all(|b| b.is_ascii_digit())))
        {
            let (de, en) = (
                format!("„{postcode}“ ist keine deutsche Postleitzahl (fünf Ziffern)."),
                format!("“{postcode}” is not a German postcode (five digits)."),
            );
            self.error(format!("{pointer}/postalCode"), ValueError::new("postcode-invalid", de, en));
        }
    }

    /// A point that cannot be in Germany is dropped, swapped coordinates are put right; both are told.
    fn point(&mut self, geo: Option<GeoPoint>) -> Option<GeoPoint> {
        let point = geo?;
        if point.plausible() {
            return Some(point);
        }
        let swapped = GeoPoint { lat: point.lon, lon: point.lat };
        if swapped.plausible() {
            let error = ValueError::new(
                "geo-swapped",
                "Breite und Länge waren vertauscht und wurden getauscht.",
                "Latitude and longitude were swapped and have been put right.",
            );
            self.warning("/geo", error);
            return Some(swapped);
        }
        let error = ValueError::new(
            "geo-implausible",
            "Der Punkt liegt nicht in oder bei Deutschland und wurde weggelassen.",
            "The point is not in or near Germany and was left out.",
        );
        self.warning("/geo", error);
        None
    }

    pub(super) fn finish<T>(self, record: impl FnOnce() -> T) -> Assembled<T> {
        if self.problems.iter().any(|p| p.severity == crate::problem::Severity::Error) {
            return Err(self.problems);
        }
        Ok((record(), self.problems))
    }
}

/// A place.
pub fn place(draft: PlaceDraft, meta: RecordMeta, previous: Option<&Place>, workshop: &Workshop<'_>) -> Assembled<Place> {
    let mut checks = Checks::new(workshop.vocabularies);
    checks.accessibility(&draft.accessibility, "/accessibility");
    checks.postcode(&draft.address, "/address");
    let geo = checks.point(draft.geo);
    let municipality = municipality(workshop, geo, Some(&draft.address));
    let mut meta = meta;
    let texts = Texts { title: &draft.name, summary: None, description: None };
    let before = previous.map(|p| (&p.meta, Texts { title: &p.name, summary: None, description: None }, &p.translations));
    let translations = carry_translations(&mut meta, texts, draft.translations, before);
    meta.completeness = completeness::of_place(&draft.address, geo, &draft.accessibility, draft.public_transport.is_some());
    let (ags, municipality) = municipality.unzip();
    checks.finish(|| Place {
        meta,
        name: draft.name,
        address: draft.address,
        geo,
        ags,
        municipality,
        accessibility: draft.accessibility,
        public_transport: draft.public_transport,
        url: draft.url,
        translations,
    })
}

/// An organisation.
pub fn organization(draft: OrganizationDraft, meta: RecordMeta, previous: Option<&Organization>, workshop: &Workshop<'_>) -> Assembled<Organization> {
    let mut checks = Checks::new(workshop.vocabularies);
    checks.code(ids::ORGANIZATION_KINDS, &draft.kind, "/kind");
    checks.accessibility(&draft.accessibility, "/accessibility");
    if let Some(address) = &draft.address {
        checks.postcode(address, "/address");
    }
    let geo = checks.point(draft.geo);
    let municipality = municipality(workshop, geo, draft.address.as_ref());
    let mut meta = meta;
    let texts = Texts { title: &draft.name, summary: draft.summary.as_ref(), description: draft.description.as_ref() };
    let before =
        previous.map(|p| (&p.meta, Texts { title: &p.name, summary: p.summary.as_ref(), description: p.description.as_ref() }, &p.translations));
    let translations = carry_translations(&mut meta, texts, draft.translations, before);
    meta.completeness = completeness::of_organization(
        &draft.contacts,
        draft.address.is_some(),
        draft.url.is_some(),
        draft.opening_hours.is_some(),
        draft.summary.is_some() || draft.description.is_some(),
        &draft.accessibility,
    );
    let (ags, municipality) = municipality.unzip();
    checks.finish(|| Organization {
        meta,
        description_html: draft.description.as_ref().map(|d| markdown_to_html(d.as_str())),
        name: draft.name,
        alternate_name: draft.alternate_name,
        kind: draft.kind,
        legal_form: draft.legal_form,
        sponsor: draft.sponsor,
        identifiers: draft.identifiers,
        summary: draft.summary,
        description: draft.description,
        address: draft.address,
        geo,
        ags,
        municipality,
        opening_hours: draft.opening_hours,
        contacts: draft.contacts,
        languages: draft.languages,
        accessibility: draft.accessibility,
        logo: draft.logo,
        url: draft.url,
        social_links: draft.social_links,
        network_member_since: draft.network_member_since,
        cooperation_agreement: draft.cooperation_agreement,
        translations,
    })
}

fn municipality(workshop: &Workshop<'_>, geo: Option<GeoPoint>, address: Option<&Address>) -> Option<(String, String)> {
    let postcode = address.and_then(|a| a.postal_code.as_deref());
    let locality = address.and_then(|a| a.locality.as_ref()).map(crate::text::Title::as_str);
    workshop.region.municipality_of(geo, postcode, locality).map(|area| (area.key.clone(), area.name.clone()))
}

/// Sets `text_version` and notes for each translation from which version of the original it was made: an unchanged translation of a
/// changed original stays at the old version and thereby shows as stale.
pub(super) fn carry_translations(
    meta: &mut RecordMeta,
    texts: Texts<'_>,
    incoming: Translations,
    before: Option<(&RecordMeta, Texts<'_>, &Translations)>,
) -> Translations {
    let Some((old_meta, old, old_translations)) = before else {
        meta.text_version = meta.version;
        return stamp(incoming, |_, _| None, meta.version);
    };
    let same = old.title == texts.title && old.summary == texts.summary && old.description == texts.description;
    meta.text_version = if same { old_meta.text_version } else { meta.version };
    let kept = |tag: &_, new: &crate::text::Translation| {
        let old: &crate::text::Translation = old_translations.get(tag)?;
        (old.title == new.title && old.summary == new.summary && old.description == new.description).then_some(old.original_version)?
    };
    stamp(incoming, kept, meta.text_version)
}

fn stamp(incoming: Translations, kept: impl Fn(&crate::text::LanguageTag, &crate::text::Translation) -> Option<i64>, current: i64) -> Translations {
    incoming
        .into_iter()
        .map(|(tag, mut translation)| {
            translation.original_version = translation.original_version.or_else(|| kept(&tag, &translation)).or(Some(current));
            (tag, translation)
        })
        .collect()
}
