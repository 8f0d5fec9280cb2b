//! Edits: what is written in the portal lies over what the feed says, the same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::accounts::Actor;
use domain::accounts::may::ReadAudit;
use domain::catalogue::{Organization, Price, RecordKind};
use domain::partners::ChangeAction;
use domain::{Problem, Uuid};
use persistence::Error as StoreError;
use persistence::access::allow;
use persistence::audit::{self, Filter};
use serde_json::{Map, Value, json};
use sync::edits::{self, EditError};
use testkit::on_both_databases;

fn patch(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn change(work: &Workplace, kind: RecordKind, id: Uuid, version: i64, value: Value) -> Result<i64, EditError> {
    work.clock.advance(chrono::Duration::seconds(1));
    edits::change(&work.services, &Actor::system(), kind, id, version, &patch(value)).map(|record| record.version)
}

fn release(work: &Workplace, kind: RecordKind, id: Uuid, version: i64, field: &str) -> Result<i64, EditError> {
    edits::release(&work.services, &Actor::system(), kind, id, version, field).map(|record| record.version)
}

fn problems(error: EditError) -> Vec<(String, String)> {
    match error {
        EditError::Invalid(problems) => problems.into_iter().map(|Problem { pointer, code, .. }| (pointer, code)).collect(),
        other => panic!("{other}"),
    }
}

fn actions(work: &Workplace) -> Vec<(String, Option<Value>, Option<Value>)> {
    let now = testkit::NOW.parse().unwrap();
    let read = |connection: &mut persistence::AnyConnection| {
        let allowed = allow::<ReadAudit>(connection, &Actor::system(), now)?;
        let filter = Filter { action: Some("record.".to_owned()), ..Filter::default() };
        audit::list(connection, &allowed, &filter, None, 100)
    };
    let entries = work.store().read(read).unwrap();
    entries.into_iter().rev().map(|entry| (entry.action, entry.before, entry.after)).collect()
}

on_both_databases! {
    fn an_edited_field_is_kept_and_all_others_follow_the_feed(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let before = work.record(RecordKind::Offer, "a");
        let seq = work.last_seq();
        let version = change(&work, RecordKind::Offer, before.id, 1, json!({ "title": "  Deutsch für den Alltag ", "price": { "type": "free" } })).unwrap();
        assert_eq!((version, work.actions_after(seq)), (2, vec![(RecordKind::Offer, ChangeAction::Changed)]));
        let after = work.offer("a");
        assert_eq!((after.title.as_str(), after.meta.version, after.meta.slug.as_str()), ("Deutsch für den Alltag", 2, "deutsch-fuer-den-alltag"));
        assert!(matches!(after.price, Price { .. }) && after.price != Price::unknown());
        assert_eq!(after.runs[0].id, serde_json::from_str::<domain::catalogue::Offer>(&before.document).unwrap().runs[0].id, "runs keep their ids");
        // The same file again changes nothing; another title of the feed is not shown, another day is.
        work.full(&small_catalogue());
        assert_eq!(work.record(RecordKind::Offer, "a").version, 2);
        let other = small_catalogue().replace("Deutsch A1", "Deutsch A1 neu").replace("2027-01-11", "2027-01-18");
        work.full(&other);
        let after = work.offer("a");
        assert_eq!((after.title.as_str(), after.runs[0].starts_at().unwrap().date_naive().to_string().as_str()), ("Deutsch für den Alltag", "2027-01-18"));
        let (edited, version) = edits::shown(&work.services, &Actor::system(), RecordKind::Offer, before.id).unwrap();
        assert_eq!(version, after.meta.version);
        assert_eq!(edited.iter().map(|edit| edit.field.as_str()).collect::<Vec<_>>(), ["price", "title"]);
        assert_eq!((&edited[1].value, &edited[1].feed_value), (&json!("Deutsch für den Alltag"), &json!("Deutsch A1 neu")));
        // Released, the feed's value is shown at once, and the next import takes it along again.
        let version = release(&work, RecordKind::Offer, before.id, version, "title").unwrap();
        assert_eq!(work.offer("a").title.as_str(), "Deutsch A1 neu");
        assert!(matches!(release(&work, RecordKind::Offer, before.id, version, "title"), Err(EditError::Store(StoreError::NotFound))));
        work.full(&small_catalogue());
        assert_eq!(work.offer("a").title.as_str(), "Deutsch A1");
        let told = actions(&work);
        assert_eq!(told.iter().map(|(action, ..)| action.as_str()).collect::<Vec<_>>(), ["record.edited", "record.released"]);
        assert_eq!(told[0].1.as_ref().unwrap()["title"], "Deutsch A1");
        assert_eq!(told[0].2.as_ref().unwrap()["title"], "Deutsch für den Alltag");
        assert_eq!(told[1].2.as_ref().unwrap()["title"], "Deutsch A1 neu");
    }

    fn null_empties_a_field_and_objects_are_merged(database) {
        let work = Workplace::on(database);
        let line = r#"{"type":"offer","externalId":"x","organization":"vhs","kind":"course","title":"Kochen","summary":"Kurz","contact":{"name":"Büro","phone":"+49 3871 1"}}"#;
        work.delta(&format!("{}{line}\n", organization("vhs", "Volkshochschule")));
        let id = work.record(RecordKind::Offer, "x").id;
        change(&work, RecordKind::Offer, id, 1, json!({ "summary": null, "contact": { "phone": null, "email": "buero@example.org" } })).unwrap();
        let offer = serde_json::to_value(work.offer("x")).unwrap();
        assert_eq!((offer.get("summary"), &offer["contact"]), (None, &json!({ "name": "Büro", "email": "buero@example.org" })));
        let (edited, _) = edits::shown(&work.services, &Actor::system(), RecordKind::Offer, id).unwrap();
        assert_eq!((&edited[1].value, &edited[1].feed_value), (&Value::Null, &json!("Kurz")));
        // What already reads so is protected all the same, without a new version.
        assert_eq!(change(&work, RecordKind::Offer, id, 2, json!({ "title": "Kochen" })).unwrap(), 2);
        work.delta(&line.replace("Kochen", "Backen").replace("Kurz", "Anders"));
        let offer = serde_json::to_value(work.offer("x")).unwrap();
        assert_eq!((&offer["title"], offer.get("summary")), (&json!("Kochen"), None));
        assert_eq!(change(&work, RecordKind::Offer, id, 2, json!({})).unwrap(), 2, "nothing named, nothing done");
    }

    fn what_would_be_no_record_is_refused_with_its_place(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let (id, seq) = (work.record(RecordKind::Offer, "a").id, work.last_seq());
        let refused = |value| problems(change(&work, RecordKind::Offer, id, 1, value).unwrap_err());
        let pointers = |value| refused(value).into_iter().map(|(pointer, _)| pointer).collect::<Vec<_>>();
        assert_eq!(refused(json!({ "externalId": "b", "colour": "red" })), [("/colour".into(), "field-not-editable".into()), ("/externalId".into(), "field-not-editable".to_owned())]);
        assert_eq!(pointers(json!({ "runs": [] })), ["/runs"]);
        assert_eq!(pointers(json!({ "title": null })), ["/title"]);
        assert_eq!(pointers(json!({ "title": "" })), ["/title"]);
        assert_eq!(pointers(json!({ "topics": ["no-such-topic"] })), ["/topics/0"], "codes are checked like those of an import");
        assert_eq!(pointers(json!({ "price": { "type": "paid", "amount": "viel" } })), ["/price/amount"]);
        assert_eq!(pointers(json!({ "contact": { "fax": "1" } })), ["/contact/fax"]);
        assert_eq!(pointers(json!({ "ageRange": { "min": 60, "max": 18 } })), ["/ageRange"]);
        assert_eq!((work.last_seq(), work.record(RecordKind::Offer, "a").version), (seq, 1), "nothing was written");
        let (edited, _) = edits::shown(&work.services, &Actor::system(), RecordKind::Offer, id).unwrap();
        assert_eq!((edited, actions(&work)), (vec![], vec![]));
    }

    fn nothing_is_overwritten_unseen(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let id = work.record(RecordKind::Offer, "a").id;
        change(&work, RecordKind::Offer, id, 1, json!({ "title": "Eins" })).unwrap();
        for stale in [1, 3] {
            let error = change(&work, RecordKind::Offer, id, stale, json!({ "title": "Zwei" })).unwrap_err();
            assert!(matches!(error, EditError::Store(StoreError::Conflict(2))), "{error}");
        }
        assert!(matches!(release(&work, RecordKind::Offer, id, 1, "title"), Err(EditError::Store(StoreError::Conflict(2)))));
        for (kind, other) in [(RecordKind::Place, id), (RecordKind::Offer, Uuid::from_u128(1))] {
            assert!(matches!(change(&work, kind, other, 1, json!({ "name": "X" })), Err(EditError::Store(StoreError::NotFound))));
        }
        work.delta(&delete("offer", "a"));
        assert!(matches!(change(&work, RecordKind::Offer, id, 3, json!({ "title": "Drei" })), Err(EditError::Gone)));
    }

    fn the_offers_of_an_edited_organisation_show_its_name(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let (organization, place) = (work.record(RecordKind::Organization, "vhs"), work.record(RecordKind::Place, "haus"));
        let seq = work.last_seq();
        change(&work, RecordKind::Organization, organization.id, 1, json!({ "name": "Volkshochschule am Markt" })).unwrap();
        assert_eq!(work.offer("a").organization.name, "Volkshochschule am Markt");
        assert_eq!(work.changes_after(seq).len(), 4, "the organisation and its three offers");
        change(&work, RecordKind::Place, place.id, 1, json!({ "name": "Haus am Teich", "address": { "postalCode": "19370" } })).unwrap();
        let offer = work.offer("a");
        assert_eq!((offer.runs[0].place.as_ref().unwrap().name.as_str(), offer.meta.version), ("Haus am Teich", 3));
        work.full(&small_catalogue().replace("Volkshochschule\"", "VHS\""));
        let kept: Organization = serde_json::from_str(&work.record(RecordKind::Organization, "vhs").document).unwrap();
        assert_eq!((kept.name.as_str(), work.offer("a").organization.name.as_str()), ("Volkshochschule am Markt", "Volkshochschule am Markt"));
        release(&work, RecordKind::Organization, organization.id, kept.meta.version, "name").unwrap();
        assert_eq!(work.offer("a").organization.name, "VHS");
    }
}
