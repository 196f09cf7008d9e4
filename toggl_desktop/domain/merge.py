"""Three versions of a row become one: what both last agreed on, what is here, what is there.

Pure. Values are compared as the server knows them; what cannot be compared is never guessed at.
Ours wins a conflict and theirs is handed back to be kept, with the exceptions of a time entry below
(sync.md, 2.9). Nothing is dropped: every value that gives way is in `theirs` or in `ours`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Values = Mapping[str, Any]

TOGETHER: Final = (("workspace", "project", "task"),)
"""Fields that mean something only together: one side's is taken whole."""

SETS: Final = frozenset({"tags"})
"""Fields that are sets: what either side added or took away counts."""


@dataclass(frozen=True, slots=True)
class Merged:
    """One row out of three.

    Attributes:
        values: What the row becomes here; where it differs from the server's it is unsent.
        theirs: Values of the server that gave way to ours.
        ours: Values of ours that gave way to the server's.
    """

    values: dict[str, Any]
    theirs: dict[str, Any] = field(default_factory=dict)
    ours: dict[str, Any] = field(default_factory=dict)


def merge(base: Values, mine: Values, server: Values) -> Merged:
    """Returns the row that keeps what each side changed.

    Args:
        base: What both sides last agreed on; it may lack fields that were never known.
        mine: The row as it is here, every field.
        server: The row as the server has it, every field.
    """
    result = Merged(dict(mine))
    done = {"stop"}
    _merge_stop(base, mine, server, result)
    for group in TOGETHER:
        names = tuple(name for name in group if name in server)
        _merge_whole(names, base, mine, server, result)
        done.update(names)
    for name in server:
        if name in SETS:
            result.values[name] = _united(base.get(name, ()), mine[name], server[name])
        elif name not in done:
            _merge_whole((name,), base, mine, server, result)
    _keep_in_order(mine, server, result)
    return result


def dirty(base: Values, mine: Values) -> dict[str, Any]:
    """Returns the fields of ours that differ from what the server has, with our values."""
    return {name: value for name, value in mine.items() if name not in base or base[name] != value}


def _merge_whole(
    names: tuple[str, ...], base: Values, mine: Values, server: Values, result: Merged
) -> None:
    """Takes the fields from the side that changed them; from ours when both did."""
    if not names:
        return
    theirs_changed = any(name not in base or base[name] != server[name] for name in names)
    ours_changed = any(name not in base or base[name] != mine[name] for name in names)
    if not theirs_changed:
        return
    if ours_changed:
        result.theirs.update({n: server[n] for n in names if server[n] != mine[n]})
    else:
        result.values.update({n: server[n] for n in names})


def _merge_stop(base: Values, mine: Values, server: Values, result: Merged) -> None:
    """The stop: a set one beats a missing one, and of two that ended what ran, the earlier."""
    if "stop" not in server:
        return
    here, there = mine["stop"], server["stop"]
    ran = "stop" not in base or base["stop"] is None
    if here == there or (not ran and base["stop"] == there):
        return
    if base.get("stop", _UNKNOWN) == here:
        result.values["stop"] = there
    elif ran and there is not None and (here is None or there < here):
        result.values["stop"] = there
        if here is not None:
            result.ours["stop"] = here
    elif there is not None or not ran:
        result.theirs["stop"] = there


_UNKNOWN: Final = object()


def _united(base: Any, mine: Any, server: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any member
    old, theirs = set(base), set(server)
    kept = [one for one in mine if one in theirs or one not in old]
    added = [one for one in server if one not in old and one not in mine]
    return tuple(sorted((*kept, *added), key=str))


def _keep_in_order(mine: Values, server: Values, result: Merged) -> None:
    """A stop before its start helps nobody: then our pair stays whole and theirs is kept aside."""
    start, stop = result.values.get("start"), result.values.get("stop")
    if start is None or stop is None or stop >= start:
        return
    for name in ("start", "stop"):
        result.values[name] = mine[name]
        result.ours.pop(name, None)
        if server[name] != mine[name]:
            result.theirs[name] = server[name]
