//! Accounts: invited, changed, suspended and deleted by administrators, of whom one always remains.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::people::Person;
use common::{Alone, alone, complaints, header, problem};
use domain::Clock;
use domain::accounts::Role;
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};

fn at(node: &Alone, method: &str, path: &str) -> RequestBuilder {
    node.client.request(method.parse().unwrap(), node.url(&format!("/api/v1{path}")))
}

/// A write with the version that was read.
fn write(node: &Alone, person: &Person, method: &str, path: &str, version: &Value, body: Option<Value>) -> Response {
    let request = person.asks(at(node, method, path)).header("if-match", format!("\"{version}\""));
    body.into_iter().fold(request, |request, body| request.json(&body)).send().unwrap()
}

fn read(node: &Alone, person: &Person, path: &str) -> Value {
    let answer = person.asks(node.get(path)).send().unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().unwrap()
}

fn invite(node: &Alone, admin: &Person, body: Value) -> Response {
    admin.asks(at(node, "POST", "/accounts")).json(&body).send().unwrap()
}

#[test]
fn an_account_is_invited_changed_suspended_resumed_and_deleted() {
    let node = alone();
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let invited = invite(
        &node,
        &admin,
        json!({ "email": "Neu@Example.org", "name": " Neue  Redaktion ", "language": "de", "memberships": [{ "role": "editor" }] }),
    );
    assert_eq!(invited.status(), 201);
    let (location, etag) = (header(invited.headers(), "location").to_owned(), header(invited.headers(), "etag").to_owned());
    let account: Value = invited.json().unwrap();
    let id = account["id"].as_str().unwrap().to_owned();
    assert_eq!((location, etag), (format!("/api/v1/accounts/{id}"), format!("\"{}\"", account["version"])));
    assert_eq!(
        (&account["status"], &account["name"], &account["memberships"][0]["status"]),
        (&json!("invited"), &json!("Neue Redaktion"), &json!("invited"))
    );
    let mails = node.mails("Neu@Example.org");
    assert!(mails[0].text.contains("/de/einladung#token=bro_") && mails[0].text.contains("Redaktion (Fachdienst)"), "{}", mails[0].text);

    let found = read(&node, &admin, "/accounts?q=neue&status=invited&role=editor");
    assert_eq!((&found["page"]["total"], &found["data"][0]["id"]), (&json!(1), &json!(id)));
    let path = format!("/accounts/{id}");
    let (missing, stale) =
        (admin.asks(at(&node, "PATCH", &path)).json(&json!({})).send().unwrap(), write(&node, &admin, "PATCH", &path, &json!(77), Some(json!({}))));
    problem(missing, 428, "precondition-required");
    problem(stale, 412, "precondition-failed");
    let changed =
        write(&node, &admin, "PATCH", &path, &account["version"], Some(json!({ "name": "Redaktion", "language": "en", "status": "suspended" })));
    assert_eq!(changed.status(), 200);
    let changed: Value = changed.json().unwrap();
    assert_eq!((&changed["name"], &changed["language"], &changed["status"]), (&json!("Redaktion"), &json!("en"), &json!("suspended")));
    let resumed: Value = write(&node, &admin, "PATCH", &path, &changed["version"], Some(json!({ "status": "active" }))).json().unwrap();
    assert_eq!(resumed["status"], "invited", "the invitation was never accepted");
    assert_eq!(admin.asks(at(&node, "POST", &format!("{path}/invitation"))).send().unwrap().status(), 202);
    let now = read(&node, &admin, &path);
    node.clock.advance(chrono::Duration::seconds(1));
    assert_eq!(write(&node, &admin, "DELETE", &path, &now["version"], None).status(), 204);
    let gone = read(&node, &admin, &path);
    assert_eq!((&gone["status"], &gone["name"], gone.get("email")), (&json!("deleted"), &json!(""), None));
    assert_eq!(read(&node, &admin, "/accounts")["page"]["total"], 1, "deleted accounts are not listed");
    let mail = node.mails("Neu@Example.org").pop().unwrap();
    assert!(mail.subject.contains("deleted"), "{}", mail.subject);
}

