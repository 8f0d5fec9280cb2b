use super::*;
use chrono::Duration;
use domain::Timestamp;

fn head() -> Letterhead {
    Letterhead {
        portal: "Bildungsregion Beispiel".into(),
        url: "https://portal.example.org".into(),
        contact: Some("bildung@example.org".into()),
        zone: chrono_tz::Europe::Berlin,
    }
}

fn to() -> EmailAddress {
    "kontakt@example.org".parse().unwrap()
}

fn now() -> Timestamp {
    "2026-11-24T08:00:00Z".parse().unwrap()
}

const LINK: &str = "https://portal.example.org/de/einladung#token=bro_abc";

fn letters() -> Vec<Letter<'static>> {
    let (name, organization, link, at) = ("die Leitung", "Volkshochschule", LINK, now());
    let hours = Duration::hours;
    vec![
        Letter::Invitation { name, roles: &["Redaktion"], organization: Some(organization), link, valid: Duration::days(7) },
        Letter::Invitation { name, roles: &[], organization: None, link, valid: Duration::days(7) },
        Letter::MembershipAdded { name, roles: &["Redaktion"], organization: Some(organization), link },
        Letter::MembershipOffered { name, roles: &["Redaktion"], organization: Some(organization), link, valid: Duration::days(7) },
        Letter::StatusChangedNotice { name, change: StatusChange::Suspended, at },
        Letter::StatusChangedNotice { name, change: StatusChange::Resumed, at },
        Letter::StatusChangedNotice { name, change: StatusChange::Deleted, at },
        Letter::PasswordReset { name, link, valid: hours(1) },
        Letter::EmailChangeConfirm { name, link, valid: hours(24) },
        Letter::EmailChangedNotice { name, at },
        Letter::PasswordChangedNotice { name, at, link },
        Letter::FactorChangedNotice { name, change: FactorChange::Reset, at, link },
        Letter::ApplicationVerify { organization, link, valid: Duration::minutes(90) },
        Letter::ApplicationApproved { name, organization, link, valid: Some(Duration::days(7)) },
        Letter::ApplicationApproved { name, organization, link, valid: None },
        Letter::ApplicationRejected { name, organization, reason: "Bitte wenden Sie sich\nan Ihren Träger." },
        Letter::WebhookDisabled { name, source: organization, webhook: "Kalender", gone: true, at, link },
        Letter::WebhookDisabled { name, source: organization, webhook: "Kalender", gone: false, at, link },
        Letter::SourceTrouble {
            name: Some(name),
            source: organization,
            failed: 2,
            reason: Some("Zeile 7 ist kein XML."),
            waiting: 1,
            stale: true,
            since: Some(at),
            fetch_reason: Some("Unter dieser Adresse gibt es keinen Feed (HTTP 404)."),
            link,
        },
        Letter::SourceTrouble {
            name: None,
            source: organization,
            failed: 0,
            reason: None,
            waiting: 0,
            stale: true,
            since: None,
            fetch_reason: None,
            link,
        },
    ]
}

#[test]
fn every_letter_is_complete_in_both_languages() {
    for letter in letters() {
        for (language, not_me, footer) in [("de", "?", "Wir fragen Sie nie"), ("en", "?", "We never ask you")] {
            let mail = letter.write(&head(), to(), language).unwrap();
            assert!(mail.subject.len() > 10 && !mail.subject.contains('\n'), "{}", mail.subject);
            assert!(mail.text.starts_with("Guten Tag") || mail.text.starts_with("Hello"), "{}", mail.text);
            assert!(mail.text.contains("Bildungsregion Beispiel") && mail.text.contains(not_me) && mail.text.contains(footer));
            assert!(mail.text.contains("bildung@example.org"));
            assert!(!mail.text.contains("{{") && !mail.text.contains("none") && !mail.text.contains("\n\n\n"), "{}", mail.text);
        }
    }
    for change in [FactorChange::TotpAdded, FactorChange::TotpRemoved, FactorChange::PasskeyAdded, FactorChange::PasskeyRemoved] {
        let letter = Letter::FactorChangedNotice { name: "", change, at: now(), link: LINK };
        assert_ne!(letter.write(&head(), to(), "de").unwrap().text, letter.write(&head(), to(), "en").unwrap().text);
    }
}

