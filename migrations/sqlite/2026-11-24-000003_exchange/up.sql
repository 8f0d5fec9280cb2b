-- Safe imports: how much a full import may withdraw without asking, and whom to tell when something is wrong.
ALTER TABLE sources ADD COLUMN brake_percent BIGINT NOT NULL DEFAULT 20;
ALTER TABLE sources ADD COLUMN brake_records BIGINT NOT NULL DEFAULT 5;
ALTER TABLE sources ADD COLUMN contact_email TEXT;
-- When its people were last told that imports fail or wait.
ALTER TABLE sources ADD COLUMN told_at BIGINT;
-- How columns of a table become fields, as JSON.
ALTER TABLE sources ADD COLUMN column_mapping TEXT;

ALTER TABLE imports ADD COLUMN dry_run BIGINT NOT NULL DEFAULT 0;
-- How many records it would have withdrawn when it stopped to ask.
ALTER TABLE imports ADD COLUMN expected_withdrawals BIGINT;
-- How many the source had published then.
ALTER TABLE imports ADD COLUMN expected_published BIGINT;
-- The file of an import that waits for somebody to confirm it.
ALTER TABLE imports ADD COLUMN file_id TEXT;
ALTER TABLE imports ADD COLUMN decided_at BIGINT;
ALTER TABLE imports ADD COLUMN decided_by TEXT;
-- The import that this one takes back, and the one that took this one back.
ALTER TABLE imports ADD COLUMN undoes TEXT;
ALTER TABLE imports ADD COLUMN undone_by TEXT;
-- For the warning that an import is still running: records read so far.
ALTER TABLE imports ADD COLUMN progress BIGINT NOT NULL DEFAULT 0;

-- The format of the payload, so that it can be decoded again.
ALTER TABLE records ADD COLUMN format TEXT;
UPDATE records SET format = COALESCE((SELECT format FROM imports WHERE imports.source_id = records.source_id AND imports.state = 'succeeded'
  ORDER BY imports.id DESC LIMIT 1), 'ndjson');

-- What an import did to each record, with what was there before: the report, and what an undo restores.
CREATE TABLE import_changes (
  import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record_id TEXT NOT NULL,
  record_kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  action TEXT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT,
  hash_after BLOB,
  hash_before BLOB,
  state_before TEXT,
  format_before TEXT,
  slug_before TEXT,
  document_before TEXT,
  payload_before BLOB,
  PRIMARY KEY (import_id, record_id)
) WITHOUT ROWID;

-- Fields that were edited in the portal and are kept from the feed. The value is JSON; `null` for a field that was emptied.
CREATE TABLE record_edits (
  record_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  edited_at BIGINT NOT NULL,
  edited_by TEXT NOT NULL,
  PRIMARY KEY (record_id, field)
) WITHOUT ROWID;

-- Offers that may be the same, and what was decided about them. `first_id` < `second_id`.
CREATE TABLE duplicate_pairs (
  id TEXT NOT NULL PRIMARY KEY,
  first_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  second_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  score BIGINT NOT NULL,
  reasons TEXT NOT NULL,
  state TEXT NOT NULL,
  kept_id TEXT,
  found_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by TEXT,
  version BIGINT NOT NULL,
  UNIQUE (first_id, second_id)
);
CREATE INDEX duplicate_pairs_by_state ON duplicate_pairs (state, score, id);
CREATE INDEX duplicate_pairs_by_second ON duplicate_pairs (second_id);

-- Records that are not shown because another one is shown in their place.
CREATE TABLE record_merges (
  record_id TEXT NOT NULL PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
  into_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX record_merges_by_target ON record_merges (into_id);

-- Files in pieces: uploads that are not finished, imports that wait, nightly dumps.
CREATE TABLE files (
  id TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  source_id TEXT REFERENCES sources (id),
  owner TEXT,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  received BIGINT NOT NULL,
  sha256 TEXT,
  change_seq BIGINT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  licences TEXT
);
CREATE INDEX files_by_purpose ON files (purpose, name, id);

CREATE TABLE file_chunks (
  file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  start BIGINT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (file_id, start)
);

-- Feeds that the portal fetches itself. A node claims a fetch by moving `claimed_until`.
CREATE TABLE schedules (
  source_id TEXT NOT NULL PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  format TEXT NOT NULL,
  mode TEXT NOT NULL,
  every_minutes BIGINT NOT NULL,
  enabled BIGINT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  content_hash TEXT,
  next_at BIGINT NOT NULL,
  claimed_until BIGINT,
  failures BIGINT NOT NULL,
  last_attempt_at BIGINT,
  last_success_at BIGINT,
  last_new_at BIGINT,
  last_error TEXT,
  told_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX schedules_by_next ON schedules (enabled, next_at);

CREATE TABLE webhooks (
  id TEXT NOT NULL PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  filter TEXT NOT NULL,
  secret BLOB NOT NULL,
  previous_secret BLOB,
  previous_secret_until BIGINT,
  enabled BIGINT NOT NULL,
  position BIGINT NOT NULL,
  failing_since BIGINT,
  -- Why the portal itself disabled it.
  disabled_because TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX webhooks_by_source ON webhooks (source_id, id);

CREATE TABLE webhook_deliveries (
  id TEXT NOT NULL PRIMARY KEY,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  last_attempt_at BIGINT,
  claimed_until BIGINT,
  finished_at BIGINT,
  last_status BIGINT,
  last_error TEXT
);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (state, next_attempt_at);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);

-- The later entries of a record: an entry that one of them supersedes may be cleared away after its time.
CREATE INDEX changes_by_record ON changes (record_id, seq);
