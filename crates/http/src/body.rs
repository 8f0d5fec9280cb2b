//! Bodies of requests: they have a size, a time and a type, and what is in them is read strictly.
//!
//! [`JsonBody`] and [`FormBody`] are lazy: as extractors they only take the payload. A handler reads it after it knows who asks, so whoever may
//! not come in makes the server read nothing.

use crate::problem::ApiError;
use crate::state::{AppState, Limits};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest};
use domain::ErrorCode;
use domain::problem::ValueError;
use exchange::NotDecoded;
use futures_util::{Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Bytes of a pointer or a message about a body.
const MOST_SAID: usize = 500;

/// How long and how large a body may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    /// How long to wait for the next bytes.
    pub(crate) idle: Duration,
    /// How long the whole body may take.
    pub(crate) total: Duration,
    /// Bytes per second that earn more time; `None` if nothing does.
    pub(crate) rate: Option<u64>,
    /// Largest size in bytes.
    pub(crate) bytes: u64,
}

/// A body while it arrives.
pub(crate) struct Arriving<S> {
    body: S,
    allowance: Allowance,
    began: Instant,
    received: u64,
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Arriving<S> {
    /// Begins to receive. 413 at once if the body is announced as too large.
    pub(crate) fn new(body: S, announced: Option<u64>, allowance: Allowance) -> Result<Self, ApiError> {
        let arriving = Self { body, allowance, began: Instant::now(), received: 0 };
        if announced.is_some_and(|bytes| bytes > allowance.bytes) { Err(arriving.too_large()) } else { Ok(arriving) }
    }

    /// The next bytes; `None` at the end. 408 if it trickles, 413 if it is too large, 400 if it breaks off.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
        let Allowance { idle, total, rate, bytes } = self.allowance;
        // A long body gets the more time the more of it has come.
        let earned = rate.map_or(Duration::ZERO, |rate| Duration::from_secs(self.received / rate.max(1)));
        let deadline = (Instant::now() + idle).min(self.began + total + earned);
        let Ok(next) = timeout_at(deadline, self.body.next()).await else { return Err(ApiError::new(ErrorCode::RequestTimeout)) };
        let Some(chunk) = next.transpose().map_err(broken_off)? else { return Ok(None) };
        self.received += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if self.received > bytes { Err(self.too_large()) } else { Ok(Some(chunk)) }
    }

    /// The whole body.
    async fn all(mut self) -> Result<Vec<u8>, ApiError> {
        let mut all = Vec::new();
        while let Some(chunk) = self.next().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all)
    }

    fn too_large(&self) -> ApiError {
        let (most, unit) = if self.allowance.bytes >= 1 << 20 { (self.allowance.bytes >> 20, "MiB") } else { (self.allowance.bytes >> 10, "KiB") };
        ApiError::new(ErrorCode::PayloadTooLarge).detail(format!("Erlaubt sind {most} {unit}."), format!("Allowed are {most} {unit}."))
    }
}

fn broken_off(error: PayloadError) -> ApiError {
    match error {
        PayloadError::Overflow => ApiError::new(ErrorCode::PayloadTooLarge),
        _ => ApiError::new(ErrorCode::BadRequest).detail("Die Daten kamen nicht vollständig an.", "The body did not arrive completely."),
    }
}

/// The announced length of a body.
pub(crate) fn announced(request: &HttpRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A payload that nobody has read yet.
struct Unread {
    payload: Payload,
    announced: Option<u64>,
    media_type: Option<String>,
    allowance: Allowance,
}

impl Unread {
    fn take(request: &HttpRequest, payload: &mut Payload) -> Result<Self, ApiError> {
        let state = request.app_data::<Data<AppState>>().ok_or_else(|| ApiError::internal("no state"))?;
        let Limits { body_idle: idle, small_body_total: total, small_body_bytes: bytes, .. } = state.limits;
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Ok(Self {
            payload: payload.take(),
            announced: announced(request),
            media_type: content_type.and_then(media_type),
            allowance: Allowance { idle, total, rate: None, bytes },
        })
    }

    async fn read(self, wanted: &'static str) -> Result<Vec<u8>, ApiError> {
        if self.media_type.as_deref() != Some(wanted) {
            let error = ApiError::new(ErrorCode::UnsupportedMediaType).header(header::ACCEPT, HeaderValue::from_static(wanted));
            return Err(error.detail(format!("Angenommen wird {wanted}."), format!("Accepted is {wanted}.")));
        }
        Arriving::new(self.payload, self.announced, self.allowance)?.all().await
    }
}

/// The media type of a `Content-Type`, in lower case; `None` for another charset than UTF-8.
fn media_type(content_type: &str) -> Option<String> {
    let mut parts = content_type.split(';').map(str::trim);
    let media_type = parts.next()?.to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value.trim().trim_matches('"'))
    });
    charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8")).then_some(media_type)
}

