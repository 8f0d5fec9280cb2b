//! Requests that come twice: the first answer comes again.

use super::Errand;
use crate::problem::ApiError;
use actix_web::HttpRequest;
use chrono::Days;
use domain::accounts::may::RunImports;
use domain::partners::{Handing, Import};
use domain::problem::ValueError;
use domain::{ErrorCode, Uuid};
use persistence::access::owned_source;
use persistence::idempotency::{self, FirstUse};
use persistence::imports;
use sha2::{Digest, Sha256};
use sync::Services;

/// How long an `Idempotency-Key` is remembered.
const REMEMBERED: Days = Days::new(7);

/// What makes two requests the same: the file, and what is to be done with it.
pub(super) fn hash(handing: &Handing, digest: &[u8]) -> String {
    let Handing { format, mode, dry_run, .. } = handing;
    let hash = Sha256::new().chain_update(format.code()).chain_update([u8::from(*dry_run)]).chain_update(mode.code()).chain_update(digest);
    hex::encode(hash.finalize())
}

pub(super) fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    match key.to_str() {
        Ok(key) if (1..=200).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => Ok(Some(key.to_owned())),
        _ => Err(ApiError::new(ErrorCode::ParameterInvalid).field(
            "/header/idempotency-key",
            ValueError::new("key-invalid", "1 bis 200 sichtbare ASCII-Zeichen.", "1 to 200 visible ASCII characters."),
        )),
    }
}

/// The id of the source, and the import of an earlier request with the same key and the same file.
pub(super) fn repeated(services: &Services, errand: &Errand, first: Option<&(String, String)>) -> Result<(Uuid, Option<Import>), ApiError> {
    let now = services.clock.now();
    let (source_id, earlier) = services.store.read(|connection| {
        let source = owned_source::<RunImports>(connection, &errand.actor, &errand.source, now)?;
        let source_id = source.value().id;
        let Some((key, _)) = first else { return Ok((source_id, None)) };
        Ok(match idempotency::find(connection, source_id, key)? {
            Some(found) => (source_id, Some((found.request_hash, imports::get(connection, &source, found.import_id)?))),
            None => (source_id, None),
        })
    })?;
    match (earlier, first) {
        (Some((hash, _)), Some((_, request_hash))) if hash != *request_hash => Err(ApiError::new(ErrorCode::IdempotencyMismatch)),
        (Some((_, import)), _) => Ok((source_id, import)),
        (None, _) => Ok((source_id, None)),
    }
}

pub(super) fn remember(services: &Services, source_id: Uuid, first: Option<(String, String)>, import: &Import) -> Result<(), ApiError> {
    let Some((key, request_hash)) = first else { return Ok(()) };
    let now = services.clock.now();
    let first_use = FirstUse { request_hash, import_id: import.id };
    services.store.write(move |tx| {
        if let Some(before) = now.checked_sub_days(REMEMBERED) {
            idempotency::forget(tx, before)?;
        }
        idempotency::remember(tx, source_id, &key, &first_use, now)
    })?;
    Ok(())
}
