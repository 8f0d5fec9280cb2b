//! Applications: organisations ask for access, editors decide.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::entrance::{PASSWORD, visit};
use common::people::Person;
use common::{Alone, alone, complaints, problem};
use domain::accounts::Role;
use reqwest::blocking::Response;
use serde_json::{Value, json};

fn application(email: &str) -> Value {
    json!({
        "organizationName": "Musikschule am See", "organizationKind": "music-school", "website": "https://musik.example.org", "contactName": "Leitung",
        "email": email, "message": "Guten Tag,\nwir möchten mitmachen.", "language": "de"
    })
}

fn apply(node: &Alone, body: Value) -> Response {
    node.send("/applications", body).send().unwrap()
}

fn list(node: &Alone, editor: &Person) -> Vec<Value> {
    let list: Value = editor.asks(node.get("/applications?status=pending")).send().unwrap().json().unwrap();
    list["data"].as_array().unwrap().clone()
}

fn verified(node: &Alone, editor: &Person, email: &str) -> Value {
    assert_eq!(apply(node, application(email)).status(), 202);
    let verified = node.send("/applications/verify", json!({ "token": node.link_token(email) })).send().unwrap();
    assert_eq!((verified.status().as_u16(), verified.json::<Value>().unwrap()), (200, json!({ "status": "pending" })));
    list(node, editor).into_iter().find(|entry| entry["email"] == email).unwrap()
}

fn decide(node: &Alone, editor: &Person, application: &Value, decision: Value) -> Response {
    let path = format!("/applications/{}/decision", application["id"].as_str().unwrap());
    editor.asks(node.send(&path, decision)).header("if-match", format!("\"{}\"", application["version"])).send().unwrap()
}

#[test]
fn an_approved_organisation_is_in_the_catalogue_and_its_people_come_in() {
    let node = alone();
    let editor = node.person("redaktion", &[(Role::Editor, None)]);
    assert_eq!(apply(&node, application("leitung@example.org")).status(), 202);
    assert_eq!(list(&node, &editor), Vec::<Value>::new(), "not before the address is confirmed");
    let token = node.link_token("leitung@example.org");
    assert_eq!(node.send("/applications/verify", json!({ "token": token })).send().unwrap().status(), 200);
    problem(node.send("/applications/verify", json!({ "token": token })).send().unwrap(), 410, "link-invalid");
    let application = list(&node, &editor).remove(0);
    assert_eq!(application["message"], "Guten Tag,\nwir möchten mitmachen.");
    node.clock.advance(chrono::Duration::seconds(1));
    let approved = decide(&node, &editor, &application, json!({ "decision": "approve" }));
    assert_eq!(approved.status(), 200, "{}", approved.text().unwrap());
    let approved: Value = decide(&node, &editor, &application, json!({ "decision": "approve" })).json().unwrap();
    assert_eq!(approved["code"], "already-decided");
    node.settle();
    let found = node.json("/organizations?q=Musikschule");
    let id = found["data"][0]["id"].as_str().unwrap();
    let organization = node.json(&format!("/organizations/{id}"));
    assert_eq!((&organization["name"], &organization["url"]), (&json!("Musikschule am See"), &json!("https://musik.example.org/")));
    let shown: Value = editor.asks(node.get(&format!("/applications/{}", application["id"].as_str().unwrap()))).send().unwrap().json().unwrap();
    assert_eq!((&shown["status"], &shown["organization"]["id"], &shown["decidedBy"]), (&json!("approved"), &json!(id), &json!("redaktion")));
    let accepting = json!({ "token": node.link_token("leitung@example.org"), "name": "Leitung", "password": PASSWORD, "language": "de" });
    let session = visit(node.send("/auth/invitation/accept", accepting).send().unwrap());
    let role = &session.session["account"]["roles"][0];
    assert_eq!((&role["role"], &role["organization"]["id"]), (&json!("organization-admin"), &json!(id)));
    assert_eq!(session.session["account"]["secondFactor"]["required"], true, "without it nothing can be done yet");
    problem(node.get(&format!("/organizations/{id}/members")).bearer_auth(&session.token).send().unwrap(), 403, "second-factor-missing");
}

#[test]
fn somebody_with_an_account_joins_an_organisation_of_the_catalogue() {
    let node = alone();
    let editor = node.person("redaktion", &[(Role::Editor, None)]);
    let member = node.member("mitglied", &[(Role::SteeringMember, None)]);
    let application = verified(&node, &editor, &member.email);
    let organization = node.json("/organizations")["data"][0]["id"].clone();
    let unknown = decide(&node, &editor, &application, json!({ "decision": "approve", "organization": editor.id }));
    assert_eq!(complaints(&problem(unknown, 422, "invalid"))[0].0, "/body/organization");
    assert_eq!(decide(&node, &editor, &application, json!({ "decision": "approve", "organization": organization })).status(), 200);
    let session = node.visit(&member);
    assert_eq!(session.session["account"]["roles"].as_array().unwrap().len(), 2);
    assert!(node.mails(&member.email).iter().any(|mail| mail.text.contains("/de/anmelden")), "no second account, no link to begin with");
}

#[test]
fn a_rejection_is_told_with_its_reason() {
    let node = alone();
    let editor = node.person("redaktion", &[(Role::Editor, None)]);
    let application = verified(&node, &editor, "leitung@example.org");
    problem(decide(&node, &editor, &application, json!({ "decision": "reject" })), 422, "invalid");
    problem(decide(&node, &editor, &application, json!({ "decision": "maybe" })), 422, "invalid");
    let rejected: Value =
        decide(&node, &editor, &application, json!({ "decision": "reject", "reason": "Bitte wenden Sie sich an Ihren Träger." })).json().unwrap();
    assert_eq!((&rejected["status"], &rejected["reason"]), (&json!("rejected"), &json!("Bitte wenden Sie sich an Ihren Träger.")));
    assert!(node.mails("leitung@example.org").iter().any(|mail| mail.text.contains("an Ihren Träger")));
    problem(decide(&node, &editor, &application, json!({ "decision": "approve" })), 409, "already-decided");
}

#[test]
fn applications_are_for_editors_and_flood_nobody() {
    let node = alone();
    for role in [Role::Analyst, Role::Coordinator, Role::SteeringMember] {
        let person = node.person("mitglied", &[(role, None)]);
        problem(person.asks(node.get("/applications")).send().unwrap(), 403, "forbidden");
    }
    let known = node.member("mitglied", &[(Role::SteeringMember, None)]);
    for email in [known.email.as_str(), "fremd@example.org"] {
        for _ in 0..5 {
            let answer = apply(&node, application(email));
            assert_eq!((answer.status().as_u16(), answer.text().unwrap()), (202, String::new()));
        }
        assert_eq!(node.mails(email).len(), 3, "with an account or without");
    }
    let mut wrong = application("a@b.de");
    wrong["organizationKind"] = json!("no-such-kind");
    assert_eq!(complaints(&problem(apply(&node, wrong), 422, "invalid")), [("/body/organizationKind".to_owned(), "concept-unknown".to_owned())]);
    let mut script = application("a@b.de");
    script["website"] = json!("javascript:alert(1)");
    problem(apply(&node, script), 422, "invalid");
    let mut more = application("a@b.de");
    more["status"] = json!("approved");
    problem(apply(&node, more), 422, "invalid");
}
