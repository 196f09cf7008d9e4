"""In about how many hours what waits is sent, by what is known of the plan and the hour (R47)."""

import json
from math import ceil
from typing import NamedTuple

from toggl_desktop.domain.limits import FREE_AN_HOUR, reserve
from toggl_desktop.store.source import Row, Source

HOUR = 3600
STARTER, PREMIUM = 240, 600
"""So many requests an hour a paid plan answers, by workspace."""

MANY_HOURS = 4

LATE_SECONDS = 60
"""So much after its limit is new an hour's sending begins, and goes on by one a second."""


class Drain(NamedTuple):
    """What waits to be sent and for nothing else, and in about how many hours that is done.

    Attributes:
        is_sure: Whether the plan is known; else the smallest is taken.
        handed: What is in a file for an import in Toggl, and is not sent meanwhile.
    """

    unsent: int
    hours: int
    is_sure: bool = False
    handed: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it takes so long that a file for Toggl's own import is worth the trouble."""
        return self.hours >= MANY_HOURS

    @property
    def about(self) -> str:
        """The hours in words, before “hours”."""
        return str(self.hours) if self.is_sure else f"about {self.hours}"


class _Limit(NamedTuple):
    total: int
    left: int
    is_sure: bool


def drain(source: Source, now: int) -> Drain:
    """Returns how long sending what waits takes within each organization's limit."""
    waiting = _waiting(source)
    unsent = sum(waiting.values())
    handed = source.value(
        "SELECT count(*) FROM attempt WHERE service = 'track' "
        "AND json_type(payload, '$.handed') IS NOT NULL"
    )
    if not unsent:
        return Drain(0, 0, handed=handed)
    limits = {space: _limit(source, space, now) for space in waiting}
    hours = max(_hours(one, limits[space]) for space, one in waiting.items())
    return Drain(unsent, hours, all(limit.is_sure for limit in limits.values()), handed)


def _waiting(source: Source) -> dict[str | None, int]:
    """Returns how much waits, by workspace; names are few, and go with the largest."""
    rows = source.rows(
        "SELECT e.workspace, count(*) FROM binding AS b INDEXED BY binding_waiting "
        "LEFT JOIN time_entry AS e ON b.kind = 'time_entry' AND e.lid = b.lid "
        "WHERE b.service = 'track' AND b.unsent = 1 AND b.hold IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM attempt AS a WHERE a.service = b.service "
        "AND a.kind = b.kind AND a.lid = b.lid AND json_type(a.payload, '$.handed') IS NOT NULL) "
        "GROUP BY e.workspace"
    )
    found: dict[str | None, int] = dict(rows)
    homeless = found.pop(None, 0)
    if homeless:
        home = max(found, key=lambda space: found[space], default=None)
        found[home] = found.get(home, 0) + homeless
    return found


def _limit(source: Source, space: str | None, now: int) -> _Limit:
    """Returns what is known of a workspace's limit: by its answers, else by its plan."""
    bound = source.row(
        "SELECT rid, json_extract(base, '$.organization'), json_extract(base, '$.premium'), "
        "json_extract(base, '$.business') FROM binding WHERE service = 'track' "
        "AND kind = 'workspace' AND rid IS NOT NULL AND base IS NOT NULL "
        "ORDER BY lid IS ? DESC LIMIT 1",
        (space,),
    )
    plan, scope = None, None
    if bound is not None:
        rid, number, is_paid, is_business = bound
        plan = PREMIUM if is_business else STARTER if is_paid else FREE_AN_HOUR
        scope = f"workspace {rid}" if number is None else f"organization {number}"
    said = source.row(
        "SELECT boot, wall, sends, total, remaining, resets, parked FROM quota WHERE scope = ?",
        (scope,),
    )
    if said is None:
        total = FREE_AN_HOUR if plan is None else plan
        return _Limit(total, total, plan is not None)
    total = max(said[3], plan or 0)
    return _Limit(total, _left(said, total, now), is_sure=True)


def _left(said: Row, total: int, now: int) -> int:
    """Returns how many requests of a bucket the hour has left."""
    boot, wall, sends, _total, remaining, resets, parked = said
    present = boot + max(0, now - wall)
    if parked is not None and parked > present:
        return 0
    own = total - sum(sent > present - HOUR for sent in json.loads(sends))
    is_known = remaining is not None and resets is not None and resets > present
    return int(max(0, min(own, remaining) if is_known else own))


def _hours(count: int, limit: _Limit) -> int:
    """Returns after how many hours the last of it goes, at least one where it is not this hour.

    Of each hour something is kept for what a person does meanwhile.
    """
    an_hour = limit.total - reserve(limit.total)
    rest = count - max(0, limit.left - reserve(limit.total))
    if rest <= 0:
        return 0
    seconds = ceil(rest / an_hour) * (HOUR + LATE_SECONDS + an_hour)
    return max(1, round(seconds / HOUR))
