//! The keys of this installation: Ed25519 keys that sign tokens, and the key that seals secrets in the database.
//!
//! They live in a folder of their own, outside of the database: whoever gets a dump of it can neither sign nor unseal.

mod files;

use crate::sealing::SealKey;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Clock, Rng, Timestamp};
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// How often a running server looks whether the folder has changed, in seconds.
const LOOK_EVERY: i64 = 5;
/// The same when a token names a key that is not known: another process may just have rotated.
const LOOK_EVERY_FOR_UNKNOWN: i64 = 1;

/// Why the keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file or the folder cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// What was accessed.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not what its name says.
    #[error("{path} is not a usable key: {reason}", path = path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// There are signing keys but no sealing key: making a new one would lose every sealed secret without a word.
    #[error("{} is missing beside existing signing keys; restore it from the backup", .0.display())]
    SealKeyMissing(PathBuf),
    /// There is no signing key.
    #[error("there is no signing key in {}", .0.display())]
    Empty(PathBuf),
}

/// One Ed25519 key.
#[derive(Clone)]
pub struct SigningKey {
    kid: String,
    created_at: Timestamp,
    public: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl SigningKey {
    fn from_pkcs8(pkcs8: &[u8], created_at: Timestamp) -> Option<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8).ok()?;
        let public = pair.public_key().as_ref();
        let x = URL_SAFE_NO_PAD.encode(public);
        Some(Self {
            kid: thumbprint(&x),
            created_at,
            encoding: EncodingKey::from_ed_der(pkcs8),
            decoding: DecodingKey::from_ed_der(public),
            public: x,
        })
    }

    /// The key's id: its JWK thumbprint (RFC 7638, SHA-256, base64url).
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Since when it signs.
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    pub(crate) fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }

    pub(crate) fn decoding(&self) -> &DecodingKey {
        &self.decoding
    }
}

fn thumbprint(x: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)))
}

/// All keys of a folder. The newest signs, the older ones verify until they are retired.
pub struct KeyRing {
    folder: PathBuf,
    seal: SealKey,
    /// Oldest first, never empty.
    keys: RwLock<Arc<Vec<SigningKey>>>,
    looked_at: AtomicI64,
}

