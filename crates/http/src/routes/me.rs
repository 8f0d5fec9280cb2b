//! The own account.

use super::operations;
use crate::access::{Recently, SignedIn};

operations! { crate::openapi::PREFIX;
    "/me" {
        get SignedIn => me::get::get_me,
        patch SignedIn => me::update::change_me,
        delete Recently<SignedIn> => me::delete::delete_me,
    }
    "/me/export" { get SignedIn => me::export::export_me }
    "/me/email" { post Recently<SignedIn> => me::email::request_email_change }
    "/me/password" { post Recently<SignedIn> => me::password::change_password }
    "/me/factors" { get SignedIn => me::factors::get::get_own_factors }
    "/me/factors/totp" {
        post Recently<SignedIn> => me::factors::totp::begin::begin_totp,
        delete Recently<SignedIn> => me::factors::totp::remove::remove_totp,
    }
    "/me/factors/totp/confirm" { post SignedIn => me::factors::totp::confirm::confirm_totp }
    "/me/factors/recovery-codes" { post Recently<SignedIn> => me::factors::recovery_codes::renew_recovery_codes }
    "/me/factors/passkeys/begin" { post Recently<SignedIn> => me::factors::passkeys::begin::begin_registration }
    "/me/factors/passkeys/finish" { post SignedIn => me::factors::passkeys::finish::finish_registration }
    "/me/factors/passkeys/{id}" { delete Recently<SignedIn> => me::factors::passkeys::remove::remove_passkey }
    "/me/identities" { get SignedIn => me::identities::list::list_identities }
    "/me/identities/{id}" { delete Recently<SignedIn> => me::identities::unlink::unlink_identity }
    "/me/identities/{id}/link" { post Recently<SignedIn> => me::identities::link::link_identity }
    "/me/sessions" { get SignedIn => me::sessions::list::list_own_sessions, delete SignedIn => me::sessions::end_others::end_other_sessions }
    "/me/sessions/{id}" { delete SignedIn => me::sessions::end::end_own_session }
}
