"""The state in one look: what tray, window and status bars show."""

from datetime import tzinfo
from typing import NamedTuple

from toggl_desktop.domain.instants import day_bounds, day_of, range_bounds, week_start
from toggl_desktop.store.read.entries import EntryRow, running, seconds_between
from toggl_desktop.store.read.sync import Freshness, freshness
from toggl_desktop.store.source import Source


class Status(NamedTuple):
    """What is going on.

    Attributes:
        running: The running entry, or None.
        today_seconds: Tracked today, local day, entries across midnight clipped; up to now.
        week_seconds: Tracked this week up to now.
        unsent: How many rows wait to be sent.
        problems: How many things wait for a person's word: refused, doubtful or conflicting.
        fresh: How old what is known of Toggl Track is, and what of its quota is left.
    """

    running: EntryRow | None
    today_seconds: int
    week_seconds: int
    unsent: int
    problems: int
    fresh: Freshness = Freshness()


def read(source: Source, now: int, zone: tzinfo, first_weekday: int = 0) -> Status:
    """Returns the state at a moment; `first_weekday` is 0 for Monday … 6 for Sunday."""
    today = day_of(now, zone)
    low, high = day_bounds(today, zone)
    week_low, week_high = range_bounds(week_start(today, first_weekday), today, zone)
    with source.snapshot():
        return _read(source, now, (low, high), (week_low, week_high))


def _read(source: Source, now: int, day: tuple[int, int], week: tuple[int, int]) -> Status:
    unsent, held, shelved = source.row(
        """SELECT coalesce(sum(unsent = 1 AND hold IS NULL), 0),
             coalesce(sum(hold IS NOT NULL AND
               (kind = 'workspace' OR json_extract(hold, '$.reason') IS NOT 'no access')), 0),
             (SELECT count(*) FROM shelf WHERE resolved_at IS NULL AND reason IN
              ('conflict', 'deleted elsewhere', 'undeleted', 'strange', 'twice'))
           FROM binding WHERE unsent = 1 OR hold IS NOT NULL"""
    ) or (0, 0, 0)
    return Status(
        running(source),
        seconds_between(source, *day, now),
        seconds_between(source, *week, now),
        unsent,
        held + shelved,
        freshness(source, now),
    )
