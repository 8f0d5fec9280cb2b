//! Links from mail: invitations, forgotten passwords, new addresses; and the outbox that sends them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use chrono::Duration;
use common::entrance::{PASSWORD, visit};
use common::people::Person;
use common::{Alone, alone, complaints, problem};
use domain::Clock;
use domain::accounts::Role;
use identity::mail::Mailer;
use persistence::accounts::mails;
use serde_json::{Value, json};

const OTHER_PASSWORD: &str = "Leuchtturm im Nebel";

fn invite(node: &Alone, email: &str, roles: Value) -> Person {
    let admin = node.person("verwaltung", &[(Role::Administrator, None)]);
    let body = json!({ "email": email, "name": "Neu", "language": "de", "memberships": roles });
    let invited = admin.asks(node.send("/accounts", body)).send().unwrap();
    assert_eq!(invited.status(), 201);
    admin
}

fn accept(token: &str, password: &str) -> Value {
    json!({ "token": token, "name": "Redaktion", "password": password, "language": "de" })
}

fn later(node: &Alone) {
    node.clock.advance(Duration::seconds(1));
}

#[test]
fn an_invitation_is_shown_accepted_and_over() {
    let node = alone();
    invite(&node, "neu@example.org", json!([{ "role": "steering-member" }]));
    let token = node.link_token("neu@example.org");
    let shown: Value = node.send("/auth/invitation", json!({ "token": token })).send().unwrap().json().unwrap();
    assert_eq!((&shown["email"], &shown["roles"], &shown["registered"]), (&json!("neu@example.org"), &json!(["steering-member"]), &json!(false)));
    problem(node.log_in("neu@example.org", PASSWORD), 401, "invalid-credentials");
    let weak = problem(node.send("/auth/invitation/accept", accept(&token, "redaktion123")).send().unwrap(), 422, "invalid");
    assert!(complaints(&weak).iter().any(|(at, code)| at == "/body/password" && code.starts_with("password-")), "{weak}");
    let session = visit(node.send("/auth/invitation/accept", accept(&token, PASSWORD)).send().unwrap());
    assert!(!session.cookie.is_empty());
    let me: Value = node.me(&session.token).json().unwrap();
    assert_eq!((&me["name"], &me["status"], &me["roles"][0]["role"]), (&json!("Redaktion"), &json!("active"), &json!("steering-member")));
    for path in ["/auth/invitation", "/auth/invitation/join"] {
        problem(node.send(path, json!({ "token": token })).send().unwrap(), 410, "link-invalid");
    }
    problem(node.send("/auth/invitation/accept", accept(&token, PASSWORD)).send().unwrap(), 410, "link-invalid");
    assert_eq!(node.log_in("NEU@example.org", PASSWORD).status(), 200);
}

// ASVS 5.0 V6.4.1
#[test]
fn a_link_ends_when_it_is_old_replaced_or_for_something_else() {
    let node = alone();
    let admin = invite(&node, "neu@example.org", json!([]));
    let first = node.link_token("neu@example.org");
    problem(node.send("/auth/password-reset/confirm", json!({ "token": first, "password": PASSWORD })).send().unwrap(), 410, "link-invalid");
    problem(node.send("/auth/email-change/confirm", json!({ "token": first })).send().unwrap(), 410, "link-invalid");
    problem(node.send("/applications/verify", json!({ "token": first })).send().unwrap(), 410, "link-invalid");
    later(&node);
    let list: Value = admin.asks(node.get("/accounts?q=neu")).send().unwrap().json().unwrap();
    let again = admin.asks(node.send(&format!("/accounts/{}/invitation", list["data"][0]["id"].as_str().unwrap()), json!({}))).send().unwrap();
    assert_eq!(again.status(), 202);
    problem(node.send("/auth/invitation", json!({ "token": first })).send().unwrap(), 410, "link-invalid");
    let second = node.link_token("neu@example.org");
    assert_eq!(node.send("/auth/invitation", json!({ "token": second })).send().unwrap().status(), 200);
    node.clock.advance(Duration::days(7));
    problem(node.send("/auth/invitation", json!({ "token": second })).send().unwrap(), 410, "link-invalid");
    for wrong in ["", "bro_x", "brs_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"] {
        problem(node.send("/auth/invitation", json!({ "token": wrong })).send().unwrap(), 410, "link-invalid");
    }
}

// ASVS 5.0 V6.3.8
#[test]
fn whoever_asks_for_a_new_password_learns_nothing() {
    let node = alone();
    let member = node.member("mitglied", &[(Role::SteeringMember, None)]);
    let ask = |email: &str| node.send("/auth/password-reset", json!({ "email": email })).send().unwrap();
    let (known, unknown) = (ask(&member.email), ask("niemand@example.org"));
    assert_eq!((known.status(), unknown.status()), (202.try_into().unwrap(), 202.try_into().unwrap()));
    let names = |answer: &reqwest::blocking::Response| answer.headers().keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
    assert_eq!((known.text().unwrap(), unknown.text().unwrap()), (String::new(), String::new()));
    assert_eq!((node.mails(&member.email).len(), node.mails("niemand@example.org").len()), (1, 0));
    assert_eq!(node.audited("password.reset-requested"), 2, "the same is written");
    assert_eq!(ask(&member.email).status(), 202);
    assert_eq!(node.mails(&member.email).len(), 1, "no second letter within two minutes");
    problem(ask("kein-adresse"), 422, "invalid");
}

