//! Offers as rows: one for each, with the next run.

use super::{Row, Table};
use domain::catalogue::{Offer, Price, PriceType, Run, RunStatus};
use domain::text::LanguageTag;
use domain::vocabularies::ids;
use domain::{Moment, Timestamp};

/// Headings in German and English.
pub(super) const COLUMNS: &[(&str, &str)] = &[
    ("Titel", "Title"),
    ("Kurzbeschreibung", "Summary"),
    ("Einrichtung", "Organisation"),
    ("Art", "Kind"),
    ("Themen", "Topics"),
    ("Zielgruppen", "Target groups"),
    ("Lernform", "Way of taking part"),
    ("Sprachen", "Languages"),
    ("Nächster Beginn", "Next start"),
    ("Ende", "End"),
    ("Zeiten", "Times"),
    ("Status", "Status"),
    ("Durchführungen", "Runs"),
    ("Ort", "Place"),
    ("Straße", "Street"),
    ("PLZ", "Postcode"),
    ("Stadt/Gemeinde", "Town"),
    ("Gemeindeschlüssel", "Municipality key"),
    ("Preis", "Price"),
    ("Preishinweis", "Price note"),
    ("Anmeldung", "Registration"),
    ("Telefon", "Phone"),
    ("E-Mail", "Email"),
    ("Kursnummer", "Course code"),
    ("Seite des Anbieters", "Provider's page"),
    ("Seite im Portal", "Page in the portal"),
    ("Stand", "As of"),
    ("Quelle", "Source"),
    ("Lizenz", "Licence"),
    ("Adresse der Lizenz", "Address of the licence"),
    ("Kennung", "Id"),
];

/// A row of the table of offers.
pub fn offer_row(table: &Table<'_>, offer: &Offer) -> String {
    let translation = LanguageTag::try_from(table.language.to_owned()).ok().and_then(|tag| offer.translations.get(&tag));
    let run = next(offer, table.at);
    let place = run.and_then(|run| run.place.as_ref()).or(offer.place.as_ref());
    let registration = offer.registration.as_ref();
    let contact = offer.contact.as_ref();
    let mut row = Row::default();
    row.cell(translation.and_then(|t| t.title.as_ref()).unwrap_or(&offer.title).as_str());
    row.maybe(translation.and_then(|t| t.summary.as_ref()).or(offer.summary.as_ref()).map(|text| text.as_str()));
    row.cell(&offer.organization.name);
    row.cell(table.vocabularies.label(ids::OFFER_KINDS, &offer.kind, table.language));
    row.cell(&table.names(ids::TOPICS, &offer.topics));
    row.cell(&table.names(ids::TARGET_GROUPS, &offer.target_groups));
    row.cell(table.vocabularies.label(ids::DELIVERY_MODES, offer.delivery_mode.code(), table.language));
    row.cell(&table.names(ids::LANGUAGES, &offer.languages.iter().map(|tag| tag.as_str().to_owned()).collect::<Vec<_>>()));
    row.cell(&run.and_then(|run| run.start.map(|at| moment(at, run))).unwrap_or_default());
    row.cell(&run.and_then(|run| run.end.map(|at| moment(at, run))).unwrap_or_default());
    row.maybe(run.and_then(|run| run.schedule_text.as_ref()).map(|text| text.as_str()));
    row.maybe(run.map(|run| status(run.status, table.language)));
    row.cell(&offer.runs.len().to_string());
    row.maybe(place.map(|place| place.name.as_str()));
    row.address(place.map(|place| &place.address));
    row.maybe(place.and_then(|place| place.ags.as_deref()));
    let amount = run.and_then(|run| run.price.as_ref()).unwrap_or(&offer.price);
    row.cell(&price(amount, table.language));
    row.maybe(amount.note.as_ref().map(|text| text.as_str()));
    row.maybe(registration.and_then(|r| r.url.as_ref()).map(|url| url.as_str()));
    row.maybe(registration.and_then(|r| r.phone.as_ref()).or(contact.and_then(|c| c.phone.as_ref())).map(|text| text.as_str()));
    row.maybe(registration.and_then(|r| r.email.as_ref()).or(contact.and_then(|c| c.email.as_ref())).map(|text| text.as_str()));
    row.maybe(run.and_then(|run| run.course_code.as_ref()).or(offer.course_code.as_ref()).map(|text| text.as_str()));
    row.maybe(offer.url.as_ref().map(|url| url.as_str()));
    row.cell(&table.site.address(&format!("/de/angebote/{}/{}", offer.meta.id, offer.meta.slug)));
    row.cell(&offer.meta.updated_at.with_timezone(&table.site.zone).format("%Y-%m-%d").to_string());
    row.cell(&offer.meta.source.name);
    row.licence(offer.meta.licence);
    row.cell(&offer.meta.id.to_string());
    row.finish()
}

/// The first run that is not over and not cancelled.
fn next(offer: &Offer, at: Timestamp) -> Option<&Run> {
    offer.runs.iter().find(|run| run.status != RunStatus::Cancelled && run.ends_at().is_none_or(|end| end >= at)).or(offer.runs.first())
}

fn moment(at: Moment, run: &Run) -> String {
    match at {
        Moment::Date(date) => date.to_string(),
        Moment::DateTime(at) => at.with_timezone(&run.time_zone).format("%Y-%m-%d %H:%M").to_string(),
    }
}

fn status(status: RunStatus, language: &str) -> &'static str {
    let (de, en) = match status {
        RunStatus::Planned => ("geplant", "planned"),
        RunStatus::Bookable => ("buchbar", "bookable"),
        RunStatus::Full => ("ausgebucht", "full"),
        RunStatus::Running => ("läuft", "running"),
        RunStatus::Finished => ("beendet", "finished"),
        RunStatus::Cancelled => ("abgesagt", "cancelled"),
    };
    if language == "en" { en } else { de }
}

fn price(price: &Price, language: &str) -> String {
    let english = language == "en";
    let amount = |cents: Option<u32>| {
        let cents = cents.unwrap_or_default();
        format!("{}{}{:02}", cents / 100, if english { '.' } else { ',' }, cents % 100)
    };
    match price.kind {
        PriceType::Free => if english { "free" } else { "kostenlos" }.to_owned(),
        PriceType::Paid => format!("{} {}", amount(price.amount), price.currency),
        PriceType::Range => format!("{} bis {} {}", amount(price.amount), amount(price.max_amount), price.currency)
            .replace(" bis ", if english { " to " } else { " bis " }),
        PriceType::OnRequest => if english { "on request" } else { "auf Anfrage" }.to_owned(),
        PriceType::Unknown => String::new(),
    }
}