#[test]
fn a_letter_says_how_long_and_when() {
    let text = |letter: Letter<'_>, language: &str| letter.write(&head(), to(), language).unwrap().text;
    let reset = |valid| Letter::PasswordReset { name: "Leitung", link: LINK, valid };
    assert!(text(reset(Duration::hours(1)), "de").contains(&format!("\n{LINK}\n")));
    assert!(text(reset(Duration::hours(1)), "de").contains("gilt 1 Stunde und"));
    assert!(text(reset(Duration::hours(24)), "en").contains("valid for 24 hours,"));
    assert!(text(reset(Duration::days(7)), "de").contains("gilt 7 Tage und"));
    assert!(text(reset(Duration::minutes(15)), "en").contains("valid for 15 minutes,"));
    let changed = Letter::EmailChangedNotice { name: "Leitung", at: now() };
    assert!(text(changed, "de").contains("am 24.11.2026 um 09:00 Uhr"), "in the time of the region");
    assert!(text(changed, "en").contains("on 24 November 2026 at 09:00"));
}

#[test]
fn names_are_one_line_and_no_links() {
    let name = "Leitung\r\nBcc: other@example.org\r\n\r\nKlicken Sie https://evil.example.org oder www.evil.example.org";
    let letter = Letter::ApplicationApproved { name, organization: name, link: LINK, valid: None };
    let mail = letter.write(&head(), to(), "de").unwrap();
    assert!(mail.text.starts_with("Guten Tag Leitung Bcc: other@example.org Klicken Sie https: evil"), "{}", mail.text);
    assert!(!mail.text.contains("://evil") && !mail.text.contains("www.evil"));
    let mail = Letter::ApplicationVerify { organization: &"x".repeat(5000), link: LINK, valid: Duration::hours(1) };
    assert!(mail.write(&head(), to(), "de").unwrap().text.len() < 1000);
}

#[test]
fn no_text_becomes_a_header() {
    let evil = "Betreff\r\nBcc: other@example.org\r\n\r\nText";
    let mail = Mail { to: to(), subject: evil.into(), text: "Hallo\n.\nQUIT\n".into() };
    let from = lettre::message::Mailbox::new(Some("Portal".into()), "portal@example.org".parse().unwrap());
    let message = message::build(&mail, &from, domain::Uuid::from_u128(7), now()).unwrap();
    let text = String::from_utf8(message.formatted()).unwrap();
    let (headers, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
    assert_eq!(message.envelope().to().len(), 1);
    assert!(headers.contains("Message-ID: <00000000-0000-0000-0000-000000000007@example.org>"), "{headers}");
    assert!(headers.contains("Date: Tue, 24 Nov 2026 08:00:00 +0000"), "{headers}");
    assert!(headers.contains("Auto-Submitted: auto-generated"));
    assert!(body.starts_with("Hallo\r\n"));
    assert!("a@b.de\r\nBcc: x@y.org".parse::<EmailAddress>().is_err());
    assert_eq!(format!("{mail:?}"), "Mail(…)");
}

#[test]
fn the_address_says_where_mail_goes() {
    let kind = |url: &str| Mailer::new(url, "Portal", &to()).map(|mailer| format!("{mailer:?}"));
    assert_eq!(kind("file:./var/mail").as_deref(), Ok("Mailer(\"file\")"));
    assert_eq!(kind("console:").as_deref(), Ok("Mailer(\"console\")"));
    assert_eq!(kind("smtp://127.0.0.1:2525").as_deref(), Ok("Mailer(\"smtp\")"));
    assert_eq!(kind("smtp://user:pw@localhost").as_deref(), Ok("Mailer(\"smtp\")"));
    assert_eq!(kind("smtp://mail.example.org?tls=none").as_deref(), Ok("Mailer(\"smtp\")"));
    assert_eq!(kind("smtp://user:pw@mail.example.org?tls=none"), Err(MailUrlError::PasswordInTheClear));
    assert_eq!(kind("smtp://mail.example.org?tls=maybe"), Err(MailUrlError::Parameter));
    for unknown in ["", "file:", "smtp:", "smtp://", "http://example.org", "mail.example.org"] {
        assert_eq!(kind(unknown), Err(MailUrlError::Unknown), "{unknown}");
    }
}

#[test]
fn a_folder_gets_one_private_file_each() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    let mailer = Mailer::new(&format!("file:{}", path.display()), "Portal", &to()).unwrap();
    let mail = letters()[0].write(&head(), to(), "de").unwrap();
    for id in [1, 2, 2] {
        mailer.send(&mail, domain::Uuid::from_u128(id), now()).unwrap();
    }
    let files: Vec<_> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 2, "the same mail again is the same file");
    for file in files {
        assert_eq!(file.extension().unwrap(), "eml");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let blocked = Mailer::new("file:/dev/null/mail", "Portal", &to()).unwrap();
    assert!(blocked.send(&mail, domain::Uuid::from_u128(1), now()).unwrap_err().temporary);
}
