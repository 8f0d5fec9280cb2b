//! Sources, put there by the program itself.

use domain::accounts::Actor;
use domain::accounts::may::{ManageSources, May};
use domain::catalogue::Licence;
use domain::partners::Source;
use domain::{SystemRng, Uuid};
use persistence::access::{Owned, allow, owned_source};
use persistence::{AnyConnection, Result};

/// When what is proved here happens. The program itself may do everything at any time.
fn now() -> domain::Timestamp {
    crate::NOW.parse().unwrap()
}

/// A source that is not yet in any database.
pub fn source(id: Uuid, key: &str) -> Source {
    Source {
        id,
        key: key.to_owned(),
        name: format!("Quelle {key}"),
        licence: Licence::CcZero,
        created_at: now(),
        revoked_at: None,
        confirmed_at: None,
        organization_id: None,
        version: 1,
    }
}

/// Adds a source.
pub fn add_source(tx: &mut AnyConnection, source: &Source) -> Result<()> {
    let allowed = allow::<ManageSources>(tx, &Actor::system(), now())?;
    persistence::sources::add(tx, &allowed, source, &SystemRng)
}

/// Ends a source.
pub fn revoke_source(tx: &mut AnyConnection, key: &str) -> Result<()> {
    let source = own(tx, key)?;
    persistence::sources::revoke(tx, &source, None, &SystemRng, now())
}

/// All sources in order of their keys.
pub fn sources(connection: &mut AnyConnection) -> Result<Vec<Source>> {
    let allowed = allow(connection, &Actor::system(), now())?;
    Ok(persistence::sources::list(connection, &allowed)?.into_iter().map(|(source, _)| source).collect())
}

/// The proof that the program itself may do `C` to a source.
pub fn own<C: May>(connection: &mut AnyConnection, key: &str) -> Result<Owned<Source, C>> {
    owned_source(connection, &Actor::system(), key, now())
}
