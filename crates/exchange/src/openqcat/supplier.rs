//! Suppliers become organisations, locations become places.

use super::place_parts;
use crate::Decoded;
use crate::mapping::{Notes, truth};
use crate::xml::Element;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, ContactPoint, Draft, OfficialIds, OrganizationDraft, Provenance};
use domain::text::{Short, Title, Translations, fold};

/// The suppliers of the header by each of their identifiers.
#[derive(Default)]
pub(super) struct Suppliers {
    ids: Vec<(String, String)>,
    count: u64,
}

impl Suppliers {
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Notes a supplier; the identifier it is known by here.
    pub(super) fn add(&mut self, supplier: &Element) -> Option<String> {
        let id = identifier(supplier)?.to_owned();
        self.ids.extend(supplier.all("SUPPLIER_ID").filter(|e| !e.text.is_empty()).map(|e| (e.text.clone(), id.clone())));
        self.count += 1;
        Some(id)
    }

    /// The supplier a service refers to, and whether it really does: exports exist whose references fit nothing, and with a single
    /// supplier there is nobody else it could be.
    pub(super) fn find(&self, reference: Option<&str>) -> Option<(String, bool)> {
        if let Some(reference) = reference
            && let Some((_, id)) = self.ids.iter().find(|(stated, _)| stated == reference)
        {
            return Some((id.clone(), true));
        }
        let (_, only) = self.ids.first().filter(|_| self.count == 1)?;
        Some((only.clone(), reference.is_none()))
    }
}

/// The number the agency gave, else the first one.
fn identifier(supplier: &Element) -> Option<&str> {
    let ids: Vec<_> = supplier.all("SUPPLIER_ID").filter(|e| !e.text.is_empty()).collect();
    let given = ids.iter().find(|e| e.attribute("type") == Some("supplier_specific"));
    given.or(ids.first()).map(|e| e.text.as_str())
}

pub(super) fn organization(supplier: &Element) -> Decoded {
    let mut notes = Notes::default();
    let external_id = notes.external_id(identifier(supplier), "/SUPPLIER/SUPPLIER_ID");
    let name = notes.title(supplier.text_at("SUPPLIER_NAME").or_else(|| supplier.text_at("ADDRESS/NAME")), "/SUPPLIER/SUPPLIER_NAME");
    let name = notes.required(name, "/SUPPLIER/SUPPLIER_NAME");
    let (Some(external_id), Some(name)) = (external_id, name) else { return notes.finish(None) };
    let address = supplier.at("ADDRESS");
    let agency_id = supplier.all("SUPPLIER_ID").find(|e| e.attribute("type") == Some("supplier_specific")).map(|e| e.text.as_str());
    let identifiers = OfficialIds { ba_provider_id: notes.title(agency_id, "/SUPPLIER/SUPPLIER_ID"), ..OfficialIds::default() };
    let mut contacts: Vec<ContactPoint> = address.and_then(|a| contact_point(a, None, "/SUPPLIER/ADDRESS", &mut notes)).into_iter().collect();
    let staff: Vec<_> = supplier.all("CONTACT").collect();
    // The head of the business has to be named to the agency, but is not whom people should call, unless there is nobody else.
    let public = |c: &&Element| role_of(c) != Some("3") || staff.len() == 1 && contacts.is_empty();
    let more: Vec<_> = staff.iter().copied().filter(public).filter_map(|c| contact_point(c, role_name(c), "/SUPPLIER/CONTACT", &mut notes)).collect();
    for contact in more {
        if !contacts.iter().any(|known| known.phone == contact.phone && known.email == contact.email) {
            contacts.push(contact);
        }
    }
    let draft = OrganizationDraft {
        external_id,
        kind: kind_of(name.as_str()).to_owned(),
        name,
        alternate_name: None,
        legal_form: None,
        sponsor: None,
        identifiers,
        summary: None,
        description: None,
        address: address.map(|a| place_parts(a).address(&mut notes, "/SUPPLIER/ADDRESS")),
        geo: None,
        opening_hours: None,
        contacts,
        languages: vec![],
        accessibility: address.and_then(barrier_free).into_iter().collect(),
        logo: None,
        url: address.and_then(|a| notes.url(a.text_at("URL"), "/SUPPLIER/ADDRESS/URL")),
        social_links: vec![],
        network_member_since: None,
        cooperation_agreement: None,
        licence: None,
        translations: Translations::new(),
    };
    notes.finish(Some(Draft::Organization(Box::new(draft))))
}

