//! A receiver of webhooks on loopback that behaves as badly as it is told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a receiver does with a message.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Manner {
    /// Answers with this status, and a header field or none.
    Answers(u16, &'static str),
    /// Takes the message and says nothing for so long.
    Sleeps(Duration),
    /// Promises a body of 10 TB.
    Boasts,
    /// Sends a body without end.
    Babbles,
    /// Sends a head without end.
    Murmurs,
    /// Hangs up.
    HangsUp,
}

/// A message as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Message {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

struct Inner {
    manner: Mutex<Manner>,
    messages: Mutex<Vec<Message>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
    sent: AtomicUsize,
    stop: AtomicBool,
}

/// A receiver; ends when it is dropped.
pub(crate) struct Receiver {
    pub(crate) url: String,
    inner: Arc<Inner>,
}

impl Receiver {
    pub(crate) fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            manner: Mutex::new(manner),
            messages: Mutex::default(),
            open: AtomicUsize::new(0),
            most_open: AtomicUsize::new(0),
            sent: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let shared = Arc::clone(&inner);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stop.load(Ordering::SeqCst) {
                    return;
                }
                let (stream, shared) = (stream.unwrap(), Arc::clone(&shared));
                std::thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { url, inner }
    }

    pub(crate) fn behave(&self, manner: Manner) {
        *self.inner.manner.lock().unwrap() = manner;
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.inner.messages.lock().unwrap().clone()
    }

    /// Waits until it has got at least so many messages.
    #[track_caller]
    pub(crate) fn wait_for(&self, count: usize) -> Vec<Message> {
        let until = Instant::now() + Duration::from_secs(30);
        while self.messages().len() < count {
            assert!(Instant::now() < until, "{} of {count} messages", self.messages().len());
            std::thread::sleep(Duration::from_millis(20));
        }
        self.messages()
    }

    /// The most messages that were being answered at one time.
    pub(crate) fn most_open(&self) -> usize {
        self.inner.most_open.load(Ordering::SeqCst)
    }

    /// Bytes of bodies without end that somebody took.
    pub(crate) fn sent(&self) -> usize {
        self.inner.sent.load(Ordering::SeqCst)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.inner.stop.store(true, Ordering::SeqCst);
        let address = self.url.trim_start_matches("http://").trim_end_matches("/hook").to_owned();
        drop(TcpStream::connect(address));
    }
}

fn serve(stream: TcpStream, inner: &Inner) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    if reader.read_line(&mut line).unwrap_or(0) == 0 {
        return;
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.trim().split_once(": ").unwrap();
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    inner.most_open.fetch_max(inner.open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    inner.messages.lock().unwrap().push(Message { path, headers, body: String::from_utf8(body).unwrap() });
    let manner = *inner.manner.lock().unwrap();
    // Whoever asks may have had enough of it: that is what is tested.
    let _ = answer(stream, manner, inner);
    inner.open.fetch_sub(1, Ordering::SeqCst);
}

fn answer(mut stream: TcpStream, manner: Manner, inner: &Inner) -> std::io::Result<()> {
    match manner {
        Manner::Answers(status, field) => write!(stream, "HTTP/1.1 {status} X\r\n{field}content-length: 0\r\nconnection: close\r\n\r\n"),
        Manner::Sleeps(time) => {
            std::thread::sleep(time);
            write!(stream, "HTTP/1.1 204 X\r\nconnection: close\r\n\r\n")
        }
        Manner::Boasts => write!(stream, "HTTP/1.1 200 X\r\ncontent-length: 10000000000000\r\n\r\nhello"),
        Manner::Babbles => {
            write!(stream, "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n")?;
            let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
            loop {
                stream.write_all(chunk.as_bytes())?;
                inner.sent.fetch_add(chunk.len(), Ordering::SeqCst);
            }
        }
        Manner::Murmurs => {
            write!(stream, "HTTP/1.1 200 X\r\n")?;
            for number in 0.. {
                write!(stream, "x-{number}: {}\r\n", "y".repeat(1000))?;
                inner.sent.fetch_add(1000, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(1));
            }
            Ok(())
        }
        Manner::HangsUp => Ok(()),
    }
}
