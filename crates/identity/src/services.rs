//! What everything that has to do with identity needs of its surroundings.

use crate::flows::throttle::Throttle;
use crate::keys::KeyRing;
use crate::oidc::Provider;
use crate::passkeys::Passkeys;
use crate::passwords::Hasher;
use crate::tokens::Expected;
use aws_lc_rs::hmac;
use chrono_tz::Tz;

/// The name of a portal that has none of its own.
const PORTAL: &str = "Bildungsregion";

/// Keys and names of this installation, and what its sign-ins share.
pub struct Services {
    /// Signing and sealing keys.
    pub keys: KeyRing,
    /// `iss` of access tokens: the public address of the portal, without a slash at the end.
    pub issuer: String,
    /// `aud` of access tokens: the address of the API.
    pub audience: String,
    /// Name of the portal, as letters, authenticator apps and passkeys show it.
    pub portal: String,
    /// How to reach people: an address or a phone number, for letters.
    pub contact: Option<String>,
    /// Zone of the times in letters.
    pub zone: Tz,
    /// Passkeys; none where the public address has no domain name.
    pub passkeys: Option<Passkeys>,
    /// Where else one can sign in.
    pub provider: Option<Provider>,
    /// Hashes passwords.
    pub hasher: Hasher,
    /// Slows guesses down.
    pub throttle: Throttle,
    pub(crate) refresh_key: hmac::Key,
}

impl Services {
    /// For a portal at this public address, without a slash at the end.
    pub fn new(keys: KeyRing, public_url: &str) -> Self {
        let refresh_key = keys.seal_key().derive("refresh tokens");
        Self {
            keys,
            issuer: public_url.to_owned(),
            audience: format!("{public_url}/api"),
            portal: PORTAL.to_owned(),
            contact: None,
            zone: chrono_tz::Europe::Berlin,
            passkeys: passkeys(public_url, PORTAL),
            provider: None,
            hasher: Hasher::for_this_machine(),
            throttle: Throttle::default(),
            refresh_key,
        }
    }

    /// Names the portal.
    #[must_use]
    pub fn named(mut self, portal: &str) -> Self {
        portal.clone_into(&mut self.portal);
        self.passkeys = passkeys(&self.issuer, portal);
        self
    }

    /// What an access token must say to be for us.
    pub fn expected(&self) -> Expected<'_> {
        Expected { issuer: &self.issuer, audience: &self.audience }
    }
}

fn passkeys(public_url: &str, portal: &str) -> Option<Passkeys> {
    Passkeys::new(public_url, portal).inspect_err(|error| tracing::warn!(%error, "there are no passkeys here")).ok()
}
