//! Signing in with a password: who gets in, what the others learn, and how fast one may guess.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use chrono::Duration;
use common::entrance::{PASSWORD, visit};
use common::{Alone, complaints, empty, header, problem};
use domain::Clock;
use domain::accounts::{AccountStatus, Role};
use http::Limits;
use persistence::accounts::{account, credentials};
use serde_json::{Value, json};
use std::time::Instant;

/// Every failed sign-in of these tests looks the same.
#[track_caller]
fn refused(node: &Alone, email: &str, password: &str) {
    let mut answer = problem(node.log_in(email, password), 401, "invalid-credentials");
    let members = answer.as_object_mut().unwrap();
    members.remove("traceId");
    let expected = json!({
        "type": "/problems/invalid-credentials", "title": "E-Mail-Adresse oder Passwort stimmt nicht.", "status": 401, "code": "invalid-credentials"
    });
    assert_eq!(answer, expected);
}

#[test]
fn the_right_password_opens_a_session() {
    let node = empty(Limits::default());
    let member = node.member("mitglied", &[(Role::SteeringMember, None)]);
    let visit = visit(node.log_in(&member.email.to_uppercase(), PASSWORD));
    assert_eq!(visit.session["account"]["lastSignInAt"], "2026-11-24T08:00:00Z");
    assert_eq!((&visit.session["authTime"], &visit.session["account"]["methods"]), (&json!("2026-11-24T08:00:00Z"), &json!(["pwd"])));
    assert_eq!(node.me(&visit.token).status(), 200);
    assert_eq!(node.audited("session.started"), 1);
}

// ASVS 5.0 V6.3.8
#[test]
fn nobody_learns_which_accounts_there_are() {
    let node = empty(Limits::default());
    let members: Vec<_> = ["eins", "zwei", "drei"].iter().map(|name| node.member(name, &[])).collect();
    for (member, status) in members.iter().zip([AccountStatus::Active, AccountStatus::Invited, AccountStatus::Suspended]) {
        node.set_status(member.id, status);
    }
    refused(&node, &members[0].email, "Regenschirm am Bahnhof");
    refused(&node, &members[1].email, PASSWORD);
    refused(&node, &members[2].email, PASSWORD);
    refused(&node, "niemand@example.org", PASSWORD);
    refused(&node, "kein Postfach", PASSWORD);
    assert_eq!(node.audited("session.refused"), 5);
    assert_eq!(node.audited("session.started"), 0);
}

/// The medians of sign-ins to an account that is there and to one that is not differ by less than what a network hides.
// ASVS 5.0 V6.3.8
#[test]
fn an_unknown_account_takes_as_long_as_a_known_one() {
    let node = empty(Limits::default());
    let known: Vec<_> = (0..12).map(|n| node.member(&format!("mitglied{n}"), &[]).email).collect();
    let timed = |email: &str| {
        let began = Instant::now();
        problem(node.log_in(email, "Regenschirm am Bahnhof"), 401, "invalid-credentials");
        began.elapsed()
    };
    let (mut there, mut missing) = (Vec::new(), Vec::new());
    for (n, email) in known.iter().enumerate() {
        there.push(timed(email));
        missing.push(timed(&format!("niemand{n}@example.org")));
    }
    there.sort();
    missing.sort();
    let ratio = there[6].as_secs_f64() / missing[6].as_secs_f64();
    assert!((0.6..1.67).contains(&ratio), "{ratio}: {there:?} {missing:?}");
}

// ASVS 5.0 V6.3.1
#[test]
fn guessing_becomes_slow_and_the_right_password_works_after_the_wait() {
    let node = empty(Limits::default());
    let member = node.member("mitglied", &[]);
    for _ in 0..10 {
        refused(&node, &member.email, "Regenschirm am Bahnhof");
    }
    let throttled = node.log_in(&member.email, PASSWORD);
    let wait: i64 = header(throttled.headers(), "retry-after").parse().unwrap();
    problem(throttled, 429, "too-many-requests");
    assert!((1..=30).contains(&wait), "{wait}");
    refused(&node, "niemand@example.org", PASSWORD);
    node.clock.advance(Duration::seconds(wait));
    visit(node.log_in(&member.email, PASSWORD));
}

