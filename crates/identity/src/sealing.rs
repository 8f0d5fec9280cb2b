//! Sealing: secrets that must be read again (TOTP seeds) rest encrypted in the database.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use domain::Rng;
use std::fmt;

/// First byte of everything sealed, so that another method can follow one day.
const VERSION: u8 = 1;
const TAG_LEN: usize = 16;

/// Sealing or opening failed. Deliberately silent about why: wrong key, wrong context and altered bytes look the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this cannot be sealed or opened")]
pub struct SealError;

/// The key of AES-256-GCM, kept outside of the database.
pub struct SealKey([u8; 32]);

impl SealKey {
    /// A key of 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Encrypts. The same `context` (say `totp:<account id>`) is needed to open: a value moved to another row does not open there.
    /// Layout: version (1 byte), random nonce (12), ciphertext, tag (16).
    ///
    /// # Errors
    /// If the text is longer than the method allows (64 GiB).
    pub fn seal(&self, plaintext: &[u8], context: &str, rng: &dyn Rng) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0u8; NONCE_LEN];
        rng.fill(&mut nonce);
        let mut body = plaintext.to_vec();
        self.key()?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context.as_bytes()), &mut body).map_err(|_| SealError)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + body.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut body);
        Ok(sealed)
    }

    /// Decrypts what [`SealKey::seal`] made.
    ///
    /// # Errors
    /// If it was sealed with another key or context, or altered.
    pub fn open(&self, sealed: &[u8], context: &str) -> Result<Vec<u8>, SealError> {
        let (version, rest) = sealed.split_first().ok_or(SealError)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(SealError)?;
        if *version != VERSION || body.len() < TAG_LEN {
            return Err(SealError);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError)?;
        let mut body = body.to_vec();
        let length = self.key()?.open_in_place(nonce, Aad::from(context.as_bytes()), &mut body).map_err(|_| SealError)?.len();
        body.truncate(length);
        Ok(body)
    }

    /// A key for another purpose that follows from this one (HKDF-Expand with one block, RFC 5869): `label` names the purpose.
    pub fn derive(&self, label: &str) -> hmac::Key {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.0), &[label.as_bytes(), &[1]].concat());
        hmac::Key::new(hmac::HMAC_SHA256, tag.as_ref())
    }

    fn key(&self) -> Result<LessSafeKey, SealError> {
        UnboundKey::new(&AES_256_GCM, &self.0).map(LessSafeKey::new).map_err(|_| SealError)
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SystemRng;

    #[test]
    fn what_was_sealed_opens_with_the_same_key_and_context_only() {
        let key = SealKey::new([7; 32]);
        let sealed = key.seal(b"seed", "totp:1", &SystemRng).unwrap();
        assert_eq!(key.open(&sealed, "totp:1").unwrap(), b"seed");
        assert_eq!(key.open(&sealed, "totp:2"), Err(SealError));
        assert_eq!(SealKey::new([8; 32]).open(&sealed, "totp:1"), Err(SealError));
        assert_ne!(sealed, key.seal(b"seed", "totp:1", &SystemRng).unwrap(), "a nonce is never used twice");
        assert!(!sealed.windows(4).any(|window| window == b"seed"));
        assert_eq!(format!("{key:?}"), "SealKey(…)");
    }

    #[test]
    fn altered_bytes_do_not_open() {
        let key = SealKey::new([7; 32]);
        let sealed = key.seal(b"", "c", &SystemRng).unwrap();
        assert_eq!(key.open(&sealed, "c").unwrap(), b"");
        for index in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[index] ^= 1;
            assert_eq!(key.open(&altered, "c"), Err(SealError), "byte {index}");
            assert_eq!(key.open(&sealed[..index], "c"), Err(SealError), "cut at {index}");
        }
    }
}
