//! An OpenID Connect provider on this machine: discovery, keys and tokens, signed with a key of its own. Tests say what its tokens claim.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub(crate) const CLIENT: &str = "bildungsregion";
pub(crate) const SECRET: &str = "geheim & geteilt";

/// A provider. Its thread ends with the process.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    state: Arc<Mutex<State>>,
}

struct State {
    key: EcdsaKeyPair,
    kid: String,
    /// What the discovery document says about the issuer.
    named: String,
    /// Codes that can be redeemed: PKCE challenge, header and claims.
    codes: HashMap<String, (String, Value, Value)>,
    key_requests: usize,
}

fn key() -> EcdsaKeyPair {
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref()).unwrap()
}

impl Provider {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let state = State { key: key(), kid: "k-1".to_owned(), named: issuer.clone(), codes: HashMap::new(), key_requests: 0 };
        let provider = Self { issuer: issuer.clone(), state: Arc::new(Mutex::new(state)) };
        let state = Arc::clone(&provider.state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &issuer, &mut state.lock().unwrap());
            }
        });
        provider
    }

    /// What a node needs to know of it.
    pub(crate) fn connected(&self) -> identity::oidc::Provider {
        let settings = identity::oidc::OidcSettings {
            issuer: self.issuer.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
            name: "Landkreis".to_owned(),
        };
        identity::oidc::Provider::new(settings, "http://localhost:8080").unwrap()
    }

    /// Lets the discovery document be about another issuer.
    pub(crate) fn pretend(&self, issuer: &str) {
        issuer.clone_into(&mut self.state.lock().unwrap().named);
    }

    /// Signs with another key from now on.
    pub(crate) fn rotate(&self, kid: &str) {
        let mut state = self.state.lock().unwrap();
        (state.key, state.kid) = (key(), kid.to_owned());
    }

    /// How often the keys were asked for.
    pub(crate) fn key_requests(&self) -> usize {
        self.state.lock().unwrap().key_requests
    }

    /// A person signs in: gives the query of the way back. `change` may change header and claims of the ID token.
    pub(crate) fn approve(&self, url: &str, subject: &str, now: i64, change: impl FnOnce(&mut Value, &mut Value)) -> String {
        let asked: HashMap<String, String> = reqwest::Url::parse(url).unwrap().query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
        assert_eq!((asked["code_challenge_method"].as_str(), asked["max_age"].as_str()), ("S256", "600"));
        assert_eq!(asked["redirect_uri"], "http://localhost:8080/api/v1/auth/oidc/sso/callback");
        let mut state = self.state.lock().unwrap();
        let mut header = json!({ "alg": "ES256", "kid": state.kid });
        let mut claims = json!({
            "iss": self.issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now, "nonce": asked["nonce"],
            "email": "verwaltung@example.org", "email_verified": true
        });
        change(&mut header, &mut claims);
        let code = format!("code-{}", state.codes.len());
        state.codes.insert(code.clone(), (asked["code_challenge"].clone(), header, claims));
        format!("state={}&code={code}&session_state=x", asked["state"])
    }
}

fn answer(stream: TcpStream, issuer: &str, state: &mut State) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
            break;
        }
        let (name, value) = line.trim().split_once(": ").unwrap();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "authorization" => value.clone_into(&mut authorization),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let (status, json) = match first.split(' ').nth(1) {
        Some("/.well-known/openid-configuration") => (
            "200 OK",
            json!({ "issuer": state.named, "authorization_endpoint": format!("{issuer}/authorize?realm=x"), "token_endpoint": format!("{issuer}/token"),
                    "jwks_uri": format!("{issuer}/keys") }),
        ),
        Some("/keys") => {
            state.key_requests += 1;
            let (x, y) = state.key.public_key().as_ref()[1..].split_at(32);
            let key = json!({ "kty": "EC", "crv": "P-256", "kid": state.kid, "use": "sig", "alg": "ES256", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) });
            ("200 OK", json!({ "keys": [{ "kty": "strange", "kid": "k-0" }, key] }))
        }
        Some("/token") => {
            redeem(&body, &authorization, state).map_or(("400 Bad Request", json!({ "error": "invalid_grant" })), |json| ("200 OK", json))
        }
        _ => ("404 Not Found", Value::Null),
    };
    let json = json.to_string();
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", json.len());
    reader.get_mut().write_all((head + &json).as_bytes()).unwrap();
}

/// A code is good once, for whoever has the secret of the portal and the verifier.
fn redeem(body: &[u8], authorization: &str, state: &mut State) -> Option<Value> {
    let encode = |text: &str| reqwest::Url::parse_with_params("form:", [("", text)]).unwrap().query().unwrap()[1..].to_owned();
    assert_eq!(authorization, format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{}", encode(SECRET)))));
    let query = format!("form:?{}", String::from_utf8(body.to_vec()).unwrap());
    let form: HashMap<String, String> = reqwest::Url::parse(&query).unwrap().query_pairs().into_owned().collect();
    let (challenge, header, claims) = state.codes.remove(form.get("code")?)?;
    assert_eq!(URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes())), challenge);
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let signature = match header["alg"].as_str() {
        Some("none") => String::new(),
        _ => URL_SAFE_NO_PAD.encode(state.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap()),
    };
    Some(json!({ "token_type": "Bearer", "access_token": "x", "id_token": format!("{signed}.{signature}") }))
}
