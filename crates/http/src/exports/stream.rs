//! Files of any length: written off the event loop, a piece at a time, as fast as they are taken.

use crate::problem::ApiError;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::body::BodyStream;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use futures_util::stream::poll_fn;
use std::io::{self, Write};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Sender};
use tokio::time::timeout;

/// Bytes of a piece.
const PIECE: usize = 64 << 10;

/// Pieces that may wait to be taken.
const WAITING: usize = 4;

/// How long a piece may wait. Whoever takes none for so long gets no more.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a file breaks off.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    /// What the database says.
    #[error(transparent)]
    Store(#[from] persistence::Error),
    /// Nobody takes it any more, or what is read breaks off.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What the index says.
    #[error(transparent)]
    Search(#[from] search::SearchError),
    /// A record that cannot be read.
    #[error(transparent)]
    Record(#[from] serde_json::Error),
    /// An identifier that is none.
    #[error(transparent)]
    Value(#[from] domain::problem::ValueError),
}

/// Collects pieces and hands them over.
struct Pieces {
    to: Sender<io::Result<Bytes>>,
    runtime: Handle,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE + PIECE / 4));
        let handed = self.runtime.block_on(async { timeout(PATIENCE, self.to.send(Ok(piece.into()))).await });
        match handed {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

/// The pieces that `work` writes. An error ends the answer without its end, so that nobody takes it for complete.
pub(crate) async fn pieces<F>(state: &AppState, work: F) -> Result<impl futures_util::Stream<Item = io::Result<Bytes>> + 'static, ApiError>
where
    F: FnOnce(&mut dyn Write) -> Result<(), Broken> + Send + 'static,
{
    let turn = state.exporting.admit().await?;
    let (to, mut from) = mpsc::channel(WAITING);
    let runtime = Handle::current();
    actix_web::rt::spawn(turn.run(move || {
        let mut pieces = Pieces { to, runtime, piece: Vec::with_capacity(PIECE + PIECE / 4) };
        let written = work(&mut pieces).and_then(|()| Ok(pieces.flush()?));
        if let Err(error) = written {
            if !matches!(&error, Broken::Io(io) if io.kind() == io::ErrorKind::BrokenPipe) {
                tracing::warn!(%error, "an export broke off");
            }
            // Nobody is left to be told if this fails.
            let _ = pieces.to.try_send(Err(io::Error::other("the export broke off")));
        }
        Ok(())
    }));
    Ok(poll_fn(move |context| from.poll_recv(context)))
}

/// 200 with a file that is written while it is taken.
pub(crate) async fn respond<F>(state: &web::Data<AppState>, representation: &Representation, kind: &str, work: F) -> Result<HttpResponse, ApiError>
where
    F: FnOnce(&mut dyn Write) -> Result<(), Broken> + Send + 'static,
{
    let body = BodyStream::new(pieces(state, work).await?);
    Ok(representation.bytes(kind, Bytes::new()).set_body(body).map_into_boxed_body())
}

/// Says under which name it is kept. The name is made of letters, digits, hyphens and dots.
pub(crate) fn named(response: &mut HttpResponse, name: &str) {
    use actix_web::http::header;
    if let Ok(disposition) = format!("attachment; filename=\"{name}\"").parse() {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
}
