-- Entities: one table a kind; the columns are the fields of the dataclasses in domain/entities.py, in their order.
-- `crc` covers all columns of a row, so that a flipped bit inside a value is noticed (sync.md R63).
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE workspace (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, required TEXT NOT NULL, deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, workspace TEXT NOT NULL REFERENCES workspace (lid),
  archived INTEGER NOT NULL, deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, color TEXT NOT NULL, client TEXT REFERENCES client (lid),
  workspace TEXT NOT NULL REFERENCES workspace (lid), billable INTEGER NOT NULL,
  archived INTEGER NOT NULL, deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, project TEXT NOT NULL REFERENCES project (lid), estimate_seconds INTEGER,
  archived INTEGER NOT NULL, deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, workspace TEXT NOT NULL REFERENCES workspace (lid),
  deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `folded` is the description as it is searched: no case, no accents.
CREATE TABLE time_entry (
  lid TEXT PRIMARY KEY, start INTEGER NOT NULL, stop INTEGER CHECK (stop IS NULL OR stop >= start),
  description TEXT NOT NULL, project TEXT REFERENCES project (lid), task TEXT REFERENCES task (lid),
  tags TEXT NOT NULL, billable INTEGER NOT NULL, workspace TEXT NOT NULL REFERENCES workspace (lid),
  plan_task TEXT, zone TEXT NOT NULL, deleted INTEGER NOT NULL, crc INTEGER NOT NULL, folded TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_running ON time_entry ((stop IS NULL)) WHERE stop IS NULL AND deleted = 0;
CREATE INDEX time_entry_by_start ON time_entry (start) WHERE deleted = 0;
CREATE INDEX time_entry_by_stop ON time_entry (stop) WHERE deleted = 0;
CREATE INDEX time_entry_by_project ON time_entry (project, start) WHERE deleted = 0;

CREATE TABLE favourite (
  lid TEXT PRIMARY KEY, description TEXT NOT NULL, project TEXT REFERENCES project (lid),
  task TEXT REFERENCES task (lid), tags TEXT NOT NULL, billable INTEGER NOT NULL, position INTEGER NOT NULL,
  deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The journal: undo, history and the change feed of every process. `state`: 0 done, 1 undone, 2 undone for good; it alone
-- changes later and is not in the checksum, as `unsent` is not in a binding's.
-- `before` holds the old values of the fields a change touched (NULL: the row is new); `after` the whole row.
CREATE TABLE step (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, name TEXT NOT NULL, origin TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('do', 'undo', 'redo')), target INTEGER REFERENCES step (seq),
  crc INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX step_undoable ON step (seq) WHERE role = 'do' AND origin = 'here' AND state = 0;
CREATE INDEX step_redoable ON step (seq) WHERE state = 1;
CREATE TABLE change (
  seq INTEGER NOT NULL REFERENCES step (seq), place INTEGER NOT NULL, kind TEXT NOT NULL, lid TEXT NOT NULL,
  before TEXT, after TEXT NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (seq, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_by_row ON change (kind, lid);

-- Where a local row lives elsewhere: the last server copy, and what the server refused (house rule: state syncs, not operations).
CREATE TABLE binding (
  service TEXT NOT NULL CHECK (service IN ('track', 'plan')), kind TEXT NOT NULL, lid TEXT NOT NULL, rid INTEGER,
  base TEXT, crc INTEGER NOT NULL, unsent INTEGER NOT NULL DEFAULT 1, gone INTEGER NOT NULL DEFAULT 0, hold TEXT,
  PRIMARY KEY (service, kind, lid)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX binding_by_rid ON binding (service, kind, rid) WHERE rid IS NOT NULL;
CREATE INDEX binding_waiting ON binding (service, unsent) WHERE unsent = 1 OR hold IS NOT NULL;

-- What a change displaced: kept with its content until a person decides.
CREATE TABLE shelf (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL, lid TEXT,
  rid INTEGER, content TEXT NOT NULL, resolved_at INTEGER
) STRICT;
