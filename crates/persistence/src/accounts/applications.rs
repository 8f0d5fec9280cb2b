//! Applications for access: handed in by anybody, confirmed by mail, decided by an editor.

use crate::access::{Allowed, organization};
use crate::accounts::administration::{add_invited, everywhere};
use crate::accounts::one_time_tokens::{self, Purpose};
use crate::accounts::{account, memberships};
use crate::audit::{self, Event};
use crate::connection::{AnyConnection, MultiBackend};
use crate::convert::{code, count, micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{accounts, applications};
use diesel::prelude::*;
use domain::accounts::may::ReviewApplications;
use domain::accounts::{
    Account, AccountStatus, Actor, Application, ApplicationDraft, ApplicationStatus, EmailAddress, Membership, MembershipStatus, OrganizationRef,
    Role,
};
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// Status of an application whose address is not confirmed yet: no editor sees it.
const UNVERIFIED: &str = "unverified";

#[derive(Queryable, Selectable)]
#[diesel(table_name = applications)]
struct Row {
    id: String,
    organization_name: String,
    organization_kind: String,
    website: Option<String>,
    contact_name: String,
    email: Option<String>,
    message: Option<String>,
    language: String,
    status: String,
    created_at: i64,
    verified_at: Option<i64>,
    decided_at: Option<i64>,
    decided_by: Option<String>,
    reason: Option<String>,
    organization_id: Option<String>,
    version: i64,
}

fn application(connection: &mut AnyConnection, row: Row) -> Result<Application> {
    let organization_id = row.organization_id.as_deref().map(uuid).transpose()?;
    let decided_by: Option<String> = match &row.decided_by {
        Some(id) => accounts::table.find(id).select(accounts::name).first(connection).optional()?,
        None => None,
    };
    Ok(Application {
        id: uuid(&row.id)?,
        organization_name: row.organization_name,
        organization_kind: row.organization_kind,
        website: row.website,
        contact_name: row.contact_name,
        email: row.email.as_deref().map(code).transpose()?,
        message: row.message,
        language: code(&row.language)?,
        status: code(&row.status)?,
        created_at: timestamp(row.created_at)?,
        verified_at: timestamp(row.verified_at.unwrap_or(row.created_at))?,
        decided_at: row.decided_at.map(timestamp).transpose()?,
        decided_by: decided_by.filter(|name| !name.is_empty()),
        reason: row.reason,
        organization: organization_id.map(|id| organization(connection, id)).transpose()?.flatten(),
        version: row.version,
    })
}

/// Keeps an application whose address is not confirmed yet.
pub fn hand_in(connection: &mut AnyConnection, id: Uuid, draft: &ApplicationDraft, at: Timestamp) -> Result<()> {
    diesel::insert_into(applications::table)
        .values((
            applications::id.eq(id.to_string()),
            applications::organization_name.eq(&draft.organization_name),
            applications::organization_kind.eq(&draft.organization_kind),
            applications::website.eq(&draft.website),
            applications::contact_name.eq(&draft.contact_name),
            applications::email.eq(draft.email.as_str()),
            applications::email_key.eq(draft.email.key()),
            applications::message.eq(&draft.message),
            applications::language.eq(draft.language.code()),
            applications::status.eq(UNVERIFIED),
            applications::created_at.eq(micros(at)),
            applications::version.eq(1),
        ))
        .execute(connection)?;
    Ok(())
}

/// How many applications named this address since an instant.
pub fn named_since(connection: &mut AnyConnection, email: &EmailAddress, since: Timestamp) -> Result<u64> {
    let recent = applications::table.filter(applications::email_key.eq(email.key())).filter(applications::created_at.gt(micros(since)));
    Ok(count(recent.count().get_result(connection)?))
}

/// Confirms the address of an application; editors see it from now on. [`Error::LinkInvalid`] if the token does not count.
pub fn verify(connection: &mut AnyConnection, actor: &Actor, digest: &str, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let id = one_time_tokens::use_up(connection, Purpose::Application, digest, at)?.subject.ok_or(Error::LinkInvalid)?;
    let verified = diesel::update(applications::table.find(id.to_string()).filter(applications::status.eq(UNVERIFIED)))
        .set((
            applications::status.eq(ApplicationStatus::Pending.code()),
            applications::verified_at.eq(micros(at)),
            applications::version.eq(applications::version + 1),
        ))
        .execute(connection)?;
    if verified == 0 {
        return Err(Error::LinkInvalid);
    }
    let name: String = applications::table.find(id.to_string()).select(applications::organization_name).first(connection)?;
    audit::append(connection, actor, &Event::new("application.verified", "application", id).named(name), rng, at)
}

fn narrowed(status: &[ApplicationStatus]) -> applications::BoxedQuery<'static, MultiBackend> {
    let wanted = if status.is_empty() { ApplicationStatus::ALL } else { status };
    applications::table.filter(applications::status.eq_any(wanted.iter().map(|status| status.code()).collect::<Vec<_>>())).into_boxed()
}

