//! Tokens for partner systems. Whoever asks for one proves who it is in the request itself.

use super::operations;
use crate::access::Public;

operations! { "";
    "/oauth/token" { post Public => oauth::token::issue_token }
    "/oauth/revoke" { post Public => oauth::revoke::revoke_token }
    "/oauth/introspect" { post Public => oauth::introspect::introspect_token }
    "/.well-known/oauth-authorization-server" { get Public => oauth::metadata::server_metadata }
    "/.well-known/jwks.json" { get Public => oauth::jwks::list_signing_keys }
}
