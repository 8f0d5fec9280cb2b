//! The letters, from templates in German and English. The first line of a template is the subject.

use super::{Mail, MailError};
use chrono::Duration;
use chrono_tz::Tz;
use domain::Timestamp;
use domain::accounts::EmailAddress;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use std::sync::LazyLock;

/// Longest name, of a person or an organisation, that is put into a letter.
const MAX_NAME: usize = 120;
/// Longest message about a file.
const MAX_SAID: usize = 500;
/// Longest free text of an editor.
const MAX_REASON: usize = 2000;

macro_rules! templates {
    ($($name:literal)*) => {
        &[$(
            (concat!("de/", $name), include_str!(concat!("templates/de/", $name, ".txt"))),
            (concat!("en/", $name), include_str!(concat!("templates/en/", $name, ".txt"))),
        )*]
    };
}

const SOURCES: &[(&str, &str)] = templates!(
    "footer" "invitation" "membership-added" "membership-offered" "status-changed-notice" "password-reset" "email-change-confirm" "email-changed-notice" "password-changed-notice"
    "factor-changed-notice" "application-verify" "application-approved" "application-rejected" "webhook-disabled" "source-trouble"
);

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, source) in SOURCES {
        // Compiled in; the tests render every one of them.
        if let Err(error) = environment.add_template(name, source) {
            tracing::error!(%error, name, "letter template does not compile");
        }
    }
    environment
});

/// Who writes.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// Name of the portal.
    pub portal: String,
    /// Its public address.
    pub url: String,
    /// How to reach people: an address or a phone number.
    pub contact: Option<String>,
    /// Zone of the times in letters.
    pub zone: Tz,
}

/// What was changed about the second factors of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorChange {
    /// An authenticator app was added.
    TotpAdded,
    /// The authenticator app was removed.
    TotpRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// The recovery codes were replaced.
    RecoveryCodesRenewed,
    /// A recovery code was used to sign in.
    RecoveryCodeUsed,
    /// The account was linked with an identity at another provider.
    IdentityLinked,
    /// That link was removed.
    IdentityUnlinked,
    /// An administrator removed all second factors, because a device was lost.
    Reset,
}

impl FactorChange {
    fn text(self, german: bool) -> &'static str {
        match (self, german) {
            (Self::TotpAdded, true) => "Eine Authenticator-App wurde hinzugefügt",
            (Self::TotpAdded, false) => "an authenticator app was added",
            (Self::TotpRemoved, true) => "Die Authenticator-App wurde entfernt",
            (Self::TotpRemoved, false) => "the authenticator app was removed",
            (Self::PasskeyAdded, true) => "Ein Passkey wurde hinzugefügt",
            (Self::PasskeyAdded, false) => "a passkey was added",
            (Self::PasskeyRemoved, true) => "Ein Passkey wurde entfernt",
            (Self::PasskeyRemoved, false) => "a passkey was removed",
            (Self::RecoveryCodesRenewed, true) => "Die Notfall-Codes wurden erneuert",
            (Self::RecoveryCodesRenewed, false) => "the recovery codes were renewed",
            (Self::RecoveryCodeUsed, true) => "Ein Notfall-Code wurde zum Anmelden benutzt",
            (Self::RecoveryCodeUsed, false) => "a recovery code was used to sign in",
            (Self::IdentityLinked, true) => "Eine andere Anmeldung wurde verknüpft",
            (Self::IdentityLinked, false) => "another sign-in was linked",
            (Self::IdentityUnlinked, true) => "Die Verknüpfung mit einer anderen Anmeldung wurde entfernt",
            (Self::IdentityUnlinked, false) => "the link with another sign-in was removed",
            (Self::Reset, true) => "Alle zweiten Faktoren wurden von der Administration entfernt",
            (Self::Reset, false) => "all second factors were removed by an administrator",
        }
    }
}

/// What became of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusChange {
    /// It was suspended.
    Suspended,
    /// It can be used again.
    Resumed,
    /// It was deleted.
    Deleted,
}

impl StatusChange {
    fn code(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
            Self::Deleted => "deleted",
        }
    }
}

