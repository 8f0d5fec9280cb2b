//! Second factors: setting them up, giving them, losing them; and proving once more who one is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use chrono::Duration;
use common::device::Device;
use common::entrance::{Member, PASSWORD, Visit, visit};
use common::{Alone, empty, problem};
use domain::Clock;
use domain::accounts::Role;
use http::Limits;
use reqwest::blocking::Response;
use serde_json::{Value, json};

fn post(node: &Alone, visit: &Visit, path: &str, body: Value) -> Response {
    node.send(path, body).bearer_auth(&visit.token).send().unwrap()
}

fn delete(node: &Alone, visit: &Visit, path: &str) -> Response {
    node.client.delete(node.url(&format!("/api/v1{path}"))).bearer_auth(&visit.token).send().unwrap()
}

/// An editor with an authenticator app, signed in with it, a minute later.
fn with_app(node: &Alone) -> (Member, Visit, Vec<String>) {
    let member = node.member("redaktion", &[(Role::Editor, None)]);
    let visit = node.visit(&member);
    let codes = node.set_up_totp(&visit);
    node.clock.advance(Duration::minutes(1));
    (member, visit, codes)
}

// ASVS 5.0 V6.3.3
#[test]
fn a_role_may_do_nothing_until_its_second_factor_is_set_up() {
    let node = empty(Limits::default());
    let member = node.member("redaktion", &[(Role::Editor, None)]);
    let (here, elsewhere) = (node.visit(&member), node.visit(&member));
    assert_eq!(here.session["account"]["capabilities"], json!([]));
    problem(node.get("/sources").bearer_auth(&here.token).send().unwrap(), 403, "second-factor-missing");
    let codes = node.set_up_totp(&here);
    assert_eq!(codes.len(), 10);
    let me: Value = node.me(&here.token).json().unwrap();
    assert_eq!(me["secondFactor"], json!({ "required": true, "totp": true, "passkeys": 0, "recoveryCodes": 10 }));
    assert!(!me["capabilities"].as_array().unwrap().is_empty());
    assert_eq!(node.get("/sources").bearer_auth(&here.token).send().unwrap().status(), 200);
    problem(node.me(&elsewhere.token), 401, "session-ended");
    assert_eq!(node.audited("factor.added"), 2, "the app and the recovery codes");
}

// ASVS 5.0 V6.5.1
// ASVS 5.0 V6.5.5
#[test]
fn a_code_of_the_app_is_good_once_and_for_a_short_time() {
    let node = empty(Limits::default());
    let (member, _, _) = with_app(&node);
    let (first, second) = (node.challenge(&member), node.challenge(&member));
    assert_eq!(first["methods"], json!(["totp", "recovery-code"]));
    let code = node.totp(member.id);
    let signed_in = visit(node.give_code(&first, "totp", &code));
    assert_eq!(signed_in.session["account"]["methods"], json!(["pwd", "otp"]));
    problem(node.give_code(&second, "totp", &code), 422, "code-invalid");
    problem(node.give_code(&first, "totp", &code), 410, "link-invalid");
    node.clock.advance(Duration::seconds(90));
    problem(node.give_code(&second, "totp", &code), 422, "code-invalid");
    visit(node.give_code(&second, "totp", &node.totp(member.id)));
}

// ASVS 5.0 V6.5.1
#[test]
fn of_two_sign_ins_with_the_same_code_at_once_one_succeeds() {
    let node = empty(Limits::default());
    let (member, _, _) = with_app(&node);
    let challenges: Vec<Value> = (0..6).map(|_| node.challenge(&member)).collect();
    let code = node.totp(member.id);
    let successes = std::thread::scope(|scope| {
        let racers: Vec<_> = challenges.iter().map(|challenge| scope.spawn(|| node.give_code(challenge, "totp", &code).status() == 200)).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).filter(|success| *success).count()
    });
    assert_eq!(successes, 1);
}

