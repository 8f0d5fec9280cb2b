//! JSON Schema (2020-12) of the NDJSON record, made of the same types that read it.

use domain::catalogue::{OfferDraft, OrganizationDraft, PlaceDraft, RecordKind};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The schema of one line. `openapi/ndjson.schema.json` is this, printed.
pub fn ndjson_schema() -> Value {
    let mut definitions: BTreeMap<String, Value> = BTreeMap::new();
    let variants = [
        record::<OrganizationDraft>(RecordKind::Organization, &mut definitions),
        record::<PlaceDraft>(RecordKind::Place, &mut definitions),
        record::<OfferDraft>(RecordKind::Offer, &mut definitions),
    ];
    let delete = json!({
        "type": "object",
        "description": "Withdraws one record; only of use in a delta.",
        "required": ["type", "kind", "externalId"],
        "properties": {
            "type": { "const": "delete" },
            "kind": { "enum": RecordKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>() },
            "externalId": { "type": "string", "minLength": 1, "maxLength": 200 },
        },
        "additionalProperties": false,
    });
    definitions.insert("Delete".to_owned(), delete);
    let mut alternatives: Vec<Value> = variants.iter().map(|name| json!({ "$ref": format!("#/$defs/{name}") })).collect();
    alternatives.push(json!({ "$ref": "#/$defs/Delete" }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of the NDJSON exchange format",
        "description": "docs/formats/ndjson.md says how the lines work together. Codes of vocabularies are checked on import.",
        "oneOf": alternatives,
        "$defs": definitions,
    })
}

/// Adds a record's schema, with its `type`, and everything it refers to. Returns its name.
fn record<T: ToSchema>(kind: RecordKind, definitions: &mut BTreeMap<String, Value>) -> String {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    for (name, schema) in parts {
        definitions.insert(name, adapted(serde_json::to_value(schema).unwrap_or_default()));
    }
    let mut schema = adapted(serde_json::to_value(<T as PartialSchema>::schema()).unwrap_or_default());
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("type".to_owned(), json!({ "const": kind.code() }));
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.insert(0, json!("type"));
    }
    let name = T::name().into_owned();
    definitions.insert(name.clone(), schema);
    name
}

/// OpenAPI says where its schemas live; here they live elsewhere.
fn adapted(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.into_iter().map(|(key, value)| renamed(key, value)).collect::<Map<_, _>>()),
        Value::Array(list) => Value::Array(list.into_iter().map(adapted).collect()),
        other => other,
    }
}

fn renamed(key: String, value: Value) -> (String, Value) {
    match value {
        Value::String(target) if key == "$ref" => (key, Value::String(target.replace("#/components/schemas/", "#/$defs/"))),
        value => (key, adapted(value)),
    }
}
