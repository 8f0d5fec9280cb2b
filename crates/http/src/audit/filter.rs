//! Which entries are asked for: the parameters that list and file have in common.

use crate::query::{Query, date, uuid};
use chrono::DateTime;
use domain::problem::ValueError;
use domain::{Moment, Uuid};
use persistence::audit::Filter;
use utoipa::IntoParams;

/// Longest action and target, in characters.
const LENGTH: usize = 60;

/// Which entries of the audit log.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents what `read` reads")]
pub(crate) struct AuditParameters {
    /// Id of the account or client that acted.
    pub(crate) actor: Option<Uuid>,
    /// What the action begins with: `account.` for all that concerns accounts.
    #[param(min_length = 1, max_length = 60, pattern = "^[A-Za-z0-9._:-]+$", example = "account.")]
    pub(crate) action: Option<String>,
    /// Id of what it was done to.
    #[param(min_length = 1, max_length = 60, pattern = "^[A-Za-z0-9._:-]+$")]
    pub(crate) target: Option<String>,
    /// First day `YYYY-MM-DD` in the region's zone, or first instant (RFC 3339).
    #[param(example = "2026-11-01")]
    pub(crate) from: Option<String>,
    /// Last day, or the first instant that is not wanted any more.
    #[param(example = "2026-11-30")]
    pub(crate) to: Option<String>,
}

/// Reads the parameters; what is wrong stays in `parameters`.
pub(super) fn read(parameters: &mut Query<'_>) -> Filter {
    let zone = parameters.state().services.region.info().time_zone;
    let actor = parameters.one("actor", uuid);
    let action = parameters.one("action", code);
    let target = parameters.one("target", code);
    let from = parameters.one("from", moment).map(|moment| moment.earliest(zone));
    let to = parameters.one("to", moment).map(|moment| match moment {
        Moment::Date(day) => Moment::Date(day.succ_opt().unwrap_or(day)).earliest(zone),
        Moment::DateTime(instant) => instant,
    });
    Filter { actor, action, target, from, to }
}

fn moment(text: &str) -> Result<Moment, ValueError> {
    if let Ok(day) = date(text) {
        return Ok(Moment::Date(day));
    }
    DateTime::parse_from_rfc3339(text).map(|instant| Moment::DateTime(instant.to_utc())).map_err(|_| {
        ValueError::new(
            "date-invalid",
            format!("„{text}“ ist weder ein Tag (JJJJ-MM-TT) noch ein Zeitpunkt mit Zeitzone (RFC 3339)."),
            format!("“{text}” is neither a day (YYYY-MM-DD) nor an instant with offset (RFC 3339)."),
        )
    })
}

/// What actions, keys and ids consist of.
fn code(text: &str) -> Result<String, ValueError> {
    if (1..=LENGTH).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:-".contains(&b)) {
        return Ok(text.to_owned());
    }
    Err(ValueError::new(
        "code-invalid",
        format!("1 bis {LENGTH} Buchstaben ohne Umlaute, Ziffern, Punkte, Binde- und Unterstriche, Doppelpunkte."),
        format!("1 to {LENGTH} ASCII letters, digits, dots, hyphens, underscores, colons."),
    ))
}
