//! Sending to a real, if small, mail server on loopback.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic")]

use domain::accounts::EmailAddress;
use domain::{Timestamp, Uuid};
use identity::mail::{Mail, MailError, Mailer};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

/// What a client said in one connection, line by line.
type Conversation = Vec<String>;

/// A server that answers each command with what `answer` gives, or 250. `DATA` is read up to the dot.
fn server(answer: fn(&str) -> Option<&'static str>) -> (u16, Receiver<Conversation>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // The receiver is gone when the test is over.
            if sender.send(converse(stream.unwrap(), answer)).is_err() {
                return;
            }
        }
    });
    (port, receiver)
}

fn converse(mut stream: TcpStream, answer: fn(&str) -> Option<&'static str>) -> Conversation {
    let mut said = Vec::new();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    stream.write_all(b"220 mail.example.org ESMTP\r\n").unwrap();
    while let Some(Ok(line)) = lines.next() {
        let reply = answer(&line).unwrap_or(match line.split(' ').next().unwrap() {
            "EHLO" => "250-mail.example.org\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        });
        let data = line == "DATA" && reply.starts_with("354");
        said.push(line);
        stream.write_all(format!("{reply}\r\n").as_bytes()).unwrap();
        if data {
            said.extend(lines.by_ref().map(Result::unwrap).take_while(|line| line != "."));
            stream.write_all(b"250 queued\r\n").unwrap();
        }
    }
    said
}

fn mail(text: &str) -> Mail {
    Mail { to: "kontakt@example.org".parse().unwrap(), subject: "Grüße aus der Bildungsregion".into(), text: text.into() }
}

fn send(url: &str, mail: &Mail) -> Result<(), MailError> {
    let from: EmailAddress = "portal@bildung.example.org".parse().unwrap();
    let now: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
    Mailer::new(url, "Bildungsregion Übersicht", &from).unwrap().send(mail, Uuid::from_u128(1), now)
}

#[test]
fn a_mail_arrives_whole() {
    let (port, said) = server(|_| None);
    send(&format!("smtp://127.0.0.1:{port}"), &mail("Erste Zeile\n.Zeile mit Punkt\n.\nQUIT\nLetzte Zeile\n")).unwrap();
    let said = said.recv().unwrap();
    assert!(said.contains(&"MAIL FROM:<portal@bildung.example.org>".to_owned()), "{said:?}");
    assert!(said.contains(&"RCPT TO:<kontakt@example.org>".to_owned()));
    assert_eq!(said.iter().filter(|line| line.starts_with("RCPT")).count(), 1);
    assert!(said[0].starts_with("EHLO bildung.example.org"));
    for line in ["To: kontakt@example.org", "Auto-Submitted: auto-generated", "..Zeile mit Punkt", "..", "Letzte Zeile"] {
        assert!(said.contains(&line.to_owned()), "{line}: {said:?}");
    }
    assert!(said.iter().any(|line| line.starts_with("Subject: =?utf-8?")), "{said:?}");
    assert!(said.iter().any(|line| line.starts_with("From: =?utf-8?") || line.starts_with("From: \"=?utf-8?")), "{said:?}");
}

#[test]
fn a_password_is_given_to_a_server_on_this_machine() {
    let (port, said) = server(|line| line.starts_with("AUTH").then_some("235 welcome"));
    send(&format!("smtp://user:p%40ss+w%2Frd@localhost:{port}"), &mail("Text\n")).unwrap();
    let said = said.recv().unwrap();
    let expected = "AUTH PLAIN AHVzZXIAcEBzcyt3L3Jk"; // \0user\0p@ss+w/rd
    assert!(said.contains(&expected.to_owned()), "{said:?}");
}

#[test]
fn refusals_say_whether_trying_again_helps() {
    let refusal = |answer: fn(&str) -> Option<&'static str>, url: fn(u16) -> String| {
        let (port, _said) = server(answer);
        send(&url(port), &mail("Text\n")).unwrap_err()
    };
    let plain: fn(u16) -> String = |port| format!("smtp://127.0.0.1:{port}");
    let unknown = refusal(|line| line.starts_with("RCPT").then_some("550 5.1.1 kontakt@example.org unknown"), plain);
    assert_eq!(unknown, MailError { temporary: false, reason: "the mail server answered 550".into() }, "the address stays out of the log");
    let greylisted = refusal(|line| line.starts_with("RCPT").then_some("451 try later"), plain);
    assert!(greylisted.temporary, "{greylisted}");
    let password = refusal(|line| line.starts_with("AUTH").then_some("535 wrong"), |port| format!("smtp://user:pw@127.0.0.1:{port}"));
    assert!(password.temporary, "a wrong password concerns every mail: {password}");

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(send(&plain(closed), &mail("Text\n")).unwrap_err().temporary);
}

#[test]
fn nothing_is_said_to_a_server_that_does_not_encrypt_although_it_must() {
    let (port, said) = server(|_| None);
    let error = send(&format!("smtp://user:pw@127.0.0.1:{port}?tls=starttls"), &mail("Text\n")).unwrap_err();
    assert!(error.temporary);
    let said = said.recv().unwrap();
    assert!(!said.iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")), "{said:?}");
}
