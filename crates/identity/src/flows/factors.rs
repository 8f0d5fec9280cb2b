//! The own second factors: setting them up and removing them.

use super::sessions::ended_if_unknown;
use super::sign_in::totp_context;
use super::step_up::throttle_key;
use super::throttle::Guess;
use super::{FlowError, Flows};
use crate::mail::FactorChange;
use crate::recovery::{RecoveryCode, recovery_codes};
use crate::totp::{TotpSecret, qr_svg};
use domain::Uuid;
use domain::accounts::{Account, Actor, EmailAddress};
use persistence::access::{self, Myself};
use persistence::accounts::account;
use persistence::accounts::{factors, sessions};
use persistence::{AnyConnection, Error};

/// What an authenticator app needs.
pub struct TotpSetup {
    /// The secret for people who type it, in base32.
    pub secret: String,
    /// `otpauth:` address.
    pub uri: String,
    /// The same as a QR code: an SVG without script or style.
    pub qr: String,
}

impl Flows {
    /// Begins to set up an authenticator app. It counts once a code of it was entered.
    ///
    /// # Errors
    /// [`FlowError::SessionEnded`], [`persistence::Error::Exists`] if there is one, or what the database says.
    pub fn begin_totp(&self, actor: &Actor) -> Result<TotpSetup, FlowError> {
        let account = self.acting(actor)?;
        let secret = TotpSecret::new(&*self.rng);
        let sealed = self.services.keys.seal_key().seal(secret.as_bytes(), &totp_context(account.id), &*self.rng)?;
        let email = account.email.as_ref().map_or("", EmailAddress::as_str);
        let uri = secret.uri(&self.services.portal, email).map_err(|error| FlowError::Broken(error.to_string()))?;
        let qr = qr_svg(&uri).map_err(|error| FlowError::Broken(error.to_string()))?;
        let (acting, now) = (actor.clone(), self.now());
        let kept = self.store.write(move |tx| {
            let myself = access::myself(tx, &acting, now)?;
            factors::begin_totp(tx, &myself, &sealed, now)
        });
        ended_if_unknown(kept)?;
        Ok(TotpSetup { secret: secret.to_base32(), uri, qr })
    }

    /// Makes the app count with its first code, and gives recovery codes. This session counts as begun with two factors from now on; the others end.
    ///
    /// # Errors
    /// [`FlowError::CodeInvalid`], [`FlowError::Throttled`], [`FlowError::SessionEnded`], [`persistence::Error::NotFound`] if none was begun, or
    /// what the database and the hash function say.
    pub fn confirm_totp(&self, actor: &Actor, code: &str) -> Result<Vec<RecoveryCode>, FlowError> {
        let account = self.acting(actor)?;
        self.services.throttle.count(Guess::Code, &throttle_key(&account), actor.origin.address, self.now())?;
        let id = account.id;
        let totp = self.store.read(move |connection| factors::totp(connection, id))?;
        let totp = totp.filter(|totp| totp.confirmed_at.is_none()).ok_or(Error::NotFound)?;
        let step = self.open_totp(id, &totp.sealed)?.verify(code, self.now(), None).ok_or(FlowError::CodeInvalid)?;
        let (codes, digests) = self.make_recovery_codes(id)?;
        let (flows, acting, now) = (self.clone(), actor.clone(), self.now());
        let confirmed = self.store.write(move |tx| {
            let myself = access::myself(tx, &acting, now)?;
            factors::confirm_totp(tx, &myself, &totp.sealed, step, &*flows.rng, now)?;
            factors::replace_recovery_codes(tx, &myself, &digests, &*flows.rng, now)?;
            flows.factor_changed(tx, &myself, FactorChange::TotpAdded)?;
            flows.proved(tx, &acting, &["otp"])
        });
        ended_if_unknown(confirmed)?;
        Ok(codes)
    }

