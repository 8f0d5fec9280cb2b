//! Second factors: the authenticator app, recovery codes and passkeys of an account.

use crate::access::Myself;
use crate::accounts::account;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{passkeys, recovery_codes, totp_factors};
use diesel::prelude::*;
use domain::{Rng, Timestamp, Uuid};

/// An authenticator app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totp {
    /// The shared secret, sealed by the caller.
    pub sealed: Vec<u8>,
    /// Since when it counts; none while no code was entered yet.
    pub confirmed_at: Option<Timestamp>,
    /// The step whose code was used last.
    pub last_step: i64,
}

/// The authenticator app of an account, confirmed or not.
pub fn totp(connection: &mut AnyConnection, account: Uuid) -> Result<Option<Totp>> {
    let row: Option<(Vec<u8>, Option<i64>, i64)> = totp_factors::table
        .find(account.to_string())
        .select((totp_factors::secret, totp_factors::confirmed_at, totp_factors::last_step))
        .first(connection)
        .optional()?;
    row.map(|(sealed, confirmed, last_step)| Ok(Totp { sealed, confirmed_at: confirmed.map(timestamp).transpose()?, last_step })).transpose()
}

/// The own second factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFactors {
    /// Since when the authenticator app counts.
    pub totp: Option<Timestamp>,
    /// Passkeys, oldest first.
    pub passkeys: Vec<Passkey>,
    /// Recovery codes that are left.
    pub recovery_codes: u32,
}

/// The own second factors.
pub fn own(connection: &mut AnyConnection, myself: &Myself) -> Result<OwnFactors> {
    let totp = totp(connection, myself.account())?.and_then(|totp| totp.confirmed_at);
    let recovery_codes = account::factors(connection, myself.account())?.recovery_codes;
    Ok(OwnFactors { totp, passkeys: passkeys_of(connection, myself.account())?, recovery_codes })
}

/// Keeps the secret of an app that is not confirmed yet, in place of an earlier one of that kind. [`Error::Exists`] if one is confirmed.
pub fn begin_totp(connection: &mut AnyConnection, myself: &Myself, sealed: &[u8], at: Timestamp) -> Result<()> {
    let id = myself.account().to_string();
    diesel::delete(totp_factors::table.find(&id).filter(totp_factors::confirmed_at.is_null())).execute(connection)?;
    diesel::insert_into(totp_factors::table)
        .values((
            totp_factors::account_id.eq(&id),
            totp_factors::secret.eq(sealed),
            totp_factors::created_at.eq(micros(at)),
            totp_factors::last_step.eq(0),
        ))
        .execute(connection)?;
    Ok(())
}

/// Makes the app count, with the step of the code that proved it. [`Error::NotFound`] if there is none to confirm, or another than `sealed`.
pub fn confirm_totp(connection: &mut AnyConnection, myself: &Myself, sealed: &[u8], step: i64, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let confirmed = diesel::update(totp_factors::table.find(myself.account().to_string()))
        .filter(totp_factors::confirmed_at.is_null())
        .filter(totp_factors::secret.eq(sealed))
        .set((totp_factors::confirmed_at.eq(micros(at)), totp_factors::last_step.eq(step)))
        .execute(connection)?;
    if confirmed == 0 {
        return Err(Error::NotFound);
    }
    log(connection, myself, "factor.added", "totp", rng, at)
}

/// Marks the code of a step as used. `false` if it, or a later one, was used before.
pub fn spend_totp_step(connection: &mut AnyConnection, account: Uuid, step: i64) -> Result<bool> {
    let spent = diesel::update(totp_factors::table.find(account.to_string()))
        .filter(totp_factors::confirmed_at.is_not_null())
        .filter(totp_factors::last_step.lt(step))
        .set(totp_factors::last_step.eq(step))
        .execute(connection)?;
    Ok(spent == 1)
}

/// Removes the own app. [`Error::NotFound`] if there is none.
pub fn remove_totp(connection: &mut AnyConnection, myself: &Myself, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    if diesel::delete(totp_factors::table.find(myself.account().to_string())).execute(connection)? == 0 {
        return Err(Error::NotFound);
    }
    log(connection, myself, "factor.removed", "totp", rng, at)
}

/// Replaces the own recovery codes. `digests`: of the new ones.
pub fn replace_recovery_codes(connection: &mut AnyConnection, myself: &Myself, digests: &[String], rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let id = myself.account().to_string();
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(&id))).execute(connection)?;
    for digest in digests {
        diesel::insert_into(recovery_codes::table)
            .values((recovery_codes::code_hash.eq(digest), recovery_codes::account_id.eq(&id), recovery_codes::created_at.eq(micros(at))))
            .execute(connection)?;
    }
    log(connection, myself, "factor.added", "recovery-codes", rng, at)
}

