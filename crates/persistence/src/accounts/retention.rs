//! Clearing away what is no longer needed. The periods stand in `data/privacy.toml`.

use crate::accounts::erasure;
use crate::connection::AnyConnection;
use crate::convert::{micros, uuid};
use crate::error::Result;
use crate::partners::{idempotency, spent_tokens};
use crate::schema::{accounts, applications, audit_actors, audit_details, audit_entries, ceremonies, mails, one_time_tokens, sessions};
use diesel::prelude::*;
use domain::accounts::{AccountStatus, Actor, ApplicationStatus};
use domain::privacy::Inventory;
use domain::{Rng, Timestamp, Uuid};

/// How many rows went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Sessions that have ended.
    pub sessions: usize,
    /// One-time links that were used or have expired.
    pub links: usize,
    /// Sign-ins that nobody finished.
    pub ceremonies: usize,
    /// Mails that were sent or given up.
    pub mails: usize,
    /// Applications.
    pub applications: usize,
    /// Invitations that nobody accepted.
    pub invitations: usize,
    /// Personal details of the audit log.
    pub audit: usize,
    /// Keys of repeated requests.
    pub idempotency_keys: usize,
    /// Ids of tokens that would have expired by now.
    pub spent_tokens: usize,
}

/// Clears away what is past its period.
pub fn run(connection: &mut AnyConnection, rng: &dyn Rng, now: Timestamp) -> Result<Cleared> {
    let inventory = Inventory::get();
    let before = |rule: &str| now.checked_sub_signed(inventory.period(rule)).unwrap_or(now);
    let ended = micros(before("sessions"));
    let sessions =
        diesel::delete(sessions::table.filter(sessions::ended_at.lt(ended).or(sessions::expires_at.lt(ended).nullable()))).execute(connection)?;
    let over = micros(before("links"));
    let stale = one_time_tokens::used_at.lt(over).or(one_time_tokens::expires_at.lt(over).nullable());
    let links = diesel::delete(one_time_tokens::table.filter(stale)).execute(connection)?;
    let unfinished = micros(before("ceremonies"));
    let ceremonies = diesel::delete(ceremonies::table.filter(ceremonies::expires_at.lt(unfinished))).execute(connection)?;
    let done = micros(before("mails"));
    let mails = diesel::delete(mails::table.filter(mails::sent_at.lt(done).or(mails::failed_at.lt(done)))).execute(connection)?;
    Ok(Cleared {
        sessions,
        links,
        ceremonies,
        mails,
        applications: clear_applications(connection, &before)?,
        invitations: clear_invitations(connection, before("invitations"), rng, now)?,
        audit: clear_audit(connection, before("audit"))?,
        idempotency_keys: idempotency::forget(connection, before("idempotency-keys"))?,
        spent_tokens: spent_tokens::forget(connection, now)?,
    })
}

fn clear_applications(connection: &mut AnyConnection, before: &dyn Fn(&str) -> Timestamp) -> Result<usize> {
    let unverified = applications::table
        .filter(applications::verified_at.is_null())
        .filter(applications::created_at.lt(micros(before("applications-unverified"))));
    let mut cleared = diesel::delete(unverified).execute(connection)?;
    for (status, rule) in [(ApplicationStatus::Rejected, "applications-rejected"), (ApplicationStatus::Approved, "applications-approved")] {
        let decided = applications::table.filter(applications::status.eq(status.code())).filter(applications::decided_at.lt(micros(before(rule))));
        cleared += diesel::delete(decided).execute(connection)?;
    }
    Ok(cleared)
}

fn clear_invitations(connection: &mut AnyConnection, before: Timestamp, rng: &dyn Rng, now: Timestamp) -> Result<usize> {
    let stale: Vec<String> = accounts::table
        .filter(accounts::status.eq(AccountStatus::Invited.code()))
        .filter(accounts::updated_at.lt(micros(before)))
        .select(accounts::id)
        .load(connection)?;
    let stale = stale.iter().map(|id| uuid(id)).collect::<Result<Vec<Uuid>>>()?;
    for id in &stale {
        if let Some(account) = super::account::get(connection, *id)? {
            erasure::erase(connection, &Actor::system(), &account, account.version, rng, now)?;
        }
    }
    Ok(stale.len())
}

/// Who acted from where and the values before and after go; that something was done, to what and when, stays.
fn clear_audit(connection: &mut AnyConnection, before: Timestamp) -> Result<usize> {
    let old = || audit_entries::table.filter(audit_entries::at.lt(micros(before))).select(audit_entries::seq);
    let actors = diesel::delete(audit_actors::table.filter(audit_actors::seq.eq_any(old()))).execute(connection)?;
    let details = diesel::delete(audit_details::table.filter(audit_details::seq.eq_any(old()))).execute(connection)?;
    Ok(actors + details)
}
