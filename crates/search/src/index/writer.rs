//! Writing to the index.

use super::SearchIndex;
use crate::SearchError;
use domain::Uuid;
use domain::catalogue::{Offer, Organization, PublicationState};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexWriter, Term};

/// Memory for documents that are not written yet. The smallest the library allows: the rest of the program needs it more.
const MEMORY: usize = 15_000_000;

/// The writer behind its lock.
pub(super) struct Inner {
    writer: IndexWriter,
}

impl Inner {
    pub(super) fn new(index: &Index) -> Result<Self, SearchError> {
        let options = IndexWriterOptions::builder().memory_budget_per_thread(MEMORY).num_worker_threads(1).num_merge_threads(1).build();
        let writer = index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        // Changes come in many small commits: few segments keep searches fast, and rewriting ten thousand documents takes little.
        policy.set_min_num_segments(4);
        policy.set_min_layer_size(2_000);
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self { writer })
    }

    pub(super) fn rollback(&mut self) -> Result<(), SearchError> {
        self.writer.rollback()?;
        Ok(())
    }
}

/// What the payload of a commit says.
#[derive(serde::Serialize, serde::Deserialize)]
struct Payload {
    last_seq: i64,
}

/// The last change the index on disk contains.
pub(super) fn read_payload(index: &Index) -> Result<i64, SearchError> {
    let payload = index.load_metas()?.payload;
    Ok(payload.and_then(|text| serde_json::from_str::<Payload>(&text).ok()).map_or(0, |p| p.last_seq))
}

/// Writes to the index; what it writes can be found after [`Writer::commit`].
pub struct Writer<'a> {
    index: &'a SearchIndex,
    inner: &'a mut Inner,
}

impl<'a> Writer<'a> {
    pub(super) fn new(index: &'a SearchIndex, inner: &'a mut Inner) -> Self {
        Self { index, inner }
    }

    /// Adds an offer in the place of the one with the same id. An offer that is not published is taken out.
    pub fn put_offer(&mut self, offer: &Offer) -> Result<(), SearchError> {
        self.delete(offer.meta.id);
        if offer.meta.state == PublicationState::Published {
            self.inner.writer.add_document(self.index.documents.offer(offer)?)?;
        }
        Ok(())
    }

    /// Adds an organisation in the place of the one with the same id. One that is not published is taken out.
    pub fn put_organization(&mut self, organization: &Organization) -> Result<(), SearchError> {
        self.delete(organization.meta.id);
        if organization.meta.state == PublicationState::Published {
            self.inner.writer.add_document(self.index.documents.organization(organization)?)?;
        }
        Ok(())
    }

    /// Takes out the record with this id; nothing happens if there is none.
    pub fn delete(&mut self, id: Uuid) {
        self.inner.writer.delete_term(Term::from_field_text(self.index.documents.fields.id, &id.to_string()));
    }

    /// Takes out everything, for building anew.
    pub fn clear(&mut self) -> Result<(), SearchError> {
        self.inner.writer.delete_all_documents()?;
        Ok(())
    }

    /// Makes everything written so far durable and visible. `last_seq` is the last change it contains.
    pub fn commit(&mut self, last_seq: i64) -> Result<(), SearchError> {
        let payload = format!("{{\"last_seq\":{last_seq}}}");
        let mut commit = self.inner.writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        self.index.committed(last_seq)
    }
}