/// A letter and what it needs to know. Links are complete addresses; `valid` says for how long they work.
#[derive(Debug, Clone, Copy)]
pub enum Letter<'a> {
    /// Come and work with us.
    Invitation {
        /// Name of the person.
        name: &'a str,
        /// Names of the roles in the language of the letter.
        roles: &'a [&'a str],
        /// Name of the organisation.
        organization: Option<&'a str>,
        /// One-time link.
        link: &'a str,
        /// Validity.
        valid: Duration,
    },
    /// An account that exists has got another role.
    MembershipAdded {
        /// Name of the person.
        name: &'a str,
        /// Names of the roles in the language of the letter.
        roles: &'a [&'a str],
        /// Name of the organisation.
        organization: Option<&'a str>,
        /// Page to sign in.
        link: &'a str,
    },
    /// Somebody who has an account is asked whether they want another role.
    MembershipOffered {
        /// Name of the person.
        name: &'a str,
        /// Names of the roles in the language of the letter.
        roles: &'a [&'a str],
        /// Name of the organisation.
        organization: Option<&'a str>,
        /// One-time link.
        link: &'a str,
        /// Validity.
        valid: Duration,
    },
    /// The account was suspended, resumed or deleted.
    StatusChangedNotice {
        /// Name of the person.
        name: &'a str,
        /// What.
        change: StatusChange,
        /// When.
        at: Timestamp,
    },
    /// Link to choose a new password.
    PasswordReset {
        /// Name of the person.
        name: &'a str,
        /// One-time link.
        link: &'a str,
        /// Validity.
        valid: Duration,
    },
    /// To the new address: is it yours?
    EmailChangeConfirm {
        /// Name of the person.
        name: &'a str,
        /// One-time link.
        link: &'a str,
        /// Validity.
        valid: Duration,
    },
    /// To the old address: it is no longer used.
    EmailChangedNotice {
        /// Name of the person.
        name: &'a str,
        /// When.
        at: Timestamp,
    },
    /// The password was changed.
    PasswordChangedNotice {
        /// Name of the person.
        name: &'a str,
        /// When.
        at: Timestamp,
        /// Page to ask for a new password.
        link: &'a str,
    },
    /// A second factor was changed.
    FactorChangedNotice {
        /// Name of the person.
        name: &'a str,
        /// What.
        change: FactorChange,
        /// When.
        at: Timestamp,
        /// Page to ask for a new password.
        link: &'a str,
    },
    /// To the address of an application: is it yours? Names no person, for anybody can cause this letter.
    ApplicationVerify {
        /// Name of the organisation.
        organization: &'a str,
        /// One-time link.
        link: &'a str,
        /// Validity.
        valid: Duration,
    },
    /// The application was approved.
    ApplicationApproved {
        /// Name of the person.
        name: &'a str,
        /// Name of the organisation.
        organization: &'a str,
        /// One-time link of the invitation, or the page to sign in for a person who has an account.
        link: &'a str,
        /// Validity of the invitation.
        valid: Option<Duration>,
    },
    /// The application was rejected.
    ApplicationRejected {
        /// Name of the person.
        name: &'a str,
        /// Name of the organisation.
        organization: &'a str,
        /// Why, in the words of the editor.
        reason: &'a str,
    },
    /// A webhook was disabled by the portal.
    WebhookDisabled {
        /// Name of the person.
        name: &'a str,
        /// Name of the source.
        source: &'a str,
        /// Name of the webhook.
        webhook: &'a str,
        /// Whether its address answered 410 Gone; else it failed for three days.
        gone: bool,
        /// When.
        at: Timestamp,
        /// Page of the webhooks.
        link: &'a str,
    },
    /// Imports of a source failed or wait, or its feed is no longer there.
    SourceTrouble {
        /// Name of the person; none for the address that a source names.
        name: Option<&'a str>,
        /// Name of the source.
        source: &'a str,
        /// Imports that failed.
        failed: u64,
        /// Why the last one did, in the language of the letter.
        reason: Option<&'a str>,
        /// Imports that wait for somebody to confirm them.
        waiting: u64,
        /// Whether the feed has not been read for too long.
        stale: bool,
        /// When it was last read.
        since: Option<Timestamp>,
        /// Why the last fetch was in vain, in the language of the letter.
        fetch_reason: Option<&'a str>,
        /// Page of the source.
        link: &'a str,
    },
}

