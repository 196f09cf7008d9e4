"""How far a service was read, and how much was asked of it: what a sync remembers of itself."""

import json
import sqlite3
from typing import Final, NamedTuple

from toggl_desktop.store.attempts import Statement
from toggl_desktop.store.bindings import Service
from toggl_desktop.store.source import Source

LONGEST_SECONDS: Final = 7200.0
"""So far ahead may the end of a limit lie."""

MOST: Final = 100_000
"""More an hour than any plan has."""


class Cursor(NamedTuple):
    """How far one kind was read.

    Attributes:
        at: The newest change seen in an answer, by the server's clock; None before any.
        max_rid: The highest number seen.
        fetched_at: When it was read last, epoch seconds by this machine.
        full_at: When everything was read last.
    """

    kind: str
    at: int | None = None
    max_rid: int = 0
    fetched_at: int | None = None
    full_at: int | None = None


class Bucket(NamedTuple):
    """What is known of one of a server's limits; times are seconds since the boot.

    Attributes:
        sends: When something was asked of it, within the last hour.
        total: How many an hour it takes.
        remaining: What the server said is left; None before it said anything.
        resets: When that is void.
        parked: Until when it is left alone.
    """

    scope: str
    boot_id: str
    boot: float
    wall: int
    sends: tuple[float, ...] = ()
    total: int = 30
    remaining: int | None = None
    resets: float | None = None
    parked: float | None = None


def cursor(source: Source, service: Service, kind: str) -> Cursor:
    """Returns how far a kind was read."""
    row = source.row(
        "SELECT kind, at, max_rid, fetched_at, full_at FROM cursor WHERE service = ? AND kind = ?",
        (service, kind),
    )
    return Cursor(*row) if row else Cursor(kind)


def put_cursor(service: Service, one: Cursor) -> Statement:
    """Returns what writes it down, for `Transaction.also`."""
    return (
        (
            "INSERT INTO cursor (service, kind, at, max_rid, fetched_at, full_at) "
            "VALUES (?,?,?,?,?,?) ON CONFLICT (service, kind) DO UPDATE SET at=excluded.at, "
            "max_rid=excluded.max_rid, fetched_at=excluded.fetched_at, full_at=excluded.full_at"
        ),
        (service, *one),
    )


def forget_cursors(service: Service) -> list[Statement]:
    """Returns what makes the next pull read every entry; numbers seen stay known.

    Names are always read whole. How far their deletions were read stays true, for no list would
    ever show the older ones again; they are only asked for soon.
    """
    return [
        ("UPDATE cursor SET at = NULL WHERE service = ? AND kind = 'time_entry'", (service,)),
        ("UPDATE cursor SET full_at = NULL WHERE service = ?", (service,)),
        (
            "UPDATE cursor SET fetched_at = 0 WHERE service = ? AND kind LIKE '% deleted'",
            (service,),
        ),
    ]


def buckets(source: Source) -> list[Bucket]:
    """Returns what is known of all limits; one that makes no sense is begun anew.

    No work is in them: what a damaged one would cost is a sync that stands still.
    """
    rows = source.rows(
        "SELECT scope, boot_id, boot, wall, sends, total, remaining, resets, parked FROM quota"
    )
    found = (Bucket(*(*row[:4], _moments(row[4]), *row[5:])) for row in rows)
    return [bucket for bucket in found if _makes_sense(bucket)]


def _moments(text: str) -> tuple[float, ...]:
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    is_list = isinstance(found, list) and all(type(one) in {int, float} for one in found)
    return tuple(found) if is_list else ()


def _makes_sense(one: Bucket) -> bool:
    ends = [end for end in (one.resets, one.parked) if end is not None]
    is_near = all(end <= one.boot + LONGEST_SECONDS for end in ends)
    return is_near and 0 < one.total <= MOST and (one.remaining is None or one.remaining >= 0)


def put_bucket(connection: sqlite3.Connection, one: Bucket) -> None:
    """Writes a limit down at once: it is nobody's step, and views do not hear of it."""
    connection.execute(
        "INSERT INTO quota (scope, boot_id, boot, wall, sends, total, remaining, resets, parked) "
        "VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (scope) DO UPDATE SET boot_id=excluded.boot_id, "
        "boot=excluded.boot, wall=excluded.wall, sends=excluded.sends, total=excluded.total, "
        "remaining=excluded.remaining, resets=excluded.resets, parked=excluded.parked",
        (*one[:4], json.dumps(one.sends), *one[5:]),
    )
