//! Signing in at another provider: who gets in, and everything that is not believed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use chrono::Duration;
use common::entrance::{Member, PASSWORD, Visit, cookie_value, visit};
use common::provider::Provider;
use common::{Alone, Node, beside, empty, header, problem};
use domain::Clock;
use domain::accounts::{AccountStatus, Role};
use http::Limits;
use reqwest::blocking::Response;
use serde_json::{Value, json};

const PERSON: &str = "f6a1c3d2-person";

/// The value of a cookie in the answer; empty without one.
fn cookie(answer: &Response, name: &str) -> String {
    let all = answer.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let found = all.filter_map(|line| line.strip_prefix(&format!("{name}="))).next();
    found.and_then(|rest| rest.split(';').next()).unwrap_or_default().to_owned()
}

/// Goes to the provider: the address there, and the cookie.
fn leave(node: &Node, query: &str) -> (String, String) {
    let away = node.get(&format!("/auth/oidc/sso/start{query}")).send().unwrap();
    assert_eq!((away.status().as_u16(), header(away.headers(), "cache-control")), (303, "no-store"));
    let line = header(away.headers(), "set-cookie");
    assert!(line.ends_with("; Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax"), "{line}");
    (header(away.headers(), "location").to_owned(), cookie(&away, "__Host-oidc"))
}

fn arrive(node: &Node, query: &str, browser: &str) -> Response {
    let back = node.get(&format!("/auth/oidc/sso/callback?{query}")).header("cookie", format!("a=b; __Host-oidc={browser}")).send().unwrap();
    assert_eq!(back.status(), 303);
    assert_eq!(cookie(&back, "__Host-oidc"), "", "the cookie is taken away");
    back
}

fn place(answer: &Response) -> String {
    header(answer.headers(), "location").to_owned()
}

/// There and back again.
fn sign_in(node: &Node, provider: &Provider, subject: &str, change: impl FnOnce(&mut Value, &mut Value)) -> Response {
    let (url, browser) = leave(node, "?lang=de");
    arrive(node, &provider.approve(&url, subject, node.clock.now().timestamp(), change), &browser)
}

fn plain(_: &mut Value, _: &mut Value) {}

/// Nobody got in.
#[track_caller]
fn turned_away(answer: &Response, code: &str) {
    assert_eq!((place(answer), cookie(answer, "__Host-refresh")), (format!("/de/anmelden#error={code}"), String::new()));
}

fn link(node: &Node, provider: &Provider, visit: &Visit, subject: &str) -> Response {
    let begun = node.send("/me/identities/sso/link?lang=de", json!({})).bearer_auth(&visit.token).send().unwrap();
    let browser = cookie(&begun, "__Host-oidc");
    let url = begun.json::<Value>().unwrap()["url"].as_str().unwrap().to_owned();
    arrive(node, &provider.approve(&url, subject, node.clock.now().timestamp(), plain), &browser)
}

/// A node beside a provider, with somebody who is linked with it.
fn linked(roles: &[(Role, Option<domain::Uuid>)]) -> (Provider, Alone, Member, Visit) {
    let provider = Provider::start();
    let node = beside(&provider);
    let member = node.member("mitglied", roles);
    let visit = node.visit(&member);
    assert_eq!(place(&link(&node, &provider, &visit, PERSON)), "/de/konto/sicherheit");
    (provider, node, member, visit)
}

#[test]
fn whoever_has_linked_an_identity_signs_in_with_it() {
    let (provider, node, member, visit_here) = linked(&[(Role::SteeringMember, None)]);
    assert_eq!(node.json("/auth/providers")["data"], json!([{ "id": "sso", "name": "Landkreis" }]));
    let identities: Value = node.get("/me/identities").bearer_auth(&visit_here.token).send().unwrap().json().unwrap();
    assert_eq!(identities["data"], json!([{ "id": "sso", "name": "Landkreis", "createdAt": "2026-11-24T08:00:00Z" }]));
    assert_eq!((node.audited("identity.linked"), node.letters()), (1, 1));

    let (url, browser) = leave(&node, "?lang=en&next=/en/verwaltung");
    let back = arrive(&node, &provider.approve(&url, PERSON, node.clock.now().timestamp(), plain), &browser);
    assert_eq!(place(&back), "/en/verwaltung");
    let renewed = visit(node.renew(&cookie(&back, "__Host-refresh")));
    assert_eq!((&renewed.session["account"]["id"], &renewed.session["account"]["methods"]), (&json!(member.id), &json!(["fed"])));
    assert_eq!(node.me(&renewed.token).status(), 200);

    let gone = node.client.delete(node.url("/api/v1/me/identities/sso")).bearer_auth(&renewed.token).send().unwrap();
    assert_eq!((gone.status().as_u16(), node.audited("identity.unlinked"), node.letters()), (204, 1, 2));
    turned_away(&sign_in(&node, &provider, PERSON, plain), "not-linked");
}

