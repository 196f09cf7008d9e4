"""How fresh the account's rows are, and what of the hour's requests is left; for any process."""

import json
from typing import NamedTuple

from toggl_desktop.store.source import Source

HOUR = 3600


class Freshness(NamedTuple):
    """How things stand with Toggl Track.

    Attributes:
        read_at: When its entries were read last, epoch seconds; None before the first time.
        remaining: How many requests the hour has left; None before anything was asked.
        total: Of how many.
        resets_at: When there are more again; None before anything was asked.
    """

    read_at: int | None = None
    remaining: int | None = None
    total: int | None = None
    resets_at: int | None = None


def freshness(source: Source, now: int) -> Freshness:
    """Returns how things stand at a moment; asks nobody."""
    row = source.row(
        """SELECT cursor.fetched_at, boot, wall, sends, total, remaining, resets, parked
           FROM (SELECT 1)
           LEFT JOIN cursor ON service = 'track' AND kind = 'time_entry'
           LEFT JOIN quota ON scope = 'me'"""
    )
    read_at, boot, wall, sends, total, remaining, resets, parked = row or (None,) * 8
    if boot is None:
        return Freshness(read_at)
    present = boot + max(0, now - wall)
    kept = [sent for sent in json.loads(sends) if sent > present - HOUR]
    left = total - len(kept)
    resets_at = now + round(kept[0] + HOUR - present) if kept else None
    if remaining is not None and resets is not None and resets > present:
        left, resets_at = min(left, remaining), now + round(resets - present)
    if parked is not None and parked > present:
        left, resets_at = 0, now + round(parked - present)
    elif left <= 0:
        left, resets_at = 0, now + round(min(kept, default=present) + HOUR - present)
    return Freshness(read_at, left, total, resets_at)
