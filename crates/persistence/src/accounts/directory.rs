//! Who there is: the accounts of the portal for its administrators, and the members of an organisation for whoever works with them.

use crate::access::{Allowed, Owned};
use crate::accounts::administration::everywhere;
use crate::accounts::{account, memberships};
use crate::connection::{AnyConnection, MultiBackend};
use crate::convert::{code, count, texts, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{accounts, memberships as rows, passkeys, totp_factors};
use diesel::prelude::*;
use domain::accounts::may::{ManageAccounts, ReadMembers};
use domain::accounts::{Account, AccountStatus, EmailAddress, Membership, MembershipStatus, OrganizationRef, Role};
use domain::{Timestamp, Uuid};
use std::collections::HashSet;

/// An account with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The account.
    pub account: Account,
    /// All memberships, oldest first.
    pub memberships: Vec<Membership>,
    /// Whether a second factor is set up.
    pub second_factor: bool,
}

/// Which accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the name or address.
    pub text: Option<String>,
    /// Status, one of these; all but deleted ones if there is none.
    pub status: Vec<AccountStatus>,
    /// Role, one of these.
    pub role: Vec<Role>,
    /// Member of this organisation.
    pub organization: Option<Uuid>,
}

fn narrowed(filter: &Filter) -> accounts::BoxedQuery<'static, MultiBackend> {
    let mut query = accounts::table.into_boxed();
    if let Some(text) = &filter.text {
        let folded = domain::text::fold(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query = query.filter(accounts::search_key.like(format!("%{folded}%")).escape('\\'));
    }
    query = if filter.status.is_empty() {
        query.filter(accounts::status.ne(AccountStatus::Deleted.code()))
    } else {
        query.filter(accounts::status.eq_any(filter.status.iter().map(|status| status.code()).collect::<Vec<_>>()))
    };
    let roles: Vec<&'static str> = if filter.role.is_empty() { Role::ALL } else { &filter.role }.iter().map(|role| role.code()).collect();
    let holders = rows::table.filter(rows::role.eq_any(roles));
    match filter.organization {
        Some(id) => query.filter(accounts::id.eq_any(holders.filter(rows::organization_id.eq(id.to_string())).select(rows::account_id))),
        None if filter.role.is_empty() => query,
        None => query.filter(accounts::id.eq_any(holders.select(rows::account_id))),
    }
}

/// Up to `limit` accounts, the newest first, made before the account `before`; and how many there are altogether.
pub fn list(
    connection: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    filter: &Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<(Vec<Listed>, u64)> {
    everywhere(allowed)?;
    let total: i64 = narrowed(filter).count().get_result(connection)?;
    let mut query = narrowed(filter).order(accounts::id.desc()).limit(limit);
    if let Some(before) = before {
        query = query.filter(accounts::id.lt(before.to_string()));
    }
    let found = query.select(account::Row::as_select()).load(connection)?;
    let found = found.into_iter().map(Account::try_from).collect::<Result<Vec<_>>>()?;
    let secured = with_second_factor(connection, &found)?;
    let listed = found.into_iter().map(|account| listed(connection, account, &secured)).collect::<Result<_>>()?;
    Ok((listed, count(total)))
}

/// The account with this id. [`Error::NotFound`] if there is none.
pub fn get(connection: &mut AnyConnection, allowed: &Allowed<ManageAccounts>, id: Uuid) -> Result<Listed> {
    everywhere(allowed)?;
    let account = account::get(connection, id)?.ok_or(Error::NotFound)?;
    let secured = with_second_factor(connection, std::slice::from_ref(&account))?;
    listed(connection, account, &secured)
}

fn listed(connection: &mut AnyConnection, account: Account, secured: &HashSet<String>) -> Result<Listed> {
    let second_factor = secured.contains(&account.id.to_string());
    Ok(Listed { memberships: memberships::memberships_of(connection, account.id)?, account, second_factor })
}

/// Which of these accounts have a second factor.
fn with_second_factor(connection: &mut AnyConnection, accounts: &[Account]) -> Result<HashSet<String>> {
    let ids = texts(&accounts.iter().map(|account| account.id).collect::<Vec<_>>());
    let confirmed = totp_factors::table.filter(totp_factors::account_id.eq_any(&ids)).filter(totp_factors::confirmed_at.is_not_null());
    let mut secured: Vec<String> = confirmed.select(totp_factors::account_id).load(connection)?;
    let keys = passkeys::table.filter(passkeys::account_id.eq_any(&ids)).select(passkeys::account_id);
    secured.extend(keys.load::<String>(connection)?);
    Ok(secured.into_iter().collect())
}

/// Somebody who works for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id of the membership.
    pub membership: Uuid,
    /// The account.
    pub account: Uuid,
    /// Name; while the person has not agreed, the one under which they were invited.
    pub name: String,
    /// Address.
    pub email: Option<EmailAddress>,
    /// Role.
    pub role: Role,
    /// Status of the membership.
    pub status: MembershipStatus,
    /// Version of the membership.
    pub version: i64,
    /// Last sign-in, of people who have agreed.
    pub last_sign_in_at: Option<Timestamp>,
}

type MemberRow = (String, String, String, Option<String>, String, String, i64, Option<String>, Option<i64>);

/// The members of an organisation, oldest first. Of people who have not agreed yet it shows nothing that the inviter has not said.
pub fn members<C>(connection: &mut AnyConnection, owned: &Owned<OrganizationRef, C>) -> Result<Vec<Member>>
where
    C: SeesMembers,
{
    let found: Vec<MemberRow> = rows::table
        .inner_join(accounts::table)
        .filter(rows::organization_id.eq(owned.value().id.to_string()))
        .order(rows::id)
        .select((
            rows::id,
            rows::account_id,
            accounts::name,
            accounts::email,
            rows::role,
            rows::status,
            rows::version,
            rows::invited_name,
            accounts::last_sign_in_at,
        ))
        .load(connection)?;
    found.into_iter().map(member).collect()
}

/// A capability that shows the members of an organisation.
pub trait SeesMembers {}
impl SeesMembers for ReadMembers {}
impl SeesMembers for domain::accounts::may::ManageMembers {}

fn member((id, account, name, email, role, status, version, invited_name, last_sign_in): MemberRow) -> Result<Member> {
    let agreed = invited_name.is_none();
    Ok(Member {
        membership: uuid(&id)?,
        account: uuid(&account)?,
        name: invited_name.unwrap_or(name),
        email: email.as_deref().map(code).transpose()?,
        role: code(&role)?,
        status: code(&status)?,
        version,
        last_sign_in_at: last_sign_in.filter(|_| agreed).map(timestamp).transpose()?,
    })
}
