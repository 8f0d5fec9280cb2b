//! Sign-in with a password, and with the second factor where there is one.

use super::sessions::ended_if_unknown;
use super::throttle::Guess;
use super::{Begun, FlowError, Flows, Opened};
use crate::recovery::RecoveryCode;
use crate::secrets::{Secret, SecretKind};
use crate::totp::TotpSecret;
use chrono::Duration;
use domain::accounts::{Account, AccountStatus, Actor, EmailAddress, Origin};
use domain::{Timestamp, Uuid};
use persistence::accounts::account::{self, Factors};
use persistence::accounts::ceremonies::{self, Ceremony};
use persistence::accounts::credentials::{self, Credentials};
use persistence::accounts::factors;
use persistence::audit::{self, Event};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How long a ceremony can be finished.
pub(super) const CEREMONY: Duration = Duration::minutes(5);
/// How often it may be tried to finish one.
const ATTEMPTS: i64 = 5;
pub(super) const SECOND_FACTOR: &str = "second-factor";

/// A way to give the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// A code of an authenticator app.
    Totp,
    /// A recovery code.
    RecoveryCode,
    /// A passkey.
    Passkey,
}

impl Method {
    /// Its name in the audit log.
    pub(super) fn factor(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery-code",
            Self::Passkey => "passkey",
        }
    }
}

/// The password was right; the second factor is missing.
#[derive(Debug)]
pub struct Challenge {
    /// Names the ceremony.
    pub id: Secret,
    /// What would do.
    pub methods: Vec<Method>,
    /// `PublicKeyCredentialRequestOptions` as JSON, where there is a passkey.
    pub passkey: Option<Value>,
    /// Until when, in seconds.
    pub expires_in: i64,
}

/// What comes of a right password.
#[derive(Debug)]
pub enum SignedIn {
    /// A session.
    Opened(Box<Opened>),
    /// The question for the second factor.
    Challenge(Challenge),
}

/// What is remembered between the password and the second factor.
#[derive(Serialize, Deserialize)]
pub(super) struct Half {
    /// The hash that the password had: a new one in between makes the first half void.
    pub(super) password_hash: String,
    /// The throttle's name of the account.
    pub(super) email_key: String,
    /// What the answer of a passkey is checked against.
    pub(super) passkey: Option<String>,
}

/// What came of a transaction that looked at a code.
enum Outcome {
    Begun(Box<Begun>),
    Wrong,
    Over,
}

impl Flows {
    /// Signs in with address and password. Unknown, invited and suspended accounts cost the same work and get the same answer as a wrong password.
    ///
    /// # Errors
    /// [`FlowError::Refused`], [`FlowError::Throttled`], or what the database and the hash function say.
    pub fn sign_in(&self, email: &str, password: &str, origin: &Origin) -> Result<SignedIn, FlowError> {
        let address: Option<EmailAddress> = email.parse().ok();
        let key = address.as_ref().map_or_else(|| email.trim().to_ascii_lowercase(), EmailAddress::key);
        self.services.throttle.count(Guess::Password, &key, origin.address, self.now())?;
        let found = match address {
            Some(address) => self.store.read(move |connection| credentials::by_email(connection, &address))?,
            None => None,
        };
        let usable = found.as_ref().filter(|found| found.account.status == AccountStatus::Active);
        let Some((account, hash)) = self.check_password(usable, password)? else {
            self.refused(found.map(|found| found.account), "password", origin)?;
            return Err(FlowError::Refused);
        };
        let (account, hash) = (account.id, self.renew_hash(account.id, hash, password)?);
        let (flows, origin) = (self.clone(), origin.clone());
        let begin = move |tx: &mut persistence::AnyConnection| flows.first_half(tx, account, &hash, &key, &origin);
        match self.store.write(begin) {
            Ok(FirstHalf::Begun(begun)) => Ok(SignedIn::Opened(Box::new(self.hand_out(*begun)?))),
            Ok(FirstHalf::Challenge(challenge)) => Ok(SignedIn::Challenge(challenge)),
            // Suspended, or given another password, while the old one was being looked at.
            Err(persistence::Error::Unknown | persistence::Error::Aborted) => Err(FlowError::Refused),
            Err(error) => Err(error.into()),
        }
    }

