//! The commands as an operator runs them: the real binary, a real database in a folder of its own.

// Helpers are outside of the test functions that clippy knows by their attribute.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

struct Place(TempDir);

struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With a migrated database.
    fn ready() -> Self {
        let place = Self::new();
        assert_eq!(place.run(&["migrate"]).code, 0);
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bildungsregion"));
        command.args(arguments).current_dir(self.0.path()).env_remove("BILDUNGSREGION_CONFIG");
        command
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        answer(self.command(arguments).output().unwrap())
    }

    fn run_with(&self, arguments: &[&str], input: &[u8]) -> Answer {
        let mut child = self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        answer(child.wait_with_output().unwrap())
    }

    fn source(&self, key: &str) {
        assert_eq!(self.run(&["source", "add", key, "--name", "Beispiel"]).code, 0);
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn answer(output: Output) -> Answer {
    Answer { code: output.status.code().unwrap(), out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() }
}

fn demo_file(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/demo").join(name).display().to_string()
}

#[test]
fn nothing_works_before_migrate_and_the_message_says_so() {
    let place = Place::new();
    let early = place.run(&["source", "list"]);
    assert_eq!(early.code, 2);
    assert!(early.err.contains("bildungsregion migrate"), "{}", early.err);
    let first = place.run(&["migrate"]);
    assert!(first.code == 0 && first.out.starts_with("Applied "), "{}{}", first.out, first.err);
    assert!(place.path().join("var/bildungsregion.db").is_file());
    assert_eq!(place.run(&["migrate"]).out, "The schema is up to date.\n");
}

/// What follows a word at the beginning of a line.
fn value<'a>(answer: &'a Answer, word: &str) -> &'a str {
    let line = answer.out.lines().find_map(|line| line.strip_prefix(word));
    line.unwrap_or_else(|| panic!("no {word}: {}{}", answer.out, answer.err)).trim()
}

#[test]
fn a_secret_is_shown_once_and_never_kept() {
    let place = Place::ready();
    let add = ["source", "add", "kvhs-beispiel", "--name", "Volkshochschule", "--licence", "cc-by/4.0"];
    assert_eq!(place.run(&add).code, 0);
    let again = place.run(&add);
    assert!(again.code == 2 && again.err.contains("already"), "{}", again.err);
    let list = place.run(&["source", "list"]).out;
    assert!(list.contains("kvhs-beispiel\tVolkshochschule\tcc-by/4.0"), "{list}");
    let added = place.run(&["client", "add", "--source", "kvhs-beispiel", "--name", "Kursverwaltung", "--scope", "imports:run"]);
    let (client, secret) = (value(&added, "client_id"), value(&added, "client_secret"));
    assert!(secret.len() == 47 && secret.starts_with("brs_"), "{secret}");
    for file in std::fs::read_dir(place.path().join("var")).unwrap() {
        let path = file.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(path).unwrap() } else { continue };
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "the secret is in the database");
    }
    let second = place.run(&["client", "rotate", client, "--days", "30"]);
    assert!(value(&second, "client_secret") != secret && second.err.contains("client revoke"), "{}", second.err);
    assert!(place.run(&["client", "rotate", client]).err.contains("two secrets already"));
    let listed = place.run(&["client", "list", "--source", "kvhs-beispiel"]).out;
    let first = listed.lines().find_map(|line| line.trim().strip_prefix("secret ")).unwrap().split(' ').next().unwrap();
    assert_eq!(place.run(&["client", "revoke", client, "--secret", first]).code, 0);
    assert_eq!(place.run(&["client", "rotate", client]).code, 0, "now there is room again");
    assert_eq!(place.run(&["client", "revoke", client]).code, 0);
    assert!(place.run(&["client", "rotate", client]).err.contains("revoked"));
    assert_eq!(place.run(&["source", "revoke", "kvhs-beispiel"]).code, 0);
    assert!(place.run(&["source", "list"]).out.contains("revoked 2"));
    assert!(place.run(&["client", "add", "--source", "kvhs-beispiel", "--name", "x"]).err.contains("is revoked"));
    assert!(place.run(&["client", "add", "--source", "nobody", "--name", "x"]).err.contains("there is no source"));
    let refused = place.run(&["source", "add", "Nicht Gut", "--name", "x"]);
    assert!(refused.code == 2 && refused.err.contains("is not a key"), "{}", refused.err);
    let audit = place.run(&["audit", "verify"]);
    assert!(audit.code == 0 && audit.out.starts_with("The audit log is whole: "), "{}", audit.out);
}

