//! Mail: what is written to people, and how it leaves the house.

mod letters;
mod message;
mod transport;

pub use letters::{FactorChange, Letter, Letterhead, StatusChange};
pub use transport::{MailUrlError, Mailer};

use domain::accounts::EmailAddress;
use serde::{Deserialize, Serialize};

/// A mail in plain text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Who gets it.
    pub to: EmailAddress,
    /// Subject, one line.
    pub subject: String,
    /// Text; lines end with `\n`.
    pub text: String,
}

/// Letters carry one-time links and names, which have no place in a log.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mail(…)")
    }
}

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct MailError {
    /// Whether trying again later may help.
    pub temporary: bool,
    /// For the log; names no address and nothing of the content.
    pub reason: String,
}

#[cfg(test)]
mod tests;
