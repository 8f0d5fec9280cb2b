//! Sign-in at another provider, and linking the own account with an identity there.
//!
//! Begun and finished in the same browser: the `state` names a ceremony that holds the digest of a cookie, the nonce and the PKCE verifier.

use super::sessions::ended_if_unknown;
use super::{FlowError, Flows, Opened};
use crate::mail::FactorChange;
use crate::oidc::{OidcError, Provider, Question};
use crate::secrets::{self, Secret, SecretKind};
use crate::tokens::id_token::Identified;
use chrono::Duration;
use domain::Uuid;
use domain::accounts::{Actor, Identity, Origin};
use persistence::accounts::identity_links::{self, IdentityLink};
use persistence::accounts::{account, ceremonies, credentials};
use persistence::{AnyConnection, access};
use serde::{Deserialize, Serialize};

const KIND: &str = "oidc";
/// How long somebody may take at the provider.
const LASTS: Duration = Duration::minutes(10);

/// What is remembered while somebody is at the provider.
#[derive(Serialize, Deserialize)]
struct Away {
    /// Digest of the cookie.
    browser: String,
    nonce: String,
    verifier: String,
    language: String,
    next: Option<String>,
    /// The session that wants a link; none for a sign-in.
    session: Option<Uuid>,
}

/// Where the browser goes, and what it has to bring back.
#[derive(Debug)]
pub struct Departure {
    /// The address at the provider.
    pub url: String,
    /// For the cookie.
    pub browser: Secret,
}

/// What came back from the provider.
#[derive(Debug, Clone, Default)]
pub struct Return {
    /// `state`.
    pub state: String,
    /// `code`; none where the provider, or the person, refused.
    pub code: Option<String>,
    /// `iss` (RFC 9207).
    pub issuer: Option<String>,
    /// The cookie.
    pub browser: Option<String>,
}

/// Where somebody who came back goes on, and with what.
#[derive(Debug)]
pub struct Arrival {
    /// The language in which it was begun, where that is known.
    pub language: Option<String>,
    /// Where the person wanted to go.
    pub next: Option<String>,
    /// Whether it was about a link.
    pub linking: bool,
    /// The session after a sign-in, nothing after a link.
    pub outcome: Result<Option<Box<Opened>>, Turned>,
}

/// Why somebody who came back does not get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// Begun in another browser, finished already, or too long ago; or the session that wanted a link has ended.
    Over,
    /// The provider, or the person there, refused.
    Denied,
    /// The provider cannot be reached.
    Unavailable,
    /// What the provider said is not believed, or the account is not active.
    Refused,
    /// No account is linked with this identity.
    NotLinked,
    /// The identity belongs to another account, or the account to another identity.
    Taken,
    /// The account has a second factor, and the provider saw only one.
    SecondFactor,
}

impl Turned {
    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Denied => "denied",
            Self::Unavailable => "unavailable",
            Self::Refused => "refused",
            Self::NotLinked => "not-linked",
            Self::Taken => "taken",
            Self::SecondFactor => "second-factor",
        }
    }
}

impl Flows {
    fn provider(&self) -> Result<&Provider, FlowError> {
        self.services.provider.as_ref().ok_or(FlowError::Store(persistence::Error::NotFound))
    }

    /// Sends somebody to the provider to sign in. `next`: where to go afterwards, an address of the portal's own that the caller has checked.
    ///
    /// # Errors
    /// [`FlowError::Elsewhere`] if the provider cannot be reached, or what the database says.
    pub fn leave_to_sign_in(&self, language: &str, next: Option<String>) -> Result<Departure, FlowError> {
        self.leave(None, language, next)
    }

    /// Sends somebody to the provider to link the own account.
    ///
    /// # Errors
    /// The same, and [`FlowError::SessionEnded`].
    pub fn leave_to_link(&self, actor: &Actor, language: &str) -> Result<Departure, FlowError> {
        let Identity::Account { id, session } = actor.identity else { return Err(FlowError::SessionEnded) };
        self.leave(Some((id, session)), language, None)
    }

    fn leave(&self, linking: Option<(Uuid, Uuid)>, language: &str, next: Option<String>) -> Result<Departure, FlowError> {
        let provider = self.provider()?;
        let random = || Secret::new(SecretKind::OneTime, &*self.rng);
        let (browser, nonce, verifier) = (random(), random(), random());
        let away = Away {
            browser: browser.digest(),
            nonce: nonce.reveal().to_owned(),
            verifier: verifier.reveal().to_owned(),
            language: language.to_owned(),
            next,
            session: linking.map(|(_, session)| session),
        };
        let (flows, account) = (self.clone(), linking.map(|(account, _)| account));
        let state = self.store.write(move |tx| flows.begin_ceremony_for(tx, KIND, account, &away, LASTS))?;
        let question = Question { state: state.reveal(), nonce: nonce.reveal(), verifier: verifier.reveal(), language };
        let url = provider.authorization(&question, self.now()).map_err(|error| {
            tracing::warn!(%error, "nobody can sign in at the provider");
            FlowError::Elsewhere
        })?;
        Ok(Departure { url, browser })
    }

