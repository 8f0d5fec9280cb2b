//! Deleting an account: the person goes, what they did for an institution stays.
//!
//! Of the account only id, status and times stay, for what refers to it: imports, decisions and the audit log. Everything that proves who the
//! person is goes, and with it their sessions, roles, links and applications. The audit log loses their name, address and browser; what was
//! done and when stays, and so do the values they changed of other things.

use crate::access::Myself;
use crate::accounts::administration::{existing, guard_last_administrator, is_administrator};
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::schema::{
    accounts, applications, ceremonies, identity_links, memberships, one_time_tokens, passkeys, recovery_codes, sessions, totp_factors,
};
use diesel::prelude::*;
use domain::accounts::{Account, AccountStatus, Actor, ApplicationStatus, EmailAddress};
use domain::{Rng, Timestamp};

/// Deletes the own account. [`Error::Conflict`] if it is not at version `expected`, [`Error::LastAdministrator`] if nobody could administer
/// the portal any more. Returns the account as it was.
pub fn erase_own(connection: &mut AnyConnection, myself: &Myself, expected: i64, rng: &dyn Rng, at: Timestamp) -> Result<Account> {
    let before = existing(connection, myself.account())?;
    erase(connection, myself.actor(), &before, expected, rng, at)?;
    Ok(before)
}

/// Erases the person of an account.
pub(crate) fn erase(connection: &mut AnyConnection, actor: &Actor, account: &Account, expected: i64, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let administered = is_administrator(connection, account.id)?;
    let id = account.id.to_string();
    let erased = diesel::update(accounts::table.find(&id).filter(accounts::version.eq(expected)))
        .set((
            accounts::email.eq(None::<String>),
            accounts::email_key.eq(None::<String>),
            accounts::name.eq(""),
            accounts::search_key.eq(""),
            accounts::status.eq(AccountStatus::Deleted.code()),
            accounts::password_hash.eq(None::<String>),
            accounts::password_changed_at.eq(None::<i64>),
            accounts::last_sign_in_at.eq(None::<i64>),
            accounts::updated_at.eq(micros(at)),
            accounts::version.eq(expected + 1),
        ))
        .execute(connection)?;
    if erased == 0 {
        return Err(Error::Conflict(account.version));
    }
    audit::append(connection, actor, &Event::new("account.deleted", "account", account.id), rng, at)?;
    guard_last_administrator(connection, administered)?;
    // The log finds what it keeps of a person through the memberships too, so it comes before them.
    audit::erase_personal(connection, account.id)?;
    // Refresh tokens go with their sessions.
    diesel::delete(sessions::table.filter(sessions::account_id.eq(&id))).execute(connection)?;
    diesel::delete(one_time_tokens::table.filter(one_time_tokens::account_id.eq(&id))).execute(connection)?;
    diesel::delete(totp_factors::table.find(&id)).execute(connection)?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(&id))).execute(connection)?;
    diesel::delete(passkeys::table.filter(passkeys::account_id.eq(&id))).execute(connection)?;
    diesel::delete(identity_links::table.filter(identity_links::account_id.eq(&id))).execute(connection)?;
    diesel::delete(ceremonies::table.filter(ceremonies::account_id.eq(&id))).execute(connection)?;
    diesel::delete(memberships::table.filter(memberships::account_id.eq(&id))).execute(connection)?;
    if let Some(email) = &account.email {
        erase_applications(connection, email)?;
    }
    Ok(())
}

/// Of approved applications the organisation stays, all others go.
fn erase_applications(connection: &mut AnyConnection, email: &EmailAddress) -> Result<()> {
    let theirs = applications::email_key.eq(email.key());
    diesel::update(applications::table.filter(theirs.clone()).filter(applications::status.eq(ApplicationStatus::Approved.code())))
        .set((
            applications::contact_name.eq(""),
            applications::email.eq(None::<String>),
            applications::email_key.eq(None::<String>),
            applications::message.eq(None::<String>),
        ))
        .execute(connection)?;
    diesel::delete(applications::table.filter(theirs)).execute(connection)?;
    Ok(())
}