// ASVS 5.0 V6.8.1
#[test]
fn an_address_binds_nobody() {
    let provider = Provider::start();
    let node = beside(&provider);
    let member = node.member("mitglied", &[]);
    let same_address = |_: &mut Value, claims: &mut Value| claims["email"] = json!(member.email);
    turned_away(&sign_in(&node, &provider, "somebody-else", same_address), "not-linked");
    assert_eq!((node.audited("session.refused"), node.audited("session.started")), (1, 0));
}

// ASVS 5.0 V6.8.2
// ASVS 5.0 V10.5.1
// ASVS 5.0 V10.5.2
// ASVS 5.0 V10.5.4
#[test]
fn a_token_that_says_something_else_is_not_believed() {
    let (provider, node, ..) = linked(&[]);
    let now = node.clock.now().timestamp();
    let claim = |name: &'static str, value: Value| move |_: &mut Value, claims: &mut Value| claims[name] = value;
    for (name, value) in [
        ("nonce", json!("another")),
        ("iss", json!("https://login.example.org")),
        ("aud", json!("another-client")),
        ("aud", json!(["bildungsregion", "another-client"])),
        ("azp", json!("another-client")),
        ("exp", json!(now)),
        ("iat", json!(now - 3600)),
        ("iat", json!(now + 3600)),
        ("auth_time", json!(now - 3600)),
        ("sub", json!("")),
    ] {
        turned_away(&sign_in(&node, &provider, PERSON, claim(name, value)), "refused");
    }
    for alg in ["none", "HS256", "ES384"] {
        turned_away(&sign_in(&node, &provider, PERSON, |header, _| header["alg"] = json!(alg)), "refused");
    }
    turned_away(&sign_in(&node, &provider, PERSON, |header, _| header["kid"] = json!("unknown")), "refused");
    assert_eq!(place(&sign_in(&node, &provider, PERSON, plain)), "/de/konto");
}

// ASVS 5.0 V10.2.1
#[test]
fn nobody_comes_back_twice_or_in_another_browser() {
    let (provider, node, ..) = linked(&[]);
    let now = node.clock.now().timestamp();
    let (url, browser) = leave(&node, "?lang=de");
    let query = provider.approve(&url, PERSON, now, plain);
    let (_, foreign) = leave(&node, "?lang=de");
    turned_away(&arrive(&node, &query, &foreign), "over");
    turned_away(&arrive(&node, &query, ""), "over");
    assert_eq!(place(&arrive(&node, &query, &browser)), "/de/konto");
    turned_away(&arrive(&node, &query, &browser), "over");
    turned_away(&arrive(&node, &format!("state=bro_{}&code=x", "A".repeat(43)), &browser), "over");
    turned_away(&arrive(&node, "", &browser), "over");

    let (url, browser) = leave(&node, "?lang=de");
    let query = provider.approve(&url, PERSON, now, plain);
    node.clock.advance(Duration::minutes(11));
    turned_away(&arrive(&node, &query, &browser), "over");

    let (url, browser) = leave(&node, "?lang=de");
    let query = provider.approve(&url, PERSON, now, plain).replace("&code=code", "&error=access_denied&was=code");
    turned_away(&arrive(&node, &query, &browser), "denied");
    let (url, browser) = leave(&node, "?lang=de");
    let query = provider.approve(&url, PERSON, node.clock.now().timestamp(), plain) + "&iss=https://login.example.org";
    turned_away(&arrive(&node, &query, &browser), "refused");
}

#[test]
fn a_suspended_account_stays_outside() {
    let (provider, node, member, _) = linked(&[]);
    node.set_status(member.id, AccountStatus::Suspended);
    turned_away(&sign_in(&node, &provider, PERSON, plain), "refused");
}

