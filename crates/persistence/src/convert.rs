//! Between the types of the domain and the columns: ids as text, times as microseconds, codes by name.

use crate::error::{Error, Result};
use chrono::DateTime;
use domain::problem::ValueError;
use domain::{Timestamp, Uuid};
use std::str::FromStr;

pub(crate) fn micros(at: Timestamp) -> i64 {
    at.timestamp_micros()
}

pub(crate) fn timestamp(micros: i64) -> Result<Timestamp> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| Error::corrupt(format!("{micros} is not a time")))
}

pub(crate) fn uuid(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| Error::corrupt(format!("{text:?} is not an id")))
}

pub(crate) fn code<T: FromStr<Err = ValueError>>(text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::corrupt(format!("{text:?} is not a code")))
}

pub(crate) fn hash(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| Error::corrupt("a content hash that is not 32 bytes"))
}

pub(crate) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn texts(ids: &[Uuid]) -> Vec<String> {
    ids.iter().map(Uuid::to_string).collect()
}
