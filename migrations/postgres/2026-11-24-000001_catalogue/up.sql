-- Times are microseconds since 1970 in UTC. Ids are UUIDs as text of 36 characters.
-- Text that is compared or ordered has the collation "C", so that both databases order alike.

CREATE TABLE sources (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C" NOT NULL UNIQUE,
  name TEXT NOT NULL,
  licence TEXT COLLATE "C" NOT NULL,
  secret_hash TEXT COLLATE "C" UNIQUE,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT,
  confirmed_at BIGINT,
  version BIGINT NOT NULL
);

CREATE TABLE records (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id),
  external_id TEXT COLLATE "C" NOT NULL,
  organization_id TEXT COLLATE "C",
  state TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  content_hash BYTEA NOT NULL,
  slug TEXT COLLATE "C" NOT NULL,
  document TEXT NOT NULL,
  payload BYTEA NOT NULL,
  UNIQUE (source_id, kind, external_id)
);
-- Pages of one kind in order of id: rebuilding the search index, site map.
CREATE INDEX records_by_kind ON records (kind, state, id);

CREATE TABLE record_links (
  record_id TEXT COLLATE "C" NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  target_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (record_id, target_id)
);
CREATE INDEX record_links_by_target ON record_links (target_id, record_id);

CREATE TABLE runs (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  offer_id TEXT COLLATE "C" NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  organization_id TEXT COLLATE "C" NOT NULL,
  ags TEXT COLLATE "C",
  starts_at BIGINT NOT NULL,
  ends_at BIGINT
);
CREATE INDEX runs_by_start ON runs (starts_at, id);
CREATE INDEX runs_by_offer ON runs (offer_id);

CREATE TABLE imports (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id),
  format TEXT COLLATE "C" NOT NULL,
  mode TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
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
  import_id TEXT COLLATE "C" NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  ordinal BIGINT NOT NULL,
  line BIGINT,
  record_kind TEXT COLLATE "C",
  record_id TEXT COLLATE "C",
  problem TEXT NOT NULL,
  PRIMARY KEY (import_id, ordinal)
);

CREATE TABLE changes (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  record_id TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE idempotency_keys (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id),
  key TEXT COLLATE "C" NOT NULL,
  request_hash TEXT COLLATE "C" NOT NULL,
  import_id TEXT COLLATE "C" NOT NULL REFERENCES imports (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (source_id, key)
);
