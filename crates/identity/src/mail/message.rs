//! From a mail to the bytes of RFC 5322.

use super::{Mail, MailError};
use domain::{Timestamp, Uuid};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use std::time::{Duration, SystemTime};

/// Tells other mail programs not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Builds the message. The id stays the same when sending is tried again, so that a mail that arrives twice can be told to be one.
pub(super) fn build(mail: &Mail, from: &Mailbox, id: Uuid, now: Timestamp) -> Result<Message, MailError> {
    let broken = |what: &str| MailError { temporary: false, reason: format!("the message cannot be built: {what}") };
    let to = mail.to.as_str().parse().map_err(|_| broken("address"))?;
    // A line break here would begin a header of its own.
    let subject: String = mail.subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(now.timestamp()).unwrap_or(0));
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(date)
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n"))
        .map_err(|_| broken("headers"))
}
