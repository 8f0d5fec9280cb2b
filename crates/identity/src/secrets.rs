//! Random secrets that are handed out once and kept only as digests.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Rng;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// What a secret is for. The prefix lets scanners of repositories, logs and mail recognise one that leaked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// The secret of a partner client (`brs_`).
    Client,
    /// A refresh token of a session (`brr_`).
    Refresh,
    /// A one-time token sent by mail or printed by the operator (`bro_`).
    OneTime,
}

impl SecretKind {
    /// What the text starts with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Client => "brs_",
            Self::Refresh => "brr_",
            Self::OneTime => "bro_",
        }
    }
}

/// Length of the random part: 256 bits as base64url without padding.
const RANDOM_CHARS: usize = 43;

/// 256 random bits as text: the prefix of the kind and 43 characters of base64url. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret.
    pub fn new(kind: SecretKind, rng: &dyn Rng) -> Self {
        let mut bytes = [0u8; 32];
        rng.fill(&mut bytes);
        Self(format!("{}{}", kind.prefix(), URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The secret that follows from this one: the same each time, and only for whoever has the key.
    #[must_use]
    pub fn successor(&self, kind: SecretKind, key: &hmac::Key) -> Self {
        Self(format!("{}{}", kind.prefix(), URL_SAFE_NO_PAD.encode(hmac::sign(key, self.0.as_bytes()))))
    }

    /// Takes a text that was handed in, if it has the shape of this kind. Anything else needs no look-up.
    pub fn parse(kind: SecretKind, text: &str) -> Option<Self> {
        let random = text.strip_prefix(kind.prefix())?;
        let decodes = random.len() == RANDOM_CHARS && URL_SAFE_NO_PAD.decode(random).is_ok();
        decodes.then(|| Self(text.to_owned()))
    }

    /// The text, to hand it to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> String {
        digest(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Hex SHA-256 (64 characters) of a random secret.
///
/// A plain digest suffices: nobody can try 2^256 values, so neither salt nor slowness adds anything, and an equal input finds its row by an
/// index. Never use it for what people choose or type from memory; that is what `passwords` is for.
pub fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Whether `text` has this digest, compared in constant time.
pub fn matches(text: &str, expected_digest: &str) -> bool {
    digest(text).as_bytes().ct_eq(expected_digest.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SystemRng;

    #[test]
    fn a_secret_has_a_prefix_and_256_bits_and_hides_itself() {
        for kind in [SecretKind::Client, SecretKind::Refresh, SecretKind::OneTime] {
            let secret = Secret::new(kind, &SystemRng);
            assert_eq!(secret.reveal().len(), 47);
            assert!(secret.reveal().starts_with(kind.prefix()));
            assert_eq!(Secret::parse(kind, secret.reveal()), Some(secret.clone()));
            assert_eq!(format!("{secret:?}"), "Secret(…)");
            assert_ne!(secret, Secret::new(kind, &SystemRng));
        }
    }

    #[test]
    fn other_shapes_are_not_secrets() {
        let secret = Secret::new(SecretKind::Client, &SystemRng);
        assert_eq!(Secret::parse(SecretKind::Refresh, secret.reveal()), None);
        assert_eq!(Secret::parse(SecretKind::Client, &secret.reveal()[..46]), None);
        assert_eq!(Secret::parse(SecretKind::Client, &format!("{}A", secret.reveal())), None);
        assert_eq!(Secret::parse(SecretKind::Client, &format!("brs_{}", "ü".repeat(21))), None);
        assert_eq!(Secret::parse(SecretKind::Client, ""), None);
    }

    #[test]
    fn the_digest_is_sha_256() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(matches("abc", &digest("abc")));
        assert!(!matches("abd", &digest("abc")));
        assert!(!matches("abc", ""));
    }
}