    /// The account and its hash, if the password has that hash. Takes as long if there is none.
    fn check_password<'a>(&self, found: Option<&'a Credentials>, password: &str) -> Result<Option<(&'a Account, &'a str)>, FlowError> {
        let hasher = &self.services.hasher;
        match found.and_then(|found| Some((&found.account, found.password_hash.as_deref()?))) {
            Some((account, hash)) => Ok(hasher.verify(password, hash)?.then_some((account, hash))),
            None => {
                hasher.verify_dummy(password)?;
                Ok(None)
            }
        }
    }

    /// The hash of a right password with today's parameters, which replaces the one with others.
    fn renew_hash(&self, account: Uuid, hash: &str, password: &str) -> Result<String, FlowError> {
        if !self.services.hasher.needs_rehash(hash) {
            return Ok(hash.to_owned());
        }
        let (old, new) = (hash.to_owned(), self.services.hasher.hash(password, &*self.rng)?);
        let kept = new.clone();
        self.store.write(move |tx| credentials::replace_hash(tx, account, &old, &new))?;
        Ok(kept)
    }

    fn first_half(
        &self,
        tx: &mut persistence::AnyConnection,
        account: Uuid,
        hash: &str,
        key: &str,
        origin: &Origin,
    ) -> persistence::Result<FirstHalf> {
        let factors = account::factors(tx, account)?;
        if factors.totp || factors.passkeys > 0 {
            let (passkey, question) = self.ask_for_passkey(tx, account)?.unzip();
            let half = Half { password_hash: hash.to_owned(), email_key: key.to_owned(), passkey };
            let id = self.begin_ceremony(tx, SECOND_FACTOR, Some(account), &half)?;
            let methods = methods(factors, question.is_some());
            return Ok(FirstHalf::Challenge(Challenge { id, methods, passkey: question, expires_in: CEREMONY.num_seconds() }));
        }
        if !credentials::sign_in(tx, account, Some(hash), self.now())? {
            return Err(persistence::Error::Aborted);
        }
        self.services.throttle.signed_in(key, origin.address);
        Ok(FirstHalf::Begun(Box::new(self.begin(tx, account, &["pwd"], origin)?)))
    }

    /// Finishes a sign-in with a code of the app or from paper.
    ///
    /// # Errors
    /// [`FlowError::Over`], [`FlowError::CodeInvalid`], [`FlowError::Throttled`], or what the database and the hash function say.
    pub fn second_factor(&self, challenge: &str, method: Method, code: &str, origin: &Origin) -> Result<Opened, FlowError> {
        let (digest, account, half) = self.attempt::<Half>(challenge, SECOND_FACTOR)?;
        let account = account.ok_or(FlowError::Over)?;
        self.services.throttle.count(Guess::Code, &half.email_key, origin.address, self.now())?;
        let Some(proof) = self.read_code(account, method, code)? else {
            return self.wrong_code(account, method, origin);
        };
        let (flows, origin_of, email_key) = (self.clone(), origin.clone(), half.email_key.clone());
        let outcome = self.store.write(move |tx| {
            if !proof.spend(tx, account, flows.now())? {
                return Ok(Outcome::Wrong);
            }
            if !ceremonies::finish(tx, &digest)? || !credentials::sign_in(tx, account, Some(&half.password_hash), flows.now())? {
                return Ok(Outcome::Over);
            }
            flows.tell_of_recovery(tx, account, &proof)?;
            Ok(Outcome::Begun(Box::new(flows.begin(tx, account, &["pwd", proof.name()], &origin_of)?)))
        });
        match ended_if_unknown(outcome)? {
            Outcome::Begun(begun) => {
                self.services.throttle.signed_in(&email_key, origin.address);
                self.hand_out(*begun)
            }
            Outcome::Wrong => self.wrong_code(account, method, origin),
            Outcome::Over => Err(FlowError::Over),
        }
    }

    fn wrong_code<T>(&self, account: Uuid, method: Method, origin: &Origin) -> Result<T, FlowError> {
        let account = self.store.read(move |connection| account::get(connection, account))?;
        self.refused(account, method.factor(), origin)?;
        Err(FlowError::CodeInvalid)
    }

    /// What a code proves, if it is one of the account's. It still has to be spent.
    pub(super) fn read_code(&self, account: Uuid, method: Method, code: &str) -> Result<Option<Proof>, FlowError> {
        match method {
            Method::Totp => {
                let Some(totp) = self.store.read(move |connection| factors::totp(connection, account))?.filter(|totp| totp.confirmed_at.is_some())
                else {
                    return Ok(None);
                };
                let secret = self.open_totp(account, &totp.sealed)?;
                Ok(secret.verify(code, self.now(), Some(totp.last_step)).map(Proof::Totp))
            }
            Method::RecoveryCode => {
                let Some(code) = RecoveryCode::parse(code) else { return Ok(None) };
                Ok(Some(Proof::RecoveryCode(code.digest(&self.services.hasher, account)?)))
            }
            Method::Passkey => Ok(None),
        }
    }

    /// The secret of an authenticator app.
    pub(super) fn open_totp(&self, account: Uuid, sealed: &[u8]) -> Result<TotpSecret, FlowError> {
        let bytes = self.services.keys.seal_key().open(sealed, &totp_context(account))?;
        TotpSecret::from_bytes(&bytes).ok_or_else(|| FlowError::Broken("a TOTP secret of another length".to_owned()))
    }

    /// Notes a failed sign-in. What was typed as address is not kept: people type passwords there.
    pub(super) fn refused(&self, account: Option<Account>, what: &'static str, origin: &Origin) -> Result<(), FlowError> {
        let (flows, actor) = (self.clone(), Actor::anonymous(origin.clone()));
        let event = Event {
            action: "session.refused",
            target_kind: "account",
            target_id: account.as_ref().map(|account| account.id.to_string()),
            target_name: account.map(|account| account.name),
            after: Some(serde_json::json!({ "factor": what })),
            ..Event::default()
        };
        self.store.write(move |tx| audit::append(tx, &actor, &event, &*flows.rng, flows.now()))?;
        Ok(())
    }

    /// Begins a ceremony and gives its id.
    pub(super) fn begin_ceremony(
        &self,
        tx: &mut persistence::AnyConnection,
        kind: &'static str,
        account_id: Option<Uuid>,
        state: &impl Serialize,
    ) -> persistence::Result<Secret> {
        self.begin_ceremony_for(tx, kind, account_id, state, CEREMONY)
    }

    /// The same for one that may take another time.
    pub(super) fn begin_ceremony_for(
        &self,
        tx: &mut persistence::AnyConnection,
        kind: &'static str,
        account_id: Option<Uuid>,
        state: &impl Serialize,
        lasts: Duration,
    ) -> persistence::Result<Secret> {
        let (id, now) = (Secret::new(SecretKind::OneTime, &*self.rng), self.now());
        let unsealable = |error: &dyn std::fmt::Display| persistence::Error::Corrupt(format!("a ceremony cannot be kept: {error}"));
        let state = serde_json::to_vec(state).map_err(|error| unsealable(&error))?;
        let state = self.services.keys.seal_key().seal(&state, &ceremony_context(kind, &id.digest()), &*self.rng).map_err(|e| unsealable(&e))?;
        ceremonies::insert(tx, &Ceremony { digest: id.digest(), kind, account_id, state, created_at: now, expires_at: now + lasts })?;
        Ok(id)
    }

    /// Counts an attempt to finish a ceremony and gives its digest, account and state.
    pub(super) fn attempt<T: DeserializeOwned>(&self, id: &str, kind: &'static str) -> Result<(String, Option<Uuid>, T), FlowError> {
        let digest = Secret::parse(SecretKind::OneTime, id).ok_or(FlowError::Over)?.digest();
        let (wanted, now) = (digest.clone(), self.now());
        let begun = self.store.write(move |tx| ceremonies::attempt(tx, &wanted, kind, ATTEMPTS, now))?;
        let (account, sealed) = begun.ok_or(FlowError::Over)?;
        let state = self.services.keys.seal_key().open(&sealed, &ceremony_context(kind, &digest))?;
        Ok((digest, account, serde_json::from_slice(&state)?))
    }
}

