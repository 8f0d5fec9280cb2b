//! What administrators do to accounts: invite, change, suspend, delete. One administrator always remains.

use crate::access::{Allowed, Owned};
use crate::accounts::{account, credentials, erasure, memberships, sessions};
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::schema::{accounts, passkeys, recovery_codes, totp_factors};
use diesel::prelude::*;
use domain::accounts::may::{ManageAccounts, ManageMembers, May};
use domain::accounts::{Account, AccountStatus, Actor, MailLanguage, Membership, MembershipStatus, OrganizationRef, Reach, Role};
use domain::text::Title;
use domain::{Rng, Timestamp, Uuid};
use serde_json::{Map, Value, json};

/// What is to become of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Another name.
    pub name: Option<Title>,
    /// Another language of mail.
    pub language: Option<MailLanguage>,
    /// Active or suspended.
    pub status: Option<AccountStatus>,
}

/// Refuses a right that only reaches some organisations: accounts belong to the whole region.
pub(crate) fn everywhere<C: May>(allowed: &Allowed<C>) -> Result<()> {
    if *allowed.reach() == Reach::All { Ok(()) } else { Err(Error::Denied(C::CAPABILITY)) }
}

/// Adds an account that is invited, with its roles. [`Error::Exists`] if the address is taken.
pub fn invite(
    connection: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    account: &Account,
    roles: &[Membership],
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    everywhere(allowed)?;
    add_invited(connection, allowed.actor(), account, None, rng, at)?;
    roles.iter().try_for_each(|membership| memberships::add(connection, allowed.actor(), membership, rng, at))
}

/// Adds an account that is invited into the own organisation; its membership follows. [`Error::Exists`] if the address is taken.
pub fn invite_colleague(
    connection: &mut AnyConnection,
    owned: &Owned<OrganizationRef, ManageMembers>,
    account: &Account,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    add_invited(connection, owned.actor(), account, Some(owned.value().id), rng, at)
}

pub(crate) fn add_invited(
    connection: &mut AnyConnection,
    actor: &Actor,
    account: &Account,
    organization: Option<Uuid>,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    account::insert(connection, account)?;
    let after = json!({ "email": account.email, "name": account.name, "language": account.language, "status": account.status });
    let event = Event::new("account.invited", "account", account.id).named(&account.name).within(organization).changed(None, after);
    audit::append(connection, actor, &event, rng, at)
}

