//! The folder of the keys: names, modes, and writing without half-written files.

use super::KeyError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use domain::{Rng, Timestamp};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

/// File name of the sealing key: 32 raw bytes.
pub(super) const SEAL_KEY: &str = "seal.key";

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> KeyError + '_ {
    move |source| KeyError::Io { path: path.to_owned(), source }
}

/// Makes the folder if needed and waits until this process alone may change it. The system frees the lock even if the process dies.
pub(super) fn lock(folder: &Path) -> Result<File, KeyError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
    let path = folder.join(".lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path).map_err(at(&path))?;
    file.lock().map_err(at(&path))?;
    Ok(file)
}

/// The names of the signing keys, oldest first.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, KeyError> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(at(folder))? {
        let name = entry.map_err(at(folder))?.file_name();
        if let Some(name) = name.to_str().filter(|name| name.ends_with(".pem")) {
            names.push(name.to_owned());
        }
    }
    names.sort_by_key(|name| (parse_name(name).map(|(created_at, _)| created_at), name.clone()));
    Ok(names)
}

pub(super) fn name(created_at: Timestamp, kid: &str) -> String {
    format!("{}-{kid}.pem", created_at.timestamp())
}

pub(super) fn parse_name(name: &str) -> Option<(Timestamp, &str)> {
    let (seconds, kid) = name.strip_suffix(".pem")?.split_once('-')?;
    Some((DateTime::from_timestamp(seconds.parse().ok()?, 0)?, kid))
}

pub(super) fn create_signing_key(folder: &Path, created_at: Timestamp, kid: &str, pkcs8: &[u8], rng: &dyn Rng) -> Result<(), KeyError> {
    let text = STANDARD.encode(pkcs8);
    let mut pem = format!("{BEGIN}\n");
    for (index, char) in text.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            pem.push('\n');
        }
        pem.push(char);
    }
    pem.push_str(&format!("\n{END}\n"));
    write(folder, &name(created_at, kid), pem.as_bytes(), rng)
}

pub(super) fn read_pem(path: &Path) -> Result<Option<Vec<u8>>, KeyError> {
    let text = std::fs::read_to_string(path).map_err(at(path))?;
    let body = text.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
    Ok(body.and_then(|body| STANDARD.decode(body.split_whitespace().collect::<String>()).ok()))
}

pub(super) fn create_seal_key(folder: &Path, rng: &dyn Rng) -> Result<[u8; 32], KeyError> {
    let mut bytes = [0u8; 32];
    rng.fill(&mut bytes);
    write(folder, SEAL_KEY, &bytes, rng)?;
    Ok(bytes)
}

pub(super) fn read_seal_key(folder: &Path) -> Result<Option<[u8; 32]>, KeyError> {
    let path = folder.join(SEAL_KEY);
    match std::fs::read(&path) {
        Ok(bytes) => match bytes.try_into() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(_) => Err(KeyError::Broken { path, reason: "it does not have 32 bytes" }),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(KeyError::Io { path, source }),
    }
}

pub(super) fn remove(folder: &Path, created_at: Timestamp, kid: &str) -> Result<(), KeyError> {
    let path = folder.join(name(created_at, kid));
    std::fs::remove_file(&path).map_err(at(&path))
}

/// Writes under another name, syncs, and renames: readers see the whole file or none.
fn write(folder: &Path, name: &str, bytes: &[u8], rng: &dyn Rng) -> Result<(), KeyError> {
    let mut random = [0u8; 8];
    rng.fill(&mut random);
    let temporary = folder.join(format!(".new-{}", hex::encode(random)));
    let written = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(at(&temporary))?;
    let path = folder.join(name);
    std::fs::rename(&temporary, &path).map_err(at(&path))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}
