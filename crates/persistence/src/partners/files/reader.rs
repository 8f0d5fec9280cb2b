//! Reading a file piece by piece, from any place of it.

use crate::connection::AnyConnection;
use crate::convert::{count, signed};
use crate::error::{Error, Result};
use crate::schema::file_chunks;
use crate::store::Store;
use diesel::prelude::*;
use domain::Uuid;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// Reads a file; holds one piece of it in memory and no connection.
pub struct FileReader {
    store: Store,
    id: Uuid,
    size: u64,
    position: u64,
    /// The piece that was read last, and where it begins.
    piece: Vec<u8>,
    start: u64,
}

impl FileReader {
    pub(super) fn new(store: Store, id: Uuid, size: u64) -> Self {
        Self { store, id, size, position: 0, piece: Vec::new(), start: 0 }
    }

    /// Size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What is left of the piece that holds the position; empty at the end.
    fn rest(&mut self) -> io::Result<&[u8]> {
        let held = self.start..self.start + self.piece.len() as u64;
        if self.position < self.size && !held.contains(&self.position) {
            let (id, position) = (self.id, self.position);
            let (start, piece) = self.store.read(|connection| piece(connection, id, position)).map_err(io::Error::other)?;
            (self.start, self.piece) = (start, piece);
        }
        let at = usize::try_from(self.position.saturating_sub(self.start)).unwrap_or(usize::MAX);
        match self.piece.get(at..) {
            Some([]) | None if self.position < self.size => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a piece of the file is missing")),
            rest => Ok(rest.unwrap_or_default()),
        }
    }
}

/// The piece that holds a position, and where it begins.
fn piece(connection: &mut AnyConnection, id: Uuid, position: u64) -> Result<(u64, Vec<u8>)> {
    let row: Option<(i64, Vec<u8>)> = file_chunks::table
        .filter(file_chunks::file_id.eq(id.to_string()))
        .filter(file_chunks::start.le(signed(position)))
        .order(file_chunks::start.desc())
        .select((file_chunks::start, file_chunks::bytes))
        .first(connection)
        .optional()?;
    let (start, bytes) = row.ok_or(Error::NotFound)?;
    Ok((count(start), bytes))
}

impl BufRead for FileReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.rest()
    }

    fn consume(&mut self, amount: usize) {
        self.position = (self.position + amount as u64).min(self.size);
    }
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.rest()?;
        let read = rest.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl Seek for FileReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a place before the file"))?;
        Ok(self.position)
    }
}
