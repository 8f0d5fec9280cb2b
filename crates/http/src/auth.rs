//! Signing in and out.

pub mod answer;
pub(crate) mod cookie;
pub mod email_change;
pub mod invitation;
pub mod invitation_accept;
pub mod invitation_join;
pub mod login;
pub mod login_passkey;
pub mod logout;
pub mod oidc;
pub mod passkey;
pub mod password_reset;
pub mod password_reset_confirm;
pub mod password_strength;
pub mod providers;
pub mod refresh;
pub mod second_factor;
pub mod step_up;
