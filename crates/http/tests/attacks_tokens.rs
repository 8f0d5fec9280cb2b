//! Attacks on tokens, played against the real server: forged and stolen ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use common::{Alone, empty, header, problem};
use domain::{Clock, SystemRng, new_id};
use http::Limits;
use identity::tokens::{Claims, Subject, issue};
use serde_json::{Value, json};

/// Somebody who knows everything but a secret, or who got hold of the signing key where the test is about what is signed.
struct Forge {
    node: Alone,
    key: Ed25519KeyPair,
    header: Value,
    claims: Value,
}

impl Forge {
    fn new() -> Self {
        let node = empty(Limits::default());
        let token = node.visit(&node.member("mitglied", &[])).token;
        let part = |n: usize| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap()).unwrap()).unwrap();
        let (header, claims) = (part(0), part(1));
        let key = Ed25519KeyPair::from_pkcs8(&signing_key(&node)).unwrap();
        Self { node, key, header, claims }
    }

    fn message(&self, change: impl FnOnce(&mut Value, &mut Value)) -> String {
        let (mut header, mut claims) = (self.header.clone(), self.claims.clone());
        change(&mut header, &mut claims);
        format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    /// A token whose signature is right.
    fn signed(&self, change: impl FnOnce(&mut Value, &mut Value)) -> String {
        let message = self.message(change);
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(self.key.sign(message.as_bytes())))
    }

    #[track_caller]
    fn refused(&self, what: &str, token: &str) {
        let answer = self.node.me(token);
        assert!(header(answer.headers(), "www-authenticate").starts_with("Bearer error=\"invalid_"), "{what}");
        problem(answer, 401, "unauthenticated");
    }
}

/// The signing key of a node, as somebody finds it who can read its folder.
fn signing_key(node: &Alone) -> Vec<u8> {
    let pem = std::fs::read_dir(node.keys_folder()).unwrap().map(|entry| entry.unwrap().path());
    let pem = pem.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "pem")).unwrap();
    let text = std::fs::read_to_string(pem).unwrap();
    STANDARD.decode(text.lines().filter(|line| !line.starts_with("-----")).collect::<String>()).unwrap()
}

// ASVS 5.0 V9.1.1
// ASVS 5.0 V9.1.2
// ASVS 5.0 V9.1.3
#[test]
fn signatures_that_prove_nothing_are_refused() {
    let forge = Forge::new();
    assert_eq!(forge.node.me(&forge.signed(|_, _| ())).status(), 200, "the forge of this test works");
    let none = forge.message(|header, _| header["alg"] = json!("none"));
    forge.refused("alg none without a signature", &format!("{none}."));
    forge.refused("alg none with a signature", &format!("{none}.{}", URL_SAFE_NO_PAD.encode([0; 64])));
    forge.refused("two parts", &none);
    let jwks = forge.node.identity.keys.jwks(forge.node.clock.now());
    let public = URL_SAFE_NO_PAD.decode(jwks["keys"][0]["x"].as_str().unwrap()).unwrap();
    for secret in [public, jwks["keys"][0].to_string().into_bytes(), vec![]] {
        let message = forge.message(|header, _| header["alg"] = json!("HS256"));
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), message.as_bytes());
        forge.refused("HS256 with what is public as key", &format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag)));
    }
    let stranger = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    for change in ["known", "unknown"] {
        let message = forge.message(|header, _| {
            if change == "unknown" {
                header["kid"] = json!("another");
            }
        });
        forge.refused("another key", &format!("{message}.{}", URL_SAFE_NO_PAD.encode(stranger.sign(message.as_bytes()))));
    }
    let (real, other) = (forge.signed(|_, _| ()), forge.message(|_, claims| claims["sub"] = json!("019ab1c2-0000-7000-8000-000000000001")));
    forge.refused("the signature of other claims", &format!("{other}.{}", real.rsplit('.').next().unwrap()));
}

// ASVS 5.0 V9.1.3
// ASVS 5.0 V9.2.1
// ASVS 5.0 V9.2.2
// ASVS 5.0 V9.2.3
#[test]
fn signed_tokens_for_something_else_are_refused() {
    let forge = Forge::new();
    type Change = fn(&mut Value, &mut Value);
    let changes: [(&str, Change); 15] = [
        ("typ of an id token", |header, _| header["typ"] = json!("JWT")),
        ("no typ", |header, _| drop(header.as_object_mut().unwrap().remove("typ"))),
        ("a key from elsewhere", |header, _| header["jku"] = json!("https://evil.test/jwks.json")),
        ("a key in the token", |header, _| header["jwk"] = json!({ "kty": "OKP", "crv": "Ed25519", "x": "AA" })),
        ("a certificate", |header, _| header["x5u"] = json!("https://evil.test/x")),
        ("an extension", |header, _| header["crit"] = json!(["exp"])),
        ("a path as key id", |header, _| header["kid"] = json!("../../seal.key")),
        ("no audience", |_, claims| drop(claims.as_object_mut().unwrap().remove("aud"))),
        ("another audience", |_, claims| claims["aud"] = json!("https://evil.test/api")),
        ("two audiences", |_, claims| claims["aud"] = json!([claims["aud"], "https://evil.test"])),
        ("another issuer", |_, claims| claims["iss"] = json!("https://evil.test")),
        ("expired", |_, claims| (claims["iat"], claims["exp"]) = (json!(1_700_000_000), json!(1_700_000_600))),
        ("from the future", |_, claims| (claims["iat"], claims["exp"]) = (json!(4_000_000_000_u64), json!(4_000_000_600_u64))),
        ("endless", |_, claims| claims["exp"] = json!(4_000_000_000_u64)),
        ("with roles", |_, claims| claims["roles"] = json!(["administrator"])),
    ];
    for (what, change) in changes {
        forge.refused(what, &forge.signed(change));
    }
}

// ASVS 5.0 V7.2.1
#[test]
fn the_session_of_a_token_has_to_be_its_owners() {
    let forge = Forge::new();
    let other = forge.node.member("andere", &[]);
    problem(forge.node.me(&forge.signed(|_, claims| claims["sub"] = json!(other.id))), 401, "session-ended");
    problem(forge.node.me(&forge.signed(|_, claims| claims["sid"] = json!("019ab1c2-0000-7000-8000-000000000001"))), 401, "session-ended");
}

// ASVS 5.0 V9.2.2
#[test]
fn other_kinds_of_tokens_open_nothing() {
    let node = empty(Limits::default());
    let visit = node.visit(&node.member("mitglied", &[]));
    problem(node.me(&visit.cookie), 401, "unauthenticated");
    problem(node.renew(&visit.token), 401, "session-ended");
    let id = new_id(&*node.clock, &SystemRng);
    let subject = Subject::Client { id, scopes: vec!["imports:run".to_owned()] };
    let claims = Claims::new(&node.identity.expected(), subject, new_id(&*node.clock, &SystemRng), node.clock.now());
    let client = issue(&node.identity.keys, &claims).unwrap();
    problem(node.me(&client), 401, "session-ended");
}

#[test]
fn neither_tokens_nor_secrets_lie_in_the_database_or_come_back() {
    let node = empty(Limits::default());
    let member = node.member("mitglied", &[]);
    let visit = node.visit(&member);
    let codes = node.set_up_totp(&visit);
    let bytes = node.database_bytes();
    let has = |needle: &str| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
    assert!(has(&member.email), "the search of this test works");
    for secret in [visit.token.as_str(), visit.cookie.as_str(), common::entrance::PASSWORD, codes[0].as_str(), &codes[0].replace('-', "")] {
        assert!(!has(secret));
    }
}
