//! `admin`: the first administrator has nobody to be invited by, so the operator does it.

use super::{open, operator};
use crate::cli::AdminCommand;
use crate::output;
use crate::settings::Settings;
use anyhow::{Result, anyhow, bail};
use chrono::Duration;
use domain::accounts::may::ManageAccounts;
use domain::accounts::{Account, AccountStatus, EmailAddress, Membership, MembershipStatus, Role};
use domain::text::Title;
use domain::{Clock, SystemClock, SystemRng, new_id};
use identity::secrets::{Secret, SecretKind};
use persistence::access::{self, Allowed};
use persistence::accounts::one_time_tokens::{self, OneTimeToken, Purpose};
use persistence::accounts::{account, administration, directory, memberships};
use persistence::{AnyConnection, Error, Store};
use std::process::ExitCode;

/// How long the link works.
const LIFE: Duration = Duration::days(7);

pub(super) fn run(settings: &Settings, command: AdminCommand) -> Result<ExitCode> {
    let store = open(settings)?;
    let AdminCommand::Create { email, name, language, if_none } = command;
    let name = Title::try_from(name).map_err(|error| anyhow!("--name: {}", error.en))?;
    let others = administrators(&store)?;
    if if_none && !others.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let link = link(&store, settings, email.clone(), name, &language)?;
    output::line(&link);
    output::complain(format_args!("With this link {email} chooses a password and sets up the second factor. It works once, for seven days."));
    if !others.is_empty() {
        output::complain(format_args!("Note: there are administrators already: {}.", others.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

/// The addresses of everybody who is an administrator, or invited to be one.
fn administrators(store: &Store) -> Result<Vec<String>> {
    let filter = directory::Filter { role: vec![Role::Administrator], ..directory::Filter::default() };
    let (found, _) = store.read(|connection| {
        let allowed = access::allow::<ManageAccounts>(connection, &operator(), SystemClock.now())?;
        directory::list(connection, &allowed, &filter, None, 20)
    })?;
    Ok(found.into_iter().filter_map(|listed| listed.account.email).map(|email| email.to_string()).collect())
}

fn link(store: &Store, settings: &Settings, email: EmailAddress, name: Title, language: &str) -> Result<String> {
    let token = Secret::new(SecretKind::OneTime, &SystemRng);
    let (digest, tongue, address) = (token.digest(), language.to_owned(), email.clone());
    let written = store.write(move |tx| {
        let now = SystemClock.now();
        let allowed = access::allow::<ManageAccounts>(tx, &operator(), now)?;
        let invited = match account::by_email(tx, &address)? {
            None => invite(tx, &allowed, &address, &name, &tongue)?,
            // Whoever lost the link gets another one; the first one ends.
            Some(known) if known.status == AccountStatus::Invited && is_administrator(tx, &known)? => {
                administration::note_invited_again(tx, &allowed, known.id, &SystemRng, now)?
            }
            Some(_) => return Err(Error::Exists(String::new())),
        };
        let kept = OneTimeToken { account: Some(invited.id), subject: None, data: None, expires_at: now + LIFE };
        one_time_tokens::issue(tx, Purpose::Invitation, &digest, &kept, now)
    });
    match written {
        Ok(()) => Ok(format!("{}/{language}/einladung#token={}", settings.address(), token.reveal())),
        Err(Error::Exists(_)) => bail!("{email} has an account already: an administrator can give it the role"),
        Err(other) => Err(other.into()),
    }
}

fn is_administrator(connection: &mut AnyConnection, account: &Account) -> persistence::Result<bool> {
    Ok(memberships::memberships_of(connection, account.id)?.iter().any(|membership| membership.role == Role::Administrator))
}

fn invite(
    tx: &mut AnyConnection,
    allowed: &Allowed<ManageAccounts>,
    email: &EmailAddress,
    name: &Title,
    language: &str,
) -> persistence::Result<Account> {
    let now = SystemClock.now();
    let account = Account {
        id: new_id(&SystemClock, &SystemRng),
        email: Some(email.clone()),
        name: name.to_string(),
        language: language.to_owned(),
        status: AccountStatus::Invited,
        created_at: now,
        updated_at: now,
        last_sign_in_at: None,
        version: 1,
    };
    let membership = Membership {
        id: new_id(&SystemClock, &SystemRng),
        account_id: account.id,
        role: Role::Administrator,
        organization: None,
        status: MembershipStatus::Invited,
        created_at: now,
        version: 1,
    };
    administration::invite(tx, allowed, &account, &[membership], &SystemRng, now)?;
    Ok(account)
}
