//! Nightly dumps of the whole catalogue for everybody: made once by any node, kept in the database, so that every node has them.
//!
//! A record whose licence reserves all rights is not in them: it may be looked at, not passed on.

use crate::Services;
use chrono::{Duration, Timelike};
use domain::catalogue::{Licence, Offer, Organization, RecordKind};
use domain::partners::FilePurpose;
use domain::{Timestamp, Uuid, new_id};
use exchange::out::{Site, csv, licence};
use flate2::Compression;
use flate2::write::GzEncoder;
use persistence::files::{self, StoredFile};
use persistence::{Rounds, changes, dumps, records};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// How long a dump is kept.
pub const KEPT: Duration = Duration::days(7);

/// Records read at a time.
const PAGE: i64 = 500;

/// Name that only one node holds while it makes dumps.
const CLAIM: &str = "dumps";

/// The hour of the region's day from which dumps are made.
const HOUR: u32 = 2;

/// How often a node looks whether it is time. The first time is soon after the start.
const EVERY: std::time::Duration = std::time::Duration::from_secs(1800);
const FIRST: std::time::Duration = std::time::Duration::from_secs(120);

/// Why there is no dump.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// What the database says.
    #[error(transparent)]
    Store(#[from] persistence::Error),
    /// What the disk says.
    #[error("a dump cannot be written: {0}")]
    Io(#[from] io::Error),
    /// A record that cannot be read.
    #[error("the record {id} cannot be read: {error}")]
    Record {
        /// Its id.
        id: Uuid,
        /// What is wrong.
        error: serde_json::Error,
    },
}

/// What a dump holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Catalogue,
    Offers,
    Organizations,
}

impl Content {
    const ALL: &[Self] = &[Self::Catalogue, Self::Offers, Self::Organizations];

    /// First and last part of the name, and the media type of what is packed.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Catalogue => ("catalogue", "ndjson.gz", "application/x-ndjson"),
            Self::Offers => ("offers", "csv.gz", "text/csv"),
            Self::Organizations => ("organizations", "csv.gz", "text/csv"),
        }
    }

    fn kinds(self) -> &'static [RecordKind] {
        match self {
            Self::Catalogue => RecordKind::ALL,
            Self::Offers => &[RecordKind::Offer],
            Self::Organizations => &[RecordKind::Organization],
        }
    }
}

/// Makes all dumps. `None` if another node is at it.
///
/// # Errors
/// What the database or the disk says, or a record that cannot be read.
pub fn make(services: &Services, site: &Site) -> Result<Option<Vec<StoredFile>>, DumpError> {
    let Some(claim) = services.store.claim(CLAIM)? else { return Ok(None) };
    let made = all(services, site)?;
    drop(claim);
    Ok(Some(made))
}

/// Makes all dumps if there are none of this day yet.
fn make_daily(services: &Services, site: &Site) -> Result<Option<Vec<StoredFile>>, DumpError> {
    let now = services.clock.now();
    let local = now.with_timezone(&site.zone);
    let Some(claim) = services.store.claim(CLAIM)? else { return Ok(None) };
    // Asked under the claim: another node may have made them a moment ago.
    let latest = services.store.read(|connection| dumps::list(connection, now))?.into_iter().map(|dump| dump.file.created_at).max();
    let today = latest.is_some_and(|at| at.with_timezone(&site.zone).date_naive() == local.date_naive());
    if today || (latest.is_some() && local.hour() < HOUR) {
        return Ok(None);
    }
    let made = all(services, site)?;
    drop(claim);
    Ok(Some(made))
}

fn all(services: &Services, site: &Site) -> Result<Vec<StoredFile>, DumpError> {
    let now = services.clock.now();
    let made = Content::ALL.iter().map(|content| one(services, site, *content, now)).collect();
    services.store.write(move |tx| files::expire(tx, now))?;
    made
}

