//! Memberships: which roles an account has, and where. Changes of them count as changes of the account, too.

use crate::access::{self, Allowed, Owned};
use crate::accounts::account;
use crate::accounts::administration::{everywhere, guard_last_administrator, is_administrator};
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{code, micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::memberships;
use diesel::prelude::*;
use domain::accounts::may::{ManageAccounts, ManageMembers};
use domain::accounts::{Actor, Membership, MembershipStatus, OrganizationRef, Role};
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

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

#[derive(Queryable, Selectable)]
#[diesel(table_name = memberships)]
struct MembershipRow {
    id: String,
    account_id: String,
    role: String,
    organization_id: Option<String>,
    status: String,
    created_at: i64,
    version: i64,
}

/// All memberships of an account, oldest first.
pub fn memberships_of(connection: &mut AnyConnection, account: Uuid) -> Result<Vec<Membership>> {
    let rows: Vec<MembershipRow> = memberships::table
        .filter(memberships::account_id.eq(account.to_string()))
        .order(memberships::id)
        .select(MembershipRow::as_select())
        .load(connection)?;
    rows.into_iter().map(|row| membership(connection, row)).collect()
}

fn membership(connection: &mut AnyConnection, row: MembershipRow) -> Result<Membership> {
    let organization = match row.organization_id.as_deref().map(uuid).transpose()? {
        None => None,
        // An organisation that is no longer in the catalogue keeps its people; its id has to do for a name.
        Some(id) => Some(access::organization(connection, id)?.unwrap_or_else(|| OrganizationRef { id, name: id.to_string() })),
    };
    Ok(Membership {
        id: uuid(&row.id)?,
        account_id: uuid(&row.account_id)?,
        role: code(&row.role)?,
        organization,
        status: code(&row.status)?,
        created_at: timestamp(row.created_at)?,
        version: row.version,
    })
}

/// The membership with this id of this account.
pub fn get(connection: &mut AnyConnection, account: Uuid, id: Uuid) -> Result<Option<Membership>> {
    let row = memberships::table
        .find(id.to_string())
        .filter(memberships::account_id.eq(account.to_string()))
        .select(MembershipRow::as_select())
        .first(connection)
        .optional()?;
    row.map(|row| membership(connection, row)).transpose()
}

/// The membership with this id in this organisation.
pub fn in_organization(connection: &mut AnyConnection, organization: Uuid, id: Uuid) -> Result<Option<Membership>> {
    let row = memberships::table
        .find(id.to_string())
        .filter(memberships::organization_id.eq(organization.to_string()))
        .select(MembershipRow::as_select())
        .first(connection)
        .optional()?;
    row.map(|row| membership(connection, row)).transpose()
}

/// Grants a role. [`Error::Exists`] if the account has it there already.
pub fn grant(connection: &mut AnyConnection, allowed: &Allowed<ManageAccounts>, membership: &Membership, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    everywhere(allowed)?;
    add(connection, allowed.actor(), membership, rng, at)
}

/// Grants a role within the own organisation; `invited_as` is the name that its administrators see until the person has agreed.
/// [`Error::Exists`] if the account has it there already.
pub fn invite(
    connection: &mut AnyConnection,
    owned: &Owned<OrganizationRef, ManageMembers>,
    membership: &Membership,
    invited_as: &str,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    if membership.organization.as_ref() != Some(owned.value()) {
        return Err(Error::NotFound);
    }
    add(connection, owned.actor(), membership, rng, at)?;
    diesel::update(memberships::table.find(membership.id.to_string())).set(memberships::invited_name.eq(invited_as)).execute(connection)?;
    Ok(())
}

/// Grants a role on behalf of whoever may decide about it; the caller has the proof.
pub(crate) fn add(connection: &mut AnyConnection, actor: &Actor, membership: &Membership, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    account::touch(connection, membership.account_id, at)?;
    insert_membership(connection, membership)?;
    let event = event(connection, "membership.granted", membership)?.changed(None, state(membership));
    audit::append(connection, actor, &event, rng, at)
}

/// Lets a membership count, or not for the time being. [`Error::NotFound`] if there is none, [`Error::Conflict`] if it is not at version
/// `expected`, [`Error::LastAdministrator`] if nobody could administer the portal any more.
pub fn set_status(
    connection: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    key: (Uuid, Uuid),
    expected: i64,
    status: MembershipStatus,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Membership> {
    everywhere(allowed)?;
    let before = get(connection, key.0, key.1)?.ok_or(Error::NotFound)?;
    change(connection, allowed.actor(), &before, expected, Change { status: Some(status), role: None }, rng, at)
}

/// Takes a role away. Errors like [`set_status`].
pub fn remove(
    connection: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    key: (Uuid, Uuid),
    expected: i64,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    everywhere(allowed)?;
    let before = get(connection, key.0, key.1)?.ok_or(Error::NotFound)?;
    delete(connection, allowed.actor(), &before, expected, rng, at)
}

/// What is to become of a membership.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    /// Another role.
    pub role: Option<Role>,
    /// Another status.
    pub status: Option<MembershipStatus>,
}

/// Changes a membership of the own organisation. It does not count before the person has agreed, whatever is asked for. Errors like
/// [`set_status`]; [`Error::Exists`] if the person has the other role already.
pub fn change_member(
    connection: &mut AnyConnection,
    owned: &Owned<OrganizationRef, ManageMembers>,
    id: Uuid,
    expected: i64,
    mut what: Change,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Membership> {
    let before = in_organization(connection, owned.value().id, id)?.ok_or(Error::NotFound)?;
    let asked: Option<String> = memberships::table.find(id.to_string()).select(memberships::invited_name).first(connection)?;
    if asked.is_some() && what.status == Some(MembershipStatus::Active) {
        what.status = Some(MembershipStatus::Invited);
    }
    change(connection, owned.actor(), &before, expected, what, rng, at)
}

/// Takes a role within the own organisation away. Errors like [`set_status`].
pub fn remove_member(
    connection: &mut AnyConnection,
    owned: &Owned<OrganizationRef, ManageMembers>,
    id: Uuid,
    expected: i64,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    let before = in_organization(connection, owned.value().id, id)?.ok_or(Error::NotFound)?;
    delete(connection, owned.actor(), &before, expected, rng, at)
}

fn change(
    connection: &mut AnyConnection,
    actor: &Actor,
    before: &Membership,
    expected: i64,
    what: Change,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Membership> {
    let after =
        Membership { role: what.role.unwrap_or(before.role), status: what.status.unwrap_or(before.status), version: expected + 1, ..before.clone() };
    let administered = is_administrator(connection, before.account_id)?;
    account::touch(connection, before.account_id, at)?;
    let changed = diesel::update(memberships::table.find(before.id.to_string()))
        .filter(memberships::version.eq(expected))
        .set((memberships::role.eq(after.role.code()), memberships::status.eq(after.status.code()), memberships::version.eq(after.version)))
        .execute(connection)?;
    if changed == 0 {
        return Err(Error::Conflict(before.version));
    }
    let event = event(connection, "membership.changed", &after)?.changed(state(before), state(&after));
    audit::append(connection, actor, &event, rng, at)?;
    guard_last_administrator(connection, administered)?;
    Ok(after)
}

fn delete(connection: &mut AnyConnection, actor: &Actor, before: &Membership, expected: i64, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let administered = is_administrator(connection, before.account_id)?;
    account::touch(connection, before.account_id, at)?;
    let deleted = diesel::delete(memberships::table.find(before.id.to_string()).filter(memberships::version.eq(expected))).execute(connection)?;
    if deleted == 0 {
        return Err(Error::Conflict(before.version));
    }
    let event = event(connection, "membership.removed", before)?.changed(state(before), None);
    audit::append(connection, actor, &event, rng, at)?;
    guard_last_administrator(connection, administered)
}

/// Makes the invited memberships of an account count: its person has agreed. `only`: these, or all.
pub(crate) fn activate(connection: &mut AnyConnection, account: Uuid, only: Option<Uuid>, at: Timestamp) -> Result<Vec<Membership>> {
    account::touch(connection, account, at)?;
    let mut agreed = Vec::new();
    for before in memberships_of(connection, account)? {
        if before.status == MembershipStatus::Invited && only.is_none_or(|only| only == before.id) {
            let version = before.version + 1;
            diesel::update(memberships::table.find(before.id.to_string()))
                .set((
                    memberships::status.eq(MembershipStatus::Active.code()),
                    memberships::invited_name.eq(None::<String>),
                    memberships::version.eq(version),
                ))
                .execute(connection)?;
            agreed.push(Membership { status: MembershipStatus::Active, version, ..before });
        }
    }
    Ok(agreed)
}

fn state(membership: &Membership) -> Option<serde_json::Value> {
    Some(json!({ "role": membership.role.code(), "organization": membership.organization, "status": membership.status.code() }))
}

fn event(connection: &mut AnyConnection, action: &'static str, membership: &Membership) -> Result<Event> {
    let name = account::get(connection, membership.account_id)?.map_or_else(String::new, |account| account.name);
    let organization = membership.organization.as_ref().map(|organization| organization.id);
    Ok(Event::new(action, "account", membership.account_id).named(name).within(organization))
}
