//! People are told what is wrong with their sources.

use super::Flows;
use super::links::language_of;
use crate::mail::Letter;
use domain::Problem;
use persistence::AnyConnection;
use persistence::accounts::contacts;
use persistence::troubles::Trouble;

/// The language of letters to an address of which nothing else is known.
const LANGUAGE: &str = "de";

impl Flows {
    /// Tells those who administer the organisation of a source, and the address that the source names, what is wrong with it.
    ///
    /// # Errors
    /// What the database says.
    pub fn tell_trouble(&self, tx: &mut AnyConnection, trouble: &Trouble) -> persistence::Result<()> {
        let people = contacts::of_organization(tx, trouble.source.organization_id)?;
        for account in &people {
            let Some(email) = &account.email else { continue };
            let language = language_of(account);
            self.post(tx, &self.trouble(trouble, Some(&account.name), language).as_letter(), email, language)?;
        }
        let known = |key: &str| people.iter().filter_map(|account| account.email.as_ref()).any(|email| email.key() == key);
        match &trouble.contact {
            Some(contact) if !known(&contact.key()) => self.post(tx, &self.trouble(trouble, None, LANGUAGE).as_letter(), contact, LANGUAGE),
            _ => Ok(()),
        }
    }

    fn trouble<'a>(&self, trouble: &'a Trouble, name: Option<&'a str>, language: &str) -> Told<'a> {
        let choose = |problem: &'a Problem| if language == "en" { problem.message.en.as_str() } else { problem.message.de.as_str() };
        Told {
            trouble,
            name,
            reason: trouble.reason.as_ref().map(choose),
            fetch_reason: trouble.stale.as_ref().and_then(|stale| stale.reason.as_ref()).map(choose),
            link: self.address(language, &format!("verwaltung/quellen/{}", trouble.source.key)),
        }
    }
}

/// What a letter is made of.
struct Told<'a> {
    trouble: &'a Trouble,
    name: Option<&'a str>,
    reason: Option<&'a str>,
    fetch_reason: Option<&'a str>,
    link: String,
}

impl Told<'_> {
    fn as_letter(&self) -> Letter<'_> {
        let Trouble { source, failed, waiting, stale, .. } = self.trouble;
        Letter::SourceTrouble {
            name: self.name,
            source: &source.name,
            failed: *failed,
            reason: self.reason,
            waiting: *waiting,
            stale: stale.is_some(),
            since: stale.as_ref().and_then(|stale| stale.since),
            fetch_reason: self.fetch_reason,
            link: &self.link,
        }
    }
}
