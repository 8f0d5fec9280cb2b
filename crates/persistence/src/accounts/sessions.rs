//! Sessions: a person at a device, from sign-in until the end.

use crate::access::Myself;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::sessions;
use diesel::prelude::*;
use domain::{Rng, Timestamp, Uuid};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id; the `sid` of access tokens.
    pub id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// How the person proved who they are (RFC 8176): `pwd`, `otp`, `hwk` (passkey), `recovery`, `fed` (other provider),
    /// `mfa` (the other provider saw several factors), in order.
    pub methods: Vec<String>,
    /// Sign-in.
    pub created_at: Timestamp,
    /// Last proof, the `auth_time` of access tokens.
    pub authenticated_at: Timestamp,
    /// Last renewal.
    pub last_used_at: Timestamp,
    /// End unless renewed.
    pub expires_at: Timestamp,
    /// Address at sign-in.
    pub address: Option<String>,
    /// Browser at sign-in.
    pub user_agent: Option<String>,
}

impl Session {
    /// Whether it was begun with more than one factor. A passkey with user verification is two: what one has and what one knows or is.
    pub fn has_second_factor(&self) -> bool {
        self.methods.iter().any(|method| matches!(method.as_str(), "otp" | "hwk" | "recovery" | "mfa"))
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct Row {
    id: String,
    account_id: String,
    methods: String,
    created_at: i64,
    authenticated_at: i64,
    last_used_at: i64,
    expires_at: i64,
    address: Option<String>,
    user_agent: Option<String>,
}

impl TryFrom<Row> for Session {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            account_id: uuid(&row.account_id)?,
            methods: row.methods.split_whitespace().map(ToOwned::to_owned).collect(),
            created_at: timestamp(row.created_at)?,
            authenticated_at: timestamp(row.authenticated_at)?,
            last_used_at: timestamp(row.last_used_at)?,
            expires_at: timestamp(row.expires_at)?,
            address: row.address,
            user_agent: row.user_agent,
        })
    }
}

/// The session with this id, if it goes on.
pub fn live(connection: &mut AnyConnection, id: Uuid, now: Timestamp) -> Result<Option<Session>> {
    let row = sessions::table
        .find(id.to_string())
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(micros(now)))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Session::try_from).transpose()
}

/// The sessions of an account that go on, newest first.
pub fn of_account(connection: &mut AnyConnection, account: Uuid, now: Timestamp) -> Result<Vec<Session>> {
    let rows = sessions::table
        .filter(sessions::account_id.eq(account.to_string()))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(micros(now)))
        .order(sessions::id.desc())
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Session::try_from).collect()
}

/// Begins a session.
pub fn insert(connection: &mut AnyConnection, session: &Session) -> Result<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(session.id.to_string()),
            sessions::account_id.eq(session.account_id.to_string()),
            sessions::methods.eq(session.methods.join(" ")),
            sessions::created_at.eq(micros(session.created_at)),
            sessions::authenticated_at.eq(micros(session.authenticated_at)),
            sessions::last_used_at.eq(micros(session.last_used_at)),
            sessions::expires_at.eq(micros(session.expires_at)),
            sessions::address.eq(&session.address),
            sessions::user_agent.eq(&session.user_agent),
        ))
        .execute(connection)?;
    Ok(())
}

/// Ends the sessions of an account, all or all but one. `reason`: a code such as `password-changed`. Returns how many.
pub fn end_all(connection: &mut AnyConnection, account: Uuid, except: Option<Uuid>, reason: &str, at: Timestamp) -> Result<usize> {
    let spared = except.map_or_else(String::new, |id| id.to_string());
    let ended = diesel::update(sessions::table)
        .filter(sessions::account_id.eq(account.to_string()))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::id.ne(spared))
        .set((sessions::ended_at.eq(micros(at)), sessions::end_reason.eq(reason)))
        .execute(connection)?;
    Ok(ended)
}

/// Renews a session that goes on.
pub fn touch(connection: &mut AnyConnection, id: Uuid, used_at: Timestamp, expires_at: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(id.to_string()))
        .filter(sessions::ended_at.is_null())
        .set((sessions::last_used_at.eq(micros(used_at)), sessions::expires_at.eq(micros(expires_at))))
        .execute(connection)?;
    Ok(())
}

/// Notes that the person has proved once more who they are, and with what by now.
pub fn proved(connection: &mut AnyConnection, id: Uuid, methods: &[String], at: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(id.to_string()))
        .filter(sessions::ended_at.is_null())
        .set((sessions::authenticated_at.eq(micros(at)), sessions::methods.eq(methods.join(" "))))
        .execute(connection)?;
    Ok(())
}

/// Ends a session. `reason`: a code such as `signed-out`. `false` if it had ended before.
pub fn end(connection: &mut AnyConnection, id: Uuid, reason: &str, at: Timestamp) -> Result<bool> {
    let ended = diesel::update(sessions::table.find(id.to_string()))
        .filter(sessions::ended_at.is_null())
        .set((sessions::ended_at.eq(micros(at)), sessions::end_reason.eq(reason)))
        .execute(connection)?;
    Ok(ended == 1)
}

/// The session with this id, ended or not.
pub fn get(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Session>> {
    let row = sessions::table.find(id.to_string()).select(Row::as_select()).first(connection).optional()?;
    row.map(Session::try_from).transpose()
}

/// Ends one of the own sessions. [`Error::NotFound`] if there is none with this id that goes on.
pub fn end_own(connection: &mut AnyConnection, myself: &Myself, id: Uuid, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    if live(connection, id, at)?.is_none_or(|session| session.account_id != myself.account()) {
        return Err(Error::NotFound);
    }
    end(connection, id, "revoked", at)?;
    let event = Event::new("session.ended", "session", id).changed(None, serde_json::json!({ "reason": "revoked" }));
    audit::append(connection, myself.actor(), &event, rng, at)
}

/// Ends the own sessions except the one that asks. Nothing is logged if there are none.
pub fn end_others(connection: &mut AnyConnection, myself: &Myself, reason: &'static str, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    match end_all(connection, myself.account(), Some(myself.session()), reason, at)? {
        0 => Ok(()),
        ended => {
            let what = serde_json::json!({ "reason": reason, "sessions": ended });
            audit::append(connection, myself.actor(), &Event::new("session.ended", "account", myself.account()).changed(None, what), rng, at)
        }
    }
}
