//! The audit log: one unbroken chain whoever writes, readable, verifiable, and without people once they are erased.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use domain::accounts::may::ReadAudit;
use domain::accounts::{Actor, Identity, Origin};
use domain::{Timestamp, Uuid};
use persistence::access::allow;
use persistence::audit::{self, Broken, Event, Filter, Verified};
use persistence::{AnyConnection, Error, Store};
use serde_json::json;
use std::collections::BTreeSet;
use testkit::{SeededRng, TestDatabase, on_both_databases};

fn now() -> Timestamp {
    testkit::NOW.parse().unwrap()
}

fn from_somewhere(identity: Identity) -> Actor {
    Actor { identity, origin: Origin { address: "192.0.2.7".parse().ok(), user_agent: Some("Browser".to_owned()) } }
}

fn person(number: u128) -> Actor {
    from_somewhere(Identity::Account { id: Uuid::from_u128(number), session: Uuid::from_u128(number + 1000) })
}

fn append(store: &Store, actor: &Actor, event: &Event, at: Timestamp) {
    let (actor, event) = (actor.clone(), event.clone());
    let rng = SeededRng::new(7);
    store.write(move |tx| audit::append(tx, &actor, &event, &rng, at)).unwrap();
}

/// Five entries: persons 1 and 2 do something to each other, the program does something to itself.
fn filled(database: &TestDatabase) -> Store {
    let store = database.store();
    let suspended = |id: u128| {
        Event::new("account.suspended", "account", Uuid::from_u128(id))
            .named("Redaktion")
            .changed(json!({"status": "active"}), json!({"status": "suspended"}))
    };
    append(&store, &Actor::system(), &Event::new("account.invited", "account", Uuid::from_u128(1)), now());
    append(&store, &person(1), &suspended(2), now() + chrono::Duration::seconds(1));
    append(&store, &person(2), &suspended(1).within(Some(Uuid::from_u128(9))), now() + chrono::Duration::seconds(2));
    append(&store, &person(1), &Event::new("session.ended", "session", "x"), now() + chrono::Duration::seconds(3));
    append(
        &store,
        &from_somewhere(Identity::Anonymous),
        &Event { action: "session.refused", target_kind: "account", ..Event::default() },
        now() + chrono::Duration::seconds(4),
    );
    store
}

fn verify(store: &Store) -> Result<Verified, Broken> {
    store.read(audit::verify).unwrap()
}

fn page(store: &Store, filter: &Filter, before: Option<i64>, limit: i64) -> Vec<audit::Entry> {
    let read = |c: &mut AnyConnection| {
        let allowed = allow::<ReadAudit>(c, &Actor::system(), now())?;
        audit::list(c, &allowed, filter, before, limit)
    };
    store.read(read).unwrap()
}

fn list(store: &Store, filter: &Filter) -> Vec<audit::Entry> {
    page(store, filter, None, 1000)
}

fn actions(store: &Store, filter: &Filter) -> Vec<String> {
    let count = |c: &mut AnyConnection| {
        let allowed = allow::<ReadAudit>(c, &Actor::system(), now())?;
        audit::count(c, &allowed, filter)
    };
    let total = store.read(count).unwrap();
    let entries = list(store, filter);
    assert_eq!(total, entries.len() as i64);
    entries.into_iter().map(|entry| entry.action).collect()
}

/// Past the program: what somebody with the database in hand might do.
fn tamper(database: &TestDatabase, sql: &str) {
    if database.is_postgres() {
        PgConnection::establish(&database.address()).unwrap().batch_execute(sql).unwrap();
    } else {
        let mut connection = SqliteConnection::establish(database.address().trim_start_matches("sqlite:")).unwrap();
        connection.batch_execute(&format!("PRAGMA busy_timeout=5000; {sql}")).unwrap();
    }
}

