//! Cursors: where a list was left, bound to its query.
//!
//! A cursor holds the sort key and id of the last item and the minute in which the list was begun, so that leafing through a list
//! neither loses nor repeats an item while time goes on.

use crate::SearchError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A list can be leafed through for this long, in minutes.
const LIFETIME: i64 = 24 * 60;

/// What an item is sorted by, ascending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// Where a list was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) key: Key,
    pub(super) id: u128,
    pub(super) minute: i64,
}

/// Digest of everything that defines a list except where it is read.
pub(super) fn hash_of(query: &str) -> [u8; 6] {
    let digest = Sha256::digest(query.as_bytes());
    let mut hash = [0; 6];
    hash.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    hash
}

impl Cursor {
    /// The cursor as text.
    pub(super) fn encode(&self, query: [u8; 6]) -> String {
        let mut bytes = query.to_vec();
        bytes.extend(self.id.to_be_bytes());
        bytes.extend(self.minute.to_be_bytes());
        match &self.key {
            Key::Number(number) => {
                bytes.push(b'n');
                bytes.extend(number.to_be_bytes());
            }
            Key::Text(text) => {
                bytes.push(b't');
                bytes.extend(text.as_bytes());
            }
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor of this query.
    pub(super) fn decode(text: &str, query: [u8; 6], minute: i64) -> Result<Self, SearchError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| SearchError::Cursor)?;
        let mut rest = bytes.as_slice();
        if take::<6>(&mut rest)? != query {
            return Err(SearchError::Cursor);
        }
        let id = u128::from_be_bytes(take(&mut rest)?);
        let begun = i64::from_be_bytes(take(&mut rest)?);
        let age = minute.checked_sub(begun).ok_or(SearchError::Cursor)?;
        let [kind] = take(&mut rest)?;
        let key = match kind {
            b'n' if rest.len() == 8 => Key::Number(i64::from_be_bytes(take(&mut rest)?)),
            b't' => Key::Text(String::from_utf8(rest.to_vec()).map_err(|_| SearchError::Cursor)?),
            _ => return Err(SearchError::Cursor),
        };
        if !(0..=LIFETIME).contains(&age) {
            return Err(SearchError::Cursor);
        }
        Ok(Self { key, id, minute: begun })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], SearchError> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(SearchError::Cursor)?;
    *rest = tail;
    Ok(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_query_and_grows_old() {
        let (one, other) = (hash_of("a"), hash_of("b"));
        for key in [Key::Number(-7), Key::Text("töpfern".to_owned())] {
            let cursor = Cursor { key, id: 9, minute: 1000 };
            let text = cursor.encode(one);
            assert_eq!(Cursor::decode(&text, one, 1010).unwrap(), cursor);
            assert!(matches!(Cursor::decode(&text, other, 1010), Err(SearchError::Cursor)));
            assert!(Cursor::decode(&text, one, 1001 + LIFETIME).is_err());
            assert!(Cursor::decode(&text, one, 999).is_err(), "from the future");
            for cut in 0..text.len() - 12 {
                assert!(Cursor::decode(&text[..cut], one, 1010).is_err());
            }
        }
        assert!(Cursor::decode("€", one, 0).is_err());
    }
}
