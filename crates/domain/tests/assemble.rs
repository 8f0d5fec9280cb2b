//! Drafts become records: references, dates, translations, problems.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic")]

use domain::areas::{Region, RegionFiles};
use domain::catalogue::assemble::{self, References};
use domain::catalogue::*;
use domain::text::{ExternalId, Short, Title, Translation};
use domain::vocabularies::Vocabularies;
use domain::{FixedClock, Moment, Rng, Uuid};

struct Zero;
impl Rng for Zero {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

struct OneOrganization;
impl References for OneOrganization {
    fn organization(&self, id: &ExternalId) -> Option<OrganizationSummary> {
        (id.as_str() == "vhs").then(|| OrganizationSummary {
            id: Uuid::nil(),
            slug: "vhs".into(),
            name: "VHS".into(),
            kind: "adult-education-centre".into(),
        })
    }
    fn place(&self, _: &ExternalId) -> Option<PlaceSummary> {
        None
    }
}

struct Bench {
    clock: FixedClock,
    vocabularies: Vocabularies,
    region: Region,
}

impl Bench {
    fn new() -> Self {
        let root = format!("{}/../../data", env!("CARGO_MANIFEST_DIR"));
        let read = |path: &str| std::fs::read(format!("{root}/{path}")).unwrap();
        let files: Vec<_> = std::fs::read_dir(format!("{root}/vocabularies")).unwrap().map(|f| std::fs::read(f.unwrap().path()).unwrap()).collect();
        let [r, a, b, h] = ["region.json", "areas.json", "boundaries.topo.json", "holidays.json"].map(|f| read(&format!("region/13076/{f}")));
        Self {
            clock: FixedClock::at("2026-11-24T08:00:00Z"),
            vocabularies: Vocabularies::parse(files.iter().map(|f| (String::new(), f.as_slice()))).unwrap(),
            region: Region::parse(RegionFiles { region: &r, areas: &a, boundaries: &b, holidays: &h }).unwrap(),
        }
    }

    fn assemble(&self, draft: OfferDraft, version: i64, previous: Option<&Offer>) -> assemble::Assembled<Offer> {
        let workshop = Workshop { clock: &self.clock, rng: &Zero, vocabularies: &self.vocabularies, region: &self.region };
        assemble::offer(draft, meta(version), previous, &OneOrganization, &workshop)
    }
}

fn meta(version: i64) -> RecordMeta {
    let at = "2026-11-24T08:00:00Z".parse().unwrap();
    RecordMeta {
        id: Uuid::nil(),
        slug: "x".into(),
        state: PublicationState::Published,
        version,
        text_version: 0,
        created_at: at,
        updated_at: at,
        source: SourceRef { key: "vhs".into(), name: "VHS".into(), external_id: "1".into() },
        licence: Licence::CcBy4,
        freshness: Freshness { confirmed_at: at, confirmed_by: "feed".into() },
        completeness: Completeness { score: 0, missing: vec![] },
    }
}

fn draft() -> OfferDraft {
    let id = |text: &str| ExternalId::try_from(text).unwrap();
    OfferDraft::new(id("1"), id("vhs"), "course", Title::try_from("Deutsch A1").unwrap())
}

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

#[test]
fn every_problem_is_told_at_once_with_its_place() {
    let mut bad = draft();
    bad.kind = "kurs".into();
    bad.topics = vec!["languages".into(), "sprachen".into()];
    bad.organization = ExternalId::try_from("unknown").unwrap();
    bad.price.amount = Some(100);
    bad.age_range = Some(AgeRange { min: Some(60), max: Some(18) });
    bad.runs = vec![RunDraft { place: Some(ExternalId::try_from("nowhere").unwrap()), ..RunDraft::default() }];
    let problems = Bench::new().assemble(bad, 1, None).unwrap_err();
    let mut places: Vec<_> = problems.iter().map(|p| (p.pointer.as_str(), p.code.as_str())).collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            ("/ageRange", "range-reversed"),
            ("/kind", "concept-unknown"),
            ("/organization", "reference-unknown"),
            ("/price", "price-inconsistent"),
            ("/runs/0/place", "reference-unknown"),
            ("/topics/1", "concept-unknown"),
        ]
    );
    assert!(problems.iter().all(|p| !p.message.de.is_empty() && !p.message.en.is_empty()));
}

