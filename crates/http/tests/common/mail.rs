//! The outbox, read as its recipients would.

use super::Node;
use domain::{Clock, SystemRng};
use identity::flows::Flows;
use identity::mail::Mail;
use persistence::accounts::mails;
use std::sync::Arc;

impl Node {
    /// The use cases of this node.
    pub(crate) fn flows(&self) -> Flows {
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        Flows { store: self.store.clone(), clock, rng: Arc::new(SystemRng), services: Arc::clone(&self.identity) }
    }

    /// What waits in the outbox for an address, in order.
    pub(crate) fn mails(&self, to: &str) -> Vec<Mail> {
        let (flows, now) = (self.flows(), self.clock.now());
        let waiting = self.store.read(|connection| mails::due(connection, now, 1000)).unwrap();
        let mails = waiting.iter().map(|waiting| flows.open_mail(waiting).unwrap());
        mails.filter(|mail| mail.to.as_str() == to).collect()
    }

    /// The token of the link in the latest mail to an address.
    #[track_caller]
    pub(crate) fn link_token(&self, to: &str) -> String {
        let mails = self.mails(to);
        let mail = mails.last().unwrap_or_else(|| panic!("no mail to {to}"));
        let link = mail.text.split_whitespace().find(|word| word.contains("#token=")).unwrap_or_else(|| panic!("no link in {}", mail.text));
        link.split_once("#token=").unwrap().1.to_owned()
    }
}