// ASVS 5.0 V6.5.5
#[test]
fn a_challenge_ends_after_five_attempts_or_five_minutes() {
    let node = empty(Limits::default());
    let (member, _, _) = with_app(&node);
    let challenge = node.challenge(&member);
    for _ in 0..5 {
        problem(node.give_code(&challenge, "totp", "abc"), 422, "code-invalid");
    }
    problem(node.give_code(&challenge, "totp", &node.totp(member.id)), 410, "link-invalid");
    let late = node.challenge(&member);
    node.clock.advance(Duration::seconds(301));
    problem(node.give_code(&late, "totp", &node.totp(member.id)), 410, "link-invalid");
    problem(node.give_code(&json!({ "challenge": "x" }), "totp", "000000"), 410, "link-invalid");
    assert_eq!(node.audited("session.refused"), 5);
}

#[test]
fn guessing_codes_becomes_slow() {
    let node = empty(Limits::default());
    let (member, _, _) = with_app(&node);
    let guesses: Vec<u16> = (0..3)
        .flat_map(|_| {
            let challenge = node.challenge(&member);
            (0..5).map(|_| node.give_code(&challenge, "totp", "abc").status().as_u16()).collect::<Vec<_>>()
        })
        .collect();
    // One was counted when the app was set up, and came back a minute later.
    assert_eq!(guesses.iter().filter(|status| **status == 422).count(), 10, "{guesses:?}");
    assert!(guesses[10..].iter().all(|status| *status == 429), "{guesses:?}");
}

// ASVS 5.0 V6.5.1
// ASVS 5.0 V6.5.2
#[test]
fn a_recovery_code_is_good_once_and_the_person_is_told() {
    let node = empty(Limits::default());
    let (member, _, codes) = with_app(&node);
    let (first, second, letters) = (node.challenge(&member), node.challenge(&member), node.letters());
    let signed_in = visit(node.give_code(&first, "recovery-code", &codes[3].to_lowercase().replace('-', " ")));
    assert_eq!(signed_in.session["account"]["methods"], json!(["pwd", "recovery"]));
    assert_eq!(signed_in.session["account"]["secondFactor"]["recoveryCodes"], 9);
    assert_eq!(node.letters(), letters + 1);
    problem(node.give_code(&second, "recovery-code", &codes[3]), 422, "code-invalid");
    visit(node.give_code(&second, "recovery-code", &codes[4]));
    let renewed: Value = post(&node, &signed_in, "/me/factors/recovery-codes", json!({})).json().unwrap();
    assert_eq!(renewed["recoveryCodes"].as_array().unwrap().len(), 10);
    problem(node.give_code(&node.challenge(&member), "recovery-code", &codes[5]), 422, "code-invalid");
}

#[test]
fn a_challenge_for_a_password_that_was_changed_is_void() {
    let node = empty(Limits::default());
    let (member, session, _) = with_app(&node);
    let challenge = node.challenge(&member);
    assert_eq!(post(&node, &session, "/me/password", json!({ "password": "Leuchtturm zwischen Birken" })).status(), 204);
    problem(node.give_code(&challenge, "totp", &node.totp(member.id)), 410, "link-invalid");
}

// ASVS 5.0 V7.5.1
// ASVS 5.0 V7.5.3
#[test]
fn an_old_proof_is_renewed_with_the_second_factor() {
    let node = empty(Limits::default());
    let (member, session, codes) = with_app(&node);
    node.clock.advance(Duration::minutes(11));
    let old = visit(node.renew(&session.cookie));
    problem(post(&node, &old, "/me/factors/recovery-codes", json!({})), 401, "step-up-required");
    problem(post(&node, &old, "/auth/step-up", json!({ "password": PASSWORD })), 401, "step-up-required");
    problem(post(&node, &old, "/auth/step-up", json!({ "code": "abcdef" })), 422, "code-invalid");
    problem(post(&node, &old, "/auth/step-up", json!({})), 422, "invalid");
    problem(post(&node, &old, "/auth/step-up", json!({ "password": PASSWORD, "code": "000000" })), 422, "invalid");
    let code = node.totp(member.id);
    let fresh: Value = post(&node, &old, "/auth/step-up", json!({ "code": code })).json().unwrap();
    assert_eq!(fresh["status"], "signed-in", "{fresh}");
    assert_ne!(fresh["authTime"], old.session["authTime"]);
    problem(post(&node, &old, "/auth/step-up", json!({ "code": code })), 422, "code-invalid");
    assert_eq!(post(&node, &old, "/auth/step-up", json!({ "code": codes[0] })).status(), 200);
    assert_eq!(post(&node, &old, "/me/factors/recovery-codes", json!({})).status(), 200);
    assert_eq!(node.renew(&old.cookie).status(), 200, "the refresh token stays");
    assert_eq!(node.audited("session.confirmed"), 3, "the first code of the app, and two proofs");
}

