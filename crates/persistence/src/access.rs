//! Proofs: who may do what, looked up in the transaction that needs it.
//!
//! Store functions that change or reveal something private take one of the types of this module. Only the functions here make them, from the
//! rows as they are in this transaction: an account that was suspended a moment ago proves nothing. Proofs are not `Send`, so they cannot leave
//! the closure of [`crate::Store::read`] or [`crate::Store::write`] whose transaction they speak of.

use crate::accounts::{account, sessions};
use crate::catalogue::{self, records::StoredRecord};
use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::partners::{clients, sources};
use crate::schema::records;
use diesel::prelude::*;
use domain::accounts::may::May;
use domain::accounts::{Actor, Capability, Grants, Identity, OrganizationRef, Reach};
use domain::catalogue::RecordKind;
use domain::partners::Source;
use domain::{Timestamp, Uuid};
use std::marker::PhantomData;

/// Ties a proof to the thread, and thereby to the closure, that made it.
type NotSend = PhantomData<*const ()>;

/// The actor may do `C`, as far as [`Allowed::reach`] says.
pub struct Allowed<C> {
    actor: Actor,
    reach: Reach,
    _proof: PhantomData<C>,
    _here: NotSend,
}

impl<C> Allowed<C> {
    /// Who.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// How far.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }
}

/// The actor may do `C` to this very thing.
pub struct Owned<T, C> {
    value: T,
    actor: Actor,
    _proof: PhantomData<C>,
    _here: NotSend,
}

impl<T, C> Owned<T, C> {
    /// The thing.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Who.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// The actor is this active account in a session that goes on.
pub struct Myself {
    account: Uuid,
    session: Uuid,
    actor: Actor,
    _here: NotSend,
}

impl Myself {
    /// The account.
    pub fn account(&self) -> Uuid {
        self.account
    }

    /// The session.
    pub fn session(&self) -> Uuid {
        self.session
    }

