//! The one table of errors that the API can answer with: code, HTTP status, title in both languages.
//!
//! The code is the translation key of the SPA and the last part of the problem `type` (RFC 9457).

macro_rules! errors {
    ($($variant:ident $code:literal $status:literal $de:literal $en:literal;)*) => {
        /// Every error the API knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $(#[doc = $en] $variant,)* }

        impl ErrorCode {
            /// All errors, in the order of the table.
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$variant,)*];

            /// The stable code.
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }

            /// The HTTP status.
            pub fn status(self) -> u16 { match self { $(Self::$variant => $status,)* } }

            /// The German title.
            pub fn title_de(self) -> &'static str { match self { $(Self::$variant => $de,)* } }

            /// The English title.
            pub fn title_en(self) -> &'static str { match self { $(Self::$variant => $en,)* } }
        }
    };
}

errors! {
    BadRequest            "bad-request"              400 "Die Anfrage ist nicht lesbar." "The request cannot be read.";
    ParameterUnknown      "parameter-unknown"        400 "Die Anfrage enthält einen unbekannten Parameter." "The request contains an unknown parameter.";
    ParameterInvalid      "parameter-invalid"        400 "Ein Parameter hat einen ungültigen Wert." "A parameter has an invalid value.";
    CursorInvalid         "cursor-invalid"           400 "Der Seitenzeiger ist ungültig oder abgelaufen." "The page cursor is invalid or expired.";
    Unauthenticated       "unauthenticated"          401 "Bitte weisen Sie sich aus." "Authentication is required.";
    InvalidCredentials    "invalid-credentials"      401 "E-Mail-Adresse oder Passwort stimmt nicht." "E-mail address or password is wrong.";
    SessionEnded          "session-ended"            401 "Die Sitzung ist beendet. Bitte melden Sie sich wieder an." "The session has ended. Please sign in again.";
    StepUpRequired        "step-up-required"         401 "Bitte bestätigen Sie, dass Sie es sind." "Please confirm that it is you.";
    SecondFactorMissing   "second-factor-missing"    403 "Dafür brauchen Sie einen zweiten Faktor." "This needs a second factor.";
    OriginForbidden       "origin-forbidden"         403 "Diese Anfrage kommt von einer fremden Seite." "This request comes from a foreign site.";
    Forbidden             "forbidden"                403 "Dafür fehlt die Berechtigung." "You are not allowed to do this.";
    NotFound              "not-found"                404 "Das gibt es hier nicht." "There is nothing here.";
    MethodNotAllowed      "method-not-allowed"       405 "Diese Methode ist hier nicht vorgesehen." "This method is not supported here.";
    NotAcceptable         "not-acceptable"           406 "In diesem Format gibt es das nicht." "This is not available in that format.";
    RequestTimeout        "request-timeout"          408 "Die Anfrage kam nicht rechtzeitig an." "The request did not arrive in time.";
    Conflict              "conflict"                 409 "Das widerspricht dem jetzigen Stand." "This conflicts with the current state.";
    ImportInProgress      "import-in-progress"       409 "Für diese Quelle läuft schon ein Import." "An import of this source is already in progress.";
    LastAdministrator     "last-administrator"       409 "Ohne diese Person gäbe es keine Administration mehr." "Without this person nobody could administer the portal.";
    SecretLimit           "secret-limit"             409 "Es gibt schon zwei gültige Geheimnisse." "There are two valid secrets already.";
    AlreadyDecided        "already-decided"          409 "Darüber ist schon entschieden." "This has already been decided.";
    Registered            "registered"               409 "Diese E-Mail-Adresse ist schon vergeben." "This e-mail address is taken.";
    LinkInvalid           "link-invalid"             410 "Dieser Link ist verbraucht oder abgelaufen." "This link has been used or has expired.";
    Gone                  "gone"                     410 "Das wurde zurückgezogen." "This has been withdrawn.";
    FeedGap               "feed-gap"                 410 "So weit zurück reicht die Liste der Änderungen nicht mehr." "The change feed does not reach back that far.";
    PreconditionFailed    "precondition-failed"      412 "Der Eintrag wurde inzwischen geändert." "The record has been changed in the meantime.";
    PayloadTooLarge       "payload-too-large"        413 "Die Daten sind zu groß." "The payload is too large.";
    UnsupportedMediaType  "unsupported-media-type"   415 "Dieses Datenformat wird nicht angenommen." "This media type is not supported.";
    ContentEncoding       "content-encoding"         415 "Komprimierte Anfragen werden nicht angenommen." "Compressed request bodies are not accepted.";
    CodeInvalid           "code-invalid"             422 "Dieser Code stimmt nicht." "This code is not right.";
    Invalid               "invalid"                  422 "Die Daten sind ungültig." "The data is invalid.";
    FileInvalid           "file-invalid"             422 "Die Datei ist kaputt; es wurde nichts geändert." "The file is broken; nothing was changed.";
    IdempotencyMismatch   "idempotency-mismatch"     422 "Dieser Idempotency-Key wurde schon für andere Daten benutzt." "This Idempotency-Key was already used with other data.";
    PreconditionRequired  "precondition-required"    428 "Bitte geben Sie If-Match an." "If-Match is required.";
    TooManyRequests       "too-many-requests"        429 "Zu viele Anfragen. Bitte warten Sie kurz." "Too many requests. Please wait a moment.";
    Internal              "internal"                 500 "Da ist bei uns etwas schiefgegangen." "Something went wrong on our side.";
    Unavailable           "unavailable"              503 "Gerade überlastet. Bitte versuchen Sie es gleich noch einmal." "Currently overloaded. Please try again in a moment.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_statuses_are_errors() {
        let codes: HashSet<_> = ErrorCode::ALL.iter().map(|e| e.code()).collect();
        assert_eq!(codes.len(), ErrorCode::ALL.len());
        assert!(ErrorCode::ALL.iter().all(|e| (400..600).contains(&e.status())));
    }
}