impl KeyRing {
    /// Opens the keys of a folder and makes what is missing: the folder (mode 0700), the first signing key, the sealing key (mode 0600).
    /// Processes that start at the same time agree on one ring.
    ///
    /// # Errors
    /// If the folder cannot be read or written, if a key is broken, or if the sealing key is gone while signing keys are there.
    pub fn open(folder: &Path, clock: &dyn Clock, rng: &dyn Rng) -> Result<Self, KeyError> {
        let lock = files::lock(folder)?;
        let names = files::names(folder)?;
        let seal = match files::read_seal_key(folder)? {
            Some(bytes) => bytes,
            None if names.is_empty() => files::create_seal_key(folder, rng)?,
            None => return Err(KeyError::SealKeyMissing(folder.join(files::SEAL_KEY))),
        };
        if names.is_empty() {
            create_key(folder, clock.now(), rng)?;
        }
        drop(lock);
        let keys = load(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            seal: SealKey::new(seal),
            keys: RwLock::new(Arc::new(keys)),
            looked_at: AtomicI64::new(clock.now().timestamp()),
        })
    }

    /// Adds a key that signs from now on and gives its id. It is newer than every other one, even within one second.
    ///
    /// # Errors
    /// If the folder cannot be read or written.
    pub fn rotate(&self, clock: &dyn Clock, rng: &dyn Rng) -> Result<String, KeyError> {
        let lock = files::lock(&self.folder)?;
        let newest = load(&self.folder)?.last().map(|key| key.created_at + chrono::Duration::seconds(1));
        let kid = create_key(&self.folder, newest.map_or(clock.now(), |t| t.max(clock.now())), rng)?;
        drop(lock);
        self.reload()?;
        Ok(kid)
    }

    /// Removes the keys that had stopped signing before `instant`, because a newer one took over, and gives their ids. Pass a time at which
    /// every token that is still valid had not been issued yet; the key that signs always stays.
    ///
    /// # Errors
    /// If the folder cannot be read or written.
    pub fn retire_before(&self, instant: Timestamp) -> Result<Vec<String>, KeyError> {
        let lock = files::lock(&self.folder)?;
        let keys = load(&self.folder)?;
        let mut retired = Vec::new();
        for (key, successor) in keys.iter().zip(keys.iter().skip(1)) {
            if successor.created_at < instant {
                files::remove(&self.folder, key.created_at, &key.kid)?;
                retired.push(key.kid.clone());
            }
        }
        drop(lock);
        self.reload()?;
        Ok(retired)
    }

    /// Reads the signing keys again.
    ///
    /// # Errors
    /// If the folder cannot be read or a key is broken; the ring then stays as it was.
    pub fn reload(&self) -> Result<(), KeyError> {
        let keys = Arc::new(load(&self.folder)?);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// The key that signs.
    ///
    /// # Errors
    /// Never in practice: a ring without keys is refused when it is loaded.
    pub fn signing(&self, now: Timestamp) -> Result<SigningKey, KeyError> {
        self.look(now, LOOK_EVERY);
        self.keys().last().cloned().ok_or_else(|| KeyError::Empty(self.folder.clone()))
    }

    /// The key with this id.
    pub fn verifying(&self, kid: &str, now: Timestamp) -> Option<SigningKey> {
        self.look(now, LOOK_EVERY);
        self.find(kid).or_else(|| {
            self.look(now, LOOK_EVERY_FOR_UNKNOWN);
            self.find(kid)
        })
    }

    /// The public keys as a JWK set (RFC 7517), newest first.
    pub fn jwks(&self, now: Timestamp) -> serde_json::Value {
        self.look(now, LOOK_EVERY);
        let jwk =
            |key: &SigningKey| serde_json::json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.kid, "x": key.public });
        serde_json::json!({ "keys": self.keys().iter().rev().map(jwk).collect::<Vec<_>>() })
    }

    /// Id and creation time of every key, oldest first.
    pub fn list(&self) -> Vec<(String, Timestamp)> {
        self.keys().iter().map(|key| (key.kid.clone(), key.created_at)).collect()
    }

    /// The key that seals secrets in the database.
    pub fn seal_key(&self) -> &SealKey {
        &self.seal
    }

    fn keys(&self) -> Arc<Vec<SigningKey>> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn find(&self, kid: &str) -> Option<SigningKey> {
        self.keys().iter().find(|key| key.kid == kid).cloned()
    }

    /// Reloads if the folder holds other files than the ring, but looks at most every `seconds`.
    fn look(&self, now: Timestamp, seconds: i64) {
        let (now, last) = (now.timestamp(), self.looked_at.load(Ordering::Relaxed));
        // A clock that was set back must not stop the looking.
        if (0..seconds).contains(&(now - last)) || self.looked_at.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        let result = files::names(&self.folder).and_then(|names| {
            let known = self.keys().iter().map(|key| files::name(key.created_at, &key.kid)).collect::<Vec<_>>();
            if names == known { Ok(()) } else { self.reload() }
        });
        if let Err(error) = result {
            tracing::error!(%error, "the signing keys cannot be reloaded; the known ones stay in use");
        }
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRing").field("folder", &self.folder).field("keys", &self.list()).finish()
    }
}

fn create_key(folder: &Path, created_at: Timestamp, rng: &dyn Rng) -> Result<String, KeyError> {
    let mut seed = [0u8; 32];
    rng.fill(&mut seed);
    let broken = || KeyError::Broken { path: folder.to_owned(), reason: "no key can be made" };
    let pkcs8 = Ed25519KeyPair::from_seed_unchecked(&seed).ok().and_then(|pair| pair.to_pkcs8v1().ok()).ok_or_else(broken)?;
    let key = SigningKey::from_pkcs8(pkcs8.as_ref(), created_at).ok_or_else(broken)?;
    files::create_signing_key(folder, created_at, &key.kid, pkcs8.as_ref(), rng)?;
    Ok(key.kid)
}

fn load(folder: &Path) -> Result<Vec<SigningKey>, KeyError> {
    let mut keys = Vec::new();
    for name in files::names(folder)? {
        let path = folder.join(&name);
        let broken = |reason| KeyError::Broken { path: path.clone(), reason };
        let (created_at, kid) = files::parse_name(&name).ok_or_else(|| broken("its name is not <unix seconds>-<key id>.pem"))?;
        let pkcs8 = files::read_pem(&path)?.ok_or_else(|| broken("it is not a PEM file with a private key"))?;
        let key = SigningKey::from_pkcs8(&pkcs8, created_at).ok_or_else(|| broken("it is not an Ed25519 key in PKCS#8"))?;
        if key.kid != kid {
            return Err(broken("its name does not belong to this key"));
        }
        keys.push(key);
    }
    keys.sort_by_key(|key| key.created_at);
    if keys.is_empty() { Err(KeyError::Empty(folder.to_owned())) } else { Ok(keys) }
}

#[cfg(test)]
mod tests;