#[test]
fn the_first_administrator_gets_a_link() {
    let place = Place::ready();
    let create = ["admin", "create", "--email", "leitung@example.org", "--name", "Leitung"];
    let first = place.run(&create);
    assert!(first.out.starts_with("http://localhost:8080/de/einladung#token=bro_"), "{}{}", first.out, first.err);
    assert!(!first.err.contains("already"), "{}", first.err);
    let again = place.run(&create);
    assert!(again.code == 0 && again.out != first.out && again.err.contains("there are administrators already"), "{}", again.err);
    let more = place.run(&["admin", "create", "--email", "zweite@example.org", "--name", "Zweite Leitung", "--language", "en"]);
    assert!(more.out.contains("/en/einladung#token="), "{}", more.out);
    let enough = place.run(&["admin", "create", "--if-none", "--email", "dritte@example.org", "--name", "Dritte"]);
    assert_eq!((enough.code, enough.out.as_str()), (0, ""));
    assert_eq!(place.run(&["admin", "create", "--email", "niemand", "--name", "x"]).code, 2);
    assert_eq!(place.run(&["audit", "verify"]).code, 0);
}

#[test]
fn keys_are_rotated_and_retired() {
    let place = Place::ready();
    let list = || place.run(&["keys", "list"]).out;
    assert_eq!(list().lines().count(), 1);
    let rotated = place.run(&["keys", "rotate"]);
    assert_eq!(rotated.code, 0, "{}", rotated.err);
    let keys = list();
    let lines: Vec<&str> = keys.lines().collect();
    assert!(lines.len() == 2 && lines[0].ends_with("verifies") && lines[1].ends_with("signs"), "{keys}");
    assert!(rotated.out.starts_with(lines[1].split('\t').next().unwrap()), "{}", rotated.out);
    assert!(place.run(&["keys", "retire"]).out.contains("No key can be removed yet"), "tokens of the first one may still be valid");
    assert_eq!(list().lines().count(), 2);
}

#[test]
fn the_demo_files_import_once_and_are_then_unchanged() {
    let place = Place::ready();
    for (key, format, file, records) in [("elde", "openqcat", "openqcat.xml", 12), ("vhs", "openvhs", "openvhs.xml", 26)] {
        place.source(key);
        let import = ["import", "--source", key, "--format", format, "--mode", "full", &demo_file(file)];
        let first = place.run(&import);
        assert_eq!(first.code, 0, "{}{}", first.out, first.err);
        assert!(first.out.starts_with(&format!("succeeded: {records} created, 0 changed, 0 unchanged, 0 withdrawn, 0 rejected")), "{}", first.out);
        let second = place.run(&import);
        assert_eq!(second.code, 0, "{}{}", second.out, second.err);
        assert!(second.out.starts_with(&format!("succeeded: 0 created, 0 changed, {records} unchanged, 0 withdrawn, 0 rejected")), "{}", second.out);
    }
}

#[test]
fn exit_codes_tell_refused_records_from_a_refused_file() {
    let place = Place::ready();
    place.source("feed");
    let import = ["import", "--source", "feed", "--format", "ndjson", "-"];
    let good = r#"{"type":"organization","externalId":"o","name":"Verein","kind":"association"}"#;
    let bad = r#"{"type":"offer","externalId":"a","organization":"o","kind":"kurs","title":"Chor"}"#;
    let mixed = place.run_with(&import, format!("{good}\n{bad}\n").as_bytes());
    assert_eq!(mixed.code, 1, "{}{}", mixed.out, mixed.err);
    assert!(mixed.out.contains("1 created") && mixed.out.contains("1 rejected"), "{}", mixed.out);
    assert!(mixed.out.contains("line 2, offer a /kind") && mixed.out.contains("[concept-unknown]"), "{}", mixed.out);
    let broken = place.run_with(&["import", "--source", "feed", "--format", "openvhs", "-"], b"<x>");
    assert_eq!(broken.code, 2, "{}{}", broken.out, broken.err);
    assert!(broken.err.contains("nothing was changed"), "{}", broken.err);
    for (arguments, says) in [
        (["import", "--source", "nobody", "--format", "ndjson", "-"], "there is no source"),
        (["import", "--source", "feed", "--format", "ndjson", "nowhere.ndjson"], "cannot read nowhere.ndjson"),
        (["import", "--source", "feed", "--format", "pdf", "-"], "pdf"),
    ] {
        let refused = place.run(&arguments);
        assert!(refused.code == 2 && refused.err.contains(says), "{}", refused.err);
    }
}

#[test]
fn the_demo_fills_an_empty_catalogue_and_only_that() {
    let place = Place::ready();
    let demo = ["demo", "--if-empty", "--offers", "120", "--seed", "1", "--today", "2026-11-24"];
    let first = place.run(&demo);
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    assert!(first.out.contains("0 rejected, 0 problems"), "{}", first.out);
    assert!(place.run(&demo).out.contains("not empty"));
    let again = place.run(&["demo", "--offers", "120", "--seed", "1", "--today", "2026-11-24"]);
    assert!(again.out.contains(" 0 created, 0 changed,"), "{}", again.out);
    // A smaller catalogue withdraws what is no longer in it.
    let smaller = place.run(&["demo", "--offers", "100", "--seed", "1", "--today", "2026-11-24"]);
    assert!(smaller.out.contains(" 20 withdrawn,"), "{}", smaller.out);
    let file = place.run(&["demo", "--offers", "120", "--seed", "1", "--today", "2026-11-24", "--ndjson", "-"]);
    assert!(file.out.lines().count() > 120 && file.out.lines().all(|line| line.starts_with("{\"type\":")));
}

