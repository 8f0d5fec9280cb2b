//! Passwords: argon2id with memory that is bounded and used again.

use argon2::password_hash::phc::{Ident, Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use domain::Rng;
use std::sync::{Condvar, Mutex, PoisonError};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;

/// Memory in KiB, passes and lanes (OWASP Password Storage Cheat Sheet).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const OUTPUT_LEN: usize = 32;
/// A stored hash that asks for more memory than this (KiB) was not written by us.
const MAX_MEMORY_KIB: u32 = 65_536;

/// Why hashing failed. None of these depends on the password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The stored hash is not argon2id in PHC notation with sensible parameters.
    #[error("the stored password hash cannot be read")]
    Unreadable,
    /// The hash function refused.
    #[error("hashing failed: {0}")]
    Failed(argon2::Error),
}

impl From<argon2::Error> for HashError {
    fn from(error: argon2::Error) -> Self {
        Self::Failed(error)
    }
}

/// Hashes and verifies, a fixed number at a time.
///
/// Each hash needs 19 MiB. Allocators keep what a flood of sign-ins once took, so the buffers live here and are used again: at most one per
/// slot. Every call blocks, first until a slot is free and then for the work itself; async code calls it on a blocking thread.
pub struct Hasher {
    slots: usize,
    buffers: Mutex<Buffers>,
    freed: Condvar,
}

#[derive(Default)]
struct Buffers {
    free: Vec<Vec<Block>>,
    made: usize,
}

/// A buffer that goes back when it is dropped, also when the work panics.
struct Lent<'a> {
    hasher: &'a Hasher,
    blocks: Vec<Block>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.hasher.buffers.lock().unwrap_or_else(PoisonError::into_inner).free.push(blocks);
        self.hasher.freed.notify_one();
    }
}

impl Hasher {
    /// At most `slots` hashes at a time, at least one.
    pub fn new(slots: usize) -> Self {
        Self { slots: slots.max(1), buffers: Mutex::default(), freed: Condvar::new() }
    }

    /// As many at a time as the machine has cores.
    pub fn for_this_machine() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
    }

    /// The hash of a password in PHC notation, with a random salt.
    ///
    /// # Errors
    /// If the hash function refuses, which it does not for passwords that passed the rules.
    pub fn hash(&self, password: &str, rng: &dyn Rng) -> Result<String, HashError> {
        let mut salt = [0u8; 16];
        rng.fill(&mut salt);
        let params = params()?;
        let mut output = [0u8; OUTPUT_LEN];
        self.run(&params, password, &salt, &mut output)?;
        let unreadable = |_| HashError::Unreadable;
        let hash = PasswordHash {
            algorithm: Ident::new("argon2id").map_err(unreadable)?,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(|_| HashError::Unreadable)?,
            salt: Some(Salt::new(&salt).map_err(unreadable)?),
            hash: Some(Output::new(&output).map_err(unreadable)?),
        };
        Ok(hash.to_string())
    }

    /// Whether the password has this hash. Compared in constant time.
    ///
    /// # Errors
    /// If the stored hash cannot be read.
    pub fn verify(&self, password: &str, stored: &str) -> Result<bool, HashError> {
        let (params, salt, expected) = read(stored).ok_or(HashError::Unreadable)?;
        let mut output = [0u8; 64];
        let output = output.get_mut(..expected.len()).ok_or(HashError::Unreadable)?;
        self.run(&params, password, &salt, output)?;
        Ok(output.ct_eq(expected.as_bytes()).into())
    }

    /// The work of [`Hasher::verify`] for an account that does not exist, so that the answer takes as long.
    ///
    /// # Errors
    /// If the hash function refuses.
    pub fn verify_dummy(&self, password: &str) -> Result<(), HashError> {
        self.derive(password, &[0u8; 16]).map(std::hint::black_box).map(|_| ())
    }

    /// 32 bytes from a secret and a salt that is known beforehand, so that equal secrets are found by an equal result.
    ///
    /// # Errors
    /// If the hash function refuses.
    pub fn derive(&self, secret: &str, salt: &[u8; 16]) -> Result<[u8; OUTPUT_LEN], HashError> {
        let mut output = [0u8; OUTPUT_LEN];
        self.run(&params()?, secret, salt, &mut output)?;
        Ok(output)
    }

    /// Whether a stored hash was made with other parameters than today's: hash again at the next sign-in.
    pub fn needs_rehash(&self, stored: &str) -> bool {
        read(stored).is_none_or(|(params, salt, output)| {
            (params.m_cost(), params.t_cost(), params.p_cost(), output.len(), salt.len()) != (MEMORY_KIB, PASSES, LANES, OUTPUT_LEN, 16)
        })
    }

    /// Number of buffers made so far; never more than there are slots.
    pub fn buffers(&self) -> usize {
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).made
    }

    fn run(&self, params: &Params, password: &str, salt: &[u8], output: &mut [u8]) -> Result<(), HashError> {
        // The same password typed on another keyboard may come composed or decomposed.
        let password: String = password.nfc().collect();
        let mut lent = self.lend();
        if lent.blocks.len() < params.block_count() {
            lent.blocks.resize(params.block_count(), Block::new());
        }
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        argon2.hash_password_into_with_memory(password.as_bytes(), salt, output, &mut lent.blocks)?;
        Ok(())
    }

    fn lend(&self) -> Lent<'_> {
        let mut buffers = self.buffers.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(blocks) = buffers.free.pop() {
                return Lent { hasher: self, blocks };
            }
            if buffers.made < self.slots {
                buffers.made += 1;
                return Lent { hasher: self, blocks: Vec::new() };
            }
            buffers = self.freed.wait(buffers).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hasher").field("slots", &self.slots).finish_non_exhaustive()
    }
}

