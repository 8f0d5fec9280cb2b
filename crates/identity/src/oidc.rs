//! Another provider to sign in at: OpenID Connect with authorization code and PKCE (RFC 7636).
//!
//! Everything is fetched over https from addresses that the provider's discovery document names; plain http is only spoken with a provider on
//! the own machine. Redirects are not followed, answers are bounded in size and time.

use crate::tokens::TokenError;
use crate::tokens::id_token::{ExpectedId, Identified, MAX_AUTH_AGE, verify_id_token};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Duration;
use domain::Timestamp;
use jsonwebtoken::jwk::Jwk;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::header::{ACCEPT, AUTHORIZATION};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io::Read as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use url::{Host, Url, form_urlencoded};

/// The provider's id in addresses: there is one.
pub const PROVIDER: &str = "sso";

const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(5);
/// Largest answer of a provider.
const MAX_BYTES: u64 = 256 << 10;
/// Most keys that are looked at.
const MAX_KEYS: usize = 32;
/// How long what the provider says about itself is taken for true.
const KNOWN_FOR: Duration = Duration::hours(1);
/// Keys are not asked for more often, whatever key a token names.
const KEYS_EVERY: Duration = Duration::minutes(1);

/// What the operator says about a provider.
#[derive(Clone)]
pub struct OidcSettings {
    /// Its issuer identifier, such as `https://login.example.org/realms/county`.
    pub issuer: String,
    /// The portal's name there.
    pub client_id: String,
    /// The portal's password there.
    pub client_secret: String,
    /// Its name for people.
    pub name: String,
}

impl fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcSettings").field("issuer", &self.issuer).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Why a provider cannot be used, or what it said is not believed. For the log.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// An address that is not https, or no address at all.
    #[error("“{0}” is no https address (http is for providers on this machine)")]
    Address(String),
    /// A setting is empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// It does not answer, or not as it should.
    #[error("the provider does not answer: {0}")]
    Unreachable(String),
    /// The discovery document is about another issuer.
    #[error("the discovery document is of “{0}”, which is not the issuer of the settings")]
    OtherIssuer(String),
    /// The code is not good for a token.
    #[error("the provider refuses the code ({0})")]
    Code(u16),
    /// The ID token is not good.
    #[error("the ID token is refused: {0}")]
    Token(#[from] TokenError),
}

impl From<reqwest::Error> for OidcError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(error.to_string())
    }
}

/// The part of the discovery document that is needed.
#[derive(Debug, Clone, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Clone)]
struct Known {
    metadata: Metadata,
    keys: Vec<Jwk>,
    read_at: Timestamp,
    keys_asked_at: Timestamp,
}

/// What a sign-in is begun with; all three are random.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// `state`.
    pub state: &'a str,
    /// `nonce`.
    pub nonce: &'a str,
    /// The PKCE verifier, of which only the digest leaves.
    pub verifier: &'a str,
    /// The language the person reads.
    pub language: &'a str,
}

/// A provider.
pub struct Provider {
    settings: OidcSettings,
    redirect_uri: String,
    local: bool,
    client: Client,
    known: Mutex<Option<Known>>,
}

impl Provider {
    /// The provider of the settings, which will send people back to `public_url`. Nothing is fetched yet.
    ///
    /// # Errors
    /// If a setting is missing or the issuer is no https address.
    pub fn new(settings: OidcSettings, public_url: &str) -> Result<Self, OidcError> {
        for (key, value) in [("client_id", &settings.client_id), ("client_secret", &settings.client_secret), ("name", &settings.name)] {
            if value.trim().is_empty() {
                return Err(OidcError::Missing(key));
            }
        }
        let local = Url::parse(&settings.issuer).is_ok_and(|url| url.scheme() == "http");
        address(&settings.issuer, local)?;
        let client = Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none()).no_proxy().https_only(!local).build()?;
        let redirect_uri = format!("{public_url}/api/v1/auth/oidc/{PROVIDER}/callback");
        Ok(Self { settings, redirect_uri, local, client, known: Mutex::new(None) })
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Its issuer identifier.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Whether the discovery document and the keys can be read.
    ///
    /// # Errors
    /// If not.
    pub fn check(&self, now: Timestamp) -> Result<(), OidcError> {
        self.known(now).map(drop)
    }