// ASVS 5.0 V8.3.2
// ASVS 5.0 V7.4.2
#[test]
fn a_suspension_acts_on_the_next_request() {
    let node = alone();
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let editor = node.person("redaktion", &[(Role::Editor, None)]);
    assert_eq!(editor.asks(node.get("/applications")).send().unwrap().status(), 200);
    let account = read(&node, &admin, &format!("/accounts/{}", editor.id));
    let membership = &account["memberships"][0];
    let path = format!("/accounts/{}/memberships/{}", editor.id, membership["id"].as_str().unwrap());
    let changed = write(&node, &admin, "PATCH", &path, &membership["version"], Some(json!({ "status": "suspended" })));
    assert_eq!(changed.status(), 200);
    problem(editor.asks(node.get("/applications")).send().unwrap(), 403, "forbidden");
    assert_eq!(editor.asks(node.get("/me")).send().unwrap().status(), 200, "the account itself is in use");
    let version = read(&node, &admin, &format!("/accounts/{}", editor.id))["version"].clone();
    assert_eq!(write(&node, &admin, "PATCH", &format!("/accounts/{}", editor.id), &version, Some(json!({ "status": "suspended" }))).status(), 200);
    problem(editor.asks(node.get("/me")).send().unwrap(), 401, "session-ended");
}

#[test]
fn the_last_administrator_stays() {
    let node = alone();
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let path = format!("/accounts/{}", admin.id);
    let account = read(&node, &admin, &path);
    let (version, membership) = (&account["version"], &account["memberships"][0]);
    let role = format!("{path}/memberships/{}", membership["id"].as_str().unwrap());
    let attempts = [
        write(&node, &admin, "PATCH", &path, version, Some(json!({ "status": "suspended" }))),
        write(&node, &admin, "DELETE", &path, version, None),
        write(&node, &admin, "DELETE", "/me", version, None),
        write(&node, &admin, "PATCH", &role, &membership["version"], Some(json!({ "status": "suspended" }))),
        write(&node, &admin, "DELETE", &role, &membership["version"], None),
    ];
    for attempt in attempts {
        problem(attempt, 409, "last-administrator");
    }
    assert_eq!(read(&node, &admin, &path), account, "nothing has changed");
    node.person("vertretung", &[(Role::Administrator, None)]);
    assert_eq!(write(&node, &admin, "DELETE", &role, &membership["version"], None).status(), 204);
    problem(admin.asks(node.get("/accounts")).send().unwrap(), 403, "forbidden");
}

#[test]
fn what_cannot_be_is_refused_with_the_place() {
    let node = alone();
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let other = node.person("redaktion", &[(Role::Editor, None)]);
    let email = read(&node, &admin, &format!("/accounts/{}", other.id))["email"].clone();
    problem(invite(&node, &admin, json!({ "email": email, "name": "x", "language": "de" })), 409, "registered");
    let cases = [
        (json!({ "email": "a", "name": "x", "language": "de" }), "/body/email", "email-invalid"),
        (json!({ "email": "a@b.de", "name": " ", "language": "de" }), "/body/name", "text-empty"),
        (json!({ "email": "a@b.de", "name": "x", "language": "fr" }), "/body/language", ""),
        (
            json!({ "email": "a@b.de", "name": "x", "language": "de", "memberships": [{ "role": "editor", "organization": other.id }] }),
            "/body/memberships",
            "role-without-organization",
        ),
        (
            json!({ "email": "a@b.de", "name": "x", "language": "de", "memberships": [{ "role": "organization-admin" }] }),
            "/body/memberships",
            "role-needs-organization",
        ),
        (
            json!({ "email": "a@b.de", "name": "x", "language": "de", "memberships": [{ "role": "organization-admin", "organization": other.id }] }),
            "/body/memberships",
            "organization-unknown",
        ),
    ];
    for (body, pointer, code) in cases {
        let refused = problem(invite(&node, &admin, body.clone()), 422, "invalid");
        let told = complaints(&refused);
        assert!(told.iter().any(|(at, what)| at == pointer && (code.is_empty() || what == code)), "{body}: {told:?}");
    }
    assert_eq!(read(&node, &admin, "/accounts")["page"]["total"], 2, "nothing was kept");
}