impl Letter<'_> {
    /// Writes the letter in German, or in English for `en`.
    ///
    /// # Errors
    /// If a template is broken; a permanent error.
    pub fn write(&self, head: &Letterhead, to: EmailAddress, language: &str) -> Result<Mail, MailError> {
        let german = language != "en";
        let valid = |duration: Duration| duration_text(duration, german);
        let at = |instant: Timestamp| time_text(instant, head.zone, german);
        let roles = |roles: &[&str]| roles.join(", ");
        let organization = |organization: Option<&str>| organization.map(name_text);
        let (template, values) = match *self {
            Self::Invitation { name, roles: held, organization: place, link, valid: duration } => (
                "invitation",
                context! { name => name_text(name), roles => roles(held), organization => organization(place), link, valid => valid(duration) },
            ),
            Self::MembershipAdded { name, roles: held, organization: place, link } => {
                ("membership-added", context! { name => name_text(name), roles => roles(held), organization => organization(place), link })
            }
            Self::MembershipOffered { name, roles: held, organization: place, link, valid: duration } => (
                "membership-offered",
                context! { name => name_text(name), roles => roles(held), organization => organization(place), link, valid => valid(duration) },
            ),
            Self::StatusChangedNotice { name, change, at: instant } => {
                ("status-changed-notice", context! { name => name_text(name), change => change.code(), at => at(instant) })
            }
            Self::PasswordReset { name, link, valid: duration } => {
                ("password-reset", context! { name => name_text(name), link, valid => valid(duration) })
            }
            Self::EmailChangeConfirm { name, link, valid: duration } => {
                ("email-change-confirm", context! { name => name_text(name), link, valid => valid(duration) })
            }
            Self::EmailChangedNotice { name, at: instant } => ("email-changed-notice", context! { name => name_text(name), at => at(instant) }),
            Self::PasswordChangedNotice { name, at: instant, link } => {
                ("password-changed-notice", context! { name => name_text(name), at => at(instant), link })
            }
            Self::FactorChangedNotice { name, change, at: instant, link } => {
                ("factor-changed-notice", context! { name => name_text(name), change => change.text(german), at => at(instant), link })
            }
            Self::ApplicationVerify { organization, link, valid: duration } => {
                ("application-verify", context! { organization => name_text(organization), link, valid => valid(duration) })
            }
            Self::ApplicationApproved { name, organization, link, valid: duration } => (
                "application-approved",
                context! { name => name_text(name), organization => name_text(organization), link, valid => duration.map(valid) },
            ),
            Self::ApplicationRejected { name, organization, reason } => {
                ("application-rejected", context! { name => name_text(name), organization => name_text(organization), reason => lines_text(reason) })
            }
            Self::WebhookDisabled { name, source, webhook, gone, at: instant, link } => (
                "webhook-disabled",
                context! { name => name_text(name), source => name_text(source), webhook => name_text(webhook), gone, at => at(instant), link },
            ),
            Self::SourceTrouble { name, source, failed, reason, waiting, stale, since, fetch_reason, link } => (
                "source-trouble",
                context! {
                    name => name.map(name_text), source => name_text(source), failed, reason => reason.map(said_text), waiting, stale,
                    since => since.map(at), fetch_reason => fetch_reason.map(said_text), link
                },
            ),
        };
        let folder = if german { "de" } else { "en" };
        let shared = context! { portal => name_text(&head.portal), url => head.url.as_str(), contact => head.contact.as_deref() };
        let values = context! { ..values, ..shared };
        let letter = render(&format!("{folder}/{template}"), &values)?;
        let footer = render(&format!("{folder}/footer"), &values)?;
        let (subject, text) = letter.split_once('\n').unwrap_or((&letter, ""));
        Ok(Mail { to, subject: subject.trim().to_owned(), text: format!("{}\n{footer}\n", text.trim_start_matches('\n')) })
    }
}

fn render(name: &str, values: &Value) -> Result<String, MailError> {
    let rendered = TEMPLATES.get_template(name).and_then(|template| template.render(values));
    rendered.map_err(|error| MailError { temporary: false, reason: format!("the letter {name} cannot be written: {error}") })
}

/// One line without addresses that a mail program would turn into links: names come from people.
fn name_text(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ").replace("://", ": ").replace("www.", "www ");
    line.chars().take(MAX_NAME).collect()
}

/// What a file or a server caused to be said: one line without links, longer than a name.
fn said_text(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_SAID).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").replace("://", ": ").replace("www.", "www ")
}

fn lines_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).take(MAX_REASON).collect()
}

fn duration_text(duration: Duration, german: bool) -> String {
    let (count, one, many) = match (duration.num_minutes(), german) {
        (minutes, true) if minutes % 1440 == 0 && minutes > 1440 => (minutes / 1440, "Tag", "Tage"),
        (minutes, false) if minutes % 1440 == 0 && minutes > 1440 => (minutes / 1440, "day", "days"),
        (minutes, true) if minutes % 60 == 0 => (minutes / 60, "Stunde", "Stunden"),
        (minutes, false) if minutes % 60 == 0 => (minutes / 60, "hour", "hours"),
        (minutes, true) => (minutes, "Minute", "Minuten"),
        (minutes, false) => (minutes, "minute", "minutes"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

fn time_text(instant: Timestamp, zone: Tz, german: bool) -> String {
    let local = instant.with_timezone(&zone);
    local.format(if german { "%d.%m.%Y um %H:%M Uhr" } else { "%d %B %Y at %H:%M" }).to_string()
}