/// The format knows a hundred kinds of school but no codes for them in public; what the name says is taken.
fn kind_of(name: &str) -> &'static str {
    let folded = fold(name);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let word = |wanted: &[&str]| folded.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.contains(&word));
    if has(&["volkshochschule"]) || word(&["vhs", "kvhs"]) {
        "adult-education-centre"
    } else if has(&["handwerkskammer", "industrie- und handelskammer", "landwirtschaftskammer"]) || word(&["ihk", "hwk"]) {
        "chamber"
    } else if has(&["universitaet", "hochschule"]) {
        "university"
    } else if has(&["berufliche schule", "berufsschule", "berufsfachschule"]) {
        "vocational-school"
    } else {
        "training-provider"
    }
}

pub(super) fn place(location: &Element) -> Decoded {
    let mut notes = Notes::default();
    let mut draft = place_parts(location).draft(&mut notes, "/LOCATION");
    if let Some(draft) = &mut draft {
        draft.accessibility.extend(barrier_free(location));
        draft.url = notes.url(location.text_at("URL"), "/LOCATION/URL");
        if let Some(remarks) = location.text_at("ADDRESS_REMARKS") {
            let folded = fold(remarks);
            if ["haltestelle", "bus", "bahn", "tram", "linie"].iter().any(|word| folded.contains(word)) {
                draft.public_transport = notes.short(Some(remarks), "/LOCATION/ADDRESS_REMARKS");
            } else {
                notes.not_mapped("/LOCATION/ADDRESS_REMARKS", remarks);
            }
        }
    }
    notes.finish(draft.map(|draft| Draft::Place(Box::new(draft))))
}

/// Only a yes: a box that nobody ticked is exported as `false` and says nothing.
fn barrier_free(address: &Element) -> Option<AccessibilityStatement> {
    address.text_at("BARRIER_FREE_LOCATION").and_then(truth).filter(|stated| *stated)?;
    Some(AccessibilityStatement {
        criterion: "step-free-entrance".to_owned(),
        value: AccessibilityValue::Yes,
        provenance: Provenance::SelfDeclared,
        date: None,
        note: Short::try_from("Laut Anbieter ist der Ort barrierefrei.").ok(),
    })
}

fn role_of(contact: &Element) -> Option<&str> {
    contact.at("CONTACT_ROLE").and_then(|role| role.attribute("type")).map(str::trim)
}

/// The role stands in for the person's name.
pub(super) fn role_name(contact: &Element) -> Option<&'static str> {
    Some(match role_of(contact)? {
        "1" | "2" => "Ansprechperson",
        "3" => "Leitung",
        "4" => "Beratung",
        _ => return None,
    })
}

/// Phone and mailbox of a contact or an address; nothing without either.
pub(super) fn contact_point(from: &Element, role: Option<&str>, pointer: &str, notes: &mut Notes) -> Option<ContactPoint> {
    let phone = from.text_at("PHONE").or_else(|| from.text_at("MOBILE")).and_then(phone);
    let email = notes.email(from.text_at("EMAILS/EMAIL"), &format!("{pointer}/EMAILS/EMAIL"));
    if phone.is_none() && email.is_none() {
        return None;
    }
    let name = role.and_then(|role| Title::try_from(role).ok());
    Some(ContactPoint { name, phone, email, url: notes.url(from.text_at("URL"), &format!("{pointer}/URL")), hours: None })
}

/// `+49.3871.7220` → `+49 3871 7220`; anything without digits is no number.
fn phone(text: &str) -> Option<Title> {
    if text.chars().filter(char::is_ascii_digit).count() < 3 {
        return None;
    }
    Title::truncated(&text.replace('.', " ")).map(|(phone, _)| phone)
}
