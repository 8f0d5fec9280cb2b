//! `client`: the systems that write for a source, and their secrets.

use super::{no_source, open, operator};
use crate::cli::ClientCommand;
use crate::output;
use crate::settings::Settings;
use anyhow::{Context, Result, anyhow, bail};
use chrono::Days;
use domain::accounts::may::ManageClients;
use domain::accounts::{Actor, Scope};
use domain::partners::Source;
use domain::text::Title;
use domain::{Clock, SystemClock, SystemRng, Timestamp, Uuid, new_id};
use identity::secrets::{Secret, SecretKind};
use identity::tokens::assertion::ClientKeys;
use persistence::access::{Owned, owned_source};
use persistence::clients::{self, Client, Managed, NewSecret, Refusal};
use persistence::{AnyConnection, Error, Store};
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(settings: &Settings, command: ClientCommand) -> Result<ExitCode> {
    let store = open(settings)?;
    match command {
        ClientCommand::Add { source, name, scopes, jwks } => add(&store, &source, &name, scopes, jwks.as_deref())?,
        ClientCommand::List { source } => list(&store, &source)?,
        ClientCommand::Rotate { client, days } => rotate(&store, client, days)?,
        ClientCommand::Revoke { client, secret } => revoke(&store, client, secret)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// 256 random bits for the operator, and what is kept of them.
fn new_secret(days: Option<u16>) -> (Secret, NewSecret) {
    let secret = Secret::new(SecretKind::Client, &SystemRng);
    let hint = secret.reveal().chars().skip(secret.reveal().chars().count().saturating_sub(4)).collect();
    let expires_at = days.and_then(|days| SystemClock.now().checked_add_days(Days::new(days.into())));
    let kept = NewSecret { id: new_id(&SystemClock, &SystemRng), digest: secret.digest(), hint, expires_at };
    (secret, kept)
}

fn add(store: &Store, key: &str, name: &str, scopes: Vec<Scope>, jwks: Option<&Path>) -> Result<()> {
    let name = Title::try_from(name).map_err(|error| anyhow!("--name: {}", error.en))?;
    let jwks = jwks.map(public_keys).transpose()?;
    let (secret, kept) = jwks.is_none().then(|| new_secret(None)).unzip();
    let client = Client {
        id: new_id(&SystemClock, &SystemRng),
        source_id: Uuid::nil(),
        name: name.into(),
        scopes,
        jwks,
        created_at: SystemClock.now(),
        last_used_at: None,
        revoked_at: None,
        version: 1,
    };
    let (id, at, source) = (client.id, client.created_at, key.to_owned());
    let added = store.write(move |tx| {
        let source = owned(tx, &operator(), &source, at)?;
        if source.value().revoked_at.is_some() {
            return Ok(false);
        }
        clients::create(tx, &source, &client, kept.as_ref(), &SystemRng).map(|_| true)
    });
    if !added.map_err(no_source(key))? {
        bail!("the source “{key}” is revoked");
    }
    output::line(format_args!("client_id {id}"));
    if let Some(secret) = secret {
        output::line(format_args!("client_secret {}", secret.reveal()));
        output::complain("The secret is shown only now.");
    }
    Ok(())
}

fn public_keys(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let jwks: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    ClientKeys::parse(&jwks).map_err(|error| anyhow!("{}: {}", path.display(), error.en))?;
    Ok(jwks.to_string())
}

fn owned(connection: &mut AnyConnection, actor: &Actor, key: &str, now: Timestamp) -> persistence::Result<Owned<Source, ManageClients>> {
    owned_source(connection, actor, key, now)
}

fn list(store: &Store, key: &str) -> Result<()> {
    let now = SystemClock.now();
    let found = store.read(|connection| {
        let source = owned(connection, &operator(), key, now)?;
        clients::list(connection, &source, now)
    });
    for Managed { client, secrets } in found.map_err(no_source(key))? {
        let state = match (client.revoked_at, client.last_used_at) {
            (Some(at), _) => format!("revoked {}", day(at)),
            (None, Some(at)) => format!("last used {}", minute(at)),
            (None, None) => "never used".to_owned(),
        };
        let scopes: Vec<&str> = client.scopes.iter().map(|scope| scope.code()).collect();
        output::line(format_args!("{}\t{}\t{}\t{state}", client.id, client.name, scopes.join(" ")));
        if client.jwks.is_some() {
            output::line("  signs with a key of its own");
        }
        for secret in secrets {
            let used = secret.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {}", minute(at)));
            let ends = secret.expires_at.map(|at| format!(", ends {}", day(at))).unwrap_or_default();
            output::line(format_args!("  secret {} …{}, since {}, {used}{ends}", secret.id, secret.hint, day(secret.created_at)));
        }
    }
    Ok(())
}

fn day(at: Timestamp) -> String {
    at.format("%Y-%m-%d").to_string()
}

fn minute(at: Timestamp) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// Runs `work` with the source that a client is bound to.
fn with_source<T: Send + 'static>(
    store: &Store,
    client: Uuid,
    mut work: impl FnMut(&mut AnyConnection, &Owned<Source, ManageClients>, Timestamp) -> persistence::Result<T> + Send + 'static,
) -> Result<T> {
    let now = SystemClock.now();
    let done = store.write(move |tx| {
        let source = clients::source_of(tx, &operator(), client, now)?;
        work(tx, &source, now)
    });
    done.map_err(|error| match error {
        Error::NotFound => anyhow!("there is no such client or secret: see `bildungsregion client list --source KEY`"),
        other => other.into(),
    })
}

fn rotate(store: &Store, client: Uuid, days: Option<u16>) -> Result<()> {
    let (secret, kept) = new_secret(days);
    match with_source(store, client, move |tx, source, now| clients::add_secret(tx, source, client, &kept, &SystemRng, now))? {
        Ok(Managed { secrets, .. }) => {
            output::line(format_args!("client_secret {}", secret.reveal()));
            let other = secrets.first().filter(|_| secrets.len() > 1);
            let advice = other.map(|other| format!(" When the system uses it: bildungsregion client revoke {client} --secret {}", other.id));
            output::complain(format_args!("The secret is shown only now.{}", advice.unwrap_or_default()));
            Ok(())
        }
        Err(Refusal::Revoked) => bail!("this client is revoked"),
        Err(Refusal::Signs) => bail!("this client signs with a key of its own and has no secrets"),
        Err(Refusal::SecretLimit) => bail!("this client has two secrets already: revoke one of them with `client revoke {client} --secret ID`"),
    }
}

fn revoke(store: &Store, client: Uuid, secret: Option<Uuid>) -> Result<()> {
    match secret {
        Some(secret) => {
            with_source(store, client, move |tx, source, now| clients::revoke_secret(tx, source, client, secret, &SystemRng, now))?;
            output::line(format_args!("Revoked the secret {secret}."));
        }
        None => {
            with_source(store, client, move |tx, source, now| clients::revoke(tx, source, client, None, &SystemRng, now))?;
            output::line(format_args!("Revoked {client}, with its secrets and tokens."));
        }
    }
    Ok(())
}