/// Notes that the invitation of an account is sent once more. [`Error::NotFound`] if there is no such account, [`Error::Exists`] if it is in use.
pub fn note_invited_again(
    connection: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    id: Uuid,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Account> {
    everywhere(allowed)?;
    let account = existing(connection, id)?;
    if account.status != AccountStatus::Invited {
        return Err(Error::Exists("the account is in use".to_owned()));
    }
    account::touch(connection, id, at)?;
    audit::append(connection, allowed.actor(), &Event::new("account.invited", "account", id).named(&account.name), rng, at)?;
    Ok(account)
}

/// Changes an account. A suspended account loses its sessions. [`Error::NotFound`] if there is none, [`Error::Conflict`] if it is not at
/// version `expected`, [`Error::LastAdministrator`] if nobody could administer the portal any more. An account whose invitation was never
/// accepted does not become active, but invited again.
pub fn change(
    connection: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    id: Uuid,
    expected: i64,
    what: &Change,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Account> {
    everywhere(allowed)?;
    let before = existing(connection, id)?;
    let administered = is_administrator(connection, id)?;
    let mut what = what.clone();
    if what.status == Some(AccountStatus::Active) && before.last_sign_in_at.is_none() && credentials::password_hash(connection, id)?.is_none() {
        // Suspended before the invitation was accepted: it still has to be.
        what.status = Some(AccountStatus::Invited);
    }
    let after = apply(connection, &before, expected, &what, at)?;
    if after.status == AccountStatus::Suspended && before.status != after.status {
        sessions::end_all(connection, id, None, "account-suspended", at)?;
    }
    let action = match (before.status, after.status) {
        (before, after) if before == after => "account.changed",
        (_, AccountStatus::Suspended) => "account.suspended",
        _ => "account.resumed",
    };
    audit::append(connection, allowed.actor(), &differences(action, &before, &after), rng, at)?;
    guard_last_administrator(connection, administered)?;
    Ok(after)
}

/// Writes what changes of an account.
pub(crate) fn apply(connection: &mut AnyConnection, before: &Account, expected: i64, what: &Change, at: Timestamp) -> Result<Account> {
    let mut after = Account { updated_at: at, version: expected + 1, ..before.clone() };
    if let Some(name) = &what.name {
        name.as_str().clone_into(&mut after.name);
    }
    if let Some(language) = what.language {
        language.code().clone_into(&mut after.language);
    }
    if let Some(status) = what.status {
        after.status = status;
    }
    let changed = diesel::update(accounts::table.find(before.id.to_string()))
        .filter(accounts::version.eq(expected))
        .set((
            accounts::name.eq(&after.name),
            accounts::search_key.eq(account::search_key(&after.name, after.email.as_ref())),
            accounts::language.eq(&after.language),
            accounts::status.eq(after.status.code()),
            accounts::updated_at.eq(micros(at)),
            accounts::version.eq(after.version),
        ))
        .execute(connection)?;
    if changed == 1 { Ok(after) } else { Err(Error::Conflict(before.version)) }
}

/// The event of a change, with the fields that differ.
pub(crate) fn differences(action: &'static str, before: &Account, after: &Account) -> Event {
    let fields = |account: &Account| {
        [("name", json!(account.name)), ("language", json!(account.language)), ("status", json!(account.status)), ("email", json!(account.email))]
    };
    let (mut old, mut new) = (Map::new(), Map::new());
    for ((field, was), (_, is)) in fields(before).into_iter().zip(fields(after)) {
        if was != is {
            old.insert(field.to_owned(), was);
            new.insert(field.to_owned(), is);
        }
    }
    Event::new(action, "account", after.id).named(&after.name).changed(Value::Object(old), Value::Object(new))
}

/// Deletes an account: see [`erasure::erase`]. Errors like [`change`].
pub fn delete(
    connection: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    id: Uuid,
    expected: i64,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Account> {
    everywhere(allowed)?;
    let before = existing(connection, id)?;
    erasure::erase(connection, allowed.actor(), &before, expected, rng, at)?;
    Ok(before)
}

/// Ends all sessions of an account. Returns how many there were. [`Error::NotFound`] if there is no such account.
pub fn end_sessions(connection: &mut AnyConnection, allowed: &Allowed<ManageAccounts>, id: Uuid, rng: &dyn Rng, at: Timestamp) -> Result<usize> {
    everywhere(allowed)?;
    let account = existing(connection, id)?;
    let ended = sessions::end_all(connection, id, None, "ended-by-administration", at)?;
    let event = Event::new("sessions.ended", "account", id).named(account.name).changed(json!({ "sessions": ended }), json!({ "sessions": 0 }));
    audit::append(connection, allowed.actor(), &event, rng, at)?;
    Ok(ended)
}

/// Removes all second factors of an account whose person has lost the device, and ends its sessions. Roles that demand a second factor may do
/// nothing until a new one is set up. [`Error::NotFound`] if there is no such account.
pub fn remove_factors(connection: &mut AnyConnection, allowed: &Allowed<ManageAccounts>, id: Uuid, rng: &dyn Rng, at: Timestamp) -> Result<Account> {
    everywhere(allowed)?;
    let account = existing(connection, id)?;
    account::touch(connection, id, at)?;
    let (key, factors) = (id.to_string(), account::factors(connection, id)?);
    diesel::delete(totp_factors::table.find(&key)).execute(connection)?;
    diesel::delete(passkeys::table.filter(passkeys::account_id.eq(&key))).execute(connection)?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(&key))).execute(connection)?;
    sessions::end_all(connection, id, None, "factors-removed", at)?;
    let event = Event::new("factors.reset", "account", id).named(&account.name);
    let had = json!({ "totp": factors.totp, "passkeys": factors.passkeys, "recoveryCodes": factors.recovery_codes });
    audit::append(connection, allowed.actor(), &event.changed(had, None), rng, at)?;
    Ok(account)
}

/// An account that is not deleted.
pub(crate) fn existing(connection: &mut AnyConnection, id: Uuid) -> Result<Account> {
    account::get(connection, id)?.filter(|account| account.status != AccountStatus::Deleted).ok_or(Error::NotFound)
}

/// Whether an account may administer the portal just now.
pub(crate) fn is_administrator(connection: &mut AnyConnection, id: Uuid) -> Result<bool> {
    let held = account::held_roles(connection, id)?.unwrap_or_default();
    Ok(held.iter().any(|(role, _)| *role == Role::Administrator))
}

/// Refuses a change that took the last administrator away. `administered`: whether the account was one before.
///
/// To be called after the audit log was appended to: entries are appended one transaction after the other, so of two changes at the same time
/// the second sees the first.
pub(crate) fn guard_last_administrator(connection: &mut AnyConnection, administered: bool) -> Result<()> {
    use crate::schema::memberships::dsl;
    let left = dsl::memberships
        .inner_join(accounts::table)
        .filter(dsl::role.eq(Role::Administrator.code()))
        .filter(dsl::status.eq(MembershipStatus::Active.code()))
        .filter(accounts::status.eq(AccountStatus::Active.code()))
        .count();
    if administered && left.get_result::<i64>(connection)? == 0 { Err(Error::LastAdministrator) } else { Ok(()) }
}
