//! The token endpoint for partner systems and what belongs to it (OAuth 2.0: RFC 6749, 7009, 7523, 7662, 8414, 9068).
//!
//! Errors here are what those documents say, not problems (RFC 9457): client libraries read them.

mod client;
pub mod introspect;
pub mod jwks;
pub mod metadata;
mod own_token;
pub mod revoke;
pub mod token;

pub(crate) use client::with_secret;

use crate::problem::ApiError;
use domain::ErrorCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

/// An error of the token endpoint (RFC 6749, section 5.2).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OAuthError {
    /// Stable code.
    #[schema(examples("invalid_client"))]
    pub error: String,
    /// What is wrong, in English.
    #[schema(examples("The client is unknown, or what it presents does not prove that it is this client."))]
    pub error_description: String,
}

/// An error of a request that the standard has a code for.
fn refused(code: &'static str, description: &'static str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest).oauth(code, description)
}

/// The errors of every operation here, for the documentation.
pub(crate) struct OfOAuth;

impl IntoResponses for OfOAuth {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let said = [
            ("400", "invalid_request", "The request cannot be read, or asks for what this client may not have."),
            ("401", "invalid_client", "The client is unknown, or does not prove that it is this client."),
            ("408", "invalid_request", "The request did not arrive in time."),
            ("413", "invalid_request", "The payload is too large."),
            ("415", "invalid_request", "The body is not application/x-www-form-urlencoded, or it is compressed."),
            ("429", "temporarily_unavailable", "Too many requests. Please wait a moment."),
            ("500", "server_error", "Something went wrong on our side."),
            ("503", "temporarily_unavailable", "Currently overloaded. Please try again in a moment."),
        ];
        let response = |(status, code, description): (&str, &str, &str)| {
            let mut content = Content::new(Some(Ref::from_schema_name("OAuthError")));
            content.example = Some(serde_json::json!({ "error": code, "error_description": description }));
            let described = ResponseBuilder::new().description(format!("`{code}`: {description}")).content("application/json", content);
            (status.to_owned(), RefOr::T(described.build()))
        };
        said.into_iter().map(response).collect()
    }
}
