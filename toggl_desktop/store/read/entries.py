"""Entries as screens and scripts show them: with the names of what they point to."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.domain.limits import HOURS
from toggl_desktop.store.read.places import owner, places
from toggl_desktop.store.source import Row, Source

if TYPE_CHECKING:  # who only reads rows does not pay for the entities (`status` in a terminal)
    from toggl_desktop.domain.entities import Entry

LONGEST_SECONDS = HOURS * 3600
WORDS = 30
"""So many words of a search count: more say nothing more, and SQL's expressions have an end."""
_FEW, _LATELY = 20, 200
_MANY = 3000


class EntryRow(NamedTuple):
    """One entry, ready to show.

    Attributes:
        project: Local id of the project; its name and colour stand beside it.
        tag_ids: Local ids of the tags that still exist, in the order of `tags`.
        start: Epoch seconds UTC; so is `stop`, None while it runs.
        sync: `local`, `unsent`, `synced` or `problem`.
        problem: The server's words when it was refused.
        place: What tells its project from another one of the same name (`places`).
    """

    lid: str
    description: str
    project: str | None
    project_name: str | None
    color: str | None
    client: str | None
    task: str | None
    task_name: str | None
    tags: tuple[str, ...]
    tag_ids: tuple[str, ...]
    billable: bool
    start: int
    stop: int | None
    plan_task: str | None
    sync: str
    problem: str | None
    track_id: int | None
    place: str | None = None

    @property
    def owner(self) -> str | None:
        """Whose its project is, in words: the client, and the place where it matters."""
        return owner(self.client, self.place)

    def seconds(self, now: int) -> int:
        """Returns its length: stop − start, or now − start while it runs; never negative."""
        return max(0, (now if self.stop is None else self.stop) - self.start)


_SELECT = """
SELECT e.lid, e.description, e.project, p.name, p.color, c.name, e.task, t.name, e.tags, e.billable,
       e.start, e.stop, e.plan_task, b.lid, b.rid, b.unsent, b.hold
FROM time_entry e
LEFT JOIN project p ON p.lid = e.project
LEFT JOIN client c ON c.lid = p.client
LEFT JOIN task t ON t.lid = e.task
LEFT JOIN binding b ON b.service = 'track' AND b.kind = 'time_entry' AND b.lid = e.lid
WHERE e.deleted = 0 """
_NEWEST = "ORDER BY e.start DESC, e.lid DESC"
_FINISHED = "FROM time_entry AS e NOT INDEXED WHERE e.deleted = 0 AND e.stop IS NOT NULL "


def tag_names(source: Source) -> dict[str, str]:
    """Returns the names of the tags that exist, by local id."""
    return dict(source.rows("SELECT lid, name FROM tag WHERE deleted = 0"))


def _sync_state(bound: str | None, unsent: int | None, hold: str | None) -> str:
    if bound is None:
        return "local"
    if hold is not None:
        return "problem"
    return "unsent" if unsent else "synced"


def _rows(source: Source, rows: Iterable[Row]) -> list[EntryRow]:
    names: dict[str, str] | None = None
    shared: dict[str, str] | None = None
    found = []
    for row in rows:
        tags, billable, start, stop, plan_task, bound, rid, unsent, hold = row[8:]
        tag_ids: tuple[str, ...] = ()
        if tags != "[]":
            names = tag_names(source) if names is None else names
            tag_ids = tuple(t for t in source.parsed(tags, list) if t in names)
        if row[2] is not None and shared is None:
            shared = places(source)
        values: list[Any] = [
            *row[:8],
            tuple(names[t] for t in tag_ids) if names else (),
            tag_ids,
            bool(billable),
            start,
            stop,
            plan_task,
            _sync_state(bound, unsent, hold),
            None if hold is None else source.parsed(hold, dict).get("text"),
            rid,
            shared.get(row[2]) if shared else None,
        ]
        found.append(EntryRow(*values))
    return found


def running(source: Source) -> EntryRow | None:
    """Returns the running entry, or None."""
    found = _rows(source, source.rows(_SELECT + "AND e.stop IS NULL LIMIT 1"))
    return found[0] if found else None


def one(source: Source, lid: str) -> EntryRow | None:
    """Returns an entry that is not deleted, or None."""
    found = _rows(source, source.rows(_SELECT + "AND e.lid = ?", (lid,)))
    return found[0] if found else None


class Wanted(NamedTuple):
    """Which entries; what is None does not narrow.

    Attributes:
        low: Entries that reach past this instant.
        high: Entries that start before this instant.
        projects: Local ids of projects.
        text: Words that must all stand in description, project, client or tags; case and accents
            do not matter. At most `WORDS` of them count.
        limit: At most so many, the newest.
        lids: Local ids.
        finished: Only what has a stop.
    """

    low: int | None = None
    high: int | None = None
    projects: tuple[str, ...] | None = None
    text: str = ""
    limit: int | None = None
    lids: tuple[str, ...] | None = None
    finished: bool = False


