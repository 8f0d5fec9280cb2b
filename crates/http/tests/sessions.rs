//! Sessions: their cookie, their renewal, and what ends them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use chrono::Duration;
use common::entrance::{cookie_value, visit};
use common::{Node, empty, header, problem};
use domain::accounts::Role;
use http::Limits;
use std::collections::HashSet;
use testkit::TestDatabase;

// ASVS 5.0 V3.3.1
// ASVS 5.0 V3.3.2
// ASVS 5.0 V3.3.3
// ASVS 5.0 V3.3.4
#[test]
fn the_refresh_token_travels_in_a_cookie_for_this_host_only() {
    let node = empty(Limits::default());
    let member = node.member("mitglied", &[(Role::SteeringMember, None)]);
    let answer = node.log_in(&member.email, common::entrance::PASSWORD);
    let cookie = header(answer.headers(), "set-cookie").to_owned();
    assert_eq!(header(answer.headers(), "cache-control"), "no-store");
    let (_, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=Strict");
    let visit = visit(answer);
    assert!(!visit.session.to_string().contains(&visit.cookie), "never in the body");
    assert_eq!(visit.session["expiresIn"], 600);
    assert_eq!(visit.session["account"]["id"], member.id.to_string());
}

#[test]
fn every_renewal_replaces_the_refresh_token() {
    let node = empty(Limits::default());
    let first = node.visit(&node.member("mitglied", &[]));
    node.clock.advance(Duration::minutes(9));
    let second = visit(node.renew(&first.cookie));
    assert_ne!((&first.cookie, &first.token), (&second.cookie, &second.token));
    node.clock.advance(Duration::minutes(9));
    assert_eq!(node.me(&second.token).status(), 200);
    problem(node.me(&first.token), 401, "unauthenticated");
}

#[test]
fn a_lost_answer_can_be_asked_for_again_and_is_the_same() {
    let node = empty(Limits::default());
    let first = node.visit(&node.member("mitglied", &[]));
    let lost = visit(node.renew(&first.cookie));
    node.clock.advance(Duration::seconds(29));
    let again = visit(node.renew(&first.cookie));
    assert_eq!(lost.cookie, again.cookie);
    assert_eq!(node.me(&again.token).status(), 200);
}

#[test]
fn a_used_refresh_token_ends_the_session_of_whoever_holds_it() {
    for (name, wait, next_is_used) in [("later", 31, false), ("after its successor was used", 1, true)] {
        let node = empty(Limits::default());
        let first = node.visit(&node.member("mitglied", &[]));
        let mut latest = visit(node.renew(&first.cookie));
        if next_is_used {
            latest = visit(node.renew(&latest.cookie));
        }
        node.clock.advance(Duration::seconds(wait));
        let refused = node.renew(&first.cookie);
        assert!(header(refused.headers(), "set-cookie").starts_with("__Host-refresh=; Max-Age=0"), "{name}");
        problem(refused, 401, "session-ended");
        problem(node.renew(&latest.cookie), 401, "session-ended");
        problem(node.me(&latest.token), 401, "session-ended");
        let seen = node.audited("session.reuse-detected");
        assert_eq!(seen, 1, "{name}");
    }
}

#[test]
fn of_twenty_renewals_at_once_all_get_the_same_and_one_family_survives() {
    let node = empty(Limits::default());
    let first = node.visit(&node.member("mitglied", &[]));
    let cookies: HashSet<String> = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..20).map(|_| scope.spawn(|| visit(node.renew(&first.cookie)).cookie)).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert_eq!(cookies.len(), 1);
    let last = visit(node.renew(cookies.iter().next().unwrap()));
    assert_eq!(node.me(&last.token).status(), 200);
    assert_eq!(node.audited("session.reuse-detected"), 0);
}

#[test]
fn nodes_of_one_database_agree_on_the_next_token() {
    let database = TestDatabase::postgres();
    let nodes = [Node::start(&database, Limits::default()), Node::start(&database, Limits::default())];
    let first = nodes[0].visit(&nodes[0].member("mitglied", &[]));
    let cookies: HashSet<String> = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..20)
            .map(|n| {
                let (node, cookie) = (&nodes[n % 2], &first.cookie);
                scope.spawn(move || visit(node.renew(cookie)).cookie)
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert_eq!(cookies.len(), 1);
    let last = visit(nodes[1].renew(cookies.iter().next().unwrap()));
    assert_eq!(nodes[0].me(&last.token).status(), 200);
    assert_eq!(nodes[1].audited("session.reuse-detected"), 0);
}

// ASVS 5.0 V3.5.1
#[test]
fn pages_of_others_cannot_use_the_cookie() {
    let node = empty(Limits::default());
    let first = node.visit(&node.member("mitglied", &[]));
    for path in ["/auth/refresh", "/auth/logout"] {
        let request = || node.client.post(node.url(&format!("/api/v1{path}"))).header("cookie", format!("__Host-refresh={}", first.cookie));
        problem(request().send().unwrap(), 403, "origin-forbidden");
        problem(request().header("origin", "https://evil.test").send().unwrap(), 403, "origin-forbidden");
        problem(request().header("sec-fetch-site", "cross-site").send().unwrap(), 403, "origin-forbidden");
    }
    assert_eq!(node.renew(&first.cookie).status(), 200);
}

// ASVS 5.0 V7.4.1
#[test]
fn signing_out_ends_the_session_at_once() {
    let node = empty(Limits::default());
    let first = node.visit(&node.member("mitglied", &[]));
    let gone = node.with_cookie("/auth/logout", &first.cookie).send().unwrap();
    assert_eq!((gone.status().as_u16(), cookie_value(header(gone.headers(), "set-cookie")).as_str()), (204, ""));
    problem(node.me(&first.token), 401, "session-ended");
    problem(node.renew(&first.cookie), 401, "session-ended");
    assert_eq!(node.with_cookie("/auth/logout", &first.cookie).send().unwrap().status(), 204, "twice is no error");
    assert_eq!(node.audited("session.ended"), 1);
}

// ASVS 5.0 V7.3.1
// ASVS 5.0 V7.3.2
#[test]
fn sessions_end_when_they_are_not_used_and_sooner_for_those_who_may_do_more() {
    let node = empty(Limits::default());
    let plain = node.visit(&node.member("mitglied", &[(Role::SteeringMember, None)]));
    let privileged = node.visit(&node.member("redaktion", &[(Role::Editor, None)]));
    node.clock.advance(Duration::hours(11));
    let (plain, privileged) = (visit(node.renew(&plain.cookie)), visit(node.renew(&privileged.cookie)));
    node.clock.advance(Duration::hours(13));
    let mut plain = visit(node.renew(&plain.cookie));
    problem(node.renew(&privileged.cookie), 401, "session-ended");
    for _ in 0..8 {
        node.clock.advance(Duration::days(25));
        match node.renew(&plain.cookie) {
            answer if answer.status() == 200 => plain = visit(answer),
            answer => return assert_eq!(problem(answer, 401, "session-ended")["status"], 401),
        }
    }
    panic!("a session lasts longer than half a year");
}

#[test]
fn without_a_cookie_there_is_no_session() {
    let node = empty(Limits::default());
    let request = || node.client.post(node.url("/api/v1/auth/refresh")).header("sec-fetch-site", "same-origin");
    problem(request().send().unwrap(), 401, "session-ended");
    for token in ["", "x", "brr_", "brr_0000000000000000000000000000000000000000000"] {
        problem(node.renew(token), 401, "session-ended");
    }
}
