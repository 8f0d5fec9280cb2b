//! Secrets of clients. Two count at a time, so that one can be replaced without a gap.

pub mod create;
pub mod revoke;

use super::SecretOnce;
use chrono::Days;
use domain::{Clock, Rng, new_id};
use identity::secrets::{Secret, SecretKind};
use persistence::clients::NewSecret;

/// A new secret: once for whoever asked for it, and what is kept of it.
pub(super) fn new_secret(clock: &dyn Clock, rng: &dyn Rng, days: Option<u16>) -> (SecretOnce, NewSecret) {
    let secret = Secret::new(SecretKind::Client, rng);
    let (id, text) = (new_id(clock, rng), secret.reveal().to_owned());
    let expires_at = days.and_then(|days| clock.now().checked_add_days(Days::new(days.into())));
    let hint = text.chars().skip(text.chars().count().saturating_sub(4)).collect();
    (SecretOnce { id, secret: text, expires_at }, NewSecret { id, digest: secret.digest(), hint, expires_at })
}
