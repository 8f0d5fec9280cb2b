//! One-time tokens: what a link in a mail proves. Only their digests are kept, each bound to what it is for.

use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::one_time_tokens;
use diesel::prelude::*;
use domain::{Timestamp, Uuid};

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Accepting an invitation.
    Invitation,
    /// Accepting another role with an account that is in use.
    Membership,
    /// Choosing a new password.
    PasswordReset,
    /// Confirming a new address.
    EmailChange,
    /// Confirming the address of an application.
    Application,
}

impl Purpose {
    /// The code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Membership => "membership",
            Self::PasswordReset => "password-reset",
            Self::EmailChange => "email-change",
            Self::Application => "application",
        }
    }
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeToken {
    /// Of which account.
    pub account: Option<Uuid>,
    /// Of which other thing: an application, a membership.
    pub subject: Option<Uuid>,
    /// What it carries: the new address.
    pub data: Option<String>,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// Keeps a token; the other ones of this purpose for the same account and subject end.
pub fn issue(connection: &mut AnyConnection, purpose: Purpose, digest: &str, token: &OneTimeToken, now: Timestamp) -> Result<()> {
    end(connection, purpose, token)?;
    diesel::insert_into(one_time_tokens::table)
        .values((
            one_time_tokens::token_hash.eq(digest),
            one_time_tokens::purpose.eq(purpose.code()),
            one_time_tokens::account_id.eq(token.account.map(|id| id.to_string())),
            one_time_tokens::subject_id.eq(token.subject.map(|id| id.to_string())),
            one_time_tokens::data.eq(&token.data),
            one_time_tokens::created_at.eq(micros(now)),
            one_time_tokens::expires_at.eq(micros(token.expires_at)),
        ))
        .execute(connection)?;
    Ok(())
}

type Row = (Option<String>, Option<String>, Option<String>, i64);

/// The token with this digest. [`Error::LinkInvalid`] if there is none for this purpose, or if it was used or has expired.
pub fn find(connection: &mut AnyConnection, purpose: Purpose, digest: &str, now: Timestamp) -> Result<OneTimeToken> {
    let row: Option<Row> = one_time_tokens::table
        .find(digest)
        .filter(one_time_tokens::purpose.eq(purpose.code()))
        .filter(one_time_tokens::used_at.is_null())
        .filter(one_time_tokens::expires_at.gt(micros(now)))
        .select((one_time_tokens::account_id, one_time_tokens::subject_id, one_time_tokens::data, one_time_tokens::expires_at))
        .first(connection)
        .optional()?;
    let (account, subject, data, expires_at) = row.ok_or(Error::LinkInvalid)?;
    let id = |text: Option<String>| text.as_deref().map(uuid).transpose();
    Ok(OneTimeToken { account: id(account)?, subject: id(subject)?, data, expires_at: timestamp(expires_at)? })
}

/// Uses a token up; the other ones of its purpose end with it. [`Error::LinkInvalid`] like [`find`]: of two who use it at once, one is refused.
pub fn use_up(connection: &mut AnyConnection, purpose: Purpose, digest: &str, now: Timestamp) -> Result<OneTimeToken> {
    let token = find(connection, purpose, digest, now)?;
    let used = diesel::update(one_time_tokens::table.find(digest).filter(one_time_tokens::used_at.is_null()))
        .set(one_time_tokens::used_at.eq(micros(now)))
        .execute(connection)?;
    if used == 0 {
        return Err(Error::LinkInvalid);
    }
    end(connection, purpose, &token)?;
    Ok(token)
}

/// Whether an unused token of this purpose was given to the account since an instant.
pub fn issued_since(connection: &mut AnyConnection, purpose: Purpose, account: Uuid, since: Timestamp) -> Result<bool> {
    let recent = one_time_tokens::table
        .filter(one_time_tokens::account_id.eq(account.to_string()))
        .filter(one_time_tokens::purpose.eq(purpose.code()))
        .filter(one_time_tokens::used_at.is_null())
        .filter(one_time_tokens::created_at.gt(micros(since)));
    Ok(diesel::select(diesel::dsl::exists(recent)).get_result(connection)?)
}

/// Ends every token of an account: none of its links works any more.
pub fn end_all(connection: &mut AnyConnection, account: Uuid) -> Result<()> {
    let theirs = one_time_tokens::table.filter(one_time_tokens::account_id.eq(account.to_string())).filter(one_time_tokens::used_at.is_null());
    diesel::delete(theirs).execute(connection)?;
    Ok(())
}

/// Removes the unused tokens of a purpose for the account and subject of this one.
fn end(connection: &mut AnyConnection, purpose: Purpose, token: &OneTimeToken) -> Result<()> {
    let unused = one_time_tokens::table.filter(one_time_tokens::purpose.eq(purpose.code())).filter(one_time_tokens::used_at.is_null());
    match (token.account, token.subject) {
        (Some(account), None) => diesel::delete(unused.filter(one_time_tokens::account_id.eq(account.to_string()))).execute(connection)?,
        (_, Some(subject)) => diesel::delete(unused.filter(one_time_tokens::subject_id.eq(subject.to_string()))).execute(connection)?,
        (None, None) => 0,
    };
    Ok(())
}
