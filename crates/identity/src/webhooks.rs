//! Secrets of webhooks, after Standard Webhooks: HMAC-SHA256 with a key of 256 bits, shown once, kept sealed, for it must sign again and again.

use crate::sealing::{SealError, SealKey};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{Rng, Uuid};

/// What the text of a secret starts with.
const PREFIX: &str = "whsec_";

/// A new secret: the text for whoever asked for it, and what is kept of it.
///
/// # Errors
/// If it cannot be sealed.
pub fn new_secret(key: &SealKey, webhook: Uuid, rng: &dyn Rng) -> Result<(String, Vec<u8>), SealError> {
    let mut bytes = [0u8; 32];
    rng.fill(&mut bytes);
    let sealed = key.seal(&bytes, &context(webhook), rng)?;
    Ok((format!("{PREFIX}{}", STANDARD.encode(bytes)), sealed))
}

/// The value of `webhook-signature`: of each secret one signature over id, time and content, separated by a space.
///
/// # Errors
/// If a secret was sealed with another key or for another webhook.
pub fn sign(key: &SealKey, webhook: Uuid, secrets: &[Vec<u8>], message: &str, timestamp: i64, content: &str) -> Result<String, SealError> {
    let signed = format!("{message}.{timestamp}.{content}");
    let mut signatures = Vec::with_capacity(secrets.len());
    for sealed in secrets {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, &key.open(sealed, &context(webhook))?);
        signatures.push(format!("v1,{}", STANDARD.encode(hmac::sign(&secret, signed.as_bytes()))));
    }
    Ok(signatures.join(" "))
}

/// A secret opens only in its own row.
fn context(webhook: Uuid) -> String {
    format!("webhook:{webhook}")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zeros;
    impl Rng for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[test]
    fn a_signature_is_that_of_the_specification() {
        let key = SealKey::new([7; 32]);
        // The example of the specification: secret, message, signature.
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let webhook = Uuid::from_u128(1);
        let sealed = key.seal(&secret, &context(webhook), &Zeros).unwrap();
        let signature =
            sign(&key, webhook, std::slice::from_ref(&sealed), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#).unwrap();
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = sign(&key, webhook, &[sealed.clone(), sealed.clone()], "a", 1, "{}").unwrap();
        assert_eq!(both.split(' ').filter(|signature| signature.starts_with("v1,")).count(), 2);
        assert_eq!(sign(&key, Uuid::from_u128(2), &[sealed], "a", 1, "{}"), Err(SealError), "of another webhook");
    }

    #[test]
    fn a_secret_is_shown_once_and_kept_sealed() {
        let (shown, sealed) = new_secret(&SealKey::new([7; 32]), Uuid::from_u128(1), &domain::SystemRng).unwrap();
        let bytes = STANDARD.decode(shown.strip_prefix(PREFIX).unwrap()).unwrap();
        assert_eq!(bytes.len(), 32);
        assert!(!sealed.windows(32).any(|window| window == bytes));
    }
}
