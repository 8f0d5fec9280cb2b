//! People are told when a webhook of theirs was disabled.

use super::Flows;
use super::links::language_of;
use crate::mail::Letter;
use domain::partners::{DisabledBecause, Source, Webhook};
use persistence::AnyConnection;
use persistence::accounts::contacts;

impl Flows {
    /// Tells those who administer the organisation of a source that the portal has disabled a webhook.
    ///
    /// # Errors
    /// What the database says.
    pub fn tell_webhook_disabled(
        &self,
        tx: &mut AnyConnection,
        source: &Source,
        webhook: &Webhook,
        because: DisabledBecause,
    ) -> persistence::Result<()> {
        for account in contacts::of_organization(tx, source.organization_id)? {
            let Some(email) = &account.email else { continue };
            let language = language_of(&account);
            let link = self.address(language, &format!("verwaltung/quellen/{}/webhooks", source.key));
            let letter = Letter::WebhookDisabled {
                name: &account.name,
                source: &source.name,
                webhook: &webhook.name,
                gone: because == DisabledBecause::Gone,
                at: self.now(),
                link: &link,
            };
            self.post(tx, &letter, email, language)?;
        }
        Ok(())
    }
}
