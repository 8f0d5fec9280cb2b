//! Sessions: how one begins, how it is renewed, and how it ends.

use super::{FlowError, Flows};
use crate::secrets::{Secret, SecretKind};
use crate::tokens::{self, Claims, Subject};
use chrono::Duration;
use domain::accounts::{Account, Actor, Grants, Identity, Origin};
use domain::{Timestamp, Uuid, new_id};
use persistence::accounts::account::{self, Own};
use persistence::accounts::refresh_tokens::{self, RefreshToken};
use persistence::accounts::sessions::{self, Session};
use persistence::audit::{self, Event};
use persistence::{AnyConnection, Error, access};

/// How long a used refresh token still gets the same answer: the first one may have been lost on the way.
const REPEATABLE: Duration = Duration::seconds(30);

/// How long a session lasts without being renewed, and altogether.
struct Lifetime {
    idle: Duration,
    whole: Duration,
}

/// For roles that need a second factor.
const PRIVILEGED: Lifetime = Lifetime { idle: Duration::hours(12), whole: Duration::days(30) };
/// For everybody else.
const PLAIN: Lifetime = Lifetime { idle: Duration::days(30), whole: Duration::days(180) };

/// A session as its transaction left it; [`Flows::hand_out`] makes the tokens.
#[derive(Debug)]
pub struct Begun {
    own: Own,
    grants: Grants,
    refresh: Option<Secret>,
}

/// A session with what its owner gets.
#[derive(Debug)]
pub struct Opened {
    /// Account, memberships, session and factors.
    pub own: Own,
    /// What the session may do.
    pub grants: Grants,
    /// The access token.
    pub access_token: String,
    /// The refresh token, where there is a new one.
    pub refresh: Option<Secret>,
    /// How long the session lasts unless renewed, in seconds.
    pub lasts: i64,
}

impl Flows {
    /// Begins a session of an active account in the transaction that checked who it is. `methods`: how (RFC 8176).
    ///
    /// # Errors
    /// [`Error::Unknown`] if the account is not active.
    pub fn begin(&self, tx: &mut AnyConnection, account: Uuid, methods: &[&str], origin: &Origin) -> persistence::Result<Begun> {
        let now = self.now();
        let session = Session {
            id: new_id(&*self.clock, &*self.rng),
            account_id: account,
            methods: methods.iter().map(|method| (*method).to_owned()).collect(),
            created_at: now,
            authenticated_at: now,
            last_used_at: now,
            // Replaced below, once the roles are known.
            expires_at: now + PRIVILEGED.idle,
            address: origin.address.map(|address| address.to_string()),
            user_agent: origin.user_agent.clone(),
        };
        sessions::insert(tx, &session)?;
        let refresh = Secret::new(SecretKind::Refresh, &*self.rng);
        refresh_tokens::insert(tx, &refresh.digest(), session.id, now)?;
        let actor = actor(&session, origin);
        let begun = self.renewed(tx, &actor, Some(refresh), now)?;
        let event = Event::new("session.started", "session", session.id).changed(None, serde_json::json!({ "methods": session.methods }));
        audit::append(tx, &actor, &event, &*self.rng, now)?;
        Ok(begun)
    }

    /// Lets a session last from now on, and looks up what its owner sees.
    fn renewed(&self, tx: &mut AnyConnection, actor: &Actor, refresh: Option<Secret>, now: Timestamp) -> persistence::Result<Begun> {
        let myself = access::myself(tx, actor, now)?;
        let mut own = account::own(tx, &myself, now)?;
        let lifetime = if own.memberships.iter().any(|membership| membership.role.needs_second_factor()) { PRIVILEGED } else { PLAIN };
        let expires_at = (now + lifetime.idle).min(own.session.created_at + lifetime.whole);
        sessions::touch(tx, own.session.id, now, expires_at)?;
        (own.session.last_used_at, own.session.expires_at) = (now, expires_at);
        let grants = access::standing(tx, actor, now)?.grants;
        Ok(Begun { own, grants, refresh })
    }

    /// What the owner of a session gets, once its transaction is committed.
    ///
    /// # Errors
    /// If no access token can be issued.
    pub fn hand_out(&self, begun: Begun) -> Result<Opened, FlowError> {
        let Begun { own, grants, refresh } = begun;
        let (session, now) = (&own.session, self.now());
        let subject =
            Subject::Account { id: session.account_id, session: session.id, auth_time: session.authenticated_at, methods: session.methods.clone() };
        let claims = Claims::new(&self.services.expected(), subject, new_id(&*self.clock, &*self.rng), now);
        let access_token = tokens::issue(&self.services.keys, &claims)?;
        let lasts = (session.expires_at - now).num_seconds().max(0);
        Ok(Opened { access_token, refresh, lasts, own, grants })
    }

