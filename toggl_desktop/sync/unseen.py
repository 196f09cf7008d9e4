"""Creates that no list of Track's would show: their entries begin outside what it shows (R21).

What changed since is told of, however old it is. But after a backup came back, or months offline,
everything is read anew, and that is three months; an older entry whose answer was lost, or that a
newer copy of this store had sent, would be taken for never having arrived.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from toggl_desktop.store import attempts
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.source import Source
from toggl_desktop.sync.cycle import Moment
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.rules import SETTLE_SECONDS

_UNSEEN: Final = "unseen"


def is_unseen(tried: Attempt) -> bool:
    """Tells whether lists say nothing about an attempt; only a report of its day does."""
    return _UNSEEN in tried.payload


def beyond(tried: Attempt, span: Iterable[int]) -> Attempt | None:
    """Returns a create whose entry begins outside of what a list shows, marked so; else None."""
    if tried.op != "create" or tried.kind != "time_entry" or tried.payload["start"] in span:
        return None
    return replace(tried, payload={**tried.payload, _UNSEEN: True})


def is_over(tried: Attempt, now: Moment) -> bool:
    """Tells whether whatever became of an attempt has become of it by now (R14)."""
    if tried.ended_at is None or tried.boot_id != now.boot_id:
        return False
    return now.boot - tried.ended_at >= SETTLE_SECONDS


def is_in_doubt(tried: Attempt, read_at: float | None) -> bool:
    """Tells whether a read that was late enough showed nothing where a create belongs.

    Its workspace may be closed to this account: the account's own list says so.
    """
    is_new = tried.op == "create" and tried.kind == "time_entry" and not is_unseen(tried)
    if not is_new or read_at is None or tried.ended_at is None:
        return False
    return read_at - tried.ended_at >= SETTLE_SECONDS


def sought(source: Source) -> list[Attempt]:
    """Returns those that are to be looked for in reports."""
    return [one for one in attempts.outstanding(source, TRACK) if is_unseen(one)]
