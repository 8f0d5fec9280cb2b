//! What people do with their own account: change it, and come and go by links from mail.

use crate::access::Myself;
use crate::accounts::administration::{Change, apply, differences, existing};
use crate::accounts::one_time_tokens::{self, Purpose};
use crate::accounts::{account, credentials, memberships, sessions};
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::schema::accounts;
use diesel::prelude::*;
use domain::accounts::{Account, AccountStatus, Actor, EmailAddress, MailLanguage, Membership};
use domain::text::Title;
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// Changes name or language of the own account. [`Error::Conflict`] if it is not at version `expected`.
pub fn change_own(
    connection: &mut AnyConnection,
    myself: &Myself,
    expected: i64,
    name: Option<Title>,
    language: Option<MailLanguage>,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Account> {
    let before = existing(connection, myself.account())?;
    let after = apply(connection, &before, expected, &Change { name, language, status: None }, at)?;
    audit::append(connection, myself.actor(), &differences("account.changed", &before, &after), rng, at)?;
    Ok(after)
}

/// What an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The account.
    pub account: Account,
    /// The memberships that wait for an answer.
    pub memberships: Vec<Membership>,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// The invitation of a token: of a new account ([`Purpose::Invitation`]), or of another role ([`Purpose::Membership`]).
/// [`Error::LinkInvalid`] if there is none any more.
pub fn invitation(connection: &mut AnyConnection, purpose: Purpose, digest: &str, now: Timestamp) -> Result<Invitation> {
    let token = one_time_tokens::find(connection, purpose, digest, now)?;
    let wanted = if purpose == Purpose::Invitation { AccountStatus::Invited } else { AccountStatus::Active };
    let account = token.account.map(|id| account::get(connection, id)).transpose()?.flatten();
    let account = account.filter(|account| account.status == wanted).ok_or(Error::LinkInvalid)?;
    let mut memberships = memberships::memberships_of(connection, account.id)?;
    memberships.retain(|membership| {
        membership.status == domain::accounts::MembershipStatus::Invited && token.subject.is_none_or(|subject| subject == membership.id)
    });
    if purpose == Purpose::Membership && memberships.is_empty() {
        return Err(Error::LinkInvalid);
    }
    Ok(Invitation { account, memberships, expires_at: token.expires_at })
}

/// What a person says who accepts an invitation.
#[derive(Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Name.
    pub name: Title,
    /// Language of mail.
    pub language: MailLanguage,
    /// Hash of the chosen password.
    pub password_hash: String,
}

/// Accepts the invitation of a new account: it and its memberships count from now on. [`Error::LinkInvalid`] if the token does not.
pub fn accept(connection: &mut AnyConnection, actor: &Actor, digest: &str, given: &Acceptance, rng: &dyn Rng, at: Timestamp) -> Result<Account> {
    let Invitation { account, .. } = invitation(connection, Purpose::Invitation, digest, at)?;
    one_time_tokens::use_up(connection, Purpose::Invitation, digest, at)?;
    let change = Change { name: Some(given.name.clone()), language: Some(given.language), status: Some(AccountStatus::Active) };
    let after = apply(connection, &account, account.version, &change, at)?;
    credentials::set_password(connection, account.id, &given.password_hash, at)?;
    memberships::activate(connection, account.id, None, at)?;
    let event = differences("invitation.accepted", &account, &after);
    audit::append(connection, actor, &event, rng, at)?;
    account::get(connection, account.id)?.ok_or(Error::NotFound)
}

/// Accepts another role with an account that is in use. [`Error::LinkInvalid`] if the token does not count.
pub fn join(connection: &mut AnyConnection, actor: &Actor, digest: &str, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let Invitation { account, .. } = invitation(connection, Purpose::Membership, digest, at)?;
    let token = one_time_tokens::use_up(connection, Purpose::Membership, digest, at)?;
    for membership in memberships::activate(connection, account.id, token.subject, at)? {
        let event = Event::new("membership.accepted", "account", account.id)
            .named(&account.name)
            .within(membership.organization.as_ref().map(|organization| organization.id))
            .changed(None, json!({ "role": membership.role.code(), "organization": membership.organization }));
        audit::append(connection, actor, &event, rng, at)?;
    }
    Ok(())
}

/// Sets a password by a link from mail, and ends every session and every other link. [`Error::LinkInvalid`] if the token does not count.
pub fn reset_password(connection: &mut AnyConnection, actor: &Actor, digest: &str, hash: &str, rng: &dyn Rng, at: Timestamp) -> Result<Account> {
    let token = one_time_tokens::use_up(connection, Purpose::PasswordReset, digest, at)?;
    let account = active(connection, token.account)?;
    credentials::set_password(connection, account.id, hash, at)?;
    one_time_tokens::end_all(connection, account.id)?;
    sessions::end_all(connection, account.id, None, "password-reset", at)?;
    audit::append(connection, actor, &Event::new("password.reset", "account", account.id).named(&account.name), rng, at)?;
    Ok(account)
}

/// Puts the confirmed new address in the place of the old one, and ends every other link. Returns the account as it was and the new address.
/// [`Error::LinkInvalid`] if the token does not count, or if somebody else has taken the address in between.
pub fn confirm_email(connection: &mut AnyConnection, actor: &Actor, digest: &str, rng: &dyn Rng, at: Timestamp) -> Result<(Account, EmailAddress)> {
    let token = one_time_tokens::use_up(connection, Purpose::EmailChange, digest, at)?;
    let before = active(connection, token.account)?;
    let email: EmailAddress = token.data.and_then(|email| email.parse().ok()).ok_or(Error::LinkInvalid)?;
    if account::by_email(connection, &email)?.is_some_and(|other| other.id != before.id) {
        return Err(Error::LinkInvalid);
    }
    let after = Account { email: Some(email.clone()), version: before.version + 1, updated_at: at, ..before.clone() };
    let changed = diesel::update(accounts::table.find(before.id.to_string()).filter(accounts::version.eq(before.version)))
        .set((
            accounts::email.eq(email.as_str()),
            accounts::email_key.eq(email.key()),
            accounts::search_key.eq(account::search_key(&after.name, Some(&email))),
            accounts::updated_at.eq(micros(at)),
            accounts::version.eq(after.version),
        ))
        .execute(connection)?;
    if changed == 0 {
        return Err(Error::Conflict(before.version));
    }
    // Links that went to the old address must not work any more.
    one_time_tokens::end_all(connection, before.id)?;
    audit::append(connection, actor, &differences("email.changed", &before, &after), rng, at)?;
    Ok((before, email))
}

fn active(connection: &mut AnyConnection, id: Option<Uuid>) -> Result<Account> {
    let account = id.map(|id| account::get(connection, id)).transpose()?.flatten();
    account.filter(|account| account.status == AccountStatus::Active).ok_or(Error::LinkInvalid)
}
