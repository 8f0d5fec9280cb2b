-- Accounts, sessions, partner systems, audit. Secrets are kept as hashes or sealed with a key that is not in the database.

CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT,
  email_key TEXT UNIQUE,
  name TEXT NOT NULL,
  search_key TEXT NOT NULL,
  language TEXT NOT NULL,
  status TEXT NOT NULL,
  password_hash TEXT,
  password_changed_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_sign_in_at BIGINT,
  version BIGINT NOT NULL
);

CREATE TABLE memberships (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  role TEXT NOT NULL,
  organization_id TEXT,
  status TEXT NOT NULL,
  invited_name TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX memberships_once ON memberships (account_id, role, COALESCE(organization_id, ''));
CREATE INDEX memberships_by_organization ON memberships (organization_id, id);

CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  methods TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  authenticated_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  address TEXT,
  user_agent TEXT,
  ended_at BIGINT,
  end_reason TEXT
);
CREATE INDEX sessions_by_account ON sessions (account_id, id);

CREATE TABLE refresh_tokens (
  token_hash TEXT NOT NULL PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  issued_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE one_time_tokens (
  token_hash TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  account_id TEXT REFERENCES accounts (id),
  subject_id TEXT,
  data TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX one_time_tokens_by_account ON one_time_tokens (account_id, purpose);

CREATE TABLE totp_factors (
  account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
  secret BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
  code_hash TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX recovery_codes_by_account ON recovery_codes (account_id);

CREATE TABLE passkeys (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  credential_id TEXT NOT NULL UNIQUE,
  credential TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT
);
CREATE INDEX passkeys_by_account ON passkeys (account_id);

CREATE TABLE identity_links (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_links_by_account ON identity_links (account_id);

-- Something begun that needs a second message: sign-in with two factors, passkeys, sign-in at another provider.
CREATE TABLE ceremonies (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  account_id TEXT REFERENCES accounts (id),
  state BLOB NOT NULL,
  attempts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE mails (
  id TEXT NOT NULL PRIMARY KEY,
  content BLOB,
  created_at BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  sent_at BIGINT,
  failed_at BIGINT,
  last_error TEXT
);
CREATE INDEX mails_by_next_attempt ON mails (next_attempt_at);

CREATE TABLE applications (
  id TEXT NOT NULL PRIMARY KEY,
  organization_name TEXT NOT NULL,
  organization_kind TEXT NOT NULL,
  website TEXT,
  contact_name TEXT NOT NULL,
  email TEXT,
  email_key TEXT,
  message TEXT,
  language TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  verified_at BIGINT,
  decided_at BIGINT,
  decided_by TEXT,
  reason TEXT,
  organization_id TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX applications_by_status ON applications (status, id);
CREATE INDEX applications_by_email ON applications (email_key);

CREATE TABLE clients (
  id TEXT NOT NULL PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES sources (id),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  jwks TEXT,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX clients_by_source ON clients (source_id, id);

CREATE TABLE client_secrets (
  id TEXT NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  secret_hash TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX client_secrets_by_client ON client_secrets (client_id, id);

-- Ids of tokens that must not be taken (again): client assertions seen, access tokens revoked.
CREATE TABLE spent_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX spent_tokens_by_expiry ON spent_tokens (expires_at);

-- Each entry holds the hash of the one before. What is personal stands apart under salted hashes, one for who acted and one for what it was done
-- to, and can be erased without breaking the chain: somebody who leaves takes their name along, not the traces of what they did to others.
CREATE TABLE audit_entries (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  action TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_id TEXT,
  organization_id TEXT,
  actor_hash BLOB NOT NULL,
  detail_hash BLOB NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, seq);
CREATE INDEX audit_entries_by_target ON audit_entries (target_id, seq);
CREATE INDEX audit_entries_by_action ON audit_entries (action, seq);

CREATE TABLE audit_actors (
  seq INTEGER NOT NULL PRIMARY KEY REFERENCES audit_entries (seq),
  salt BLOB NOT NULL,
  name TEXT,
  address TEXT,
  user_agent TEXT
);

CREATE TABLE audit_details (
  seq INTEGER NOT NULL PRIMARY KEY REFERENCES audit_entries (seq),
  salt BLOB NOT NULL,
  target_name TEXT,
  before TEXT,
  after TEXT
);

-- The secrets of sources become the first secrets of clients: partners go on with what they have.
INSERT INTO clients (id, source_id, name, scopes, created_at, version)
  SELECT id, id, name, 'imports:run', created_at, 1 FROM sources WHERE secret_hash IS NOT NULL;
INSERT INTO client_secrets (id, client_id, secret_hash, hint, created_at)
  SELECT id, id, secret_hash, '', created_at FROM sources WHERE secret_hash IS NOT NULL;
-- SQLite cannot drop a column that is unique: the table is made anew, while foreign keys are off (see `persistence::migrations`).
CREATE TABLE sources_new (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  licence TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT,
  confirmed_at BIGINT,
  version BIGINT NOT NULL,
  organization_id TEXT
);
INSERT INTO sources_new (id, key, name, licence, created_at, revoked_at, confirmed_at, version)
  SELECT id, key, name, licence, created_at, revoked_at, confirmed_at, version FROM sources;
DROP TABLE sources;
ALTER TABLE sources_new RENAME TO sources;
-- Who ran it: `account:ID`, `client:ID` or `system`.
ALTER TABLE imports ADD COLUMN actor TEXT;
