//! Who comes in: sessions and what ends them, second factors, proofs of who one is that have grown old.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{alone, header, problem};
use domain::Clock;
use domain::accounts::Role;
use serde_json::Value;

#[test]
fn the_own_account_shows_what_it_may_do() {
    let node = alone();
    let organization = node.json("/organizations")["data"][0]["id"].as_str().unwrap().parse().unwrap();
    let person = node.person("verwaltung", &[(Role::OrganizationAdmin, Some(organization))]);
    let answer = person.asks(node.get("/me")).send().unwrap();
    assert_eq!((answer.status().as_u16(), header(answer.headers(), "cache-control")), (200, "no-store"));
    let me: Value = answer.json().unwrap();
    assert_eq!(me["roles"][0]["role"], "organization-admin");
    assert_eq!(me["roles"][0]["organization"]["id"], organization.to_string());
    let manages = me["capabilities"].as_array().unwrap().iter().find(|grant| grant["capability"] == "clients.manage").unwrap();
    assert_eq!((&manages["reach"], &manages["organizations"][0]), (&Value::from("own"), &Value::from(organization.to_string())));
}

#[test]
fn without_its_second_factor_a_role_may_do_nothing() {
    let node = alone();
    let person = node.person_with("redaktion", &[(Role::Editor, None)], &["pwd"], node.clock.now());
    let me: Value = person.asks(node.get("/me")).send().unwrap().json().unwrap();
    assert_eq!((&me["capabilities"], &me["secondFactor"]["required"]), (&Value::from(Vec::<Value>::new()), &Value::from(true)));
}

#[test]
fn who_has_no_session_any_more_is_nobody() {
    let node = alone();
    let person = node.person("mitglied", &[(Role::SteeringMember, None)]);
    problem(node.get("/me").send().unwrap(), 401, "unauthenticated");
    problem(node.get("/me").bearer_auth("x").send().unwrap(), 401, "unauthenticated");
    problem(node.get("/me").header("authorization", "Basic eDp5").send().unwrap(), 401, "unauthenticated");
    assert_eq!(person.asks(node.get("/me")).send().unwrap().status(), 200);
    let now = node.clock.now();
    node.store.write(move |tx| persistence::accounts::sessions::end_all(tx, person.id, None, "test", now)).unwrap();
    problem(person.asks(node.get("/me")).send().unwrap(), 401, "session-ended");
    node.clock.advance(chrono::Duration::seconds(601));
    problem(person.asks(node.get("/me")).send().unwrap(), 401, "unauthenticated");
}

#[test]
fn roles_are_explained_to_everybody() {
    let node = alone();
    let roles = node.json("/roles");
    assert_eq!(roles["data"].as_array().unwrap().len(), Role::ALL.len());
    assert!(roles["data"].as_array().unwrap().iter().all(|role| role["label"]["de"].as_str().is_some_and(|label| !label.is_empty())));
}
