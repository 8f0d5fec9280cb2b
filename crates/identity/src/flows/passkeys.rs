//! Passkeys: signing in with one, alone or after the password, and adding one to the own account.

use super::sessions::ended_if_unknown;
use super::sign_in::{Half, SECOND_FACTOR};
use super::{FlowError, Flows, Opened};
use crate::mail::FactorChange;
use crate::passkeys::{self as device, PasskeyError, Passkeys, StoredPasskey};
use crate::secrets::Secret;
use domain::accounts::{Actor, Origin};
use domain::{Timestamp, Uuid, new_id};
use persistence::accounts::account;
use persistence::accounts::factors::{self, Passkey};
use persistence::accounts::{ceremonies, credentials};
use persistence::{AnyConnection, access};
use serde_json::Value;

const DISCOVERY: &str = "passkey";
const REGISTRATION: &str = "passkey-registration";

/// Passkeys of one account; more are no convenience.
const MOST: usize = 20;

/// What the browser is asked.
#[derive(Debug)]
pub struct PasskeyQuestion {
    /// Names what was begun.
    pub id: Secret,
    /// `PublicKeyCredentialRequestOptions` or `PublicKeyCredentialCreationOptions` as JSON.
    pub options: Value,
}

/// A passkey that answered what was asked. It still has to be spent.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    digest: String,
    passkey: Passkey,
    data: String,
}

impl Answered {
    pub(super) fn account(&self) -> Uuid {
        self.passkey.account_id
    }

    /// Ends the ceremony and keeps the counter. `false` if the ceremony was ended, or the passkey removed, in between.
    pub(super) fn spend(&self, tx: &mut AnyConnection, now: Timestamp) -> persistence::Result<bool> {
        Ok(ceremonies::finish(tx, &self.digest)? && factors::passkey_used(tx, self.passkey.id, &self.data, now)?)
    }
}

impl From<PasskeyError> for FlowError {
    fn from(error: PasskeyError) -> Self {
        match error {
            PasskeyError::Refused(reason) => {
                tracing::debug!(reason, "a passkey was refused");
                Self::CodeInvalid
            }
            PasskeyError::Address(_) => Self::NoPasskeys,
            PasskeyError::Stored => Self::Broken("a stored passkey or its challenge".to_owned()),
        }
    }
}

impl Flows {
    pub(super) fn devices(&self) -> Result<&Passkeys, FlowError> {
        self.services.passkeys.as_ref().ok_or(FlowError::NoPasskeys)
    }

    /// Asks for any passkey of this portal: to sign in, or to prove once more who one is.
    ///
    /// # Errors
    /// [`FlowError::NoPasskeys`], or what the database says.
    pub fn begin_passkey(&self) -> Result<PasskeyQuestion, FlowError> {
        let device::Begun { options, state } = self.devices()?.begin_discovery()?;
        let flows = self.clone();
        let id = self.store.write(move |tx| flows.begin_ceremony(tx, DISCOVERY, None, &state))?;
        Ok(PasskeyQuestion { id, options })
    }

    /// Signs in with a passkey alone. It counts as two factors, as the device verified the person.
    ///
    /// # Errors
    /// [`FlowError::CodeInvalid`], [`FlowError::Over`], or what the database says.
    pub fn finish_passkey(&self, challenge: &str, credential: Value, origin: &Origin) -> Result<Opened, FlowError> {
        let answered = self.check_passkey(challenge, credential, origin)?;
        self.enter_with(answered, None, origin)
    }

    /// Asks for one of the passkeys of an account: what is kept, and what the browser is asked. Nothing where there are none.
    pub(super) fn ask_for_passkey(&self, tx: &mut AnyConnection, account: Uuid) -> persistence::Result<Option<(String, Value)>> {
        let Some(devices) = &self.services.passkeys else { return Ok(None) };
        let passkeys: Vec<StoredPasskey> = factors::passkeys_of(tx, account)?.iter().map(stored).collect();
        if passkeys.is_empty() {
            return Ok(None);
        }
        let asked = devices.begin_authentication(&passkeys).map_err(|error| persistence::Error::Corrupt(error.to_string()))?;
        Ok(Some((asked.state, asked.options)))
    }

    /// Finishes a sign-in with a passkey after the password.
    ///
    /// # Errors
    /// [`FlowError::CodeInvalid`], [`FlowError::Over`], or what the database says.
    pub fn second_factor_passkey(&self, challenge: &str, credential: Value, origin: &Origin) -> Result<Opened, FlowError> {
        let (digest, account, half) = self.attempt::<Half>(challenge, SECOND_FACTOR)?;
        let (account, state) = (account.ok_or(FlowError::Over)?, half.passkey.clone().ok_or(FlowError::CodeInvalid)?);
        let answered = self.named_passkey(&credential, Some(account)).and_then(|passkey| {
            let updated = self.devices()?.finish_authentication(&state, credential, &stored(&passkey))?;
            Ok(Answered { digest, data: updated.map_or_else(|| passkey.credential.clone(), |updated| updated.data), passkey })
        });
        self.enter_with(self.or_refused(answered, Some(account), origin)?, Some(half), origin)
    }

