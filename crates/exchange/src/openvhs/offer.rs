//! One `veranstaltung`: an offer with one run.

use super::{place_parts, run};
use crate::mapping::{Notes, offer_kind, parse_cents, plain_to_markdown, truth};
use crate::xml::Element;
use crate::{Decoded, ReadContext};
use domain::catalogue::{
    AccessibilityStatement, AccessibilityValue, DeliveryMode, Draft, EntryRequirement, Image, LanguageLevel, LevelRange, OfferDraft, Price,
    PriceReduction, Provenance, Qualification, Registration, RegistrationForm,
};
use domain::text::{Short, fold};
use domain::vocabularies::{Vocabularies, ids};

/// Elements that are mapped, or left out on purpose (see the format's page).
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "guid", "nummer", "name", "untertitel", "dvv_kategorie", "merkmale", "level", "minimale_teilnehmerzahl", "aktuelle_teilnehmerzahl",
    "maximale_teilnehmerzahl", "anzahl_termine", "beginn_datum", "dauer", "ende_datum", "wochentag", "zielgruppe", "schlagwort", "zertifikat", "text",
    "veranstaltungsort", "termin", "preis", "webadresse",
    // Only in the JSON dialect.
    "veranstaltungsart", "anmeldung",
];

pub(super) fn decode(record: &Element, context: &ReadContext) -> Decoded {
    let vocabularies = &*context.vocabularies;
    let mut notes = Notes::default();
    let external_id = notes.external_id(record.text_at("guid"), "/guid");
    let organization = notes.external_id(record.attribute("organization"), "/export/ersteller/guid");
    let title = notes.title(record.text_at("name"), "/name");
    let title = notes.required(title, "/name");
    let (Some(external_id), Some(organization), Some(title)) = (external_id, organization, title) else {
        return notes.finish(None);
    };
    let mut offer = OfferDraft::new(external_id, organization, "course", title);
    let stated = record.text_at("veranstaltungsart").and_then(|kind| vocabularies.get(ids::OFFER_KINDS)?.by_label(kind));
    offer.kind = stated.map_or_else(|| offer_kind(offer.title.as_str()).to_owned(), |kind| kind.code.clone());
    offer.course_code = notes.title(record.text_at("nummer"), "/nummer");
    let subtitles: Vec<_> = record.all("untertitel").map(|e| e.text.as_str()).filter(|t| !t.is_empty()).collect();
    offer.summary = notes.short(Some(&subtitles.join(" · ")), "/untertitel");
    offer.keywords = record.all("schlagwort").filter_map(|e| notes.title(Some(&e.text), "/schlagwort")).take(50).collect();
    topics(record, vocabularies, &mut offer, &mut notes);
    features(record, &mut offer, &mut notes);
    level(record, &mut offer, &mut notes);
    certificates(record, vocabularies, &mut offer, &mut notes);
    offer.price = price(record, &mut notes);
    links(record, &mut offer, &mut notes);
    office(record, &mut offer, &mut notes);
    description(record, vocabularies, &mut offer, &mut notes);
    let place = record.at("veranstaltungsort").and_then(|place| place_parts(place).external_id());
    offer.place.clone_from(&place);
    offer.runs.push(run::run(record, context, &mut notes));
    for child in record.children.iter().filter(|child| !KNOWN.contains(&child.name.as_str())) {
        notes.not_mapped(&format!("/{}", child.name), &child.text);
    }
    notes.finish(Some(Draft::Offer(Box::new(offer))))
}

/// The longest known beginning of the category (`5.01.02`, `5.01`, `5`), and topics that are named as keywords.
fn topics(record: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let Some(topics) = vocabularies.get(ids::TOPICS) else { return };
    if let Some(category) = record.text_at("dvv_kategorie") {
        let mut code = category;
        let found = loop {
            if let Some(concept) = topics.by_notation("dvv", code) {
                break Some(concept);
            }
            match code.rsplit_once('.') {
                Some((broader, _)) => code = broader,
                None => break None,
            }
        };
        match found {
            Some(concept) => offer.topics.push(concept.code.clone()),
            None => notes.not_mapped("/dvv_kategorie", category),
        }
    }
    for keyword in &offer.keywords {
        if let Some(concept) = topics.by_label(keyword.as_str())
            && !offer.topics.contains(&concept.code)
            && offer.topics.len() < 5
        {
            offer.topics.push(concept.code.clone());
        }
    }
}

