//! How mail leaves the house: by SMTP, into a folder, or onto the console.

use super::message::build;
use super::{Mail, MailError};
use domain::accounts::EmailAddress;
use domain::{Timestamp, Uuid};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport as _};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::{Host, Url};

/// How long a mail server may take for one step.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Why the address of the mail transport cannot be used. Never shows the address, for it may contain a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailUrlError {
    /// Not one of the known forms.
    #[error("the mail address is not file:FOLDER, console:, smtp://HOST or smtps://HOST")]
    Unknown,
    /// `tls` has another value than `starttls` and `none`, or there is another parameter.
    #[error("the mail address has an unknown parameter; smtp:// takes tls=starttls and tls=none")]
    Parameter,
    /// A password would go over the network unencrypted.
    #[error("the mail address sends a password without encryption; use smtps:// or tls=starttls")]
    PasswordInTheClear,
    /// TLS cannot be set up.
    #[error("TLS for mail cannot be set up: {0}")]
    Tls(String),
}

enum Transport {
    Folder(PathBuf),
    Console,
    Smtp(Box<SmtpTransport>),
}

/// Sends mail. Every call blocks, up to 20 seconds for each step of a slow server.
pub struct Mailer {
    transport: Transport,
    from: Mailbox,
}

impl Mailer {
    /// Reads where mail goes:
    /// - `file:FOLDER`: one `.eml` file each, readable for the owner only;
    /// - `console:`: standard output, for development;
    /// - `smtps://user:password@host:465`: TLS from the beginning;
    /// - `smtp://user:password@host:587`: STARTTLS, demanded. On this machine itself, or with `?tls=none`, no encryption, then on port 25 and
    ///   without a password.
    ///
    /// `name` stands before the address of the sender; line breaks in it become spaces.
    ///
    /// # Errors
    /// See [`MailUrlError`].
    pub fn new(url: &str, name: &str, from: &EmailAddress) -> Result<Self, MailUrlError> {
        let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let from = Mailbox::new(Some(name), from.as_str().parse().map_err(|_| MailUrlError::Unknown)?);
        let transport = match url.split_once(':') {
            Some(("file", folder)) if !folder.is_empty() => Transport::Folder(PathBuf::from(folder.strip_prefix("//").unwrap_or(folder))),
            Some(("console", "" | "//")) => Transport::Console,
            _ => Transport::Smtp(Box::new(smtp(url, from.email.domain())?)),
        };
        Ok(Self { transport, from })
    }

    /// Sends a mail. `id` becomes part of its `Message-ID`; pass the same one when trying again.
    ///
    /// # Errors
    /// Says whether trying again may help.
    pub fn send(&self, mail: &Mail, id: Uuid, now: Timestamp) -> Result<(), MailError> {
        let message = build(mail, &self.from, id, now)?;
        match &self.transport {
            Transport::Folder(folder) => {
                let path = folder.join(format!("{}-{id}.eml", now.format("%Y%m%dT%H%M%S")));
                write_file(folder, &path, &message).map_err(|error| local(&error))?;
                tracing::info!(file = %path.display(), "mail written to a file; no mail server is configured");
            }
            Transport::Console => {
                let mut out = std::io::stdout().lock();
                let text = format!("To: {}\nSubject: {}\n\n{}\n", mail.to, mail.subject, mail.text);
                out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| local(&error))?;
            }
            Transport::Smtp(transport) => {
                transport.send(&message).map_err(|error| refused(&error))?;
                tracing::info!(mail = %id, "mail handed to the mail server");
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.transport {
            Transport::Folder(_) => "file",
            Transport::Console => "console",
            Transport::Smtp(_) => "smtp",
        };
        f.debug_tuple("Mailer").field(&kind).finish()
    }
}

fn smtp(text: &str, hello: &str) -> Result<SmtpTransport, MailUrlError> {
    let url = Url::parse(text).map_err(|_| MailUrlError::Unknown)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(MailUrlError::Unknown)?;
    let mut encrypted = !here(host);
    for (name, value) in url.query_pairs() {
        encrypted = match (&*name, &*value) {
            ("tls", "starttls") => true,
            ("tls", "none") => false,
            _ => return Err(MailUrlError::Parameter),
        };
    }
    let parameters = || TlsParameters::new(host.trim_matches(['[', ']']).to_owned()).map_err(|error| MailUrlError::Tls(error.to_string()));
    let (tls, port) = match (url.scheme(), encrypted) {
        ("smtps", _) => (Tls::Wrapper(parameters()?), 465),
        ("smtp", true) => (Tls::Required(parameters()?), 587),
        ("smtp", false) => (Tls::None, 25),
        _ => return Err(MailUrlError::Unknown),
    };
    let mut builder = SmtpTransport::builder_dangerous(host.trim_matches(['[', ']']))
        .hello_name(ClientId::Domain(hello.to_owned()))
        .timeout(Some(TIMEOUT))
        .port(url.port().unwrap_or(port));
    if let Some(password) = url.password() {
        if matches!(tls, Tls::None) && !here(host) {
            return Err(MailUrlError::PasswordInTheClear);
        }
        builder = builder.credentials(Credentials::new(decoded(url.username()), decoded(password)));
    }
    Ok(builder.tls(tls).build())
}

fn decoded(text: &str) -> String {
    // As in the name of a form field, without its "+" for a space.
    let pair = format!("x={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Whether the host is this machine itself.
fn here(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        Err(_) => false,
    }
}

/// Letters carry one-time links: the folder and its files are for the owner alone. Renamed when complete, so that a reader sees whole files.
fn write_file(folder: &Path, path: &Path, message: &Message) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let temporary = path.with_extension("part");
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&temporary)?;
    file.write_all(&message.formatted())?;
    file.sync_all()?;
    std::fs::rename(&temporary, path)
}

fn local(error: &std::io::Error) -> MailError {
    MailError { temporary: true, reason: error.to_string() }
}

/// Permanent is only what the server says for good about this one mail. A wrong password or a server that is down concerns all of them, and ends.
/// Of an answer only the code is kept: servers like to repeat the address in the text.
fn refused(error: &lettre::transport::smtp::Error) -> MailError {
    match error.status().map(u16::from) {
        Some(code) => MailError {
            temporary: !error.is_permanent() || matches!(code, 530 | 534 | 535 | 538),
            reason: format!("the mail server answered {code}"),
        },
        None => MailError { temporary: true, reason: error.to_string() },
    }
}
