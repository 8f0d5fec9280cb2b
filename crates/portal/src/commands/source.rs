//! `source`: who may hand in records.

use super::{add_source, no_source, open, operator};
use crate::cli::SourceCommand;
use crate::output;
use crate::settings::Settings;
use anyhow::{Result, bail};
use domain::accounts::may::{ManageSources, ReadSources};
use domain::{Clock, SystemClock, SystemRng};
use persistence::{access, sources};
use std::process::ExitCode;

pub(super) fn run(settings: &Settings, command: SourceCommand) -> Result<ExitCode> {
    let store = open(settings)?;
    let now = SystemClock.now();
    match command {
        SourceCommand::Add { key, name, licence, organization } => {
            if !add_source(&store, &key, &name, licence, organization)? {
                bail!("there is a source “{key}” already");
            }
            output::line(format_args!("Added {key}. Give a system access to it: bildungsregion client add --source {key} --name NAME"));
        }
        SourceCommand::List => {
            let all = store.read(|connection| {
                let allowed = access::allow::<ReadSources>(connection, &operator(), now)?;
                sources::list(connection, &allowed)
            })?;
            for (source, organization) in all {
                let state = match (source.revoked_at, source.confirmed_at) {
                    (Some(at), _) => format!("revoked {}", at.format("%Y-%m-%d")),
                    (None, Some(at)) => format!("confirmed {}", at.format("%Y-%m-%d %H:%M UTC")),
                    (None, None) => "never confirmed by a full import".to_owned(),
                };
                let organization = organization.map(|organization| format!("\t{}", organization.name)).unwrap_or_default();
                output::line(format_args!("{}\t{}\t{}\t{state}{organization}", source.key, source.name, source.licence.code()));
            }
        }
        SourceCommand::Revoke { key } => {
            let ended = key.clone();
            let revoked = store.write(move |tx| {
                let source = access::owned_source::<ManageSources>(tx, &operator(), &ended, now)?;
                sources::revoke(tx, &source, None, &SystemRng, now)
            });
            revoked.map_err(no_source(&key))?;
            output::line(format_args!("Revoked {key}. Its records stay; an empty full import before would have withdrawn them."));
        }
    }
    Ok(ExitCode::SUCCESS)
}
