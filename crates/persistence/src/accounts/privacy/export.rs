//! Everything the portal holds about a person, for that person (Art. 15 and 20 DSGVO). Secrets and their hashes are left out: they say nothing
//! about anybody, and a copy of them would be a danger.

use crate::access::Myself;
use crate::accounts::{account, factors, memberships};
use crate::connection::AnyConnection;
use crate::convert::timestamp;
use crate::error::{Error, Result};
use crate::schema::{
    accounts, applications, audit_actors, audit_details, audit_entries, ceremonies, identity_links, one_time_tokens, recovery_codes, sessions,
    totp_factors,
};
use diesel::prelude::*;
use domain::accounts::EmailAddress;
use domain::{Timestamp, Uuid};
use serde_json::{Value, json};

/// Everything as JSON, one section for each kind.
pub fn export(connection: &mut AnyConnection, myself: &Myself, now: Timestamp) -> Result<Value> {
    let account = account::get(connection, myself.account())?.ok_or(Error::Unknown)?;
    let (id, key) = (account.id.to_string(), account.email.as_ref().map(EmailAddress::key).unwrap_or_default());
    let password_changed: Option<i64> = accounts::table.find(&id).select(accounts::password_changed_at).first(connection)?;
    let memberships: Vec<Value> = memberships::memberships_of(connection, account.id)?
        .into_iter()
        .map(|held| json!({ "id": held.id, "role": held.role, "organization": held.organization, "status": held.status, "createdAt": held.created_at }))
        .collect();
    Ok(json!({
        "exportedAt": now,
        "account": {
            "id": account.id, "email": account.email, "name": account.name, "language": account.language, "status": account.status,
            "createdAt": account.created_at, "updatedAt": account.updated_at, "lastSignInAt": account.last_sign_in_at,
            "passwordChangedAt": moment(password_changed)?,
        },
        "memberships": memberships,
        "sessions": sessions_of(connection, &id)?,
        "secondFactors": second_factors(connection, account.id)?,
        "otherProviders": providers(connection, &id)?,
        "links": links(connection, &id)?,
        "applications": applications_of(connection, &key)?,
        "log": logged(connection, &id)?,
    }))
}

fn moment(micros: Option<i64>) -> Result<Option<Timestamp>> {
    micros.map(timestamp).transpose()
}

type SessionRow = (String, String, i64, i64, i64, i64, Option<String>, Option<String>, Option<i64>, Option<String>);

fn sessions_of(connection: &mut AnyConnection, account: &str) -> Result<Vec<Value>> {
    let rows: Vec<SessionRow> = sessions::table
        .filter(sessions::account_id.eq(account))
        .order(sessions::id.desc())
        .select((
            sessions::id,
            sessions::methods,
            sessions::created_at,
            sessions::authenticated_at,
            sessions::last_used_at,
            sessions::expires_at,
            sessions::address,
            sessions::user_agent,
            sessions::ended_at,
            sessions::end_reason,
        ))
        .load(connection)?;
    rows.into_iter()
        .map(|(id, methods, created, authenticated, used, expires, address, user_agent, ended, reason)| {
            Ok(json!({
                "id": id, "methods": methods.split_whitespace().collect::<Vec<_>>(), "createdAt": timestamp(created)?,
                "authenticatedAt": timestamp(authenticated)?, "lastUsedAt": timestamp(used)?, "expiresAt": timestamp(expires)?,
                "address": address, "userAgent": user_agent, "endedAt": moment(ended)?, "endReason": reason,
            }))
        })
        .collect()
}

fn second_factors(connection: &mut AnyConnection, account: Uuid) -> Result<Value> {
    let id = account.to_string();
    let totp: Option<(i64, Option<i64>)> =
        totp_factors::table.find(&id).select((totp_factors::created_at, totp_factors::confirmed_at)).first(connection).optional()?;
    let totp = match totp {
        Some((created, confirmed)) => json!({ "createdAt": timestamp(created)?, "confirmedAt": moment(confirmed)? }),
        None => Value::Null,
    };
    let codes: Vec<(i64, Option<i64>)> = recovery_codes::table
        .filter(recovery_codes::account_id.eq(&id))
        .select((recovery_codes::created_at, recovery_codes::used_at))
        .load(connection)?;
    let codes = codes.into_iter().map(|(created, used)| Ok(json!({ "createdAt": timestamp(created)?, "usedAt": moment(used)? })));
    let passkeys = factors::passkeys_of(connection, account)?.into_iter().map(|key| {
        json!({ "id": key.id, "credentialId": key.credential_id, "name": key.name, "createdAt": key.created_at, "lastUsedAt": key.last_used_at })
    });
    let begun: Vec<(String, i64, i64)> = ceremonies::table
        .filter(ceremonies::account_id.eq(&id))
        .select((ceremonies::kind, ceremonies::created_at, ceremonies::expires_at))
        .load(connection)?;
    let begun = begun.into_iter().map(|(kind, at, until)| Ok(json!({ "kind": kind, "createdAt": timestamp(at)?, "expiresAt": timestamp(until)? })));
    Ok(json!({
        "totp": totp,
        "recoveryCodes": codes.collect::<Result<Vec<_>>>()?,
        "passkeys": passkeys.collect::<Vec<_>>(),
        "begun": begun.collect::<Result<Vec<_>>>()?,
    }))
}

