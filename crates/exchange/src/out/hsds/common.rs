//! Parts that services and organisations share.

use super::Hsds;
use crate::out::fields::{Fields, text};
use crate::out::licence;
use domain::Uuid;
use domain::catalogue::{AccessibilityStatement, Address, ContactPoint, RecordMeta};
use domain::vocabularies::ids;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// An identifier that follows from the one it belongs to (a UUID of version 8, RFC 9562).
pub(super) fn part(of: Uuid, kind: &str, key: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(of.as_bytes());
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(key.as_bytes());
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

/// Contacts by role; names of persons are not known here.
pub(super) fn contacts<'a>(of: Uuid, contacts: impl Iterator<Item = &'a ContactPoint>) -> Vec<Value> {
    let contact = |(index, contact): (usize, &ContactPoint)| {
        let id = part(of, "contact", &index.to_string());
        let mut fields = Fields::new();
        fields.set("id", id.to_string()).some("title", text(contact.name.as_ref())).some("email", text(contact.email.as_ref()));
        fields.list("phones", phone(id, contact));
        fields.done()
    };
    contacts.enumerate().map(contact).collect()
}

/// The phone of a contact.
pub(super) fn phone(of: Uuid, contact: &ContactPoint) -> Option<Value> {
    let number = contact.phone.as_ref()?;
    let mut fields = Fields::new();
    fields.set("id", part(of, "phone", number.as_str()).to_string()).set("number", number.as_str());
    fields.set("type", "voice").some("description", text(contact.hours.as_ref()).or_else(|| text(contact.name.as_ref())));
    Some(fields.done())
}

/// An address; only with a postcode or a town it is one.
pub(super) fn address(of: Uuid, name: &str, address: &Address) -> Option<Value> {
    if address.postal_code.is_none() && address.locality.is_none() {
        return None;
    }
    let mut fields = Fields::new();
    fields.set("id", part(of, "address", "").to_string()).set("address_type", "physical");
    // Where there is no street the house is known by its name.
    fields.set("address_1", text(address.street.as_ref()).unwrap_or_else(|| name.to_owned()));
    fields.set("city", text(address.locality.as_ref()).unwrap_or_default()).some("region", text(address.district.as_ref()));
    // German addresses have no state in them; the field is mandatory all the same.
    fields.set("state_province", "").set("postal_code", address.postal_code.as_deref().unwrap_or_default());
    fields.set("country", address.country.as_str());
    Some(fields.done())
}

/// What is stated about accessibility.
pub(super) fn accessibility(writer: &Hsds<'_>, of: Uuid, statements: &[AccessibilityStatement]) -> Vec<Value> {
    let statement = |statement: &AccessibilityStatement| {
        let mut fields = Fields::new();
        fields.set("id", part(of, "accessibility", &statement.criterion).to_string());
        fields.set("description", writer.vocabularies.label(ids::ACCESSIBILITY_CRITERIA, &statement.criterion, writer.language));
        let note = statement.note.as_ref().map(|note| format!("{}: {note}", statement.value.code()));
        fields.set("details", note.unwrap_or_else(|| statement.value.code().to_owned()));
        fields.done()
    };
    statements.iter().map(statement).collect()
}

/// A code of one of our vocabularies.
pub(super) fn term(writer: &Hsds<'_>, of: Uuid, link: &str, vocabulary: &str, code: &str) -> Value {
    let label = writer.vocabularies.label(vocabulary, code, writer.language);
    let concept = writer.vocabularies.concept(vocabulary, code);
    let definition = concept.and_then(|concept| concept.definition.get(writer.language).or_else(|| concept.definition.get("de")));
    let address = writer.site.address(&format!("/api/v1/vocabularies/{vocabulary}"));
    json!({
        "id": part(of, link, code), "link_id": of, "link_type": link, "value": code,
        "taxonomy_term": {
            "id": part(Uuid::nil(), vocabulary, code), "code": code, "name": label, "description": definition.map_or(label, String::as_str),
            "taxonomy": vocabulary, "term_uri": format!("{address}#{code}")
        }
    })
}

/// The licence of the record. The field `licenses` of HSDS means something else: the permission to offer a service.
pub(super) fn licence_of(meta: &RecordMeta) -> Value {
    let known = licence(meta.licence);
    json!({ "id": part(meta.id, "record_licence", ""), "link_id": meta.id, "link_type": "record_licence", "value": known.url.unwrap_or(known.name) })
}

/// Languages spoken.
pub(super) fn languages<'a>(writer: &Hsds<'_>, of: Uuid, tags: impl Iterator<Item = &'a str>) -> Vec<Value> {
    let language =
        |tag: &str| json!({ "id": part(of, "language", tag), "code": tag, "name": writer.vocabularies.label(ids::LANGUAGES, tag, writer.language) });
    tags.map(language).collect()
}
