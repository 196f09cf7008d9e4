"""The store's promises as questions: `doctor` and the program's start ask them; nothing is changed.

Every check finds what must never be; each finding is one sentence without anybody's words in it.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from toggl_desktop.domain.entities import KINDS, REQUIRABLE
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store import (
    attempts,
    bindings,
    doctor_plan,
    doctor_sync,
    editlog,
    journal,
    schema,
    tables,
)
from toggl_desktop.store.check import Check
from toggl_desktop.store.failures import as_known
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source

QUICK_SECONDS = 2.0
_OPCODES = 20_000


_LIVE = "time_entry AS e WHERE e.deleted = 0"

# sql: names only
CHECKS = (
    Check(
        "{} entries run at once beside the one that may",
        "SELECT max(0, count(*) - 1) FROM time_entry WHERE stop IS NULL AND deleted = 0",
    ),
    Check(
        "{} entries stop before they start", "SELECT count(*) FROM time_entry WHERE stop < start"
    ),
    Check(
        "{} entries point to a deleted project",
        f"SELECT count(*) FROM {_LIVE} AND project IN (SELECT lid FROM project WHERE deleted = 1)",
    ),
    Check(
        "{} entries point to a deleted task",
        f"SELECT count(*) FROM {_LIVE} AND task IN (SELECT lid FROM task WHERE deleted = 1)",
    ),
    Check(
        "{} entries have a task of another project",
        f"SELECT count(*) FROM {_LIVE} AND e.task IS NOT NULL AND e.project IS NOT "
        "(SELECT project FROM task WHERE lid = e.task)",
    ),
    Check(
        "{} entries are in another workspace than their project",
        f"SELECT count(*) FROM {_LIVE} AND e.project IS NOT NULL AND e.workspace IS NOT "
        "(SELECT workspace FROM project WHERE lid = e.project)",
    ),
    Check(
        "{} entries bear a tag that is not there",
        "SELECT count(DISTINCT e.lid) FROM time_entry AS e, json_each(e.tags) AS t "
        "WHERE e.deleted = 0 AND e.tags <> '[]' "
        "AND t.value NOT IN (SELECT lid FROM tag WHERE deleted = 0)",
    ),
    Check(
        "{} tasks belong to a deleted project",
        "SELECT count(*) FROM task WHERE deleted = 0 "
        "AND project IN (SELECT lid FROM project WHERE deleted = 1)",
    ),
    Check(
        "{} projects belong to a deleted client",
        "SELECT count(*) FROM project WHERE deleted = 0 "
        "AND client IN (SELECT lid FROM client WHERE deleted = 1)",
    ),
    Check(
        "{} projects are in another workspace than their client",
        "SELECT count(*) FROM project AS p WHERE p.deleted = 0 AND p.client IS NOT NULL "
        "AND p.workspace IS NOT (SELECT workspace FROM client WHERE lid = p.client)",
    ),
    Check(
        "{} favourites point to something deleted",
        "SELECT count(*) FROM favourite WHERE deleted = 0 "
        "AND (project IN (SELECT lid FROM project WHERE deleted = 1) "
        "OR task IN (SELECT lid FROM task WHERE deleted = 1))",
    ),
    Check(
        "{} projects have no colour",
        f"SELECT count(*) FROM project WHERE color NOT GLOB '#{'[0-9a-f]' * 6}'",
    ),
    Check(
        "{} things have no name",
        " UNION ALL ".join(
            f"SELECT sum(trim(name) = '') FROM {kind}"
            for kind in ("workspace", "client", "project", "task", "tag")
        ),
    ),
    Check(
        "{} marks are neither yes nor no",
        " UNION ALL ".join(
            f"SELECT sum({flag} NOT IN (0, 1)) FROM {kind}"
            for kind in KINDS
            for flag in tables.COLUMNS[kind]
            if flag in tables.FLAGS
        ),
    ),
    Check(
        "{} workspaces require a field that does not exist",
        "SELECT count(*) FROM workspace AS w, json_each(w.required) AS f WHERE f.value NOT IN "
        f"({', '.join(repr(name) for name in REQUIRABLE)})",
    ),
    Check("this computer's workspace is gone", "SELECT count(*) = 0 FROM workspace"),
    Check(
        "{} steps undo or redo something that is no step of a person",
        "SELECT count(*) FROM step AS s LEFT JOIN step AS t ON t.seq = s.target "
        "WHERE s.target IS NOT NULL AND (s.role = 'do' OR t.role IS NOT 'do' OR t.seq >= s.seq)",
    ),
    Check(
        "{} steps are in a state that does not exist",
        "SELECT count(*) FROM step WHERE state NOT IN (0, 1, 2) OR (state <> 0 AND role <> 'do')",
    ),
    Check(
        "{} steps can be done again though something newer was done",
        "SELECT count(*) FROM step WHERE state = 1 AND seq < (SELECT max(seq) FROM step "
        "WHERE role = 'do' AND origin = 'here' AND state = 0)",
    ),
    Check(
        "{} steps come from nowhere",
        "SELECT count(*) FROM step WHERE origin NOT IN ('here', 'track', 'plan')",
    ),
    Check(
        "{} steps lack some of their changes",
        "SELECT count(*) FROM (SELECT seq FROM change GROUP BY seq "
        "HAVING min(place) <> 0 OR max(place) <> count(*) - 1)",
    ),
    Check(
        "{} changes are of no kind",
        "SELECT count(*) FROM change WHERE kind NOT IN "
        f"({', '.join(repr(kind) for kind in KINDS)})",
    ),
    Check(
        "the numbers of steps could be used twice",
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'step'), 0) < "
        "coalesce((SELECT max(seq) FROM step), 0)",
    ),
    Check(
        "{} rows are bound to a server and not there",
        " UNION ALL ".join(
            f"SELECT count(*) FROM binding WHERE kind = '{kind}' "
            f"AND lid NOT IN (SELECT lid FROM {kind})"
            for kind in KINDS
        ),
    ),
    Check(
        "{} rows were sent to a server and have no number there",
        "SELECT count(*) FROM binding WHERE base IS NOT NULL AND rid IS NULL",
    ),
    Check(
        "the store has no name of its own",
        f"SELECT count(*) = 0 FROM meta WHERE key = '{schema.STORE_ID}' AND value <> ''",
    ),
)
"""What SQL can count. The rest is looked at row by row, below."""


class Findings(NamedTuple):
    """What is wrong, one sentence each.

    Attributes:
        damage: What a disk does to a file: pages, shape, checksums. Such a file is set aside.
        faults: What only a program can have done wrong. The file is whole and stays in use.
    """

    damage: list[str]
    faults: list[str]


def examine(where: Place, connection: sqlite3.Connection, *, full: bool = False) -> Findings:
    """Returns what is wrong with the store; nothing when all is as it must be.

    Args:
        where: The profile's place.
        connection: A reading connection to its store.
        full: Look at every row, however long it takes. Else the file's structure and what SQL can
            count are looked at, for `QUICK_SECONDS` at most: what that does not reach is left.
    """
    deadline = None if full else time.monotonic() + QUICK_SECONDS

    def is_late() -> int:
        return int(deadline is not None and time.monotonic() > deadline)

    found = Findings([], [])
    connection.set_progress_handler(is_late, _OPCODES)
    try:
        for findings in (_structure, _shape, *((_inside, _checksums) if full else ())):
            found.damage.extend(findings(where, connection))
        whole = not found.damage  # what is damaged need not be asked for its sense
        for findings in (_counted, *((_row_by_row,) if full else ())) if whole else ():
            found.faults.extend(findings(where, connection))
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
            known = as_known(error)
            words = getattr(known, "what", None) or f"It cannot be read to the end: {error}."
            found.damage.append(words)
    except StoreError as error:
        found.damage.append(getattr(error, "what", error.sentence))
    finally:
        connection.set_progress_handler(None, 0)
    return found


Finder = Callable[[Place, sqlite3.Connection], Iterator[str]]


def _structure(_where: Place, connection: sqlite3.Connection) -> Iterator[str]:
    """Whether the pages of the file hang together."""
    for (line,) in connection.execute("PRAGMA quick_check(5)"):
        if line != "ok":
            yield f"The file's structure: {line}."


def _shape(_where: Place, connection: sqlite3.Connection) -> Iterator[str]:
    """Whether it is a store, of the version and the shape this program writes."""
    source = Source(connection)
    if schema.version(source) != schema.newest_version():
        yield "It is not of this program's version."
    schema.refuse_strange(source)


def _counted(_where: Place, connection: sqlite3.Connection) -> Iterator[str]:
    yield from _asked((*CHECKS, *doctor_plan.CHECKS, *doctor_sync.CHECKS), connection)


def _asked(checks: Iterable[Check], connection: sqlite3.Connection) -> Iterator[str]:
    for words, sql in checks:
        count = sum(row[0] or 0 for row in connection.execute(sql))
        if count:
            yield f"{words.format(count)}.".capitalize()


def _inside(_where: Place, connection: sqlite3.Connection) -> Iterator[str]:
    """Whether indexes and tables agree, and everything that is pointed to is there."""
    for (line,) in connection.execute("PRAGMA integrity_check(5)"):
        if line != "ok":
            yield f"The file's inside: {line}."
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        yield f"{len(broken)} rows point to nothing."


def _checksums(_where: Place, connection: sqlite3.Connection) -> Iterator[str]:
    for kind in KINDS:
        sql = f"SELECT {tables.ROW[kind]} FROM {kind}"  # sql: names only
        bad = sum(not tables.fits(row) for row in connection.execute(sql))
        if bad:
            yield f"{bad} rows of kind {kind} do not fit their checksum."
    sql = "SELECT seq, place, kind, lid, before, after, crc FROM change"
    bad = sum(journal.checksum(row[:-1]) != row[-1] for row in connection.execute(sql))
    if bad:
        yield f"{bad} changes in the journal do not fit their checksum."
    sql = "SELECT at, name, origin, role, target, crc FROM step"
    bad = sum(journal.checksum(row[:-1]) != row[-1] for row in connection.execute(sql))
    if bad:
        yield f"{bad} steps in the journal do not fit their checksum."
    sql = "SELECT service, kind, lid, rid, base, gone, hold, crc FROM binding"
    bad = sum(bindings.checksum(row[:-1]) != row[-1] for row in connection.execute(sql))
    if bad:
        yield f"{bad} server copies do not fit their checksum."
    sql = "SELECT service, kind, lid, op, payload, sent_at, max_rid, ended_at, boot_id, crc "
    rows = connection.execute(sql + "FROM attempt")
    bad = sum(attempts.checksum(row[:-1]) != row[-1] for row in rows)
    if bad:
        yield f"{bad} requests without an answer do not fit their checksum."


def _row_by_row(where: Place, connection: sqlite3.Connection) -> Iterator[str]:
    source = Source(connection)
    yield from doctor_plan.circles(where, connection)
    yield from _asked(doctor_sync.ROW_CHECKS, connection)
    for kind in KINDS:
        yield from _rows_of(kind, source, connection)
    wrong = sum(
        fold(text) != folded
        for text, folded in connection.execute("SELECT description, folded FROM time_entry")
    )
    if wrong:
        yield f"{wrong} entries cannot be found by their words."
    mark = editlog.last(where, schema.meta(source, schema.STORE_ID))
    last = journal.last_seq(source)
    if mark is not None and mark.seq > last:
        yield f"The log knows {mark.seq - last} later steps."


def _rows_of(kind: str, source: Source, connection: sqlite3.Connection) -> Iterator[str]:
    """Whether each row is what the journal says it became last."""
    latest = dict(
        connection.execute(
            "SELECT lid, after FROM change WHERE (lid, seq) IN "
            "(SELECT lid, max(seq) FROM change WHERE kind = ? GROUP BY lid) AND kind = ?",
            (kind, kind),
        )
    )
    unknown = other = 0
    for row in connection.execute(f"SELECT {tables.ROW[kind]} FROM {kind}"):  # sql: names only
        after = latest.get(row[0])
        if after is None:
            unknown += row[0] != LOCAL_WORKSPACE
        else:
            other += json.loads(after) != tables.plain(tables.entity(source, kind, row))
    if unknown:
        yield f"{unknown} rows of kind {kind} are not in the journal."
    if other:
        yield f"{other} rows of kind {kind} are not what the journal says."
