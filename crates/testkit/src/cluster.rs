//! One PostgreSQL server for the tests of a process.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A running `tests/postgres.sh serve`. It stops when its standard input closes, which also happens when this process dies in whatever way.
struct Cluster {
    url: String,
    _process: Child,
}

/// Address of a server on which databases may be created: `TEST_POSTGRES_URL`, else a cluster started once for this process.
pub(crate) fn admin_url() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) if !url.is_empty() => url,
        _ => CLUSTER.get_or_init(start).url.clone(),
    }
}

fn start() -> Cluster {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/postgres.sh");
    let mut process = Command::new("bash")
        .args([script, "serve"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {script}: {error}"));
    let mut url = String::new();
    let output = process.stdout.take().expect("standard output is piped");
    let read = BufReader::new(output).read_line(&mut url);
    let url = url.trim().to_owned();
    assert!(
        read.is_ok() && url.starts_with("postgres"),
        "no PostgreSQL for the tests. Install the server programs (Debian/Ubuntu: sudo apt-get install postgresql), \
         or set TEST_POSTGRES_URL to a server on which databases may be created."
    );
    Cluster { url, _process: process }
}
