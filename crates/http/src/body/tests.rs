use super::*;
use futures_util::stream;
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    role: Option<String>,
}

const SECOND: Duration = Duration::from_secs(1);

fn allowance() -> Allowance {
    Allowance { idle: 10 * SECOND, total: 30 * SECOND, rate: None, bytes: 1024 }
}

/// A body of so many bytes, one every `pause`.
fn trickle(bytes: usize, pause: Duration) -> impl Stream<Item = Result<Bytes, PayloadError>> + Unpin {
    Box::pin(stream::iter(0..bytes).then(move |_| async move {
        tokio::time::sleep(pause).await;
        Ok(Bytes::from_static(b" "))
    }))
}

async fn receive(body: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin, allowance: Allowance) -> (Result<usize, ErrorCode>, Duration) {
    let began = Instant::now();
    let all = Arriving::new(body, None, allowance).unwrap().all().await;
    (all.map(|all| all.len()).map_err(|error| error.code()), began.elapsed())
}

// Trap 2: the framework never times out a body that trickles.
// ASVS 5.0 V15.2.2
#[tokio::test(start_paused = true)]
async fn a_body_has_a_deadline_for_its_next_byte_and_for_its_last() {
    assert_eq!(receive(trickle(20, SECOND), allowance()).await.0, Ok(20));
    let (stopped, took) = receive(trickle(2, 15 * SECOND), allowance()).await;
    assert_eq!((stopped, took.as_secs()), (Err(ErrorCode::RequestTimeout), 10));
    let (trickled, took) = receive(trickle(100, SECOND), allowance()).await;
    assert_eq!((trickled, took.as_secs()), (Err(ErrorCode::RequestTimeout), 30));
    let earning = Allowance { rate: Some(1), ..allowance() };
    assert_eq!(receive(trickle(100, SECOND), earning).await.0, Ok(100), "bytes that come fast enough earn time");
}

#[tokio::test]
async fn a_body_has_a_size() {
    let body = |bytes: usize| stream::iter([Ok(Bytes::from(vec![b' '; bytes]))]);
    assert_eq!(receive(body(1024), allowance()).await.0, Ok(1024));
    assert_eq!(receive(body(1025), allowance()).await.0, Err(ErrorCode::PayloadTooLarge));
    let announced = Arriving::new(body(1), Some(1025), allowance()).err().unwrap();
    assert_eq!(announced.code(), ErrorCode::PayloadTooLarge);
    let broken = stream::iter([Err(PayloadError::Incomplete(None))]);
    assert_eq!(receive(broken, allowance()).await.0, Err(ErrorCode::BadRequest));
}

// ASVS 5.0 V15.3.3
#[test]
fn json_is_read_strictly() {
    let code = |text: &[u8]| decode::<Input>(text).map_err(|error| error.code());
    assert_eq!(code(br#" {"name":"a"} "#), Ok(Input { name: "a".into(), role: None }));
    for unreadable in [&b""[..], b"{", b"{\"name\":\"a\"} x", b"\xff\xfe", b"name=a"] {
        assert_eq!(code(unreadable), Err(ErrorCode::BadRequest), "{}", String::from_utf8_lossy(unreadable));
    }
    for invalid in [&br#"{"name":"a","admin":true}"#[..], b"[\"a\",null]", b"{}", b"{\"name\":7}", b"{\"name\":\"a\\u0000\"}", b"null"] {
        assert_eq!(code(invalid), Err(ErrorCode::Invalid), "{}", String::from_utf8_lossy(invalid));
    }
    assert!(code(br#"{"name":"a\\u0000"}"#).is_ok(), "a text about an escape");
    let long = decode::<Input>(format!("{{\"name\":\"a\",\"{}\":1}}", "ä".repeat(100_000)).as_bytes()).unwrap_err();
    assert!(format!("{long:?}").len() < 3 * MOST_SAID + 500, "an answer is not longer than the question");
}

// ASVS 5.0 V15.3.7
#[test]
fn a_form_has_every_field_once() {
    let code = |text: &[u8]| decode_form::<Input>(text).map_err(|error| error.code());
    assert_eq!(code(b"name=a+b%20c&role="), Ok(Input { name: "a b c".into(), role: None }));
    assert_eq!(code(b"name=a&name=b"), Err(ErrorCode::BadRequest));
    assert_eq!(code(b"name=&name=b"), Err(ErrorCode::BadRequest));
    assert_eq!(code(b"name=a&admin=true"), Err(ErrorCode::Invalid));
    assert_eq!(code(b"name=a%00"), Err(ErrorCode::Invalid));
    assert_eq!(code(b""), Err(ErrorCode::Invalid));
}

#[test]
fn the_media_type_is_what_stands_before_the_parameters() {
    assert_eq!(media_type("Application/JSON; charset=UTF-8").as_deref(), Some("application/json"));
    assert_eq!(media_type("application/json;profile=x").as_deref(), Some("application/json"));
    assert_eq!(media_type("application/json; charset=iso-8859-1"), None);
    assert_ne!(media_type("text/plain").as_deref(), Some("application/json"));
}
