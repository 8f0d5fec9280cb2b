//! Use cases: what happens between a request and the database when somebody signs in, proves who they are, or changes what they prove it with.
//!
//! Everything here is blocking; argon2 takes a core and memory, so asynchronous callers run these functions in a lane of their own.

mod administration;
mod applications;
mod email_change;
mod factors;
mod invitations;
mod links;
mod notices;
mod oidc;
mod outbox;
mod passkeys;
mod password;
mod resets;
pub mod retention;
mod sessions;
mod sign_in;
mod step_up;
pub mod throttle;
mod troubles;
mod webhooks;

pub use applications::Verdict;
pub use factors::TotpSetup;
pub use invitations::{Invitee, Wanted};
pub use oidc::{Arrival, Departure, Return, Turned};
pub use outbox::Outbox;
pub use passkeys::PasskeyQuestion;
pub use sessions::{Begun, Opened};
pub use sign_in::{Challenge, Method, SignedIn};
pub use step_up::StepUp;

use crate::Services;
use crate::passwords::HashError;
use crate::sealing::SealError;
use crate::tokens::IssueError;
use domain::problem::ValueError;
use domain::{Clock, Rng, Timestamp};
use persistence::Store;
use std::sync::Arc;
use throttle::TooMany;

/// The use cases, with what they need. Cheap to clone.
#[derive(Clone)]
pub struct Flows {
    /// Where everything is kept.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The generator.
    pub rng: Arc<dyn Rng>,
    /// Keys and names of this installation.
    pub services: Arc<Services>,
}

impl Flows {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Why a use case did not do it.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// Whoever asks is not who they say. Deliberately silent about why.
    #[error("wrong credentials")]
    Refused,
    /// Too many guesses; holds after how many seconds to try again.
    #[error("too many guesses; again in {0} seconds")]
    Throttled(u32),
    /// There is no session, or not any more.
    #[error("the session has ended")]
    SessionEnded,
    /// What was begun is not known, finished, or too long ago.
    #[error("what was begun cannot be finished any more")]
    Over,
    /// A code or passkey is not right, or was used before.
    #[error("a wrong code")]
    CodeInvalid,
    /// The password alone does not do for an account with a second factor.
    #[error("this needs the second factor")]
    SecondFactorNeeded,
    /// A role demands the second factor that was to be removed.
    #[error("a role demands this factor")]
    FactorDemanded,
    /// The e-mail address belongs to an account already.
    #[error("the address is taken")]
    Registered,
    /// The account has as many factors of this kind as it may have.
    #[error("there are enough factors of this kind")]
    TooManyFactors,
    /// Another provider cannot be reached.
    #[error("the provider cannot be reached")]
    Elsewhere,
    /// There are no passkeys here.
    #[error("there are no passkeys here")]
    NoPasskeys,
    /// What was handed in breaks rules; holds each with the member it is about.
    #[error("{} rules are broken", .0.len())]
    Invalid(Vec<(&'static str, ValueError)>),
    /// The database.
    #[error(transparent)]
    Store(#[from] persistence::Error),
    /// Hashing failed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// A token cannot be issued.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// A secret cannot be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Something of ours cannot be read or written.
    #[error("unreadable: {0}")]
    Broken(String),
}

impl From<TooMany> for FlowError {
    fn from(TooMany(seconds): TooMany) -> Self {
        Self::Throttled(seconds)
    }
}

impl From<serde_json::Error> for FlowError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}
