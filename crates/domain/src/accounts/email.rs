//! E-mail addresses.

use crate::problem::ValueError;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An address mail can be sent to: `local@domain` after RFC 5321, in ASCII, at most 254 characters, without quoting or comments.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of the same mailbox have in common. Case is folded in the local part too: no provider tells mailboxes apart by case.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl FromStr for EmailAddress {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        let local = |part: &str| {
            (1..=64).contains(&part.len())
                && part
                    .split('.')
                    .all(|atom| !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b)))
        };
        let label = |part: &str| {
            (1..=63).contains(&part.len())
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let domain = |part: &str| part.contains('.') && part.split('.').all(label) && part.bytes().any(|b| b.is_ascii_alphabetic());
        match text.split_once('@') {
            Some((name, host)) if text.len() <= 254 && local(name) && domain(host) => Ok(Self(text.to_owned())),
            _ => Err(ValueError::new(
                "email-invalid",
                "Das ist keine E-Mail-Adresse, zum Beispiel: kontakt@beispiel.de.",
                "This is not an e-mail address, for example: contact@example.org.",
            )),
        }
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = ValueError;
    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl utoipa::PartialSchema for EmailAddress {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
        crate::text::string_schema(|s| {
            s.format(Some(SchemaFormat::KnownFormat(KnownFormat::Email))).min_length(Some(5)).max_length(Some(254)).examples(["kontakt@example.org"])
        })
    }
}
impl utoipa::ToSchema for EmailAddress {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["a@b.de", "Vor.Name+kurs@volks-hochschule.example.org", " x@y.org "] {
            assert!(good.parse::<EmailAddress>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b.de",
            "a@",
            "a@b",
            "a b@c.de",
            "a@b..de",
            "a@-b.de",
            "a@b.de\r\nBcc: x@y.org",
            "a@b.de,c@d.de",
            "<a@b.de>",
            "a@1.2",
            "ä@b.de",
            ".a@b.de",
        ] {
            assert!(bad.parse::<EmailAddress>().is_err(), "{bad}");
        }
        assert_eq!("A@B.de".parse::<EmailAddress>().map(|a| a.key()), Ok("a@b.de".to_owned()));
    }
}
