//! The commands, one file each.

mod admin;
mod audit;
mod client;
mod demo;
mod doctor;
mod dumps;
mod duplicates;
mod import;
mod keys;
mod openapi;
mod reindex;
mod serve;
mod source;

use crate::cli::{Cli, Command};
use crate::data::Words;
use crate::settings::Settings;
use crate::{logging, output};
use anyhow::{Context, Result};
use domain::accounts::Actor;
use domain::accounts::may::ManageSources;
use domain::areas::Region;
use domain::catalogue::Licence;
use domain::partners::{Source, check_source_key};
use domain::vocabularies::Vocabularies;
use domain::{Clock, SystemClock, SystemRng, Uuid, new_id};
use persistence::{DatabaseUrl, Error, Store, StoreOptions, access};
use search::{Analysis, SearchIndex};
use std::process::ExitCode;
use std::sync::Arc;
use sync::Services;

/// Runs a command. Exit codes: 0 done, 1 done but records were refused or a check failed, 2 not done.
pub fn run(cli: Cli) -> ExitCode {
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) => {
            output::complain(format_args!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::Version => {
            output::line(format_args!("bildungsregion {}", env!("CARGO_PKG_VERSION")));
            return Ok(ExitCode::SUCCESS);
        }
        Command::Openapi => return openapi::run(),
        Command::Doctor => return Ok(doctor::run(Settings::load(&cli.common, std::env::vars()))),
        _ => {}
    }
    let settings = Settings::load(&cli.common, std::env::vars())?;
    logging::start(&settings.log, settings.log_format)?;
    match cli.command {
        Command::Migrate => migrate(&settings),
        Command::Import(arguments) => import::run(&settings, &arguments),
        Command::Source { command } => source::run(&settings, command),
        Command::Client { command } => client::run(&settings, command),
        Command::Admin { command } => admin::run(&settings, command),
        Command::Keys { command } => keys::run(&settings, &command),
        Command::Audit { command } => audit::run(&settings, &command),
        Command::Demo(arguments) => demo::run(&settings, &arguments),
        Command::Serve(arguments) => serve::run(&settings, &arguments),
        Command::Duplicates { command } => duplicates::run(&settings, &command),
        Command::Dumps { command } => dumps::run(&settings, command),
        Command::Reindex => reindex::run(&settings),
        // Answered above, without settings.
        Command::Version | Command::Openapi | Command::Doctor => Ok(ExitCode::SUCCESS),
    }
}

fn migrate(settings: &Settings) -> Result<ExitCode> {
    let store = open_unmigrated(settings)?;
    match store.migrate()?.as_slice() {
        [] => output::line("The schema is up to date."),
        applied => output::line(format_args!("Applied {}.", applied.join(", "))),
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the database without asking for its schema; makes the folder of an SQLite file.
fn open_unmigrated(settings: &Settings) -> Result<Store> {
    let url = settings.database()?;
    if let DatabaseUrl::Sqlite(path) = &url
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let options = StoreOptions { readers: settings.database_readers, writers: settings.database_writers, ..StoreOptions::default() };
    Store::open(&url, options).with_context(|| format!("cannot open {url}"))
}

/// Opens the database and insists on the schema this program needs.
fn open(settings: &Settings) -> Result<Store> {
    let url = settings.database()?;
    if let DatabaseUrl::Sqlite(path) = &url
        && !path.is_file()
    {
        anyhow::bail!("there is no database at {}: run `bildungsregion migrate` first", path.display());
    }
    let store = open_unmigrated(settings)?;
    store.check().with_context(|| format!("{url} cannot be used"))?;
    Ok(store)
}

fn services(store: Store, vocabularies: Vocabularies, region: Region) -> Services {
    Services {
        store,
        clock: Arc::new(SystemClock),
        rng: Arc::new(SystemRng),
        vocabularies: Arc::new(vocabularies),
        region: Arc::new(region),
        limits: exchange::Limits::default(),
    }
}

/// Opens the node's search index, empty if it was built with other words, vocabularies or areas.
fn open_index(settings: &Settings, words: &Words, services: &Services) -> Result<Arc<SearchIndex>> {
    let analysis = Analysis::from_data(&words.synonyms, &words.compounds, &words.stem_overrides);
    let folder = settings.index_dir();
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let index = SearchIndex::open(&folder, analysis, Arc::clone(&services.vocabularies), Arc::clone(&services.region))
        .with_context(|| format!("cannot open the search index in {}: is another `serve` running on it?", folder.display()))?;
    Ok(Arc::new(index))
}

/// Whoever runs a command is who keeps the system running: they may do everything, and the audit log names the program.
fn operator() -> Actor {
    Actor::system()
}

/// Says which source it was that is not there.
fn no_source(key: &str) -> impl Fn(Error) -> anyhow::Error + '_ {
    move |error| match error {
        Error::NotFound => anyhow::anyhow!("there is no source “{key}”: see `bildungsregion source list`"),
        other => other.into(),
    }
}

/// Adds a source. Returns whether the key was free.
fn add_source(store: &Store, key: &str, name: &str, licence: Licence, organization: Option<Uuid>) -> Result<bool> {
    check_source_key(key).map_err(|error| anyhow::anyhow!("{}", error.en))?;
    let source = Source {
        id: new_id(&SystemClock, &SystemRng),
        key: key.to_owned(),
        name: name.to_owned(),
        licence,
        created_at: SystemClock.now(),
        revoked_at: None,
        confirmed_at: None,
        organization_id: organization,
        version: 1,
    };
    let added = store.write(move |tx| {
        let allowed = access::allow::<ManageSources>(tx, &operator(), source.created_at)?;
        persistence::sources::add(tx, &allowed, &source, &SystemRng)
    });
    match added {
        Ok(()) => Ok(true),
        Err(Error::Exists(_)) => Ok(false),
        Err(Error::NotFound) => anyhow::bail!("there is no such organisation in the catalogue"),
        Err(other) => Err(other.into()),
    }
}
