//! Signing in and out.

use super::operations;
use crate::access::{Cookie, Public, SignedIn};

operations! { crate::openapi::PREFIX;
    "/auth/login" { post Public => auth::login::login }
    "/auth/login/second-factor" { post Public => auth::second_factor::second_factor }
    "/auth/login/passkey" { post Public => auth::login_passkey::login_passkey }
    "/auth/passkey/begin" { post Public => auth::passkey::begin::begin }
    "/auth/passkey/finish" { post Public => auth::passkey::finish::finish }
    "/auth/refresh" { post Cookie => auth::refresh::refresh }
    "/auth/logout" { post Cookie => auth::logout::logout }
    "/auth/step-up" { post SignedIn => auth::step_up::step_up }
    "/auth/providers" { get Public => auth::providers::list_providers }
    "/auth/oidc/{id}/start" { get Public => auth::oidc::start::start }
    "/auth/oidc/{id}/callback" { get Public => auth::oidc::callback::callback }
    "/auth/password-strength" { post Public => auth::password_strength::judge_password }
}
