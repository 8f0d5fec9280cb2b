//! The own account.

use super::operations;
use crate::access::SignedIn;

operations! { crate::openapi::PREFIX;
    "/me" { get SignedIn => me::get::get_me }
}
