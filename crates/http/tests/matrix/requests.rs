//! Requests that whoever may do it would succeed with: paths filled in, bodies valid.

use super::operations::{Operation, Policy};
use super::principals::Visitor;
use super::things::{Place, Things};
use crate::common::Node;
use reqwest::blocking::RequestBuilder;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bodies never repeat a name that must be the only one.
static NUMBER: AtomicU64 = AtomicU64::new(1);

/// The request of a visitor.
pub(crate) fn request(node: &Node, operation: &Operation, place: &Place, things: &Things, visitor: &Visitor) -> RequestBuilder {
    let mut url = node.url(&path(operation, place, things, visitor));
    for (index, name) in operation.query.iter().enumerate() {
        url += &format!("{}{name}={}", if index == 0 { '?' } else { '&' }, query(operation, name));
    }
    let mut request = node.client.request(operation.method.to_uppercase().parse().unwrap(), url);
    // A schedule is replaced here, not begun; so is a mapping of columns.
    if operation.if_match || ["putSchedule", "putMapping"].contains(&operation.id.as_str()) {
        let version = match operation.path.trim_start_matches(http::PREFIX) {
            // It was changed once already: its address was confirmed.
            path if path.starts_with("/applications/") => 2,
            "/me" => visitor.version,
            _ => 1,
        };
        request = request.header("if-match", format!("\"{version}\""));
    }
    if let Some((kind, example)) = &operation.body {
        request = match body(operation, things).or_else(|| example.clone()) {
            // A form says how its parts are kept apart.
            Some(Value::String(text)) if kind == "multipart/form-data" => request.header("content-type", format!("{kind}; boundary=x")).body(text),
            Some(Value::String(text)) => request.header("content-type", kind).body(text),
            Some(fields) if kind == "application/x-www-form-urlencoded" => request.header("content-type", kind).body(form(&fields)),
            Some(json) => request.header("content-type", kind).body(json.to_string()),
            None => panic!(
                "{} ({}) takes a body but has no example: add one to its documentation, or a line to `body` in crates/http/tests/matrix/requests.rs",
                operation.name(),
                operation.id
            ),
        };
    }
    if operation.id == "appendUpload" {
        request = request.header("upload-offset", "0");
    }
    match (operation.policy, &visitor.credentials, &visitor.token) {
        (Policy::Client, Some((id, secret)), _) => request.basic_auth(id, Some(secret)),
        (Policy::Client, None, _) => request,
        // From the own pages, but without a cookie: whoever has only a token has no session to renew.
        (Policy::Cookie, _, _) => request.header("sec-fetch-site", "same-origin"),
        (_, _, Some(token)) => request.bearer_auth(token),
        (_, _, None) => request,
    }
}

/// The path with its parameters filled in, by what stands before them.
fn path(operation: &Operation, place: &Place, things: &Things, visitor: &Visitor) -> String {
    let mut filled = Vec::new();
    let mut before = "";
    for segment in operation.path.split('/') {
        filled.push(match segment.split_once('}') {
            None => segment.to_owned(),
            Some((name, suffix)) => {
                let name = name.trim_start_matches('{');
                let value = parameter(before, name, place, things, visitor).unwrap_or_else(|| {
                    panic!(
                        "{} has a parameter {name} after {before}: say in `parameter` in crates/http/tests/matrix/requests.rs what to fill in",
                        operation.name()
                    )
                });
                format!("{value}{suffix}")
            }
        });
        before = segment;
    }
    filled.join("/")
}

