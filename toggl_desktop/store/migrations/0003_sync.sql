-- A write that was sent and of which nobody knows yet what became: at most one a row, written before its first byte leaves
-- (sync.md 2.6). `payload` is what was sent, `max_rid` the highest number known from that server then. `ended_at` counts
-- seconds since the boot named beside it; NULL: the process that sent it died on the way.
CREATE TABLE attempt (
  service TEXT NOT NULL, kind TEXT NOT NULL, lid TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('create', 'update', 'delete')), payload TEXT NOT NULL, sent_at INTEGER,
  max_rid INTEGER NOT NULL, ended_at REAL, boot_id TEXT, crc INTEGER NOT NULL, PRIMARY KEY (service, kind, lid)
) STRICT, WITHOUT ROWID;

-- How far each kind was read: `at` is the newest change seen, by the server's clock; `fetched_at` and `full_at` are ours.
CREATE TABLE cursor (
  service TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER, max_rid INTEGER NOT NULL, fetched_at INTEGER, full_at INTEGER,
  PRIMARY KEY (service, kind)
) STRICT, WITHOUT ROWID;

-- What was asked of a server within the last hour, one row for each of its buckets; `sends` are seconds since that boot.
CREATE TABLE quota (
  scope TEXT PRIMARY KEY, boot_id TEXT NOT NULL, boot REAL NOT NULL, wall INTEGER NOT NULL, sends TEXT NOT NULL,
  total INTEGER NOT NULL, remaining INTEGER, resets REAL, parked REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX shelf_open ON shelf (reason) WHERE resolved_at IS NULL;
