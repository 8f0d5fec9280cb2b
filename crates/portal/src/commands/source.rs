//! `source`: who may hand in records.

use super::{find_source, new_source, open};
use crate::cli::SourceCommand;
use crate::output;
use crate::settings::Settings;
use anyhow::{Result, bail};
use domain::{Clock, Rng, SystemClock, SystemRng};
use persistence::{Error, sources};
use sha2::{Digest, Sha256};
use std::process::ExitCode;

pub(super) fn run(settings: &Settings, command: SourceCommand) -> Result<ExitCode> {
    let store = open(settings)?;
    match command {
        SourceCommand::Add { key, name, licence } => {
            let source = new_source(&key, &name, licence)?;
            let (secret, hash) = secret();
            match store.write(move |tx| sources::add(tx, &source, Some(&hash))) {
                Err(Error::Exists(_)) => bail!("there is a source “{key}” already"),
                other => other?,
            }
            show_secret(&key, &secret);
        }
        SourceCommand::Renew { key } => {
            if find_source(&store, &key)?.revoked_at.is_some() {
                bail!("the source “{key}” is revoked");
            }
            let (secret, hash) = secret();
            let renewed = key.clone();
            store.write(move |tx| sources::set_secret(tx, &renewed, &hash))?;
            show_secret(&key, &secret);
        }
        SourceCommand::List => {
            for source in store.read(sources::list)? {
                let state = match (source.revoked_at, source.confirmed_at) {
                    (Some(at), _) => format!("revoked {}", at.format("%Y-%m-%d")),
                    (None, Some(at)) => format!("confirmed {}", at.format("%Y-%m-%d %H:%M UTC")),
                    (None, None) => "never confirmed by a full import".to_owned(),
                };
                output::line(format_args!("{}\t{}\t{}\t{state}", source.key, source.name, source.licence.code()));
            }
        }
        SourceCommand::Revoke { key } => {
            let revoked = find_source(&store, &key)?.key;
            store.write(move |tx| sources::revoke(tx, &revoked, SystemClock.now()))?;
            output::line(format_args!("Revoked {key}. Its records stay; an empty full import withdraws them."));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// 256 random bits, and the hash that is kept of them. A plain hash is enough for a secret nobody chose.
fn secret() -> (String, String) {
    let mut bytes = [0u8; 32];
    SystemRng.fill(&mut bytes);
    let secret = hex::encode(bytes);
    let hash = hex::encode(Sha256::digest(secret.as_bytes()));
    (secret, hash)
}

fn show_secret(key: &str, secret: &str) {
    output::line(format_args!("Source {key}. Its secret, shown only now:\n{secret}"));
}
