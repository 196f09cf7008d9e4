"""When the next look may say what became of something whose answer was lost (R14)."""

from toggl_desktop.store import attempts
from toggl_desktop.store.source import Source
from toggl_desktop.sync import unseen
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.ledger import ME, Priority
from toggl_desktop.sync.line import Line
from toggl_desktop.sync.rules import SETTLE_SECONDS

APART_SECONDS = 60.0
"""So far is a read for this alone from the one before."""


def reads(source: Source, line: Line, now: float, read_at: float | None) -> list[float]:
    """Returns when to read for it; nothing where nothing is to be found out by a read."""
    tried = attempts.outstanding(source, TRACK)
    ends = [
        one.ended_at
        for one in tried
        if one.ended_at is not None and one.op != "delete" and not unseen.is_unseen(one)
    ]
    if not ends:
        return []
    soonest = max(min(ends) + SETTLE_SECONDS + 1, (read_at or now) + APART_SECONDS)
    return [max(soonest, now + line.wait(ME, Priority.ENTRIES))]
