//! Groups of problems for the documentation of operations: which codes can come with which status.

use domain::ErrorCode;
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};

/// The responses for a set of errors, one per status, with an example each.
pub(crate) fn responses_of(codes: &[ErrorCode]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status = BTreeMap::<u16, Vec<ErrorCode>>::new();
    for code in codes {
        by_status.entry(code.status()).or_default().push(*code);
    }
    by_status.into_iter().map(|(status, codes)| (status.to_string(), RefOr::T(response(&codes)))).collect()
}

fn response(codes: &[ErrorCode]) -> Response {
    let said: Vec<String> = codes.iter().map(|code| format!("`{}`: {}", code.code(), code.title_en())).collect();
    let mut content = Content::new(Some(Ref::from_schema_name("ProblemDetails")));
    content.example = codes.first().map(|code| {
        json!({
            "type": format!("/problems/{}", code.code()), "title": code.title_en(), "status": code.status(), "code": code.code(),
            "traceId": "019ab1c2-7f4e-7d50-8a53-0f5c1f6f2f10"
        })
    });
    ResponseBuilder::new().description(said.join(" ")).content("application/problem+json", content).build()
}

macro_rules! documented {
    ($($(#[$doc:meta])* $name:ident: $($code:ident)*;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> { responses_of(&[$(ErrorCode::$code,)*]) }
        }
    )*};
}

documented! {
    /// Of an operation with query parameters.
    Parameters: ParameterInvalid ParameterUnknown BadRequest;
    /// Of a list with cursors.
    Cursors: ParameterInvalid ParameterUnknown CursorInvalid BadRequest;
    /// Of what comes in formats of which a request may accept none.
    Negotiated: NotAcceptable;
    /// Of something addressed by an id that may never have been.
    Missing: NotFound;
    /// Of a record of the catalogue: unknown, or withdrawn.
    MissingOrGone: NotFound Gone;
    /// Of a change of something that has a version: what is read is not there any more, or has changed.
    Versioned: NotFound PreconditionFailed PreconditionRequired;
    /// Of an operation with a body of JSON.
    Bodies: BadRequest RequestTimeout PayloadTooLarge UnsupportedMediaType ContentEncoding Invalid;
    /// Of signing in with a password.
    SignIn: InvalidCredentials TooManyRequests BadRequest RequestTimeout PayloadTooLarge UnsupportedMediaType ContentEncoding Invalid;
    /// Of giving a second factor, or a passkey, to something begun.
    SecondFactor: LinkInvalid CodeInvalid TooManyRequests BadRequest RequestTimeout PayloadTooLarge UnsupportedMediaType ContentEncoding Invalid;
    /// Of two offers that may be the same.
    OfDuplicates: AlreadyDecided Conflict;
    /// Of a change that would make a record invalid.
    Invalidated: Invalid;
    /// Of what may contradict what is there.
    Clashing: Conflict;
    /// Of a further secret.
    SecretLimits: SecretLimit Conflict;
    /// Of proving once more who one is.
    StepUp: InvalidCredentials StepUpRequired LinkInvalid CodeInvalid TooManyRequests BadRequest RequestTimeout PayloadTooLarge UnsupportedMediaType ContentEncoding Invalid;
    /// Of a code of an authenticator app.
    OfCodes: CodeInvalid TooManyRequests BadRequest RequestTimeout PayloadTooLarge UnsupportedMediaType ContentEncoding Invalid;
    /// Of what is throttled and has no body.
    Throttled: TooManyRequests;
    /// Of what would leave the portal without an administrator.
    Administering: LastAdministrator Conflict;
    /// Of inviting somebody.
    Registering: Registered Conflict;
    /// Of what a link from mail leads to.
    Links: LinkInvalid;
    /// Of accepting an invitation.
    Accepting: LinkInvalid Registered;
    /// Of a table that is only looked at.
    OfTables: RequestTimeout PayloadTooLarge UnsupportedMediaType ContentEncoding FileInvalid Invalid;
    /// Of deciding.
    Decisions: AlreadyDecided Conflict ImportInProgress;
    /// Of a change of what is always there.
    Changed: PreconditionFailed PreconditionRequired;
    /// Of the change feed: read too long ago, or too many who wait.
    Feeds: FeedGap Unavailable;
    /// Of a server that is not ready.
    NotReady: Unavailable;
    /// Of a piece of a file.
    OfUploads: RequestTimeout Conflict PayloadTooLarge UnsupportedMediaType ContentEncoding Invalid;
    /// Of handing in a file by form.
    OfPushes: Unauthenticated Forbidden TooManyRequests BadRequest;
    /// Of handing in a file.
    OfImports: RequestTimeout ImportInProgress Conflict PayloadTooLarge UnsupportedMediaType ContentEncoding FileInvalid Invalid IdempotencyMismatch;
}
