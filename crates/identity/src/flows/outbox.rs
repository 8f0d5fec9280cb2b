//! The outbox: letters are put into it in the transaction of what they tell, and a thread of any node sends them.

use super::{FlowError, Flows};
use crate::mail::{Letter, Letterhead, Mail, MailError, Mailer};
use chrono::Duration;
use domain::accounts::EmailAddress;
use domain::{Timestamp, Uuid, new_id};
use persistence::accounts::mails::{self, Waiting};
use persistence::{AnyConnection, ChangeSignal, Error};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// How long a node has a mail for itself. Longer than a slow mail server may take.
const LEASE: Duration = Duration::minutes(10);

/// After how many minutes it is tried again; the last one for all further times.
const BACK_OFF: [i64; 6] = [1, 5, 15, 30, 60, 120];

/// How long it is tried at all.
const PATIENCE: Duration = Duration::days(3);

/// How often the outbox is looked at without a wake-up.
const POLL: std::time::Duration = std::time::Duration::from_secs(5);

/// Least time between two looks: commits come in swarms.
const PACE: std::time::Duration = std::time::Duration::from_millis(200);

/// Mails taken at a time.
const BATCH: i64 = 50;

impl Flows {
    /// Writes a letter and puts it into the outbox, in the transaction of what it tells.
    ///
    /// # Errors
    /// If the letter cannot be written or sealed, or what the database says.
    pub fn post(&self, tx: &mut AnyConnection, letter: &Letter<'_>, to: &EmailAddress, language: &str) -> persistence::Result<()> {
        self.put(tx, letter, to, language).map(drop)
    }

    /// The same work for a letter that nobody is to get: it counts as sent.
    pub(super) fn post_nothing(&self, tx: &mut AnyConnection, letter: &Letter<'_>, to: &EmailAddress, language: &str) -> persistence::Result<()> {
        let id = self.put(tx, letter, to, language)?;
        mails::sent(tx, id, self.now())
    }

    fn put(&self, tx: &mut AnyConnection, letter: &Letter<'_>, to: &EmailAddress, language: &str) -> persistence::Result<Uuid> {
        let unwritten = |error: &dyn std::fmt::Display| Error::Corrupt(format!("a letter cannot be written: {error}"));
        let mail = letter.write(&self.letterhead(), to.clone(), language).map_err(|error| unwritten(&error))?;
        let id = new_id(&*self.clock, &*self.rng);
        let content = serde_json::to_vec(&mail).map_err(|error| unwritten(&error))?;
        let sealed = self.services.keys.seal_key().seal(&content, &context(id), &*self.rng).map_err(|error| unwritten(&error))?;
        mails::put(tx, id, &sealed, self.now())?;
        Ok(id)
    }

    /// A mail of the outbox as it was written.
    ///
    /// # Errors
    /// If it was sealed with another key, or altered.
    pub fn open_mail(&self, waiting: &Waiting) -> Result<Mail, FlowError> {
        let content = self.services.keys.seal_key().open(&waiting.content, &context(waiting.id))?;
        Ok(serde_json::from_slice(&content)?)
    }

    fn letterhead(&self) -> Letterhead {
        let services = &self.services;
        Letterhead { portal: services.portal.clone(), url: services.issuer.clone(), contact: services.contact.clone(), zone: services.zone }
    }

    /// Sends what is due. Returns how many mails were sent.
    ///
    /// # Errors
    /// What the database says; that a mail cannot be sent is noted with it.
    pub fn deliver(&self, mailer: &Mailer) -> Result<usize, FlowError> {
        let mut sent = 0;
        loop {
            let now = self.now();
            let due = self.store.read(|connection| mails::due(connection, now, BATCH))?;
            if due.is_empty() {
                return Ok(sent);
            }
            for waiting in due {
                sent += usize::from(self.deliver_one(mailer, waiting)?);
            }
        }
    }

    fn deliver_one(&self, mailer: &Mailer, waiting: Waiting) -> Result<bool, FlowError> {
        let (until, taken) = (self.now() + LEASE, waiting.clone());
        if !self.store.write(move |tx| mails::take(tx, &taken, until))? {
            return Ok(false);
        }
        let outcome = match self.open_mail(&waiting) {
            Ok(mail) => mailer.send(&mail, waiting.id, self.now()),
            Err(error) => Err(MailError { temporary: false, reason: error.to_string() }),
        };
        let (id, now) = (waiting.id, self.now());
        match outcome {
            Ok(()) => {
                self.store.write(move |tx| mails::sent(tx, id, now))?;
                Ok(true)
            }
            Err(error) => {
                let next = next_attempt(&waiting, &error, now);
                if next.is_none() {
                    tracing::error!(mail = %id, %error, attempts = waiting.attempts + 1, "a mail was given up");
                } else {
                    tracing::warn!(mail = %id, %error, attempts = waiting.attempts + 1, "a mail could not be sent yet");
                }
                self.store.write(move |tx| match next {
                    Some(next) => mails::postpone(tx, id, next, &error.reason),
                    None => mails::give_up(tx, id, now, &error.reason),
                })?;
                Ok(false)
            }
        }
    }
}

/// When to try again; `None` if that is of no use.
fn next_attempt(waiting: &Waiting, error: &MailError, now: Timestamp) -> Option<Timestamp> {
    let tried = usize::try_from(waiting.attempts).unwrap_or(usize::MAX);
    let pause = BACK_OFF.get(tried).or(BACK_OFF.last()).copied().unwrap_or(60);
    let next = now + Duration::minutes(pause);
    (error.temporary && next - waiting.created_at <= PATIENCE).then_some(next)
}

/// A mail opens only in its own row.
fn context(id: Uuid) -> String {
    format!("mail:{id}")
}

/// A thread that sends mail until it is dropped. Every node may have one: the database decides which of them sends what.
#[derive(Debug)]
pub struct Outbox {
    stop: Arc<AtomicBool>,
    signal: ChangeSignal,
    thread: Option<JoinHandle<()>>,
}

impl Outbox {
    /// Starts to send.
    ///
    /// # Errors
    /// If there is no thread to be had.
    pub fn start(flows: Flows, mailer: Mailer) -> std::io::Result<Self> {
        let (stop, signal) = (Arc::new(AtomicBool::new(false)), flows.store.changed());
        let (stopped, rings) = (Arc::clone(&stop), signal.clone());
        let thread = std::thread::Builder::new().name("outbox".to_owned()).spawn(move || {
            while !stopped.load(Ordering::Acquire) {
                let seen = rings.count();
                if let Err(error) = flows.deliver(&mailer) {
                    tracing::error!(%error, "the outbox cannot be worked through");
                }
                std::thread::sleep(PACE);
                if !stopped.load(Ordering::Acquire) {
                    rings.wait(seen, POLL);
                }
            }
        })?;
        Ok(Self { stop, signal, thread: Some(thread) })
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.signal.ring();
        if let Some(thread) = self.thread.take() {
            // It has said why if it panicked.
            let _ = thread.join();
        }
    }
}
