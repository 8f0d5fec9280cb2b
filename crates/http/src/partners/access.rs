//! Who may hand in records: the one place that knows how a source proves itself.

use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use actix_web::{FromRequest, HttpRequest, web};
use domain::ErrorCode;
use domain::partners::Source;
use futures_util::future::LocalBoxFuture;
use persistence::sources;
use sha2::{Digest, Sha256};

/// What is kept of a source's secret. The secret is 256 random bits, so there is nothing to guess and a plain digest is enough; looking it up
/// by its digest also tells nothing about the secret through time.
pub fn secret_hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The source whose secret came with the request, which is also the one of the path. A handler that takes this is for that source alone.
pub(crate) struct SourceAccess(Source);

impl SourceAccess {
    /// The source.
    pub(crate) fn source(&self) -> &Source {
        &self.0
    }

    /// The source.
    pub(crate) fn into_source(self) -> Source {
        self.0
    }
}

impl FromRequest for SourceAccess {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<AppState>>().cloned();
        let hash = bearer(request).map(secret_hash);
        let wanted = request.match_info().query("source").to_owned();
        Box::pin(async move {
            let state = state.ok_or_else(|| ApiError::internal("no state"))?;
            let hash = hash.ok_or_else(|| unauthenticated("Bearer realm=\"sources\""))?;
            let source = state.read(move |connection| sources::by_secret_hash(connection, &hash)).await?;
            match source {
                None => Err(unauthenticated("Bearer realm=\"sources\", error=\"invalid_token\"")),
                // A source of somebody else looks like one that does not exist.
                Some(source) if source.key != wanted => Err(ApiError::new(ErrorCode::NotFound)),
                Some(source) => Ok(Self(source)),
            }
        })
    }
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, secret) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

fn unauthenticated(challenge: &'static str) -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated).header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}
