//! The outbox: mail that is to be sent. What it says is sealed by the caller and erased once it is sent.

use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::Result;
use crate::schema::mails;
use diesel::prelude::*;
use domain::{Timestamp, Uuid};

/// A mail that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Id.
    pub id: Uuid,
    /// What it says, sealed.
    pub content: Vec<u8>,
    /// When it was written.
    pub created_at: Timestamp,
    /// How often it was tried before.
    pub attempts: i64,
}

/// Puts a mail into the outbox.
pub fn put(connection: &mut AnyConnection, id: Uuid, content: &[u8], at: Timestamp) -> Result<()> {
    diesel::insert_into(mails::table)
        .values((
            mails::id.eq(id.to_string()),
            mails::content.eq(content),
            mails::created_at.eq(micros(at)),
            mails::next_attempt_at.eq(micros(at)),
            mails::attempts.eq(0),
        ))
        .execute(connection)?;
    Ok(())
}

type Row = (String, Option<Vec<u8>>, i64, i64);

/// Up to `limit` mails that are due, those that have waited longest first.
pub fn due(connection: &mut AnyConnection, now: Timestamp, limit: i64) -> Result<Vec<Waiting>> {
    let rows: Vec<Row> = mails::table
        .filter(mails::next_attempt_at.le(micros(now)))
        .filter(mails::sent_at.is_null())
        .filter(mails::failed_at.is_null())
        .filter(mails::content.is_not_null())
        .order((mails::next_attempt_at, mails::id))
        .limit(limit)
        .select((mails::id, mails::content, mails::created_at, mails::attempts))
        .load(connection)?;
    let waiting = |(id, content, created_at, attempts): Row| {
        Ok(Waiting { id: uuid(&id)?, content: content.unwrap_or_default(), created_at: timestamp(created_at)?, attempts })
    };
    rows.into_iter().map(waiting).collect()
}

/// Takes a mail to send it. Until `until` nobody else takes it; after that it counts as tried in vain. `false` if another node has taken it.
pub fn take(connection: &mut AnyConnection, mail: &Waiting, until: Timestamp) -> Result<bool> {
    let taken = diesel::update(mails::table.find(mail.id.to_string()))
        .filter(mails::attempts.eq(mail.attempts))
        .filter(mails::sent_at.is_null())
        .filter(mails::failed_at.is_null())
        .set((mails::attempts.eq(mail.attempts + 1), mails::next_attempt_at.eq(micros(until))))
        .execute(connection)?;
    Ok(taken == 1)
}

/// Notes that a mail was sent, and erases it.
pub fn sent(connection: &mut AnyConnection, id: Uuid, at: Timestamp) -> Result<()> {
    diesel::update(mails::table.find(id.to_string()))
        .set((mails::sent_at.eq(micros(at)), mails::content.eq(None::<Vec<u8>>), mails::last_error.eq(None::<String>)))
        .execute(connection)?;
    Ok(())
}

/// Notes that a mail could not be sent, and when to try again.
pub fn postpone(connection: &mut AnyConnection, id: Uuid, next: Timestamp, error: &str) -> Result<()> {
    diesel::update(mails::table.find(id.to_string()))
        .set((mails::next_attempt_at.eq(micros(next)), mails::last_error.eq(error)))
        .execute(connection)?;
    Ok(())
}

/// Gives a mail up, and erases it.
pub fn give_up(connection: &mut AnyConnection, id: Uuid, at: Timestamp, error: &str) -> Result<()> {
    diesel::update(mails::table.find(id.to_string()))
        .set((mails::failed_at.eq(micros(at)), mails::content.eq(None::<Vec<u8>>), mails::last_error.eq(error)))
        .execute(connection)?;
    Ok(())
}

/// How many mails wait, and how many were given up: for whoever keeps the server running.
pub fn counts(connection: &mut AnyConnection) -> Result<(i64, i64)> {
    let waiting = mails::table.filter(mails::sent_at.is_null()).filter(mails::failed_at.is_null()).count().get_result(connection)?;
    let failed = mails::table.filter(mails::failed_at.is_not_null()).count().get_result(connection)?;
    Ok((waiting, failed))
}
