//! Organisations apply for access.

use super::links::{self, Bound, language_of, valid};
use super::resets::over;
use super::{FlowError, Flows};
use crate::mail::Letter;
use chrono::Duration;
use domain::accounts::may::ReviewApplications;
use domain::accounts::{Account, AccountStatus, Actor, Application, ApplicationDraft, OrganizationRef, Origin};
use domain::problem::ValueError;
use domain::{Uuid, new_id};
use persistence::access::{allow, organization};
use persistence::accounts::applications::{self, NewIds};
use persistence::accounts::one_time_tokens::Purpose;
use persistence::{AnyConnection, Error};

/// Applications that may name the same address within a day; further ones are dropped, so that nobody is flooded with letters.
const PER_DAY: u64 = 3;

/// What an editor decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Approved, for this organisation.
    Approve(Uuid),
    /// Rejected, for this reason.
    Reject(String),
}

impl Flows {
    /// Takes an application and sends a link to confirm its address. Whether the address has an account makes no difference.
    ///
    /// # Errors
    /// What the database says.
    pub fn apply(&self, draft: ApplicationDraft) -> Result<(), FlowError> {
        let flows = self.clone();
        self.store.write(move |tx| {
            let now = flows.now();
            if applications::named_since(tx, &draft.email, now - Duration::days(1))? >= PER_DAY {
                return Ok(());
            }
            let (id, language) = (new_id(&*flows.clock, &*flows.rng), draft.language.code());
            applications::hand_in(tx, id, &draft, now)?;
            let link = flows.link(tx, Purpose::Application, Bound { subject: Some(id), ..Bound::default() }, language)?;
            let letter = Letter::ApplicationVerify { organization: &draft.organization_name, link: &link, valid: valid(Purpose::Application) };
            flows.post(tx, &letter, &draft.email, language)
        })?;
        Ok(())
    }

    /// Confirms the address of an application.
    ///
    /// # Errors
    /// [`FlowError::Over`] if the link does not count.
    pub fn verify_application(&self, token: &str, origin: &Origin) -> Result<(), FlowError> {
        let (flows, digest, actor) = (self.clone(), links::digest(token)?, Actor::anonymous(origin.clone()));
        self.store.write(move |tx| applications::verify(tx, &actor, &digest, &*flows.rng, flows.now())).map_err(over)
    }

    /// An application that can be decided just now: for what has to be prepared before [`Flows::decide`].
    ///
    /// # Errors
    /// It is not found, is at another version than `expected`, or has been decided.
    pub fn undecided(&self, actor: &Actor, id: Uuid, expected: i64) -> Result<Application, FlowError> {
        let (actor, now) = (actor.clone(), self.now());
        Ok(self.store.read(move |connection| {
            let allowed = allow::<ReviewApplications>(connection, &actor, now)?;
            applications::undecided(connection, &allowed, id, expected)
        })?)
    }

    /// Decides an application, and tells whoever applied.
    ///
    /// # Errors
    /// Like [`Flows::undecided`]; [`FlowError::Invalid`] if the organisation is not there.
    pub fn decide(&self, actor: &Actor, id: Uuid, expected: i64, verdict: Verdict) -> Result<Application, FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let decided = self.store.write(move |tx| {
            let now = flows.now();
            let allowed = allow::<ReviewApplications>(tx, &actor, now)?;
            match &verdict {
                Verdict::Reject(reason) => {
                    let application = applications::reject(tx, &allowed, id, expected, reason, &*flows.rng, now)?;
                    flows.tell_rejected(tx, &application, reason)?;
                    Ok(Some(application))
                }
                Verdict::Approve(place) => {
                    let Some(place) = organization(tx, *place)? else { return Ok(None) };
                    let new = NewIds { account: new_id(&*flows.clock, &*flows.rng), membership: new_id(&*flows.clock, &*flows.rng) };
                    let (application, account) = applications::approve(tx, &allowed, id, expected, (&place, new), &*flows.rng, now)?;
                    flows.tell_approved(tx, &account, &place)?;
                    Ok(Some(application))
                }
            }
        })?;
        let unknown = || ValueError::new("organization-unknown", "Diese Einrichtung gibt es nicht.", "There is no such organisation.");
        decided.ok_or_else(|| FlowError::Invalid(vec![("organization", unknown())]))
    }

    fn tell_rejected(&self, tx: &mut AnyConnection, application: &Application, reason: &str) -> persistence::Result<()> {
        let Some(email) = &application.email else { return Ok(()) };
        let letter = Letter::ApplicationRejected { name: &application.contact_name, organization: &application.organization_name, reason };
        self.post(tx, &letter, email, application.language.code())
    }

    fn tell_approved(&self, tx: &mut AnyConnection, account: &Account, place: &OrganizationRef) -> persistence::Result<()> {
        let email = account.email.as_ref().ok_or(Error::NotFound)?;
        let language = language_of(account);
        let invited = account.status == AccountStatus::Invited;
        let link = if invited {
            self.link(tx, Purpose::Invitation, Bound { account: Some(account.id), ..Bound::default() }, language)?
        } else {
            self.address(language, "anmelden")
        };
        let valid = invited.then(|| valid(Purpose::Invitation));
        self.post(tx, &Letter::ApplicationApproved { name: &account.name, organization: &place.name, link: &link, valid }, email, language)
    }
}
