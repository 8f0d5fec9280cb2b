//! Offers and their runs as `SERVICE`s.

use super::supplier::{check_address, lines, name_lines, person, role};
use super::texts::{Note, Parts, schedule};
use super::xml::Xml;
use super::{Catalogue, codes, instant, missing, refused, too_long};
use crate::mapping::terminological;
use crate::out::licence;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, Image, Offer, PlaceSummary, PriceType, RecordKind, Run, RunStatus};
use domain::vocabularies::ids;
use domain::{Moment, Problem};

const KIND: RecordKind = RecordKind::Offer;

/// Longest description, and longest text of each element that is asked for here.
const DESCRIPTION: usize = 30_000;

/// As many sessions of a run are listed one by one.
const SESSIONS: usize = 40;

pub(super) fn step_free(statement: &AccessibilityStatement) -> bool {
    statement.criterion == "step-free-entrance" && statement.value == AccessibilityValue::Yes
}

/// What all services of an offer share.
struct Sheet<'a> {
    catalogue: &'a Catalogue<'a>,
    offer: &'a Offer,
    supplier: &'a str,
    course_id: String,
    course_type: &'static str,
    education: (&'static str, &'static str),
    form: (String, &'static str),
    languages: Vec<String>,
    parts: Parts,
}

pub(super) fn services(catalogue: &Catalogue<'_>, offer: &Offer, supplier: &str) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let text = offer.description.as_ref().map(|text| text.as_str()).or(offer.summary.as_ref().map(|text| text.as_str()));
    let parts = Parts::of(text.unwrap_or_default());
    // A text that stands under headings only is a description nevertheless.
    let description = if parts.main.is_empty() { offer.summary.as_ref().map_or("", |text| text.as_str()) } else { parts.main.as_str() };
    if description.is_empty() {
        problems.push(missing(KIND, "/description", "eine Beschreibung", "a description"));
    } else if description.chars().count() > DESCRIPTION {
        problems.push(too_long("/description", DESCRIPTION));
    }
    let education = codes::education(offer);
    let course_type = codes::course_type(offer, education.0);
    if course_type == "5" && offer.price.kind == PriceType::Unknown {
        problems.push(missing(KIND, "/price", "den Preis (auch „kostenlos“ oder „auf Anfrage“)", "the price (“free” or “on request” will do)"));
    }
    let languages: Vec<String> = offer.languages.iter().filter_map(|tag| terminological(tag, catalogue.vocabularies)).collect();
    if languages.is_empty() {
        problems.push(missing(KIND, "/languages", "die Unterrichtssprache", "the language of instruction"));
    }
    if offer.example {
        problems.push(refused(
            "/example",
            "export-example",
            "Erfundene Beispiele gehen nicht an KURSNET.",
            "Invented examples are not sent to KURSNET.",
        ));
    }
    if !licence(offer.meta.licence).open {
        let (de, en) = ("Die Lizenz erlaubt keine Weitergabe.", "The licence does not allow passing it on.");
        problems.push(refused("/licence", "export-licence-closed", de, en));
    }
    let form = codes::instruction_form(offer, catalogue.vocabularies);
    let runs = runs(catalogue, offer, &mut problems);
    let (Some(form), true) = (form, problems.is_empty()) else { return Err(problems) };
    let course_id = catalogue.product_id(&offer.meta.source);
    let sheet = Sheet { catalogue, offer, supplier, course_id, course_type, education, form, languages, parts };
    let mut xml = Xml::default();
    // The run that carries the offer is the one with its number, else the first.
    let head = runs.iter().position(|run| run.external_id.as_deref() == Some(offer.meta.source.external_id.as_str())).unwrap_or(0);
    if let Some(run) = runs.get(head) {
        sheet.service(&mut xml, run, &sheet.course_id, true);
    }
    for (_, run) in runs.iter().enumerate().filter(|(at, _)| *at != head) {
        sheet.service(&mut xml, run, &sheet.run_id(run), false);
    }
    Ok(xml.finish())
}

