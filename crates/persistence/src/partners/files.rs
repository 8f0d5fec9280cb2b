//! Files in pieces: uploads that arrive bit by bit, imports that wait for somebody, nightly dumps. In the database, so that every node has them
//! and a backup of one is a backup of all.

mod reader;

pub use reader::FileReader;

use crate::access::Owned;
use crate::connection::AnyConnection;
use crate::convert::{code, count, micros, signed, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{file_chunks, files};
use crate::store::Store;
use diesel::prelude::*;
use domain::accounts::may::May;
use domain::partners::{FilePurpose, Source};
use domain::{Timestamp, Uuid};
use sha2::{Digest, Sha256};
use std::io::Read;

/// Bytes of one piece.
pub const CHUNK: usize = 512 << 10;

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Id.
    pub id: Uuid,
    /// What it is kept for.
    pub purpose: FilePurpose,
    /// The source it belongs to; none for dumps.
    pub source_id: Option<Uuid>,
    /// Who handed it in.
    pub owner: Option<String>,
    /// Name, as it was given.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes, once it is complete.
    pub size: u64,
    /// Bytes that are here.
    pub received: u64,
    /// Digest in hexadecimal; of an upload that goes on, the one that was announced.
    pub sha256: Option<String>,
    /// Position of the change log that a dump shows.
    pub change_seq: Option<i64>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it is cleared away.
    pub expires_at: Option<Timestamp>,
}

impl StoredFile {
    /// Whether all of it is here.
    pub fn is_complete(&self) -> bool {
        self.received == self.size
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = files)]
struct Row {
    id: String,
    purpose: String,
    source_id: Option<String>,
    owner: Option<String>,
    name: String,
    media_type: String,
    size: i64,
    received: i64,
    sha256: Option<String>,
    change_seq: Option<i64>,
    created_at: i64,
    expires_at: Option<i64>,
}

impl TryFrom<Row> for StoredFile {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            purpose: code(&row.purpose)?,
            source_id: row.source_id.as_deref().map(uuid).transpose()?,
            owner: row.owner,
            name: row.name,
            media_type: row.media_type,
            size: count(row.size),
            received: count(row.received),
            sha256: row.sha256,
            change_seq: row.change_seq,
            created_at: timestamp(row.created_at)?,
            expires_at: row.expires_at.map(timestamp).transpose()?,
        })
    }
}

/// Begins a file of which nothing has come yet.
pub fn create(tx: &mut AnyConnection, file: &StoredFile) -> Result<()> {
    diesel::insert_into(files::table)
        .values((
            files::id.eq(file.id.to_string()),
            files::purpose.eq(file.purpose.code()),
            files::source_id.eq(file.source_id.map(|id| id.to_string())),
            files::owner.eq(file.owner.as_deref()),
            files::name.eq(&file.name),
            files::media_type.eq(&file.media_type),
            files::size.eq(signed(file.size)),
            files::received.eq(0),
            files::sha256.eq(file.sha256.as_deref()),
            files::change_seq.eq(file.change_seq),
            files::created_at.eq(micros(file.created_at)),
            files::expires_at.eq(file.expires_at.map(micros)),
        ))
        .execute(tx)?;
    Ok(())
}

/// Appends bytes at `start`; returns how many are here then. [`Error::Conflict`] with the bytes that are here if `start` is another place, or if
/// there would be more than were announced.
pub fn append(tx: &mut AnyConnection, id: Uuid, start: u64, bytes: &[u8]) -> Result<u64> {
    if bytes.is_empty() {
        return Ok(start);
    }
    let end = signed(start.saturating_add(bytes.len() as u64));
    let here = files::table.find(id.to_string()).filter(files::received.eq(signed(start))).filter(files::size.ge(end));
    if diesel::update(here).set(files::received.eq(end)).execute(tx)? == 0 {
        let received: Option<i64> = files::table.find(id.to_string()).select(files::received).first(tx).optional()?;
        return Err(received.map_or(Error::NotFound, Error::Conflict));
    }
    diesel::insert_into(file_chunks::table)
        .values((file_chunks::file_id.eq(id.to_string()), file_chunks::start.eq(signed(start)), file_chunks::bytes.eq(bytes)))
        .execute(tx)?;
    Ok(count(end))
}

