//! Sending to a mail server that encrypts, on loopback: from the beginning (`smtps`) and after STARTTLS.
//!
//! Trust comes from the system's certificates. `SSL_CERT_FILE` names others, and that has to be set before a process starts, so the client
//! is a process of its own.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

use domain::accounts::EmailAddress;
use domain::{Timestamp, Uuid};
use identity::mail::{Mail, Mailer};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

/// The client: sends one mail to `MAIL_URL`.
#[test]
#[ignore = "the client of the other test, which starts it with its own environment"]
fn client() {
    let from: EmailAddress = "portal@example.org".parse().unwrap();
    let now: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
    let mail = Mail { to: "kontakt@example.org".parse().unwrap(), subject: "Grüße".into(), text: "Text\n".into() };
    let mailer = Mailer::new(&std::env::var("MAIL_URL").unwrap(), "Portal", &from).unwrap();
    mailer.send(&mail, Uuid::from_u128(1), now).unwrap();
}

fn send(url: &str, trusted: &Path) -> bool {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "client"]).env("MAIL_URL", url).env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
    command.output().unwrap().status.success()
}

struct Server {
    port: u16,
    /// What was said, in the clear and encrypted, per connection.
    said: Receiver<(Vec<String>, Vec<String>)>,
}

fn server(config: Arc<ServerConfig>, starttls: bool) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, said) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let plain = if starttls { talk(&mut stream, "220 ready\r\n", "250-mail\r\n250 STARTTLS") } else { Vec::new() };
            let greeting = if starttls { "" } else { "220 ready\r\n" };
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            let encrypted = talk(&mut stream, greeting, "250-mail\r\n250 AUTH PLAIN");
            if sender.send((plain, encrypted)).is_err() {
                return;
            }
        }
    });
    Server { port, said }
}

/// Talks until the client quits, begins TLS or hangs up.
fn talk(stream: &mut (impl Read + Write), greeting: &str, features: &str) -> Vec<String> {
    let mut said = Vec::new();
    if stream.write_all(greeting.as_bytes()).and_then(|()| stream.flush()).is_err() {
        return said;
    }
    while let Some(line) = read_line(stream) {
        let reply = match line.split(' ').next().unwrap_or_default() {
            "EHLO" => features,
            "AUTH" => "235 welcome",
            "DATA" => "354 go on",
            "STARTTLS" => "220 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).and_then(|()| stream.flush()).unwrap();
        match line.as_str() {
            "DATA" => {
                said.extend(std::iter::from_fn(|| read_line(stream)).take_while(|line| line != "."));
                stream.write_all(b"250 queued\r\n").and_then(|()| stream.flush()).unwrap();
            }
            "STARTTLS" | "QUIT" => return said,
            _ => said.push(line),
        }
    }
    said
}

/// Byte by byte, so that nothing of the TLS handshake is taken along.
fn read_line(stream: &mut impl Read) -> Option<String> {
    let (mut line, mut byte) = (Vec::new(), [0u8; 1]);
    while stream.read_exact(&mut byte).is_ok() {
        if byte == *b"\n" {
            return Some(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        line.extend_from_slice(&byte);
    }
    None
}

#[test]
fn passwords_and_letters_go_encrypted_to_servers_with_a_trusted_certificate_only() {
    let folder = tempfile::tempdir().unwrap();
    let [ours, other] = [(), ()].map(|()| rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap());
    let (trusted, foreign) = (folder.path().join("ours.pem"), folder.path().join("other.pem"));
    std::fs::write(&trusted, ours.cert.pem()).unwrap();
    std::fs::write(&foreign, other.cert.pem()).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(ours.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(builder.with_no_client_auth().with_single_cert(vec![ours.cert.der().clone()], key).unwrap());

    for starttls in [false, true] {
        let server = server(Arc::clone(&config), starttls);
        let url = if starttls {
            format!("smtp://user:pw@localhost:{}?tls=starttls", server.port)
        } else {
            format!("smtps://user:pw@localhost:{}", server.port)
        };
        assert!(send(&url, &trusted), "{url}");
        let (plain, encrypted) = server.said.recv().unwrap();
        assert!(plain.iter().all(|line| line.starts_with("EHLO")), "{plain:?}");
        for line in ["AUTH PLAIN AHVzZXIAcHc=", "RCPT TO:<kontakt@example.org>", "Text"] {
            assert!(encrypted.contains(&line.to_owned()), "{encrypted:?}");
        }
        assert!(!send(&url, &foreign), "an unknown certificate");
        let (plain, encrypted) = server.said.recv().unwrap();
        assert!(plain.iter().all(|line| line.starts_with("EHLO")) && encrypted.is_empty(), "{plain:?} {encrypted:?}");
    }
}
