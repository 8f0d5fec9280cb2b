//! A workplace for import tests: a store, a source, and records written as NDJSON lines.
#![allow(dead_code)]

use domain::accounts::Actor;
use domain::accounts::may::ReadImports;
use domain::catalogue::{Offer, RecordKind};
use domain::partners::{Change, ChangeAction, Handing, Import, ImportDecision, ImportFormat, ImportMode, ImportProblem, Source};
use domain::{Clock, FixedClock, new_id};
use persistence::records::StoredRecord;
use persistence::{AnyConnection, Store, changes, imports, records};
use std::io::Cursor;
use std::sync::Arc;
use sync::Services;
use sync::import::{self, ImportError};
use testkit::{SeededRng, TestDatabase};

pub(crate) struct Workplace {
    pub(crate) services: Services,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) source: Source,
    pub(crate) actor: Actor,
}

impl Workplace {
    pub(crate) fn on(database: &TestDatabase) -> Self {
        Self::with(database.store(), 1)
    }

    pub(crate) fn with(store: Store, seed: u64) -> Self {
        let clock = Arc::new(testkit::clock());
        let services = Services {
            store,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            rng: Arc::new(SeededRng::new(seed)),
            vocabularies: testkit::vocabularies(),
            region: testkit::region(),
            limits: exchange::Limits::default(),
        };
        let known = services.store.read(testkit::sources).unwrap().into_iter().find(|source| source.key == "vhs");
        let source = known.unwrap_or_else(|| add_source(&services, "vhs"));
        Self { services, clock, source, actor: Actor::system() }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.services.store
    }

    pub(crate) fn import(&self, mode: ImportMode, file: &str) -> Import {
        self.try_import(mode, file).unwrap()
    }

    pub(crate) fn try_import(&self, mode: ImportMode, file: &str) -> Result<Import, ImportError> {
        self.hand_in(&Handing::new(ImportFormat::Ndjson, mode), file)
    }

    pub(crate) fn hand_in(&self, handing: &Handing, file: &str) -> Result<Import, ImportError> {
        self.clock.advance(chrono::Duration::seconds(1));
        import::run(&self.services, &self.actor, &self.source.key, handing, &mut Cursor::new(file), &mut |_| {})
    }

    /// Everything is done and taken back.
    pub(crate) fn dry(&self, mode: ImportMode, file: &str) -> Import {
        self.hand_in(&Handing { dry_run: true, ..Handing::new(ImportFormat::Ndjson, mode) }, file).unwrap()
    }

    pub(crate) fn decide(&self, import: &Import, decision: ImportDecision) -> Result<Import, ImportError> {
        self.clock.advance(chrono::Duration::seconds(1));
        import::decide(&self.services, &self.actor, &self.source.key, import.id, decision, &mut |_| {})
    }

    pub(crate) fn undo(&self, import: &Import) -> Result<Import, ImportError> {
        self.clock.advance(chrono::Duration::seconds(1));
        import::undo(&self.services, &self.actor, &self.source.key, import.id)
    }

    /// What is published, one record a line, without what says when and how often it was written.
    pub(crate) fn dump(&self) -> String {
        let mut lines = Vec::new();
        for kind in RecordKind::ALL {
            for record in self.store().read(|c| records::page(c, *kind, None, 100_000)).unwrap() {
                let mut document: serde_json::Value = serde_json::from_str(&record.document).unwrap();
                for field in ["version", "textVersion", "updatedAt", "freshness"] {
                    document.as_object_mut().unwrap().remove(field);
                }
                lines.push(format!("{document}\n"));
            }
        }
        lines.concat()
    }

    /// What an import did to each record: action and identifier, in order.
    pub(crate) fn touched(&self, import: &Import) -> Vec<(ChangeAction, String)> {
        let read = |c: &mut AnyConnection| {
            let source = testkit::own::<ReadImports>(c, &self.source.key)?;
            imports::reported(c, &source, import.id, None, None, 100_000)
        };
        let (records, total) = self.store().read(read).unwrap();
        assert_eq!(records.len() as i64, total);
        let mut touched: Vec<_> = records.into_iter().map(|(_, record)| (record.action, record.external_id)).collect();
        touched.sort();
        touched
    }

