//! Cursors of lists that come from the database: a position, bound to the list it belongs to.

use crate::problem::ApiError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A fingerprint of a list: its kind and its parameters.
pub(crate) fn fingerprint(list: &str, pairs: &[&(String, String)]) -> u64 {
    let mut hash = Sha256::new();
    hash.update(list);
    for (name, value) in pairs {
        hash.update([0]);
        hash.update(name);
        hash.update([1]);
        hash.update(value);
    }
    hash.finalize().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// The cursor for a position (any text) of a list.
pub(crate) fn encode(list: u64, position: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list:016x}{position}"))
}

/// The position of a cursor, if it belongs to the list.
pub(crate) fn decode<T>(list: u64, cursor: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, ApiError> {
    let decoded = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.as_deref().and_then(|text| text.strip_prefix(&format!("{list:016x}"))).and_then(parse).ok_or_else(ApiError::cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let cursor = encode(7, "42");
        let number = |text: &str| text.parse::<i64>().ok();
        assert_eq!(decode(7, &cursor, number).unwrap(), 42);
        for (list, bad) in [(8, cursor.as_str()), (7, "x"), (7, ""), (7, "%%%"), (7, &encode(7, "forty-two"))] {
            assert!(decode(list, bad, number).is_err(), "{list} {bad}");
        }
    }
}