    /// Where the browser goes to sign in.
    ///
    /// # Errors
    /// If the provider cannot be reached.
    pub fn authorization(&self, question: &Question<'_>, now: Timestamp) -> Result<String, OidcError> {
        let mut url = address(&self.known(now)?.metadata.authorization_endpoint, self.local)?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("scope", "openid")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("state", question.state)
            .append_pair("nonce", question.nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(question.verifier.as_bytes())))
            .append_pair("code_challenge_method", "S256")
            .append_pair("max_age", &MAX_AUTH_AGE.to_string())
            .append_pair("ui_locales", question.language);
        Ok(url.into())
    }

    /// Whom the provider saw: redeems the code and checks the ID token.
    ///
    /// # Errors
    /// If the provider cannot be reached or refuses the code, or the token is not believed.
    pub fn redeem(&self, code: &str, verifier: &str, nonce: &str, now: Timestamp) -> Result<Identified, OidcError> {
        #[derive(Deserialize)]
        struct Tokens {
            id_token: String,
        }
        let known = self.known(now)?;
        let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", &self.redirect_uri), ("code_verifier", verifier)];
        let (id, secret) = (self.settings.client_id.as_str(), self.settings.client_secret.as_str());
        let mut request = self.client.post(address(&known.metadata.token_endpoint, self.local)?);
        // Basic is what counts where nothing is said (Discovery, section 3).
        if known
            .metadata
            .token_endpoint_auth_methods_supported
            .as_ref()
            .is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"))
        {
            let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            request = request.header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret)))));
        } else {
            form.extend([("client_id", id), ("client_secret", secret)]);
        }
        let Tokens { id_token } = fetch(request.form(&form))?;
        let expected = ExpectedId { issuer: &self.settings.issuer, client_id: id, nonce };
        match verify_id_token(&known.keys, &id_token, &expected, now) {
            Err(TokenError::UnknownKey) => match self.newer_keys(now)? {
                Some(keys) => Ok(verify_id_token(&keys, &id_token, &expected, now)?),
                None => Err(TokenError::UnknownKey.into()),
            },
            checked => Ok(checked?),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, now: Timestamp) -> Result<Known, OidcError> {
        if let Some(known) = self.lock().as_ref().filter(|known| now - known.read_at < KNOWN_FOR) {
            return Ok(known.clone());
        }
        let place = format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let metadata: Metadata = fetch(self.client.get(address(&place, self.local)?))?;
        if metadata.issuer != self.settings.issuer {
            return Err(OidcError::OtherIssuer(metadata.issuer));
        }
        let keys = self.fetch_keys(&metadata)?;
        let known = Known { metadata, keys, read_at: now, keys_asked_at: now };
        *self.lock() = Some(known.clone());
        Ok(known)
    }

    /// The keys of now, unless they were asked for a moment ago.
    fn newer_keys(&self, now: Timestamp) -> Result<Option<Vec<Jwk>>, OidcError> {
        let metadata = {
            let mut known = self.lock();
            let Some(known) = known.as_mut().filter(|known| now - known.keys_asked_at >= KEYS_EVERY) else { return Ok(None) };
            known.keys_asked_at = now;
            known.metadata.clone()
        };
        let keys = self.fetch_keys(&metadata)?;
        if let Some(known) = self.lock().as_mut() {
            known.keys.clone_from(&keys);
        }
        Ok(Some(keys))
    }

    fn fetch_keys(&self, metadata: &Metadata) -> Result<Vec<Jwk>, OidcError> {
        #[derive(Deserialize)]
        struct Keys {
            keys: Vec<serde_json::Value>,
        }
        let Keys { keys } = fetch(self.client.get(address(&metadata.jwks_uri, self.local)?))?;
        // Keys of kinds that are not known here are for others.
        Ok(keys.into_iter().take(MAX_KEYS).filter_map(|key| serde_json::from_value(key).ok()).collect())
    }
}

/// An address that may be asked.
fn address(text: &str, local: bool) -> Result<Url, OidcError> {
    let refused = || OidcError::Address(text.to_owned());
    let url = Url::parse(text).map_err(|_| refused())?;
    let here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let fine = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => local && here,
        _ => false,
    };
    if fine && url.username().is_empty() && url.password().is_none() && url.fragment().is_none() { Ok(url) } else { Err(refused()) }
}

/// The JSON of a successful answer.
fn fetch<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, OidcError> {
    let response = request.header(ACCEPT, "application/json").send()?;
    let status = response.status();
    if status.is_client_error() {
        return Err(OidcError::Code(status.as_u16()));
    }
    if !status.is_success() {
        return Err(OidcError::Unreachable(status.to_string()));
    }
    let mut body = Vec::new();
    response.take(MAX_BYTES + 1).read_to_end(&mut body).map_err(|error| OidcError::Unreachable(error.to_string()))?;
    if body.len() as u64 > MAX_BYTES {
        return Err(OidcError::Unreachable("the answer is too large".to_owned()));
    }
    serde_json::from_slice(&body).map_err(|error| OidcError::Unreachable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_is_spoken_except_on_the_own_machine() {
        let fine = |text: &str, local| address(text, local).is_ok();
        assert!(fine("https://login.example.org/realms/county", false));
        assert!(fine("http://127.0.0.1:9/x", true) && fine("http://localhost/x", true) && fine("http://[::1]/x", true));
        for bad in ["http://login.example.org", "http://localhost.example.org", "ftp://localhost", "https://a:b@example.org", "login", "https://x/#y"]
        {
            assert!(!fine(bad, true), "{bad}");
        }
        assert!(!fine("http://localhost", false), "an https provider does not send anybody to http");
    }
}
