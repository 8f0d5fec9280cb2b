//! Who it is: passwords, second factors, tokens, keys, sealing and mail.
//!
//! [`flows`] are the use cases over the database; all other modules are primitives that know neither the database nor the web. Time and chance
//! are passed in.

pub mod flows;
pub mod keys;
pub mod mail;
pub mod oidc;
pub mod passkeys;
pub mod password_rules;
pub mod passwords;
pub mod recovery;
pub mod sealing;
pub mod secrets;
mod services;
pub mod tokens;
pub mod totp;
pub mod webhooks;

pub use services::Services;
