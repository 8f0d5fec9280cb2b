//! Edits made in the portal: they lie over what the source hands in, field by field.
//!
//! An edit holds the whole value of one top-level field of a draft, as JSON; `null` says that the field was emptied. The draft of the source
//! with the edits laid over it is assembled like any other, so that an edit can say nothing a source could not.

use super::{Draft, RecordKind};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Edited fields of one record and their values.
pub type Edits = BTreeMap<String, Value>;

const ORGANIZATION: &[&str] = &[
    "name",
    "alternateName",
    "kind",
    "legalForm",
    "sponsor",
    "identifiers",
    "summary",
    "description",
    "address",
    "geo",
    "openingHours",
    "contacts",
    "languages",
    "accessibility",
    "logo",
    "url",
    "socialLinks",
    "translations",
];

const PLACE: &[&str] = &["name", "address", "geo", "accessibility", "publicTransport", "url", "translations"];

const OFFER: &[&str] = &[
    "kind",
    "title",
    "summary",
    "description",
    "topics",
    "lifePhases",
    "targetGroups",
    "ageRange",
    "deliveryMode",
    "languages",
    "languageLevel",
    "bamfCourseType",
    "literacyCourse",
    "entryRequirements",
    "qualification",
    "price",
    "funding",
    "accessibility",
    "childcare",
    "registration",
    "contact",
    "images",
    "url",
    "courseCode",
    "keywords",
    "publishFrom",
    "publishUntil",
    "translations",
];

/// The fields of a kind of record that can be edited. Not among them is what ties a record to its source (its identifier, what it refers to, its
/// runs), what the source alone can grant (the licence), and what the county says of an organisation.
pub fn editable(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Organization => ORGANIZATION,
        RecordKind::Place => PLACE,
        RecordKind::Offer => OFFER,
    }
}

/// A draft as JSON, field by field; what is not stated is missing.
///
/// # Errors
/// If it cannot be written as JSON, which no draft that was read can bring about.
pub fn fields(draft: &Draft) -> serde_json::Result<Map<String, Value>> {
    let mut fields = match serde_json::to_value(draft)? {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.remove("type");
    Ok(fields)
}

/// Lays edits over the fields of a draft. Fields that cannot be edited (any more) stay as they are.
pub fn lay_over(fields: &mut Map<String, Value>, kind: RecordKind, edits: &Edits) {
    for (field, value) in edits.iter().filter(|(field, _)| editable(kind).contains(&field.as_str())) {
        if value.is_null() {
            fields.remove(field);
        } else {
            fields.insert(field.clone(), value.clone());
        }
    }
}

/// Applies a merge patch (RFC 7396) to a value: members of objects are merged, `null` takes one away, everything else is put in place.
pub fn merged(target: Option<&Value>, patch: &Value) -> Value {
    let Value::Object(patch) = patch else { return patch.clone() };
    let mut result = match target {
        Some(Value::Object(target)) => target.clone(),
        _ => Map::new(),
    };
    for (name, value) in patch {
        if value.is_null() {
            result.remove(name);
        } else {
            let value = merged(result.get(name), value);
            result.insert(name.clone(), value);
        }
    }
    Value::Object(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{OfferDraft, OrganizationDraft, PlaceDraft};
    use crate::text::{ExternalId, Title};
    use serde_json::json;

    fn id(text: &str) -> ExternalId {
        ExternalId::try_from(text.to_owned()).unwrap()
    }

    fn title(text: &str) -> Title {
        Title::try_from(text.to_owned()).unwrap()
    }

    fn offer() -> Draft {
        Draft::Offer(Box::new(OfferDraft::new(id("a-1"), id("o-1"), "course", title("Deutsch A1"))))
    }

    #[test]
    fn every_editable_field_is_a_field_of_its_draft() {
        let organization = OrganizationDraft::new(id("o-1"), "association", title("Chor"));
        let place: PlaceDraft = serde_json::from_value(json!({ "externalId": "p-1", "name": "Haus" })).unwrap();
        for draft in [Draft::Organization(Box::new(organization)), Draft::Place(Box::new(place)), offer()] {
            let kind = draft.kind();
            for field in editable(kind) {
                // A field the draft does not have would be refused as unknown, not as unfit.
                let mut fields = fields(&draft).unwrap();
                fields.insert((*field).to_owned(), json!({ "surely": "unfit" }));
                fields.insert("type".to_owned(), json!(kind.code()));
                if let Err(error) = serde_json::from_value::<Draft>(Value::Object(fields)) {
                    assert!(!error.to_string().contains(&format!("unknown field `{field}`")), "{}.{field}: {error}", kind.code());
                }
            }
        }
    }

    #[test]
    fn edits_lie_over_the_draft_and_null_empties() {
        let edits: Edits = [
            ("title".to_owned(), json!("Deutsch für den Alltag")),
            ("price".to_owned(), json!({ "type": "free" })),
            ("summary".to_owned(), Value::Null),
            ("externalId".to_owned(), json!("another")),
        ]
        .into();
        let mut before = fields(&offer()).unwrap();
        before.insert("summary".to_owned(), json!("Alt"));
        lay_over(&mut before, RecordKind::Offer, &edits);
        assert_eq!(before["title"], "Deutsch für den Alltag");
        assert_eq!(before["price"], json!({ "type": "free" }));
        assert_eq!((before.get("summary"), &before["externalId"]), (None, &json!("a-1")), "who it is stays");
    }

    #[test]
    fn merge_patches_follow_the_examples_of_their_rfc() {
        for (target, patch, result) in [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!(["a"]), json!(["c"]), json!(["c"])),
            (json!({"a":"foo"}), json!("bar"), json!("bar")),
            (json!({"e":null}), json!({"a":1}), json!({"e":null,"a":1})),
            (json!([1]), json!({"a":"b","c":null}), json!({"a":"b"})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ] {
            assert_eq!(merged(Some(&target), &patch), result, "{target} {patch}");
        }
    }
}
