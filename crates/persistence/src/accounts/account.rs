//! Accounts and memberships.

use crate::connection::AnyConnection;
use crate::convert::{code, micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{accounts, memberships};
use diesel::prelude::*;
use domain::Uuid;
use domain::accounts::{Account, AccountStatus, EmailAddress, Membership, MembershipStatus, Role};

#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
struct Row {
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

/// Adds an account without a password. [`Error::Exists`] if the address is taken.
pub fn insert(connection: &mut AnyConnection, account: &Account) -> Result<()> {
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(account.id.to_string()),
            accounts::email.eq(account.email.as_ref().map(EmailAddress::as_str)),
            accounts::email_key.eq(account.email.as_ref().map(EmailAddress::key)),
            accounts::name.eq(&account.name),
            accounts::language.eq(&account.language),
            accounts::status.eq(account.status.code()),
            accounts::created_at.eq(micros(account.created_at)),
            accounts::updated_at.eq(micros(account.updated_at)),
            accounts::version.eq(account.version),
        ))
        .execute(connection)?;
    Ok(())
}

/// Adds a membership. [`Error::Exists`] if the account has this role there already.
pub fn insert_membership(connection: &mut AnyConnection, membership: &Membership) -> Result<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(membership.id.to_string()),
            memberships::account_id.eq(membership.account_id.to_string()),
            memberships::role.eq(membership.role.code()),
            memberships::organization_id.eq(membership.organization.as_ref().map(|organization| organization.id.to_string())),
            memberships::status.eq(membership.status.code()),
            memberships::created_at.eq(micros(membership.created_at)),
            memberships::version.eq(membership.version),
        ))
        .execute(connection)?;
    Ok(())
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