/// The runs that are of use to anybody; each has to begin some day and, if it has a place, to have its address.
fn runs<'a>(catalogue: &Catalogue<'_>, offer: &'a Offer, problems: &mut Vec<Problem>) -> Vec<&'a Run> {
    let over = |run: &Run| matches!(run.status, RunStatus::Cancelled | RunStatus::Finished) || run.ends_at().is_some_and(|end| end < catalogue.at);
    let mut runs = Vec::new();
    for (at, run) in offer.runs.iter().enumerate().filter(|(_, run)| !over(run)) {
        if run.start.is_none() {
            problems.push(missing(KIND, &format!("/runs/{at}/start"), "den Tag des Beginns", "the day of the start"));
        }
        if let Some(place) = run.place.as_ref().or(offer.place.as_ref()) {
            let pointer = if run.place.is_some() { format!("/runs/{at}/place/address") } else { "/place/address".to_owned() };
            check_address(&place.address, KIND, &pointer, problems);
        }
        runs.push(run);
    }
    if runs.is_empty() {
        problems.push(missing(KIND, "/runs", "mindestens eine Durchführung, die nicht vorbei ist", "at least one run that is not over"));
    }
    runs
}

impl Sheet<'_> {
    /// The number of a further run: its own in a file for its organisation, one that nobody else has in a catalogue of many.
    fn run_id(&self, run: &Run) -> String {
        let own = self.catalogue.own_source == Some(self.offer.meta.source.key.as_str());
        match &run.external_id {
            Some(id) if own && *id != self.course_id => id.clone(),
            Some(id) => format!("{}/{id}", self.course_id),
            None => format!("{}/{}", self.course_id, run.id),
        }
    }

    fn day(&self, moment: Moment) -> String {
        instant(moment.earliest(self.catalogue.site.zone), self.catalogue.site.zone)
    }

    fn service(&self, xml: &mut Xml, run: &Run, product_id: &str, head: bool) {
        let offer = self.offer;
        let note = run.note.as_ref().map(|note| Note::of(note.as_str())).unwrap_or_default();
        xml.open("SERVICE", if head { &[] } else { &[("mode", "new")] });
        let known = licence(offer.meta.licence);
        xml.comment(&format!("Lizenz: {} {}", known.code, known.url.unwrap_or(known.name)));
        xml.text("PRODUCT_ID", product_id);
        xml.text("COURSE_TYPE", self.course_type);
        xml.coded("SUPPLIER_ID_REF", &[("type", "supplier_specific")], self.supplier);
        xml.open("SERVICE_DETAILS", &[]);
        xml.text("TITLE", if head { offer.title.as_str() } else { note.title.as_deref().unwrap_or_default() });
        let main = if self.parts.main.is_empty() { offer.summary.as_ref().map_or("", |s| s.as_str()) } else { &self.parts.main };
        xml.text("DESCRIPTION_LONG", main);
        xml.fitting("SUPPLIER_ALT_PID", run.course_code.as_ref().or(offer.course_code.as_ref()).map(|code| code.as_str()), 30);
        if let Some((contact, phone)) = offer.contact.as_ref().and_then(|c| Some((c, codes::phone(c.phone.as_ref()?.as_str())?))) {
            person(xml, contact, &phone, role(contact));
        }
        xml.fitting("REQUIREMENTS", self.requirements().as_deref(), 10_000);
        xml.open("SERVICE_DATE", &[]);
        if let Some(start) = run.start {
            xml.text("START_DATE", &self.day(start));
        }
        if let Some(end) = run.end {
            xml.text("END_DATE", &self.day(end));
        }
        xml.fitting("DATE_REMARKS", note.remarks.as_deref(), 4000);
        xml.close("SERVICE_DATE");
        for keyword in &offer.keywords {
            xml.text("KEYWORD", keyword.as_str());
        }
        self.target_groups(xml);
        self.parts.all("Bedingungen").for_each(|text| xml.fitting("TERMS_AND_CONDITIONS", Some(text), 4000));
        xml.open("SERVICE_MODULE", &[]);
        self.education(xml, run, &note, head);
        xml.close("SERVICE_MODULE");
        self.announcement(xml);
        xml.close("SERVICE_DETAILS");
        self.price(xml, run);
        self.links(xml, run);
        xml.close("SERVICE");
    }

    fn requirements(&self) -> Option<String> {
        if let Some(text) = self.parts.first("Voraussetzungen") {
            return Some(text.to_owned());
        }
        let label = |kind: &str| self.catalogue.vocabularies.label(ids::ENTRY_REQUIREMENTS, kind, "de").to_owned();
        let stated = self.offer.entry_requirements.iter().map(|requirement| match (&requirement.text, requirement.kind.as_str()) {
            (Some(text), _) => text.to_string(),
            (None, "none") => "Keine".to_owned(),
            (None, kind) => label(kind),
        });
        Some(stated.collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty())
    }

    fn target_groups(&self, xml: &mut Xml) {
        let mut texts: Vec<String> = self.parts.all("Zielgruppe").map(str::to_owned).collect();
        if texts.is_empty() && !self.offer.target_groups.is_empty() {
            let labels = self.offer.target_groups.iter().map(|code| self.catalogue.vocabularies.label(ids::TARGET_GROUPS, code, "de"));
            texts.push(labels.collect::<Vec<_>>().join(", "));
        }
        for text in texts.iter().filter(|text| text.chars().count() <= 4000) {
            xml.open("TARGET_GROUP", &[]);
            xml.text("TARGET_GROUP_TEXT", text);
            xml.close("TARGET_GROUP");
        }
    }

    fn education(&self, xml: &mut Xml, run: &Run, note: &Note, head: bool) {
        xml.open("EDUCATION", &[("type", if head { "true" } else { "false" })]);
        xml.text("COURSE_ID", &self.course_id);
        self.degree(xml);
        xml.fitting("CREDITS", self.parts.first("Anrechnung"), 4000);
        for text in self.parts.all("Förderung").filter(|text| text.chars().count() <= 2000) {
            xml.open("SUBSIDY", &[]);
            xml.text("SUBSIDY_DESCRIPTION", text);
            xml.close("SUBSIDY");
        }
        if let Some(deadline) = run.deadline {
            xml.text("REGISTRATION_DATE", &self.day(deadline));
        }
        if self.offer.funding.iter().any(|funding| funding.kind == "azav-certified") {
            xml.open("CERTIFICATE", &[]);
            xml.text("CERTIFICATE_STATUS", "1");
            xml.close("CERTIFICATE");
        }
        let (time, hours) = run.schedule_text.as_ref().map_or((None, None), |text| schedule(text.as_str()));
        self.extended(xml, time);
        self.modules(xml, run, note, hours);
        xml.close("EDUCATION");
    }

    fn degree(&self, xml: &mut Xml) {
        let parts = &self.parts;
        let certificate = self.offer.qualification.as_ref().and_then(|q| q.certificate.as_deref());
        let sections = ["Abschluss", "Zusatzqualifikationen", "Berechtigung durch den Abschluss"];
        if self.offer.qualification.is_none() && sections.iter().all(|heading| parts.first(heading).is_none()) {
            return;
        }
        xml.open("DEGREE", &[("type", "0")]);
        xml.fitting("DEGREE_TITLE", self.offer.qualification.as_ref().map(|q| q.name.as_str()), 2000);
        xml.fitting("DEGREE_DESCRIPTION", parts.first("Abschluss"), 64_000);
        if let Some(code) = certificate {
            xml.coded("DEGREE_EXAM", &[("type", self.catalogue.vocabularies.label(ids::CERTIFICATES, code, "de"))], "");
        }
        parts.all("Zusatzqualifikationen").for_each(|text| xml.fitting("DEGREE_ADD_QUALIFICATION", Some(text), 4000));
        parts.all("Berechtigung durch den Abschluss").for_each(|text| xml.fitting("DEGREE_ENTITLED", Some(text), 4000));
        xml.close("DEGREE");
    }

    fn extended(&self, xml: &mut Xml, time: Option<&str>) {
        let offer = self.offer;
        xml.open("EXTENDED_INFO", &[]);
        xml.coded("INSTITUTION", &[("type", "102")], "Berufsbildende Schule/Einrichtung");
        xml.coded("INSTRUCTION_FORM", &[("type", &self.form.0)], self.form.1);
        match time {
            Some(time) => xml.coded("INSTRUCTION_TIME", &[("type", "1")], time),
            None => xml.coded("INSTRUCTION_TIME", &[("type", "0")], "Keine Angabe"),
        }
        for (element, scheme) in [("FUNDING_TYPES_FEDERAL", "kursnet-bund"), ("FUNDING_TYPES_REGIONAL", "kursnet-mv")] {
            for (code, words) in offer.funding.iter().filter_map(|f| codes::funding(&f.kind, scheme, self.catalogue.vocabularies)) {
                xml.coded(element, &[("type", code)], words);
            }
        }
        xml.fitting("FUNDING_TYPES_REMARKS", self.parts.first("Hinweise zur Förderung"), 2000);
        let accessible = |s: &&AccessibilityStatement| s.criterion == "accessible-online" && s.value == AccessibilityValue::Yes;
        if let Some(statement) = offer.accessibility.iter().find(accessible) {
            xml.text("DIGITAL_ACCESSIBILITY", "true");
            xml.fitting("DIGITAL_ACCESSIBILITY_REMARKS", statement.note.as_ref().map(|note| note.as_str()), 4000);
        }
        self.languages.iter().for_each(|code| xml.text("TEACHING_LANGUAGES", code));
        xml.fitting("TEACHING_LANGUAGES_REMARKS", self.parts.first("Unterrichtssprache"), 256);
        xml.coded("EDUCATION_TYPE", &[("type", self.education.0)], self.education.1);
        let number = offer.funding.iter().filter_map(|funding| funding.number.as_ref()).map(|number| number.as_str());
        xml.fitting("MEASURE_NUMBER", number.into_iter().find(|number| codes::is_measure_number(number)), 30);
        xml.close("EXTENDED_INFO");
    }

    /// One module with everything, and one more for each further session.
    fn modules(&self, xml: &mut Xml, run: &Run, note: &Note, hours: Option<&str>) {
        let listed = if (2..=SESSIONS).contains(&run.sessions.len()) { run.sessions.as_slice() } else { &[] };
        let words = note.duration.as_deref();
        let class = words.and_then(codes::duration_of_words);
        let duration = class.unwrap_or_else(|| codes::duration(run));
        for at in 0..listed.len().max(1) {
            let first = at == 0;
            xml.open("MODULE_COURSE", &[]);
            if let Some(capacity) = run.capacity.filter(|_| first) {
                xml.fitting("MIN_PARTICIPANTS", capacity.min.map(|n| n.to_string()).as_deref(), 9);
                xml.fitting("MAX_PARTICIPANTS", capacity.max.map(|n| n.to_string()).as_deref(), 9);
            }
            if first {
                location(xml, run.place.as_ref().or(self.offer.place.as_ref()));
            }
            xml.open("DURATION", &[("type", duration)]);
            if let Some(session) = listed.get(at) {
                xml.text("START_DATE", &self.day(session.start));
                xml.text("END_DATE", &self.day(session.end.unwrap_or(session.start)));
            }
            xml.fitting("DATE_REMARKS", words.filter(|_| first && class.is_none()), 4000);
            xml.close("DURATION");
            if !listed.is_empty() {
                xml.text("MODULE_ORDER", &(at + 1).to_string());
            }
            xml.fitting("INSTRUCTION_REMARKS", hours.filter(|_| first), 2000);
            xml.text("FLEXIBLE_START", if run.rolling_start { "true" } else { "false" });
            xml.open("EXTENDED_INFO", &[]);
            xml.coded("SEGMENT_TYPE", &[("type", "0")], "");
            xml.close("EXTENDED_INFO");
            xml.close("MODULE_COURSE");
        }
    }

    fn announcement(&self, xml: &mut Xml) {
        let zone = self.catalogue.site.zone;
        let day = |moment: Option<Moment>| moment.map(|moment| moment.date(zone).to_string());
        if self.offer.publish_from.is_none() && self.offer.publish_until.is_none() {
            return;
        }
        xml.open("ANNOUNCEMENT", &[]);
        xml.fitting("START_DATE", day(self.offer.publish_from).as_deref(), 10);
        xml.fitting("END_DATE", day(self.offer.publish_until).as_deref(), 10);
        xml.close("ANNOUNCEMENT");
    }

    /// `0.0` is "on request" to this format; what is free says so in words.
    fn price(&self, xml: &mut Xml, run: &Run) {
        let price = run.price.as_ref().unwrap_or(&self.offer.price);
        let note = price.note.as_ref().map(|note| note.as_str());
        let (cents, remarks) = match price.kind {
            PriceType::Unknown => return,
            PriceType::Free => (
                0,
                Some(
                    note.map_or_else(|| "kostenlos".to_owned(), |note| if says_free(note) { note.to_owned() } else { format!("kostenlos; {note}") }),
                ),
            ),
            PriceType::OnRequest => (0, note.map(str::to_owned)),
            PriceType::Paid => (price.amount.unwrap_or_default(), note.map(str::to_owned)),
            PriceType::Range => {
                let most = price.max_amount.unwrap_or_default();
                (price.amount.unwrap_or_default(), Some(format!("bis {},{:02}", most / 100, most % 100)))
            }
        };
        xml.open("SERVICE_PRICE_DETAILS", &[]);
        xml.open("SERVICE_PRICE", &[]);
        xml.text("PRICE_AMOUNT", &format!("{}.{:02}", cents / 100, cents % 100));
        xml.text("PRICE_CURRENCY", &price.currency);
        xml.close("SERVICE_PRICE");
        xml.fitting("REMARKS", remarks.as_deref(), 2000);
        xml.close("SERVICE_PRICE_DETAILS");
    }

    fn links(&self, xml: &mut Xml, run: &Run) {
        let registration = self.offer.registration.as_ref().and_then(|registration| registration.url.as_ref());
        let page = run.url.as_ref().or(self.offer.url.as_ref()).or(registration).map(|url| url.as_str());
        let images: Vec<(&Image, &str)> = self.offer.images.iter().filter_map(|image| Some((image, picture(image)?))).collect();
        if page.is_none() && images.is_empty() {
            return;
        }
        xml.open("MIME_INFO", &[]);
        if let Some(page) = page {
            xml.open("MIME_ELEMENT", &[]);
            xml.cut("MIME_SOURCE", page, 2000);
            xml.close("MIME_ELEMENT");
        }
        for (image, media_type) in images {
            xml.open("MIME_ELEMENT", &[]);
            xml.text("MIME_TYPE", media_type);
            xml.cut("MIME_SOURCE", image.url.as_str(), 2000);
            xml.text("MIME_ALT", image.alt.as_str());
            xml.close("MIME_ELEMENT");
        }
        xml.close("MIME_INFO");
    }
}

fn says_free(note: &str) -> bool {
    let folded = domain::text::fold(note);
    ["kostenlos", "kostenfrei", "gebuehrenfrei", "unentgeltlich"].iter().any(|word| folded.contains(word))
}

/// The media type of a picture by its ending. One whose description is too long for the format is left out.
fn picture(image: &Image) -> Option<&'static str> {
    let path = image.url.as_str().split(['?', '#']).next()?.to_ascii_lowercase();
    let media_type = match path.rsplit('.').next()? {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    (image.alt.as_str().chars().count() <= 255).then_some(media_type)
}

/// A `LOCATION`; an empty one says that there is none.
fn location(xml: &mut Xml, place: Option<&PlaceSummary>) {
    xml.open("LOCATION", &[]);
    match place {
        None => xml.text("NAME", ""),
        Some(place) => {
            name_lines(xml, &place.name);
            lines(xml, &place.address);
            xml.fitting("ADDRESS_REMARKS", place.public_transport.as_ref().map(|hint| hint.as_str()), 4000);
            if place.accessibility.iter().any(step_free) {
                xml.text("BARRIER_FREE_LOCATION", "true");
            }
        }
    }
    xml.close("LOCATION");
}
