//! What the log knows of a request: method, path, status and the trace id. Not who asked, and not for which words.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage};
use tracing::field::{Empty, display};
use tracing::{Span, info_span};
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// The span around every request.
pub(crate) struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let span = info_span!("request", method = %request.method(), path = %request.path(), trace_id = Empty, status = Empty);
        if let Some(id) = request.extensions().get::<RequestId>() {
            span.record("trace_id", display(id));
        }
        span
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = outcome.as_ref().map_or_else(|error| error.as_response_error().status_code(), ServiceResponse::status);
        span.record("status", status.as_u16());
    }
}
