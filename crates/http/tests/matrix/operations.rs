//! What can be asked: read from the OpenAPI document.

use domain::accounts::Capability;
use serde_json::Value;

/// Who may come in, as the document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Anybody.
    Public,
    /// Whoever holds the cookie of a session.
    Cookie,
    /// A partner system that proves itself with its own credentials.
    Client,
    /// A person in a session.
    Person,
    /// Whoever has a capability.
    Holder(Capability),
}

/// An operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) policy: Policy,
    /// Whether the person must have proved who they are a moment ago.
    pub(crate) recently: bool,
    /// Names of query parameters that have to be there.
    pub(crate) query: Vec<String>,
    /// Whether it changes something that has a version.
    pub(crate) if_match: bool,
    /// The first kind of body it takes, with the documented example.
    pub(crate) body: Option<(String, Option<Value>)>,
}

impl Operation {
    /// As it stands in the table.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// The policy as it stands in the table.
    pub(crate) fn rule(&self) -> String {
        let who = match self.policy {
            Policy::Public => "public",
            Policy::Cookie => "cookie",
            Policy::Client => "client",
            Policy::Person => "person",
            Policy::Holder(capability) => capability.code(),
        };
        if self.recently { format!("{who} recently") } else { who.to_owned() }
    }

    /// Whether it only reads.
    pub(crate) fn reads(&self) -> bool {
        self.method == "get"
    }

    /// Whether it is about something that belongs to an organisation.
    pub(crate) fn is_about_something_owned(&self) -> bool {
        self.path.contains("/sources/{source}") || (self.path.contains("/organizations/{id}/") && !self.is_about_a_record())
    }

    /// Whether it changes a record of the catalogue that all cells share: its source is nobody's, and nothing in it was edited.
    pub(crate) fn is_about_a_record(&self) -> bool {
        matches!(self.policy, Policy::Holder(Capability::EditRecords))
    }
}

/// Every operation of the document, in the order of paths.
pub(crate) fn all() -> Vec<Operation> {
    let document = serde_json::to_value(http::openapi()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(operation) = item.get(method) {
                operations.push(read(path, method, operation));
            }
        }
    }
    operations.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
    operations
}

fn read(path: &str, method: &str, operation: &Value) -> Operation {
    let name = format!("{method} {path}");
    let parameters = || operation["parameters"].as_array().into_iter().flatten();
    let required = |kind: &'static str| parameters().filter(move |p| p["in"] == kind && p["required"] == true);
    let capability = operation.get("x-required-capability").map(|code| code.as_str().unwrap().parse().unwrap());
    let security = operation["security"].as_array().unwrap_or_else(|| panic!("{name} does not say who may come in"));
    let schemes: Vec<&String> = security.iter().flat_map(|scheme| scheme.as_object().unwrap().keys()).collect();
    let policy = match (capability, schemes.as_slice()) {
        (Some(capability), _) => Policy::Holder(capability),
        (None, []) => Policy::Public,
        (None, [scheme]) if scheme.as_str() == "sessionCookie" => Policy::Cookie,
        (None, [scheme]) if scheme.as_str() == "accessToken" => Policy::Person,
        (None, schemes) if schemes.iter().all(|scheme| scheme.starts_with("client")) => Policy::Client,
        (None, other) => panic!("{name}: what do {other:?} demand?"),
    };
    let body = operation["requestBody"]["content"].as_object().and_then(|content| {
        let preferred = ["application/json", "application/x-ndjson"].into_iter().find_map(|kind| content.get_key_value(kind));
        let shown = || content.iter().find(|(_, media)| media.get("example").is_some());
        let (kind, media) = preferred.or_else(shown).or_else(|| content.iter().next())?;
        Some((kind.clone(), media.get("example").cloned()))
    });
    Operation {
        id: operation["operationId"].as_str().unwrap().to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        policy,
        recently: operation.get("x-recent-authentication").is_some(),
        query: required("query").map(|p| p["name"].as_str().unwrap().to_owned()).collect(),
        if_match: required("header").any(|p| p["name"].as_str().unwrap().eq_ignore_ascii_case("if-match")),
        body,
    }
}