fn one(services: &Services, site: &Site, content: Content, now: Timestamp) -> Result<StoredFile, DumpError> {
    // Read before the records: what changes meanwhile is in the feed after this number, and taking it twice does no harm.
    let seq = services.store.read(changes::last_seq)?;
    let mut spool = tempfile::tempfile()?;
    let mut packed = GzEncoder::new(io::BufWriter::new(&mut spool), Compression::default());
    let licences = write(services, site, content, now, &mut packed)?;
    packed.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    let size = spool.seek(SeekFrom::End(0))?;
    let digest = digest(&mut spool)?;
    spool.seek(SeekFrom::Start(0))?;
    let (first, last, _) = content.names();
    let stamp = now.format("%Y%m%dT%H%M%SZ");
    let file = StoredFile {
        id: new_id(&*services.clock, &*services.rng),
        purpose: FilePurpose::Dump,
        source_id: None,
        owner: None,
        name: format!("{first}-{stamp}.{last}"),
        media_type: "application/gzip".to_owned(),
        size,
        received: 0,
        sha256: None,
        change_seq: Some(seq),
        created_at: now,
        // Until it is complete: what breaks off is cleared away soon.
        expires_at: Some(now + Duration::hours(6)),
    };
    files::keep(&services.store, &file, &mut spool)?;
    let (id, licences): (_, Vec<Licence>) = (file.id, licences.into_iter().collect());
    let until = now + KEPT;
    let published = digest.clone();
    services.store.write(move |tx| dumps::publish(tx, id, &published, &licences, until))?;
    Ok(StoredFile { received: size, sha256: Some(digest), expires_at: Some(until), ..file })
}

fn digest(input: &mut (impl Read + Seek)) -> io::Result<String> {
    input.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = input.read(&mut buffer)?;
        match buffer.get(..read) {
            Some(bytes) if !bytes.is_empty() => hash.update(bytes),
            _ => return Ok(hex::encode(hash.finalize())),
        }
    }
}

/// Writes the records a page at a time; the licences that occur.
fn write(services: &Services, site: &Site, content: Content, now: Timestamp, output: &mut dyn Write) -> Result<BTreeSet<Licence>, DumpError> {
    let table = csv::Table { site, vocabularies: &services.vocabularies, language: "de", at: now };
    match content {
        Content::Catalogue => {}
        Content::Offers => output.write_all(table.offer_head().as_bytes())?,
        Content::Organizations => output.write_all(table.organization_head().as_bytes())?,
    }
    let mut licences = BTreeSet::new();
    for kind in content.kinds() {
        let mut after = None;
        loop {
            let page = services.store.read(|connection| records::page(connection, *kind, after, PAGE))?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for record in &page {
                let unreadable = |error| DumpError::Record { id: record.id, error };
                let code = licence_of(&record.document).map_err(unreadable)?;
                if !licence(code).open {
                    continue;
                }
                licences.insert(code);
                match content {
                    Content::Catalogue => line(*kind, &record.document, output)?,
                    Content::Offers => {
                        let offer: Offer = serde_json::from_str(&record.document).map_err(unreadable)?;
                        output.write_all(csv::offer_row(&table, &offer).as_bytes())?;
                    }
                    Content::Organizations => {
                        let organization: Organization = serde_json::from_str(&record.document).map_err(unreadable)?;
                        output.write_all(csv::organization_row(&table, &organization).as_bytes())?;
                    }
                }
            }
        }
    }
    Ok(licences)
}

fn licence_of(document: &str) -> serde_json::Result<Licence> {
    #[derive(serde::Deserialize)]
    struct Licensed {
        licence: Licence,
    }
    serde_json::from_str::<Licensed>(document).map(|record| record.licence)
}

/// The record as the API shows it, with its type in front.
fn line(kind: RecordKind, document: &str, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{{\"type\":\"{}\",{}", kind.code(), document.strip_prefix('{').unwrap_or(document))
}

/// Starts to make dumps once a day. Every node may: they take turns, and one of them makes the dumps of a day.
///
/// # Errors
/// If there is no thread to be had.
pub fn start(services: Services, site: Site) -> io::Result<Rounds> {
    Rounds::start("dumps", FIRST, EVERY, move || match make_daily(&services, &site) {
        Ok(Some(made)) => {
            tracing::info!(files = made.len(), bytes = made.iter().map(|file| file.size).sum::<u64>(), "made the dumps of the day");
        }
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "the dumps of the day cannot be made"),
    })
}