// ASVS 5.0 V15.3.3
#[test]
fn nobody_assigns_what_is_not_theirs_to_say() {
    let node = alone();
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    for extra in [json!({ "status": "active" }), json!({ "id": admin.id }), json!({ "passwordHash": "x" }), json!({ "version": 9 })] {
        let mut body = json!({ "email": "a@b.de", "name": "x", "language": "de" });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        problem(invite(&node, &admin, body), 422, "invalid");
    }
    for (path, extra) in
        [("/me", json!({ "email": "x@y.de" })), ("/me", json!({ "status": "active" })), ("/me", json!({ "roles": ["administrator"] }))]
    {
        problem(write(&node, &admin, "PATCH", path, &json!(1), Some(extra)), 422, "invalid");
    }
}

// ASVS 5.0 V7.5.3
#[test]
fn accounts_are_for_administrators_who_have_just_proved_who_they_are() {
    let node = alone();
    let long_ago = node.clock.now() - chrono::Duration::seconds(601);
    let admin = node.person_with("verwaltung", &[(Role::Administrator, None)], &["pwd", "otp"], long_ago);
    let path = format!("/accounts/{}", admin.id);
    assert_eq!(admin.asks(node.get(&path)).send().unwrap().status(), 200, "reading needs no proof");
    problem(invite(&node, &admin, json!({})), 401, "step-up-required");
    problem(write(&node, &admin, "PATCH", &path, &json!(1), Some(json!({}))), 401, "step-up-required");
    for role in [Role::Editor, Role::Analyst, Role::Coordinator, Role::SteeringMember] {
        let person = node.person("mitglied", &[(role, None)]);
        problem(person.asks(node.get("/accounts")).send().unwrap(), 403, "forbidden");
        problem(invite(&node, &person, json!({})), 403, "forbidden");
    }
    problem(node.get("/accounts").send().unwrap(), 401, "unauthenticated");
}

// ASVS 5.0 V7.4.5
#[test]
fn a_lost_device_and_open_sessions_are_ended_by_an_administrator() {
    let node = alone();
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let editor = node.person("redaktion", &[(Role::Editor, None)]);
    assert_eq!(admin.asks(at(&node, "DELETE", &format!("/accounts/{}/factors", editor.id))).send().unwrap().status(), 204);
    problem(editor.asks(node.get("/me")).send().unwrap(), 401, "session-ended");
    let email = read(&node, &admin, &format!("/accounts/{}", editor.id))["email"].as_str().unwrap().to_owned();
    assert_eq!(node.mails(&email).len(), 1, "the person is told");
    let analyst = node.person("monitoring", &[(Role::Analyst, None)]);
    assert_eq!(admin.asks(at(&node, "DELETE", &format!("/accounts/{}/sessions", analyst.id))).send().unwrap().status(), 204);
    problem(analyst.asks(node.get("/me")).send().unwrap(), 401, "session-ended");
    problem(admin.asks(at(&node, "DELETE", "/accounts/no-id/sessions")).send().unwrap(), 404, "not-found");
}

#[test]
fn roles_are_granted_once_and_told() {
    let node = alone();
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let person = node.person("mitglied", &[(Role::SteeringMember, None)]);
    let organization = node.json("/organizations")["data"][0]["id"].clone();
    let path = format!("/accounts/{}/memberships", person.id);
    let grant = || admin.asks(at(&node, "POST", &path)).json(&json!({ "role": "organization-editor", "organization": organization })).send().unwrap();
    let granted = grant();
    assert_eq!(granted.status(), 201);
    assert_eq!(granted.json::<Value>().unwrap()["status"], "active");
    let me: Value = person.asks(node.get("/me")).send().unwrap().json().unwrap();
    assert_eq!(me["roles"].as_array().unwrap().len(), 2, "it counts at once");
    assert_eq!(node.mails(me["email"].as_str().unwrap()).len(), 1);
    problem(grant(), 409, "conflict");
    let missing = admin
        .asks(at(&node, "POST", "/accounts/019ab1c2-0000-7000-8000-000000000005/memberships"))
        .json(&json!({ "role": "editor" }))
        .send()
        .unwrap();
    problem(missing, 404, "not-found");
}
