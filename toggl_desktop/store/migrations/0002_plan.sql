-- The plan: one table a kind; the columns are the fields of the dataclasses in domain/plan/entities.py, in their order.
-- Days are ordinals, minutes count from midnight, lists are JSON. Only CREATE TABLE and CREATE INDEX here (schema._expected).
CREATE TABLE member (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, initials TEXT NOT NULL, email TEXT NOT NULL, color TEXT NOT NULL,
  is_placeholder INTEGER NOT NULL, capacity TEXT NOT NULL, holidays TEXT NOT NULL, weight REAL NOT NULL,
  workspace TEXT NOT NULL REFERENCES workspace (lid), deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_group (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, members TEXT NOT NULL, position INTEGER NOT NULL,
  workspace TEXT NOT NULL REFERENCES workspace (lid), deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE segment (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, project TEXT NOT NULL REFERENCES project (lid), position INTEGER NOT NULL,
  deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_by_project ON segment (project) WHERE deleted = 0;

CREATE TABLE status (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, project TEXT NOT NULL REFERENCES project (lid), position INTEGER NOT NULL,
  icon TEXT NOT NULL, is_done INTEGER NOT NULL, is_hidden INTEGER NOT NULL, deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX status_by_project ON status (project) WHERE deleted = 0;

CREATE TABLE plan_tag (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, project TEXT NOT NULL REFERENCES project (lid), color TEXT NOT NULL,
  deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_tag_by_project ON plan_tag (project) WHERE deleted = 0;

CREATE TABLE plan_task (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, start INTEGER, "end" INTEGER, start_minute INTEGER, end_minute INTEGER,
  project TEXT REFERENCES project (lid), segment TEXT REFERENCES segment (lid), status TEXT REFERENCES status (lid),
  members TEXT NOT NULL, tags TEXT NOT NULL, color TEXT, estimate_minutes INTEGER, estimate_kind TEXT NOT NULL,
  skips_weekend INTEGER NOT NULL, notes TEXT NOT NULL, checklist TEXT NOT NULL, is_done INTEGER NOT NULL,
  weight REAL NOT NULL, board_position REAL NOT NULL, repeat TEXT NOT NULL,
  series TEXT REFERENCES plan_task (lid) DEFERRABLE INITIALLY DEFERRED,
  workspace TEXT NOT NULL REFERENCES workspace (lid), deleted INTEGER NOT NULL, crc INTEGER NOT NULL,
  CHECK ((start IS NULL) = ("end" IS NULL) AND (start IS NULL OR "end" >= start))
) STRICT;
CREATE INDEX plan_task_by_days ON plan_task (start, "end") WHERE deleted = 0 AND start IS NOT NULL;
CREATE INDEX plan_task_undated ON plan_task (project) WHERE deleted = 0 AND start IS NULL;
CREATE INDEX plan_task_by_project ON plan_task (project, start) WHERE deleted = 0;
CREATE INDEX plan_task_by_series ON plan_task (series, start) WHERE deleted = 0 AND series IS NOT NULL;

CREATE TABLE milestone (
  lid TEXT PRIMARY KEY, name TEXT NOT NULL, day INTEGER NOT NULL, color TEXT NOT NULL, is_done INTEGER NOT NULL,
  is_holiday INTEGER NOT NULL, project TEXT REFERENCES project (lid), "group" TEXT REFERENCES plan_group (lid),
  workspace TEXT NOT NULL REFERENCES workspace (lid), deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX milestone_by_day ON milestone (day) WHERE deleted = 0;

CREATE TABLE time_off (
  lid TEXT PRIMARY KEY, member TEXT NOT NULL REFERENCES member (lid), start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  reason TEXT NOT NULL, note TEXT NOT NULL, deleted INTEGER NOT NULL, crc INTEGER NOT NULL, CHECK ("end" >= start)
) STRICT, WITHOUT ROWID;
CREATE INDEX time_off_by_member ON time_off (member) WHERE deleted = 0;

-- “after” waits for “before”; on this computer only.
CREATE TABLE dependency (
  lid TEXT PRIMARY KEY, before TEXT NOT NULL REFERENCES plan_task (lid), after TEXT NOT NULL REFERENCES plan_task (lid),
  deleted INTEGER NOT NULL, crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dependency_by_before ON dependency (before) WHERE deleted = 0;
CREATE INDEX dependency_by_after ON dependency (after) WHERE deleted = 0;

-- How long was tracked for a plan task.
CREATE INDEX time_entry_by_plan_task ON time_entry (plan_task) WHERE plan_task IS NOT NULL AND deleted = 0;
