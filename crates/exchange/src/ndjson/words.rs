//! serde's messages, taken apart and said in both languages.

use crate::problems;
use domain::problem::ValueError;
use serde_json::{Value, json};
use std::borrow::Cow;

type Both = (Cow<'static, str>, Cow<'static, str>);

pub(super) const OBJECT: Both = (Cow::Borrowed("ein Objekt { … }"), Cow::Borrowed("an object { … }"));
pub(super) const TEXT: Both = (Cow::Borrowed("ein Text in Anführungszeichen"), Cow::Borrowed("a text in quotes"));

/// What a message says.
pub(super) struct Explained {
    /// In our words.
    pub value: ValueError,
    /// The field that is missing inside the object the message points at.
    pub missing: Option<String>,
}

/// Takes a serde message apart. What it does not know is passed on as it is.
pub(super) fn explain(message: &str) -> Explained {
    let plain = |value| Explained { value, missing: None };
    if let Some(value) = ValueError::recover(message) {
        return plain(value);
    }
    let message = message.split(" at line ").next().unwrap_or(message);
    if let Some(field) = quoted_after(message, "missing field ") {
        return Explained { value: problems::missing(field), missing: Some(field.to_owned()) };
    }
    if let Some(field) = quoted_after(message, "unknown field ") {
        return plain(problems::unknown_field(field, &allowed(message)));
    }
    if let Some(field) = quoted_after(message, "duplicate field ") {
        return plain(problems::duplicate_field(field));
    }
    if let Some(value) = quoted_after(message, "unknown variant ") {
        return plain(problems::unknown_value(value, &allowed(message)));
    }
    if let Some((found, expected)) = ["invalid type: ", "invalid value: "].iter().find_map(|p| message.strip_prefix(p)?.rsplit_once(", expected ")) {
        return plain(problems::wrong_type(found_words(found), expected_words(expected)));
    }
    if let Some(zone) = message.strip_prefix("failed to parse timezone: ") {
        return plain(problems::zone_unknown(zone.trim_matches('\'')));
    }
    if ["input contains invalid characters", "premature end of input", "input is out of range", "trailing input"].contains(&message) {
        return plain(problems::date_invalid());
    }
    plain(problems::value_invalid(message))
}

fn quoted_after<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.strip_prefix('`')?.split('`').next()
}

/// The names in backticks behind "expected".
fn allowed(message: &str) -> String {
    let (_, list) = message.split_once("`, expected ").or_else(|| message.split_once("`, ")).unwrap_or_default();
    list.split('`').skip(1).step_by(2).collect::<Vec<_>>().join(", ")
}

fn expected_words(expected: &str) -> Both {
    let fixed = |de, en| (Cow::Borrowed(de), Cow::Borrowed(en));
    let count = |most: &str| (Cow::Owned(format!("eine ganze Zahl von 0 bis {most}")), Cow::Owned(format!("a whole number from 0 to {most}")));
    match expected {
        "a string" | "a borrowed string" | "string or map" | "map with a single key" => TEXT,
        "a boolean" => fixed("true oder false", "true or false"),
        "a sequence" => fixed("eine Liste [ … ]", "a list [ … ]"),
        "u8" => count("255"),
        "u16" => count("65535"),
        "u32" => count("4294967295"),
        "u64" | "i64" | "i32" => fixed("eine ganze Zahl", "a whole number"),
        "f64" | "f32" => fixed("eine Zahl", "a number"),
        "a map" => OBJECT,
        other if other.starts_with("struct ") => OBJECT,
        other if other.contains("date") => fixed("ein Datum (JJJJ-MM-TT)", "a date (YYYY-MM-DD)"),
        other => (Cow::Owned(other.to_owned()), Cow::Owned(other.to_owned())),
    }
}

fn found_words(found: &str) -> Both {
    let short = |text: &str| text.chars().take(60).collect::<String>();
    let number = found.strip_prefix("integer ").or_else(|| found.strip_prefix("floating point "));
    if let Some(number) = number {
        let number = number.trim_matches('`');
        return (Cow::Owned(format!("die Zahl {number}")), Cow::Owned(format!("the number {number}")));
    }
    if let Some(text) = found.strip_prefix("string ") {
        let text = short(text.trim_matches('"'));
        return (Cow::Owned(format!("der Text „{text}“")), Cow::Owned(format!("the text “{text}”")));
    }
    if let Some(truth) = found.strip_prefix("boolean ") {
        let truth = truth.trim_matches('`').to_owned();
        return (Cow::Owned(truth.clone()), Cow::Owned(truth));
    }
    let fixed = |de, en| (Cow::Borrowed(de), Cow::Borrowed(en));
    match found {
        "null" | "unit" | "unit value" => fixed("null", "null"),
        "map" => fixed("ein Objekt", "an object"),
        "sequence" => fixed("eine Liste", "a list"),
        other => (Cow::Owned(short(other)), Cow::Owned(short(other))),
    }
}

/// What stands there, in words.
pub(super) fn found_value(value: &Value) -> Both {
    match value {
        Value::Null => found_words("null"),
        Value::Bool(truth) => found_words(&format!("boolean `{truth}`")),
        Value::Number(number) => found_words(&format!("integer `{number}`")),
        Value::String(text) => found_words(&format!("string \"{text}\"")),
        Value::Array(_) => found_words("sequence"),
        Value::Object(_) => found_words("map"),
    }
}

/// Something harmless for a missing field, so that the search for further problems can go on.
pub(super) fn placeholder(field: &str, steps: &[String]) -> Value {
    let inside = |parent: &str| steps.iter().rev().nth(1).is_some_and(|step| step == parent);
    match field {
        "type" if inside("price") => json!("unknown"),
        "value" => json!("unknown"),
        "url" => json!("https://example.org/"),
        "lat" | "lon" => json!(0.0),
        "minutes" => json!(1),
        "start" if inside("recurrence") => json!("2000-01-01T00:00:00Z"),
        "start" => json!("2000-01-01"),
        "kind" if steps.len() == 1 => json!("offer"),
        _ => json!("x"),
    }
}
