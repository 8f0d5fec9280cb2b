//! Members: organisations look after their own people, and after nobody else's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::entrance::visit;
use common::people::Person;
use common::{Alone, alone, complaints, problem};
use domain::Uuid;
use domain::accounts::Role;
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};

fn at(node: &Alone, method: &str, path: &str) -> RequestBuilder {
    node.client.request(method.parse().unwrap(), node.url(&format!("/api/v1{path}")))
}

fn organizations(node: &Alone) -> (Uuid, Uuid) {
    node.import("{\"type\":\"organization\",\"externalId\":\"o-zwei\",\"name\":\"Musikschule\",\"kind\":\"music-school\"}\n");
    let list = node.json("/organizations");
    let id = |index: usize| list["data"][index]["id"].as_str().unwrap().parse().unwrap();
    (id(0), id(1))
}

fn invite(node: &Alone, person: &Person, organization: Uuid, email: &str, name: &str, role: &str) -> Response {
    let body = json!({ "email": email, "name": name, "language": "de", "role": role });
    person.asks(at(node, "POST", &format!("/organizations/{organization}/members"))).json(&body).send().unwrap()
}

fn members(node: &Alone, person: &Person, organization: Uuid) -> Vec<Value> {
    let list: Value = person.asks(node.get(&format!("/organizations/{organization}/members"))).send().unwrap().json().unwrap();
    list["data"].as_array().unwrap().clone()
}

#[test]
fn a_colleague_is_invited_promoted_and_removed() {
    let node = alone();
    let (own, _) = organizations(&node);
    let admin = node.person("leitung", &[(Role::OrganizationAdmin, Some(own))]);
    let invited = invite(&node, &admin, own, "kurse@example.org", "Kursleitung", "organization-editor");
    assert_eq!(invited.status(), 201);
    let member: Value = invited.json().unwrap();
    assert_eq!((&member["status"], &member["account"]["name"]), (&json!("invited"), &json!("Kursleitung")));
    let session = visit(
        node.send(
            "/auth/invitation/accept",
            json!({ "token": node.link_token("kurse@example.org"), "name": "Kurse", "password": "Regenschirm am Hafen", "language": "de" }),
        )
        .send()
        .unwrap(),
    );
    assert_eq!(session.session["account"]["roles"][0]["role"], "organization-editor");
    let path = format!("/organizations/{own}/members/{}", member["membership"].as_str().unwrap());
    let now = members(&node, &admin, own).into_iter().find(|entry| entry["membership"] == member["membership"]).unwrap();
    assert_eq!((&now["status"], &now["account"]["name"]), (&json!("active"), &json!("Kurse")));
    let change =
        |body: Value, version: &Value| admin.asks(at(&node, "PATCH", &path)).header("if-match", format!("\"{version}\"")).json(&body).send().unwrap();
    problem(change(json!({ "role": "editor" }), &now["version"]), 422, "invalid");
    problem(change(json!({ "role": "organization-admin" }), &json!(99)), 412, "precondition-failed");
    let promoted: Value = change(json!({ "role": "organization-admin" }), &now["version"]).json().unwrap();
    assert_eq!(promoted["role"], "organization-admin");
    let removed = admin.asks(at(&node, "DELETE", &path)).header("if-match", format!("\"{}\"", promoted["version"])).send().unwrap();
    assert_eq!(removed.status(), 204);
    assert_eq!(members(&node, &admin, own).len(), 1);
}

