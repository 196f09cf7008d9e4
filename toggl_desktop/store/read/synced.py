"""What a sync asks of the store that is no row of one kind."""

from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.ids import ANY_SAMPLE
from toggl_desktop.store.bindings import only_of_plan, only_planned
from toggl_desktop.store.source import Source

_HOMES = "(SELECT lid FROM binding WHERE service = 'track' AND kind = 'workspace')"
_UNTIED = dict.fromkeys(("client", "project", "tag"), f"workspace IN {_HOMES}") | {
    "client": f"workspace IN {_HOMES} AND NOT {only_of_plan('client.lid')}",
    "project": f"workspace IN {_HOMES} AND NOT {only_planned('project.lid')}",
    "task": f"project IN (SELECT lid FROM project WHERE workspace IN {_HOMES})",
    "time_entry": f"workspace IN {_HOMES} AND (start >= :low OR stop IS NULL)",
}
# sql: names only
_PLANNED = " UNION ALL ".join(
    f"SELECT 1 FROM {kind} WHERE deleted = 0 AND project = :lid"
    for kind in ("plan_task", "segment", "status", "plan_tag", "milestone")
)


def numbers(source: Source) -> list[tuple[str, str, int]]:
    """Returns kind, local id and Track's number of everything that entries point to."""
    return source.rows(  # the kinds by name: an account has many more entries than things
        "SELECT kind, lid, rid FROM binding WHERE service = 'track' AND rid IS NOT NULL "
        "AND kind IN ('workspace', 'client', 'project', 'tag', 'task')"
    )


def untied(source: Source, kind: str, low: int, limit: int) -> list[str]:
    """Returns rows of Track's workspaces that have no tie yet; of entries those from `low` on.

    Sample data is nobody's and is left out, and so is a project that only the plan knows, with
    its client.
    """
    sql = (  # sql: names only
        f"SELECT lid FROM {kind} WHERE deleted = 0 AND {_UNTIED[kind]} "
        f"AND substr(lid, 1, {len(ANY_SAMPLE)}) <> :sample AND lid NOT IN "
        "(SELECT lid FROM binding WHERE service = 'track' AND kind = :kind) LIMIT :limit"
    )
    values = {"kind": kind, "low": low, "limit": limit, "sample": ANY_SAMPLE}
    return [lid for (lid,) in source.rows(sql, values)]


def strays(source: Source) -> list[str]:
    """Returns entries that wait to be sent, or for a person, with a tag of another workspace."""
    rows = source.rows(
        "SELECT DISTINCT e.lid FROM binding AS b INDEXED BY binding_waiting "
        "JOIN time_entry AS e ON e.lid = b.lid JOIN json_each(e.tags) AS borne "
        "JOIN tag AS t ON t.lid = borne.value WHERE b.service = 'track' "
        "AND (b.unsent = 1 OR b.hold IS NOT NULL) AND b.kind = 'time_entry' "
        "AND e.deleted = 0 AND t.workspace <> e.workspace"
    )
    return [lid for (lid,) in rows]


def count_unknown(source: Source) -> int:
    """Returns how many rows stand for something that is pointed to and was never read."""
    return int(
        source.value(
            "SELECT count(*) FROM binding WHERE service = 'track' AND rid IS NOT NULL "
            "AND kind IN ('workspace', 'client', 'project', 'tag', 'task') "
            "AND base IS NULL AND gone = 0"
        )
    )


def next_start(source: Source, start: int) -> int | None:
    """Returns when the next entry begins after a moment; None when none does."""
    found: int | None = source.value(
        "SELECT min(start) FROM time_entry WHERE deleted = 0 AND start > ?", (start,)
    )
    return found


def is_planned(source: Source, project: str) -> bool:
    """Tells whether the plan needs a project."""
    return bool(source.rows(f"{_PLANNED} LIMIT 1", {"lid": project}))  # sql: names only


def was_made_here(source: Source, kind: str, lid: str) -> bool:
    """Tells whether a row began with a step of this computer's, not with a server's word."""
    found = source.value(
        "SELECT step.origin FROM change JOIN step ON step.seq = change.seq "
        "WHERE change.kind = ? AND change.lid = ? ORDER BY change.seq LIMIT 1",
        (kind, lid),
    )
    return bool(found == Origin.HERE)


def was_deleted_here(source: Source, kind: str, lid: str) -> bool:
    """Tells whether it was a person who deleted a row, not a server's word."""
    found = source.value(
        "SELECT step.origin FROM change JOIN step ON step.seq = change.seq "
        "WHERE change.kind = ? AND change.lid = ? "
        "AND json_type(change.before, '$.deleted') IS NOT NULL ORDER BY change.seq DESC LIMIT 1",
        (kind, lid),
    )
    return bool(found == Origin.HERE)
