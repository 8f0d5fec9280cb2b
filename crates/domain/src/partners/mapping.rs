//! How the columns of a source's tables become fields. Remembered per source, so that next month's table needs no questions.

use crate::catalogue::code_enum;
use crate::problem::{Message, ValueError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use utoipa::ToSchema;

/// Most columns of a mapping.
const MOST_COLUMNS: usize = 200;
/// Most translated values of a column.
const MOST_VALUES: usize = 500;
/// Longest name or value in characters.
const LONGEST: usize = 300;
/// Last row that can be the one with the names.
const LAST_HEADER: u32 = 100;

macro_rules! table_fields {
    ($($(#[doc = $doc:literal])* $variant:ident = $code:literal, $de:literal, $en:literal;)*) => {
        code_enum! {
            /// A field that a column of a table can be.
            TableField { $($(#[doc = $doc])* $variant = $code,)* }
        }

        impl TableField {
            /// What people call it.
            pub fn label(self) -> Message {
                let (de, en) = match self { $(Self::$variant => ($de, $en),)* };
                Message { de: de.to_owned(), en: en.to_owned() }
            }
        }
    };
}

table_fields! {
    /// The identifier of the offer.
    ExternalId = "externalId", "Kennung des Angebots", "Identifier of the offer";
    /// Title.
    Title = "title", "Titel", "Title";
    /// Summary.
    Summary = "summary", "Kurzbeschreibung", "Summary";
    /// Description.
    Description = "description", "Beschreibung", "Description";
    /// Kind of the offer.
    Kind = "kind", "Art des Angebots", "Kind of offer";
    /// Topics.
    Topics = "topics", "Themen", "Topics";
    /// Phases of life.
    LifePhases = "lifePhases", "Lebensphasen", "Phases of life";
    /// Target groups.
    TargetGroups = "targetGroups", "Zielgruppen", "Target groups";
    /// Words to be found by.
    Keywords = "keywords", "Schlagwörter", "Keywords";
    /// Languages of instruction.
    Languages = "languages", "Unterrichtssprachen", "Languages of instruction";
    /// Language level at the start.
    LevelFrom = "levelFrom", "Sprachniveau zu Beginn", "Language level at the start";
    /// Language level at the end.
    LevelTo = "levelTo", "Sprachniveau am Ende", "Language level at the end";
    /// Youngest age.
    AgeMin = "ageMin", "Alter ab", "Age from";
    /// Oldest age.
    AgeMax = "ageMax", "Alter bis", "Age to";
    /// How it is taught.
    DeliveryMode = "deliveryMode", "Durchführung (vor Ort, online)", "Delivery (on site, online)";
    /// Price.
    Price = "price", "Preis", "Price";
    /// Reduced price.
    ReducedPrice = "reducedPrice", "Ermäßigter Preis", "Reduced price";
    /// Note on the price.
    PriceNote = "priceNote", "Hinweis zum Preis", "Note on the price";
    /// The provider's number for people.
    CourseCode = "courseCode", "Kursnummer", "Course number";
    /// Web page of the offer.
    Url = "url", "Webseite des Angebots", "Web page of the offer";
    /// Page to register.
    RegistrationUrl = "registrationUrl", "Anmeldung: Webseite", "Registration: web page";
    /// Phone to register.
    RegistrationPhone = "registrationPhone", "Anmeldung: Telefon", "Registration: phone";
    /// Mailbox to register.
    RegistrationEmail = "registrationEmail", "Anmeldung: E-Mail", "Registration: e-mail";
    /// Last day to register.
    RegistrationDeadline = "registrationDeadline", "Anmeldeschluss", "Registration deadline";
    /// Role or office to ask.
    ContactName = "contactName", "Kontakt: Stelle", "Contact: office";
    /// Phone to ask.
    ContactPhone = "contactPhone", "Kontakt: Telefon", "Contact: phone";
    /// Mailbox to ask.
    ContactEmail = "contactEmail", "Kontakt: E-Mail", "Contact: e-mail";
    /// Childcare on site.
    Childcare = "childcare", "Kinderbetreuung (ja/nein)", "Childcare (yes/no)";
    /// The identifier of the run.
    RunId = "runId", "Kennung des Termins", "Identifier of the run";
    /// First day, or first day and time.
    Start = "start", "Beginn", "Start";
    /// Time of day at which it starts.
    StartTime = "startTime", "Uhrzeit von", "Time from";
    /// Last day, or last day and time.
    End = "end", "Ende", "End";
    /// Time of day at which it ends.
    EndTime = "endTime", "Uhrzeit bis", "Time to";
    /// Single days.
    Sessions = "sessions", "Einzeltermine", "Single dates";
    /// Times in the provider's words.
    ScheduleText = "scheduleText", "Zeiten in Worten", "Times in words";
    /// Teaching units.
    Units = "units", "Unterrichtseinheiten", "Teaching units";
    /// Fewest participants.
    CapacityMin = "capacityMin", "Mindestteilnehmerzahl", "Fewest participants";
    /// Most participants.
    CapacityMax = "capacityMax", "Plätze", "Places";
    /// Places taken.
    Booked = "booked", "Belegte Plätze", "Places taken";
    /// Where the run stands.
    Status = "status", "Status", "Status";
    /// Where online.
    OnlineUrl = "onlineUrl", "Adresse der Online-Teilnahme", "Address to take part online";
    /// Remark on the run.
    RunNote = "runNote", "Hinweis zum Termin (Raum)", "Remark on the run (room)";
    /// Name of the organisation.
    Organization = "organization", "Anbieter", "Provider";
    /// The identifier of the organisation.
    OrganizationId = "organizationId", "Kennung des Anbieters", "Identifier of the provider";
    /// Kind of the organisation.
    OrganizationKind = "organizationKind", "Art des Anbieters", "Kind of provider";
    /// Web page of the organisation.
    OrganizationUrl = "organizationUrl", "Webseite des Anbieters", "Web page of the provider";
    /// Name of the place.
    Place = "place", "Ort (Name)", "Place (name)";
    /// Street and house number of the place.
    Street = "street", "Straße und Hausnummer", "Street and number";
    /// Postcode of the place.
    PostalCode = "postalCode", "Postleitzahl", "Postcode";
    /// Town of the place.
    Locality = "locality", "Stadt oder Gemeinde", "Town";
    /// Part of the town.
    District = "district", "Ortsteil", "Part of the town";
    /// Latitude of the place.
    Latitude = "latitude", "Breitengrad", "Latitude";
    /// Longitude of the place.
    Longitude = "longitude", "Längengrad", "Longitude";
    /// Entrance without steps.
    StepFree = "stepFree", "Stufenloser Zugang (ja/nein)", "Step-free access (yes/no)";
}

impl TableField {
    /// Whether every record needs it.
    pub fn required(self) -> bool {
        self == Self::Title
    }

    /// Whether a cell may hold several values.
    pub fn many(self) -> bool {
        matches!(self, Self::Topics | Self::LifePhases | Self::TargetGroups | Self::Keywords | Self::Languages | Self::Sessions)
    }
}

code_enum! {
    /// Encoding of a table in a text file.
    TableEncoding {
        /// UTF-8, with or without byte order mark.
        Utf8 = "utf-8",
        /// What German spreadsheets save as "CSV".
        Windows1252 = "windows-1252",
        /// UTF-16 with byte order mark, little endian.
        Utf16Le = "utf-16le",
    }
}

/// One column and the field it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// Name of the column as it stands in the table; blank space and case do not matter.
    #[schema(examples("Kurstitel"))]
    pub column: String,
    /// The field.
    #[schema(examples("title"))]
    pub field: TableField,
    /// What stands between several values in a cell. Without it: `;`, `,`, `|` and line breaks for fields that may have several values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("/"))]
    pub separator: Option<String>,
    /// Words of the table and what they mean here: `{"PC & Co": "digital-media"}`. Case does not matter. An empty meaning leaves the word out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub values: BTreeMap<String, String>,
}

/// How the columns of a source's tables become fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ColumnMapping {
    /// Name of the sheet of a workbook; the first one with content where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What stands between the columns of a text file (one character, or `\t`); found out where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples(";"))]
    pub delimiter: Option<String>,
    /// Encoding of a text file; found out where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<TableEncoding>,
    /// Row with the names of the columns, from 1; the first one with content where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100)]
    pub header_row: Option<u32>,
    /// Columns and the fields they are. Columns that are not named are left out.
    #[serde(default)]
    pub columns: Vec<MappedColumn>,
    /// Fields that are the same in every row: `{"locality": "Parchim"}`. A cell that is not empty counts more.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub fixed: BTreeMap<TableField, String>,
}

impl ColumnMapping {
    /// Everything that is wrong with it, by JSON pointer.
    pub fn problems(&self) -> Vec<(String, ValueError)> {
        let mut wrong = Vec::new();
        let too_long = |text: &str| text.chars().count() > LONGEST;
        let length = || ValueError::new("text-too-long", format!("Höchstens {LONGEST} Zeichen."), format!("At most {LONGEST} characters."));
        if self.columns.len() > MOST_COLUMNS {
            let (de, en) = (format!("Höchstens {MOST_COLUMNS} Spalten."), format!("At most {MOST_COLUMNS} columns."));
            wrong.push(("/columns".to_owned(), ValueError::new("too-many-values", de, en)));
            return wrong;
        }
        if self.header_row.is_some_and(|row| !(1..=LAST_HEADER).contains(&row)) {
            let (de, en) = (format!("Eine Zeile von 1 bis {LAST_HEADER}."), format!("A row from 1 to {LAST_HEADER}."));
            wrong.push(("/headerRow".to_owned(), ValueError::new("number-out-of-range", de, en)));
        }
        if self.delimiter.as_deref().is_some_and(|text| !matches!(text, "\\t" | "\t" | ";" | "," | "|" | ":" | "^" | "~")) {
            let allowed = "; , | : ^ ~ \\t";
            let (de, en) = (format!("Erlaubt ist eines dieser Zeichen: {allowed}"), format!("Allowed is one of these characters: {allowed}"));
            wrong.push(("/delimiter".to_owned(), ValueError::new("value-unknown", de, en)));
        }
        if self.sheet.as_deref().is_some_and(too_long) {
            wrong.push(("/sheet".to_owned(), length()));
        }
        let mut fields = BTreeSet::new();
        for (i, column) in self.columns.iter().enumerate() {
            if column.column.trim().is_empty() {
                let missing = ValueError::new("field-missing", "Der Name der Spalte fehlt.", "The name of the column is missing.");
                wrong.push((format!("/columns/{i}/column"), missing));
            } else if too_long(&column.column) {
                wrong.push((format!("/columns/{i}/column"), length()));
            }
            if !fields.insert(column.field) {
                let (de, en) = (
                    format!("Das Feld „{}“ hat schon eine andere Spalte.", column.field.label().de),
                    format!("The field “{}” has another column already.", column.field.label().en),
                );
                wrong.push((format!("/columns/{i}/field"), ValueError::new("field-duplicate", de, en)));
            }
            if column.separator.as_deref().is_some_and(|text| text.is_empty() || text.chars().count() > 5) {
                let short = ValueError::new("text-too-long", "Ein bis fünf Zeichen.", "One to five characters.");
                wrong.push((format!("/columns/{i}/separator"), short));
            }
            if column.values.len() > MOST_VALUES {
                let (de, en) = (format!("Höchstens {MOST_VALUES} Werte."), format!("At most {MOST_VALUES} values."));
                wrong.push((format!("/columns/{i}/values"), ValueError::new("too-many-values", de, en)));
            } else if column.values.iter().any(|(from, to)| too_long(from) || too_long(to)) {
                wrong.push((format!("/columns/{i}/values"), length()));
            }
        }
        if let Some((field, _)) = self.fixed.iter().find(|(_, value)| too_long(value)) {
            wrong.push((format!("/fixed/{}", field.code()), length()));
        }
        if !fields.contains(&TableField::Title) && !self.fixed.contains_key(&TableField::Title) {
            let (de, en) = ("Eine Spalte muss der Titel sein.", "One column has to be the title.");
            wrong.push(("/columns".to_owned(), ValueError::new("field-missing", de, en)));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_says_everything_that_is_wrong_with_it() {
        let mapping: ColumnMapping = serde_json::from_value(serde_json::json!({
            "delimiter": "ab", "headerRow": 0,
            "columns": [
                { "column": " ", "field": "summary", "separator": "" },
                { "column": "B", "field": "summary", "values": { "x": "y" } }
            ],
            "fixed": { "locality": "Parchim" }
        }))
        .unwrap();
        let problems = mapping.problems();
        let told: Vec<_> = problems.iter().map(|(pointer, error)| (pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("/headerRow", "number-out-of-range"),
                ("/delimiter", "value-unknown"),
                ("/columns/0/column", "field-missing"),
                ("/columns/0/separator", "text-too-long"),
                ("/columns/1/field", "field-duplicate"),
                ("/columns", "field-missing"),
            ]
        );
        let sound: ColumnMapping = serde_json::from_value(serde_json::json!({ "columns": [{ "column": "Kurs", "field": "title" }] })).unwrap();
        assert!(sound.problems().is_empty());
        assert_eq!(serde_json::to_value(&sound).unwrap(), serde_json::json!({ "columns": [{ "column": "Kurs", "field": "title" }] }));
    }
}
