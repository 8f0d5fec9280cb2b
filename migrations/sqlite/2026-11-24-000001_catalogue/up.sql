-- Times are microseconds since 1970 in UTC. Ids are UUIDs as text of 36 characters.
-- Small columns come before the large ones: a row that runs over its page is then still read with one page for everything but the document.

CREATE TABLE sources (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  licence TEXT NOT NULL,
  secret_hash TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT,
  confirmed_at BIGINT,
  version BIGINT NOT NULL
);

CREATE TABLE records (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  source_id TEXT NOT NULL REFERENCES sources (id),
  external_id TEXT NOT NULL,
  organization_id TEXT,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  content_hash BLOB NOT NULL,
  slug TEXT NOT NULL,
  document TEXT NOT NULL,
  payload BLOB NOT NULL,
  UNIQUE (source_id, kind, external_id)
);
-- Pages of one kind in order of id: rebuilding the search index, site map.
CREATE INDEX records_by_kind ON records (kind, state, id);

CREATE TABLE record_links (
  record_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  target_id TEXT NOT NULL,
  PRIMARY KEY (record_id, target_id)
) WITHOUT ROWID;
CREATE INDEX record_links_by_target ON record_links (target_id, record_id);

CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  offer_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  organization_id TEXT NOT NULL,
  ags TEXT,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT
) WITHOUT ROWID;
CREATE INDEX runs_by_start ON runs (starts_at, id);
CREATE INDEX runs_by_offer ON runs (offer_id);

CREATE TABLE imports (
  id TEXT NOT NULL PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES sources (id),
  format TEXT NOT NULL,
  mode TEXT NOT NULL,
  state TEXT NOT NULL,
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  withdrawn BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  problem_count BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  failure TEXT
);
CREATE INDEX imports_by_source ON imports (source_id, id);

CREATE TABLE import_problems (
  import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  ordinal BIGINT NOT NULL,
  line BIGINT,
  record_kind TEXT,
  record_id TEXT,
  problem TEXT NOT NULL,
  PRIMARY KEY (import_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE changes (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  action TEXT NOT NULL,
  version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE idempotency_keys (
  source_id TEXT NOT NULL REFERENCES sources (id),
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  import_id TEXT NOT NULL REFERENCES imports (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (source_id, key)
) WITHOUT ROWID;
