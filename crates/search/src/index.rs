//! The index of one node: opening, writing, and the snapshot readers work on.

mod bits;
mod codes;
mod document;
mod order;
mod schema;
mod segment;
mod snapshot;
mod stored;
mod view;
mod writer;

pub(crate) use bits::Bits;
pub(crate) use codes::group_of_organization;
pub(crate) use document::words::{SEPARATOR, without_umlauts};
pub(crate) use document::{CHILDCARE, Documents, EXAMPLE, NETWORK_MEMBER, OF_ORGANIZATION, millionths, minute};
pub(crate) use order::Order;
pub(crate) use schema::Fields;
pub(crate) use segment::{FOREIGN, Segment, TEXT_FIELDS, TOPIC};
pub(crate) use snapshot::{Snapshot, title_of};
pub(crate) use stored::{StoredItem, StoredRun, StoredText as Snippet};
pub(crate) use view::View;
pub use writer::Writer;

use crate::catalogue::{Names, OfferPage, OfferQuery, OrganizationPage, OrganizationQuery, Suggestion};
use crate::{Analysis, SearchError};
use codes::CodeTable;
use domain::Timestamp;
use domain::areas::Region;
use domain::vocabularies::Vocabularies;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tantivy::directory::MmapDirectory;
use tantivy::store::Compressor;
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy};

/// How many records the lists show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Offers that are published and not over.
    pub offers: u64,
    /// Organisations.
    pub organizations: u64,
}

/// The search index of this node.
pub struct SearchIndex {
    documents: Documents,
    reader: IndexReader,
    writer: Mutex<writer::Inner>,
    codes: CodeTable,
    snapshot: RwLock<Arc<Snapshot>>,
    last_seq: AtomicI64,
    generation: AtomicU64,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex").field("last_seq", &self.last_seq()).field("generation", &self.generation()).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// Opens the index under `directory`, or begins an empty one if there is none, or if it was built with other words, vocabularies,
    /// areas or by another version. An empty index has [`SearchIndex::last_seq`] 0 and must be filled from the records.
    pub fn open(directory: &Path, analysis: Analysis, vocabularies: Arc<Vocabularies>, region: Arc<Region>) -> Result<Self, SearchError> {
        let name = format!("search-{}", fingerprint(&analysis, &vocabularies, &region));
        std::fs::create_dir_all(directory)?;
        for entry in std::fs::read_dir(directory)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|n| n.starts_with("search-") && n != name) {
                tracing::info!(directory = %entry.path().display(), "removing the search index of another version");
                std::fs::remove_dir_all(entry.path())?;
            }
        }
        let path = directory.join(name);
        std::fs::create_dir_all(&path)?;
        let (fields, schema) = Fields::build();
        let settings = IndexSettings {
            // A page reads a few small documents from all over the store; unpacking big blocks for them would be most of its work.
            docstore_compression: Compressor::None,
            docstore_blocksize: 4096,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let directory = MmapDirectory::open(&path).map_err(tantivy::TantivyError::from)?;
        let index = Index::builder().schema(schema).settings(settings).open_or_create(directory)?;
        let analysis = Arc::new(analysis);
        schema::register(&index, &analysis);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::OnCommitWithDelay).doc_store_cache_num_blocks(1).try_into()?;
        let last_seq = writer::read_payload(&index)?;
        let writer = writer::Inner::new(&index)?;
        let codes = CodeTable::default();
        let snapshot = Arc::new(Snapshot::build(reader.searcher(), fields, &codes, None)?);
        Ok(Self {
            documents: Documents { fields, analysis, names: Names::new(&vocabularies, &region), vocabularies, region },
            reader,
            writer: Mutex::new(writer),
            codes,
            snapshot: RwLock::new(snapshot),
            last_seq: AtomicI64::new(last_seq),
            generation: AtomicU64::new(1),
        })
    }

    /// The last change that is in the index; 0 for an empty index.
    pub fn last_seq(&self) -> i64 {
        self.last_seq.load(Ordering::Acquire)
    }

    /// Counts up with every commit since the index was opened.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Writes to the index. Writers take turns. If `work` fails, what it wrote since its last commit is dropped.
    pub fn write<T>(&self, work: impl FnOnce(&mut Writer<'_>) -> Result<T, SearchError>) -> Result<T, SearchError> {
        let mut inner = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = Writer::new(self, &mut inner);
        let result = work(&mut writer);
        if result.is_err() {
            inner.rollback()?;
        }
        result
    }

    /// Offers that answer a query.
    pub fn offers(&self, query: &OfferQuery, now: Timestamp) -> Result<OfferPage, SearchError> {
        crate::catalogue::offers(self.snapshot()?.as_ref(), &self.documents, query, now)
    }

    /// Organisations that answer a query.
    pub fn organizations(&self, query: &OrganizationQuery, now: Timestamp) -> Result<OrganizationPage, SearchError> {
        crate::catalogue::organizations(self.snapshot()?.as_ref(), &self.documents, query, now)
    }

    /// Suggestions for a text that is being typed, at most `limit`, labels in `language`.
    pub fn suggest(&self, text: &str, language: &str, limit: usize, now: Timestamp) -> Result<Vec<Suggestion>, SearchError> {
        crate::catalogue::suggest(self.snapshot()?.as_ref(), &self.documents, text, language, limit, now)
    }

    /// How many records the lists show.
    pub fn counts(&self, now: Timestamp) -> Result<Counts, SearchError> {
        let snapshot = self.snapshot()?;
        let view = snapshot.view(minute(now))?;
        Ok(Counts { offers: view.offer_count, organizations: view.organization_count })
    }

    /// The current snapshot. Segments that were merged in the background are taken over here.
    pub(crate) fn snapshot(&self) -> Result<Arc<Snapshot>, SearchError> {
        let searcher = self.reader.searcher();
        let current = self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone();
        if current.is_of(&searcher) {
            return Ok(current);
        }
        let mut slot = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        // Another request may have been faster.
        let searcher = self.reader.searcher();
        if !slot.is_of(&searcher) {
            *slot = Arc::new(Snapshot::build(searcher, self.documents.fields, &self.codes, Some(&slot))?);
        }
        Ok(slot.clone())
    }

    fn committed(&self, last_seq: i64) -> Result<(), SearchError> {
        self.reader.reload()?;
        self.snapshot()?;
        self.last_seq.store(last_seq, Ordering::Release);
        self.generation.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }
}

/// Digest of everything that shapes the documents.
fn fingerprint(analysis: &Analysis, vocabularies: &Vocabularies, region: &Region) -> String {
    let mut hash = Sha256::new();
    hash.update(schema::VERSION.to_le_bytes());
    hash.update(analysis.fingerprint());
    for vocabulary in vocabularies.iter() {
        hash.update(serde_json::to_vec(vocabulary).unwrap_or_default());
    }
    hash.update(serde_json::to_vec(region.areas()).unwrap_or_default());
    let digest = hash.finalize();
    hex::encode(digest.get(..8).unwrap_or_default())
}