#[test]
fn an_end_before_the_start_costs_the_end_not_the_offer() {
    let mut odd = draft();
    odd.runs = vec![RunDraft { start: moment("2027-03-01"), end: moment("2027-02-01"), ..RunDraft::default() }];
    let (offer, warnings) = Bench::new().assemble(odd, 1, None).unwrap();
    assert_eq!(warnings.len(), 1);
    assert_eq!((offer.runs[0].start, offer.runs[0].end), (moment("2027-03-01"), None));
}

#[test]
fn runs_keep_their_ids_and_are_in_order() {
    let bench = Bench::new();
    let run = |id: &str, start: &str| RunDraft { external_id: Some(ExternalId::try_from(id).unwrap()), start: moment(start), ..RunDraft::default() };
    let mut first = draft();
    first.runs = vec![run("b", "2027-03-01"), run("a", "2027-01-10")];
    let (mut before, _) = bench.assemble(first, 1, None).unwrap();
    assert_eq!(before.runs.iter().map(|r| r.external_id.as_deref().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    before.runs[0].id = Uuid::max();
    let mut second = draft();
    second.runs = vec![run("a", "2027-05-01"), run("c", "2027-04-01")];
    let (after, _) = bench.assemble(second, 2, Some(&before)).unwrap();
    assert_eq!(after.runs.iter().find(|r| r.external_id.as_deref() == Some("a")).unwrap().id, Uuid::max());
}

#[test]
fn a_translation_of_an_older_original_shows_as_stale() {
    let bench = Bench::new();
    let english = |title: &str| {
        [("en".to_owned().try_into().unwrap(), Translation { title: Some(Title::try_from(title).unwrap()), ..Translation::default() })].into()
    };
    let mut first = draft();
    first.translations = english("German A1");
    let (one, _) = bench.assemble(first.clone(), 1, None).unwrap();
    first.summary = Some(Short::try_from("Neu").unwrap());
    let (two, _) = bench.assemble(first.clone(), 2, Some(&one)).unwrap();
    let english_of = |offer: &Offer| offer.translations.values().next().unwrap().original_version;
    assert_eq!((two.meta.text_version, english_of(&two)), (2, Some(1)), "text changed, translation did not");
    first.translations = english("German A1, new");
    let (three, _) = bench.assemble(first, 3, Some(&two)).unwrap();
    assert_eq!((three.meta.text_version, english_of(&three)), (2, Some(2)));
}

#[test]
fn status_follows_the_dates() {
    let mut dated = draft();
    dated.runs =
        vec![RunDraft { start: moment("2027-01-11T17:00:00Z"), end: moment("2027-02-11"), deadline: moment("2027-01-05"), ..RunDraft::default() }];
    let (offer, _) = Bench::new().assemble(dated, 1, None).unwrap();
    let run = &offer.runs[0];
    let at = |text: &str| text.parse().unwrap();
    assert!(run.bookable_at(at("2027-01-05T20:00:00Z"), moment("2026-12-01")), "the day of the run's own deadline counts");
    assert!(!run.bookable_at(at("2027-01-06T00:00:00Z"), None));
    assert_eq!(run.status_at(at("2027-02-11T22:59:00Z")), RunStatus::Bookable);
    assert_eq!(run.status_at(at("2027-02-11T23:00:00Z")), RunStatus::Finished);
    assert_eq!(offer.ends_at().unwrap().to_rfc3339(), "2027-02-11T22:59:59+00:00");
}