fn features(record: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    let features: Vec<(&str, &str)> = record
        .all("merkmale")
        .flat_map(|all| all.all("merkmal"))
        .filter_map(|feature| Some((feature.text_at("name")?, feature.text_at("wert").unwrap_or_default())))
        .collect();
    let online = features.iter().any(|(name, value)| *name == "kursart_digital" && *value == "online_angebot");
    for (name, value) in features {
        match (name, value, truth(value)) {
            ("kursart_digital", "online_angebot", _) => offer.delivery_mode = DeliveryMode::Online,
            ("kursart_digital", "blended_learning", _) => offer.delivery_mode = DeliveryMode::Hybrid,
            ("kursart_digital", "selbstlernangebot", _) => {
                offer.delivery_mode = DeliveryMode::SelfPaced;
                offer.kind = "self-study".to_owned();
            }
            ("barrierefreies_lernen", _, Some(true)) => {
                let criterion = if online { "accessible-online" } else { "accessible-materials" };
                offer.accessibility.push(stated(criterion, "Laut Anbieter barrierefreies Lernen."));
            }
            ("langsames_lerntempo", _, Some(true)) => offer.accessibility.push(stated("adapted-pace", "Laut Anbieter langsames Lerntempo.")),
            ("anmeldung_kostenlos", _, Some(true)) => {
                let registration = offer.registration.get_or_insert_with(Registration::default);
                registration.note = Short::try_from("Die Anmeldung ist kostenlos.").ok();
            }
            // How a course is organised inside; says nothing to people who look for one.
            ("vhscloud_kurs" | "abschlussbezogen" | "mit_onlinepruefung", ..) | (_, _, Some(false)) => {}
            _ => notes.not_mapped(&format!("/merkmale/merkmal[{name}]"), value),
        }
    }
}

fn stated(criterion: &str, note: &str) -> AccessibilityStatement {
    AccessibilityStatement {
        criterion: criterion.to_owned(),
        value: AccessibilityValue::Yes,
        provenance: Provenance::SelfDeclared,
        date: None,
        note: Short::try_from(note).ok(),
    }
}

/// A level of the European framework, or what has to be known before in the provider's words.
fn level(record: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    let Some(text) = record.text_at("level") else { return };
    let levels: Vec<LanguageLevel> =
        text.split(['/', '-', '–', ',', ' ']).filter_map(|part| part.trim().to_ascii_uppercase().get(..2)?.parse().ok()).collect();
    if let (Some(first), Some(last)) = (levels.iter().min(), levels.iter().max()) {
        let from = (first != last).then_some(*first).or((*first == LanguageLevel::A1).then_some(LanguageLevel::A0));
        offer.language_level = Some(LevelRange { from, to: Some(*last) });
        return;
    }
    let folded = fold(text);
    let beginner = ["einsteiger", "anfaenger", "ohne vorkenntnisse", "grundstufe", "grundkurs", "basis"].iter().any(|word| folded.contains(word));
    let kind = if beginner { "none" } else { "prior-knowledge" };
    offer.entry_requirements.push(EntryRequirement { kind: kind.to_owned(), text: notes.short(Some(text), "/level") });
}

fn certificates(record: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    for (i, certificate) in record.all("zertifikat").enumerate() {
        let pointer = format!("/zertifikat[{}]", i + 1);
        let name = certificate.text_at("text").or_else(|| certificate.text_at("name"));
        if offer.qualification.is_some() {
            notes.not_mapped(&pointer, name.unwrap_or_default());
            continue;
        }
        let Some(name) = notes.short(name, &pointer) else { continue };
        let known = vocabularies.get(ids::CERTIFICATES).and_then(|v| {
            let words = name.as_str().split(|c: char| c.is_whitespace() || c == '(' || c == ')');
            v.by_label(name.as_str()).or_else(|| words.filter(|w| w.len() > 2).find_map(|word| v.by_label(word.trim_end_matches([',', ':']))))
        });
        offer.qualification = Some(Qualification { certificate: known.map(|c| c.code.clone()), name, dqr_level: None });
    }
}

fn price(record: &Element, notes: &mut Notes) -> Price {
    let Some(stated) = record.at("preis") else { return Price::unknown() };
    let mut price = match notes.cents(stated.text_at("betrag"), "/preis/betrag") {
        Some(0) => Price::free(),
        Some(cents) => Price::euros(cents),
        None => Price::unknown(),
    };
    let mut remarks = Vec::new();
    for extra in stated.all("zusatz").map(|e| e.text.as_str()).filter(|t| !t.is_empty()) {
        match reduced(extra) {
            Some(amount) => price.reductions.extend(Short::try_from("ermäßigt").ok().map(|label| PriceReduction { label, amount: Some(amount) })),
            None => remarks.push(extra),
        }
    }
    if price.reductions.is_empty() && stated.text_at("rabatt_moeglich").and_then(truth) == Some(true) {
        price.reductions.extend(Short::try_from("Ermäßigung möglich").ok().map(|label| PriceReduction { label, amount: None }));
    }
    price.note = notes.short(Some(&remarks.join(" · ")), "/preis/zusatz");
    price
}

