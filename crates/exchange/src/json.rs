//! Walking a JSON file record by record, without holding it in memory.

use crate::{FileError, Limits, problems};
use domain::problem::ValueError;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};

/// What is done with a record: its line, and the record or why it cannot be read.
pub(crate) type Taker<'t> = dyn FnMut(u64, Result<Value, ValueError>) -> Result<(), FileError> + 't;

/// Hands every element of the list at `path` to `take`, or the one object that stands there instead of a list. Everything else is walked over.
pub(crate) fn each(input: &mut dyn BufRead, limits: Limits, path: &[&str], take: &mut Taker<'_>) -> Result<(), FileError> {
    let place = Place::default();
    let first = first_byte(input, &place)?;
    if !matches!(first, b'{' | b'[') {
        return Err(FileError::new(Some(place.line.get() + 1), problems::not_json_file(char::from(first))));
    }
    let mut failure = None;
    let mut reader = serde_json::Deserializer::from_reader(Counted { input, place: &place });
    let walk = Walk { path, place: &place, limit: limits.record_bytes, take, failure: &mut failure };
    let result = walk.deserialize(&mut reader).and_then(|()| reader.end());
    match (failure, result) {
        (Some(failure), _) => Err(failure),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => {
            let value = match (error.classify(), place.left.get()) {
                (serde_json::error::Category::Io, Some(0)) => problems::record_too_large(limits.record_bytes),
                (serde_json::error::Category::Io, _) => problems::read_failed(),
                (serde_json::error::Category::Eof, _) => problems::file_truncated_json(),
                _ => problems::not_json(error.column(), &error.to_string()),
            };
            Err(FileError::new(Some(place.line.get() + 1), value))
        }
    }
}

/// Skips a byte order mark and blank space.
fn first_byte(input: &mut dyn BufRead, place: &Place) -> Result<u8, FileError> {
    loop {
        let chunk = input.fill_buf().map_err(|_| FileError::new(None, problems::read_failed()))?;
        match chunk {
            [] => return Err(FileError::new(None, problems::file_empty())),
            [0xef | 0xbb | 0xbf, ..] => input.consume(1),
            [b'\n', ..] => {
                place.line.set(place.line.get() + 1);
                input.consume(1);
            }
            [b' ' | b'\t' | b'\r', ..] => input.consume(1),
            [byte, ..] => return Ok(*byte),
        }
    }
}

/// Where the reader stands.
#[derive(Default)]
struct Place {
    /// Line ends so far.
    line: Cell<u64>,
    /// Line of the first brace since a record was asked for.
    begin: Cell<Option<u64>>,
    /// How many bytes the record may still have; none between records.
    left: Cell<Option<usize>>,
}

struct Counted<'a, 'p> {
    input: &'a mut dyn BufRead,
    place: &'p Place,
}

impl Read for Counted<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let wanted = out.len().min(1);
        let read = self.input.read(out.get_mut(..wanted).unwrap_or_default())?;
        let Some(byte) = out.first().filter(|_| read > 0) else { return Ok(read) };
        let place = self.place;
        if *byte == b'\n' {
            place.line.set(place.line.get() + 1);
        }
        if *byte == b'{' && place.begin.get().is_none() {
            place.begin.set(Some(place.line.get() + 1));
        }
        if let Some(left) = place.left.get() {
            place.left.set(Some(left.checked_sub(1).ok_or_else(|| io::Error::other("refused"))?));
        }
        Ok(read)
    }
}

struct Walk<'a, 'p, 't> {
    path: &'a [&'a str],
    place: &'p Place,
    limit: usize,
    take: &'a mut Taker<'t>,
    failure: &'a mut Option<FileError>,
}

impl Walk<'_, '_, '_> {
    fn hand_on<E: serde::de::Error>(&mut self, record: Result<Value, ValueError>) -> Result<(), E> {
        self.place.left.set(None);
        let line = self.place.begin.take().unwrap_or_else(|| self.place.line.get() + 1);
        (self.take)(line, record).map_err(|failure| {
            *self.failure = Some(failure);
            E::custom("stopped")
        })
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let Some((wanted, rest)) = self.path.split_first() else {
            // One object where a list could stand.
            self.place.left.set(Some(self.limit));
            let mut object = serde_json::Map::new();
            while let Some((key, value)) = map.next_entry::<String, Value>()? {
                object.insert(key, value);
            }
            return self.hand_on(Ok(Value::Object(object)));
        };
        while let Some(key) = map.next_key::<String>()? {
            if key == *wanted {
                self.place.begin.set(None);
                let walk = Walk { path: rest, place: self.place, limit: self.limit, take: &mut *self.take, failure: &mut *self.failure };
                map.next_value_seed(walk)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        if !self.path.is_empty() {
            return Err(A::Error::custom("a list in place of an object"));
        }
        loop {
            self.place.begin.set(None);
            self.place.left.set(Some(self.limit));
            let Some(raw) = list.next_element::<Box<RawValue>>()? else {
                self.place.left.set(None);
                return Ok(());
            };
            let record = serde_json::from_str(raw.get()).map_err(|error| problems::not_json(error.column(), &error.to_string()));
            self.hand_on(record)?;
        }
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}
