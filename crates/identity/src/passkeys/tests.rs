use super::*;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::json;
use sha2::{Digest as _, Sha256};

const ORIGIN: &str = "https://portal.example.org";
const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// An authenticator with one key, as a browser would drive it.
struct Device {
    id: Vec<u8>,
    key: EcdsaKeyPair,
    account: Uuid,
    counter: u32,
    origin: &'static str,
    flags: u8,
}

impl Device {
    fn new(account: Uuid, id: u8) -> Self {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new()).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref()).unwrap();
        Self { id: vec![id; 32], key, account, counter: 0, origin: ORIGIN, flags: USER_PRESENT | USER_VERIFIED }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false }).to_string().into_bytes()
    }

    fn authenticator_data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(b"portal.example.org").to_vec();
        data.push(flags);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }

    fn register(&self, options: &Value) -> Value {
        let mut data = self.authenticator_data(self.flags | ATTESTED);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend_from_slice(&self.id);
        // COSE key in CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
        let (x, y) = self.key.public_key().as_ref()[1..].split_at(32);
        data.extend_from_slice(&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend_from_slice(x);
        data.extend_from_slice(&[0x22, 0x58, 0x20]);
        data.extend_from_slice(y);
        let mut object = vec![0xa3, 0x63];
        object.extend_from_slice(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend_from_slice(&data);
        self.answer(json!({
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(self.client_data("webauthn.create", options)),
            "transports": ["internal"],
        }))
    }

    fn sign_in(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let (data, client) = (self.authenticator_data(self.flags), self.client_data("webauthn.get", options));
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": URL_SAFE_NO_PAD.encode(self.account.as_bytes()),
        }))
    }

    fn answer(&self, response: Value) -> Value {
        let id = URL_SAFE_NO_PAD.encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}, "authenticatorAttachment": "platform" })
    }
}

fn passkeys() -> Passkeys {
    Passkeys::new(ORIGIN, "Bildungsregion Beispiel").unwrap()
}

fn registered(passkeys: &Passkeys, device: &Device) -> StoredPasskey {
    let begun = passkeys.begin_registration(device.account, "kontakt@example.org", "Leitung", &[]).unwrap();
    passkeys.finish_registration(&begun.state, device.register(&begun.options)).unwrap()
}

#[test]
fn a_passkey_is_registered_and_signs_in_without_an_address() {
    let (passkeys, mut device) = (passkeys(), Device::new(Uuid::from_u128(7), 1));
    let begun = passkeys.begin_registration(device.account, "kontakt@example.org", "Leitung", &[]).unwrap();
    assert_eq!(begun.options["rp"], json!({ "id": "portal.example.org", "name": "Bildungsregion Beispiel" }));
    assert_eq!(begun.options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(begun.options["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(begun.options["timeout"], 300_000);
    let stored = passkeys.finish_registration(&begun.state, device.register(&begun.options)).unwrap();

    let discovery = passkeys.begin_discovery().unwrap();
    assert_eq!(discovery.options["allowCredentials"], json!([]));
    let answer = device.sign_in(&discovery.options);
    assert_eq!(passkeys.claimed(&answer).unwrap(), (device.account, stored.credential_id.clone()));
    let changed = passkeys.finish_discovery(&discovery.state, answer.clone(), &stored).unwrap().unwrap();
    assert_eq!(changed.credential_id, stored.credential_id);
    assert_ne!(changed.data, stored.data, "the counter went up");
    assert!(passkeys.finish_discovery(&discovery.state, answer, &changed).is_err(), "the counter must go up: a copy of the device");
}

#[test]
fn a_passkey_is_the_second_factor_of_its_account() {
    let (passkeys, mut device, mut other) = (passkeys(), Device::new(Uuid::from_u128(7), 1), Device::new(Uuid::from_u128(8), 2));
    let (stored, foreign) = (registered(&passkeys, &device), registered(&passkeys, &other));
    let begun = passkeys.begin_authentication(std::slice::from_ref(&stored)).unwrap();
    assert_eq!(begun.options["allowCredentials"][0]["id"], stored.credential_id.as_str());
    assert_eq!(begun.options["userVerification"], "required");
    let answer = device.sign_in(&begun.options);
    assert_eq!(credential_id(&answer).as_ref(), Some(&stored.credential_id));
    assert!(passkeys.finish_authentication(&begun.state, answer.clone(), &stored).unwrap().is_some());
    assert!(passkeys.finish_authentication(&begun.state, answer, &foreign).is_err(), "another row");
    assert!(passkeys.finish_authentication(&begun.state, other.sign_in(&begun.options), &foreign).is_err(), "another account");
    let later = passkeys.begin_authentication(std::slice::from_ref(&stored)).unwrap();
    assert!(passkeys.finish_authentication(&later.state, device.sign_in(&begun.options), &stored).is_err(), "another challenge");
    let again = passkeys.begin_registration(device.account, "kontakt@example.org", "Leitung", std::slice::from_ref(&stored)).unwrap();
    assert_eq!(again.options["excludeCredentials"][0]["id"], stored.credential_id.as_str());
}

#[test]
fn other_sites_and_unverified_people_are_refused() {
    let passkeys = passkeys();
    let mut device = Device::new(Uuid::from_u128(7), 1);
    let stored = registered(&passkeys, &device);
    let mut attempt = |change: fn(&mut Device)| {
        device.origin = ORIGIN;
        device.flags = USER_PRESENT | USER_VERIFIED;
        change(&mut device);
        let begun = passkeys.begin_discovery().unwrap();
        let answer = device.sign_in(&begun.options);
        passkeys.finish_discovery(&begun.state, answer, &stored)
    };
    assert!(attempt(|_| ()).is_ok());
    assert!(attempt(|device| device.origin = "https://portal.example.org.evil.example").is_err());
    assert!(attempt(|device| device.origin = "http://portal.example.org").is_err());
    assert!(attempt(|device| device.flags = USER_PRESENT).is_err(), "no PIN, no finger");

    device.origin = ORIGIN;
    device.flags = USER_PRESENT;
    let begun = passkeys.begin_registration(device.account, "kontakt@example.org", "Leitung", &[]).unwrap();
    assert!(passkeys.finish_registration(&begun.state, device.register(&begun.options)).is_err());
    assert!(matches!(passkeys.finish_registration("{}", json!({})), Err(PasskeyError::Stored)));
    assert!(matches!(passkeys.finish_registration(&begun.state, json!({ "id": 1 })), Err(PasskeyError::Refused(_))));
}

#[test]
fn passkeys_need_a_domain() {
    assert!(Passkeys::new("http://localhost:8080", "Portal").is_ok());
    for url in ["http://127.0.0.1:8080", "http://[::1]:8080", "portal", ""] {
        assert!(matches!(Passkeys::new(url, "Portal"), Err(PasskeyError::Address(_))), "{url}");
    }
}
