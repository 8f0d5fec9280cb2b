//! The own second factors.

pub mod get;
pub mod passkeys;
pub mod recovery_codes;
pub mod totp;
