//! The bytes below the XML reader: encoding, line numbers, and an end to endless tokens.

use crate::{FileError, problems};
use domain::problem::ValueError;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};
use std::io::{self, BufRead, Chain, Cursor, Read};

/// How far the XML declaration may reach into the file.
const DECLARATION_BYTES: u64 = 1024;
/// As many bytes are shown to the parser at once.
const WINDOW: usize = 1 << 14;

pub(super) struct Source<'a> {
    input: Chain<Cursor<Vec<u8>>, &'a mut dyn BufRead>,
    /// `None` for UTF-8, which the parser checks itself.
    decoder: Option<Decoder>,
    decoded: Vec<u8>,
    position: usize,
    finished: bool,
    lines: u64,
    token_limit: usize,
    token_left: usize,
    failure: Option<ValueError>,
    /// As many bytes ahead were already searched for NUL; the parser looks at the same ones again and again.
    searched: usize,
}

impl<'a> Source<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, token_limit: usize) -> Result<Self, FileError> {
        let mut head = Vec::new();
        Read::take(&mut *input, DECLARATION_BYTES).read_to_end(&mut head).map_err(|_| FileError::new(None, problems::read_failed()))?;
        let encoding = encoding_of(&head).map_err(|value| FileError::new(Some(1), value))?;
        Ok(Self {
            input: Cursor::new(head).chain(input),
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal()),
            decoded: Vec::new(),
            position: 0,
            finished: false,
            lines: 0,
            token_limit,
            token_left: token_limit,
            failure: None,
            searched: 0,
        })
    }

    /// The line up to which everything has been consumed, from 1.
    pub(super) fn line(&self) -> u64 {
        self.lines + 1
    }

    /// A new tag or text begins.
    pub(super) fn next_token(&mut self) {
        self.token_left = self.token_limit;
    }

    /// Why reading stopped, if it was for a reason of this layer.
    pub(super) fn failure(&self) -> Option<ValueError> {
        self.failure.clone()
    }

    fn fail<T>(&mut self, value: ValueError) -> io::Result<T> {
        self.failure = Some(value);
        Err(io::Error::other("refused"))
    }

    fn decode_more(&mut self) -> io::Result<()> {
        self.position = 0;
        self.decoded.resize(WINDOW, 0);
        let mut filled = 0;
        while filled == 0 && !self.finished {
            let Some(decoder) = self.decoder.as_mut() else { break };
            let chunk = self.input.fill_buf()?;
            let last = chunk.is_empty();
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(chunk, &mut self.decoded, last);
            self.input.consume(read);
            filled = written;
            match result {
                DecoderResult::Malformed(..) => return self.fail(problems::not_utf8_xml()),
                DecoderResult::InputEmpty => self.finished = last,
                DecoderResult::OutputFull => {}
            }
        }
        self.decoded.truncate(filled);
        Ok(())
    }
}

impl Read for Source<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let length = chunk.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..length), chunk.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.token_left == 0 {
            return self.fail(problems::token_too_long(self.token_limit));
        }
        if self.decoder.is_some() && self.position >= self.decoded.len() && !self.finished {
            self.decode_more()?;
        }
        let window = WINDOW.min(self.token_left);
        let chunk = if self.decoder.is_some() { self.decoded.get(self.position..).unwrap_or_default() } else { self.input.fill_buf()? };
        let chunk = chunk.get(..chunk.len().min(window)).unwrap_or_default();
        let unsearched = chunk.get(self.searched..).unwrap_or_default();
        self.searched = self.searched.max(chunk.len());
        if unsearched.contains(&0) {
            self.failure = Some(problems::file_binary());
            return Err(io::Error::other("refused"));
        }
        Ok(chunk)
    }

    fn consume(&mut self, amount: usize) {
        let window = WINDOW.min(self.token_left);
        if self.decoder.is_some() {
            let chunk = self.decoded.get(self.position..).unwrap_or_default();
            self.lines += newlines(chunk, amount);
            self.position += amount;
        } else {
            let lines = self.input.fill_buf().map_or(0, |chunk| newlines(chunk, amount.min(window)));
            self.lines += lines;
            self.input.consume(amount);
        }
        self.token_left = self.token_left.saturating_sub(amount);
        self.searched = self.searched.saturating_sub(amount);
    }
}

fn newlines(chunk: &[u8], amount: usize) -> u64 {
    chunk.iter().take(amount).map(|b| u64::from(*b == b'\n')).sum()
}

/// The encoding by byte order mark, else by XML declaration, else UTF-8.
fn encoding_of(head: &[u8]) -> Result<&'static Encoding, ValueError> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Ok(encoding);
    }
    let Some(declaration) = head.strip_prefix(b"<?xml") else { return Ok(UTF_8) };
    let end = declaration.windows(2).position(|w| w == b"?>").unwrap_or(declaration.len());
    let declaration = String::from_utf8_lossy(declaration.get(..end).unwrap_or_default());
    let Some((_, after)) = declaration.split_once("encoding") else { return Ok(UTF_8) };
    let label = after.trim_start().trim_start_matches('=').trim_start();
    let label = label.split(['"', '\'']).nth(1).unwrap_or_default();
    Encoding::for_label(label.as_bytes()).ok_or_else(|| problems::encoding_unknown(label))
}
