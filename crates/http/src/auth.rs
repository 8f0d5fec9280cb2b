//! Signing in and out.

pub mod answer;
mod cookie;
pub mod login;
pub mod logout;
pub mod refresh;
pub mod second_factor;

