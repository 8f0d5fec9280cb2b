//! Lines of a stream, numbered, bounded, without the file in memory.

use crate::{FileError, problems};
use std::io::{BufRead, ErrorKind};

/// One line that is not blank.
pub(super) struct Line<'a> {
    /// Number, from 1; blank lines count.
    pub number: u64,
    /// The line without its end; only its beginning if it is too long.
    pub bytes: &'a [u8],
    /// Longer than allowed.
    pub too_long: bool,
    /// The file ended without a line end.
    pub last: bool,
}

pub(super) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    limit: usize,
    buffer: Vec<u8>,
    number: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, limit: usize) -> Self {
        Self { input, limit, buffer: Vec::with_capacity(4096), number: 0 }
    }

    /// The next line that is not blank.
    pub(super) fn next_line(&mut self) -> Result<Option<Line<'_>>, FileError> {
        loop {
            self.buffer.clear();
            self.number += 1;
            let (bytes_seen, ended) = self.fill()?;
            if bytes_seen == 0 && !ended {
                return Ok(None);
            }
            let start = if self.number == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let range = trimmed(&self.buffer, start);
            if range.is_empty() && bytes_seen <= self.limit {
                if !ended {
                    return Ok(None);
                }
                continue;
            }
            if self.buffer.contains(&0) {
                return Err(FileError::new(Some(self.number), problems::file_binary()));
            }
            let bytes = self.buffer.get(range).unwrap_or_default();
            return Ok(Some(Line { number: self.number, bytes, too_long: bytes_seen > self.limit, last: !ended }));
        }
    }

    /// Reads up to the line end and keeps at most `limit` bytes. Returns how many there were and whether a line end came.
    fn fill(&mut self) -> Result<(usize, bool), FileError> {
        let mut seen = 0;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return Err(FileError::new(Some(self.number), problems::read_failed())),
            };
            if chunk.is_empty() {
                return Ok((seen, false));
            }
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            let room = self.limit.saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(part.get(..part.len().min(room)).unwrap_or_default());
            seen += part.len();
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                return Ok((seen, true));
            }
        }
    }
}

/// The part of the line without blank space around it.
fn trimmed(line: &[u8], start: usize) -> std::ops::Range<usize> {
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r');
    let first = line.iter().skip(start).position(|b| !blank(b)).map_or(line.len(), |p| start + p);
    let end = line.iter().rposition(|b| !blank(b)).map_or(first, |p| p + 1);
    first..end.max(first)
}
