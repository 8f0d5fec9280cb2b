//! What tables share: the records of a search, a page at a time.

use super::stream::Broken;
use crate::feeds::records;
use persistence::Store;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::io;

/// Media type of tables.
pub(super) const KIND: &str = "text/csv; charset=utf-8; header=present";

/// Rows of a table at most.
const ROWS: usize = 20_000;

/// Records asked for at a time.
pub(super) const STEP: usize = 500;

/// What a search found, and where it goes on.
type Found = (Vec<Box<RawValue>>, Option<String>);

/// Writes the records that a search finds in its order, at most [`ROWS`]. `search` is given the cursor of the page.
pub(super) fn rows<T: DeserializeOwned>(
    store: &Store,
    mut search: impl FnMut(Option<String>) -> Result<Found, Broken>,
    mut write: impl FnMut(&T) -> io::Result<()>,
) -> Result<(), Broken> {
    let (mut left, mut cursor) = (ROWS, None);
    while left > 0 {
        let (items, next) = search(cursor)?;
        let mut ids = records::ids(&items)?;
        ids.truncate(left);
        left -= ids.len();
        for record in store.read(|connection| records::in_order::<T>(connection, &ids))? {
            write(&record)?;
        }
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(())
}