#[test]
fn unknown_settings_are_refused_in_file_and_environment() {
    let place = Place::ready();
    std::fs::write(place.path().join("bildungsregion.toml"), "databse_url = \"sqlite:x\"\n").unwrap();
    let file = place.run(&["source", "list"]);
    assert!(file.code == 2 && file.err.contains("databse_url"), "{}", file.err);
    std::fs::remove_file(place.path().join("bildungsregion.toml")).unwrap();
    let environment = answer(place.command(&["source", "list"]).env("BILDUNGSREGION_BINDE", "x").output().unwrap());
    assert!(environment.code == 2 && environment.err.contains("binde"), "{}", environment.err);
    let url = place.run(&["--database-url", "x.db", "source", "list"]);
    assert!(url.code == 2 && url.err.contains("sqlite:"), "{}", url.err);
}

#[test]
fn the_doctor_says_what_to_do() {
    let place = Place::new();
    let ill = place.run(&["doctor"]);
    assert_eq!(ill.code, 1, "{}", ill.out);
    assert!(ill.out.contains("WRONG  database") && ill.out.contains("what to do: run `bildungsregion migrate`"), "{}", ill.out);
    assert_eq!(place.run(&["migrate"]).code, 0);
    let well = place.run(&["doctor"]);
    assert_eq!(well.code, 0, "{}", well.out);
    assert!(well.out.contains("ok     database: SQLite") && well.out.contains("Landkreis Ludwigslust-Parchim"), "{}", well.out);
}

#[test]
fn version_and_help() {
    let place = Place::new();
    assert!(place.run(&["version"]).out.starts_with("bildungsregion "));
    let help = place.run(&["--help"]);
    assert_eq!(help.code, 0);
    for command in ["serve", "migrate", "import", "source", "client", "admin", "keys", "audit", "demo", "reindex", "openapi", "doctor", "version"] {
        assert!(help.out.contains(&format!("  {command}")), "{command}");
    }
}

/// A running server; ended by SIGTERM.
struct Server {
    child: std::process::Child,
    origin: String,
    metrics: String,
}

fn free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

impl Place {
    fn serve(&self) -> Server {
        let [origin, metrics] = [free_address(), free_address()];
        let child = self.command(&["serve", "--bind", &origin, "--metrics-bind", &metrics]).stderr(Stdio::null()).spawn().unwrap();
        let server = Server { child, origin, metrics };
        for _ in 0..200 {
            if server.get("/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return server;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the server did not get ready");
    }
}

impl Server {
    fn get(&self, path: &str) -> Option<String> {
        get(&self.origin, path)
    }

    fn terminate(mut self) -> std::process::ExitStatus {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

fn get(address: &str, path: &str) -> Option<String> {
    use std::io::Read;
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn the_server_finds_what_was_imported_and_ends_gently() {
    let place = Place::ready();
    assert_eq!(place.run(&["demo", "--offers", "60", "--seed", "1"]).code, 0);
    let server = place.serve();
    let found = server.get("/api/v1/offers?q=sprachcafe&limit=1").unwrap();
    assert!(found.starts_with("HTTP/1.1 200") && found.contains("Sprachcafé"), "{found}");
    // Another process hands in records; the server's index follows.
    place.source("feed");
    let records = concat!(
        r#"{"type":"organization","externalId":"o","name":"Verein","kind":"association"}"#,
        "\n",
        r#"{"type":"offer","externalId":"a","organization":"o","kind":"course","title":"Quittengelee kochen"}"#,
        "\n"
    );
    assert_eq!(place.run_with(&["import", "--source", "feed", "--format", "ndjson", "-"], records.as_bytes()).code, 0);
    let seen = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        server.get("/api/v1/offers?q=quittengelee").is_some_and(|answer| answer.contains("Quittengelee kochen"))
    });
    assert!(seen, "the record of another process never showed up");
    let metrics = get(&server.metrics, "/metrics").unwrap();
    assert!(metrics.contains("http_requests_total") && metrics.contains("/api/v1/offers"), "{metrics}");
    assert!(!server.get("/metrics").unwrap().starts_with("HTTP/1.1 200"), "metrics are not for the public address");
    assert!(server.terminate().success());
}

#[test]
fn reindex_builds_the_index_from_the_records() {
    let place = Place::ready();
    assert_eq!(place.run(&["demo", "--offers", "30", "--seed", "1"]).code, 0);
    let built = place.run(&["reindex"]);
    assert!(built.code == 0 && built.out.starts_with("Built the search index of "), "{}{}", built.out, built.err);
    let server = place.serve();
    let found = server.get("/api/v1/offers?limit=1").unwrap();
    assert!(found.contains("\"total\":"), "{found}");
    assert!(server.terminate().success());
}

#[test]
fn the_openapi_document_is_printed() {
    let document = Place::new().run(&["openapi"]);
    let json: serde_json::Value = serde_json::from_str(&document.out).unwrap();
    assert_eq!(json["openapi"], "3.1.0");
    assert!(json["paths"]["/api/v1/offers"]["get"].is_object());
}
