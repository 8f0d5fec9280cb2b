//! The OpenAPI 3.1 document: collected from the operations, completed with what all of them share.

mod parameters;

use crate::problem::{FieldError, ProblemDetails, responses_of};
use domain::ErrorCode;
use utoipa::OpenApi;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{RefOr, Required, ResponseBuilder};

/// Where the API lives.
pub const PREFIX: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bildungsregion", version = "1.0.0", license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
        contact(name = "Bildungsregion", url = "https://www.kreis-lup.de"),
        description = "Education offers of a region: search, read, follow and hand in.\n\nReading needs no account. Every error is `application/problem+json` (RFC 9457) with a stable `code`. Unknown parameters are refused. Lists are continued with `cursor`. Every answer has a strong `ETag`.",
    ),
    servers((url = "/", description = "This server.")),
    tags(
        (name = "offers", description = "Offers, their runs, and the search for them."),
        (name = "exports", description = "Files that leave the catalogue: calendars, tables, dumps, openQ-cat for KURSNET."),
        (name = "organizations", description = "Whoever offers education."),
        (name = "places", description = "Where it happens."),
        (name = "edits", description = "Fields of records that are edited in the portal and kept from the feed."),
        (name = "duplicates", description = "Offers that may be the same, and what is decided about them."),
        (name = "ogc", description = "Places and organisations for maps (OGC API – Features)."),
        (name = "services", description = "Standing services (Open Referral HSDS 3.0)."),
        (name = "region", description = "The region, its areas, boundaries and holidays."),
        (name = "vocabularies", description = "Where every code comes from."),
        (name = "changes", description = "What changed, for those who keep a copy."),
        (name = "imports", description = "How sources hand in their records."),
        (name = "auth", description = "Signing in and out, links from mail."),
        (name = "me", description = "The own account."),
        (name = "accounts", description = "Accounts, roles and members of organisations."),
        (name = "applications", description = "Organisations apply for access."),
        (name = "partners", description = "Sources and the partner systems that write for them."),
        (name = "webhooks", description = "Who is told of changes (Standard Webhooks), and what became of it."),
        (name = "oauth", description = "Tokens for partner systems (OAuth 2.0)."),
        (name = "audit", description = "Who did what."),
        (name = "operation", description = "For whoever keeps the server running."),
    ),
    components(schemas(
        ProblemDetails, FieldError, crate::oauth::OAuthError, crate::catalogue::offers::list::OfferSort,
        crate::catalogue::organizations::list::OrganizationSort
    )),
)]
struct Root;

/// The complete document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut root = Root::openapi();
    root.merge(crate::routes::documentation());
    let mut token = Http::new(HttpAuthScheme::Bearer);
    token.bearer_format = Some("JWT".to_owned());
    token.description = Some(
        "An access token: of a person from `POST /api/v1/auth/login`, of a partner system from `POST /oauth/token` (client credentials).".to_owned(),
    );
    let mut secret = Http::new(HttpAuthScheme::Basic);
    secret.description = Some("`client_id` and secret of a partner system, each encoded as in a form (RFC 6749, section 2.3.1).".to_owned());
    let cookie = ApiKeyValue::with_description("__Host-refresh", "Set at sign-in; `HttpOnly`, sent only by the portal's own pages.");
    let components = root.components.get_or_insert_default();
    components.add_security_scheme("accessToken", SecurityScheme::Http(token));
    components.add_security_scheme("clientSecret", SecurityScheme::Http(secret));
    components.add_security_scheme("sessionCookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    for item in root.paths.paths.values_mut() {
        item.get.iter_mut().for_each(|operation| {
            parameters::refine(operation);
            complete_read(operation);
        });
        for operation in [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten() {
            parameters::refine(operation);
            complete_write(operation);
        }
    }
    root
}

/// The complete document as JSON, its keys in order of the alphabet: extensions come in no order of their own, and the same program has to
/// write the same file.
///
/// # Errors
/// If a part of the document is no JSON.
pub fn openapi_json() -> serde_json::Result<serde_json::Value> {
    serde_json::to_value(openapi())
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn complete_read(operation: &mut Operation) {
    add_problems(operation);
    if is_operation(operation) {
        return;
    }
    add_header_parameter(operation, "Accept-Language", "Languages in order of preference; German if none is spoken here.");
    add_header_parameter(operation, "If-None-Match", "`ETag` of the copy one has; 304 if it is still right.");
    let unchanged = ResponseBuilder::new().description("The copy one has is still right.").header("ETag", etag());
    operation.responses.responses.insert("304".to_owned(), RefOr::T(unchanged.build()));
    if let Some(RefOr::T(found)) = operation.responses.responses.get_mut("200") {
        found.headers.insert("ETag".to_owned(), RefOr::T(etag()));
        for (name, description) in [("Cache-Control", "How long it may be kept."), ("Content-Language", "The language that was chosen.")] {
            found.headers.insert(name.to_owned(), RefOr::T(header(description)));
        }
    }
}

fn complete_write(operation: &mut Operation) {
    add_problems(operation);
    add_header_parameter(operation, "Accept-Language", "Languages of error texts in order of preference; German if none is spoken here.");
}

fn add_problems(operation: &mut Operation) {
    let mut codes = vec![ErrorCode::Internal, ErrorCode::Unavailable];
    if !is_operation(operation) {
        codes.push(ErrorCode::TooManyRequests);
    }
    for (status, response) in responses_of(&codes) {
        operation.responses.responses.entry(status).or_insert(response);
    }
    for status in ["429", "503"] {
        if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(status) {
            response.headers.insert("Retry-After".to_owned(), RefOr::T(header("Seconds after which to try again.")));
        }
    }
}

/// Whether it is for whoever keeps the server running: never held back.
fn is_operation(operation: &Operation) -> bool {
    operation.tags.iter().flatten().any(|tag| tag == "operation")
}

fn header(description: &str) -> utoipa::openapi::header::Header {
    HeaderBuilder::new().schema(Some(string())).description(Some(description)).build()
}

fn etag() -> utoipa::openapi::header::Header {
    header("Strong validator of this representation.")
}

fn add_header_parameter(operation: &mut Operation, name: &str, description: &str) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(string()));
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter.build()));
}
