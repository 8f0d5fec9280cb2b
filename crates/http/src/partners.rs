//! Partners: what sources hand in.

pub mod imports;
