//! Settings: defaults, then the configuration file, then the environment, then the command line. Unknown keys are refused everywhere.

use crate::cli::Common;
use anyhow::{Context, Result, bail};
use config::{Config, Environment, File, FileFormat, Map};
use domain::accounts::EmailAddress;
use http::{Edge, Rates};
use identity::mail::Mailer;
use identity::oidc::{OidcSettings, Provider};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Prefix of environment variables.
pub const PREFIX: &str = "BILDUNGSREGION";

/// Read without being told, if it is there.
const DEFAULT_FILE: &str = "bildungsregion.toml";

/// All settings; every key is explained in `docs/OPERATING.md` and `bildungsregion.example.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`; `bildungsregion.db` in the data folder where missing.
    pub database_url: Option<String>,
    /// Folder of the search index.
    pub data_dir: PathBuf,
    /// Folder of the signing and sealing keys; `keys` in the data folder where missing. Several nodes share one.
    pub keys_dir: Option<PathBuf>,
    /// Folder of another region's files.
    pub region_dir: Option<PathBuf>,
    /// Address to listen on.
    pub bind: String,
    /// Address of the metrics, or `off`.
    pub metrics_bind: String,
    /// Address by which the world knows the portal, without a slash at the end; for links in pages and calendars.
    pub public_url: Option<String>,
    /// Where mail goes: `file:FOLDER`, `console:`, `smtp://…` or `smtps://…`; the folder `mail` in the data folder where missing.
    pub mail_url: Option<String>,
    /// Address of the sender of mail. Needed for a mail server.
    pub mail_from: Option<String>,
    /// How to reach the portal's people, as letters say: an address or a phone number.
    pub mail_contact: Option<String>,
    /// Another provider to sign in at; none where missing.
    pub oidc: Option<Oidc>,
    /// Threads that answer requests; 0: one per core.
    pub workers: usize,
    /// Connections for reading.
    pub database_readers: u32,
    /// Connections for writing (PostgreSQL).
    pub database_writers: u32,
    /// Largest import in mebibytes.
    pub import_max_mib: u64,
    /// Networks of the reverse proxies in front, which say in `X-Forwarded-For` who is behind them.
    pub trusted_proxies: Vec<String>,
    /// Origins besides the own one whose pages may use the whole API.
    pub allowed_origins: Vec<String>,
    /// Whether the portal itself may ask addresses of this machine, also without TLS: schedules and webhooks. For development.
    pub outbound_allow_loopback: bool,
    /// Whether one network may ask only so often.
    pub rate_limits: bool,
    /// How often it may read, as `REQUESTS/SECONDSs`.
    pub rate_limit_read: String,
    /// How often it may write.
    pub rate_limit_write: String,
    /// How often it may try passwords, codes and links, or have mail sent.
    pub rate_limit_sign_in: String,
    /// How often it may fetch tokens for partner systems.
    pub rate_limit_token: String,
    /// What is logged.
    pub log: String,
    /// `auto` (text on a terminal, else JSON), `text` or `json`.
    pub log_format: LogFormat,
}

/// An OpenID Connect provider.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Oidc {
    /// Its issuer identifier.
    pub issuer: String,
    /// The portal's name there.
    pub client_id: String,
    /// The portal's password there.
    pub client_secret: String,
    /// Its name for people.
    pub name: String,
}

impl std::fmt::Debug for Oidc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Oidc").field("issuer", &self.issuer).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Shape of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// Text on a terminal, else JSON.
    Auto,
    /// Text.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: None,
            data_dir: PathBuf::from("./var"),
            keys_dir: None,
            region_dir: None,
            bind: "127.0.0.1:8080".to_owned(),
            metrics_bind: "127.0.0.1:9090".to_owned(),
            public_url: None,
            mail_url: None,
            mail_from: None,
            mail_contact: None,
            oidc: None,
            workers: 0,
            database_readers: 8,
            database_writers: 8,
            import_max_mib: 512,
            trusted_proxies: Vec::new(),
            allowed_origins: Vec::new(),
            outbound_allow_loopback: false,
            rate_limits: true,
            rate_limit_read: "300/6s".to_owned(),
            rate_limit_write: "120/60s".to_owned(),
            rate_limit_sign_in: "20/60s".to_owned(),
            rate_limit_token: "60/60s".to_owned(),
            log: "info".to_owned(),
            log_format: LogFormat::Auto,
        }
    }
}

