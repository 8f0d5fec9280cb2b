//! What links from mail lead to.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/auth/invitation" { post Public => auth::invitation::show_invitation }
    "/auth/invitation/accept" { post Public => auth::invitation_accept::accept_invitation }
    "/auth/invitation/join" { post Public => auth::invitation_join::join_by_invitation }
    "/auth/password-reset" { post Public => auth::password_reset::request_reset }
    "/auth/password-reset/confirm" { post Public => auth::password_reset_confirm::confirm_reset }
    "/auth/email-change/confirm" { post Public => auth::email_change::confirm_email }
}
