//! Partners: what sources hand in.

mod access;
pub mod imports;
mod spool;

pub use access::secret_hash;
