//! Every operation of the OpenAPI document, asked by everybody, on both databases: the answers are those of a table that was read by people.
//!
//! `UPDATE_MATRIX=1 cargo test -p http@0.1.0 --test matrix` writes the table anew. Every 2xx that is new in it needs a reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

mod matrix {
    pub(crate) mod operations;
    pub(crate) mod principals;
    pub(crate) mod requests;
    pub(crate) mod table;
    pub(crate) mod things;
}

use common::Node;
use domain::accounts::Held;
use http::Limits;
use matrix::operations::{self, Operation, Policy};
use matrix::principals::{self, Principal, enter};
use matrix::requests::request;
use matrix::table::Table;
use matrix::things::{Place, Things};
use testkit::{TestDatabase, on_both_databases};

/// Asks every operation as everybody.
fn ask(database: &TestDatabase) -> Table {
    let node = Node::start(database, Limits::default());
    let place = Place::prepare(&node);
    // What only reads harms nothing: all such questions are about the same things, asked by the same people.
    let shared = Things::make(&node, &place.organization);
    let visitors: Vec<_> = principals::ALL.into_iter().map(|principal| enter(&node, &place, &shared, principal)).collect();
    let mut table = Table::default();
    for operation in operations::all() {
        let mut row = Vec::new();
        for (principal, visitor) in principals::ALL.into_iter().zip(&visitors) {
            let answer = if operation.reads() {
                request(&node, &operation, &place, &shared, visitor).send().unwrap()
            } else {
                let things = Things::make(&node, &place.organization);
                request(&node, &operation, &place, &things, &enter(&node, &place, &things, principal)).send().unwrap()
            };
            let status = answer.status().as_u16();
            assert!(status < 500, "{} as {}: {}", operation.name(), principal.name(), answer.text().unwrap());
            row.push(status);
        }
        table.add(&operation, row);
    }
    table
}

on_both_databases! {
    // ASVS 5.0 V8.2.1
    // ASVS 5.0 V8.2.2
    // ASVS 5.0 V8.3.1
    fn everybody_gets_the_answers_of_the_table(database) {
        let found = ask(database);
        if std::env::var_os("UPDATE_MATRIX").is_some() {
            if !database.is_postgres() {
                found.write();
            }
            return;
        }
        let differences = Table::read().differences(&found);
        assert!(differences.is_empty(), "{}\n\nIf this is meant: UPDATE_MATRIX=1 cargo test -p http@0.1.0 --test matrix, and read every line that changed.", differences.join("\n"));
    }
}

/// What `data/roles.toml` and the policy of the operation say about an answer.
fn wrong(operation: &Operation, principal: Principal, status: u16) -> Option<String> {
    let expect = |expected: u16, why: &str| (status != expected).then(|| format!("{expected}, because {why}"));
    let inside = |status: u16| (status == 401 || status == 403).then(|| "to be let in".to_owned());
    // Whose own proof is refused gets a 401 as well.
    let proves = operation.id == "stepUp";
    match operation.policy {
        Policy::Public | Policy::Cookie | Policy::Client => None,
        _ if !principal.is_somebody() => expect(401, "this is nobody"),
        Policy::Person if !principal.is_person() => expect(403, "only a person has an account"),
        Policy::Person if operation.recently && principal == Principal::Stale => expect(401, "the proof is old"),
        Policy::Person if proves => None,
        Policy::Person => inside(status),
        Policy::Holder(capability) => match principal.reach(capability) {
            None => expect(403, "the capability is missing"),
            Some(_) if operation.recently && principal == Principal::Stale => expect(401, "the proof is old"),
            Some(_) if operation.is_about_a_record() && operation.method == "delete" => expect(404, "nothing was edited"),
            // A partner system writes for its source alone; a place belongs to whoever its source belongs to.
            Some(Held::Own) if operation.is_about_a_record() => {
                let own = principal.is_person() && !principal.is_foreign() && !operation.path.contains("/places/");
                if own { expect(200, "it is the own one") } else { expect(404, "it belongs to somebody else") }
            }
            Some(Held::Own) if principal.is_foreign() && operation.is_about_something_owned() => expect(404, "it belongs to somebody else"),
            Some(_) => inside(status).or_else(|| (status == 404).then(|| "to be found".to_owned())),
        },
    }
}

// ASVS 5.0 V8.1.1
#[test]
fn the_table_is_what_the_roles_say() {
    let table = Table::read();
    let mut complaints = Vec::new();
    for operation in operations::all() {
        let Some(row) = table.row(&operation) else { continue };
        assert_eq!(row.rule, operation.rule(), "{}: the table has another policy than the document", operation.name());
        for (principal, status) in principals::ALL.into_iter().zip(&row.answers) {
            if let Some(expected) = wrong(&operation, principal, *status) {
                complaints.push(format!("{} as {}: {status} instead of {expected}", operation.name(), principal.name()));
            }
        }
        // What is for anybody is the same for everybody: nobody gets less for having said who they are.
        if matches!(operation.policy, Policy::Public | Policy::Cookie) {
            assert!(row.answers.iter().all(|status| *status == row.answers[0]), "{}: {:?}", operation.name(), row.answers);
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_operation_has_its_row_and_no_row_is_left_over() {
    let missing = Table::read().missing();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