    fn enter_with(&self, answered: Answered, half: Option<Half>, origin: &Origin) -> Result<Opened, FlowError> {
        let (flows, origin) = (self.clone(), origin.clone());
        let entered = self.store.write(move |tx| {
            let (account, hash) = (answered.account(), half.as_ref().map(|half| half.password_hash.as_str()));
            if !answered.spend(tx, flows.now())? || !credentials::sign_in(tx, account, hash, flows.now())? {
                return Ok(None);
            }
            let methods: &[&str] = if half.is_some() { &["pwd", "hwk"] } else { &["hwk"] };
            flows.begin(tx, account, methods, &origin).map(Some)
        });
        self.hand_out(ended_if_unknown(entered)?.ok_or(FlowError::Over)?)
    }

    /// Checks the answer to [`Flows::begin_passkey`].
    pub(super) fn check_passkey(&self, challenge: &str, credential: Value, origin: &Origin) -> Result<Answered, FlowError> {
        let (digest, _, state) = self.attempt::<String>(challenge, DISCOVERY)?;
        let (account, _) = self.devices()?.claimed(&credential)?;
        let answered = self.named_passkey(&credential, Some(account)).and_then(|passkey| {
            let updated = self.devices()?.finish_discovery(&state, credential, &stored(&passkey))?;
            Ok(Answered { digest, data: updated.map_or_else(|| passkey.credential.clone(), |updated| updated.data), passkey })
        });
        self.or_refused(answered, Some(account), origin)
    }

    /// The passkey that an answer names, if it is one of the account.
    fn named_passkey(&self, credential: &Value, account: Option<Uuid>) -> Result<Passkey, FlowError> {
        let id = device::credential_id(credential).ok_or(FlowError::CodeInvalid)?;
        let found = self.store.read(move |connection| factors::passkey_by_credential(connection, &id))?;
        found.filter(|passkey| account.is_none_or(|account| passkey.account_id == account)).ok_or(FlowError::CodeInvalid)
    }

    /// Notes a passkey that was refused.
    fn or_refused<T>(&self, result: Result<T, FlowError>, account: Option<Uuid>, origin: &Origin) -> Result<T, FlowError> {
        if let (Err(FlowError::CodeInvalid), Some(id)) = (&result, account) {
            let account = self.store.read(move |connection| account::get(connection, id))?;
            self.refused(account, "passkey", origin)?;
        }
        result
    }

    /// Asks for a new passkey of the own account.
    ///
    /// # Errors
    /// [`FlowError::NoPasskeys`], [`FlowError::SessionEnded`], or what the database says.
    pub fn begin_passkey_registration(&self, actor: &Actor) -> Result<PasskeyQuestion, FlowError> {
        let (asking, now) = (actor.clone(), self.now());
        let own = self.store.read(move |connection| {
            let myself = access::myself(connection, &asking, now)?;
            Ok((account::get(connection, myself.account())?, factors::own(connection, &myself)?))
        });
        let (account, own) = ended_if_unknown(own)?;
        let account = account.ok_or(FlowError::SessionEnded)?;
        if own.passkeys.len() >= MOST {
            return Err(FlowError::TooManyFactors);
        }
        let existing: Vec<StoredPasskey> = own.passkeys.iter().map(stored).collect();
        let email = account.email.as_ref().map_or_else(String::new, ToString::to_string);
        let device::Begun { options, state } = self.devices()?.begin_registration(account.id, &email, &account.name, &existing)?;
        let flows = self.clone();
        let id = self.store.write(move |tx| flows.begin_ceremony(tx, REGISTRATION, Some(account.id), &state))?;
        Ok(PasskeyQuestion { id, options })
    }

    /// Adds the new passkey. Other sessions of the account end; this one counts as begun with two factors from now on.
    ///
    /// # Errors
    /// [`FlowError::CodeInvalid`], [`FlowError::Over`], [`FlowError::SessionEnded`], or what the database says.
    pub fn finish_passkey_registration(&self, actor: &Actor, challenge: &str, credential: Value, name: &str) -> Result<Passkey, FlowError> {
        let (digest, account, state) = self.attempt::<String>(challenge, REGISTRATION)?;
        if account != actor.account() {
            return Err(FlowError::Over);
        }
        let account_id = account.ok_or(FlowError::Over)?;
        let StoredPasskey { credential_id, data } = self.devices()?.finish_registration(&state, credential)?;
        let (id, now) = (new_id(&*self.clock, &*self.rng), self.now());
        let passkey = Passkey { id, account_id, credential_id, credential: data, name: name.to_owned(), created_at: now, last_used_at: None };
        let (flows, acting, added) = (self.clone(), actor.clone(), passkey.clone());
        let done = self.store.write(move |tx| {
            let myself = access::myself(tx, &acting, now)?;
            if !ceremonies::finish(tx, &digest)? {
                return Ok(false);
            }
            factors::add_passkey(tx, &myself, &added, &*flows.rng, now)?;
            flows.factor_changed(tx, &myself, FactorChange::PasskeyAdded)?;
            flows.proved(tx, &acting, &["hwk"])?;
            Ok(true)
        });
        match ended_if_unknown(done)? {
            true => Ok(passkey),
            false => Err(FlowError::Over),
        }
    }
}

fn stored(passkey: &Passkey) -> StoredPasskey {
    StoredPasskey { credential_id: passkey.credential_id.clone(), data: passkey.credential.clone() }
}