    /// Who.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// What is known of somebody who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What one may do. Nothing while a second factor is missing that a role demands.
    pub grants: Grants,
    /// Whether a role demands a second factor that this session was not begun with.
    pub second_factor_missing: bool,
    /// When the person last proved who they are.
    pub authenticated_at: Option<Timestamp>,
}

/// What the actor may do just now. [`Error::Unknown`] if the session, the account or the client is no longer active.
pub fn standing(connection: &mut AnyConnection, actor: &Actor, now: Timestamp) -> Result<Standing> {
    let plain = |grants| Standing { grants, second_factor_missing: false, authenticated_at: None };
    match &actor.identity {
        Identity::Anonymous => Ok(plain(Grants::default())),
        Identity::System => Ok(plain(Grants::everything())),
        Identity::Client { id, scopes } => {
            let (client, source) = clients::active(connection, *id)?.ok_or(Error::Unknown)?;
            let given = client.scopes.into_iter().filter(|scope| scopes.contains(scope));
            Ok(plain(Grants::of_scopes(given, source.id)))
        }
        Identity::Account { id, session } => {
            let session = sessions::live(connection, *session, now)?.filter(|session| session.account_id == *id).ok_or(Error::Unknown)?;
            let held = account::held_roles(connection, *id)?.ok_or(Error::Unknown)?;
            let second_factor_missing = held.iter().any(|(role, _)| role.needs_second_factor()) && !session.has_second_factor();
            let grants = if second_factor_missing { Grants::default() } else { Grants::of_roles(held) };
            Ok(Standing { grants, second_factor_missing, authenticated_at: Some(session.authenticated_at) })
        }
    }
}

fn reach<C: May>(connection: &mut AnyConnection, actor: &Actor, now: Timestamp) -> Result<Reach> {
    standing(connection, actor, now)?.grants.reach(C::CAPABILITY).cloned().ok_or(Error::Denied(C::CAPABILITY))
}

/// Proves that the actor may do `C` somewhere. [`Error::Denied`] if not.
pub fn allow<C: May>(connection: &mut AnyConnection, actor: &Actor, now: Timestamp) -> Result<Allowed<C>> {
    let reach = reach::<C>(connection, actor, now)?;
    Ok(Allowed { actor: actor.clone(), reach, _proof: PhantomData, _here: PhantomData })
}

/// Proves that the actor may do `C` to the source with this key. A foreign source is [`Error::NotFound`] like one that is not there.
pub fn owned_source<C: May>(connection: &mut AnyConnection, actor: &Actor, key: &str, now: Timestamp) -> Result<Owned<Source, C>> {
    let reach = reach::<C>(connection, actor, now)?;
    let source = sources::by_key(connection, key)?.ok_or(Error::NotFound)?;
    if !reach.has_source(source.id, source.organization_id) {
        return Err(Error::NotFound);
    }
    Ok(Owned { value: source, actor: actor.clone(), _proof: PhantomData, _here: PhantomData })
}

/// Proves that the actor, a partner system, may do `C` to the source that is its own. [`Error::Unknown`] for everybody else.
pub fn own_source<C: May>(connection: &mut AnyConnection, actor: &Actor, now: Timestamp) -> Result<Owned<Source, C>> {
    let Identity::Client { id, .. } = &actor.identity else { return Err(Error::Unknown) };
    let (_, source) = clients::active(connection, *id)?.ok_or(Error::Unknown)?;
    owned_source(connection, actor, &source.key, now)
}

/// Proves that the actor may do `C` to the organisation with this id. A foreign one is [`Error::NotFound`] like one that is not there.
pub fn owned_organization<C: May>(connection: &mut AnyConnection, actor: &Actor, id: Uuid, now: Timestamp) -> Result<Owned<OrganizationRef, C>> {
    let reach = reach::<C>(connection, actor, now)?;
    if !reach.has_organization(id) {
        return Err(Error::NotFound);
    }
    let value = organization(connection, id)?.ok_or(Error::NotFound)?;
    Ok(Owned { value, actor: actor.clone(), _proof: PhantomData, _here: PhantomData })
}

/// Proves that the actor may do `C` to the record of this kind with this id, withdrawn ones included. An organisation and its offers belong to the
/// organisation, a place to that of its source; a client reaches the records of its source. A foreign record is [`Error::NotFound`] like one that
/// is not there.
pub fn owned_record<C: May>(
    connection: &mut AnyConnection,
    actor: &Actor,
    kind: RecordKind,
    id: Uuid,
    now: Timestamp,
) -> Result<Owned<StoredRecord, C>> {
    let reach = reach::<C>(connection, actor, now)?;
    let record = catalogue::records::get(connection, id)?.filter(|record| record.kind == kind).ok_or(Error::NotFound)?;
    let organization = match kind {
        RecordKind::Organization => Some(record.id),
        RecordKind::Offer => record.organization_id,
        RecordKind::Place => sources::get(connection, record.source_id)?.and_then(|source| source.organization_id),
    };
    if !reach.has_source(record.source_id, organization) {
        return Err(Error::NotFound);
    }
    Ok(Owned { value: record, actor: actor.clone(), _proof: PhantomData, _here: PhantomData })
}

/// Proves that the actor is a person in a session that goes on. [`Error::Unknown`] if not.
pub fn myself(connection: &mut AnyConnection, actor: &Actor, now: Timestamp) -> Result<Myself> {
    let Identity::Account { id, session } = actor.identity else { return Err(Error::Unknown) };
    let live = sessions::live(connection, session, now)?.filter(|session| session.account_id == id).ok_or(Error::Unknown)?;
    account::held_roles(connection, id)?.ok_or(Error::Unknown)?;
    Ok(Myself { account: live.account_id, session: live.id, actor: actor.clone(), _here: PhantomData })
}

/// Whether the actor may do something somewhere: for what a page may show, never instead of a proof.
pub fn may(connection: &mut AnyConnection, actor: &Actor, capability: Capability, now: Timestamp) -> Result<bool> {
    Ok(standing(connection, actor, now)?.grants.reach(capability).is_some())
}

/// The name of an organisation of the catalogue, withdrawn ones included: people keep working for them.
pub fn organization(connection: &mut AnyConnection, id: Uuid) -> Result<Option<OrganizationRef>> {
    let document: Option<String> = records::table
        .find(id.to_string())
        .filter(records::kind.eq(RecordKind::Organization.code()))
        .select(records::document)
        .first(connection)
        .optional()?;
    #[derive(serde::Deserialize)]
    struct Named {
        name: String,
    }
    document
        .map(|document| serde_json::from_str::<Named>(&document).map(|named| OrganizationRef { id, name: named.name }).map_err(Error::corrupt))
        .transpose()
}
