"""The rules of the timer: what a start, a stop, a split and a merge do to the entries around them.

Pure: entries in, new entries out. Nothing here saves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.errors import Overlap, RefusedError
from toggl_desktop.domain.ids import EntryId

CLICK_SECONDS = 5
"""So far ahead of the clock may quick clicks push a start; beyond, the clock was put back."""
LEAST_GAP: Final = 300
"""Shorter pauses lie between most entries; a word for each would be noise."""
LONGEST_GAP: Final = 4 * 3600
"""What is longer was no forgotten work but a night, or a day that began early."""


@dataclass(frozen=True, slots=True)
class StartPlan:
    """What a start at a moment means for what is already there.

    Attributes:
        at: The start; a second later than asked when another entry began in that very second.
        trimmed: The running entry with its new stop; None when nothing runs.
        overlaps: Finished entries in the way, and the running one when it would vanish whole.
    """

    at: int
    trimmed: Entry | None
    overlaps: tuple[Overlap, ...]


def _overlap(entry: Entry, at: int, now: int) -> Overlap:
    stop = now if entry.stop is None else entry.stop
    return Overlap(entry.lid, entry.description, entry.start, stop, swallowed=entry.start >= at)


def plan_start(at: int, now: int, running: Entry | None, later: Iterable[Entry]) -> StartPlan:
    """Says what starting at `at` does; nothing is ever cut that this does not name.

    Args:
        at: The asked start.
        now: The present.
        running: The running entry, if any: it ends at the new start.
        later: Finished entries that end after `at`.
    """
    met = [e for e in later if e.start <= now]  # what is planned for later is in nobody's way
    is_now = at >= now
    if is_now:
        at = _after_the_last_click(at, running, met)
    overlaps = [_overlap(e, at, now) for e in met if e.stop is not None and e.stop > at]
    trimmed = None
    if running is not None:
        if running.start < at:
            trimmed = replace(running, stop=at)
        elif is_now:  # the clock was put back while it ran: nothing of it may vanish
            trimmed = replace(running, stop=running.start)
        else:
            overlaps.append(_overlap(running, at, now))
    return StartPlan(at, trimmed, tuple(sorted(overlaps, key=_by_start)))


def _after_the_last_click(at: int, running: Entry | None, finished: Iterable[Entry]) -> int:
    """Returns a start that follows what was started or stopped within the same seconds (R19)."""
    ends = [e.stop for e in finished if e.stop is not None]
    if running is not None:
        ends.append(running.start + 1)
    for end in sorted(ends):
        if at < end <= at + CLICK_SECONDS:
            at = end
    return at


def _by_start(one: Overlap) -> int:
    return one.start


def make_room(at: int, overlaps: Iterable[Overlap], entries: dict[str, Entry]) -> list[Entry]:
    """Returns the entries in the way, shortened to end at `at`, or deleted when nothing is left."""
    return [
        replace(entries[o.entry], deleted=True)
        if o.swallowed
        else replace(entries[o.entry], stop=at)
        for o in overlaps
    ]


def split(entry: Entry, at: int, now: int, new_id: EntryId) -> tuple[Entry, Entry]:
    """Returns the two parts of an entry cut at a moment inside it; the second gets the new id.

    A running entry's second part goes on running. Together they last exactly as long as before.
    """
    end = now if entry.stop is None else entry.stop
    if not entry.start < at < end:
        raise RefusedError("The cut must lie between start and stop. Nothing was changed.")
    return replace(entry, stop=at), replace(entry, lid=new_id, start=at)


def merge(entries: Sequence[Entry]) -> tuple[Entry, list[Entry]]:
    """Returns the earliest entry stretched over all, and the others, deleted.

    The earliest one's text wins unless it is empty; tags are united; it is billable if any is.
    """
    if len(entries) < 2:
        raise RefusedError("Merging needs two entries or more. Nothing was changed.")
    if len({e.workspace for e in entries}) > 1:
        raise RefusedError("Entries of two workspaces cannot be merged. Nothing was changed.")
    ordered = sorted(entries, key=lambda e: (e.start, e.lid))
    first = ordered[0]
    stops = [e.stop for e in ordered]
    with_project = next((e for e in ordered if e.project is not None), first)
    kept = replace(
        first,
        stop=None if None in stops else max(s for s in stops if s is not None),
        description=next((e.description for e in ordered if e.description), ""),
        project=with_project.project,
        task=with_project.task,
        tags=tuple(dict.fromkeys(t for e in ordered for t in e.tags)),
        billable=any(e.billable for e in ordered),
    )
    return kept, [replace(e, deleted=True) for e in ordered[1:]]


@dataclass(frozen=True, slots=True)
class Gap:
    """Unrecorded time between two entries of one day."""

    start: int
    stop: int


def gaps(spans: Sequence[tuple[int, int]], least_seconds: int = 60) -> list[Gap]:
    """Returns the stretches of at least `least_seconds` that none of the spans covers."""
    found: list[Gap] = []
    reached: int | None = None
    for start, stop in sorted(spans):
        if reached is not None and start - reached >= least_seconds:
            found.append(Gap(reached, start))
        reached = stop if reached is None else max(reached, stop)
    return found


def fillable_gaps(spans: Sequence[tuple[int, int]]) -> list[Gap]:
    """Returns the gaps that a person may have forgotten to record: no short breath, no night."""
    return [gap for gap in gaps(spans, LEAST_GAP) if gap.stop - gap.start <= LONGEST_GAP]


def overlapping(spans: Sequence[tuple[str, int, int]]) -> set[str]:
    """Returns the ids of the spans (id, start, stop) that share time with another one."""
    found: set[str] = set()
    last: tuple[str, int, int] | None = None
    for span in sorted(spans, key=lambda s: (s[1], s[2])):
        if last is not None and span[1] < last[2]:
            found |= {span[0], last[0]}
        if last is None or span[2] > last[2]:
            last = span
    return found