/// Keeps all of `input` in pieces, each in a transaction of its own: a large file never holds up other writers. Size and digest are found on the
/// way. What is left of a file that breaks off goes with [`expire`].
pub fn keep(store: &Store, file: &StoredFile, input: &mut dyn Read) -> Result<StoredFile> {
    let mut kept = StoredFile { size: i64::MAX.unsigned_abs(), received: 0, sha256: None, ..file.clone() };
    let begun = kept.clone();
    store.write(move |tx| create(tx, &begun))?;
    let (id, mut digest) = (file.id, Sha256::new());
    loop {
        let mut bytes = Vec::with_capacity(CHUNK);
        Read::take(&mut *input, CHUNK as u64).read_to_end(&mut bytes).map_err(|error| Error::Unavailable(format!("the file to be kept: {error}")))?;
        if bytes.is_empty() {
            break;
        }
        digest.update(&bytes);
        let start = kept.received;
        kept.received = store.write(move |tx| append(tx, id, start, &bytes))?;
    }
    let (size, sha256) = (kept.received, hexadecimal(&digest.finalize()));
    let complete = (files::size.eq(signed(size)), files::sha256.eq(sha256.clone()));
    store.write(move |tx| Ok(diesel::update(files::table.find(id.to_string())).set(complete.clone()).execute(tx)?))?;
    Ok(StoredFile { size, sha256: Some(sha256), ..kept })
}

/// Digits of a digest.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        use std::fmt::Write;
        // Writing into a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A complete file gets its digest and, if one is given, the time when it is cleared away.
pub fn finish(tx: &mut AnyConnection, id: Uuid, sha256: &str, expires_at: Option<Timestamp>) -> Result<()> {
    let changed = diesel::update(files::table.find(id.to_string()))
        .set((files::sha256.eq(sha256), files::expires_at.eq(expires_at.map(micros))))
        .execute(tx)?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Throws away what has come of a file, which then begins again.
pub fn restart(tx: &mut AnyConnection, id: Uuid) -> Result<()> {
    diesel::delete(file_chunks::table.filter(file_chunks::file_id.eq(id.to_string()))).execute(tx)?;
    diesel::update(files::table.find(id.to_string())).set(files::received.eq(0)).execute(tx)?;
    Ok(())
}

/// Removes a file. One that is not there is removed already.
pub fn remove(tx: &mut AnyConnection, id: Uuid) -> Result<()> {
    diesel::delete(files::table.find(id.to_string())).execute(tx)?;
    Ok(())
}

/// Removes the files whose time has come. Returns how many.
pub fn expire(tx: &mut AnyConnection, now: Timestamp) -> Result<usize> {
    Ok(diesel::delete(files::table.filter(files::expires_at.le(micros(now)))).execute(tx)?)
}

/// A file, complete or not.
pub fn find(connection: &mut AnyConnection, id: Uuid) -> Result<Option<StoredFile>> {
    let row: Option<Row> = files::table.find(id.to_string()).select(Row::as_select()).first(connection).optional()?;
    row.map(StoredFile::try_from).transpose()
}

/// The files of a purpose in order of their names, the latest of a name first.
pub fn list(connection: &mut AnyConnection, purpose: FilePurpose) -> Result<Vec<StoredFile>> {
    let rows: Vec<Row> =
        files::table.filter(files::purpose.eq(purpose.code())).order((files::name, files::id.desc())).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(StoredFile::try_from).collect()
}

/// A file of a source that has not expired. A foreign one is not there.
pub fn of_source<C: May>(
    connection: &mut AnyConnection,
    source: &Owned<Source, C>,
    purpose: FilePurpose,
    id: Uuid,
    now: Timestamp,
) -> Result<Option<StoredFile>> {
    let file = find(connection, id)?.filter(|file| file.purpose == purpose && file.source_id == Some(source.value().id));
    Ok(file.filter(|file| file.expires_at.is_none_or(|until| until > now)))
}

/// Number of files of a purpose that a source has.
pub fn number_of_source<C: May>(connection: &mut AnyConnection, source: &Owned<Source, C>, purpose: FilePurpose) -> Result<i64> {
    Ok(files::table
        .filter(files::source_id.eq(source.value().id.to_string()))
        .filter(files::purpose.eq(purpose.code()))
        .count()
        .get_result(connection)?)
}

/// Reads a complete file piece by piece.
pub fn read(store: &Store, id: Uuid) -> Result<FileReader> {
    let file = store.read(|connection| find(connection, id)?.filter(StoredFile::is_complete).ok_or(Error::NotFound))?;
    Ok(FileReader::new(store.clone(), id, file.size))
}