fn providers(connection: &mut AnyConnection, account: &str) -> Result<Vec<Value>> {
    let rows: Vec<(String, String, i64)> = identity_links::table
        .filter(identity_links::account_id.eq(account))
        .select((identity_links::issuer, identity_links::subject, identity_links::created_at))
        .load(connection)?;
    rows.into_iter().map(|(issuer, subject, at)| Ok(json!({ "issuer": issuer, "subject": subject, "createdAt": timestamp(at)? }))).collect()
}

type LinkRow = (String, Option<String>, i64, i64, Option<i64>);

fn links(connection: &mut AnyConnection, account: &str) -> Result<Vec<Value>> {
    let rows: Vec<LinkRow> = one_time_tokens::table
        .filter(one_time_tokens::account_id.eq(account))
        .order(one_time_tokens::created_at)
        .select((one_time_tokens::purpose, one_time_tokens::data, one_time_tokens::created_at, one_time_tokens::expires_at, one_time_tokens::used_at))
        .load(connection)?;
    let link = |(purpose, data, created, expires, used): LinkRow| {
        Ok(
            json!({ "purpose": purpose, "newEmail": data, "createdAt": timestamp(created)?, "expiresAt": timestamp(expires)?, "usedAt": moment(used)? }),
        )
    };
    rows.into_iter().map(link).collect()
}

type ApplicationRow = (String, String, String, Option<String>, String, Option<String>, String, i64, Option<i64>, Option<i64>, Option<String>);

fn applications_of(connection: &mut AnyConnection, email_key: &str) -> Result<Vec<Value>> {
    let rows: Vec<ApplicationRow> = applications::table
        .filter(applications::email_key.eq(email_key))
        .order(applications::id)
        .select((
            applications::id,
            applications::organization_name,
            applications::organization_kind,
            applications::website,
            applications::contact_name,
            applications::message,
            applications::status,
            applications::created_at,
            applications::verified_at,
            applications::decided_at,
            applications::reason,
        ))
        .load(connection)?;
    let application = |(id, organization, kind, website, contact, message, status, created, verified, decided, reason): ApplicationRow| {
        Ok(json!({
            "id": id, "organizationName": organization, "organizationKind": kind, "website": website, "contactName": contact, "message": message,
            "status": status, "createdAt": timestamp(created)?, "verifiedAt": moment(verified)?, "decidedAt": moment(decided)?, "reason": reason,
        }))
    };
    rows.into_iter().map(application).collect()
}

type LogRow = (i64, String, Option<String>, String, String, Option<String>);
type LogActor = (Option<String>, Option<String>);
type LogDetail = (Option<String>, Option<String>);

/// Of what the person did: from where. Of what was done to the account: the values, but not who and from where. Other people's data stays out.
fn logged(connection: &mut AnyConnection, account: &str) -> Result<Vec<Value>> {
    let rows: Vec<(LogRow, Option<LogActor>, Option<LogDetail>)> = audit_entries::table
        .left_join(audit_actors::table)
        .left_join(audit_details::table)
        .filter(audit_entries::actor_id.eq(account).or(audit_entries::target_id.eq(account)))
        .order(audit_entries::seq)
        .select((
            (
                audit_entries::at,
                audit_entries::action,
                audit_entries::actor_id,
                audit_entries::actor_kind,
                audit_entries::target_kind,
                audit_entries::target_id,
            ),
            (audit_actors::address, audit_actors::user_agent).nullable(),
            (audit_details::before, audit_details::after).nullable(),
        ))
        .load(connection)?;
    rows.into_iter()
        .map(|((at, action, actor, actor_kind, target_kind, target), from, values)| {
            let (acted, concerned) = (actor.as_deref() == Some(account), target.as_deref() == Some(account));
            let (address, user_agent) = from.filter(|_| acted).unwrap_or_default();
            let (before, after) = values.filter(|_| concerned).unwrap_or_default();
            Ok(json!({
                "at": timestamp(at)?, "action": action, "by": if acted { "yourself" } else { actor_kind.as_str() }, "address": address,
                "userAgent": user_agent, "target": { "kind": target_kind, "id": target }, "before": json_of(before)?, "after": json_of(after)?,
            }))
        })
        .collect()
}

fn json_of(text: Option<String>) -> Result<Option<Value>> {
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::corrupt)
}
