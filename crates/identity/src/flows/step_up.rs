//! Step-up: somebody in a session proves once more who they are.

use super::sessions::ended_if_unknown;
use super::sign_in::Proof;
use super::throttle::Guess;
use super::{FlowError, Flows, Method, Opened};
use domain::Uuid;
use domain::accounts::{Account, Actor, EmailAddress};
use persistence::accounts::account;
use persistence::accounts::credentials::{self, Credentials};
use serde_json::Value;

/// What somebody proves it with.
pub enum StepUp {
    /// The password; does only for accounts without a second factor.
    Password(String),
    /// A code of the app, or a recovery code.
    Code(String),
    /// A passkey, in answer to [`Flows::begin_passkey`].
    Passkey {
        /// Names what was begun.
        challenge: String,
        /// The answer of the browser.
        credential: Value,
    },
}

impl Flows {
    /// Proves once more who acts. Gives the session with a new access token; the refresh token stays.
    ///
    /// # Errors
    /// [`FlowError::Refused`], [`FlowError::CodeInvalid`], [`FlowError::SecondFactorNeeded`], [`FlowError::Over`], [`FlowError::Throttled`],
    /// [`FlowError::SessionEnded`], or what the database and the hash function say.
    pub fn step_up(&self, actor: &Actor, proof: StepUp) -> Result<Opened, FlowError> {
        let id = actor.account().ok_or(FlowError::SessionEnded)?;
        match proof {
            StepUp::Password(password) => self.prove_by_password(actor, id, &password),
            StepUp::Code(code) => self.prove_by_code(actor, id, &code),
            StepUp::Passkey { challenge, credential } => self.prove_by_passkey(actor, id, &challenge, credential),
        }
    }

    fn prove_by_password(&self, actor: &Actor, id: Uuid, password: &str) -> Result<Opened, FlowError> {
        let (found, factors) = self.store.read(move |connection| Ok((credentials::by_id(connection, id)?, account::factors(connection, id)?)))?;
        if factors.totp || factors.passkeys > 0 {
            return Err(FlowError::SecondFactorNeeded);
        }
        let Credentials { account, password_hash } = found.ok_or(FlowError::SessionEnded)?;
        self.services.throttle.count(Guess::Password, &throttle_key(&account), actor.origin.address, self.now())?;
        let right = match &password_hash {
            Some(hash) => self.services.hasher.verify(password, hash)?,
            None => false,
        };
        if !right {
            self.refused(Some(account), "password", &actor.origin)?;
            return Err(FlowError::Refused);
        }
        let (flows, actor) = (self.clone(), actor.clone());
        let begun = self.store.write(move |tx| {
            if credentials::password_hash(tx, id)? != password_hash {
                return Err(persistence::Error::Unknown);
            }
            flows.proved(tx, &actor, &["pwd"])
        });
        self.hand_out(ended_if_unknown(begun)?)
    }

    fn prove_by_code(&self, actor: &Actor, id: Uuid, code: &str) -> Result<Opened, FlowError> {
        let account = self.store.read(move |connection| account::get(connection, id))?.ok_or(FlowError::SessionEnded)?;
        self.services.throttle.count(Guess::Code, &throttle_key(&account), actor.origin.address, self.now())?;
        let digits = code.chars().filter(|c| !c.is_whitespace()).count() <= 6;
        let method = if digits { Method::Totp } else { Method::RecoveryCode };
        let proof = self.read_code(id, method, code)?;
        let (flows, acting) = (self.clone(), actor.clone());
        let begun = self.store.write(move |tx| match &proof {
            Some(proof) if proof.spend(tx, id, flows.now())? => {
                flows.tell_of_recovery(tx, id, proof)?;
                flows.proved(tx, &acting, &[proof.name()]).map(Some)
            }
            _ => Ok(None),
        });
        match ended_if_unknown(begun)? {
            Some(begun) => self.hand_out(begun),
            None => {
                self.refused(Some(account), method.factor(), &actor.origin)?;
                Err(FlowError::CodeInvalid)
            }
        }
    }

    fn prove_by_passkey(&self, actor: &Actor, id: Uuid, challenge: &str, credential: Value) -> Result<Opened, FlowError> {
        let answered = self.check_passkey(challenge, credential, &actor.origin)?;
        if answered.account() != id {
            return Err(FlowError::CodeInvalid);
        }
        let (flows, acting) = (self.clone(), actor.clone());
        let begun = self.store.write(move |tx| {
            if !answered.spend(tx, flows.now())? {
                return Ok(None);
            }
            flows.proved(tx, &acting, &["hwk"]).map(Some)
        });
        self.hand_out(ended_if_unknown(begun)?.ok_or(FlowError::Over)?)
    }

    /// Whoever has lost a device, or whose codes were found, is told that one was used.
    pub(super) fn tell_of_recovery(&self, tx: &mut persistence::AnyConnection, id: Uuid, proof: &Proof) -> persistence::Result<()> {
        if !matches!(proof, Proof::RecoveryCode(_)) {
            return Ok(());
        }
        let account = account::get(tx, id)?.ok_or(persistence::Error::Unknown)?;
        self.tell_factor_changed(tx, &account, crate::mail::FactorChange::RecoveryCodeUsed)
    }
}

/// What guesses at an account are counted under.
pub(super) fn throttle_key(account: &Account) -> String {
    account.email.as_ref().map_or_else(|| account.id.to_string(), EmailAddress::key)
}