#[test]
fn without_a_second_factor_the_password_renews_the_proof() {
    let node = empty(Limits::default());
    let session = node.visit(&node.member("mitglied", &[]));
    node.clock.advance(Duration::minutes(9));
    problem(post(&node, &session, "/auth/step-up", json!({ "password": "Regenschirm am Bahnhof" })), 401, "invalid-credentials");
    let fresh: Value = post(&node, &session, "/auth/step-up", json!({ "password": PASSWORD })).json().unwrap();
    assert_eq!(fresh["authTime"], "2026-11-24T08:09:00Z", "{fresh}");
}

#[test]
fn the_last_factor_that_a_role_demands_stays() {
    let node = empty(Limits::default());
    let (member, session, _) = with_app(&node);
    problem(delete(&node, &session, "/me/factors/totp"), 409, "conflict");
    problem(post(&node, &session, "/me/factors/totp", json!({})), 409, "conflict");
    let mut device = Device::new(member.id, 1);
    let passkey = register(&node, &session, &mut device);
    assert_eq!(delete(&node, &session, "/me/factors/totp").status(), 204);
    problem(delete(&node, &session, &format!("/me/factors/passkeys/{}", passkey["id"].as_str().unwrap())), 409, "conflict");
    problem(delete(&node, &session, "/me/factors/totp"), 404, "not-found");
    problem(delete(&node, &session, "/me/factors/passkeys/x"), 404, "not-found");
    assert_eq!(node.audited("factor.removed"), 1);

    let plain = node.member("mitglied", &[]);
    let session = node.visit(&plain);
    node.set_up_totp(&session);
    assert_eq!(delete(&node, &session, "/me/factors/totp").status(), 204);
    let factors: Value = node.get("/me/factors").bearer_auth(&session.token).send().unwrap().json().unwrap();
    assert_eq!(factors, json!({ "totp": null, "passkeys": [], "recoveryCodes": { "left": 0 } }));
    node.visit(&plain);
}

fn register(node: &Alone, session: &Visit, device: &mut Device) -> Value {
    let asked: Value = post(node, session, "/me/factors/passkeys/begin", json!({})).json().unwrap();
    let credential = device.register(&asked["options"]);
    let body = json!({ "challenge": asked["challenge"], "credential": credential, "name": "Diensttelefon" });
    let added = post(node, session, "/me/factors/passkeys/finish", body.clone());
    assert_eq!(added.status(), 200, "{}", added.text().unwrap());
    let added: Value = added.json().unwrap();
    problem(post(node, session, "/me/factors/passkeys/finish", body), 410, "link-invalid");
    added
}

fn begin(node: &Alone) -> Value {
    node.client.post(node.url("/api/v1/auth/passkey/begin")).send().unwrap().json().unwrap()
}

// ASVS 5.0 V6.3.3
#[test]
fn a_passkey_signs_in_alone_and_after_the_password_and_proves_once_more() {
    let node = empty(Limits::default());
    let member = node.member("redaktion", &[(Role::Editor, None)]);
    let session = node.visit(&member);
    let mut device = Device::new(member.id, 7);
    register(&node, &session, &mut device);
    let me: Value = node.me(&session.token).json().unwrap();
    assert_eq!((&me["methods"], me["capabilities"].as_array().unwrap().is_empty()), (&json!(["pwd", "hwk"]), false));

    let asked = begin(&node);
    let body = json!({ "challenge": asked["challenge"], "credential": device.present(&asked["options"]) });
    let alone = visit(node.send("/auth/passkey/finish", body.clone()).send().unwrap());
    assert_eq!(alone.session["account"]["methods"], json!(["hwk"]));
    problem(node.send("/auth/passkey/finish", body).send().unwrap(), 410, "link-invalid");

    let challenge = node.challenge(&member);
    assert_eq!(challenge["methods"], json!(["passkey"]));
    let credential = device.present(&challenge["passkey"]);
    let second = visit(node.send("/auth/login/passkey", json!({ "challenge": challenge["challenge"], "credential": credential })).send().unwrap());
    assert_eq!(second.session["account"]["methods"], json!(["pwd", "hwk"]));

    node.clock.advance(Duration::minutes(9));
    let asked = begin(&node);
    let proof = json!({ "challenge": asked["challenge"], "credential": device.present(&asked["options"]) });
    let fresh: Value = post(&node, &second, "/auth/step-up", proof).json().unwrap();
    assert_eq!(fresh["authTime"], "2026-11-24T08:09:00Z", "{fresh}");
    let factors: Value = node.get("/me/factors").bearer_auth(&second.token).send().unwrap().json().unwrap();
    assert_eq!(factors["passkeys"][0]["lastUsedAt"], node.clock.now().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));
}

