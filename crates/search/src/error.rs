//! What can go wrong in a search.

use tantivy::TantivyError;

/// Why a search or a write to the index failed.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The cursor is not one of ours, belongs to another query, or is too old.
    #[error("the cursor does not belong to this list")]
    Cursor,
    /// Sorting by distance without a point to measure from.
    #[error("sorting by distance needs a point")]
    DistanceWithoutPoint,
    /// The index directory cannot be read or written.
    #[error("index directory: {0}")]
    Io(#[from] std::io::Error),
    /// The search library failed.
    #[error("index: {0}")]
    Index(#[from] TantivyError),
    /// Something stored in the index is not what this version wrote there.
    #[error("the index holds something unreadable: {0}")]
    Unreadable(&'static str),
    /// A record cannot be turned into what the index keeps.
    #[error("record {id} cannot be indexed: {reason}")]
    Record {
        /// Its id.
        id: domain::Uuid,
        /// Why.
        reason: String,
    },
}
