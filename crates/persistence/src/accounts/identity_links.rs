//! Which account somebody is whom another provider knows. Bound by issuer and subject, never by address: addresses change hands.

use crate::access::Myself;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::identity_links;
use diesel::prelude::*;
use domain::{Rng, Timestamp, Uuid};

/// An own link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityLink {
    /// The provider's issuer identifier.
    pub issuer: String,
    /// The provider's id of the person.
    pub subject: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The account that is linked with a subject of an issuer.
pub fn find(connection: &mut AnyConnection, issuer: &str, subject: &str) -> Result<Option<Uuid>> {
    let account: Option<String> = identity_links::table.find((issuer, subject)).select(identity_links::account_id).first(connection).optional()?;
    account.as_deref().map(uuid).transpose()
}

/// The own links, oldest first.
pub fn own(connection: &mut AnyConnection, myself: &Myself) -> Result<Vec<IdentityLink>> {
    let rows: Vec<(String, String, i64)> = identity_links::table
        .filter(identity_links::account_id.eq(myself.account().to_string()))
        .order((identity_links::created_at, identity_links::issuer, identity_links::subject))
        .select((identity_links::issuer, identity_links::subject, identity_links::created_at))
        .load(connection)?;
    rows.into_iter().map(|(issuer, subject, at)| Ok(IdentityLink { issuer, subject, created_at: timestamp(at)? })).collect()
}

/// Links the own account. `false` if that very link is there already; [`Error::Exists`] if the subject is linked with another account, or this
/// account with another subject of the issuer.
pub fn link(connection: &mut AnyConnection, myself: &Myself, issuer: &str, subject: &str, rng: &dyn Rng, at: Timestamp) -> Result<bool> {
    match find(connection, issuer, subject)? {
        Some(account) if account == myself.account() => return Ok(false),
        Some(_) => return Err(Error::Exists("this identity belongs to another account".to_owned())),
        None => {}
    }
    if own(connection, myself)?.iter().any(|link| link.issuer == issuer) {
        return Err(Error::Exists("the account has another identity of this provider".to_owned()));
    }
    diesel::insert_into(identity_links::table)
        .values((
            identity_links::issuer.eq(issuer),
            identity_links::subject.eq(subject),
            identity_links::account_id.eq(myself.account().to_string()),
            identity_links::created_at.eq(micros(at)),
        ))
        .execute(connection)?;
    let event = Event::new("identity.linked", "account", myself.account()).changed(None, serde_json::json!({ "issuer": issuer }));
    audit::append(connection, myself.actor(), &event, rng, at)?;
    Ok(true)
}

/// Unlinks the own account from an issuer. [`Error::NotFound`] if it is not linked.
pub fn unlink(connection: &mut AnyConnection, myself: &Myself, issuer: &str, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let own = identity_links::table.filter(identity_links::issuer.eq(issuer)).filter(identity_links::account_id.eq(myself.account().to_string()));
    if diesel::delete(own).execute(connection)? == 0 {
        return Err(Error::NotFound);
    }
    let event = Event::new("identity.unlinked", "account", myself.account()).changed(serde_json::json!({ "issuer": issuer }), None);
    audit::append(connection, myself.actor(), &event, rng, at)
}
