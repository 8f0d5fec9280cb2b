//! The command line.

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use domain::Uuid;
use domain::accounts::{EmailAddress, Scope};
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
    /// Manage the systems that write for a source, and their secrets
    Client {
        /// What to do with clients.
        #[command(subcommand)]
        command: ClientCommand,
    },
    /// Invite administrators
    Admin {
        /// What to do with administrators.
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Manage the keys that sign access tokens
    Keys {
        /// What to do with keys.
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Check the audit log
    Audit {
        /// What to do with the audit log.
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Fill the catalogue with invented examples, or write them to a file
    Demo(Demo),
    /// Find offers that may be the same
    Duplicates {
        /// What to do with them.
        #[command(subcommand)]
        command: DuplicatesCommand,
    },
    /// Make the dumps that everybody may download
    Dumps {
        /// What to do with them.
        #[command(subcommand)]
        command: DumpsCommand,
    },
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
    /// ndjson, openqcat, openvhs, vhs-json, kufer, ics or jsonld
    #[arg(long, value_parser = ImportFormat::from_str)]
    pub format: ImportFormat,
    /// delta: records the file does not contain stay; full: they are withdrawn
    #[arg(long, default_value = "delta", value_parser = ImportMode::from_str)]
    pub mode: ImportMode,
    /// Say what the import would do, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Withdraw however much the file no longer contains, without stopping to ask
    #[arg(long)]
    pub confirmed: bool,
    /// The file, or - for standard input
    pub file: PathBuf,
}

/// `dumps …`
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum DumpsCommand {
    /// Make them now; a server does so every night
    Make,
}

/// `duplicates …`
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum DuplicatesCommand {
    /// Compare all offers; a server does so by itself, and goes on with what is new
    Scan,
}

/// `source …`
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Add a source; `client add` then gives a system access to it
    Add {
        /// Stable key: lower-case letters, digits, hyphens
        key: String,
        /// Name for people
        #[arg(long)]
        name: String,
        /// Licence of its records: cc-zero, cc-by/4.0, cc-by-sa/4.0, dl-zero-de/2.0, dl-by-de/2.0, all-rights-reserved
        #[arg(long, default_value = "cc-zero", value_parser = Licence::from_str)]
        licence: Licence,
        /// Id of the organisation it belongs to, whose people may then look after it
        #[arg(long, value_name = "ID")]
        organization: Option<Uuid>,
    },
    /// List all sources
    List,
    /// End a source: its clients get nothing any more, its records stay
    Revoke {
        /// Key of the source
        key: String,
    },
}

/// `client …`
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// Give a system access to a source and print its client_id and secret, once
    Add {
        /// Key of the source
        #[arg(long, value_name = "KEY")]
        source: String,
        /// Name for people
        #[arg(long)]
        name: String,
        /// What it may ask for, repeatable: imports:run, offers:write, webhooks:manage, stats:read
        #[arg(long = "scope", value_name = "SCOPE", default_value = "imports:run", value_parser = Scope::from_str)]
        scopes: Vec<Scope>,
        /// File with its public keys (JSON Web Key Set): it signs and gets no secret
        #[arg(long, value_name = "FILE")]
        jwks: Option<PathBuf>,
    },
    /// List the clients of a source, and what is known of their secrets
    List {
        /// Key of the source
        #[arg(long, value_name = "KEY")]
        source: String,
    },
    /// Give a client a second secret and print it, once; the first one goes on until it is revoked
    Rotate {
        /// client_id
        client: Uuid,
        /// Days after which the new secret ends by itself
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=1096))]
        days: Option<u16>,
    },
    /// End a client with everything it holds, or only one of its secrets
    Revoke {
        /// client_id
        client: Uuid,
        /// Id of the secret, as `client list` shows it
        #[arg(long, value_name = "ID")]
        secret: Option<Uuid>,
    },
}

/// `admin …`
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Invite an administrator and print the link with which the account begins, once; no mail is sent
    Create {
        /// E-mail address
        #[arg(long, value_parser = EmailAddress::from_str)]
        email: EmailAddress,
        /// Name
        #[arg(long)]
        name: String,
        /// Language of the page and of later mail: de or en
        #[arg(long, default_value = "de", value_parser = ["de", "en"])]
        language: String,
        /// Do nothing if somebody is an administrator already, or invited to be one
        #[arg(long)]
        if_none: bool,
    },
}

/// `keys …`
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List the keys; the last one signs
    List,
    /// Make a new key that signs from now on; older ones go on verifying
    Rotate,
    /// Remove the keys that no valid token can be signed with any more
    Retire,
}

/// `audit …`
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Compute the chain of the audit log anew and say whether it is whole
    Verify,
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