// ASVS 5.0 V11.4.2
#[test]
fn a_hash_with_other_parameters_is_replaced_at_sign_in() {
    let node = empty(Limits::default());
    let member = node.member("mitglied", &[]);
    let (id, now) = (member.id, node.clock.now());
    let old = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    node.store.write(move |tx| credentials::set_password(tx, id, old, now)).unwrap();
    visit(node.log_in(&member.email, "password"));
    let hash = node.store.read(move |connection| credentials::password_hash(connection, id)).unwrap().unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    visit(node.log_in(&member.email, "password"));
}

// ASVS 5.0 V2.2.1
#[test]
fn only_json_with_known_members_is_read() {
    let node = empty(Limits::default());
    let url = node.url("/api/v1/auth/login");
    let form = node.client.post(&url).header("content-type", "text/plain").body("{}").send().unwrap();
    problem(form, 415, "unsupported-media-type");
    let more =
        problem(node.send("/auth/login", json!({ "email": "a@b.de", "password": "x", "roles": ["administrator"] })).send().unwrap(), 422, "invalid");
    assert_eq!(complaints(&more)[0].0, "/body/roles");
    problem(node.send("/auth/login?next=/x", json!({ "email": "a@b.de", "password": "x" })).send().unwrap(), 400, "parameter-unknown");
}

// ASVS 5.0 V6.2.1
// ASVS 5.0 V6.2.2
// ASVS 5.0 V6.2.3
// ASVS 5.0 V6.2.4
// ASVS 5.0 V6.2.11
// ASVS 5.0 V7.4.3
#[test]
fn a_new_password_is_judged_and_ends_the_other_sessions() {
    let node = empty(Limits::default());
    let member = node.member("mitglied", &[]);
    let (here, there) = (node.visit(&member), node.visit(&member));
    let change = |password: &str| node.send("/me/password", json!({ "password": password })).bearer_auth(&here.token).send().unwrap();
    for (password, code) in [("kurz", "password-too-short"), ("Passwort1234!", "password-common"), ("abc-abc-abc-abc", "password-repeated")] {
        let refused = problem(change(password), 422, "invalid");
        assert!(complaints(&refused).contains(&("/body/password".to_owned(), code.to_owned())), "{password}: {refused}");
        let judged: Value = node.send("/auth/password-strength", json!({ "password": password })).send().unwrap().json().unwrap();
        assert_eq!((&judged["acceptable"], judged["score"].as_u64().unwrap() <= 1), (&json!(false), true), "{judged}");
    }
    assert_eq!(change("Leuchtturm zwischen Birken").status(), 204);
    assert_eq!(node.me(&here.token).status(), 200);
    problem(node.me(&there.token), 401, "session-ended");
    refused(&node, &member.email, PASSWORD);
    visit(node.log_in(&member.email, "Leuchtturm zwischen Birken"));
    assert_eq!(node.audited("password.changed"), 1);
    node.clock.advance(Duration::seconds(599));
    let later = visit(node.renew(&here.cookie));
    node.clock.advance(Duration::seconds(2));
    let old = node.send("/me/password", json!({ "password": "Leuchtturm zwischen Buchen" })).bearer_auth(&later.token).send().unwrap();
    assert!(header(old.headers(), "www-authenticate").contains("insufficient_user_authentication"));
    problem(old, 401, "step-up-required");
}

// ASVS 5.0 V7.4.2
#[test]
fn a_suspended_account_is_out_with_its_next_request() {
    let node = empty(Limits::default());
    let member = node.member("mitglied", &[]);
    let visit = node.visit(&member);
    node.set_status(member.id, AccountStatus::Suspended);
    problem(node.me(&visit.token), 401, "session-ended");
    problem(node.renew(&visit.cookie), 401, "session-ended");
    let account = node.store.read(move |connection| account::get(connection, member.id)).unwrap().unwrap();
    assert_eq!(account.status, AccountStatus::Suspended);
}