// ASVS 5.0 V8.2.2
#[test]
fn the_people_of_another_organisation_are_not_there() {
    let node = alone();
    let (own, foreign) = organizations(&node);
    let admin = node.person("leitung", &[(Role::OrganizationAdmin, Some(own))]);
    let other = node.person("andere", &[(Role::OrganizationAdmin, Some(foreign))]);
    let theirs = members(&node, &other, foreign).remove(0);
    let id = theirs["membership"].as_str().unwrap();
    problem(admin.asks(node.get(&format!("/organizations/{foreign}/members"))).send().unwrap(), 404, "not-found");
    problem(invite(&node, &admin, foreign, "a@b.de", "x", "organization-editor"), 404, "not-found");
    // In the path of the own organisation, too.
    for organization in [own, foreign] {
        let path = format!("/organizations/{organization}/members/{id}");
        for (method, body) in [("PATCH", Some(json!({ "status": "suspended" }))), ("DELETE", None)] {
            let request = admin.asks(at(&node, method, &path)).header("if-match", "\"1\"");
            problem(body.into_iter().fold(request, |request, body| request.json(&body)).send().unwrap(), 404, "not-found");
        }
    }
    problem(admin.asks(node.get("/organizations/019ab1c2-0000-7000-8000-000000000002/members")).send().unwrap(), 404, "not-found");
    let editor = node.person("kurse", &[(Role::OrganizationEditor, Some(own))]);
    assert_eq!(members(&node, &editor, own).len(), 2, "an editor sees the colleagues");
    problem(invite(&node, &editor, own, "a@b.de", "x", "organization-editor"), 403, "forbidden");
    let refused = problem(invite(&node, &admin, own, "a@b.de", "x", "administrator"), 422, "invalid");
    assert_eq!(complaints(&refused), [("/body/role".to_owned(), "role-without-organization".to_owned())]);
}

#[test]
fn whether_somebody_has_an_account_shows_only_to_themselves() {
    let node = alone();
    let (own, _) = organizations(&node);
    let admin = node.person("leitung", &[(Role::OrganizationAdmin, Some(own))]);
    let known = node.member("geheimer-name", &[(Role::SteeringMember, None)]);
    let shown = |email: &str| {
        let mut invited: Value = invite(&node, &admin, own, email, "So genannt", "organization-editor").json().unwrap();
        invited["membership"].take();
        invited["account"]["id"].take();
        invited["account"]["email"].take();
        invited
    };
    assert_eq!(shown(&known.email), shown("unbekannt@example.org"));
    let listed = members(&node, &admin, own);
    assert!(!json!(listed).to_string().contains("geheimer-name\",\"email"), "{listed:?}");
    let waiting = listed.iter().find(|entry| entry["account"]["id"] == known.id.to_string()).unwrap();
    // The administrator cannot agree for them.
    let path = format!("/organizations/{own}/members/{}", waiting["membership"].as_str().unwrap());
    let mut version = waiting["version"].clone();
    for status in ["suspended", "active"] {
        let changed =
            admin.asks(at(&node, "PATCH", &path)).header("if-match", format!("\"{version}\"")).json(&json!({ "status": status })).send().unwrap();
        let changed: Value = changed.json().unwrap();
        assert_ne!(changed["status"], "active", "{changed}");
        assert_eq!(changed["account"]["name"], "So genannt");
        version = changed["version"].clone();
    }
    let session = node.visit(&known);
    assert_eq!(session.session["account"]["roles"].as_array().unwrap().len(), 1, "it does not count yet");
    let token = node.link_token(&known.email);
    let invitation: Value = node.send("/auth/invitation", json!({ "token": token })).send().unwrap().json().unwrap();
    assert_eq!((&invitation["registered"], &invitation["roles"]), (&json!(true), &json!(["organization-editor"])));
    let accepting = json!({ "token": token, "name": "x", "password": "Regenschirm am Hafen", "language": "de" });
    problem(node.send("/auth/invitation/accept", accepting).send().unwrap(), 409, "registered");
    assert_eq!(node.send("/auth/invitation/join", json!({ "token": token })).send().unwrap().status(), 204);
    problem(node.send("/auth/invitation/join", json!({ "token": token })).send().unwrap(), 410, "link-invalid");
    let me: Value = node.me(&session.token).json().unwrap();
    assert_eq!(me["roles"].as_array().unwrap().len(), 2);
}
