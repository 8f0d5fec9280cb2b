DROP TABLE idempotency_keys;
DROP TABLE changes;
DROP TABLE import_problems;
DROP TABLE imports;
DROP TABLE runs;
DROP TABLE record_links;
DROP TABLE records;
DROP TABLE sources;
