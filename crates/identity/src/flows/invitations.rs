//! Invitations: how people get an account, and how somebody who has one gets another role.

use super::links::{self, Bound, described, language_of, valid};
use super::resets::over;
use super::{FlowError, Flows, Opened};
use crate::mail::Letter;
use domain::accounts::may::{ManageAccounts, ManageMembers};
use domain::accounts::{Account, AccountStatus, Actor, EmailAddress, MailLanguage, Membership, MembershipStatus, Origin, Role, RoleScope};
use domain::problem::ValueError;
use domain::text::Title;
use domain::{Uuid, new_id};
use persistence::access::{allow, organization, owned_organization};
use persistence::accounts::administration;
use persistence::accounts::directory::{self, Listed, Member};
use persistence::accounts::one_time_tokens::Purpose;
use persistence::accounts::profile::{self, Acceptance, Invitation};
use persistence::accounts::{account, credentials, memberships};
use persistence::{AnyConnection, Error};

/// A role and where it is to hold.
pub type Wanted = (Role, Option<Uuid>);

/// Somebody who is to get an account.
#[derive(Debug, Clone)]
pub struct Invitee {
    /// Address.
    pub email: EmailAddress,
    /// Name.
    pub name: Title,
    /// Language of mail.
    pub language: MailLanguage,
}

/// What came of an invitation's transaction.
enum Outcome<T> {
    Done(T),
    Registered,
    Misplaced(ValueError),
}

impl<T> Outcome<T> {
    fn into_result(self, member: &'static str) -> Result<T, FlowError> {
        match self {
            Self::Done(value) => Ok(value),
            Self::Registered => Err(FlowError::Registered),
            Self::Misplaced(error) => Err(FlowError::Invalid(vec![(member, error)])),
        }
    }
}

