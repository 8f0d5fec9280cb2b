//! Secrets of clients: at most two count at a time, so that one can be replaced without a gap.

use super::{Managed, Refusal, about, manage, of_source};
use crate::access::Owned;
use crate::audit;
use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{client_secrets, clients};
use diesel::prelude::*;
use domain::accounts::may::ManageClients;
use domain::partners::Source;
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// So many secrets of a client count at a time.
const MOST: usize = 2;

/// What is known of a secret after it was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretInfo {
    /// Id.
    pub id: Uuid,
    /// Its last characters; empty for those of the first version of this program.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was last shown to the token endpoint, give or take a minute.
    pub last_used_at: Option<Timestamp>,
}

/// A secret to be kept: never itself, only its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecret {
    /// Id.
    pub id: Uuid,
    /// Digest of the secret.
    pub digest: String,
    /// Its last four characters.
    pub hint: String,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

pub(super) fn insert(tx: &mut AnyConnection, client: Uuid, secret: &NewSecret, at: Timestamp) -> Result<()> {
    diesel::insert_into(client_secrets::table)
        .values((
            client_secrets::id.eq(secret.id.to_string()),
            client_secrets::client_id.eq(client.to_string()),
            client_secrets::secret_hash.eq(&secret.digest),
            client_secrets::hint.eq(&secret.hint),
            client_secrets::created_at.eq(micros(at)),
            client_secrets::expires_at.eq(secret.expires_at.map(micros)),
        ))
        .execute(tx)?;
    Ok(())
}

/// The secrets of a client that count, the oldest first.
pub(super) fn counting(connection: &mut AnyConnection, client: Uuid, now: Timestamp) -> Result<Vec<SecretInfo>> {
    type Stored = (String, String, i64, Option<i64>, Option<i64>);
    let rows: Vec<Stored> = client_secrets::table
        .filter(client_secrets::client_id.eq(client.to_string()))
        .filter(client_secrets::revoked_at.is_null())
        .filter(client_secrets::expires_at.is_null().or(client_secrets::expires_at.gt(micros(now))))
        .order((client_secrets::created_at, client_secrets::id))
        .select((client_secrets::id, client_secrets::hint, client_secrets::created_at, client_secrets::expires_at, client_secrets::last_used_at))
        .load(connection)?;
    let info = |(id, hint, created_at, expires_at, last_used_at): Stored| {
        Ok(SecretInfo {
            id: uuid(&id)?,
            hint,
            created_at: timestamp(created_at)?,
            expires_at: expires_at.map(timestamp).transpose()?,
            last_used_at: last_used_at.map(timestamp).transpose()?,
        })
    };
    rows.into_iter().map(info).collect()
}

/// Gives a client a further secret; the one before goes on.
pub fn add_secret(
    tx: &mut AnyConnection,
    source: &Owned<Source, ManageClients>,
    client: Uuid,
    secret: &NewSecret,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Result<Managed, Refusal>> {
    // The client's row is taken first: of two who add a secret at once, the second one counts both.
    let client = touched(tx, source.value(), client)?;
    if client.revoked_at.is_some() {
        return Ok(Err(Refusal::Revoked));
    }
    if client.jwks.is_some() {
        return Ok(Err(Refusal::Signs));
    }
    if counting(tx, client.id, at)?.len() >= MOST {
        return Ok(Err(Refusal::SecretLimit));
    }
    insert(tx, client.id, secret, at)?;
    let after = json!({ "hint": secret.hint, "expiresAt": secret.expires_at });
    audit::append(tx, source.actor(), &about("secret.created", &client, source.value()).changed(None, after), rng, at)?;
    manage::get(tx, source, client.id, at).map(Ok)
}

/// Ends a secret of a client at once. [`Error::NotFound`] for one of another client, and for one that does not count any more.
pub fn revoke_secret(
    tx: &mut AnyConnection,
    source: &Owned<Source, ManageClients>,
    client: Uuid,
    secret: Uuid,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    let client = touched(tx, source.value(), client)?;
    let info = counting(tx, client.id, at)?.into_iter().find(|info| info.id == secret).ok_or(Error::NotFound)?;
    diesel::update(client_secrets::table.find(secret.to_string())).set(client_secrets::revoked_at.eq(micros(at))).execute(tx)?;
    let event = about("secret.revoked", &client, source.value()).changed(json!({ "hint": info.hint }), None);
    audit::append(tx, source.actor(), &event, rng, at)
}

/// Counts up the version of a client of a source, and thereby holds its row until the end of the transaction. Nothing is kept if that fails.
fn touched(tx: &mut AnyConnection, source: &Source, client: Uuid) -> Result<super::Client> {
    diesel::update(clients::table.find(client.to_string()).filter(clients::source_id.eq(source.id.to_string())))
        .set(clients::version.eq(clients::version + 1))
        .execute(tx)?;
    of_source(tx, source, client)
}
