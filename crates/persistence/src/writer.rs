//! The one writer of an SQLite database: a thread with a bounded queue.
//!
//! SQLite allows one writer. A queue serves in order of arrival, where waiting on `busy_timeout` is a lottery. Small writes that wait together
//! share one commit, and thereby one sync of the disk; each runs in its own savepoint, so that one that fails takes nothing with it.

use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::signal::ChangeSignal;
use diesel::Connection as _;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// So many waiting writes share a commit.
const GROUP: usize = 64;

const WAITING: u8 = 0;
const STARTED: u8 = 1;
const ABANDONED: u8 = 2;

/// Tells the caller: what the write itself returned, unless the commit failed.
type Reply = Box<dyn FnOnce(Result<()>) + Send>;
type Work = Box<dyn FnOnce(Result<&mut AnyConnection>) -> (bool, Reply) + Send>;

struct Request {
    stage: Arc<AtomicU8>,
    /// Long writes get a transaction to themselves, without a savepoint.
    alone: bool,
    work: Work,
}

impl Request {
    /// Whether the caller still waits; from now on it waits to the end.
    fn start(&self) -> bool {
        self.stage.compare_exchange(WAITING, STARTED, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

/// The queue.
pub(crate) struct Writer {
    sender: Option<SyncSender<Request>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    patience: Duration,
}

impl Writer {
    /// Starts the thread. `open` makes its connection.
    pub(crate) fn start(
        open: impl Fn() -> Result<AnyConnection> + Send + 'static,
        queue: usize,
        patience: Duration,
        signal: ChangeSignal,
    ) -> Result<Self> {
        let connection = open()?;
        let (sender, receiver) = sync_channel(queue.max(1));
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || serve(connection, open, &receiver, &signal))
            .map_err(|e| Error::Unavailable(e.to_string()))?;
        Ok(Self { sender: Some(sender), thread: Mutex::new(Some(thread)), patience })
    }

    /// Runs `work` in a transaction and returns when it is committed. [`Error::Busy`] if the queue is full or moves too slowly.
    pub(crate) fn run<T: Send + 'static>(&self, alone: bool, work: impl FnOnce(&mut AnyConnection) -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = sync_channel(1);
        let stage = Arc::new(AtomicU8::new(WAITING));
        let work: Work = Box::new(move |connection: Result<&mut AnyConnection>| {
            let result = connection.and_then(|connection| if alone { work(connection) } else { connection.transaction(work) });
            let succeeded = result.is_ok();
            let reply = move |committed: Result<()>| {
                // The caller may be gone: its thread died while it waited.
                let _ = answer.send(result.and_then(|value| committed.map(|()| value)));
            };
            (succeeded, Box::new(reply))
        });
        let sender = self.sender.as_ref().ok_or_else(closed)?;
        sender.try_send(Request { stage: Arc::clone(&stage), alone, work }).map_err(|error| match error {
            TrySendError::Full(_) => Error::Busy("the queue of writes is full".to_owned()),
            TrySendError::Disconnected(_) => closed(),
        })?;
        // Somebody who comes with much to write can also wait longer.
        let patience = if alone { self.patience * 12 } else { self.patience };
        match answered.recv_timeout(patience) {
            Ok(result) => result,
            Err(RecvTimeoutError::Disconnected) => Err(closed()),
            Err(RecvTimeoutError::Timeout) => {
                if stage.compare_exchange(WAITING, ABANDONED, Ordering::AcqRel, Ordering::Acquire).is_ok() {
                    return Err(Error::Busy("another write takes long".to_owned()));
                }
                answered.recv().unwrap_or_else(|_| Err(closed()))
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.sender = None;
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread.filter(|thread| thread.thread().id() != std::thread::current().id()) {
            // A panic of the thread has already been answered as `Unavailable`.
            let _ = thread.join();
        }
    }
}

fn closed() -> Error {
    Error::Unavailable("the writer has stopped".to_owned())
}

/// Serves the queue until nobody can ask any more. `open` replaces a connection in whose transaction something panicked.
fn serve(mut connection: AnyConnection, open: impl Fn() -> Result<AnyConnection>, receiver: &Receiver<Request>, signal: &ChangeSignal) {
    let mut held = None;
    while let Some(first) = held.take().or_else(|| receiver.recv().ok()) {
        if !first.start() {
            continue;
        }
        if let Err(error) = begin(&mut connection) {
            let (_, reply) = (first.work)(Err(error));
            reply(Ok(()));
            continue;
        }
        let mut replies = Vec::new();
        let served = catch_unwind(AssertUnwindSafe(|| serve_group(&mut connection, first, receiver, &mut held, &mut replies)));
        let outcome = match served {
            Ok(keep) => end(&mut connection, keep).map(|()| keep),
            Err(_) => Err(Error::Unavailable("a write panicked".to_owned())),
        };
        if let Err(error) = &outcome {
            tracing::error!(%error, "nothing was committed; opening a new connection");
            match open() {
                Ok(fresh) => connection = fresh,
                Err(error) => tracing::error!(%error, "cannot open a new connection"),
            }
        }
        for reply in replies {
            reply(outcome.as_ref().map(|_| ()).map_err(|e| Error::Unavailable(format!("commit: {e}"))));
        }
        if outcome.is_ok_and(|keep| keep) {
            signal.ring();
        }
    }
}

/// Runs `first` and, unless it wants to be alone, the small writes that wait behind it. Returns whether there is anything to commit.
fn serve_group(
    connection: &mut AnyConnection,
    first: Request,
    receiver: &Receiver<Request>,
    held: &mut Option<Request>,
    replies: &mut Vec<Reply>,
) -> bool {
    let alone = first.alone;
    let (mut keep, reply) = (first.work)(Ok(connection));
    replies.push(reply);
    while !alone && replies.len() < GROUP {
        match receiver.try_recv() {
            Ok(next) if next.alone => {
                *held = Some(next);
                break;
            }
            Ok(next) if next.start() => {
                let (succeeded, reply) = (next.work)(Ok(connection));
                keep |= succeeded;
                replies.push(reply);
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    keep
}

/// A deferred transaction that turns into a write fails when somebody else wrote in between: begin as a writer at once.
fn begin(connection: &mut AnyConnection) -> Result<()> {
    let AnyConnection::Sqlite(inner) = connection else { return Err(closed()) };
    Ok(AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")?)
}

fn end(connection: &mut AnyConnection, keep: bool) -> Result<()> {
    let AnyConnection::Sqlite(inner) = connection else { return Err(closed()) };
    if keep {
        return Ok(AnsiTransactionManager::commit_transaction(inner)?);
    }
    Ok(AnsiTransactionManager::rollback_transaction(inner)?)
}