fn parameter(before: &str, name: &str, place: &Place, things: &Things, visitor: &Visitor) -> Option<String> {
    let nobody = "019ab1c2-0000-7000-8000-00000000dead".to_owned();
    Some(match (before, name) {
        ("offers", "id") => place.offer.clone(),
        ("places", "id") => place.place.clone(),
        ("organizations", "id") => things.organization.to_string(),
        ("vocabularies", "id") => "topics".to_owned(),
        ("collections", "collection") => "places".to_owned(),
        ("items", "id") => place.place.clone(),
        ("services", "id") => place.service.clone(),
        ("duplicates", "id") => place.pair.to_string(),
        // Nobody has edited it.
        ("edits", "field") => "summary".to_owned(),
        ("sources", "source") => things.source.key.clone(),
        ("dumps", "name") => "catalogue.ndjson.gz".to_owned(),
        ("imports", "id") => things.import.to_string(),
        ("uploads", "upload") => things.upload.to_string(),
        ("clients", "client") => things.client.to_string(),
        ("secrets", "secret") => things.secret.to_string(),
        ("webhooks", "webhook") => things.webhook.to_string(),
        ("deliveries", "delivery") => things.delivery.to_string(),
        ("accounts", "id") => things.account.to_string(),
        ("memberships" | "members", "membership") => things.membership.to_string(),
        ("applications", "id") => things.application.to_string(),
        ("sessions", "id") => visitor.other_session.map_or(nobody, |id| id.to_string()),
        // Nobody here has a passkey: adding one needs an authenticator, which the tests of passkeys have.
        ("passkeys", "id") => nobody,
        // No other provider is set up.
        ("oidc" | "identities", "id") => "county".to_owned(),
        _ => return None,
    })
}

fn query(operation: &Operation, name: &str) -> &'static str {
    match name {
        "from" => "2026-12-01",
        "to" => "2026-12-31",
        "q" => "deutsch",
        other => panic!("{} demands the parameter {other}: say in `query` in crates/http/tests/matrix/requests.rs what to fill in", operation.name()),
    }
}

/// Bodies whose documented example would not do: they name something of the cell, something that must be new, or a link nobody was sent.
fn body(operation: &Operation, things: &Things) -> Option<Value> {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let email = format!("neu-{number}@example.org");
    let password = "Regenschirm am Hafen";
    // As links look; nobody was sent this one.
    let token = format!("bro_{}", "0".repeat(43));
    let ceremony = json!({ "challenge": token, "credential": {} });
    Some(match operation.id.as_str() {
        "createImport" => Value::String(r#"{"type":"organization","externalId":"o-1","name":"Chor","kind":"association"}"#.to_owned() + "\n"),
        "push" => {
            let part = |name: &str, value: &str| format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            let record = r#"{"type":"organization","externalId":"o-1","name":"Chor","kind":"association"}"#;
            Value::String(part("format", "ndjson") + &part("mode", "delta") + &part("file", record) + "--x--\r\n")
        }
        "createSource" => json!({ "key": format!("neu-{number}"), "name": "Neue Quelle", "licence": "cc-zero", "organization": things.organization }),
        "inviteAccount" => json!({ "email": email, "name": "Redaktion", "language": "de", "memberships": [{ "role": "editor" }] }),
        "inviteMember" => json!({ "email": email, "name": "Kursleitung", "language": "de", "role": "organization-editor" }),
        "grantMembership" => json!({ "role": "steering-member" }),
        // Says what is so already: the record stays at version 1.
        "editOffer" | "editOrganization" | "editPlace" => json!({ "url": null }),
        // Nothing was decided about it: a conflict, and the pair stays at version 1.
        "decideDuplicate" => json!({ "decision": "reopen" }),
        "decideApplication" => json!({ "decision": "reject", "reason": "Es gibt die Einrichtung schon." }),
        "login" => json!({ "email": email, "password": password }),
        "giveSecondFactor" => json!({ "challenge": token, "method": "totp", "code": "000000" }),
        "givePasskey" | "signInWithPasskey" => ceremony,
        "addPasskey" => json!({ "challenge": token, "credential": {}, "name": "Schlüssel" }),
        "stepUp" => json!({ "password": password }),
        "showInvitation" | "joinByInvitation" | "confirmEmailChange" | "verifyApplication" => json!({ "token": token }),
        "acceptInvitation" => json!({ "token": token, "name": "Redaktion", "password": password, "language": "de" }),
        "confirmPasswordReset" => json!({ "token": token, "password": password }),
        "judgePassword" => json!({ "password": password }),
        "changePassword" => json!({ "password": password }),
        "requestEmailChange" => json!({ "email": email }),
        "confirmTotp" => json!({ "code": "000000" }),
        _ => return None,
    })
}

/// Fields of a form.
fn form(fields: &Value) -> String {
    let mut form = reqwest::Url::parse("form:").unwrap();
    form.query_pairs_mut().extend_pairs(fields.as_object().unwrap().iter().map(|(name, value)| (name, value.as_str().unwrap())));
    form.query().unwrap().to_owned()
}