// ASVS 5.0 V6.8.4
#[test]
fn only_a_provider_that_saw_several_factors_stands_in_for_the_second_one() {
    let (provider, node, member, visit_here) = linked(&[(Role::Administrator, None)]);
    let enter = |change: fn(&mut Value, &mut Value)| visit(node.renew(&cookie(&sign_in(&node, &provider, PERSON, change), "__Host-refresh")));
    let mfa = |_: &mut Value, claims: &mut Value| claims["amr"] = json!(["pwd", "mfa"]);
    let accounts = |visit: &Visit| node.get("/accounts").bearer_auth(&visit.token).send().unwrap();
    problem(accounts(&enter(plain)), 403, "second-factor-missing");
    assert_eq!(accounts(&enter(mfa)).status(), 200);
    // Whoever has a second factor here is not let in without one.
    node.set_up_totp(&visit_here);
    turned_away(&sign_in(&node, &provider, PERSON, plain), "second-factor");
    assert_eq!(accounts(&enter(mfa)).status(), 200);
    assert_eq!(node.challenge(&member)["status"], "second-factor");
}

#[test]
fn an_identity_belongs_to_one_account_and_a_link_to_one_session() {
    let (provider, node, member, visit_here) = linked(&[]);
    let other = node.member("andere", &[]);
    let visit_there = node.visit(&other);
    assert_eq!(place(&link(&node, &provider, &visit_there, PERSON)), "/de/konto/sicherheit#error=taken");
    assert_eq!(place(&link(&node, &provider, &visit_here, "second-identity")), "/de/konto/sicherheit#error=taken");
    assert_eq!(place(&link(&node, &provider, &visit_here, PERSON)), "/de/konto/sicherheit");
    assert_eq!(node.audited("identity.linked"), 1);

    let begun = node.send("/me/identities/sso/link?lang=de", json!({})).bearer_auth(&visit_there.token).send().unwrap();
    let browser = cookie(&begun, "__Host-oidc");
    let url = begun.json::<Value>().unwrap()["url"].as_str().unwrap().to_owned();
    node.with_cookie("/auth/logout", &visit_there.cookie).send().unwrap();
    let back = arrive(&node, &provider.approve(&url, "late", node.clock.now().timestamp(), plain), &browser);
    assert_eq!(place(&back), "/de/konto/sicherheit#error=over");
    turned_away(&sign_in(&node, &provider, "late", plain), "not-linked");

    node.clock.advance(Duration::minutes(11));
    let fresh = visit(node.log_in(&member.email, PASSWORD));
    let stale = node.send("/me/identities/sso/link", json!({})).bearer_auth(&fresh.token).send().unwrap();
    assert_eq!(stale.status(), 200);
    node.clock.advance(Duration::minutes(5));
    let unknown = node.client.delete(node.url("/api/v1/me/identities/other")).bearer_auth(&fresh.token).send().unwrap();
    problem(unknown, 404, "not-found");
}

#[test]
fn new_keys_are_fetched_but_not_more_than_once_a_minute() {
    let (provider, node, ..) = linked(&[]);
    assert_eq!(provider.key_requests(), 1);
    provider.rotate("k-2");
    turned_away(&sign_in(&node, &provider, PERSON, plain), "refused");
    assert_eq!(provider.key_requests(), 1);
    node.clock.advance(Duration::seconds(61));
    assert_eq!(place(&sign_in(&node, &provider, PERSON, plain)), "/de/konto");
    assert_eq!(provider.key_requests(), 2);
}

// ASVS 5.0 V10.5.3
#[test]
fn a_provider_that_is_another_one_is_not_gone_to() {
    let provider = Provider::start();
    provider.pretend("https://login.example.org");
    let node = beside(&provider);
    let away = node.get("/auth/oidc/sso/start?lang=en").send().unwrap();
    assert_eq!((away.status().as_u16(), header(away.headers(), "location")), (303, "/en/anmelden#error=unavailable"));
    assert_eq!(cookie_value(header(away.headers(), "set-cookie")), "");
}

#[test]
fn only_pages_of_the_portal_are_gone_to_and_only_the_provider_that_there_is() {
    let provider = Provider::start();
    let node = beside(&provider);
    let foreign = problem(node.get("/auth/oidc/sso/start?next=https://example.org/de/").send().unwrap(), 400, "parameter-invalid");
    assert_eq!(foreign["errors"][0]["code"], "next-foreign");
    problem(node.get("/auth/oidc/county/start").send().unwrap(), 404, "not-found");
    let without = empty(Limits::default());
    problem(without.get("/auth/oidc/sso/callback?state=x").send().unwrap(), 404, "not-found");
    assert_eq!(without.json("/auth/providers")["data"], json!([]));
}