/// Removes the own recovery codes, once nothing is left that they could stand in for.
pub fn remove_recovery_codes(connection: &mut AnyConnection, myself: &Myself) -> Result<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(myself.account().to_string()))).execute(connection)?;
    Ok(())
}

/// Marks a recovery code as used. `false` if the account has no such code, or not any more.
pub fn spend_recovery_code(connection: &mut AnyConnection, account: Uuid, digest: &str, at: Timestamp) -> Result<bool> {
    let spent = diesel::update(recovery_codes::table.find(digest))
        .filter(recovery_codes::account_id.eq(account.to_string()))
        .filter(recovery_codes::used_at.is_null())
        .set(recovery_codes::used_at.eq(micros(at)))
        .execute(connection)?;
    Ok(spent == 1)
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Id of ours.
    pub id: Uuid,
    /// Its account.
    pub account_id: Uuid,
    /// Id of the authenticator's, as base64url.
    pub credential_id: String,
    /// Public key, counter and what else the check needs, as JSON.
    pub credential: String,
    /// Name for people.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// Last sign-in with it.
    pub last_used_at: Option<Timestamp>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = passkeys)]
struct Row {
    id: String,
    account_id: String,
    credential_id: String,
    credential: String,
    name: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

impl TryFrom<Row> for Passkey {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            account_id: uuid(&row.account_id)?,
            credential_id: row.credential_id,
            credential: row.credential,
            name: row.name,
            created_at: timestamp(row.created_at)?,
            last_used_at: row.last_used_at.map(timestamp).transpose()?,
        })
    }
}

/// The passkeys of an account, oldest first.
pub fn passkeys_of(connection: &mut AnyConnection, account: Uuid) -> Result<Vec<Passkey>> {
    let rows = passkeys::table.filter(passkeys::account_id.eq(account.to_string())).order(passkeys::id).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(Passkey::try_from).collect()
}

/// The passkey with this credential id.
pub fn passkey_by_credential(connection: &mut AnyConnection, credential_id: &str) -> Result<Option<Passkey>> {
    let row = passkeys::table.filter(passkeys::credential_id.eq(credential_id)).select(Row::as_select()).first(connection).optional()?;
    row.map(Passkey::try_from).transpose()
}

/// Adds an own passkey. [`Error::Exists`] if it belongs to somebody already.
pub fn add_passkey(connection: &mut AnyConnection, myself: &Myself, passkey: &Passkey, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    diesel::insert_into(passkeys::table)
        .values((
            passkeys::id.eq(passkey.id.to_string()),
            passkeys::account_id.eq(myself.account().to_string()),
            passkeys::credential_id.eq(&passkey.credential_id),
            passkeys::credential.eq(&passkey.credential),
            passkeys::name.eq(&passkey.name),
            passkeys::created_at.eq(micros(at)),
        ))
        .execute(connection)?;
    log(connection, myself, "factor.added", "passkey", rng, at)
}

/// Keeps what the check of a sign-in said about a passkey (its counter) and when. `false` if it has been removed in between.
pub fn passkey_used(connection: &mut AnyConnection, id: Uuid, credential: &str, at: Timestamp) -> Result<bool> {
    let used = diesel::update(passkeys::table.find(id.to_string()))
        .set((passkeys::credential.eq(credential), passkeys::last_used_at.eq(micros(at))))
        .execute(connection)?;
    Ok(used == 1)
}

/// Removes an own passkey. [`Error::NotFound`] if there is none with this id.
pub fn remove_passkey(connection: &mut AnyConnection, myself: &Myself, id: Uuid, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let own = passkeys::table.find(id.to_string()).filter(passkeys::account_id.eq(myself.account().to_string()));
    if diesel::delete(own).execute(connection)? == 0 {
        return Err(Error::NotFound);
    }
    log(connection, myself, "factor.removed", "passkey", rng, at)
}

fn log(connection: &mut AnyConnection, myself: &Myself, action: &'static str, kind: &str, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let what = Some(serde_json::json!({ "factor": kind }));
    let (before, after) = if action == "factor.removed" { (what, None) } else { (None, what) };
    audit::append(connection, myself.actor(), &Event::new(action, "account", myself.account()).changed(before, after), rng, at)
}