// ASVS 5.0 V6.4.3
#[test]
fn a_new_password_ends_sessions_and_skips_no_second_factor() {
    let node = alone();
    let member = node.member("mitglied", &[(Role::SteeringMember, None)]);
    let session = node.visit(&member);
    node.set_up_totp(&session);
    node.send("/auth/password-reset", json!({ "email": member.email })).send().unwrap();
    let reset = node.mails(&member.email).into_iter().find(|mail| mail.text.contains("/passwort-neu#token=")).unwrap();
    let token = reset.text.split("#token=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let confirm = |password: &str| node.send("/auth/password-reset/confirm", json!({ "token": token, "password": password })).send().unwrap();
    problem(confirm("123456789012"), 422, "invalid");
    let done = confirm(OTHER_PASSWORD);
    assert_eq!((done.status().as_u16(), done.headers().get("set-cookie")), (204, None), "it signs nobody in");
    problem(confirm(OTHER_PASSWORD), 410, "link-invalid");
    problem(node.me(&session.token), 401, "session-ended");
    problem(node.renew(&session.cookie), 401, "session-ended");
    problem(node.log_in(&member.email, PASSWORD), 401, "invalid-credentials");
    let answer: Value = node.log_in(&member.email, OTHER_PASSWORD).json().unwrap();
    assert_eq!(answer["status"], "second-factor");
    assert!(node.mails(&member.email).iter().any(|mail| mail.subject.contains("wurde geändert")), "the person is told");
}

#[test]
fn a_second_reset_link_ends_the_first_and_both_end_with_one() {
    let node = alone();
    let member = node.member("mitglied", &[(Role::SteeringMember, None)]);
    let ask = || node.send("/auth/password-reset", json!({ "email": member.email })).send().unwrap();
    ask();
    let first = node.link_token(&member.email);
    node.clock.advance(Duration::minutes(3));
    ask();
    let second = node.link_token(&member.email);
    assert_ne!(first, second);
    let confirm = |token: &str| node.send("/auth/password-reset/confirm", json!({ "token": token, "password": OTHER_PASSWORD })).send().unwrap();
    problem(confirm(&first), 410, "link-invalid");
    assert_eq!(confirm(&second).status(), 204);
    node.clock.advance(Duration::minutes(3));
    ask();
    node.clock.advance(Duration::minutes(60));
    problem(confirm(&node.link_token(&member.email)), 410, "link-invalid");
}

// ASVS 5.0 V6.3.7
#[test]
fn a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told() {
    let node = alone();
    let member = node.member("mitglied", &[(Role::SteeringMember, None)]);
    let taken = node.member("andere", &[(Role::SteeringMember, None)]);
    let session = node.visit(&member);
    let ask = |email: &str| node.send("/me/email", json!({ "email": email })).bearer_auth(&session.token).send().unwrap();
    problem(ask(&member.email.to_uppercase()), 422, "invalid");
    assert_eq!((ask(&taken.email).status(), node.mails(&taken.email).len()), (202.try_into().unwrap(), 0), "nobody learns that it is taken");
    assert_eq!(ask("neue-adresse@example.org").status(), 202);
    let me: Value = node.me(&session.token).json().unwrap();
    assert_eq!(me["email"], json!(member.email), "not yet");
    let token = node.link_token("neue-adresse@example.org");
    assert_eq!(node.send("/auth/email-change/confirm", json!({ "token": token })).send().unwrap().status(), 204);
    problem(node.send("/auth/email-change/confirm", json!({ "token": token })).send().unwrap(), 410, "link-invalid");
    assert_eq!(node.mails(&member.email).len(), 1, "the old address is told");
    assert_eq!(node.log_in("neue-adresse@example.org", PASSWORD).status(), 200);
    problem(node.log_in(&member.email, PASSWORD), 401, "invalid-credentials");
}

#[test]
fn the_outbox_sends_once_erases_and_gives_up_in_the_end() {
    let node = alone();
    invite(&node, "neu@example.org", json!([]));
    let folder = tempfile::tempdir().unwrap();
    let mailer = |url: &str| Mailer::new(url, "Portal", &"portal@example.org".parse().unwrap()).unwrap();
    // A port on which nobody listens.
    let nobody = { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port() };
    let (broken, working) = (mailer(&format!("smtp://127.0.0.1:{nobody}")), mailer(&format!("file:{}", folder.path().display())));
    assert_eq!(node.flows().deliver(&broken).unwrap(), 0);
    assert_eq!(node.flows().deliver(&working).unwrap(), 0, "not before its time");
    node.clock.advance(Duration::minutes(1));
    assert_eq!(node.flows().deliver(&working).unwrap(), 1);
    assert_eq!(node.flows().deliver(&working).unwrap(), 0);
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    assert!(files.len() == 1 && files[0].contains("neu@example.org"), "{files:?}");
    assert_eq!(node.store.read(mails::counts).unwrap(), (0, 0));

    invite(&node, "fern@example.org", json!([]));
    for _ in 0..60 {
        node.flows().deliver(&broken).unwrap();
        node.clock.advance(Duration::hours(2));
    }
    assert_eq!(node.store.read(mails::counts).unwrap(), (0, 1));
    let now = node.clock.now();
    assert_eq!(node.store.read(|connection| mails::due(connection, now, 10)).unwrap(), [], "what it said is gone");
}
