//! Two partner systems, each bound to a source, and the tokens they get.

use super::Node;
use domain::accounts::may::ManageClients;
use domain::accounts::{Actor, Scope};
use domain::{Clock, SystemRng, Timestamp, Uuid, new_id};
use persistence::access::owned_source;
use persistence::clients::{self, Client, NewSecret};
use reqwest::blocking::Response;

/// The source that tests hand in records for.
pub(crate) const SOURCE: &str = "vhs-test";
/// Another source.
pub(crate) const OTHER_SOURCE: &str = "other-test";

/// `client_id` and secret of the system that writes for a source.
pub(crate) fn credentials(source: &str) -> (String, String) {
    let number = if source == SOURCE { 0xc11e } else { 0xc12e };
    (Uuid::from_u128(number).to_string(), format!("brs_{}", source.repeat(6).get(..43).unwrap()))
}

impl Node {
    /// Adds both sources, each with a client that may run imports.
    pub(crate) fn add_sources(&self) {
        for key in [SOURCE, OTHER_SOURCE] {
            let source = testkit::source(new_id(&*self.clock, &SystemRng), key);
            let ((id, secret), now) = (credentials(key), self.clock.now());
            let client = Client {
                id: id.parse().unwrap(),
                source_id: Uuid::nil(),
                name: format!("System {key}"),
                scopes: vec![Scope::RunImports],
                jwks: None,
                created_at: now,
                last_used_at: None,
                revoked_at: None,
                version: 1,
            };
            let digest = identity::secrets::digest(&secret);
            let secret = NewSecret { id: new_id(&*self.clock, &SystemRng), digest, hint: String::new(), expires_at: None };
            self.store
                .write(move |tx| {
                    testkit::add_source(tx, &source)?;
                    let owned = owned_source::<ManageClients>(tx, &Actor::system(), &source.key, now)?;
                    clients::create(tx, &owned, &client, Some(&secret), &SystemRng)
                })
                .unwrap();
        }
    }

    /// Asks for a token with these credentials.
    pub(crate) fn ask_for_token(&self, id: &str, secret: &str, form: &[(&str, &str)]) -> Response {
        self.client.post(self.url("/oauth/token")).basic_auth(id, Some(secret)).form(form).send().unwrap()
    }

    /// A token of the system that writes for a source. One is kept while it is fresh.
    pub(crate) fn token(&self, source: &str) -> String {
        let now = self.clock.now();
        let mut kept = self.tokens.lock().unwrap();
        if let Some((_, token)) = kept.get(source).filter(|(at, _): &&(Timestamp, String)| (now - *at).num_seconds() < 500) {
            return token.clone();
        }
        let (id, secret) = credentials(source);
        let response = self.ask_for_token(&id, &secret, &[("grant_type", "client_credentials")]);
        let (status, answer) = (response.status(), response.json::<serde_json::Value>().unwrap());
        assert_eq!(status, 200, "{answer}");
        let token = answer["access_token"].as_str().unwrap().to_owned();
        kept.insert(source.to_owned(), (now, token.clone()));
        token
    }
}