/// A body of JSON. 415 unless it is `application/json`, 400 `bad-request` if it is no JSON, 422 `invalid` if it is not a `T`. A `T` denies
/// unknown fields.
pub(crate) struct JsonBody<T>(Unread, PhantomData<fn() -> T>);

impl<T> FromRequest for JsonBody<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Unread::take(request, payload).map(|unread| Self(unread, PhantomData)))
    }
}

impl<T: DeserializeOwned> JsonBody<T> {
    /// Receives and decodes the body.
    pub(crate) async fn read(self) -> Result<T, ApiError> {
        decode(&self.0.read("application/json").await?)
    }
}

/// A merge patch (RFC 7396) of a record: an object of the fields that are to change. 415, 400 and 422 like [`JsonBody`].
pub(crate) struct MergePatch(Unread);

impl FromRequest for MergePatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Unread::take(request, payload).map(Self))
    }
}

impl MergePatch {
    /// Receives and decodes the patch.
    pub(crate) async fn read(self) -> Result<Map<String, Value>, ApiError> {
        decode(&self.0.read("application/merge-patch+json").await?)
    }
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let unreadable = |de: String, en: String| ApiError::new(ErrorCode::BadRequest).detail(de, en);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(unreadable("Die Daten sind nicht in UTF-8.".into(), "The body is not in UTF-8.".into()));
    };
    if holds_nul(text) {
        let nul = ValueError::new("character-invalid", "Das Zeichen U+0000 ist nicht erlaubt.", "The character U+0000 is not allowed.");
        return Err(ApiError::new(ErrorCode::Invalid).field("/body", nul));
    }
    exchange::document(text).map_err(|wrong| match wrong {
        NotDecoded::Unreadable { line, column, detail } => unreadable(
            format!("Das ist kein gültiges JSON (Zeile {line}, Zeichen {column}: {detail})."),
            format!("This is not valid JSON (line {line}, character {column}: {detail})."),
        ),
        NotDecoded::Invalid(problems) => problems.into_iter().fold(ApiError::new(ErrorCode::Invalid), |error, problem| {
            let (pointer, message) = (short(&problem.pointer), problem.message);
            error.field(format!("/body{pointer}"), ValueError::new(&problem.code, short(&message.de), short(&message.en)))
        }),
    })
}

/// What is said back of a body; a name of a hundred KiB need not come back three times.
fn short(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_SAID)).unwrap_or(text)
}

/// Whether any string of a JSON text has the character U+0000, which no text needs and PostgreSQL cannot keep.
fn holds_nul(json: &str) -> bool {
    json.match_indices("\\u0000").any(|(at, _)| {
        let before = json.get(..at).unwrap_or_default();
        // An even number of backslashes in front is a text about backslashes.
        (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2)
    })
}

/// A member that can be taken away: `None` if it is not named, `Some(None)` for `null`. To be used with `#[serde(default)]`.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// A body of `application/x-www-form-urlencoded`, as OAuth wants it: parameters without a value count as left out, and none may stand twice
/// (RFC 6749, section 3.2). 415, 400 and 422 like [`JsonBody`].
pub(crate) struct FormBody<T>(Unread, PhantomData<fn() -> T>);

impl<T> FromRequest for FormBody<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Unread::take(request, payload).map(|unread| Self(unread, PhantomData)))
    }
}

impl<T: DeserializeOwned> FormBody<T> {
    /// Receives and decodes the body. All fields of a `T` are texts.
    pub(crate) async fn read(self) -> Result<T, ApiError> {
        decode_form(&self.0.read("application/x-www-form-urlencoded").await?)
    }
}

fn decode_form<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(bytes) {
        if fields.contains_key(&*name) {
            let twice = ValueError::new("field-duplicate", "Dieses Feld steht zweimal.", "This field stands twice.");
            return Err(ApiError::new(ErrorCode::BadRequest).field(pointer(&name), twice));
        }
        if name.contains('\0') || value.contains('\0') {
            let nul = ValueError::new("character-invalid", "Das Zeichen U+0000 ist nicht erlaubt.", "The character U+0000 is not allowed.");
            return Err(ApiError::new(ErrorCode::Invalid).field(pointer(&name), nul));
        }
        fields.insert(name.into_owned(), Value::String(value.into_owned()));
    }
    fields.retain(|_, value| value.as_str().is_some_and(|value| !value.is_empty()));
    decode(Value::Object(fields).to_string().as_bytes())
}

fn pointer(name: &str) -> String {
    format!("/body/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests;
