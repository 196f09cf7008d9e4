"""What a sync decides, as functions: values in, decisions out. Nothing here reads or writes.

Numbers in brackets (R15, M6 …) name the rules of the specification.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from toggl_desktop.domain.folding import name_key
from toggl_desktop.sync.rules import BRAKE_ROWS, BRAKE_SHARE, RULES, Rules

Values = Mapping[str, Any]


# What an answer means (2.6) ------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of a request."""

    DONE = "done"
    NOT_SENT = "not sent"
    AMBIGUOUS = "ambiguous"
    CAPTIVE = "answered by the network"
    AUTH = "sign-in refused"
    QUOTA = "quota spent"
    SLOW_DOWN = "too fast"
    REFUSED = "refused"
    GONE = "gone"
    CLOSED = "closed for this program"


class Method(StrEnum):
    """The verbs; what is ambiguous differs between them."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"


def classify(method: str, status: int, text: str = "", remaining: int | None = None) -> Outcome:
    """Returns what an answer means for what was sent.

    Args:
        method: The verb.
        status: The answer's number.
        text: What the server said.
        remaining: What it said is left of the quota.
    """
    if 200 <= status < 300:
        return Outcome.DONE
    if status in _PLAINLY:
        return _PLAINLY[status]
    if status == 402:
        says_quota = remaining is not None and remaining <= 0
        says_quota |= remaining is None and ("hourly limit" in text or "quota" in text.lower())
        return Outcome.QUOTA if says_quota else Outcome.REFUSED
    if status == 404:
        return Outcome.DONE if method == Method.DELETE else Outcome.GONE
    if status >= 500 or status == 408:
        return Outcome.AMBIGUOUS
    return Outcome.REFUSED


_PLAINLY: Final = {
    401: Outcome.AUTH,
    410: Outcome.CLOSED,
    418: Outcome.CLOSED,
    429: Outcome.SLOW_DOWN,
}


# Creating without a key (2.7) ----------------------------------------------------------------


class Draft(NamedTuple):
    """A create of ours whose answer was lost.

    Attributes:
        values: What was sent.
        sent_at: When, by the server's clock; None where that was not known.
        max_rid: The highest number known then.
        asks: Whether what is only alike is asked about; else only the very same is looked for.
    """

    lid: str
    values: Values
    sent_at: int | None
    max_rid: int
    asks: bool = True


class Found(NamedTuple):
    """A row of the server's that nothing here is bound to."""

    rid: int
    at: int | None
    values: Values


class Matches(NamedTuple):
    """Which rows are ours.

    Attributes:
        adopted: The server's id → the draft it is.
        unsure: The draft → the rows it may be: a person is asked.
    """

    adopted: dict[int, str]
    unsure: dict[str, list[int]]


_CLOSE_SECONDS: Final = 60
_CLOCK_SECONDS: Final = 5
_HALF_A_DAY: Final = 43_200
_ZONES_APART: Final = 26 * 3600
_QUARTER: Final = 900


def match(drafts: Sequence[Draft], rows: Iterable[Found], rules: Rules = RULES) -> Matches:
    """Finds the drafts among rows that nothing is bound to (R15, M5, M6).

    Exactly the same is adopted without a word. What is only alike is held for a person, in every
    draft it may be; it is never adopted and never passed over.
    """
    result = Matches({}, {})
    if not rules.adopts:
        return result
    waiting = {draft.lid: draft for draft in drafts}
    rest = []
    for row in rows:
        same = next((d for d in waiting.values() if _can_be(d, row) and _is_same(d, row)), None)
        if same is None:
            rest.append(row)
        else:
            result.adopted[row.rid] = same.lid
            del waiting[same.lid]
    for row in rest if rules.holds_partial else ():
        for draft in [d for d in waiting.values() if d.asks and may_be(d, row)]:
            if rules.asks_before_adopting_partial:
                result.unsure.setdefault(draft.lid, []).append(row.rid)
            elif row.rid not in result.adopted:
                result.adopted[row.rid] = draft.lid
                del waiting[draft.lid]
    return result


def may_be(draft: Draft, row: Found) -> bool:
    """Tells whether a row may be a draft, by what is the same and by when it was made."""
    return _can_be(draft, row) and _is_alike(draft, row)


def _can_be(draft: Draft, row: Found) -> bool:
    is_late_enough = (
        draft.sent_at is None or row.at is None or row.at >= draft.sent_at - _CLOCK_SECONDS
    )
    return row.rid > draft.max_rid and is_late_enough


