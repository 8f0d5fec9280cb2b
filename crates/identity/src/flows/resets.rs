//! Forgotten passwords.

use super::links::{self, Bound, language_of, valid};
use super::{FlowError, Flows};
use crate::mail::Letter;
use crate::password_rules::{self, Context};
use chrono::Duration;
use domain::accounts::{Account, AccountStatus, Actor, EmailAddress, MailLanguage, Origin};
use persistence::accounts::one_time_tokens::{self, Purpose};
use persistence::accounts::{account, profile};
use persistence::audit::{self, Event};
use persistence::{AnyConnection, Error};

/// Nobody gets a second link before this time is over.
const PAUSE: Duration = Duration::minutes(2);

impl Flows {
    /// Sends a link to choose a new password, if there is an active account with this address. The work is the same if there is none, or if a
    /// link was sent a moment ago; then nobody gets it.
    ///
    /// # Errors
    /// What the database says.
    pub fn request_reset(&self, email: &EmailAddress, language: MailLanguage, origin: &Origin) -> Result<(), FlowError> {
        let (flows, email, origin) = (self.clone(), email.clone(), origin.clone());
        self.store.write(move |tx| flows.reset_link(tx, &email, language, &origin))?;
        Ok(())
    }

    fn reset_link(&self, tx: &mut AnyConnection, email: &EmailAddress, language: MailLanguage, origin: &Origin) -> persistence::Result<()> {
        let (purpose, now) = (Purpose::PasswordReset, self.now());
        let found = account::by_email(tx, email)?.filter(|account| account.status == AccountStatus::Active);
        let nobody = domain::Uuid::nil();
        let recently = one_time_tokens::issued_since(tx, purpose, found.as_ref().map_or(nobody, |account| account.id), now - PAUSE)?;
        let found = found.filter(|_| !recently);
        let language = found.as_ref().map_or(language.code(), |account| if account.language == "en" { "en" } else { "de" });
        let name = found.as_ref().map_or("", |account| account.name.as_str());
        // A token of no account proves nothing.
        let link = self.link(tx, purpose, Bound { account: found.as_ref().map(|account| account.id), ..Bound::default() }, language)?;
        let letter = Letter::PasswordReset { name, link: &link, valid: valid(purpose) };
        match &found {
            Some(account) => self.post(tx, &letter, account.email.as_ref().unwrap_or(email), language_of(account))?,
            None => self.post_nothing(tx, &letter, email, language)?,
        }
        let event = Event {
            action: "password.reset-requested",
            target_kind: "account",
            target_id: found.as_ref().map(|account| account.id.to_string()),
            target_name: found.map(|account| account.name),
            ..Event::default()
        };
        audit::append(tx, &Actor::anonymous(origin.clone()), &event, &*self.rng, now)
    }

    /// Sets the new password. Ends every session and every other link; the second factor is still asked for at the next sign-in.
    ///
    /// # Errors
    /// [`FlowError::Over`] if the link does not count, [`FlowError::Invalid`] if the password breaks the rules, which leaves the link usable.
    pub fn confirm_reset(&self, token: &str, password: &str, origin: &Origin) -> Result<(), FlowError> {
        let (digest, now) = (links::digest(token)?, self.now());
        let wanted = digest.clone();
        let account = self
            .store
            .read(move |connection| {
                let token = one_time_tokens::find(connection, Purpose::PasswordReset, &wanted, now)?;
                token.account.map(|id| account::get(connection, id)).transpose().map(Option::flatten)
            })
            .map_err(over)?
            .filter(|account| account.status == AccountStatus::Active)
            .ok_or(FlowError::Over)?;
        self.check_new_password(&account, password)?;
        let hash = self.services.hasher.hash(password, &*self.rng)?;
        let (flows, actor) = (self.clone(), Actor::anonymous(origin.clone()));
        let changed = self.store.write(move |tx| {
            let account = profile::reset_password(tx, &actor, &digest, &hash, &*flows.rng, flows.now())?;
            flows.tell_password_changed(tx, &account)
        });
        changed.map_err(over)
    }

    /// Refuses a password that breaks the rules.
    pub(super) fn check_new_password(&self, account: &Account, password: &str) -> Result<(), FlowError> {
        let context = Context::new(account.email.as_ref().map(EmailAddress::as_str), Some(&account.name), &self.services.portal);
        let broken = password_rules::check(password, &context);
        if broken.is_empty() { Ok(()) } else { Err(FlowError::Invalid(broken.into_iter().map(|rule| ("password", rule)).collect())) }
    }
}

/// A link that does not count is over.
pub(super) fn over(error: Error) -> FlowError {
    if matches!(error, Error::LinkInvalid) { FlowError::Over } else { error.into() }
}