#[test]
fn foreign_and_unverified_passkeys_are_refused() {
    let node = empty(Limits::default());
    let (one, two) = (node.member("eins", &[]), node.member("zwei", &[]));
    let (first, second) = (node.visit(&one), node.visit(&two));
    let (mut device, mut foreign) = (Device::new(one.id, 1), Device::new(two.id, 2));
    register(&node, &first, &mut device);
    register(&node, &second, &mut foreign);

    let challenge = node.challenge(&one);
    let credential = foreign.present(&challenge["passkey"]);
    let given = node.send("/auth/login/passkey", json!({ "challenge": challenge["challenge"], "credential": credential })).send().unwrap();
    problem(given, 422, "code-invalid");

    let asked = begin(&node);
    let proof = json!({ "challenge": asked["challenge"], "credential": foreign.present(&asked["options"]) });
    problem(post(&node, &first, "/auth/step-up", proof), 422, "code-invalid");

    device.verifies = false;
    let asked = begin(&node);
    let unverified = json!({ "challenge": asked["challenge"], "credential": device.present(&asked["options"]) });
    problem(node.send("/auth/passkey/finish", unverified).send().unwrap(), 422, "code-invalid");

    let mut unknown = Device::new(one.id, 3);
    let asked = begin(&node);
    let credential = unknown.present(&asked["options"]);
    problem(
        node.send("/auth/passkey/finish", json!({ "challenge": asked["challenge"], "credential": credential })).send().unwrap(),
        422,
        "code-invalid",
    );
    problem(node.send("/auth/passkey/finish", json!({ "challenge": asked["challenge"], "credential": {} })).send().unwrap(), 422, "code-invalid");
    assert!(node.audited("session.refused") >= 3);
}

// ASVS 5.0 V7.5.2
#[test]
fn people_see_their_sessions_and_end_them() {
    let node = empty(Limits::default());
    let (member, other) = (node.member("mitglied", &[]), node.member("andere", &[]));
    let (here, there, foreign) = (node.visit(&member), node.visit(&member), node.visit(&other));
    let list = |visit: &Visit| node.get("/me/sessions").bearer_auth(&visit.token).send().unwrap().json::<Value>().unwrap()["data"].clone();
    let mine = list(&here);
    // One more comes from the making of the account.
    let ids: Vec<&str> = mine.as_array().unwrap().iter().map(|session| session["id"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), mine.as_array().unwrap().iter().filter(|session| session["current"] == true).count()), (3, 1));
    let current = mine.as_array().unwrap().iter().find(|session| session["current"] == true).unwrap();
    assert_eq!((&current["address"], &current["methods"]), (&json!("127.0.0.1"), &json!(["pwd"])));
    let theirs = list(&foreign);
    problem(delete(&node, &here, &format!("/me/sessions/{}", theirs[0]["id"].as_str().unwrap())), 404, "not-found");
    let second = mine.as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
    assert_eq!(delete(&node, &here, &format!("/me/sessions/{}", second["id"].as_str().unwrap())).status(), 204);
    assert_eq!(list(&here).as_array().unwrap().len(), 2);
    assert_eq!(delete(&node, &here, "/me/sessions").status(), 204);
    assert_eq!(list(&here).as_array().unwrap().len(), 1);
    problem(node.me(&there.token), 401, "session-ended");
    assert_eq!(node.me(&foreign.token).status(), 200);
}
