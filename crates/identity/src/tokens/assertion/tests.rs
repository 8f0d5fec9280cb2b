use super::*;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};

const CLIENT: &str = "0193-client";
const AUDIENCES: [&str; 2] = ["https://portal.example.org", "https://portal.example.org/oauth/token"];

fn now() -> Timestamp {
    "2026-11-24T08:00:00Z".parse().unwrap()
}

fn ed25519() -> EncodingKey {
    EncodingKey::from_ed_der(Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap().as_ref())
}

fn p256() -> EncodingKey {
    EncodingKey::from_ec_der(EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap().as_ref())
}

fn jwk(key: &EncodingKey, algorithm: Algorithm, kid: &str) -> Value {
    if algorithm == Algorithm::EdDSA {
        let pair = Ed25519KeyPair::from_pkcs8(key.as_bytes()).unwrap();
        return json!({ "kty": "OKP", "crv": "Ed25519", "kid": kid, "x": URL_SAFE_NO_PAD.encode(pair.public_key()) });
    }
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_bytes()).unwrap();
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    json!({ "kty": "EC", "crv": "P-256", "kid": kid, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) })
}

fn claims() -> Value {
    let now = now().timestamp();
    json!({ "iss": CLIENT, "sub": CLIENT, "aud": AUDIENCES[1], "jti": "one", "iat": now, "exp": now + 300 })
}

fn assertion(key: &EncodingKey, algorithm: Algorithm, change: impl FnOnce(&mut jsonwebtoken::Header, &mut Value)) -> String {
    let (mut header, mut claims) = (jsonwebtoken::Header::new(algorithm), claims());
    header.kid = Some("a".into());
    change(&mut header, &mut claims);
    jsonwebtoken::encode(&header, &claims, key).unwrap()
}

fn check(keys: &ClientKeys, assertion: &str) -> Result<AssertionClaims, TokenError> {
    verify_assertion(keys, assertion, CLIENT, &AUDIENCES, now())
}

#[test]
fn both_kinds_of_keys_prove_who_a_client_is() {
    let (ed, ec) = (ed25519(), p256());
    let keys = ClientKeys::parse(&json!({ "keys": [jwk(&ed, Algorithm::EdDSA, "a"), jwk(&ec, Algorithm::ES256, "b")] })).unwrap();
    let good = AssertionClaims { jti: "one".into(), expires_at: now() + Duration::minutes(5) };
    let first = assertion(&ed, Algorithm::EdDSA, |_, _| ());
    assert_eq!(check(&keys, &first), Ok(good.clone()));
    assert_eq!(claimed_client(&first).as_deref(), Some(CLIENT));
    assert_eq!(claimed_client("a.b"), None);
    assert_eq!(check(&keys, &assertion(&ec, Algorithm::ES256, |header, _| header.kid = Some("b".into()))), Ok(good.clone()));
    let many = |header: &mut jsonwebtoken::Header, claims: &mut Value| {
        header.kid = None;
        header.typ = None;
        claims["aud"] = json!(["https://other.example.org", AUDIENCES[0]]);
    };
    assert_eq!(check(&keys, &assertion(&ed, Algorithm::EdDSA, many)), Ok(good), "only one key fits the algorithm");
}

#[test]
fn assertions_for_others_or_by_others_are_refused() {
    let (key, other) = (ed25519(), ed25519());
    let keys = ClientKeys::parse(&json!({ "keys": [jwk(&key, Algorithm::EdDSA, "a")] })).unwrap();
    assert_eq!(check(&keys, &assertion(&other, Algorithm::EdDSA, |_, _| ())), Err(TokenError::Signature));
    assert_eq!(check(&keys, &assertion(&key, Algorithm::EdDSA, |header, _| header.kid = Some("b".into()))), Err(TokenError::UnknownKey));
    assert_eq!(check(&keys, &assertion(&p256(), Algorithm::ES256, |_, _| ())), Err(TokenError::UnknownKey));
    let public = jwk(&key, Algorithm::EdDSA, "a")["x"].as_str().unwrap().to_owned();
    let hmac = assertion(&EncodingKey::from_secret(public.as_bytes()), Algorithm::HS256, |_, _| ());
    assert_eq!(check(&keys, &hmac), Err(TokenError::Header));
    for (name, value, error) in [
        ("iss", json!("other"), TokenError::NotForUs),
        ("sub", json!("other"), TokenError::NotForUs),
        ("aud", json!("https://other.example.org/oauth/token"), TokenError::NotForUs),
        ("aud", json!([]), TokenError::NotForUs),
        ("aud", json!(null), TokenError::Malformed),
        ("jti", json!(""), TokenError::Malformed),
        ("jti", json!(null), TokenError::Malformed),
        ("exp", json!(null), TokenError::Malformed),
        ("exp", json!(now().timestamp()), TokenError::Expired),
        ("exp", json!(now().timestamp() + 7200), TokenError::Times),
        ("iat", json!(now().timestamp() + 120), TokenError::Times),
        ("nbf", json!(now().timestamp() + 120), TokenError::Times),
    ] {
        let token = assertion(&key, Algorithm::EdDSA, |_, claims| claims[name] = value.clone());
        assert_eq!(check(&keys, &token), Err(error), "{name} {value}");
    }
    for change in [
        |h: &mut jsonwebtoken::Header| h.typ = Some("at+jwt".into()),
        |h: &mut jsonwebtoken::Header| h.jku = Some("https://evil.example.org".into()),
        |h: &mut jsonwebtoken::Header| h.x5u = Some("https://evil.example.org".into()),
        |h: &mut jsonwebtoken::Header| h.crit = Some(vec![]),
    ] {
        assert_eq!(check(&keys, &assertion(&key, Algorithm::EdDSA, |header, _| change(header))), Err(TokenError::Header));
    }
}

#[test]
fn only_public_signing_keys_that_can_be_told_apart_are_registered() {
    let ed = jwk(&ed25519(), Algorithm::EdDSA, "a");
    let with = |name: &str, value: Value| {
        let mut key = ed.clone();
        key[name] = value;
        json!({ "keys": [key] })
    };
    let code = |jwks: Value| ClientKeys::parse(&jwks).unwrap_err().code;
    assert_eq!(code(with("d", json!("AA"))), "jwks-private");
    for bad in [
        json!({}),
        json!([]),
        json!({ "keys": [] }),
        json!({ "keys": [ed, ed] }),
        json!({ "keys": vec![ed.clone(); 9] }),
        with("use", json!("enc")),
        with("x", json!("AA")),
        with("crv", json!("X25519")),
        json!({ "keys": [{ "kty": "RSA", "n": "AQAB", "e": "AQAB" }] }),
    ] {
        assert_eq!(code(bad.clone()), "jwks-invalid", "{bad}");
    }
}
