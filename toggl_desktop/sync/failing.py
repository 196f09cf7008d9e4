"""A row at which the server fails again and again: said, tried on rarely, in nobody's way (R52)."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from toggl_desktop.store import schema
from toggl_desktop.store.bindings import Binding
from toggl_desktop.sync.desk import TRACK, Desk

FAILED: Final = "failed"
"""Meta key: at which rows the server failed, how often and since when."""

TIMES: Final = 5
SINCE_SECONDS: Final = 3600
RARELY_SECONDS: Final = 900
SERVER: Final = "server"
"""The reason of a hold that keeps nothing back: it only says what is the matter."""


def count(desk: Desk, kind: str, lids: Iterable[str], text: str) -> None:
    """Counts a failure of the server's; from the fifth within more than an hour on it is said."""
    known = _known(desk)
    for lid in lids:
        key = f"{kind} {lid}"
        times, since = known.get(key, (0, desk.tx.step.at))
        known[key] = [times + 1, since]
        is_often = times + 1 >= TIMES and desk.tx.step.at - since > SINCE_SECONDS
        bound = desk.binding(kind, lid) or Binding(TRACK, kind, lid)
        if is_often and (bound.hold is None or is_failing(bound.hold)):
            at = (bound.hold or {}).get("at", since)
            hold = {"reason": SERVER, "text": text, "at": at, "tried_at": desk.tx.step.at}
            desk.bind(replace(bound, hold=hold))
    desk.tx.step.meta[FAILED] = json.dumps(known)


def _known(desk: Desk) -> dict[str, Any]:
    return dict(json.loads(schema.meta(desk.tx.source, FAILED) or "{}"))


def forget(desk: Desk, kind: str, lids: Iterable[str]) -> None:
    """Begins anew: the server said something else."""
    if schema.meta(desk.tx.source, FAILED) is None:
        return
    known = _known(desk)
    rest = {key: value for key, value in known.items() if key not in {f"{kind} {i}" for i in lids}}
    if rest != known:
        desk.tx.step.meta[FAILED] = json.dumps(rest) if rest else None


def is_failing(hold: dict[str, Any] | None) -> bool:
    """Tells whether a hold only says that the server fails."""
    return hold is not None and hold.get("reason") == SERVER


def rests(bound: Binding, now: int) -> bool:
    """Tells whether a row at which the server fails is left alone for now."""
    tried_at = (bound.hold or {}).get("tried_at", 0)
    return is_failing(bound.hold) and 0 <= now - tried_at < RARELY_SECONDS
