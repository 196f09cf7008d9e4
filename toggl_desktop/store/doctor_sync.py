"""What must never be between here and a server: the questions that `doctor` asks about the sync.

The first ones are counted at every start. The others compare each row with its last server copy:
what differs and is not marked as unsent would never be sent, and that is an edit lost (R6, R67).
"""

from typing import Final

from toggl_desktop.domain.entities import KINDS
from toggl_desktop.domain.ids import ANY_SAMPLE
from toggl_desktop.store.bindings import TRACKED
from toggl_desktop.store.check import Check
from toggl_desktop.store.shelf import DECIDE

_TIE = "SELECT count(*) FROM binding AS b"
_TRY = (
    "SELECT count(*) FROM attempt AS a LEFT JOIN binding AS b "
    "ON b.service = a.service AND b.kind = a.kind AND b.lid = a.lid"
)
_REASON = "CASE WHEN json_valid(b.hold) THEN json_extract(b.hold, '$.reason') END"
_REASONS: Final = ("refused", "duplicate", "planned", "rule", "no access", "server")
_SHELVES: Final = (*DECIDE, "trash", "merged", "strange", "decided")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(repr(word) for word in words)


def _rows(test: str) -> str:
    """Returns the count of bound rows of any kind of the account for which something is so."""
    # sql: names only
    return " UNION ALL ".join(
        f"{_TIE} JOIN {kind} AS e ON e.lid = b.lid WHERE b.service = 'track' "
        f"AND b.kind = '{kind}' AND {test}"
        for kind in TRACKED
    )


# sql: names only
CHECKS: Final = (
    Check(
        "{} rows wait for an answer and have no tie to the server",
        f"{_TRY} WHERE b.lid IS NULL",
    ),
    Check(
        "{} rows were sent as new ones and have a number already",
        f"{_TRY} WHERE a.op = 'create' AND b.rid IS NOT NULL",
    ),
    Check(
        "{} changes were sent of rows that have no number there",
        f"{_TRY} WHERE a.op <> 'create' AND b.lid IS NOT NULL AND b.rid IS NULL",
    ),
    Check(
        "{} possible duplicates are on their way at the same time",
        f"{_TRY} WHERE {_REASON} = 'duplicate'",
    ),
    Check(
        "{} possible duplicates have a number already",
        f"{_TIE} WHERE {_REASON} = 'duplicate' AND b.rid IS NOT NULL",
    ),
    Check(
        "{} answers are awaited since a moment of no known start of the machine",
        "SELECT count(*) FROM attempt WHERE (ended_at IS NULL) <> (boot_id IS NULL)",
    ),
    Check(
        "{} rows are held for no known reason",
        f"{_TIE} WHERE b.hold IS NOT NULL AND coalesce({_REASON}, '') NOT IN ({_listed(_REASONS)})",
    ),
    Check(
        "{} rows were deleted there without ever having been there",
        f"{_TIE} WHERE b.gone = 1 AND b.rid IS NULL",
    ),
    Check(
        "{} marks of the sync are neither yes nor no",
        f"{_TIE} WHERE b.gone NOT IN (0, 1) OR b.unsent NOT IN (0, 1)",
    ),
    Check(
        "{} rows live here, are deleted there, and would never be sent",
        _rows("e.deleted = 0 AND b.gone = 1 AND b.unsent = 0"),
    ),
    Check(
        "{} rows are deleted here and would never be deleted there",
        _rows("e.deleted = 1 AND b.rid IS NOT NULL AND b.gone = 0 AND b.unsent = 0"),
    ),
    Check(
        "{} new rows would never be sent",
        _rows("e.deleted = 0 AND b.rid IS NULL AND b.unsent = 0 AND b.hold IS NULL"),
    ),
    Check(
        "{} sample rows are tied to a server",
        f"{_TIE} WHERE b.lid LIKE '{ANY_SAMPLE}%' AND b.rid IS NOT NULL",
    ),
    Check(
        "{} kinds were read up to a moment that cannot be",
        "SELECT count(*) FROM cursor WHERE at < 0 OR max_rid < 0 "
        "OR (kind = 'time_entry' AND at IS NOT NULL AND fetched_at IS NULL)",
    ),
    Check(
        "{} limits of a server make no sense",
        "SELECT count(*) FROM quota WHERE total < 1 OR remaining < 0 "
        "OR CASE WHEN json_valid(sends) THEN json_type(sends) <> 'array' ELSE 1 END",
    ),
    Check(
        "{} things lie on the shelf for no known reason",
        f"SELECT count(*) FROM shelf WHERE reason NOT IN ({_listed(_SHELVES)}) "
        f"OR kind NOT IN ({_listed(tuple(KINDS))}) OR NOT json_valid(content)",
    ),
    Check(
        "this computer's workspace is joined with two others",
        "SELECT count(*) > 1 FROM binding WHERE service = 'track' AND kind = 'workspace' "
        "AND rid IS NOT NULL AND lid = 'local'",
    ),
)
"""What SQL can count in no time."""


def _differs(*fields: str) -> str:
    return " OR ".join(f"json_extract(b.base, '$.{field}') IS NOT e.{field}" for field in fields)


def _points_elsewhere(field: str) -> str:
    """Returns whether a row points to something else than the server's row does."""
    # sql: names only
    number = (
        f"(SELECT t.rid FROM binding AS t WHERE t.service = 'track' AND t.kind = '{field}' "
        f"AND t.lid = e.{field})"
    )
    return (
        f"json_extract(b.base, '$.{field}') IS NOT {number} "
        f"OR (e.{field} IS NOT NULL AND {number} IS NULL)"
    )


_TAGGED_ELSE: Final = (
    "json_array_length(e.tags) <> coalesce(json_array_length(b.base, '$.tags'), 0) "
    "OR EXISTS (SELECT 1 FROM json_each(e.tags) AS j WHERE NOT EXISTS (SELECT 1 "
    "FROM binding AS t WHERE t.service = 'track' AND t.kind = 'tag' AND t.lid = j.value "
    "AND t.rid IN (SELECT value FROM json_each(b.base, '$.tags'))))"
)
_OTHERWISE: Final = {
    "time_entry": " OR ".join(
        (
            _differs("description", "start", "stop", "billable"),
            *map(_points_elsewhere, ("workspace", "project", "task")),
            _TAGGED_ELSE,
        )
    ),
    "project": " OR ".join(
        (_differs("name", "color", "billable", "archived"), _points_elsewhere("client"))
    ),
    "client": _differs("name", "archived"),
    "tag": _differs("name"),
    "task": _differs("name", "estimate_seconds", "archived"),
}

# sql: names only
ROW_CHECKS: Final = tuple(
    Check(
        f"{{}} rows of kind {kind} are not what the server has and would never be sent",
        f"{_TIE} JOIN {kind} AS e ON e.lid = b.lid WHERE b.service = 'track' "
        f"AND b.kind = '{kind}' AND e.deleted = 0 AND b.unsent = 0 AND b.gone = 0 "
        f"AND b.hold IS NULL AND b.rid IS NOT NULL AND b.base IS NOT NULL AND ({test})",
    )
    for kind, test in _OTHERWISE.items()
)
"""What is asked when every row is looked at."""