impl Flows {
    /// Invites somebody with these roles.
    ///
    /// # Errors
    /// [`FlowError::Registered`] if the address is taken, [`FlowError::Invalid`] for a role in the wrong place.
    pub fn invite(&self, actor: &Actor, invitee: Invitee, roles: Vec<Wanted>) -> Result<Listed, FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let done = self.store.write(move |tx| {
            let now = flows.now();
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            if account::by_email(tx, &invitee.email)?.is_some() {
                return Ok(Outcome::Registered);
            }
            let account = flows.new_account(&invitee);
            let mut held = Vec::with_capacity(roles.len());
            for wanted in &roles {
                match flows.membership(tx, account.id, *wanted, MembershipStatus::Invited)? {
                    Ok(membership) => held.push(membership),
                    Err(error) => return Ok(Outcome::Misplaced(error)),
                }
            }
            administration::invite(tx, &allowed, &account, &held, &*flows.rng, now)?;
            flows.send_invitation(tx, &account)?;
            directory::get(tx, &allowed, account.id).map(Outcome::Done)
        });
        done?.into_result("memberships")
    }

    /// Sends the invitation of an account once more; the earlier link ends.
    ///
    /// # Errors
    /// The account is not found, or, as a conflict, not invited any more.
    pub fn invite_again(&self, actor: &Actor, id: Uuid) -> Result<(), FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        self.store.write(move |tx| {
            let now = flows.now();
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            let account = administration::note_invited_again(tx, &allowed, id, &*flows.rng, now)?;
            flows.send_invitation(tx, &account)
        })?;
        Ok(())
    }

    /// Grants a role to somebody who has an account, and tells them.
    ///
    /// # Errors
    /// The account is not found or has the role already; [`FlowError::Invalid`] for a role in the wrong place.
    pub fn grant(&self, actor: &Actor, id: Uuid, wanted: Wanted) -> Result<Membership, FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let done = self.store.write(move |tx| {
            let now = flows.now();
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            let account = directory::get(tx, &allowed, id)?.account;
            let status = match account.status {
                AccountStatus::Deleted => return Err(Error::NotFound),
                AccountStatus::Invited => MembershipStatus::Invited,
                AccountStatus::Active | AccountStatus::Suspended => MembershipStatus::Active,
            };
            let membership = match flows.membership(tx, id, wanted, status)? {
                Ok(membership) => membership,
                Err(error) => return Ok(Outcome::Misplaced(error)),
            };
            memberships::grant(tx, &allowed, &membership, &*flows.rng, now)?;
            if let (AccountStatus::Active, Some(email)) = (account.status, &account.email) {
                let (held, language) = ([membership.clone()], language_of(&account));
                let ((roles, organization), link) = (described(&held, language), flows.address(language, "anmelden"));
                flows.post(tx, &Letter::MembershipAdded { name: &account.name, roles: &roles, organization, link: &link }, email, language)?;
            }
            Ok(Outcome::Done(membership))
        });
        done?.into_result("organization")
    }

    /// Invites somebody into an organisation. Whoever has an account already is asked by mail; the inviter sees no difference.
    ///
    /// # Errors
    /// The organisation is foreign or unknown; the person has the role there already; [`FlowError::Invalid`] for a role of the region.
    pub fn invite_member(&self, actor: &Actor, organization: Uuid, invitee: Invitee, role: Role) -> Result<Member, FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let done = self.store.write(move |tx| {
            let now = flows.now();
            let owned = owned_organization::<ManageMembers>(tx, &actor, organization, now)?;
            let known = account::by_email(tx, &invitee.email)?;
            let is_new = known.is_none();
            let account = known.unwrap_or_else(|| flows.new_account(&invitee));
            let membership = match flows.membership(tx, account.id, (role, Some(organization)), MembershipStatus::Invited)? {
                Ok(membership) => membership,
                Err(error) => return Ok(Outcome::Misplaced(error)),
            };
            if is_new {
                administration::invite_colleague(tx, &owned, &account, &*flows.rng, now)?;
            }
            memberships::invite(tx, &owned, &membership, invitee.name.as_str(), &*flows.rng, now)?;
            match account.status {
                AccountStatus::Invited => flows.send_invitation(tx, &account)?,
                _ => flows.ask_to_join(tx, &account, &membership)?,
            }
            let members = directory::members(tx, &owned)?;
            members.into_iter().find(|member| member.membership == membership.id).map(Outcome::Done).ok_or(Error::NotFound)
        });
        done?.into_result("role")
    }

    fn new_account(&self, invitee: &Invitee) -> Account {
        let now = self.now();
        Account {
            id: new_id(&*self.clock, &*self.rng),
            email: Some(invitee.email.clone()),
            name: invitee.name.to_string(),
            language: invitee.language.code().to_owned(),
            status: AccountStatus::Invited,
            created_at: now,
            updated_at: now,
            last_sign_in_at: None,
            version: 1,
        }
    }

    /// A membership, if the role may hold there.
    fn membership(
        &self,
        tx: &mut AnyConnection,
        account_id: Uuid,
        (role, place): Wanted,
        status: MembershipStatus,
    ) -> persistence::Result<Result<Membership, ValueError>> {
        let organization = match (role.scope(), place) {
            (RoleScope::Region, None) => None,
            (RoleScope::Region, Some(_)) => return Ok(Err(misplaced())),
            (RoleScope::Organization, None) => return Ok(Err(homeless())),
            (RoleScope::Organization, Some(id)) => match organization(tx, id)? {
                Some(organization) => Some(organization),
                None => return Ok(Err(unknown_organization())),
            },
        };
        let (id, created_at) = (new_id(&*self.clock, &*self.rng), self.now());
        Ok(Ok(Membership { id, account_id, role, organization, status, created_at, version: 1 }))
    }

    /// Sends the link with which an invited account begins.
    pub(super) fn send_invitation(&self, tx: &mut AnyConnection, account: &Account) -> persistence::Result<()> {
        let Some(email) = &account.email else { return Ok(()) };
        let language = language_of(account);
        let link = self.link(tx, Purpose::Invitation, Bound { account: Some(account.id), ..Bound::default() }, language)?;
        let held = memberships::memberships_of(tx, account.id)?;
        let (roles, organization) = described(&held, language);
        let valid = valid(Purpose::Invitation);
        self.post(tx, &Letter::Invitation { name: &account.name, roles: &roles, organization, link: &link, valid }, email, language)
    }

    /// Asks somebody who has an account whether they want another role.
    fn ask_to_join(&self, tx: &mut AnyConnection, account: &Account, membership: &Membership) -> persistence::Result<()> {
        let Some(email) = &account.email else { return Ok(()) };
        let language = language_of(account);
        let bound = Bound { account: Some(account.id), subject: Some(membership.id), data: None };
        let link = self.link(tx, Purpose::Membership, bound, language)?;
        let held = [membership.clone()];
        let (roles, organization) = described(&held, language);
        let valid = valid(Purpose::Membership);
        self.post(tx, &Letter::MembershipOffered { name: &account.name, roles: &roles, organization, link: &link, valid }, email, language)
    }

    /// What an invitation is for, and whether it is for somebody who has an account in use.
    ///
    /// # Errors
    /// [`FlowError::Over`] if the link does not count.
    pub fn invitation(&self, token: &str) -> Result<(Invitation, bool), FlowError> {
        let (digest, now) = (links::digest(token)?, self.now());
        let found = self.store.read(move |connection| match profile::invitation(connection, Purpose::Invitation, &digest, now) {
            Err(Error::LinkInvalid) => Ok((profile::invitation(connection, Purpose::Membership, &digest, now)?, true)),
            found => Ok((found?, false)),
        });
        found.map_err(over)
    }

    /// Accepts an invitation: the account and its roles count from now on, and a session begins.
    ///
    /// # Errors
    /// [`FlowError::Over`] if the link does not count, [`FlowError::Registered`] if it is for an account in use,
    /// [`FlowError::Invalid`] if the password breaks the rules, which leaves the link usable.
    pub fn accept(&self, token: &str, name: Title, password: &str, language: MailLanguage, origin: &Origin) -> Result<Opened, FlowError> {
        let (Invitation { account, .. }, registered) = self.invitation(token)?;
        if registered {
            return Err(FlowError::Registered);
        }
        self.check_new_password(&Account { name: name.to_string(), ..account }, password)?;
        let given = Acceptance { name, language, password_hash: self.services.hasher.hash(password, &*self.rng)? };
        let (flows, digest, origin) = (self.clone(), links::digest(token)?, origin.clone());
        let begun = self.store.write(move |tx| {
            let actor = Actor::anonymous(origin.clone());
            let account = profile::accept(tx, &actor, &digest, &given, &*flows.rng, flows.now())?;
            credentials::sign_in(tx, account.id, None, flows.now())?;
            flows.begin(tx, account.id, &["pwd"], &origin)
        });
        self.hand_out(begun.map_err(over)?)
    }

    /// Accepts another role with an account in use. Signs nobody in: the role counts wherever its owner is, or will be, signed in.
    ///
    /// # Errors
    /// [`FlowError::Over`] if the link does not count.
    pub fn join(&self, token: &str, origin: &Origin) -> Result<(), FlowError> {
        let (flows, digest, actor) = (self.clone(), links::digest(token)?, Actor::anonymous(origin.clone()));
        self.store.write(move |tx| profile::join(tx, &actor, &digest, &*flows.rng, flows.now())).map_err(over)
    }
}

fn misplaced() -> ValueError {
    ValueError::new(
        "role-without-organization",
        "Diese Rolle gilt in der ganzen Region: lassen Sie organization weg.",
        "This role holds in the whole region: leave organization out.",
    )
}

fn homeless() -> ValueError {
    ValueError::new(
        "role-needs-organization",
        "Diese Rolle gilt in einer Einrichtung: nennen Sie sie.",
        "This role holds in an organisation: name it.",
    )
}

fn unknown_organization() -> ValueError {
    ValueError::new("organization-unknown", "Diese Einrichtung gibt es nicht.", "There is no such organisation.")
}
