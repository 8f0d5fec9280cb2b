//! Checks JSON against a schema of the OpenAPI document: types, required and undocumented members, enumerations, references, `oneOf`, `allOf`.

use serde_json::Value;

/// Adds to `wrong` what does not fit.
pub(crate) fn check(document: &Value, schema: &Value, value: &Value, at: String, wrong: &mut Vec<String>) {
    let members = members(document, schema);
    check_part(document, schema, value, &at, wrong);
    // A member that no part of the schema knows is an undocumented one.
    if let (Some(object), Some(members)) = (value.as_object(), members) {
        for name in object.keys().filter(|name| !members.contains(name)) {
            wrong.push(format!("{at}/{name}: not documented"));
        }
    }
}

fn check_part(document: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    let schema = resolve(document, schema);
    for part in schema["allOf"].as_array().into_iter().flatten() {
        check_part(document, part, value, at, wrong);
    }
    if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let attempts = choices.iter().map(|choice| {
            let mut failures = Vec::new();
            check(document, choice, value, at.to_owned(), &mut failures);
            failures
        });
        let best = attempts.min_by_key(Vec::len).unwrap();
        wrong.extend(best);
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        wrong.push(format!("{at}: {value} is not one of {allowed:?}"));
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().map(|t| t.as_str().unwrap()).collect(),
        _ => vec![],
    };
    let fits = |wanted: &&str| match *wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    if !types.is_empty() && !types.iter().any(fits) {
        wrong.push(format!("{at}: {value} is not {types:?}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate().filter(|_| schema.get("items").is_some()) {
        check(document, &schema["items"], item, format!("{at}/{index}"), wrong);
    }
    let Some(object) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()) {
        if !object.contains_key(name) {
            wrong.push(format!("{at}/{name}: missing"));
        }
    }
    for (name, member) in object {
        let declared = schema["properties"].get(name).or(schema.get("additionalProperties").filter(|s| s.is_object()));
        if let Some(declared) = declared {
            check(document, declared, member, format!("{at}/{name}"), wrong);
        }
    }
}

/// The members a schema knows; `None` if it allows any.
fn members(document: &Value, schema: &Value) -> Option<Vec<String>> {
    let schema = resolve(document, schema);
    if schema["additionalProperties"].is_object() || schema["additionalProperties"] == true {
        return None;
    }
    let mut names: Vec<String> = schema["properties"].as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
    let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
    let mut any = schema.get("properties").is_some();
    for part in parts {
        any = true;
        names.extend(members(document, part).unwrap_or_default());
    }
    any.then_some(names)
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => resolve(document, document.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference}"))),
        None => schema,
    }
}