def find(source: Source, wanted: Wanted) -> list[EntryRow]:
    """Returns the wanted entries, newest first."""
    where: list[str] = []
    values: list[object] = []
    if wanted.high is not None:
        where.append("e.start < ?")
        values.append(wanted.high)
    if wanted.low is not None:
        where.append("e.start >= ? AND (coalesce(e.stop, 9e15) > ? OR e.start >= ?)")
        values += [_earliest(source, wanted.low), wanted.low, wanted.low]
    if wanted.projects is not None:
        where.append("e.project IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.projects))
    if wanted.lids is not None:
        where.append("e.lid IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.lids))
    said, found = _said(source, wanted.text)
    values += found
    if said and wanted.finished:
        said.append("e.stop IS NOT NULL")
    elif wanted.finished:
        where.append("e.stop IS NOT NULL")
    if said and not where:
        said, values = _narrowed(source, said, values)
    where += said
    limit = ""
    if wanted.limit is not None:
        limit = " LIMIT ?"
        values.append(wanted.limit)
    clauses = "".join(f"AND {w} " for w in where)  # sql: names only
    sql = _SELECT + clauses + _NEWEST + limit
    return _rows(source, source.rows(sql, values))


def _said(source: Source, text: str) -> tuple[list[str], list[object]]:
    """Returns SQL for each searched word, with its values."""
    said: list[str] = []
    values: list[object] = []
    words = list(dict.fromkeys(fold(text).split()))[:WORDS]
    clauses = sorted((_word_clause(source, word) for word in words), key=_breadth)
    for clause, found in clauses:  # the rarest first: most rows then need no other
        said.append(clause)
        values += found
    return said, values


def _breadth(clause: tuple[str, list[object]]) -> int:
    return sum(len(str(value)) for value in clause[1])


class Hits(NamedTuple):
    """How many finished entries a search finds, and how long they last together."""

    number: int
    seconds: int


class Found(NamedTuple):
    """The newest of what a search finds; `hits` is None where counting takes another pass."""

    rows: list[EntryRow]
    hits: Hits | None


def search(source: Source, text: str, limit: int) -> Found:
    """Returns the newest finished entries that have all words of a text.

    One pass over the entries, shorter where many fit: then `hits` counts them when there is time.
    """
    said, values = _said(source, text)
    sql = f"SELECT e.rowid, e.start, e.stop - e.start {_FINISHED}"
    sql += "".join(f"AND {one} " for one in said)  # sql: names only
    found = source.rows(f"{sql} LIMIT {_MANY + 1}", values)
    if len(found) > _MANY:
        # Many fit: in the order of the index the newest of them are soon found.
        sql = _SELECT + "AND e.stop IS NOT NULL "
        sql += "".join(f"AND {one} " for one in said)  # sql: names only
        return Found(_rows(source, source.rows(sql + _NEWEST + " LIMIT ?", [*values, limit])), None)
    newest = sorted(found, key=_start, reverse=True)[:limit]
    chosen = json.dumps([rowid for rowid, _, _ in newest])
    rows = source.rows(
        _SELECT + "AND e.rowid IN (SELECT value FROM json_each(?)) " + _NEWEST, (chosen,)
    )
    return Found(_rows(source, rows), Hits(len(found), sum(seconds for _, _, seconds in found)))


def hits(source: Source, text: str) -> Hits:
    """Counts what a search finds."""
    said, values = _said(source, text)
    sql = f"SELECT count(*), coalesce(sum(e.stop - e.start), 0) {_FINISHED}"
    sql += "".join(f"AND {one} " for one in said)  # sql: names only
    return Hits(*source.rows(sql, values)[0])


def _start(row: Row) -> int:
    return int(row[1])


def _narrowed(
    source: Source, said: list[str], values: list[object]
) -> tuple[list[str], list[object]]:
    """Returns a search of all entries as the few that it finds, or as it is when it finds many.

    One pass over the rows as they lie costs half of looking each up from an index; but where many
    fit, the newest of them are soon found in the index's order.
    """
    sql = "SELECT e.rowid FROM time_entry AS e NOT INDEXED WHERE e.deleted = 0 "
    sql += "".join(f"AND {one} " for one in said)  # sql: names only
    rowids = [rowid for (rowid,) in source.rows(f"{sql} LIMIT {_MANY + 1}", values)]
    if len(rowids) > _MANY:
        return said, values
    return ["e.rowid IN (SELECT value FROM json_each(?))"], [json.dumps(rowids)]


def _earliest(source: Source, low: int) -> int:
    """Returns where to begin to look for entries that reach past an instant.

    A finished one cannot be longer than the limit; the running one may have been forgotten.
    """
    running: int | None = source.value(
        "SELECT start FROM time_entry WHERE stop IS NULL AND deleted = 0"
    )
    earliest = low - LONGEST_SECONDS
    return earliest if running is None else min(earliest, running)


def _word_clause(source: Source, word: str) -> tuple[str, list[object]]:
    """Returns SQL for one searched word: in the description, or in the name of what it points to.

    Names are few and are looked through here, so that the many entries need one pass only.
    """
    projects = [
        lid
        for lid, name, client in source.rows(
            "SELECT p.lid, p.name, c.name FROM project p LEFT JOIN client c ON c.lid = p.client"
        )
        if word in fold(name) or (client and word in fold(client))
    ]
    tags = [lid for lid, name in tag_names(source).items() if word in fold(name)]
    parts = ["instr(e.folded, ?)"]
    values: list[object] = [word]
    if len(projects) > _FEW:  # likely to fit, and quicker than reading the description
        parts.insert(0, "e.project IN (SELECT value FROM json_each(?))")
        values.insert(0, json.dumps(projects))
    elif projects:
        parts.append("e.project IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(projects))
    if len(tags) > _FEW:
        parts.append(
            "EXISTS (SELECT 1 FROM json_each(e.tags) AS t "
            "WHERE t.value IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(tags))
    else:  # a plain search in the list is quicker than taking each apart
        parts += ["instr(e.tags, ?)"] * len(tags)
        values += tags
    return f"({' OR '.join(parts)})", values


def recents(source: Source, limit: int, *, among: int = 2000) -> list[EntryRow]:
    """Returns what was tracked lately, each content once, latest first, the running one left out.

    What has neither a description nor a project is left out too: it says nothing to a reader.

    Args:
        source: Whom to ask.
        limit: At most so many.
        among: Only the newest so many entries are looked at.
    """
    rows: list[Row] = []
    for newest in (min(among, _LATELY), among):  # these nearly always do, and are read quickly
        rows = source.rows(
            """SELECT lid FROM (
                 SELECT lid, max(start) AS latest, sum(stop IS NULL) AS runs FROM (
                   SELECT * FROM time_entry WHERE deleted = 0 ORDER BY start DESC LIMIT ?)
                 WHERE description <> '' OR project IS NOT NULL
                 GROUP BY description, project, task, tags, billable)
               WHERE runs = 0 ORDER BY latest DESC LIMIT ?""",
            (newest, limit),
        )
        if len(rows) == limit:
            break
    found = [one(source, lid) for (lid,) in rows]
    return [row for row in found if row is not None]


def seconds_between(source: Source, low: int, high: int, now: int) -> int:
    """Returns the seconds tracked in [low, high), entries clipped; a running one up to now."""
    return int(
        source.value(
            """SELECT coalesce(sum(max(0, min(coalesce(stop, max(?, start)), ?)
                                              - max(start, ?))), 0)
               FROM time_entry
               WHERE deleted = 0 AND start < ? AND start >= ? AND coalesce(stop, ?) > ?""",
            (now, high, low, high, _earliest(source, low), now, low),
        )
    )


def in_the_way(source: Source, at: int) -> "list[Entry]":
    """Returns the finished entries that end after an instant: what a start there would meet."""
    return _load(source, "WHERE deleted = 0 AND stop > ?", (at,))


def running_entry(source: Source) -> "Entry | None":
    """Returns the running entry as an entity, for an action; None when nothing runs."""
    found = _load(source, "WHERE deleted = 0 AND stop IS NULL")
    return found[0] if found else None


def latest_stopped(source: Source) -> "Entry | None":
    """Returns the finished entry with the latest stop, or None."""
    where = (
        "WHERE deleted = 0 AND stop IS NOT NULL ORDER BY stop DESC, start DESC, lid DESC LIMIT 1"
    )
    found = _load(source, where)
    return found[0] if found else None


def last_stop(source: Source, now: int) -> int | None:
    """Returns when the entry that stopped last did so; None when none has."""
    found: int | None = source.value(
        "SELECT max(stop) FROM time_entry WHERE deleted = 0 AND stop <= ?", (now,)
    )
    return found


def _load(source: Source, where: str, values: tuple[object, ...] = ()) -> "list[Entry]":
    from toggl_desktop.domain.entities import Entry
    from toggl_desktop.store import tables

    return tables.load(source, Entry, where, values)


def matching_ids(source: Source, text: str) -> list[EntryId]:
    """Returns the ids that begin or end with a text, at most three: enough to see it is not unique.

    The beginnings of ids made close together are alike, their ends are not: lists show the ends.
    """
    if not text or not all(c in "0123456789abcdefABCDEF-" for c in text):
        exact = source.rows("SELECT lid FROM time_entry WHERE lid = ? AND deleted = 0", (text,))
        return [EntryId(lid) for (lid,) in exact]
    rows = source.rows(
        "SELECT lid FROM time_entry WHERE deleted = 0 AND (lid LIKE ? OR lid LIKE ?) LIMIT 3",
        (f"{text}%", f"%{text}"),
    )
    return [EntryId(lid) for (lid,) in rows]