    /// Renews a session. The next token follows from the one presented, so that whoever lost the answer can ask again and gets the same one.
    ///
    /// # Errors
    /// [`FlowError::SessionEnded`] if the token is not known or its session has ended; also if the token was used before, which ends the
    /// session: one of two holders has stolen it.
    pub fn refresh(&self, presented: &str, origin: &Origin) -> Result<Opened, FlowError> {
        let presented = Secret::parse(SecretKind::Refresh, presented).ok_or(FlowError::SessionEnded)?;
        let next = presented.successor(SecretKind::Refresh, &self.services.refresh_key);
        let (flows, digest, origin) = (self.clone(), presented.digest(), origin.clone());
        let renewed = self.store.write(move |tx| flows.renew(tx, &digest, &next, &origin));
        self.hand_out(ended_if_unknown(renewed)?.ok_or(FlowError::SessionEnded)?)
    }

    fn renew(&self, tx: &mut AnyConnection, digest: &str, next: &Secret, origin: &Origin) -> persistence::Result<Option<Begun>> {
        let now = self.now();
        let first = refresh_tokens::spend(tx, digest, now)?;
        let Some(token) = refresh_tokens::get(tx, digest)? else { return Ok(None) };
        if !first && !repeatable(tx, &token, &next.digest(), now)? {
            self.end_for_reuse(tx, token.session_id, origin, now)?;
            return Ok(None);
        }
        let Some(session) = sessions::live(tx, token.session_id, now)? else { return Ok(None) };
        if first {
            refresh_tokens::insert(tx, &next.digest(), session.id, now)?;
        }
        self.renewed(tx, &actor(&session, origin), Some(next.clone()), now).map(Some)
    }

    fn end_for_reuse(&self, tx: &mut AnyConnection, session: Uuid, origin: &Origin, now: Timestamp) -> persistence::Result<()> {
        if !sessions::end(tx, session, "reuse", now)? {
            return Ok(());
        }
        tracing::warn!(%session, "a refresh token was used twice; its session was ended");
        let owner = sessions::get(tx, session)?.map(|session| session.account_id);
        let name = owner.map(|id| account::get(tx, id)).transpose()?.flatten().map(|Account { name, .. }| name);
        let event = Event { target_name: name, ..Event::new("session.reuse-detected", "session", session) };
        audit::append(tx, &Actor::anonymous(origin.clone()), &event, &*self.rng, now)
    }

    /// Ends the session of a refresh token; nothing happens if there is none.
    ///
    /// # Errors
    /// If the database cannot do it.
    pub fn sign_out(&self, presented: &str, origin: &Origin) -> Result<(), FlowError> {
        let Some(presented) = Secret::parse(SecretKind::Refresh, presented) else { return Ok(()) };
        let (flows, origin) = (self.clone(), origin.clone());
        self.store.write(move |tx| {
            let now = flows.now();
            let Some(token) = refresh_tokens::get(tx, &presented.digest())? else { return Ok(()) };
            let Some(session) = sessions::live(tx, token.session_id, now)? else { return Ok(()) };
            sessions::end(tx, session.id, "signed-out", now)?;
            let event = Event::new("session.ended", "session", session.id).changed(None, serde_json::json!({ "reason": "signed-out" }));
            audit::append(tx, &actor(&session, &origin), &event, &*flows.rng, now)
        })?;
        Ok(())
    }

    /// The session of `actor` after it has proved who it is once more, with these methods besides those from before.
    pub(super) fn proved(&self, tx: &mut AnyConnection, actor: &Actor, methods: &[&str]) -> persistence::Result<Begun> {
        let now = self.now();
        let myself = access::myself(tx, actor, now)?;
        let session = sessions::live(tx, myself.session(), now)?.ok_or(Error::Unknown)?;
        let mut all = session.methods;
        all.extend(methods.iter().filter(|method| !all.iter().any(|known| known == *method)).map(|method| (*method).to_owned()).collect::<Vec<_>>());
        sessions::proved(tx, session.id, &all, now)?;
        let event = Event::new("session.confirmed", "session", session.id).changed(None, serde_json::json!({ "methods": methods }));
        audit::append(tx, actor, &event, &*self.rng, now)?;
        self.renewed(tx, actor, None, now)
    }
}

/// Whether a used token may be presented again: soon, and before anybody has used what came in answer.
fn repeatable(tx: &mut AnyConnection, token: &RefreshToken, next: &str, now: Timestamp) -> persistence::Result<bool> {
    let soon = token.used_at.is_some_and(|used| now - used <= REPEATABLE);
    Ok(soon && refresh_tokens::get(tx, next)?.is_some_and(|next| next.used_at.is_none()))
}

/// Who acts in a session.
pub(super) fn actor(session: &Session, origin: &Origin) -> Actor {
    Actor { identity: Identity::Account { id: session.account_id, session: session.id }, origin: origin.clone() }
}

/// A transaction that found nobody found a session that is over.
pub(super) fn ended_if_unknown<T>(result: persistence::Result<T>) -> Result<T, FlowError> {
    result.map_err(|error| if matches!(error, Error::Unknown) { FlowError::SessionEnded } else { error.into() })
}