impl Settings {
    /// Puts the settings together. `environment` are all variables of the process.
    pub fn load(common: &Common, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self> {
        let mut builder = Config::builder();
        if let Some(path) = file(common.config.as_deref()) {
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read the configuration file {}", path.display()))?;
            let alone: Result<Self, _> =
                Config::builder().add_source(File::from_str(&text, FileFormat::Toml)).build().and_then(Config::try_deserialize);
            alone.with_context(|| format!("configuration file {}", path.display()))?;
            builder = builder.add_source(File::from_str(&text, FileFormat::Toml));
        }
        let variables = own_variables(environment);
        let source = || {
            Environment::with_prefix(PREFIX)
                .source(Some(variables.clone()))
                .try_parsing(true)
                .list_separator(",")
                .separator("__")
                .prefix_separator("_")
                .with_list_parse_key("trusted_proxies")
                .with_list_parse_key("allowed_origins")
        };
        let alone: Result<Self, _> = Config::builder().add_source(source()).build().and_then(Config::try_deserialize);
        alone.with_context(|| format!("environment variables {PREFIX}_*"))?;
        builder = builder.add_source(source());
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        builder = builder
            .set_override_option("database_url", common.database_url.clone())?
            .set_override_option("data_dir", path(&common.data_dir))?
            .set_override_option("region_dir", path(&common.region_dir))?
            .set_override_option("log", common.log.clone())?;
        let settings: Self = builder.build()?.try_deserialize()?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<()> {
        if let Some(url) = &self.public_url {
            let parsed = url::Url::parse(url).with_context(|| format!("public_url: “{url}” is no address"))?;
            if !matches!(parsed.scheme(), "http" | "https") || url.ends_with('/') {
                bail!("public_url: “{url}” is not http(s)://HOST without a slash at the end");
            }
        }
        if self.database_readers == 0 || self.database_writers == 0 {
            bail!("database_readers and database_writers must be at least 1");
        }
        if self.import_max_mib == 0 {
            bail!("import_max_mib must be at least 1");
        }
        self.edge()?;
        self.rates()?;
        self.mail_from()?;
        self.provider(&self.address())?;
        Ok(())
    }

    /// What the server is told of the world in front of it.
    pub fn edge(&self) -> Result<Edge> {
        Edge::new(&self.trusted_proxies, &self.allowed_origins, self.public_url.as_deref()).context("trusted_proxies or allowed_origins")
    }

    /// How often one network may ask; `None` for as often as it likes.
    pub fn rates(&self) -> Result<Option<Rates>> {
        let rate = |key: &'static str, text: &str| text.parse().context(key);
        let rates = Rates {
            read: rate("rate_limit_read", &self.rate_limit_read)?,
            write: rate("rate_limit_write", &self.rate_limit_write)?,
            sign_in: rate("rate_limit_sign_in", &self.rate_limit_sign_in)?,
            token: rate("rate_limit_token", &self.rate_limit_token)?,
        };
        Ok(self.rate_limits.then_some(rates))
    }

    /// The other provider to sign in at, which sends people back to `public_url`.
    pub fn provider(&self, public_url: &str) -> Result<Option<Provider>> {
        let Some(Oidc { issuer, client_id, client_secret, name }) = self.oidc.clone() else { return Ok(None) };
        Ok(Some(Provider::new(OidcSettings { issuer, client_id, client_secret, name }, public_url).context("oidc")?))
    }

    /// What sends mail in the name of the portal.
    pub fn mailer(&self, portal: &str) -> Result<Mailer> {
        let url = self.mail_url.clone().unwrap_or_else(|| format!("file:{}", self.data_dir.join("mail").display()));
        Mailer::new(&url, portal, &self.mail_from()?).context("mail_url")
    }

    /// The sender of mail. Where mail only goes into a folder or onto the console, one is made up.
    fn mail_from(&self) -> Result<EmailAddress> {
        let served = self.mail_url.as_ref().is_some_and(|url| url.starts_with("smtp"));
        match &self.mail_from {
            Some(from) => from.parse().map_err(|_| anyhow::anyhow!("mail_from: “{from}” is no e-mail address")),
            None if served => bail!("mail_from is needed with a mail server: whose address should letters come from?"),
            None => "portal@localhost.localdomain".parse().map_err(|_| anyhow::anyhow!("mail_from")),
        }
    }

    /// Address of the database.
    pub fn database(&self) -> Result<persistence::DatabaseUrl> {
        match &self.database_url {
            Some(url) => Ok(persistence::DatabaseUrl::parse(url)?),
            None => Ok(persistence::DatabaseUrl::sqlite(self.data_dir.join("bildungsregion.db"))),
        }
    }

    /// Folder of the keys.
    pub fn keys_dir(&self) -> PathBuf {
        self.keys_dir.clone().unwrap_or_else(|| self.data_dir.join("keys"))
    }

    /// How the world knows the portal; the address of the socket where nothing is set.
    pub fn public_address(&self, listener: &std::net::TcpListener) -> String {
        let port = listener.local_addr().map_or(8080, |address| address.port());
        self.public_url.clone().unwrap_or_else(|| format!("http://localhost:{port}"))
    }

    /// The same for commands, which listen to nothing: `bind` says where the server is.
    pub fn address(&self) -> String {
        let port = self.bind.rsplit_once(':').map_or("8080", |(_, port)| port);
        self.public_url.clone().unwrap_or_else(|| format!("http://localhost:{port}"))
    }

    /// Folder of the search index.
    pub fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }
}

fn file(named: Option<&Path>) -> Option<PathBuf> {
    named.map(Path::to_owned).or_else(|| Some(PathBuf::from(DEFAULT_FILE)).filter(|path| path.is_file()))
}

/// Variables with our prefix, except the one that names the configuration file.
fn own_variables(environment: impl IntoIterator<Item = (String, String)>) -> Map<String, String> {
    let own = |name: &str| name.starts_with(&format!("{PREFIX}_")) && name != format!("{PREFIX}_CONFIG");
    environment.into_iter().filter(|(name, value)| own(name) && !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)], common: Common) -> Result<Settings> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, file).unwrap();
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::load(&Common { config: Some(path), ..common }, environment)
    }

    #[test]
    fn the_command_line_wins_over_the_environment_over_the_file() {
        let file = "data_dir = \"/file\"\nbind = \"127.0.0.1:1\"\nlog = \"warn\"\nworkers = 3";
        let environment = [("BILDUNGSREGION_BIND", "127.0.0.1:2"), ("BILDUNGSREGION_LOG", "debug"), ("BILDUNGSREGION_WORKERS", "4")];
        let common = Common { log: Some("trace".into()), ..Common::default() };
        let settings = load(file, &environment, common).unwrap();
        assert_eq!((settings.bind.as_str(), settings.log.as_str(), settings.workers), ("127.0.0.1:2", "trace", 4));
        assert_eq!(settings.database().unwrap().to_string(), "sqlite:/file/bildungsregion.db");
    }

    #[test]
    fn unknown_keys_are_refused_in_file_and_environment() {
        let message = |result: Result<Settings>| format!("{:#}", result.unwrap_err());
        let in_file = message(load("databse_url = \"sqlite:x\"", &[], Common::default()));
        assert!(in_file.contains("configuration file") && in_file.contains("databse_url"), "{in_file}");
        let in_environment = message(load("", &[("BILDUNGSREGION_DATABSE_URL", "sqlite:x")], Common::default()));
        assert!(in_environment.contains("environment") && in_environment.contains("databse_url"), "{in_environment}");
    }

    #[test]
    fn other_variables_and_empty_ones_do_not_matter() {
        let settings = load("", &[("PATH", "/bin"), ("BILDUNGSREGION_BIND", ""), ("BILDUNGSREGION_CONFIG", "x")], Common::default()).unwrap();
        assert_eq!(settings.bind, "127.0.0.1:8080");
    }

    #[test]
    fn values_are_checked() {
        for bad in [
            "public_url = \"https://example.org/\"",
            "mail_url = \"smtp://localhost\"",
            "mail_from = \"nobody\"",
            "public_url = \"portal\"",
            "database_readers = 0",
            "log_format = \"xml\"",
            "[oidc]\nissuer = \"https://login.example.org\"",
            "[oidc]\nissuer = \"http://login.example.org\"\nclient_id = \"a\"\nclient_secret = \"b\"\nname = \"c\"",
            "workers = -1",
        ] {
            assert!(load(bad, &[], Common::default()).is_err(), "{bad}");
        }
    }

    #[test]
    fn limits_are_on_unless_switched_off_and_lists_come_from_the_environment() {
        let defaults = load("", &[], Common::default()).unwrap();
        assert_eq!(defaults.rates().unwrap(), Some(Rates::default()), "the documented defaults are those of the server");
        assert_eq!(load("rate_limits = false", &[], Common::default()).unwrap().rates().unwrap(), None);
        let environment = [
            ("BILDUNGSREGION_TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8"),
            ("BILDUNGSREGION_ALLOWED_ORIGINS", "https://app.example.org"),
            ("BILDUNGSREGION_RATE_LIMITS", "false"),
        ];
        let settings = load("", &environment, Common::default()).unwrap();
        assert_eq!(settings.trusted_proxies, ["127.0.0.1", "10.0.0.0/8"]);
        assert_eq!((settings.allowed_origins.as_slice(), settings.rate_limits), (&["https://app.example.org".to_owned()][..], false));
        for bad in ["trusted_proxies = [\"proxy\"]", "allowed_origins = [\"*\"]", "rate_limit_read = \"fast\""] {
            assert!(load(bad, &[], Common::default()).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_other_provider_comes_from_a_table_or_from_variables() {
        let file = "[oidc]\nissuer = \"https://login.example.org\"\nclient_id = \"portal\"\nclient_secret = \"geheim\"\nname = \"Landkreis\"";
        let settings = load(file, &[("BILDUNGSREGION_OIDC__CLIENT_SECRET", "anderes")], Common::default()).unwrap();
        assert_eq!(settings.oidc.as_ref().unwrap().client_secret, "anderes");
        assert!(!format!("{settings:?}").contains("anderes"), "secrets are not logged");
        assert_eq!(settings.provider("https://bildung.example.org").unwrap().unwrap().name(), "Landkreis");
        assert!(load("", &[], Common::default()).unwrap().oidc.is_none());
    }

    #[test]
    fn the_example_file_names_every_key_with_its_default() {
        let example = include_str!("../../../bildungsregion.example.toml");
        let uncommented: String = example
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = ") || *rest == "[oidc]").unwrap_or(line))
            .fold(String::new(), |all, line| all + line + "\n");
        load(&uncommented, &[], Common::default()).unwrap();
        for key in [
            "database_url",
            "data_dir",
            "keys_dir",
            "region_dir",
            "bind",
            "metrics_bind",
            "public_url",
            "mail_url",
            "mail_from",
            "mail_contact",
            "issuer",
            "client_id",
            "client_secret",
            "name",
            "workers",
            "database_readers",
            "database_writers",
            "import_max_mib",
            "trusted_proxies",
            "allowed_origins",
            "outbound_allow_loopback",
            "rate_limits",
            "rate_limit_read",
            "rate_limit_write",
            "rate_limit_sign_in",
            "rate_limit_token",
            "log",
            "log_format",
        ] {
            assert!(uncommented.contains(&format!("\n{key} = ")), "{key} is not in the example");
        }
    }
}
