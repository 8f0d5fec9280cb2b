//! `GET /audit`: entries of the audit log.

use super::filter::{self, AuditParameters};
use crate::access::{Access, May};
use crate::catalogue::found;
use crate::cursor;
use crate::list::Page;
use crate::partners::imports::list::PageParameters;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use domain::Uuid;
use domain::accounts::OrganizationRef;
use domain::accounts::may::ReadAudit;
use persistence::audit::{self, Entry};
use persistence::{AnyConnection, access};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utoipa::ToSchema;

/// A page of the audit log.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AuditList {
    /// The entries, the latest first.
    pub data: Vec<AuditEntry>,
    /// Where the list stands.
    pub page: Page,
}

/// An entry. What is personal is missing once it was erased.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Position in the log; there may be gaps.
    #[schema(examples(4711))]
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: AuditActor,
    /// What was done.
    #[schema(examples("account.suspended"))]
    pub action: String,
    /// To what.
    pub target: AuditTarget,
    /// The organisation it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationRef>,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// With which browser or program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// What changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<AuditChange>,
    /// SHA-256 of the entry and the hash of the one before it, in hexadecimal.
    #[schema(min_length = 64, max_length = 64)]
    pub hash: String,
}

/// Who did it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AuditActor {
    /// What kind of actor.
    pub kind: AuditActorKind,
    /// Id of the account or client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What kind of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuditActorKind {
    /// A person.
    Account,
    /// A partner system.
    Client,
    /// The program itself, or whoever operates it from the command line.
    System,
    /// Somebody who was not signed in.
    Anonymous,
}

/// What it was done to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AuditTarget {
    /// Kind of thing.
    #[schema(examples("account"))]
    pub kind: String,
    /// Its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A field that changed.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditChange {
    /// Name of the field.
    #[schema(examples("status"))]
    pub field: String,
    /// Its value before; `null` if it had none.
    pub before: Value,
    /// Its value after; `null` if it has none.
    pub after: Value,
}

/// Read the audit log
///
/// Who did what to what, the latest first. That it was read, and what was looked for, is noted in the log itself; going on with `cursor` is not
/// noted again.
#[utoipa::path(
    get, path = "/audit", operation_id = "listAudit", tag = "audit", params(AuditParameters, PageParameters),
    responses(
        (status = 200, description = "A page of the log.", body = AuditList, content_type = "application/json", example = json!({
            "data": [{ "seq": 4711, "at": "2026-11-24T08:00:00Z", "actor": { "kind": "account", "id": "019ab1c2-0000-7000-8000-000000000021", "name": "Administration" },
                "action": "account.suspended", "target": { "kind": "account", "id": "019ab1c2-0000-7000-8000-000000000022", "name": "Redaktion" },
                "address": "192.0.2.7", "changes": [{ "field": "status", "before": "active", "after": "suspended" }],
                "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors
    )
)]
pub(crate) async fn list_audit(access: Access<May<ReadAudit>>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let filter = filter::read(&mut parameters);
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint("audit");
    let language = parameters.finish()?;
    let before = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?;
    if before.is_none() {
        note(&state, access.actor(), &filter, "list").await?;
    }
    let (actor, now) = (access.actor().clone(), state.now());
    let (mut found, organizations, total) = state
        .read(move |connection| {
            let allowed = persistence::access::allow::<ReadAudit>(connection, &actor, now)?;
            let found = audit::list(connection, &allowed, &filter, before, i64::from(limit) + 1)?;
            let organizations = organizations(connection, &found)?;
            Ok((found, organizations, audit::count(connection, &allowed, &filter)?))
        })
        .await?;
    let next = found::next_page(&mut found, limit, |entry| cursor::encode(list, &entry.seq.to_string()));
    let data = found.into_iter().map(|entry| view(entry, &organizations)).collect::<Result<_, _>>()?;
    private_json(&request, language, &AuditList { data, page: Page { next, limit, total: u64::try_from(total).unwrap_or(0) } })
}

/// Notes that somebody begins to read, before anything is handed out. Returns the position of the note.
pub(super) async fn note(state: &AppState, actor: &domain::accounts::Actor, filter: &audit::Filter, form: &'static str) -> Result<i64, ApiError> {
    let (store, rng, now) = (state.services.store.clone(), Arc::clone(&state.services.rng), state.now());
    let (actor, filter) = (actor.clone(), filter.clone());
    let write = move |connection: &mut AnyConnection| {
        let allowed = access::allow::<ReadAudit>(connection, &actor, now)?;
        audit::note_reading(connection, &allowed, &filter, form, &*rng, now)
    };
    state.writing.run(move || Ok(store.write(write)?)).await
}

/// The names of the organisations of some entries.
fn organizations(connection: &mut AnyConnection, entries: &[Entry]) -> persistence::Result<BTreeMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = entries.iter().filter_map(|entry| entry.organization).collect();
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(found) = access::organization(connection, id)? {
            names.insert(id, found.name);
        }
    }
    Ok(names)
}

fn view(entry: Entry, organizations: &BTreeMap<Uuid, String>) -> Result<AuditEntry, ApiError> {
    let kind = match entry.actor_kind.as_str() {
        "account" => AuditActorKind::Account,
        "client" => AuditActorKind::Client,
        "system" => AuditActorKind::System,
        "anonymous" => AuditActorKind::Anonymous,
        other => return Err(ApiError::internal(format!("the audit log has an actor of kind {other:?}"))),
    };
    // An organisation that is not in the catalogue any more has its id for a name, as everywhere.
    let named = |id: Uuid| OrganizationRef { id, name: organizations.get(&id).cloned().unwrap_or_else(|| id.to_string()) };
    Ok(AuditEntry {
        seq: entry.seq,
        at: entry.at,
        actor: AuditActor { kind, id: entry.actor_id, name: entry.actor_name },
        action: entry.action,
        target: AuditTarget { kind: entry.target_kind, id: entry.target_id, name: entry.target_name },
        organization: entry.organization.map(named),
        address: entry.address,
        user_agent: entry.user_agent,
        changes: changes(entry.before, entry.after),
        hash: hex::encode(entry.hash),
    })
}

/// Before and after, field by field.
fn changes(before: Option<Value>, after: Option<Value>) -> Vec<AuditChange> {
    let fields = |value: Option<Value>| match value {
        Some(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (mut before, mut after) = (fields(before), fields(after));
    let names: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let mut take =
        |field: String| AuditChange { before: before.remove(&field).unwrap_or_default(), after: after.remove(&field).unwrap_or_default(), field };
    names.into_iter().map(&mut take).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn before_and_after_meet_by_field() {
        let found = changes(Some(json!({"status": "active", "old": 1})), Some(json!({"status": "suspended", "new": [2]})));
        let expected = [("new", Value::Null, json!([2])), ("old", json!(1), Value::Null), ("status", json!("active"), json!("suspended"))];
        let expected: Vec<AuditChange> =
            expected.into_iter().map(|(field, before, after)| AuditChange { field: field.to_owned(), before, after }).collect();
        assert_eq!(found, expected);
        assert_eq!(changes(None, None), []);
    }
}
