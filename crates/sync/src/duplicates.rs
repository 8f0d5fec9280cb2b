//! Offers that may be the same: found by comparing what is new with what is there, decided by people.
//!
//! Every offer that is still of use is reduced to a [`card`](cards); cards that share a place in space, a day and the beginning of a word of the title
//! meet on the [`board`] and are [compared](compare). Nothing is compared with everything.

mod board;
mod cards;
mod compare;
mod decide;
mod follow;
mod titles;

pub use decide::{DecideError, decide};
pub use follow::{Follower, Found, Watch, scan};
