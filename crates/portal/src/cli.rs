//! The command line.

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use domain::catalogue::Licence;
use domain::partners::{ImportFormat, ImportMode};
use std::path::PathBuf;
use std::str::FromStr;

/// Bildungsregion: the open education catalogue of a region.
#[derive(Debug, Parser)]
#[command(name = "bildungsregion", version, about, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings that win over the environment and the configuration file.
#[derive(Debug, Default, Args)]
pub struct Common {
    /// Configuration file (TOML); `bildungsregion.toml` is read if it is there
    #[arg(long, global = true, value_name = "FILE", env = "BILDUNGSREGION_CONFIG")]
    pub config: Option<PathBuf>,
    /// sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Folder of the search index (and of the SQLite database, unless --database-url says otherwise)
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Folder with another region's files instead of the embedded ones
    #[arg(long, global = true, value_name = "DIR")]
    pub region_dir: Option<PathBuf>,
    /// What is logged, for example `info` or `warn,sync=debug`
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the pages
    Serve(Serve),
    /// Bring the database schema up to date
    Migrate,
    /// Import a file of a source
    Import(Import),
    /// Manage the sources that may hand in records
    Source {
        /// What to do with sources.
        #[command(subcommand)]
        command: SourceCommand,
    },
    /// Fill the catalogue with invented examples, or write them to a file
    Demo(Demo),
    /// Build the search index anew from the database
    Reindex,
    /// Print the OpenAPI document
    Openapi,
    /// Check configuration, database, index, disk space and data, and say what to do
    Doctor,
    /// Print the version
    Version,
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    pub bind: Option<String>,
    /// Address of the metrics, or `off` [default: 127.0.0.1:9090]
    #[arg(long, value_name = "ADDRESS")]
    pub metrics_bind: Option<String>,
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// Key of the source
    #[arg(long, value_name = "KEY")]
    pub source: String,
    /// ndjson, openqcat or openvhs
    #[arg(long, value_parser = ImportFormat::from_str)]
    pub format: ImportFormat,
    /// delta: records the file does not contain stay; full: they are withdrawn
    #[arg(long, default_value = "delta", value_parser = ImportMode::from_str)]
    pub mode: ImportMode,
    /// The file, or - for standard input
    pub file: PathBuf,
}

/// `source …`
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Add a source and print its secret, once
    Add {
        /// Stable key: lower-case letters, digits, hyphens
        key: String,
        /// Name for people
        #[arg(long)]
        name: String,
        /// Licence of its records: cc-zero, cc-by/4.0, cc-by-sa/4.0, dl-zero-de/2.0, dl-by-de/2.0, all-rights-reserved
        #[arg(long, default_value = "cc-zero", value_parser = Licence::from_str)]
        licence: Licence,
    },
    /// List all sources
    List,
    /// Revoke a source: its secret ends, its records stay
    Revoke {
        /// Key of the source
        key: String,
    },
    /// Give a source a new secret; the old one ends at once
    Renew {
        /// Key of the source
        key: String,
    },
}

/// `demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Number of offers
    #[arg(long, default_value_t = 2000)]
    pub offers: u64,
    /// Seed; the same seed and day make the same catalogue
    #[arg(long, default_value_t = 13076)]
    pub seed: u64,
    /// Day around which the dates lie [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<NaiveDate>,
    /// Do nothing if the catalogue holds anything
    #[arg(long, conflicts_with = "ndjson")]
    pub if_empty: bool,
    /// Write the records to a file (- for standard output) instead of importing them
    #[arg(long, value_name = "FILE")]
    pub ndjson: Option<PathBuf>,
}