def _is_same(draft: Draft, row: Found) -> bool:
    ours, theirs = draft.values, row.values
    has_same_stop = ours["stop"] is None or ours["stop"] == theirs["stop"]
    names = ["start", "description", "workspace"]
    if not ours.get("joined"):  # what was never sent may have got its project on one side alone
        names.append("project")
    return has_same_stop and all(ours[name] == theirs[name] for name in names)


def _is_alike(draft: Draft, row: Found) -> bool:
    ours, theirs = draft.values, row.values
    is_close = abs(ours["start"] - theirs["start"]) <= _CLOSE_SECONDS
    if ours.get("joined"):  # years of entries bear one text: only time and text together tell
        is_near = is_close or (_is_of_a_file(ours) and _is_shifted(ours, theirs))
        return bool(is_near and ours["description"] == theirs["description"])
    has_same_text = ours["description"] == theirs["description"]
    if ours.get("refused") or ours.get("unseen"):  # among months: within half a day of it
        has_same_text &= abs(ours["start"] - theirs["start"]) <= _HALF_A_DAY
    return (
        is_close or has_same_text or (theirs["stop"] is not None and ours["stop"] == theirs["stop"])
    )


def _is_of_a_file(ours: Values) -> bool:
    return bool(ours.get("handed") or ours.get("imported"))


def _is_shifted(ours: Values, theirs: Values) -> bool:
    """Tells whether both are as long and a time zone apart: a file may be read by another one."""
    if ours["stop"] is None or theirs["stop"] is None:
        return False
    is_as_long = ours["stop"] - ours["start"] == theirs["stop"] - theirs["start"]
    apart = abs(ours["start"] - theirs["start"])
    return bool(is_as_long and apart <= _ZONES_APART and apart % _QUARTER == 0)


def natural_key(kind: str, values: Values) -> tuple[object, ...] | None:
    """Returns what is unique on the server beside the number (R12); None for entries."""
    if kind == "time_entry":
        return None
    home = values["project"] if kind == "task" else values["workspace"]
    of = values["client"] if kind == "project" else None
    return kind, home, of, name_key(values["name"].strip())


# One runs (2.11) -----------------------------------------------------------------------------


class Rival(NamedTuple):
    """A running entry; `rid` is None while it was never sent."""

    lid: str
    start: int
    rid: int | None


def end_rivals(running: Iterable[Rival], later_starts: Iterable[int]) -> dict[str, int]:
    """Returns where every running entry but one ends: at the next later start, never “now” (R32).

    The latest start goes on; among equals the one with the higher number, an unsent one last. None
    runs beside the one that goes on: what began in the same second ends there.
    """
    order = sorted(running, key=lambda r: (r.start, _HIGHEST if r.rid is None else r.rid, r.lid))
    if len(order) < 2:
        return {}
    last = order[-1].start
    starts = sorted({*(s for s in later_starts if s < last), *(rival.start for rival in order)})
    return {rival.lid: next((s for s in starts if s > rival.start), last) for rival in order[:-1]}


_HIGHEST: Final = 2**63


# Many at once (2.8, 2.16) --------------------------------------------------------------------


def asks_first(deletions: int, living: int, rules: Rules = RULES) -> bool:
    """Tells whether so many deletions at once need a person's word (R23)."""
    return rules.asks_before_deleting_many and deletions > max(BRAKE_ROWS, BRAKE_SHARE * living)


def in_bulk(
    changes: Iterable[tuple[str, int, Values]], allowed: Iterable[str], most: int = 100
) -> list[list[str]]:
    """Returns the groups of rows that are to get the very same values: one request for each group.

    Args:
        changes: Row, workspace and the fields that differ, in the order in which they are sent.
        allowed: Fields that may be sent so.
        most: So many rows a group.
    """
    may = frozenset(allowed)
    groups: dict[object, list[str]] = {}
    for lid, workspace, values in changes:
        if values and may.issuperset(values):
            groups.setdefault((workspace, repr(sorted(values.items()))), []).append(lid)
    return [
        lids[i : i + most]
        for lids in groups.values()
        for i in range(0, len(lids), most)
        if len(lids[i : i + most]) > 1
    ]


# When (2.13) ---------------------------------------------------------------------------------

IDLE_SECONDS: Final = 3.0
LONGEST_SECONDS: Final = 30.0


def due(first_edit: float, last_edit: float, *, at_once: bool) -> float:
    """Returns when edits are to be sent: after a pause, not much later, a start or stop now."""
    return last_edit if at_once else min(last_edit + IDLE_SECONDS, first_edit + LONGEST_SECONDS)
