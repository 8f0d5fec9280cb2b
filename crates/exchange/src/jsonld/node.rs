//! Nodes of a JSON-LD document in one spelling: names without prefix, values without wrapping.

use serde_json::{Map, Value};

/// An object of the document.
pub(super) type Node = Map<String, Value>;

/// Prefixes of the vocabulary.
const PREFIXES: [&str; 5] = ["https://schema.org/", "http://schema.org/", "https://www.schema.org/", "http://www.schema.org/", "schema:"];

/// A name of the vocabulary without its prefix.
pub(super) fn term(text: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text)
}

/// The same document with names without prefix, `@value`, `@list` and `@set` unwrapped, and one language where there are several.
pub(super) fn normalized(value: Value) -> Value {
    match value {
        Value::Array(values) => Value::Array(in_one_language(values).into_iter().map(normalized).collect()),
        Value::Object(mut object) => {
            for wrapping in ["@value", "@list", "@set"] {
                if let Some(inner) = object.remove(wrapping) {
                    return normalized(inner);
                }
            }
            let mut node = Node::new();
            for (key, value) in object {
                let name = match term(&key) {
                    "id" => "@id",
                    "type" => "@type",
                    "@context" => continue,
                    name => name,
                };
                let value = normalized(value);
                let value = if name == "@type" { types_of(value) } else { value };
                // The long spelling does not overwrite the short one.
                node.entry(name.to_owned()).or_insert(value);
            }
            Value::Object(node)
        }
        plain => plain,
    }
}

fn types_of(value: Value) -> Value {
    let names = match value {
        Value::Array(values) => values,
        single => vec![single],
    };
    Value::Array(names.iter().filter_map(Value::as_str).map(|name| Value::from(term(name))).collect())
}

/// Of texts in several languages the German ones, else those of the first language.
fn in_one_language(values: Vec<Value>) -> Vec<Value> {
    let language = |value: &Value| value.get("@language").and_then(Value::as_str).map(str::to_ascii_lowercase);
    let languages: Vec<Option<String>> = values.iter().map(language).collect();
    if languages.len() < 2 || languages.iter().any(Option::is_none) {
        return values;
    }
    let german = languages.iter().flatten().find(|tag| *tag == "de" || tag.starts_with("de-"));
    let wanted = german.or(languages.iter().flatten().next()).cloned();
    values.into_iter().zip(languages).filter(|(_, tag)| *tag == wanted).map(|(value, _)| value).collect()
}

/// The values of a property: none, one, or the elements of a list.
pub(super) fn all<'a>(node: &'a Node, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let (list, single): (&[Value], Option<&Value>) = match node.get(name) {
        Some(Value::Array(values)) => (values, None),
        other => (&[], other),
    };
    list.iter().chain(single).filter(|value| !value.is_null())
}

/// The first object among the values of a property.
pub(super) fn object<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    all(node, name).find_map(Value::as_object)
}

/// What a value says as text: itself, or the name of an object.
pub(super) fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Object(node) => {
            return ["name", "text", "url", "@id"].into_iter().find_map(|name| node.get(name)).filter(|v| !v.is_object()).and_then(said);
        }
        Value::Array(values) => return values.iter().filter(|v| !v.is_array()).find_map(said),
        Value::Null => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The first text of a property.
pub(super) fn text(node: &Node, name: &str) -> Option<String> {
    all(node, name).find_map(said)
}

/// All texts of a property; texts that are lists themselves are taken apart at commas where `split` says so.
pub(super) fn texts(node: &Node, name: &str, split: bool) -> Vec<String> {
    let said = all(node, name).filter_map(said);
    if !split {
        return said.collect();
    }
    said.flat_map(|text| text.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>()).filter(|text| !text.is_empty()).collect()
}

/// Whether one of the types of a node fulfils this.
pub(super) fn is(node: &Node, wanted: impl Fn(&str) -> bool) -> bool {
    all(node, "@type").filter_map(Value::as_str).any(wanted)
}

/// Types of courses.
pub(super) fn is_course(name: &str) -> bool {
    matches!(name, "Course" | "EducationalOccupationalProgram" | "WorkBasedProgram")
}

/// Types of events; a `CourseInstance` is one.
pub(super) fn is_event(name: &str) -> bool {
    name.ends_with("Event") && name != "PublicationEvent" && name != "UserPageVisits"
        || matches!(name, "CourseInstance" | "Festival" | "Hackathon" | "EventSeries" | "Exhibition")
}

/// Types of organisations that offer something or work in education.
pub(super) fn is_organization(name: &str) -> bool {
    name.ends_with("Organization")
        || name.ends_with("School")
        || matches!(name, "CollegeOrUniversity" | "Preschool" | "ChildCare" | "Library" | "Museum" | "NGO" | "LocalBusiness" | "ArchiveOrganization")
}

/// Types of places.
pub(super) fn is_place(name: &str) -> bool {
    matches!(
        name,
        "Place"
            | "CivicStructure"
            | "EventVenue"
            | "PerformingArtsTheater"
            | "MusicVenue"
            | "StadiumOrArena"
            | "Park"
            | "TouristAttraction"
            | "Landform"
    )
}

/// An identifier that is the same in every document: with a scheme, and not one of a blank node.
pub(super) fn absolute(id: &str) -> Option<&str> {
    (id.contains("://") || id.starts_with("urn:")).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn all_spellings_become_one() {
        let long = json!({
            "@context": "https://schema.org", "id": "https://a.example/1", "type": "schema:Course",
            "https://schema.org/name": { "@value": "Kurs" }, "schema:keywords": { "@list": ["a", "b"] },
            "description": [{ "@value": "text", "@language": "en" }, { "@value": "Text", "@language": "de" }]
        });
        let short = json!({ "@id": "https://a.example/1", "@type": ["Course"], "name": "Kurs", "keywords": ["a", "b"], "description": ["Text"] });
        assert_eq!(normalized(long), short);
    }

    #[test]
    fn values_of_all_shapes_say_something() {
        let node = json!({ "a": ["", null, { "name": "A" }], "b": 3, "c": { "name": {} }, "k": "x, y,,z", "d": [[["deep"]]] });
        let node = node.as_object().unwrap();
        assert_eq!((text(node, "a"), text(node, "b"), text(node, "c")), (Some("A".into()), Some("3".into()), None));
        assert_eq!(texts(node, "k", true), ["x", "y", "z"]);
        assert_eq!((text(node, "d"), text(node, "none")), (None, None));
    }
}
