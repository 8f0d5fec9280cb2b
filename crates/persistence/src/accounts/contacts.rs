//! Who is told when something of an organisation needs care.

use super::account::Row;
use crate::connection::AnyConnection;
use crate::error::Result;
use crate::schema::{accounts, memberships};
use diesel::prelude::*;
use domain::Uuid;
use domain::accounts::{Account, AccountStatus, MembershipStatus, Role};

/// The active people who administer an organisation; those who administer the portal where there is no organisation, or nobody in it.
pub fn of_organization(connection: &mut AnyConnection, organization: Option<Uuid>) -> Result<Vec<Account>> {
    let of_organization = match organization {
        Some(id) => holders(connection, Role::OrganizationAdmin, Some(id))?,
        None => Vec::new(),
    };
    if of_organization.is_empty() { holders(connection, Role::Administrator, None) } else { Ok(of_organization) }
}

fn holders(connection: &mut AnyConnection, role: Role, organization: Option<Uuid>) -> Result<Vec<Account>> {
    let mut query = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::role.eq(role.code()))
        .filter(memberships::status.eq(MembershipStatus::Active.code()))
        .filter(accounts::status.eq(AccountStatus::Active.code()))
        .filter(accounts::email.is_not_null())
        .order(accounts::id)
        .select(Row::as_select())
        .into_boxed();
    if let Some(id) = organization {
        query = query.filter(memberships::organization_id.eq(id.to_string()));
    }
    let rows: Vec<Row> = query.load(connection)?;
    let mut found = rows.into_iter().map(Account::try_from).collect::<Result<Vec<_>>>()?;
    found.dedup_by_key(|account| account.id);
    Ok(found)
}
