"""What gave way: the other side's words of a conflict, what was deleted elsewhere, what is strange.

Written in the same transaction as the change that displaced it (sync.md R8), kept until a person
decides, and never the only copy of anything that still lives.
"""

import json
from dataclasses import dataclass
from typing import Any, Final, Literal

from toggl_desktop.store.attempts import Statement
from toggl_desktop.store.source import Row, Source

Reason = Literal[
    "conflict", "deleted elsewhere", "trash", "undeleted", "merged", "strange", "twice", "decided"
]
DECIDE: Final = ("conflict", "deleted elsewhere", "undeleted", "twice")
"""Reasons that ask a person for a decision; the others are only kept."""

LONGEST = 65_536


@dataclass(frozen=True, slots=True)
class Shelved:
    """One thing on the shelf.

    Attributes:
        content: The values that gave way, in the words of a binding's `base`.
        id: Its number; 0 before it is written.
    """

    at: int
    reason: Reason
    kind: str
    lid: str | None
    rid: int | None
    content: dict[str, Any]
    id: int = 0
    resolved_at: int | None = None


_SELECT = "SELECT at, reason, kind, lid, rid, content, id, resolved_at FROM shelf"


def put(one: Shelved) -> Statement:
    """Returns what puts something on the shelf, for `Transaction.also`."""
    content = json.dumps(one.content, ensure_ascii=False)
    return (
        "INSERT INTO shelf (at, reason, kind, lid, rid, content) VALUES (?,?,?,?,?,?)",
        (one.at, one.reason, one.kind, one.lid, one.rid, content),
    )


def resolved(number: int, at: int) -> Statement:
    """Returns what marks one as decided; its content stays."""
    return "UPDATE shelf SET resolved_at = ? WHERE id = ? AND resolved_at IS NULL", (at, number)


def reopened(number: int) -> Statement:
    """Returns what asks about one again."""
    return "UPDATE shelf SET resolved_at = NULL WHERE id = ?", (number,)


def decided(source: Source, seq: int) -> list[Shelved]:
    """Returns the notes of what a step of the journal decided (`store.decided`)."""
    rows = source.rows(
        _SELECT + " WHERE reason = 'decided' AND json_extract(content, '$.step') = ? ORDER BY id",
        (seq,),
    )
    return [_revived(source, row) for row in rows]


def get(source: Source, number: int) -> Shelved | None:
    """Returns one by its number, or None."""
    row = source.row(_SELECT + " WHERE id = ?", (number,))
    return _revived(source, row) if row else None


def unresolved(source: Source) -> list[Shelved]:
    """Returns what is not decided yet, oldest first."""
    rows = source.rows(_SELECT + " WHERE resolved_at IS NULL ORDER BY id")
    return [_revived(source, row) for row in rows]


def _revived(source: Source, row: Row) -> Shelved:
    at, reason, kind, lid, rid, content, number, resolved_at = row
    return Shelved(at, reason, kind, lid, rid, source.parsed(content, dict), number, resolved_at)
