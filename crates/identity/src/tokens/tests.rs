use super::*;
use domain::{Clock as _, FixedClock, SystemRng};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};

const EXPECTED: Expected<'static> = Expected { issuer: "https://portal.example.org", audience: "https://portal.example.org/api" };

struct World {
    _folder: tempfile::TempDir,
    clock: FixedClock,
    keys: KeyRing,
}

fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let clock = FixedClock::at("2026-11-24T08:00:00.25Z");
    let keys = KeyRing::open(folder.path(), &clock, &SystemRng).unwrap();
    World { _folder: folder, clock, keys }
}

impl World {
    fn account(&self) -> Subject {
        let now = DateTime::from_timestamp(self.clock.now().timestamp(), 0).unwrap();
        Subject::Account { id: Uuid::from_u128(1), session: Uuid::from_u128(2), auth_time: now, methods: vec!["pwd".into(), "otp".into()] }
    }

    fn claims(&self) -> Claims {
        Claims::new(&EXPECTED, self.account(), Uuid::from_u128(3), self.clock.now())
    }

    fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        verify(&self.keys, token, &EXPECTED, self.clock.now())
    }

    /// A token with a true signature over a header and claims that the test has changed.
    fn forged(&self, change: impl FnOnce(&mut Value, &mut Value)) -> String {
        let token = issue(&self.keys, &self.claims()).unwrap();
        let (mut header, mut claims) = (part(&token, 0), part(&token, 1));
        change(&mut header, &mut claims);
        sign(&header, &claims, self.keys.signing(self.clock.now()).unwrap().encoding())
    }
}

fn part(token: &str, index: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap()).unwrap()).unwrap()
}

fn sign(header: &Value, claims: &Value, key: &EncodingKey) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
    let pair = aws_lc_rs::signature::Ed25519KeyPair::from_pkcs8(key.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(pair.sign(message.as_bytes())))
}

#[test]
fn what_was_issued_is_read_again() {
    let world = world();
    let token = issue(&world.keys, &world.claims()).unwrap();
    assert_eq!(world.verify(&token), Ok(world.claims()));
    assert_eq!(world.verify(&world.forged(|_, _| ())), Ok(world.claims()), "the forge of these tests works");
    let header = part(&token, 0);
    assert_eq!(header, json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": world.keys.list()[0].0 }));
    let names: Vec<String> = part(&token, 1).as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, ["amr", "aud", "auth_time", "exp", "iat", "iss", "jti", "sid", "sub"], "no roles, nothing personal");

    let client = Subject::Client { id: Uuid::from_u128(9), scopes: vec!["imports:run".into(), "stats:read".into()] };
    let claims = Claims { subject: client, ..world.claims() };
    let token = issue(&world.keys, &claims).unwrap();
    assert_eq!(part(&token, 1)["client_id"], part(&token, 1)["sub"]);
    assert_eq!(world.verify(&token), Ok(claims));
}

#[test]
fn a_token_outlives_a_rotation_but_not_the_retirement_of_its_key() {
    let world = world();
    let token = issue(&world.keys, &world.claims()).unwrap();
    world.keys.rotate(&world.clock, &SystemRng).unwrap();
    assert!(world.verify(&token).is_ok());
    world.keys.retire_before(world.clock.now() + Duration::days(1)).unwrap();
    assert_eq!(world.verify(&token), Err(TokenError::UnknownKey));
}

// ASVS 5.0 V9.1.2
#[test]
fn alg_none_is_refused() {
    let world = world();
    for alg in ["none", "None", "NONE"] {
        let token = world.forged(|header, _| header["alg"] = json!(alg));
        assert_eq!(world.verify(&token), Err(TokenError::Header), "{alg}");
        let message = token.rsplit_once('.').unwrap().0;
        assert_eq!(world.verify(&format!("{message}.")), Err(TokenError::Header));
        assert_eq!(world.verify(message), Err(TokenError::Malformed));
    }
}

// ASVS 5.0 V9.1.2
#[test]
fn a_public_key_is_no_hmac_secret() {
    let world = world();
    let token = issue(&world.keys, &world.claims()).unwrap();
    let public = URL_SAFE_NO_PAD.decode(world.keys.jwks(world.clock.now())["keys"][0]["x"].as_str().unwrap()).unwrap();
    let mut header = jsonwebtoken::Header::new(Algorithm::HS256);
    header.typ = Some(ACCESS_TYPE.to_owned());
    header.kid = Some(world.keys.list()[0].0.clone());
    for secret in [public.as_slice(), world.keys.jwks(world.clock.now())["keys"][0]["x"].as_str().unwrap().as_bytes()] {
        let forged = jsonwebtoken::encode(&header, &part(&token, 1), &EncodingKey::from_secret(secret)).unwrap();
        assert_eq!(world.verify(&forged), Err(TokenError::Header));
    }
}

