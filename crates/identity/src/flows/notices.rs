//! Notices: people are told what happened to their account, so that they notice when it was not them.

use super::Flows;
use super::links::language_of;
use crate::mail::{FactorChange, Letter, StatusChange};
use domain::accounts::{Account, EmailAddress};
use persistence::AnyConnection;

impl Flows {
    /// Tells somebody that the password was changed.
    ///
    /// # Errors
    /// What the database says.
    pub fn tell_password_changed(&self, tx: &mut AnyConnection, account: &Account) -> persistence::Result<()> {
        self.tell(tx, account, |name, link| Letter::PasswordChangedNotice { name, at: self.now(), link })
    }

    /// Tells somebody that a second factor was changed.
    ///
    /// # Errors
    /// What the database says.
    pub fn tell_factor_changed(&self, tx: &mut AnyConnection, account: &Account, change: FactorChange) -> persistence::Result<()> {
        self.tell(tx, account, |name, link| Letter::FactorChangedNotice { name, change, at: self.now(), link })
    }

    /// Tells somebody that the account was suspended, resumed or deleted.
    ///
    /// # Errors
    /// What the database says.
    pub fn tell_status_changed(&self, tx: &mut AnyConnection, account: &Account, change: StatusChange) -> persistence::Result<()> {
        self.tell(tx, account, |name, _| Letter::StatusChangedNotice { name, change, at: self.now() })
    }

    /// Tells the old address that it is no longer used.
    pub(super) fn tell_email_changed(&self, tx: &mut AnyConnection, before: &Account) -> persistence::Result<()> {
        self.tell(tx, before, |name, _| Letter::EmailChangedNotice { name, at: self.now() })
    }

    fn tell(
        &self,
        tx: &mut AnyConnection,
        account: &Account,
        letter: impl for<'a> FnOnce(&'a str, &'a str) -> Letter<'a>,
    ) -> persistence::Result<()> {
        let Some(email): Option<&EmailAddress> = account.email.as_ref() else { return Ok(()) };
        let language = language_of(account);
        let link = self.address(language, "passwort-vergessen");
        self.post(tx, &letter(&account.name, &link), email, language)
    }
}