    /// Receives somebody who comes back from the provider.
    ///
    /// # Errors
    /// What the database says; whatever is wrong with the person or the provider is in the [`Arrival`].
    pub fn arrive(&self, back: &Return, origin: &Origin) -> Result<Arrival, FlowError> {
        let provider = self.provider()?;
        let turned = |turned| Arrival { language: None, next: None, linking: false, outcome: Err(turned) };
        let (digest, account, away) = match self.attempt::<Away>(&back.state, KIND) {
            Ok(begun) => begun,
            Err(FlowError::Over) => return Ok(turned(Turned::Over)),
            Err(error) => return Err(error),
        };
        let same_browser = back.browser.as_deref().is_some_and(|cookie| secrets::matches(cookie, &away.browser));
        // Whatever comes of it: nobody comes back twice.
        if !same_browser || !self.store.write(move |tx| ceremonies::finish(tx, &digest))? {
            return Ok(turned(Turned::Over));
        }
        let outcome = match self.identify(provider, back, &away) {
            Err(turned) => {
                self.refused_elsewhere(account, origin)?;
                Err(turned)
            }
            Ok(identified) => match (account, away.session) {
                (Some(id), Some(session)) => {
                    let actor = Actor { identity: Identity::Account { id, session }, origin: origin.clone() };
                    self.link_identity(&actor, provider.issuer(), identified.subject)?.map(|()| None)
                }
                _ => self.enter_from(provider.issuer(), &identified, origin)?.map(Some),
            },
        };
        Ok(Arrival { language: Some(away.language), next: away.next, linking: away.session.is_some(), outcome })
    }

    fn identify(&self, provider: &Provider, back: &Return, away: &Away) -> Result<Identified, Turned> {
        if back.issuer.as_ref().is_some_and(|issuer| issuer != provider.issuer()) {
            return Err(Turned::Refused);
        }
        let code = back.code.as_deref().ok_or(Turned::Denied)?;
        provider.redeem(code, &away.verifier, &away.nonce, self.now()).map_err(|error| {
            tracing::warn!(%error, "a sign-in at the provider came to nothing");
            if matches!(error, OidcError::Code(_) | OidcError::Token(_)) { Turned::Refused } else { Turned::Unavailable }
        })
    }

    fn refused_elsewhere(&self, account: Option<Uuid>, origin: &Origin) -> Result<(), FlowError> {
        let account = match account {
            Some(id) => self.store.read(move |connection| account::get(connection, id))?,
            None => None,
        };
        self.refused(account, "provider", origin)
    }

    /// A session of the account that is linked.
    fn enter_from(&self, issuer: &str, identified: &Identified, origin: &Origin) -> Result<Result<Box<Opened>, Turned>, FlowError> {
        let (flows, issuer, seen, from) = (self.clone(), issuer.to_owned(), identified.clone(), origin.clone());
        let entered = self.store.write(move |tx| {
            let Some(account) = identity_links::find(tx, &issuer, &seen.subject)? else { return Ok(Err((None, Turned::NotLinked))) };
            let factors = account::factors(tx, account)?;
            if !seen.multi_factor && (factors.totp || factors.passkeys > 0) {
                return Ok(Err((Some(account), Turned::SecondFactor)));
            }
            if !credentials::sign_in(tx, account, None, flows.now())? {
                return Ok(Err((Some(account), Turned::Refused)));
            }
            let methods: &[&str] = if seen.multi_factor { &["fed", "mfa"] } else { &["fed"] };
            Ok(Ok(Box::new(flows.begin(tx, account, methods, &from)?)))
        })?;
        match entered {
            Ok(begun) => Ok(Ok(Box::new(self.hand_out(*begun)?))),
            Err((account, turned)) => {
                self.refused_elsewhere(account, origin)?;
                Ok(Err(turned))
            }
        }
    }

    fn link_identity(&self, actor: &Actor, issuer: &str, subject: String) -> Result<Result<(), Turned>, FlowError> {
        let (flows, actor, issuer) = (self.clone(), actor.clone(), issuer.to_owned());
        let linked = self.store.write(move |tx| {
            let now = flows.now();
            let myself = access::myself(tx, &actor, now)?;
            if identity_links::link(tx, &myself, &issuer, &subject, &*flows.rng, now)? {
                flows.factor_changed(tx, &myself, FactorChange::IdentityLinked)?;
            }
            Ok(())
        });
        match linked {
            Ok(()) => Ok(Ok(())),
            Err(persistence::Error::Exists(_)) => Ok(Err(Turned::Taken)),
            Err(persistence::Error::Unknown) => Ok(Err(Turned::Over)),
            Err(error) => Err(error.into()),
        }
    }

    /// The own links.
    ///
    /// # Errors
    /// [`FlowError::SessionEnded`], or what the database says.
    pub fn own_identities(&self, actor: &Actor) -> Result<Vec<IdentityLink>, FlowError> {
        let (actor, now) = (actor.clone(), self.now());
        let found = self.store.read(move |connection: &mut AnyConnection| {
            let myself = access::myself(connection, &actor, now)?;
            identity_links::own(connection, &myself)
        });
        ended_if_unknown(found)
    }

    /// Unlinks the own account. Other sessions end.
    ///
    /// # Errors
    /// [`FlowError::SessionEnded`], or what the database says; not found if there is no link.
    pub fn unlink_identity(&self, actor: &Actor) -> Result<(), FlowError> {
        let (flows, actor, issuer) = (self.clone(), actor.clone(), self.provider()?.issuer().to_owned());
        let unlinked = self.store.write(move |tx| {
            let now = flows.now();
            let myself = access::myself(tx, &actor, now)?;
            identity_links::unlink(tx, &myself, &issuer, &*flows.rng, now)?;
            flows.factor_changed(tx, &myself, FactorChange::IdentityUnlinked)
        });
        ended_if_unknown(unlinked)
    }
}
