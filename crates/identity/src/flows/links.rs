//! Links in letters: what they prove, where they lead, and how long they work.

use super::{FlowError, Flows};
use crate::secrets::{Secret, SecretKind};
use chrono::Duration;
use domain::Uuid;
use domain::accounts::{Account, MailLanguage, Membership, Role, Roles};
use persistence::AnyConnection;
use persistence::accounts::one_time_tokens::{self, OneTimeToken, Purpose};

/// How long a link works.
pub(super) fn valid(purpose: Purpose) -> Duration {
    match purpose {
        Purpose::Invitation | Purpose::Membership => Duration::days(7),
        Purpose::PasswordReset => Duration::hours(1),
        Purpose::EmailChange => Duration::hours(24),
        Purpose::Application => Duration::hours(48),
    }
}

/// Where a link leads. The token stands in the fragment, which browsers send to nobody.
fn page(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Invitation | Purpose::Membership => "einladung",
        Purpose::PasswordReset => "passwort-neu",
        Purpose::EmailChange => "e-mail-bestaetigen",
        Purpose::Application => "zugang-bestaetigen",
    }
}

/// Whose link it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    pub(super) account: Option<Uuid>,
    pub(super) subject: Option<Uuid>,
    pub(super) data: Option<String>,
}

impl Flows {
    /// A new link; earlier ones of its purpose end.
    pub(super) fn link(&self, tx: &mut AnyConnection, purpose: Purpose, bound: Bound, language: &str) -> persistence::Result<String> {
        let (token, now) = (Secret::new(SecretKind::OneTime, &*self.rng), self.now());
        let Bound { account, subject, data } = bound;
        let kept = OneTimeToken { account, subject, data, expires_at: now + valid(purpose) };
        one_time_tokens::issue(tx, purpose, &token.digest(), &kept, now)?;
        Ok(format!("{}#token={}", self.address(language, page(purpose)), token.reveal()))
    }

    /// The address of a page.
    pub(super) fn address(&self, language: &str, page: &str) -> String {
        format!("{}/{}/{page}", self.services.issuer, if language == "en" { "en" } else { "de" })
    }
}

/// The digest of a token that was handed in.
pub(super) fn digest(token: &str) -> Result<String, FlowError> {
    Secret::parse(SecretKind::OneTime, token.trim()).map(|token| token.digest()).ok_or(FlowError::Over)
}

/// The names of roles in a language, and the organisation if all of them hold in the same one.
pub(super) fn described<'a>(memberships: &'a [Membership], language: &str) -> (Vec<&'static str>, Option<&'a str>) {
    let name = |role: Role| Roles::get().role(role).map(|rights| if language == "en" { rights.label.en.as_str() } else { rights.label.de.as_str() });
    let first = memberships.first().and_then(|membership| membership.organization.as_ref());
    let same = memberships.iter().all(|membership| membership.organization.as_ref() == first);
    (memberships.iter().filter_map(|membership| name(membership.role)).collect(), first.filter(|_| same).map(|first| first.name.as_str()))
}

/// The language of mail of an account.
pub(super) fn language_of(account: &Account) -> &str {
    if account.language == MailLanguage::English.code() { "en" } else { "de" }
}