// ASVS 5.0 V9.1.1
#[test]
fn another_key_is_refused() {
    let (ours, theirs) = (world(), world());
    let token = issue(&theirs.keys, &theirs.claims()).unwrap();
    assert_eq!(ours.verify(&token), Err(TokenError::UnknownKey));
    let mut header = part(&token, 0);
    header["kid"] = json!(ours.keys.list()[0].0);
    let forged = sign(&header, &part(&token, 1), theirs.keys.signing(theirs.clock.now()).unwrap().encoding());
    assert_eq!(ours.verify(&forged), Err(TokenError::Signature));
    let without = ours.forged(|header, _| {
        header.as_object_mut().unwrap().remove("kid");
    });
    assert_eq!(ours.verify(&without), Err(TokenError::Header));
}

// ASVS 5.0 V9.1.3
#[test]
fn headers_that_name_other_keys_or_rules_are_refused() {
    let world = world();
    let jwk = world.keys.jwks(world.clock.now())["keys"][0].clone();
    for (name, value) in [
        ("jku", json!("https://evil.example.org/jwks.json")),
        ("x5u", json!("https://evil.example.org/x5u")),
        ("jwk", jwk),
        ("x5c", json!(["AA"])),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
    ] {
        assert_eq!(world.verify(&world.forged(|header, _| header[name] = value)), Err(TokenError::Header), "{name}");
    }
}

// Trap 4: the library ignores the type of a token.
// ASVS 5.0 V9.2.2
#[test]
fn the_type_has_to_be_exactly_that_of_an_access_token() {
    let world = world();
    for typ in [json!("JWT"), json!("AT+JWT"), json!("application/at+jwt"), json!(null), json!("")] {
        assert_eq!(world.verify(&world.forged(|header, _| header["typ"] = typ.clone())), Err(TokenError::Header), "{typ}");
    }
    let without = world.forged(|header, _| {
        header.as_object_mut().unwrap().remove("typ");
    });
    assert_eq!(world.verify(&without), Err(TokenError::Header));
}

// Trap 4: the library accepts a token without an audience.
#[test]
fn every_claim_is_demanded() {
    let world = world();
    for name in ["iss", "aud", "sub", "jti", "iat", "exp", "sid", "auth_time", "amr"] {
        let token = world.forged(|_, claims| {
            claims.as_object_mut().unwrap().remove(name);
        });
        assert_eq!(world.verify(&token), Err(TokenError::Malformed), "{name}");
    }
    for (name, value) in [("client_id", json!(Uuid::from_u128(1))), ("scope", json!("offers:write")), ("roles", json!(["administrator"]))] {
        assert_eq!(world.verify(&world.forged(|_, claims| claims[name] = value)), Err(TokenError::Malformed), "{name}");
    }
}

// ASVS 5.0 V9.2.3
#[test]
fn issuer_and_audience_have_to_be_ours() {
    let world = world();
    for (name, value) in [
        ("iss", json!("https://other.example.org")),
        ("iss", json!("https://portal.example.org/")),
        ("aud", json!("https://other.example.org/api")),
        ("aud", json!("")),
    ] {
        assert_eq!(world.verify(&world.forged(|_, claims| claims[name] = value.clone())), Err(TokenError::NotForUs), "{name} {value}");
    }
    let many = world.forged(|_, claims| claims["aud"] = json!([EXPECTED.audience, "https://other.example.org"]));
    assert_eq!(world.verify(&many), Err(TokenError::Malformed));
}

// ASVS 5.0 V9.2.1
#[test]
fn time_is_the_injected_one() {
    let world = world();
    let token = issue(&world.keys, &world.claims()).unwrap();
    world.clock.advance(Duration::seconds(599));
    assert!(world.verify(&token).is_ok());
    world.clock.advance(Duration::seconds(1));
    assert_eq!(world.verify(&token), Err(TokenError::Expired));

    let now = world.clock.now().timestamp();
    for (iat, exp, error) in [
        (now, now - 1, TokenError::Expired),
        (now, now + 601, TokenError::Times),
        (now + 61, now + 600, TokenError::Times),
        (now - 86_400, now + 60, TokenError::Times),
        (now, i64::MAX, TokenError::Malformed),
    ] {
        let token = world.forged(|_, claims| (claims["iat"], claims["exp"]) = (json!(iat), json!(exp)));
        assert_eq!(world.verify(&token), Err(error), "{iat} {exp}");
    }
    let text = world.forged(|_, claims| claims["exp"] = json!((now + 60).to_string()));
    assert_eq!(world.verify(&text), Err(TokenError::Malformed));
}

#[test]
fn no_cut_or_altered_token_passes() {
    let world = world();
    let token = issue(&world.keys, &world.claims()).unwrap();
    for end in 0..token.len() {
        assert!(world.verify(&token[..end]).is_err(), "cut at {end}");
    }
    for index in 0..token.len() {
        let mut altered = token.clone().into_bytes();
        altered[index] = if altered[index] == b'A' { b'B' } else { b'A' };
        assert!(world.verify(&String::from_utf8(altered).unwrap()).is_err(), "altered at {index}");
    }
    for other in ["", ".", "..", "...", &format!("{token}.x"), &format!("{token}="), &"a".repeat(10_000)] {
        assert!(world.verify(other).is_err());
    }
}
