//! The binary `bildungsregion`.
fn main() {}
