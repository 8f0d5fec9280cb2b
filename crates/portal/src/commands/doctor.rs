//! `doctor`: what is wrong with this installation, and what to do about it.

use crate::data::Data;
use crate::output;
use crate::settings::Settings;
use anyhow::Result;
use domain::{Clock as _, SystemClock};
use persistence::{DatabaseUrl, Error, Store, StoreOptions};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Below this, imports and index merges are at risk.
const DISK_MIB: u64 = 512;

/// One finding: fine, or wrong with advice.
type Finding = Result<String, (String, &'static str)>;

pub(super) fn run(settings: Result<Settings>) -> ExitCode {
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => {
            show("configuration", &Err((format!("{error:#}"), "correct the key or value; docs/OPERATING.md lists them all")));
            return ExitCode::from(1);
        }
    };
    let checks = [
        ("configuration", Ok(describe(&settings))),
        ("data files", data_files(&settings)),
        ("data folder", folder(&settings.data_dir)),
        ("disk space", disk(&settings.data_dir)),
        ("database", database(&settings)),
        ("search index", index(&settings)),
        ("other sign-in", provider(&settings)),
    ];
    for (name, finding) in &checks {
        show(name, finding);
    }
    if checks.iter().all(|(_, finding)| finding.is_ok()) { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn show(name: &str, finding: &Finding) {
    match finding {
        Ok(text) => output::line(format_args!("ok     {name}: {text}")),
        Err((text, advice)) => output::line(format_args!("WRONG  {name}: {text}\n       what to do: {advice}")),
    }
}

fn describe(settings: &Settings) -> String {
    let database = settings.database().map_or_else(|error| error.to_string(), |url| url.to_string());
    format!("{database}, data in {}, listening on {}, metrics {}", settings.data_dir.display(), settings.bind, settings.metrics_bind)
}

fn data_files(settings: &Settings) -> Finding {
    let data = Data::load(settings.region_dir.as_deref())
        .map_err(|error| (format!("{error:#}"), "put the four region files into --region-dir, or leave it out to use the embedded region"))?;
    let last_holiday = data.region.holidays().iter().map(|holiday| holiday.end).max();
    Ok(format!(
        "{}, {} areas, {} vocabularies, holidays until {}",
        data.region.info().name,
        data.region.areas().len(),
        data.vocabularies.iter().count(),
        last_holiday.map_or_else(|| "?".to_owned(), |day| day.to_string())
    ))
}

fn folder(path: &Path) -> Finding {
    let probe = path.join(".doctor");
    let advice = "make the folder and give it to the user that runs the server (mkdir -p, chown)";
    std::fs::create_dir_all(path).map_err(|error| (format!("{}: {error}", path.display()), advice))?;
    std::fs::write(&probe, b"").map_err(|error| (format!("{} cannot be written: {error}", path.display()), advice))?;
    let _ = std::fs::remove_file(probe);
    Ok(format!("{} can be written", path.display()))
}

fn disk(path: &Path) -> Finding {
    let unknown = |text: String| Ok(format!("not checked ({text})"));
    // `df` is on every system this runs on; the standard library does not know free space.
    let output = match std::process::Command::new("df").arg("-Pk").arg(path).output() {
        Ok(output) if output.status.success() => output,
        Ok(_) => return unknown("df failed".to_owned()),
        Err(error) => return unknown(error.to_string()),
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let free = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)).and_then(|kib| kib.parse::<u64>().ok());
    match free.map(|kib| kib / 1024) {
        None => unknown("df said nothing".to_owned()),
        Some(mib) if mib < DISK_MIB => Err((format!("{mib} MiB free"), "free at least 512 MiB, or move data_dir to a larger disk")),
        Some(mib) => Ok(format!("{mib} MiB free")),
    }
}

fn database(settings: &Settings) -> Finding {
    let url = settings.database().map_err(|error| (error.to_string(), "write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME"))?;
    if let DatabaseUrl::Sqlite(path) = &url
        && !path.is_file()
    {
        return Err((format!("{} does not exist", path.display()), "run `bildungsregion migrate`"));
    }
    let options = StoreOptions { readers: 1, writers: 1, patience: Duration::from_secs(3), ..StoreOptions::default() };
    let checked = Store::open(&url, options).and_then(|store| {
        let health = store.check()?;
        let counts = store.read(persistence::records::counts)?;
        Ok((health, counts))
    });
    match checked {
        Ok((health, counts)) => {
            let counts: Vec<String> = counts.iter().map(|(kind, count)| format!("{count} {}s", kind.code())).collect();
            let counts = if counts.is_empty() { "no records".to_owned() } else { counts.join(", ") };
            Ok(format!("{} {}, schema {}, {counts}", health.backend, health.version, health.schema))
        }
        Err(error) => {
            let advice = match error {
                Error::SchemaTooOld(_) => "run `bildungsregion migrate`",
                Error::SchemaTooNew(_) => "use the newer version of the program that migrated this database",
                Error::Unavailable(_) => "start the database server, or correct host, name, user and password in database_url",
                Error::Busy(_) => "another process holds the database; try again, or stop it",
                _ => "see docs/OPERATING.md, “When something is wrong”",
            };
            Err((error.to_string(), advice))
        }
    }
}

fn provider(settings: &Settings) -> Finding {
    let advice = "correct the table oidc; the issuer must be exactly what its /.well-known/openid-configuration says";
    match settings.provider(&settings.address()) {
        Ok(None) => Ok("none is set up".to_owned()),
        Ok(Some(provider)) => match provider.check(SystemClock.now()) {
            Ok(()) => Ok(format!("{} answers", provider.issuer())),
            Err(error) => Err((error.to_string(), advice)),
        },
        Err(error) => Err((format!("{error:#}"), advice)),
    }
}

fn index(settings: &Settings) -> Finding {
    let path = settings.index_dir();
    if path.is_dir() {
        Ok(format!("{} is there", path.display()))
    } else {
        Ok(format!("{} is not there yet; `serve` or `reindex` builds it", path.display()))
    }
}
