//! The audit log: who did what, when, from where, and what it was before and after.
//!
//! Entries are appended in the transaction of what they tell. Each holds the hash of the one before, so that none can be changed or taken out
//! unnoticed ([`verify`]). What is personal stands in rows of its own that the entry knows only by salted hashes: one for who acted (name,
//! address, browser), one for what it was done to (name, values). Erasing them leaves the chain whole, and a hash tells nothing once its salt is
//! gone.

mod append;
mod chain;
mod erase;
mod read;
mod verify;

pub use append::{Event, append};
pub use erase::erase_personal;
pub use read::{Entry, Filter, count, list, note_reading};
pub use verify::{Broken, Verified, verify};
