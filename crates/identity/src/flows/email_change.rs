//! A new e-mail address: it counts once its owner has confirmed it.

use super::links::{self, Bound, language_of, valid};
use super::resets::over;
use super::sessions::ended_if_unknown;
use super::{FlowError, Flows};
use crate::mail::Letter;
use domain::accounts::{Actor, EmailAddress, Origin};
use domain::problem::ValueError;
use persistence::accounts::one_time_tokens::Purpose;
use persistence::accounts::{account, profile};
use persistence::audit::{self, Event};
use persistence::{Error, access};

impl Flows {
    /// Sends a link to the new address. An address that belongs to another account gets nothing, and whoever asks gets the same answer.
    ///
    /// # Errors
    /// [`FlowError::SessionEnded`], [`FlowError::Invalid`] if it is the present address.
    pub fn request_email_change(&self, actor: &Actor, email: &EmailAddress) -> Result<(), FlowError> {
        let (flows, actor, email) = (self.clone(), actor.clone(), email.clone());
        let asked = self.store.write(move |tx| {
            let now = flows.now();
            let myself = access::myself(tx, &actor, now)?;
            let account = account::get(tx, myself.account())?.ok_or(Error::Unknown)?;
            if account.email.as_ref().map(EmailAddress::key) == Some(email.key()) {
                return Ok(false);
            }
            let free = account::by_email(tx, &email)?.is_none();
            let language = language_of(&account);
            let bound = Bound { account: Some(account.id), subject: None, data: Some(email.to_string()) };
            let link = flows.link(tx, Purpose::EmailChange, bound, language)?;
            let letter = Letter::EmailChangeConfirm { name: &account.name, link: &link, valid: valid(Purpose::EmailChange) };
            if free {
                flows.post(tx, &letter, &email, language)?
            } else {
                flows.post_nothing(tx, &letter, &email, language)?
            }
            let event = Event::new("email.change-requested", "account", account.id).named(&account.name);
            audit::append(tx, &actor, &event.changed(None, serde_json::json!({ "email": email })), &*flows.rng, now)?;
            Ok(true)
        });
        if ended_if_unknown(asked)? {
            return Ok(());
        }
        let same = ValueError::new("email-unchanged", "Das ist schon Ihre E-Mail-Adresse.", "This is your e-mail address already.");
        Err(FlowError::Invalid(vec![("email", same)]))
    }

    /// Puts the new address in the place of the old one, which is told.
    ///
    /// # Errors
    /// [`FlowError::Over`] if the link does not count.
    pub fn confirm_email(&self, token: &str, origin: &Origin) -> Result<(), FlowError> {
        let (flows, digest, actor) = (self.clone(), links::digest(token)?, Actor::anonymous(origin.clone()));
        let confirmed = self.store.write(move |tx| {
            let (before, _) = profile::confirm_email(tx, &actor, &digest, &*flows.rng, flows.now())?;
            flows.tell_email_changed(tx, &before)
        });
        confirmed.map_err(over)
    }
}
