"""Steps of the log, done again in a file that does not know them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import (
    KINDS,
    PALETTE,
    Entity,
    Entry,
    Project,
)
from toggl_desktop.domain.ids import ProjectId
from toggl_desktop.store import bindings, journal, schema, tables
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.editlog import Line
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Change, Step

_UNKNOWN = "Unknown (recovered)"


def replay(connection: sqlite3.Connection, lines: Iterable[Line]) -> tuple[int, int]:
    """Does the steps again, in their order, each whole or not at all; under the write lock.

    A step whose neighbours are lost still counts: what it points to and is gone gets a row with a
    name that says so, and of two running entries the earlier one ends where the later one begins.

    Returns:
        How many were done, and how many could not be understood.
    """
    done = failed = at = 0
    stopped: set[str] = set()
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for line in lines:
            connection.execute("BEGIN IMMEDIATE")
            try:
                stopped.update(_do(connection, line))
                connection.execute("COMMIT")
                done, at = done + 1, line["at"]
            except (ValueError, KeyError, TypeError, sqlite3.IntegrityError):
                failed += 1  # of a newer program, perhaps: the ones around it still count
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        if done:
            _make_up_for_the_lost(connection, at, stopped)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return done, failed


def _do(connection: sqlite3.Connection, line: Line) -> list[str]:
    """Does a step; returns the entries that had to be stopped because their stop is lost."""
    stopped: list[str] = []
    known = connection.execute("SELECT 1 FROM step WHERE seq = ?", (line["target"],)).fetchone()
    target = line["target"] if known else None
    row = (line["at"], line["name"], line["origin"], line["role"], target)
    connection.execute(
        "INSERT INTO step (seq, at, name, origin, role, target, crc) VALUES (?,?,?,?,?,?,?)",
        (line["seq"], *row, journal.checksum(row)),
    )
    changes = [c for c in line["changes"] if c[0] in KINDS]
    entities = [tables.revived(kind, after) for kind, _, _, after in changes]
    for entity in entities:
        if isinstance(entity, Entry) and entity.is_running and not entity.deleted:
            stopped += _stop_others(connection, entity)
        put(connection, entity)
    if line["origin"] == Origin.HERE:
        bindings.mark_unsent(connection, entities)
    journal.put_changes(connection, line["seq"], journal.told(changes))
    journal.mark(connection, line["role"], line["origin"], target)
    for key, value in line["meta"].items():
        schema.put_meta(connection, key, value)
    for values in line["bindings"]:
        bindings.put(connection, Binding(**values))
    return stopped


def put(connection: sqlite3.Connection, entity: Entity) -> None:
    """Writes an entity's row."""
    connection.execute(tables.UPSERT[entity.kind], tables.values_for_upsert(entity))


def _stop_others(connection: sqlite3.Connection, later: Entry) -> list[str]:
    where = "WHERE stop IS NULL AND deleted = 0 AND lid <> ?"
    others = tables.load(Source(connection), Entry, where, (later.lid,))
    for running in others:
        put(connection, replace(running, stop=max(running.start, later.start)))
    return [running.lid for running in others]


_POINTERS: tuple[tuple[str, str, str], ...] = (
    ("dependency", "before", "plan_task"),
    ("dependency", "after", "plan_task"),
    ("time_off", "member", "member"),
    ("plan_task", "series", "plan_task"),
    ("plan_task", "segment", "segment"),
    ("plan_task", "status", "status"),
    ("milestone", '"group"', "plan_group"),
    ("segment", "project", "project"),
    ("status", "project", "project"),
    ("plan_tag", "project", "project"),
    ("plan_task", "project", "project"),
    ("milestone", "project", "project"),
    ("time_entry", "task", "task"),
    ("favourite", "task", "task"),
    ("task", "project", "project"),
    ("time_entry", "project", "project"),
    ("favourite", "project", "project"),
    ("project", "client", "client"),
    ("client", "workspace", "workspace"),
    ("project", "workspace", "workspace"),
    ("tag", "workspace", "workspace"),
    ("time_entry", "workspace", "workspace"),
    ("member", "workspace", "workspace"),
    ("plan_group", "workspace", "workspace"),
    ("plan_task", "workspace", "workspace"),
    ("milestone", "workspace", "workspace"),
)
_OF_PROJECT = frozenset({"task", "segment", "status"})


def _make_up_for_the_lost(connection: sqlite3.Connection, at: int, stopped: set[str]) -> None:
    """Gives everything that is pointed to and not there a row, in one step of its own.

    That step also says of the entries that had to be stopped that they were.
    """
    lost: dict[tuple[str, str], Entity] = {}
    connection.execute("BEGIN IMMEDIATE")
    try:
        for kind, field, parent in _POINTERS:
            others = ", project" if parent in _OF_PROJECT else ""
            rows = connection.execute(  # sql: names only
                f"SELECT DISTINCT {field}{others} FROM {kind} WHERE {field} IS NOT NULL "
                f"AND {field} NOT IN (SELECT lid FROM {parent})"
            ).fetchall()
            for lid, *rest in rows:
                lost[parent, lid] = _stand_in(parent, lid, *rest)
                put(connection, lost[parent, lid])
        changes = [Change(entity, None, tables.plain(entity)) for entity in lost.values()]
        cut = [tables.get(Source(connection), Entry, lid) for lid in sorted(stopped)]
        changes += [Change(e, {"stop": None}, tables.plain(e)) for e in cut if e is not None]
        if changes:
            told = journal.told([(c.entity.kind, c.entity.lid, c.before, c.after) for c in changes])
            journal.write(connection, Step(at, "Make up for steps that were lost"), told)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _stand_in(kind: str, lid: str, project: Any = None) -> Entity:  # noqa: ANN401
    if kind in _OF_PROJECT:
        return tables.revived(kind, {"lid": lid, "name": _UNKNOWN, "project": project})
    if kind == "project":
        return Project(ProjectId(lid), _UNKNOWN, PALETTE[0])
    return tables.revived(kind, {"lid": lid, "name": _UNKNOWN})