/// Up to `limit` applications with one of these statuses (any if there is none), the newest first, handed in before `before`; and how many
/// there are altogether.
pub fn list(
    connection: &mut AnyConnection,
    allowed: &Allowed<ReviewApplications>,
    status: &[ApplicationStatus],
    before: Option<Uuid>,
    limit: i64,
) -> Result<(Vec<Application>, u64)> {
    everywhere(allowed)?;
    let total: i64 = narrowed(status).count().get_result(connection)?;
    let mut query = narrowed(status).order(applications::id.desc()).limit(limit);
    if let Some(before) = before {
        query = query.filter(applications::id.lt(before.to_string()));
    }
    let rows = query.select(Row::as_select()).load(connection)?;
    let found = rows.into_iter().map(|row| application(connection, row)).collect::<Result<_>>()?;
    Ok((found, count(total)))
}

/// The application with this id. [`Error::NotFound`] if there is none, or if its address is not confirmed.
pub fn get(connection: &mut AnyConnection, allowed: &Allowed<ReviewApplications>, id: Uuid) -> Result<Application> {
    everywhere(allowed)?;
    let row = narrowed(&[]).filter(applications::id.eq(id.to_string())).select(Row::as_select()).first(connection).optional()?;
    application(connection, row.ok_or(Error::NotFound)?)
}

/// An application that can still be decided. [`Error::Conflict`] if it is not at version `expected`, [`Error::AlreadyDecided`].
pub fn undecided(connection: &mut AnyConnection, allowed: &Allowed<ReviewApplications>, id: Uuid, expected: i64) -> Result<Application> {
    let found = get(connection, allowed, id)?;
    if found.status != ApplicationStatus::Pending {
        return Err(Error::AlreadyDecided);
    }
    if found.version == expected { Ok(found) } else { Err(Error::Conflict(found.version)) }
}

/// Rejects an application. Errors like [`undecided`].
pub fn reject(
    connection: &mut AnyConnection,
    allowed: &Allowed<ReviewApplications>,
    id: Uuid,
    expected: i64,
    reason: &str,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Application> {
    decide(connection, allowed, id, expected, Decision::Reject(reason), rng, at)
}

/// Ids for what an approval may have to make.
#[derive(Debug, Clone, Copy)]
pub struct NewIds {
    /// Of the account.
    pub account: Uuid,
    /// Of the membership.
    pub membership: Uuid,
}

/// Approves an application: whoever applied becomes administrator of the organisation, with an account that is invited if there is none with
/// this address. Returns the application and the account. Errors like [`undecided`].
pub fn approve(
    connection: &mut AnyConnection,
    allowed: &Allowed<ReviewApplications>,
    id: Uuid,
    expected: i64,
    (organization, new): (&OrganizationRef, NewIds),
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<(Application, Account)> {
    let approved = decide(connection, allowed, id, expected, Decision::Approve(organization.id), rng, at)?;
    let email = approved.email.clone().ok_or(Error::NotFound)?;
    let account = match account::by_email(connection, &email)? {
        Some(account) => account,
        None => {
            let account = Account {
                id: new.account,
                email: Some(email),
                name: approved.contact_name.clone(),
                language: approved.language.code().to_owned(),
                status: AccountStatus::Invited,
                created_at: at,
                updated_at: at,
                last_sign_in_at: None,
                version: 1,
            };
            add_invited(connection, allowed.actor(), &account, Some(organization.id), rng, at)?;
            account
        }
    };
    let held = memberships::memberships_of(connection, account.id)?;
    let already = held.iter().any(|held| held.role == Role::OrganizationAdmin && held.organization.as_ref().map(|o| o.id) == Some(organization.id));
    if !already {
        // The address is confirmed, so nobody is made a member against their will.
        let status = if account.status == AccountStatus::Invited { MembershipStatus::Invited } else { MembershipStatus::Active };
        let membership = Membership {
            id: new.membership,
            account_id: account.id,
            role: Role::OrganizationAdmin,
            organization: Some(organization.clone()),
            status,
            created_at: at,
            version: 1,
        };
        memberships::add(connection, allowed.actor(), &membership, rng, at)?;
    }
    Ok((approved, account))
}

enum Decision<'a> {
    Approve(Uuid),
    Reject(&'a str),
}

fn decide(
    connection: &mut AnyConnection,
    allowed: &Allowed<ReviewApplications>,
    id: Uuid,
    expected: i64,
    decision: Decision<'_>,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Application> {
    let before = undecided(connection, allowed, id, expected)?;
    let (action, status, organization, reason) = match decision {
        Decision::Approve(organization) => ("application.approved", ApplicationStatus::Approved, Some(organization), None),
        Decision::Reject(reason) => ("application.rejected", ApplicationStatus::Rejected, None, Some(reason)),
    };
    let decided = diesel::update(applications::table.find(id.to_string()).filter(applications::version.eq(expected)))
        .set((
            applications::status.eq(status.code()),
            applications::decided_at.eq(micros(at)),
            applications::decided_by.eq(allowed.actor().account().map(|id| id.to_string())),
            applications::reason.eq(reason),
            applications::organization_id.eq(organization.map(|id| id.to_string())),
            applications::version.eq(expected + 1),
        ))
        .execute(connection)?;
    if decided == 0 {
        return Err(Error::Conflict(before.version));
    }
    let event = Event::new(action, "application", id)
        .named(&before.organization_name)
        .within(organization)
        .changed(json!({ "status": before.status.code() }), json!({ "status": status.code() }));
    audit::append(connection, allowed.actor(), &event, rng, at)?;
    get(connection, allowed, id)
}
