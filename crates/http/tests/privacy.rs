//! Privacy: what is kept is told, taken along and deleted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{alone, header, problem};
use domain::accounts::Role;
use serde_json::{Value, json};

#[test]
fn what_is_kept_is_told_to_everybody() {
    let node = alone();
    let list = node.json("/privacy");
    let data = list["data"].as_array().unwrap();
    assert!(data.len() >= 7);
    for entry in data {
        for part in ["category", "purpose", "legalBasis", "retention"] {
            for language in ["de", "en"] {
                assert!(entry[part][language].as_str().is_some_and(|text| !text.is_empty()), "{entry}");
            }
        }
        assert!(!entry["fields"].as_array().unwrap().is_empty());
    }
    assert!(list["review"]["de"].as_str().unwrap().contains("Datenschutzbeauftragte"));
}

#[test]
fn people_take_along_everything_and_no_secret() {
    let node = alone();
    let organization = node.json("/organizations")["data"][0]["id"].as_str().unwrap().parse().unwrap();
    let member = node.member("mitglied", &[(Role::OrganizationEditor, Some(organization))]);
    let session = node.visit(&member);
    node.set_up_totp(&session);
    node.send("/auth/password-reset", json!({ "email": member.email })).send().unwrap();
    let answer = node.get("/me/export").bearer_auth(&session.token).header("user-agent", "Testbrowser").send().unwrap();
    assert!(header(answer.headers(), "content-disposition").starts_with("attachment; filename="));
    assert_eq!(header(answer.headers(), "cache-control"), "no-store");
    let text = answer.text().unwrap();
    let everything: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&everything["account"]["email"], &everything["account"]["name"]), (&json!(member.email), &json!("mitglied")));
    assert_eq!(everything["memberships"][0]["organization"]["id"], json!(organization));
    assert!(everything["sessions"].as_array().unwrap().iter().any(|session| session["address"] == "127.0.0.1"), "{text}");
    assert_eq!(everything["secondFactors"]["recoveryCodes"].as_array().unwrap().len(), 10);
    assert!(everything["secondFactors"]["totp"]["confirmedAt"].is_string());
    assert_eq!(everything["links"][0]["purpose"], "password-reset");
    assert!(everything["log"].as_array().unwrap().iter().any(|entry| entry["action"] == "session.started"), "{text}");
    for secret in ["argon2", "secret", "Hash", "bro_", "brr_"] {
        assert!(!text.contains(secret), "{secret}");
    }
    problem(node.get("/me/export").send().unwrap(), 401, "unauthenticated");
}

#[test]
fn people_change_and_delete_their_account() {
    let node = alone();
    let member = node.member("unverwechselbar", &[(Role::SteeringMember, None)]);
    let session = node.visit(&member);
    let me = node.me(&session.token);
    let etag = header(me.headers(), "etag").to_owned();
    let change = |tag: &str, body: Value| {
        let request = node.client.patch(node.url("/api/v1/me")).bearer_auth(&session.token).header("if-match", tag);
        request.json(&body).send().unwrap()
    };
    let changed = change(&etag, json!({ "name": "Anders", "language": "en" }));
    let newer = header(changed.headers(), "etag").to_owned();
    let changed: Value = changed.json().unwrap();
    assert_eq!((&changed["name"], &changed["language"]), (&json!("Anders"), &json!("en")));
    problem(change(&etag, json!({ "name": "Zu spät" })), 412, "precondition-failed");
    let delete = |tag: &str| node.client.delete(node.url("/api/v1/me")).bearer_auth(&session.token).header("if-match", tag).send().unwrap();
    problem(delete(&etag), 412, "precondition-failed");
    problem(node.client.delete(node.url("/api/v1/me")).bearer_auth(&session.token).send().unwrap(), 428, "precondition-required");
    assert_eq!(delete(&newer).status(), 204);
    problem(node.me(&session.token), 401, "session-ended");
    problem(node.renew(&session.cookie), 401, "session-ended");
    problem(node.log_in(&member.email, common::entrance::PASSWORD), 401, "invalid-credentials");
    assert_eq!(node.audited("account.deleted"), 1, "that it happened stays");
    assert!(node.mails(&member.email).iter().any(|mail| mail.subject.contains("deleted")), "it is confirmed by mail");
    assert!(node.store.read(persistence::audit::verify).unwrap().is_ok());
    // The address is free again.
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let again = admin.asks(node.send("/accounts", json!({ "email": member.email, "name": "Neu", "language": "de" }))).send().unwrap();
    assert_eq!(again.status(), 201);
}