enum FirstHalf {
    Begun(Box<Begun>),
    Challenge(Challenge),
}

/// A code that fits and has to be spent.
#[derive(Debug, Clone)]
pub(super) enum Proof {
    /// The step of a code of the app.
    Totp(i64),
    /// The digest of a recovery code. Whether the account has it shows when it is spent.
    RecoveryCode(String),
}

impl Proof {
    /// Spends it. `false` if it was used before, or is none.
    pub(super) fn spend(&self, tx: &mut persistence::AnyConnection, account: Uuid, now: Timestamp) -> persistence::Result<bool> {
        match self {
            Self::Totp(step) => factors::spend_totp_step(tx, account, *step),
            Self::RecoveryCode(digest) => factors::spend_recovery_code(tx, account, digest, now),
        }
    }

    /// Its name among the methods of a session (RFC 8176).
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Totp(_) => "otp",
            Self::RecoveryCode(_) => "recovery",
        }
    }
}

fn methods(factors: Factors, passkey: bool) -> Vec<Method> {
    let all = [(factors.totp, Method::Totp), (factors.recovery_codes > 0, Method::RecoveryCode), (passkey, Method::Passkey)];
    all.into_iter().filter(|(there, _)| *there).map(|(_, method)| method).collect()
}

/// What the secret of an authenticator app is sealed for.
pub(super) fn totp_context(account: Uuid) -> String {
    format!("totp:{account}")
}

fn ceremony_context(kind: &str, digest: &str) -> String {
    format!("ceremony:{kind}:{digest}")
}
