//! Passkeys (WebAuthn): registering one, and signing in with it, alone or as the second factor. User verification is always demanded, so a
//! passkey counts as two factors.
//!
//! What happens between beginning and finishing is given out as JSON. It must stay on the server, bound to a challenge that is used once and
//! expires: it holds the challenge that the answer is checked against.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Uuid;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;
use url::Url;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

/// How long a person may take, in seconds; challenges expire after the same time.
pub const CHALLENGE_SECONDS: u64 = 300;

/// Why a passkey is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// Passkeys are bound to a domain; an address of numbers has none.
    #[error("passkeys need a public address with a domain name: {0}")]
    Address(String),
    /// The answer of the browser or authenticator is not what was asked for.
    #[error("the passkey is refused: {0}")]
    Refused(String),
    /// What was kept between the two steps, or the stored passkey, cannot be read.
    #[error("a stored passkey or challenge cannot be read")]
    Stored,
}

impl From<WebauthnError> for PasskeyError {
    fn from(error: WebauthnError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// The first step: what the browser is asked, and what the server keeps.
#[derive(Debug, Clone)]
pub struct Begun {
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON`, for the browser.
    pub options: Value,
    /// JSON for the second step; never leaves the server.
    pub state: String,
}

/// A passkey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPasskey {
    /// Credential id in base64url, unique over all accounts.
    pub credential_id: String,
    /// Public key, counter and flags as JSON. Nothing secret.
    pub data: String,
}

impl StoredPasskey {
    fn read<T: DeserializeOwned>(&self) -> Result<T, PasskeyError> {
        serde_json::from_str(&self.data).map_err(|_| PasskeyError::Stored)
    }
}

/// Passkeys of one portal.
#[derive(Debug)]
pub struct Passkeys(Webauthn);

impl Passkeys {
    /// Passkeys bound to the domain of the public address. They are lost when the domain changes.
    ///
    /// # Errors
    /// If the address has no domain name. `localhost` is one for browsers, `127.0.0.1` is not.
    pub fn new(public_url: &str, portal: &str) -> Result<Self, PasskeyError> {
        let address = || PasskeyError::Address(public_url.to_owned());
        let url = Url::parse(public_url).map_err(|_| address())?;
        let domain = url.domain().ok_or_else(address)?;
        let builder = WebauthnBuilder::new(domain, &url).map_err(|_| address())?;
        Ok(Self(builder.rp_name(portal).timeout(Duration::from_secs(CHALLENGE_SECONDS)).build().map_err(|_| address())?))
    }

    /// Asks for a new passkey of an account, not on a device that has one of `existing`.
    ///
    /// # Errors
    /// If a stored passkey cannot be read.
    pub fn begin_registration(&self, account: Uuid, email: &str, name: &str, existing: &[StoredPasskey]) -> Result<Begun, PasskeyError> {
        let known = existing.iter().map(|passkey| Ok(passkey.read::<Passkey>()?.cred_id().clone())).collect::<Result<Vec<_>, PasskeyError>>()?;
        let (challenge, state) = self.0.start_passkey_registration(account, email, name, Some(known))?;
        let mut options = json(&challenge.public_key)?;
        // The library discourages this, for hardware with few places; but only a passkey that the device finds by itself signs in alone.
        if let Some(selection) = options.get_mut("authenticatorSelection").and_then(Value::as_object_mut) {
            selection.insert("residentKey".to_owned(), "preferred".into());
        }
        Ok(Begun { options, state: text(&state)? })
    }

    /// Takes the new passkey. `credential` is the `RegistrationResponseJSON` of the browser.
    ///
    /// # Errors
    /// If it does not answer what was asked.
    pub fn finish_registration(&self, state: &str, credential: Value) -> Result<StoredPasskey, PasskeyError> {
        let state: PasskeyRegistration = serde_json::from_str(state).map_err(|_| PasskeyError::Stored)?;
        let credential: RegisterPublicKeyCredential = answer(credential)?;
        stored(&self.0.finish_passkey_registration(&credential, &state)?)
    }

    /// Asks for one of the passkeys of a known account: the second factor, or proof in the middle of a session.
    ///
    /// # Errors
    /// If there is none, or one cannot be read.
    pub fn begin_authentication(&self, passkeys: &[StoredPasskey]) -> Result<Begun, PasskeyError> {
        let passkeys = passkeys.iter().map(StoredPasskey::read).collect::<Result<Vec<Passkey>, _>>()?;
        let (challenge, state) = self.0.start_passkey_authentication(&passkeys)?;
        Ok(Begun { options: json(&challenge.public_key)?, state: text(&state)? })
    }

    /// Checks the answer to [`Passkeys::begin_authentication`] with the passkey that [`credential_id`] names; it has to be one of the account
    /// that was asked. Gives the passkey as it is to be kept from now on, if it changed.
    ///
    /// # Errors
    /// If it does not answer what was asked.
    pub fn finish_authentication(&self, state: &str, credential: Value, passkey: &StoredPasskey) -> Result<Option<StoredPasskey>, PasskeyError> {
        let state: PasskeyAuthentication = serde_json::from_str(state).map_err(|_| PasskeyError::Stored)?;
        let credential: PublicKeyCredential = answer(credential)?;
        let result = self.0.finish_passkey_authentication(&credential, &state)?;
        updated(&result, passkey.read()?)
    }

    /// Asks for any passkey of this portal that the device has: signing in without an address.
    ///
    /// # Errors
    /// Never in practice.
    pub fn begin_discovery(&self) -> Result<Begun, PasskeyError> {
        let (challenge, state) = self.0.start_discoverable_authentication()?;
        Ok(Begun { options: json(&challenge.public_key)?, state: text(&state)? })
    }

    /// The account and credential id that an answer to [`Passkeys::begin_discovery`] claims, to look the passkey up. Nothing is proved yet.
    ///
    /// # Errors
    /// If the answer names no account.
    pub fn claimed(&self, credential: &Value) -> Result<(Uuid, String), PasskeyError> {
        let credential: PublicKeyCredential = answer(credential.clone())?;
        let (account, id) = self.0.identify_discoverable_authentication(&credential)?;
        Ok((account, URL_SAFE_NO_PAD.encode(id)))
    }

    /// Checks the answer to [`Passkeys::begin_discovery`] with the passkey of the account and id that [`Passkeys::claimed`] gave. Gives the
    /// passkey as it is to be kept from now on, if it changed.
    ///
    /// # Errors
    /// If it does not answer what was asked.
    pub fn finish_discovery(&self, state: &str, credential: Value, passkey: &StoredPasskey) -> Result<Option<StoredPasskey>, PasskeyError> {
        let state: DiscoverableAuthentication = serde_json::from_str(state).map_err(|_| PasskeyError::Stored)?;
        let credential: PublicKeyCredential = answer(credential)?;
        let key: Passkey = passkey.read()?;
        let result = self.0.finish_discoverable_authentication(&credential, state, &[DiscoverableKey::from(&key)])?;
        updated(&result, key)
    }
}

/// The credential id of an answer, in base64url.
pub fn credential_id(credential: &Value) -> Option<String> {
    let id = credential.get("rawId").or_else(|| credential.get("id"))?.as_str()?;
    URL_SAFE_NO_PAD.decode(id.trim_end_matches('=')).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

fn updated(result: &AuthenticationResult, mut passkey: Passkey) -> Result<Option<StoredPasskey>, PasskeyError> {
    if !result.user_verified() {
        return Err(PasskeyError::Refused("the person was not verified".to_owned()));
    }
    match passkey.update_credential(result) {
        Some(true) => stored(&passkey).map(Some),
        Some(false) => Ok(None),
        None => Err(PasskeyError::Refused("answered with another passkey".to_owned())),
    }
}

fn stored(passkey: &Passkey) -> Result<StoredPasskey, PasskeyError> {
    Ok(StoredPasskey { credential_id: URL_SAFE_NO_PAD.encode(passkey.cred_id()), data: text(passkey)? })
}

fn answer<T: DeserializeOwned>(credential: Value) -> Result<T, PasskeyError> {
    serde_json::from_value(credential).map_err(|error| PasskeyError::Refused(error.to_string()))
}

fn json(value: &impl serde::Serialize) -> Result<Value, PasskeyError> {
    serde_json::to_value(value).map_err(|_| PasskeyError::Stored)
}

fn text(value: &impl serde::Serialize) -> Result<String, PasskeyError> {
    serde_json::to_string(value).map_err(|_| PasskeyError::Stored)
}

#[cfg(test)]
mod tests;
