//! Signing in and out.

use super::operations;
use crate::access::{Cookie, Public};

operations! { crate::openapi::PREFIX;
    "/auth/login" { post Public => auth::login::login }
    "/auth/login/second-factor" { post Public => auth::second_factor::second_factor }
    "/auth/refresh" { post Cookie => auth::refresh::refresh }
    "/auth/logout" { post Cookie => auth::logout::logout }
}
