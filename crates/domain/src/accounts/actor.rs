//! Who does something, and from where.

use super::Scope;
use std::net::IpAddr;
use uuid::Uuid;

/// Who does something. A claim that was checked when the request came in; what it may do is looked up again in the transaction that needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub identity: Identity,
    /// From where.
    pub origin: Origin,
}

/// Who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Nobody that is known: a visitor.
    Anonymous,
    /// The program itself: a command or a job.
    System,
    /// A person in a session.
    Account {
        /// The account.
        id: Uuid,
        /// The session.
        session: Uuid,
    },
    /// A partner system.
    Client {
        /// The client.
        id: Uuid,
        /// What its token was given, at most what the client may have.
        scopes: Vec<Scope>,
    },
}

/// From where. Personal: kept only in the audit log and with sessions, never in the general log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Address of the client.
    pub address: Option<IpAddr>,
    /// `User-Agent`, at most 300 characters.
    pub user_agent: Option<String>,
}

impl Actor {
    /// The program itself.
    pub fn system() -> Self {
        Self { identity: Identity::System, origin: Origin::default() }
    }

    /// A visitor.
    pub fn anonymous(origin: Origin) -> Self {
        Self { identity: Identity::Anonymous, origin }
    }

    /// The account, if it is a person.
    pub fn account(&self) -> Option<Uuid> {
        match self.identity {
            Identity::Account { id, .. } => Some(id),
            _ => None,
        }
    }
}