    /// Replaces the recovery codes.
    ///
    /// # Errors
    /// [`FlowError::SessionEnded`], or what the database and the hash function say.
    pub fn renew_recovery_codes(&self, actor: &Actor) -> Result<Vec<RecoveryCode>, FlowError> {
        let (codes, digests) = self.make_recovery_codes(self.acting(actor)?.id)?;
        let (flows, acting, now) = (self.clone(), actor.clone(), self.now());
        let replaced = self.store.write(move |tx| {
            let myself = access::myself(tx, &acting, now)?;
            factors::replace_recovery_codes(tx, &myself, &digests, &*flows.rng, now)?;
            flows.factor_changed(tx, &myself, FactorChange::RecoveryCodesRenewed)
        });
        ended_if_unknown(replaced)?;
        Ok(codes)
    }

    /// Removes the authenticator app.
    ///
    /// # Errors
    /// [`FlowError::FactorDemanded`] if it is the last factor and a role demands one, [`FlowError::SessionEnded`],
    /// [`persistence::Error::NotFound`] if there is none, or what the database says.
    pub fn remove_totp(&self, actor: &Actor) -> Result<(), FlowError> {
        self.remove(actor, FactorChange::TotpRemoved, |flows, tx, myself| factors::remove_totp(tx, myself, &*flows.rng, flows.now()))
    }

    /// Removes a passkey.
    ///
    /// # Errors
    /// Like [`Flows::remove_totp`].
    pub fn remove_passkey(&self, actor: &Actor, id: Uuid) -> Result<(), FlowError> {
        self.remove(actor, FactorChange::PasskeyRemoved, move |flows, tx, myself| factors::remove_passkey(tx, myself, id, &*flows.rng, flows.now()))
    }

    fn remove(
        &self,
        actor: &Actor,
        change: FactorChange,
        remove: impl Fn(&Self, &mut AnyConnection, &Myself) -> persistence::Result<()> + Send + 'static,
    ) -> Result<(), FlowError> {
        let (flows, acting) = (self.clone(), actor.clone());
        let removed = self.store.write(move |tx| {
            let now = flows.now();
            let myself = access::myself(tx, &acting, now)?;
            remove(&flows, tx, &myself)?;
            let own = account::own(tx, &myself, now)?;
            if !own.factors.totp && own.factors.passkeys == 0 {
                if own.memberships.iter().any(|membership| membership.role.needs_second_factor()) {
                    return Err(Error::Aborted);
                }
                factors::remove_recovery_codes(tx, &myself)?;
            }
            flows.factor_changed(tx, &myself, change)
        });
        match removed {
            Err(Error::Aborted) => Err(FlowError::FactorDemanded),
            other => ended_if_unknown(other),
        }
    }

    /// What follows from every change of a factor: the other sessions end, and the person is told.
    pub(super) fn factor_changed(&self, tx: &mut AnyConnection, myself: &Myself, change: FactorChange) -> persistence::Result<()> {
        sessions::end_others(tx, myself, "factor-changed", &*self.rng, self.now())?;
        let account = account::get(tx, myself.account())?.ok_or(Error::Unknown)?;
        self.tell_factor_changed(tx, &account, change)
    }

    fn make_recovery_codes(&self, account: Uuid) -> Result<(Vec<RecoveryCode>, Vec<String>), FlowError> {
        let codes = recovery_codes(&*self.rng);
        let digests = codes.iter().map(|code| code.digest(&self.services.hasher, account)).collect::<Result<_, _>>()?;
        Ok((codes, digests))
    }

    /// The account that acts.
    pub(super) fn acting(&self, actor: &Actor) -> Result<Account, FlowError> {
        let (asking, now) = (actor.clone(), self.now());
        let account = self.store.read(move |connection| {
            let myself = access::myself(connection, &asking, now)?;
            account::get(connection, myself.account())
        });
        ended_if_unknown(account)?.ok_or(FlowError::SessionEnded)
    }
}