on_both_databases! {
    fn entries_are_read_newest_first_and_filtered(database) {
        let store = filled(database);
        let all = list(&store, &Filter::default());
        assert_eq!(all.len(), 5);
        let entry = &all[2];
        assert_eq!((entry.actor_kind.as_str(), entry.actor_id.clone()), ("account", Some(Uuid::from_u128(2).to_string())));
        assert_eq!((entry.target_name.as_deref(), entry.address.as_deref(), entry.user_agent.as_deref()), (Some("Redaktion"), Some("192.0.2.7"), Some("Browser")));
        assert_eq!((entry.before.clone(), entry.organization), (Some(json!({"status": "active"})), Some(Uuid::from_u128(9))));
        let by = |filter: Filter| actions(&store, &filter);
        assert_eq!(by(Filter { actor: Some(Uuid::from_u128(1)), ..Filter::default() }), ["session.ended", "account.suspended"]);
        assert_eq!(by(Filter { action: Some("account.".into()), ..Filter::default() }), ["account.suspended", "account.suspended", "account.invited"]);
        assert_eq!(by(Filter { action: Some("account.s%".into()), ..Filter::default() }), Vec::<String>::new());
        assert_eq!(by(Filter { target: Some(Uuid::from_u128(1).to_string()), ..Filter::default() }), ["account.suspended", "account.invited"]);
        let (from, to) = (now() + chrono::Duration::seconds(1), now() + chrono::Duration::seconds(3));
        assert_eq!(by(Filter { from: Some(from), to: Some(to), ..Filter::default() }), ["account.suspended", "account.suspended"]);
        assert_eq!(page(&store, &Filter::default(), Some(all[1].seq), 2), all[2..4]);
    }

    fn whoever_may_not_read_gets_no_proof(database) {
        let store = database.store();
        let denied = store.read(|c| allow::<ReadAudit>(c, &Actor::anonymous(Origin::default()), now()).map(drop));
        assert!(matches!(denied, Err(Error::Denied(_))));
        assert!(matches!(store.read(|c| allow::<ReadAudit>(c, &person(1), now()).map(drop)), Err(Error::Unknown)));
    }

    fn reading_is_noted_with_what_was_looked_for(database) {
        let store = filled(database);
        let filter = Filter { action: Some("session.".into()), ..Filter::default() };
        let looked_for = filter.clone();
        store.write(move |tx| {
            let allowed = allow::<ReadAudit>(tx, &Actor::system(), now())?;
            audit::note_reading(tx, &allowed, &looked_for, "csv", &SeededRng::new(3), now())
        }).unwrap();
        let newest = list(&store, &Filter::default()).remove(0);
        assert_eq!((newest.action.as_str(), newest.target_id.as_deref()), ("audit.read", Some("csv")));
        assert_eq!(newest.after, Some(json!({"action": "session."})));
        assert_eq!(verify(&store).unwrap().entries, 6);
    }

    // ASVS 5.0 V16.4.2
    fn whatever_is_changed_breaks_the_chain(database) {
        let store = filled(database);
        let whole = verify(&store).unwrap();
        assert_eq!((whole.entries, whole.last_hash.clone()), (5, list(&store, &Filter::default())[0].hash.clone()));
        let seqs: Vec<i64> = list(&store, &Filter::default()).iter().rev().map(|entry| entry.seq).collect();
        let (second, third) = (seqs[1], seqs[2]);
        tamper(database, "CREATE TABLE kept_e AS SELECT * FROM audit_entries; CREATE TABLE kept_a AS SELECT * FROM audit_actors; CREATE TABLE kept_d AS SELECT * FROM audit_details;");
        let anew = "DELETE FROM audit_actors; DELETE FROM audit_details; DELETE FROM audit_entries; INSERT INTO audit_entries SELECT * FROM kept_e; \
            INSERT INTO audit_actors SELECT * FROM kept_a; INSERT INTO audit_details SELECT * FROM kept_d;";
        let removed = format!("DELETE FROM audit_actors WHERE seq = {second}; DELETE FROM audit_details WHERE seq = {second}; DELETE FROM audit_entries WHERE seq = {second}");
        let first = format!("DELETE FROM audit_actors WHERE seq = {0}; DELETE FROM audit_details WHERE seq = {0}; DELETE FROM audit_entries WHERE seq = {0}", seqs[0]);
        for (sql, at) in [
            (format!("UPDATE audit_entries SET at = at + 1 WHERE seq = {second}"), second),
            (format!("UPDATE audit_entries SET actor_id = NULL WHERE seq = {second}"), second),
            (format!("UPDATE audit_entries SET action = 'account.activated' WHERE seq = {second}"), second),
            (format!("UPDATE audit_entries SET organization_id = 'x' WHERE seq = {second}"), second),
            (format!("UPDATE audit_entries SET actor_hash = detail_hash WHERE seq = {second}"), second),
            (format!("UPDATE audit_actors SET name = 'Somebody else' WHERE seq = {second}"), second),
            (format!("UPDATE audit_actors SET address = NULL WHERE seq = {second}"), second),
            (format!("UPDATE audit_details SET before = NULL WHERE seq = {second}"), second),
            (removed, third),
            (first, second),
        ] {
            tamper(database, &sql);
            assert_eq!(verify(&store).map_err(|broken| broken.seq), Err(at), "{sql}");
            tamper(database, anew);
            assert_eq!(verify(&store), Ok(whole.clone()));
        }
        // The end is all that can go unseen from inside, which is why the last hash is told.
        tamper(database, &format!("DELETE FROM audit_actors WHERE seq = {0}; DELETE FROM audit_entries WHERE seq = {0}", seqs[4]));
        let cut = verify(&store).unwrap();
        assert_eq!(cut.entries, 4);
        assert_ne!(cut.last_hash, whole.last_hash);
    }

    fn erasing_a_person_leaves_the_chain_whole_and_others_as_they_are(database) {
        let store = filled(database);
        let before = verify(&store).unwrap();
        assert_eq!(store.write(|tx| audit::erase_personal(tx, Uuid::from_u128(1))).unwrap(), 3);
        assert_eq!(verify(&store), Ok(before));
        let all = list(&store, &Filter::default());
        let (done_to, done_by) = (&all[2], &all[3]);
        assert_eq!((done_by.address.as_deref(), done_by.user_agent.as_deref()), (None, None), "who acted is gone");
        assert_eq!((done_by.target_name.as_deref(), done_by.after.is_some()), (Some("Redaktion"), true), "what was done to somebody else stays");
        assert_eq!((done_to.target_name.as_deref(), done_to.before.is_some()), (None, false), "what was done to the person is gone");
        assert_eq!(done_to.address.as_deref(), Some("192.0.2.7"), "who did it stays");
    }

    fn eight_threads_write_one_chain(database) {
        const EACH: usize = 25;
        let store = database.store();
        std::thread::scope(|scope| {
            for thread in 0..8u64 {
                let store = &store;
                scope.spawn(move || {
                    for number in 0..EACH {
                        let rng = SeededRng::new(thread * 1000 + number as u64);
                        store.write(move |tx| {
                            audit::append(tx, &person(u128::from(thread)), &Event::new("session.started", "session", number), &rng, now())?;
                            // Some give up after they have appended: their entries must leave no hole.
                            if number % 5 == 4 { Err(Error::Aborted) } else { Ok(()) }
                        }).ok();
                    }
                });
            }
        });
        assert_eq!(verify(&store).unwrap().entries, 8 * 20);
        let seqs: BTreeSet<i64> = list(&store, &Filter::default()).iter().map(|entry| entry.seq).collect();
        assert_eq!(seqs.len(), 8 * 20);
    }
}
