//! `keys`: the keys that sign access tokens. They live in a folder, never in the database; a running server notices changes within seconds.

use super::{open, operator};
use crate::cli::KeysCommand;
use crate::output;
use crate::settings::Settings;
use anyhow::{Context, Result};
use chrono::Duration;
use domain::{Clock, SystemClock, SystemRng};
use identity::keys::KeyRing;
use identity::tokens::ACCESS_SECONDS;
use persistence::Store;
use persistence::audit::{self, Event};
use std::process::ExitCode;

/// Added to the life of a token before a key is removed: clocks of several nodes differ, and nodes look for new keys every few seconds.
const MARGIN: i64 = 120;

pub(super) fn run(settings: &Settings, command: &KeysCommand) -> Result<ExitCode> {
    // The database first: what cannot be noted must not be done.
    let store = open(settings)?;
    let keys = KeyRing::open(&settings.keys_dir(), &SystemClock, &SystemRng).context("cannot open the keys")?;
    match command {
        KeysCommand::List => {
            let all = keys.list();
            for (index, (kid, since)) in all.iter().enumerate() {
                let state = if index + 1 == all.len() { "signs" } else { "verifies" };
                output::line(format_args!("{kid}\tsince {}\t{state}", since.format("%Y-%m-%d %H:%M UTC")));
            }
        }
        KeysCommand::Rotate => {
            let kid = keys.rotate(&SystemClock, &SystemRng)?;
            note(&store, "keys.rotated", &kid)?;
            output::line(format_args!("{kid} signs from now on. In a quarter of an hour: bildungsregion keys retire"));
        }
        KeysCommand::Retire => {
            let retired = keys.retire_before(SystemClock.now() - Duration::seconds(ACCESS_SECONDS + MARGIN))?;
            for kid in &retired {
                note(&store, "keys.retired", kid)?;
                output::line(format_args!("Removed {kid}."));
            }
            if retired.is_empty() {
                output::line("No key can be removed yet.");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn note(store: &Store, action: &'static str, kid: &str) -> Result<()> {
    let (event, now) = (Event::new(action, "key", kid), SystemClock.now());
    Ok(store.write(move |tx| audit::append(tx, &operator(), &event, &SystemRng, now))?)
}