fn params() -> Result<Params, HashError> {
    Ok(Params::new(MEMORY_KIB, PASSES, LANES, Some(OUTPUT_LEN))?)
}

fn read(stored: &str) -> Option<(Params, Salt, Output)> {
    let hash = PasswordHash::new(stored).ok()?;
    let argon2id = hash.algorithm.as_str() == "argon2id" && hash.version == Some(Version::V0x13.into());
    let params = Params::try_from(&hash).ok().filter(|params| argon2id && params.m_cost() <= MAX_MEMORY_KIB)?;
    Some((params, hash.salt?, hash.hash?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SystemRng;

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let hasher = Hasher::new(1);
        let stored = hasher.hash("Regenschirm am Hafen", &SystemRng).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(hasher.verify("Regenschirm am Hafen", &stored).unwrap());
        assert!(!hasher.verify("regenschirm am Hafen", &stored).unwrap());
        assert!(!hasher.verify("", &stored).unwrap());
        assert!(!hasher.needs_rehash(&stored));
        assert_ne!(stored, hasher.hash("Regenschirm am Hafen", &SystemRng).unwrap());
        hasher.verify_dummy("Regenschirm am Hafen").unwrap();
        assert_eq!(hasher.buffers(), 1);
    }

    #[test]
    fn composed_and_decomposed_umlauts_are_the_same_password() {
        let hasher = Hasher::new(1);
        let stored = hasher.hash("Br\u{fc}cke am Fluss", &SystemRng).unwrap();
        assert!(hasher.verify("Bru\u{308}cke am Fluss", &stored).unwrap());
    }

    /// A vector of the reference implementation: two passes over 64 MiB.
    #[test]
    fn hashes_with_other_parameters_still_verify_and_are_replaced() {
        let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let hasher = Hasher::new(1);
        assert!(hasher.verify("password", stored).unwrap());
        assert!(hasher.needs_rehash(stored));
    }

    #[test]
    fn what_is_no_argon2id_hash_is_an_error() {
        let hasher = Hasher::new(1);
        for stored in [
            "",
            "geheim",
            "$2b$12$abc",
            "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=4000000,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ",
        ] {
            assert_eq!(hasher.verify("password", stored), Err(HashError::Unreadable), "{stored}");
            assert!(hasher.needs_rehash(stored));
        }
    }
}
