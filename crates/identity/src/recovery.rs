//! Recovery codes: what helps when the second factor is lost. Ten of them, each good for one use.

use crate::passwords::{HashError, Hasher};
use domain::{Rng, Uuid};
use std::fmt;

/// How many codes a person gets.
pub const CODES: usize = 10;
/// Crockford's base32: no letter that looks like another or like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 60 bits.
const CHARS: usize = 12;
const GROUP: usize = 4;

/// One code: 60 random bits, written in three groups of four (`7Q2F-M0XA-93TK`). `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// A new code.
    pub fn new(rng: &dyn Rng) -> Self {
        let mut bytes = [0u8; CHARS];
        rng.fill(&mut bytes);
        // 256 is a multiple of 32, so every character is equally likely.
        Self(bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32))).map(|byte| char::from(*byte)).collect())
    }

    /// Reads what a person typed: in any case, with or without separators, with letters for the digits they look like.
    pub fn parse(text: &str) -> Option<Self> {
        let read = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let code: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(read).take(CHARS + 1).collect();
        let valid = code.len() == CHARS && code.bytes().all(|byte| ALPHABET.contains(&byte));
        valid.then_some(Self(code))
    }

    /// For people.
    pub fn reveal(&self) -> String {
        let chars: Vec<char> = self.0.chars().collect();
        chars.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// What is kept: argon2id with the account as salt, 64 hex digits. 60 bits are too few for a plain digest (ASVS 5.0, 6.5.2), and the
    /// salt that is the same for all codes of an account lets one hash find the code among them. Blocking: call it before the transaction.
    ///
    /// # Errors
    /// If the hash function refuses.
    pub fn digest(&self, hasher: &Hasher, account: Uuid) -> Result<String, HashError> {
        hasher.derive(&self.0, account.as_bytes()).map(hex::encode)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// A new set of [`CODES`] codes.
pub fn recovery_codes(rng: &dyn Rng) -> Vec<RecoveryCode> {
    (0..CODES).map(|_| RecoveryCode::new(rng)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SystemRng;
    use std::collections::HashSet;

    #[test]
    fn codes_are_readable_and_read_again_however_they_are_typed() {
        for code in recovery_codes(&SystemRng) {
            let text = code.reveal();
            assert_eq!(text.len(), 14, "{text}");
            for typed in [text.clone(), text.to_lowercase(), text.replace('-', " "), text.replace('-', ""), text.replace('0', "o").replace('1', "l")]
            {
                assert_eq!(RecoveryCode::parse(&typed), Some(code.clone()), "{typed}");
            }
            assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
        }
        for wrong in ["", "7Q2F-M0XA-93T", "7Q2F-M0XA-93TKK", "7Q2F-M0XA-93TU", "７Q2F-M0XA-93TK", "7Q2F_M0XA_93TK"] {
            assert_eq!(RecoveryCode::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_set_has_ten_different_codes_and_digests_belong_to_an_account() {
        let codes = recovery_codes(&SystemRng);
        assert_eq!(codes.iter().map(RecoveryCode::reveal).collect::<HashSet<_>>().len(), CODES);
        let (hasher, code) = (Hasher::new(1), &codes[0]);
        let digest = code.digest(&hasher, Uuid::from_u128(1)).unwrap();
        assert_eq!(digest.len(), 64);
        assert_eq!(digest, RecoveryCode::parse(&code.reveal()).unwrap().digest(&hasher, Uuid::from_u128(1)).unwrap());
        assert_ne!(digest, code.digest(&hasher, Uuid::from_u128(2)).unwrap());
        assert_ne!(digest, codes[1].digest(&hasher, Uuid::from_u128(1)).unwrap());
    }
}
