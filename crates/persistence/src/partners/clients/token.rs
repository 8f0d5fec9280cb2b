//! What the token endpoint asks: who a client is, and whether it still is one.

use super::{Client, active};
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::partners::spent_tokens;
use crate::schema::{client_secrets, clients};
use diesel::prelude::*;
use domain::{Timestamp, Uuid};

/// The last use is noted again after so many microseconds, so that not every token costs a write.
const NOTED_EVERY: i64 = 60_000_000;

/// How a client proves who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Digest of a secret.
    Secret(String),
    /// An assertion whose signature was checked with the client's keys.
    Assertion {
        /// Its id, unique for the client.
        jti: String,
        /// When it expires.
        expires_at: Timestamp,
    },
}

/// The client with this id as the token endpoint needs it: to look up its keys. `None` if it or its source is revoked.
pub fn of_token(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Client>> {
    Ok(active(connection, id)?.map(|(client, _)| client))
}

/// The client that this proves. Assertions are spent by it, and the use is noted. [`Error::Unknown`] for everything that is not right.
pub fn authenticate(tx: &mut AnyConnection, id: Uuid, proof: &Proof, now: Timestamp) -> Result<Client> {
    let (client, _) = active(tx, id)?.ok_or(Error::Unknown)?;
    match proof {
        Proof::Secret(digest) => {
            // A client that signs has no secret that could stand for its key.
            let secret = secret(tx, client.id, digest, now)?.filter(|_| client.jwks.is_none()).ok_or(Error::Unknown)?;
            if is_due(secret.1, now) {
                diesel::update(client_secrets::table.find(secret.0)).set(client_secrets::last_used_at.eq(micros(now))).execute(tx)?;
            }
        }
        Proof::Assertion { jti, expires_at } => {
            let fresh = spent_tokens::spend(tx, &format!("{id}:{jti}"), "assertion", *expires_at)?;
            if !fresh || client.jwks.is_none() {
                return Err(Error::Unknown);
            }
        }
    }
    if is_due(client.last_used_at.map(micros), now) {
        diesel::update(clients::table.find(id.to_string())).set(clients::last_used_at.eq(micros(now))).execute(tx)?;
    }
    Ok(client)
}

/// Whether [`authenticate`] has something to write; if not, it may run where nothing can be written.
pub fn writes(connection: &mut AnyConnection, id: Uuid, proof: &Proof, now: Timestamp) -> Result<bool> {
    let Proof::Secret(digest) = proof else { return Ok(true) };
    let Some((client, _)) = active(connection, id)? else { return Ok(false) };
    let secret = secret(connection, id, digest, now)?;
    Ok(secret.is_some_and(|(_, used)| is_due(used, now) || is_due(client.last_used_at.map(micros), now)))
}

fn is_due(last: Option<i64>, now: Timestamp) -> bool {
    last.is_none_or(|last| micros(now) - last >= NOTED_EVERY)
}

/// A secret of a client that counts: its id and last use.
fn secret(connection: &mut AnyConnection, client: Uuid, digest: &str, now: Timestamp) -> Result<Option<(String, Option<i64>)>> {
    let row = client_secrets::table
        .filter(client_secrets::secret_hash.eq(digest))
        .filter(client_secrets::client_id.eq(client.to_string()))
        .filter(client_secrets::revoked_at.is_null())
        .filter(client_secrets::expires_at.is_null().or(client_secrets::expires_at.gt(micros(now))))
        .select((client_secrets::id, client_secrets::last_used_at))
        .first(connection)
        .optional()?;
    Ok(row)
}
