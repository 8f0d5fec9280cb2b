//! Signing in and out.

pub mod answer;
mod cookie;
pub mod login;
pub mod login_passkey;
pub mod logout;
pub mod passkey;
pub mod password_strength;
pub mod refresh;
pub mod second_factor;
pub mod step_up;
