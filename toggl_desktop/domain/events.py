"""What a row's change means to somebody who only listens: created, updated, started and so on."""

from collections.abc import Mapping
from typing import Any

from toggl_desktop.domain.entities import Client, Entry, Project, Tag, Task, Workspace

TOLD = frozenset(
    {
        *(cls.kind for cls in (Workspace, Client, Project, Task, Tag, Entry)),
        *("plan_task", "milestone"),
    }
)
"""The kinds whose changes are events."""


def kinds(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns the events that a change is, in the order they happened; none for other kinds.

    `started` and `stopped` always come in pairs: an entry deleted while it runs has stopped, one
    that an undo brings back running has started.

    Args:
        kind: The row's kind.
        before: The old values of the fields that changed; None for a new row.
        after: The whole row as it is then.
    """
    if kind not in TOLD or before == {}:  # nothing of the row itself: only what a server knows
        return ()
    is_there = not after["deleted"]
    was_there = before is not None and not before.get("deleted", after["deleted"])
    if not is_there and not was_there:
        return ()
    ran = was_there and before is not None and _runs(kind, {**after, **before})
    runs = is_there and _runs(kind, after)
    if not was_there:
        first = f"{kind}.created"
    elif not is_there:
        first = f"{kind}.deleted"
    else:
        first = f"{kind}.updated"
    if ran and not runs:
        last = f"{kind}.stopped"
        return (first, last) if is_there else (last, first)
    return (first, f"{kind}.started") if runs and not ran else (first,)


def _runs(kind: str, values: Mapping[str, Any]) -> bool:
    return kind == Entry.kind and values["stop"] is None
