//! `docs/ROLES.md`: who may do what, from `data/roles.toml` and the OpenAPI document.

use domain::accounts::{Capability, Held, RoleScope, Roles};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;

const HEAD: &str = "# Roles

Made from `data/roles.toml` and the OpenAPI document by `make gen`; do not edit. `GET /api/v1/roles` says the same to programs.

A person has the union of the rights of all *active* memberships; what changes counts with the next request. *all* reaches everywhere, *own* the
organisation of the membership with its sources. What is out of reach looks like something that does not exist (404); a right that is missing is 403.
Everybody with an account may manage the own one. Where a second factor is demanded, a session without one reaches nothing but the own account.
";

/// The document.
pub(super) fn document() -> Result<String, Box<dyn Error>> {
    let (roles, operations) = (Roles::get(), operations()?);
    let mut text = HEAD.to_owned();
    text.push_str("\n## Who is who\n\n| role | name | holds | second factor | |\n|---|---|---|---|---|\n");
    for (role, rights) in &roles.roles {
        let scope = if rights.scope == RoleScope::Region { "in the region" } else { "in one organisation" };
        let factor = if rights.second_factor { "demanded" } else { "as one likes" };
        let (en, de) = (&rights.label.en, &rights.label.de);
        writeln!(text, "| `{}` | {en} · {de} | {scope} | {factor} | {} |", role.code(), rights.explanation.en)?;
    }
    text.push_str("\n## Who may do what\n\n| capability | what |");
    roles.roles.keys().try_for_each(|role| write!(text, " {} |", role.code()))?;
    text.push_str("\n|---|---|");
    roles.roles.keys().for_each(|_| text.push_str("---|"));
    text.push('\n');
    for (capability, label) in &roles.capabilities {
        write!(text, "| `{}` | {} |", capability.code(), label.en)?;
        for rights in roles.roles.values() {
            let reach = rights.capabilities.get(capability).map_or("–", |held| if *held == Held::All { "all" } else { "own" });
            write!(text, " {reach} |")?;
        }
        text.push('\n');
    }
    text.push_str("\n## Partner systems\n\nA client works for the one source it is bound to, whatever its request says.\n\n| scope | what | capabilities |\n|---|---|---|\n");
    for (scope, rights) in &roles.scopes {
        let capabilities: Vec<String> = rights.capabilities.iter().map(|capability| format!("`{}`", capability.code())).collect();
        let capabilities = if capabilities.is_empty() { "–".to_owned() } else { capabilities.join(", ") };
        writeln!(text, "| `{}` | {} | {capabilities} |", scope.code(), rights.en)?;
    }
    text.push_str("\n## What each capability opens\n\n(fresh) = who asks has proved who they are within the last ten minutes.\n\n| capability | operations |\n|---|---|\n");
    for capability in Capability::ALL {
        let opened = operations.get(capability.code()).map_or_else(|| "–".to_owned(), |all| all.join("<br>"));
        writeln!(text, "| `{}` | {opened} |", capability.code())?;
    }
    Ok(text)
}

/// The operations that need a capability.
fn operations() -> Result<BTreeMap<String, Vec<String>>, Box<dyn Error>> {
    let document = serde_json::to_value(http::openapi())?;
    let mut found = BTreeMap::<String, Vec<String>>::new();
    let paths = document.get("paths").and_then(Value::as_object).ok_or("a document without paths")?;
    for (path, item) in paths {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if let Some(capability) = operation.get("x-required-capability").and_then(Value::as_str) {
                let fresh = if operation.get("x-recent-authentication").is_some() { " (fresh)" } else { "" };
                found.entry(capability.to_owned()).or_default().push(format!("`{} {path}`{fresh}", method.to_uppercase()));
            }
        }
    }
    Ok(found)
}
