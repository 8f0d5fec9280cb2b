//! What following and sending webhooks need of `identity`: the lowest room that knows both is this one.

use domain::Uuid;
use domain::partners::{DisabledBecause, Source, Webhook};
use identity::flows::Flows;
use identity::webhooks::sign;
use persistence::AnyConnection;
use sync::webhooks::Surroundings;

/// Keeps the secrets of webhooks, and writes to their people.
#[derive(Clone)]
pub struct Keeper(pub Flows);

impl Surroundings for Keeper {
    fn sign(&self, webhook: Uuid, secrets: &[Vec<u8>], message: &str, timestamp: i64, content: &str) -> Result<String, String> {
        sign(self.0.services.keys.seal_key(), webhook, secrets, message, timestamp, content).map_err(|error| error.to_string())
    }

    fn tell_disabled(&self, tx: &mut AnyConnection, source: &Source, webhook: &Webhook, because: DisabledBecause) -> persistence::Result<()> {
        self.0.tell_webhook_disabled(tx, source, webhook, because)
    }
}
