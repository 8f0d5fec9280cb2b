//! The own new password.

use super::sessions::ended_if_unknown;
use super::{FlowError, Flows};
use crate::password_rules::{self, Context};
use domain::accounts::{Actor, EmailAddress};
use persistence::access;
use persistence::accounts::{account, credentials, sessions};

impl Flows {
    /// Sets the own new password. The other sessions end, and the person is told.
    ///
    /// # Errors
    /// [`FlowError::Invalid`] if the password breaks the rules, [`FlowError::SessionEnded`], or what the database and the hash function say.
    pub fn change_password(&self, actor: &Actor, password: &str) -> Result<(), FlowError> {
        let account = self.acting(actor)?;
        let context = Context::new(account.email.as_ref().map(EmailAddress::as_str), Some(&account.name), &self.services.portal);
        let wrong = password_rules::check(password, &context);
        if !wrong.is_empty() {
            return Err(FlowError::Invalid(wrong.into_iter().map(|wrong| ("password", wrong)).collect()));
        }
        let hash = self.services.hasher.hash(password, &*self.rng)?;
        let (flows, acting, now) = (self.clone(), actor.clone(), self.now());
        let changed = self.store.write(move |tx| {
            let myself = access::myself(tx, &acting, now)?;
            credentials::change_own_password(tx, &myself, &hash, &*flows.rng, now)?;
            sessions::end_others(tx, &myself, "password-changed", &*flows.rng, now)?;
            let account = account::get(tx, myself.account())?.ok_or(persistence::Error::Unknown)?;
            flows.tell_password_changed(tx, &account)
        });
        ended_if_unknown(changed)
    }
}
