//! What everything that has to do with identity needs of its surroundings.

use crate::keys::KeyRing;
use crate::tokens::Expected;

/// Keys and names of this installation.
pub struct Services {
    /// Signing and sealing keys.
    pub keys: KeyRing,
    /// `iss` of access tokens: the public address of the portal, without a slash at the end.
    pub issuer: String,
    /// `aud` of access tokens: the address of the API.
    pub audience: String,
}

impl Services {
    /// For a portal at this public address, without a slash at the end.
    pub fn new(keys: KeyRing, public_url: &str) -> Self {
        Self { keys, issuer: public_url.to_owned(), audience: format!("{public_url}/api") }
    }

    /// What an access token must say to be for us.
    pub fn expected(&self) -> Expected<'_> {
        Expected { issuer: &self.issuer, audience: &self.audience }
    }
}
