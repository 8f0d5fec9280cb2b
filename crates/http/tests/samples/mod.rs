//! Official schemas, where they are at hand.

#![allow(clippy::print_stdout, reason = "says what is skipped")]

use serde_json::Value;

/// The file of this name in `SAMPLES_DIR`; nothing, and a word about it, where there is none.
pub(crate) fn sample(path: &str) -> Option<Value> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples");
    let folder = std::env::var("SAMPLES_DIR").unwrap_or_else(|_| beside.to_owned());
    match std::fs::read(format!("{folder}/{path}")) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).unwrap()),
        Err(_) => {
            println!("skipped: no {path} in {folder} (SAMPLES_DIR)");
            None
        }
    }
}
