//! Accounts and memberships.

use crate::access::Myself;
pub use crate::accounts::memberships::{insert_membership, memberships_of};
use crate::accounts::sessions::{self, Session};
use crate::connection::AnyConnection;
use crate::convert::{code, micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{accounts, memberships, passkeys, recovery_codes, totp_factors};
use diesel::prelude::*;
use domain::accounts::{Account, AccountStatus, EmailAddress, Membership, MembershipStatus, Role};
use domain::{Timestamp, Uuid};

#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub(crate) struct Row {
    id: String,
    email: Option<String>,
    name: String,
    language: String,
    status: String,
    created_at: i64,
    updated_at: i64,
    last_sign_in_at: Option<i64>,
    version: i64,
}

impl TryFrom<Row> for Account {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            email: row.email.as_deref().map(code).transpose()?,
            name: row.name,
            language: row.language,
            status: code(&row.status)?,
            created_at: timestamp(row.created_at)?,
            updated_at: timestamp(row.updated_at)?,
            last_sign_in_at: row.last_sign_in_at.map(timestamp).transpose()?,
            version: row.version,
        })
    }
}

/// The account with this id.
pub fn get(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Account>> {
    let row = accounts::table.find(id.to_string()).select(Row::as_select()).first(connection).optional()?;
    row.map(Account::try_from).transpose()
}

/// The account with this address.
pub fn by_email(connection: &mut AnyConnection, email: &EmailAddress) -> Result<Option<Account>> {
    let row = accounts::table.filter(accounts::email_key.eq(email.key())).select(Row::as_select()).first(connection).optional()?;
    row.map(Account::try_from).transpose()
}

/// What an account is found by: name and address, folded.
pub(crate) fn search_key(name: &str, email: Option<&EmailAddress>) -> String {
    domain::text::fold(&format!("{name} {}", email.map_or("", EmailAddress::as_str)))
}

/// Adds an account without a password. [`Error::Exists`] if the address is taken.
pub fn insert(connection: &mut AnyConnection, account: &Account) -> Result<()> {
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(account.id.to_string()),
            accounts::email.eq(account.email.as_ref().map(EmailAddress::as_str)),
            accounts::email_key.eq(account.email.as_ref().map(EmailAddress::key)),
            accounts::name.eq(&account.name),
            accounts::search_key.eq(search_key(&account.name, account.email.as_ref())),
            accounts::language.eq(&account.language),
            accounts::status.eq(account.status.code()),
            accounts::created_at.eq(micros(account.created_at)),
            accounts::updated_at.eq(micros(account.updated_at)),
            accounts::version.eq(account.version),
        ))
        .execute(connection)?;
    Ok(())
}

/// Notes a change of what belongs to an account. Changes of one account thereby come one after the other.
pub(crate) fn touch(connection: &mut AnyConnection, account: Uuid, at: Timestamp) -> Result<()> {
    let touched = diesel::update(accounts::table.find(account.to_string()))
        .set((accounts::version.eq(accounts::version + 1), accounts::updated_at.eq(micros(at))))
        .execute(connection)?;
    if touched == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// A role and its organisation.
type HeldRole = (Role, Option<Uuid>);

/// The roles of active memberships of an active account, with their organisation. `None` if the account is not active.
pub(crate) fn held_roles(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Vec<HeldRole>>> {
    let status: Option<String> = accounts::table.find(id.to_string()).select(accounts::status).first(connection).optional()?;
    if status.as_deref() != Some(AccountStatus::Active.code()) {
        return Ok(None);
    }
    let rows: Vec<(String, Option<String>)> = memberships::table
        .filter(memberships::account_id.eq(id.to_string()))
        .filter(memberships::status.eq(MembershipStatus::Active.code()))
        .select((memberships::role, memberships::organization_id))
        .load(connection)?;
    rows.into_iter().map(|(role, organization)| Ok((code(&role)?, organization.as_deref().map(uuid).transpose()?))).collect::<Result<_>>().map(Some)
}

/// The own account with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The account.
    pub account: Account,
    /// Memberships that count.
    pub memberships: Vec<Membership>,
    /// The session that asks.
    pub session: Session,
    /// Which second factors are set up.
    pub factors: Factors,
}

/// Which second factors are set up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Factors {
    /// An authenticator app.
    pub totp: bool,
    /// Passkeys.
    pub passkeys: u32,
    /// Recovery codes that are left.
    pub recovery_codes: u32,
}

/// The own account with what belongs to it.
pub fn own(connection: &mut AnyConnection, myself: &Myself, now: Timestamp) -> Result<Own> {
    let account = get(connection, myself.account())?.ok_or(Error::Unknown)?;
    let session = sessions::live(connection, myself.session(), now)?.ok_or(Error::Unknown)?;
    let mut memberships = memberships_of(connection, account.id)?;
    memberships.retain(|membership| membership.status == MembershipStatus::Active);
    let factors = factors(connection, account.id)?;
    Ok(Own { account, memberships, session, factors })
}

/// Which second factors an account has.
pub fn factors(connection: &mut AnyConnection, account: Uuid) -> Result<Factors> {
    let id = account.to_string();
    let totp = totp_factors::table.find(&id).filter(totp_factors::confirmed_at.is_not_null()).count().get_result::<i64>(connection)? > 0;
    let keys: i64 = passkeys::table.filter(passkeys::account_id.eq(&id)).count().get_result(connection)?;
    let codes = recovery_codes::table.filter(recovery_codes::account_id.eq(&id)).filter(recovery_codes::used_at.is_null());
    let codes: i64 = codes.count().get_result(connection)?;
    let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Factors { totp, passkeys: small(keys), recovery_codes: small(codes) })
}