    pub(crate) fn full(&self, file: &str) -> Import {
        self.import(ImportMode::Full, file)
    }

    pub(crate) fn delta(&self, file: &str) -> Import {
        self.import(ImportMode::Delta, file)
    }

    pub(crate) fn last_seq(&self) -> i64 {
        self.store().read(changes::last_seq).unwrap()
    }

    pub(crate) fn changes_after(&self, seq: i64) -> Vec<Change> {
        self.store().read(|c| changes::after(c, seq, 1000, &[])).unwrap()
    }

    pub(crate) fn actions_after(&self, seq: i64) -> Vec<(RecordKind, ChangeAction)> {
        self.changes_after(seq).iter().map(|change| (change.kind, change.action)).collect()
    }

    pub(crate) fn problems(&self, import: &Import) -> Vec<ImportProblem> {
        let read = |c: &mut AnyConnection| {
            let source = testkit::own(c, &self.source.key)?;
            imports::problems(c, &source, import.id, -1, 100_000)
        };
        self.store().read(read).unwrap().into_iter().map(|(_, problem)| problem).collect()
    }

    /// The imports of the source, the latest first.
    pub(crate) fn imports(&self) -> Vec<Import> {
        let read = |c: &mut AnyConnection| {
            let source = testkit::own(c, &self.source.key)?;
            imports::list(c, &source, None, 100)
        };
        self.store().read(read).unwrap()
    }

    pub(crate) fn codes(&self, import: &Import) -> Vec<String> {
        self.problems(import).into_iter().map(|problem| problem.problem.code).collect()
    }

    /// The kept record with this external id.
    pub(crate) fn record(&self, kind: RecordKind, external_id: &str) -> StoredRecord {
        let mut id = None;
        self.store()
            .read(|c| {
                records::each_of_source(c, self.source.id, |known| {
                    if known.kind == kind && known.external_id == external_id {
                        id = Some(known.id);
                    }
                })
            })
            .unwrap();
        self.store().read(|c| records::get(c, id.unwrap())).unwrap().unwrap()
    }

    pub(crate) fn offer(&self, external_id: &str) -> Offer {
        serde_json::from_str(&self.record(RecordKind::Offer, external_id).document).unwrap()
    }

    pub(crate) fn count(&self, kind: RecordKind) -> i64 {
        self.store().read(records::counts).unwrap().into_iter().find(|(k, _)| *k == kind).unwrap().1
    }
}

pub(crate) fn add_source(services: &Services, key: &str) -> Source {
    let source = testkit::source(new_id(&*services.clock, &*services.rng), key);
    let add = source.clone();
    services.store.write(move |tx| testkit::add_source(tx, &add)).unwrap();
    source
}

pub(crate) fn organization(id: &str, name: &str) -> String {
    format!(r#"{{"type":"organization","externalId":"{id}","name":"{name}","kind":"adult-education-centre"}}"#) + "\n"
}

pub(crate) fn place(id: &str, name: &str, postcode: &str) -> String {
    format!(r#"{{"type":"place","externalId":"{id}","name":"{name}","address":{{"street":"Am Markt 1","postalCode":"{postcode}"}}}}"#) + "\n"
}

/// An offer with one run on a day of January 2027.
pub(crate) fn offer(id: &str, title: &str, organization: &str, place: &str, day: u32) -> String {
    format!(
        r#"{{"type":"offer","externalId":"{id}","organization":"{organization}","kind":"course","title":"{title}","runs":[{{"externalId":"r-{id}","start":"2027-01-{day:02}T17:00:00Z","end":"2027-01-{day:02}T18:30:00Z","place":"{place}"}}]}}"#
    ) + "\n"
}

pub(crate) fn delete(kind: &str, id: &str) -> String {
    format!(r#"{{"type":"delete","kind":"{kind}","externalId":"{id}"}}"#) + "\n"
}

/// One organisation, one place, three offers.
pub(crate) fn small_catalogue() -> String {
    [
        organization("vhs", "Volkshochschule"),
        place("haus", "Haus am Markt", "19370"),
        offer("a", "Deutsch A1", "vhs", "haus", 11),
        offer("b", "Deutsch A2", "vhs", "haus", 12),
        offer("c", "Aquarell", "vhs", "haus", 13),
    ]
    .concat()
}
