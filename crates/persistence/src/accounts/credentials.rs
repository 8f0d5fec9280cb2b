//! What somebody signs in with: the account behind an address, and the hash of its password.

use crate::access::Myself;
use crate::accounts::account;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::schema::accounts;
use diesel::prelude::*;
use domain::accounts::{Account, AccountStatus, EmailAddress};
use domain::{Rng, Timestamp, Uuid};

/// An account and the hash of its password in PHC notation, if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// The hash.
    pub password_hash: Option<String>,
}

/// The credentials of the account with this address, whatever its status.
pub fn by_email(connection: &mut AnyConnection, email: &EmailAddress) -> Result<Option<Credentials>> {
    match account::by_email(connection, email)? {
        Some(account) => of(connection, account).map(Some),
        None => Ok(None),
    }
}

/// The credentials of the account with this id, whatever its status.
pub fn by_id(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Credentials>> {
    match account::get(connection, id)? {
        Some(account) => of(connection, account).map(Some),
        None => Ok(None),
    }
}

fn of(connection: &mut AnyConnection, account: Account) -> Result<Credentials> {
    let password_hash = accounts::table.find(account.id.to_string()).select(accounts::password_hash).first(connection)?;
    Ok(Credentials { account, password_hash })
}

/// Notes a sign-in. `false` if the account is not active any more, or if its password is no longer the one that was looked at, where one was.
pub fn sign_in(connection: &mut AnyConnection, account: Uuid, password_hash: Option<&str>, at: Timestamp) -> Result<bool> {
    // The update comes first: it keeps a suspension that runs at the same time waiting, or waits for it.
    let active = diesel::update(accounts::table.find(account.to_string()))
        .filter(accounts::status.eq(AccountStatus::Active.code()))
        .set(accounts::last_sign_in_at.eq(micros(at)))
        .execute(connection)?;
    if active == 0 {
        return Ok(false);
    }
    match password_hash {
        None => Ok(true),
        Some(expected) => Ok(self::password_hash(connection, account)?.as_deref() == Some(expected)),
    }
}

/// The hash of an account's password as it is in this transaction.
pub fn password_hash(connection: &mut AnyConnection, account: Uuid) -> Result<Option<String>> {
    Ok(accounts::table.find(account.to_string()).select(accounts::password_hash).first(connection).optional()?.flatten())
}

/// Replaces a hash by one of the same password with other parameters, unless the password was changed in between.
pub fn replace_hash(connection: &mut AnyConnection, account: Uuid, old: &str, new: &str) -> Result<()> {
    diesel::update(accounts::table.find(account.to_string()))
        .filter(accounts::password_hash.eq(old))
        .set(accounts::password_hash.eq(new))
        .execute(connection)?;
    Ok(())
}

/// Sets the hash of a new password. Sessions are not touched; the caller ends them.
pub fn set_password(connection: &mut AnyConnection, account: Uuid, hash: &str, at: Timestamp) -> Result<()> {
    let changed = diesel::update(accounts::table.find(account.to_string()))
        .filter(accounts::status.ne(AccountStatus::Deleted.code()))
        .set((
            accounts::password_hash.eq(hash),
            accounts::password_changed_at.eq(micros(at)),
            accounts::updated_at.eq(micros(at)),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(connection)?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Sets the hash of the own new password.
pub fn change_own_password(connection: &mut AnyConnection, myself: &Myself, hash: &str, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    set_password(connection, myself.account(), hash, at)?;
    audit::append(connection, myself.actor(), &Event::new("password.changed", "account", myself.account()), rng, at)
}
