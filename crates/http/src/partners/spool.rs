//! Bodies of imports arrive in a nameless file first: no transaction waits for a slow network, and memory stays small.

use crate::problem::ApiError;
use crate::state::Limits;
use actix_web::error::PayloadError;
use actix_web::web::Payload;
use domain::ErrorCode;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Seek, Write};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Bytes that are gathered before they are written.
const CHUNK: usize = 256 * 1024;

/// A body that has arrived.
pub(super) struct Spooled {
    /// The file, at its beginning.
    pub(super) file: File,
    /// Digest of its bytes.
    pub(super) digest: [u8; 32],
}

struct Sink {
    file: File,
    hash: Sha256,
}

impl Sink {
    fn take(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.hash.update(bytes);
        self.file.write_all(bytes)
    }
}

/// Receives a body. 408 if it trickles, 413 if it is too large, 400 if it breaks off.
pub(super) async fn receive(mut body: Payload, announced: Option<u64>, limits: &Limits) -> Result<Spooled, ApiError> {
    let too_large = || {
        let most = limits.import_bytes >> 20;
        ApiError::new(ErrorCode::PayloadTooLarge).detail(format!("Erlaubt sind {most} MiB."), format!("Allowed are {most} MiB."))
    };
    if announced.is_some_and(|bytes| bytes > limits.import_bytes) {
        return Err(too_large());
    }
    let folder = limits.spool.clone();
    let mut sink = blocking(move || Ok(Sink { file: tempfile::tempfile_in(folder)?, hash: Sha256::new() })).await?;
    let began = Instant::now();
    let mut received = 0_u64;
    let mut buffer = Vec::with_capacity(CHUNK);
    loop {
        // A long body gets the more time the more of it has come.
        let earned = Duration::from_secs(received / limits.body_rate.max(1));
        let deadline = (Instant::now() + limits.body_idle).min(began + limits.body_total + earned);
        let Ok(next) = timeout_at(deadline, body.next()).await else { return Err(ApiError::new(ErrorCode::RequestTimeout)) };
        let Some(chunk) = next else { break };
        let chunk = chunk.map_err(broken_off)?;
        received += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if received > limits.import_bytes {
            return Err(too_large());
        }
        buffer.extend_from_slice(&chunk);
        if buffer.len() >= CHUNK {
            (sink, buffer) = write(sink, buffer).await?;
        }
    }
    let (mut sink, _) = write(sink, buffer).await?;
    blocking(move || {
        sink.file.rewind()?;
        Ok(Spooled { file: sink.file, digest: sink.hash.finalize().into() })
    })
    .await
}

async fn write(mut sink: Sink, mut buffer: Vec<u8>) -> Result<(Sink, Vec<u8>), ApiError> {
    blocking(move || {
        sink.take(&buffer)?;
        buffer.clear();
        Ok((sink, buffer))
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?.map_err(ApiError::internal)
}

fn broken_off(error: PayloadError) -> ApiError {
    match error {
        PayloadError::Overflow => ApiError::new(ErrorCode::PayloadTooLarge),
        _ => ApiError::new(ErrorCode::BadRequest).detail("Die Daten kamen nicht vollständig an.", "The body did not arrive completely."),
    }
}