/// `erm. Preis: 47,00 EUR` → 4700.
fn reduced(text: &str) -> Option<u32> {
    let folded = fold(text);
    if !folded.starts_with("erm") {
        return None;
    }
    let number: String = folded.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
    let rest = folded.split_once(number.as_str()).map(|(_, rest)| rest.trim()).unwrap_or_default();
    let money = rest.is_empty() || rest == "eur" || rest == "euro" || rest == "€";
    money.then(|| parse_cents(number.trim_end_matches(['.', ','])))?
}

fn links(record: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    for (i, link) in record.all("webadresse").enumerate() {
        let pointer = format!("/webadresse[{}]/uri", i + 1);
        let kind = link.text_at("typ").unwrap_or("website");
        let name = link.text_at("name").unwrap_or_default();
        match kind {
            "website" => {
                let Some(url) = notes.url(link.text_at("uri"), &pointer) else { continue };
                let booking = ["buch", "anmeld"].iter().any(|word| fold(name).contains(word));
                let registration = offer.registration.get_or_insert_with(Registration::default);
                if booking || registration.url.is_none() {
                    registration.url = Some(url.clone());
                    registration.forms = vec![RegistrationForm::Online];
                }
                offer.url.get_or_insert(url);
            }
            "picture" => {
                let (Some(url), Some(alt)) = (notes.url(link.text_at("uri"), &pointer), notes.short(Some(name), &pointer)) else { continue };
                offer.images.push(Image { url, alt, licence: None, author: None });
            }
            // The same page once more; documents and films go into the description.
            "website_mobile" | "attachment" | "video" => {}
            other => notes.not_mapped(&format!("/webadresse[{}]/typ", i + 1), other),
        }
    }
}

/// Where one registers by telephone or mail; the web page of the office only where the course has none.
fn office(record: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    let Some(office) = record.at("anmeldung") else { return };
    let registration = offer.registration.get_or_insert_with(Registration::default);
    registration.phone = notes.title(office.text_at("telefon"), "/anmeldung/telefon");
    registration.email = notes.email(office.text_at("mail"), "/anmeldung/mail");
    if registration.url.is_none() {
        registration.url = notes.url(office.text_at("link"), "/anmeldung/link");
    }
    let ways = [
        (registration.url.is_some(), RegistrationForm::Online),
        (registration.phone.is_some(), RegistrationForm::Phone),
        (registration.email.is_some(), RegistrationForm::Email),
    ];
    registration.forms = ways.into_iter().filter(|(there, _)| *there).map(|(_, form)| form).collect();
}

/// Texts in order, target groups that are no concept here, documents as links.
fn description(record: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let mut parts = Vec::new();
    for text in record.all("text") {
        let Some(body) = text.text_at("text") else { continue };
        match text.text_at("eigenschaft").filter(|p| !matches!(fold(p).as_str(), "text" | "beschreibung" | "inhalt")) {
            Some(heading) => parts.push(format!("### {}\n\n{}", heading.replace('_', " "), plain_to_markdown(body))),
            None => parts.push(plain_to_markdown(body)),
        }
    }
    let mut others = Vec::new();
    for group in record.all("zielgruppe").map(|e| e.text.as_str()).filter(|t| !t.is_empty()) {
        match vocabularies.get(ids::TARGET_GROUPS).and_then(|v| v.by_label(group)) {
            Some(concept) if offer.target_groups.contains(&concept.code) => {}
            Some(concept) => offer.target_groups.push(concept.code.clone()),
            None => others.push(group),
        }
    }
    if !others.is_empty() {
        parts.push(plain_to_markdown(&format!("Zielgruppe: {}", others.join(", "))));
    }
    let mut documents = String::new();
    for (i, link) in record.all("webadresse").enumerate() {
        if !matches!(link.text_at("typ"), Some("attachment" | "video")) {
            continue;
        }
        let Some(url) = notes.url(link.text_at("uri"), &format!("/webadresse[{}]/uri", i + 1)) else { continue };
        let name = link.text_at("name").unwrap_or(url.as_str()).replace(['[', ']'], "");
        documents.push_str(&format!("- [{name}](<{}>)\n", url.as_str()));
    }
    if !documents.is_empty() {
        parts.push(documents.trim_end().to_owned());
    }
    if !parts.is_empty() {
        offer.description = notes.markdown(&parts.join("\n\n"), "/text");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reduced_price_is_read_out_of_a_remark() {
        assert_eq!(reduced("erm. Preis: 47,00 EUR"), Some(4700));
        assert_eq!(reduced("ermäßigt 12 €"), Some(1200));
        assert_eq!(reduced("Ermäßigung 20 % für Inhaber der Ehrenamtskarte"), None);
        assert_eq!(reduced("zzgl. ca. 5 € für Unterrichtsmaterial"), None);
        assert_eq!(reduced("erm."), None);
    }
}
