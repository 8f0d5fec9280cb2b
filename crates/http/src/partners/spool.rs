//! Bodies of imports arrive in a nameless file first: no transaction waits for a slow network, and memory stays small.

use crate::body::{Allowance, Arriving};
use crate::problem::ApiError;
use crate::state::Limits;
use actix_web::web::Payload;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Seek, Write};

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
pub(super) async fn receive(body: Payload, announced: Option<u64>, limits: &Limits) -> Result<Spooled, ApiError> {
    let allowance = Allowance { idle: limits.body_idle, total: limits.body_total, rate: Some(limits.body_rate), bytes: limits.import_bytes };
    let mut body = Arriving::new(body, announced, allowance)?;
    let folder = limits.spool.clone();
    let mut sink = blocking(move || Ok(Sink { file: tempfile::tempfile_in(folder)?, hash: Sha256::new() })).await?;
    let mut buffer = Vec::with_capacity(CHUNK);
    while let Some(chunk) = body.next().await? {
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
