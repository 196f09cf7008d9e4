"""Deletions that no list of what lives tells of: asked for once more when the cursor is void.

A backup that came back, a workspace that is open again or two months away have everything read
anew. That is three months of entries, and an older one that was deleted meanwhile is in no list;
but what changed is told of for as long, whatever its age.
"""

from typing import Final

from toggl_desktop.store import progress
from toggl_desktop.store.source import Source
from toggl_desktop.sync.cycle import Cycle
from toggl_desktop.sync.desk import TRACK, Desk

MISSED: Final = "missed"
"""The cursor that says since when deletions may have been passed over."""


def void(desk: Desk) -> None:
    """Voids the cursor of entries: everything is read anew, and deletions since then are sought."""
    old = progress.cursor(desk.tx.source, TRACK, "time_entry")
    keep(desk)
    desk.tx.also.append(progress.put_cursor(TRACK, old._replace(at=None)))


def keep(desk: Desk) -> None:
    """Notes until when changes are known, before that is forgotten."""
    known = progress.cursor(desk.tx.source, TRACK, "time_entry").at
    before = progress.cursor(desk.tx.source, TRACK, MISSED).at
    ats = [at for at in (known, before) if at is not None]
    if ats:
        desk.tx.also.append(progress.put_cursor(TRACK, progress.Cursor(MISSED, min(ats))))


def since(source: Source) -> int | None:
    """Returns since when deletions are to be asked for; None when none were passed over."""
    return progress.cursor(source, TRACK, MISSED).at


def told(cycle: Cycle) -> None:
    """They were told."""
    with cycle.desk("Look again") as desk:
        desk.tx.also.append(progress.put_cursor(TRACK, progress.Cursor(MISSED)))
