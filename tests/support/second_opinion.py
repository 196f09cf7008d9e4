"""What a sync has to decide, decided a second time: the reference model's rules, and nothing else.

Written from the specification (2.4, 2.7, 2.9 to 2.11), not from the engine, whose functions it
does not import: rows are dicts, answers are small tuples. Tests give the same situations to both.
It is slow and plain on purpose, and each rule stands where it can be read beside its number.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

Row = Mapping[str, Any]
_NOT_KNOWN = object()


# What is unsent (R6, 2.4) ----------------------------------------------------------------------


def dirty(base: Row, here: Row) -> dict[str, Any]:
    """Returns what is to be sent of a row that the server has: the fields that differ."""
    return {name: here[name] for name in here if base.get(name, _NOT_KNOWN) != here[name]}


class Standing(NamedTuple):
    """How a row stands here.

    Attributes:
        has_number: Whether the server ever gave it one.
        base: The last state known from the server; None before the first, and after its tombstone.
        deleted: Whether it is deleted here.
        gone: Whether the server took our deletion, or told us of one.
    """

    has_number: bool
    base: Row | None
    here: Row
    deleted: bool
    gone: bool


def wanted(
    one: Standing, goes: Collection[tuple[str, object]] = (), *, is_client: bool = False
) -> tuple[str | None, dict[str, Any]]:
    """Returns what the server is to be told of a row: a create, changes, a deletion or nothing.

    Args:
        one: The row.
        goes: What was deleted here and the server is yet to be told so: kind and number.
        is_client: A client's archive is a request of its own, after its other changes.
    """
    if one.gone:
        if one.deleted or one.base is not None:
            return None, {}  # done, or its tombstone is still to come (M7)
        return "create", dict(one.here)  # deleted, told, and taken back: it is made anew
    if not one.has_number:
        return (None, {}) if one.deleted else ("create", dict(one.here))
    if one.deleted:
        return "delete", {}
    changes = {} if one.base is None else _left(one.base, dirty(one.base, one.here), goes)
    if is_client and len(changes) > 1:
        changes.pop("archived", None)
    return ("update", changes) if changes else (None, {})


def _left(
    base: Row, changes: dict[str, Any], goes: Collection[tuple[str, object]]
) -> dict[str, Any]:
    """Leaves out what the deletion of a thing does by itself to all that pointed to it."""
    left = dict(changes)
    for kind in ("project", "client"):
        if changes.get(kind, "kept") is None and (kind, base.get(kind)) in goes:
            del left[kind]
            if kind == "project" and changes.get("task", "kept") is None:
                del left["task"]
    if "tags" in changes:
        before, after = set(base.get("tags", ())), set(changes["tags"])
        if after < before and all(("tag", tag) in goes for tag in before - after):
            del left["tags"]
    return left


# Deletion against edit (2.10, and the end of 2.4) ----------------------------------------------


class Known(NamedTuple):
    """A row that the server speaks of, as it is known here.

    Attributes:
        base: The last state known from the server; None before the first, and after its tombstone.
        deleted: Whether it is deleted here.
        gone: Whether the server took our deletion, or told us of one.
        op: What was asked of the server and not answered: "update", "delete" or nothing.
        sent: The fields of that update.
    """

    base: Row | None
    here: Row
    deleted: bool
    gone: bool
    op: str | None = None
    sent: Row = {}  # noqa: RUF012 - a NamedTuple's default, never changed


class Fate(NamedTuple):
    """What becomes of it.

    Attributes:
        lives: Whether it is there, for a person.
        anew: Whether the server is to make it once more, under another number.
        trash: What the server deleted, which is kept.
        ours: What only this side had, which is kept and can be made anew.
        question: What is there now of a row that a person had deleted here: is it to go?
    """

    lives: bool
    anew: bool = False
    trash: Row | None = None
    ours: Row | None = None
    question: Row | None = None


def told(one: Known, server: Row, *, deleted: bool) -> Fate:
    """Decides about a row that the server shows among what changed."""
    if one.gone and (one.base is None or not deleted):
        return Fate(not one.deleted)  # all is known of it; or it is older than our deletion (M7)
    if deleted:
        return _deleted_there(one, server)
    if one.deleted and dirty(_agreed(one, server), server):
        return Fate(lives=True, question=server)  # R28
    return Fate(not one.deleted)


def _deleted_there(one: Known, server: Row) -> Fate:
    """Its last content is kept whoever deleted it (R29); so is what was edited here (R27)."""
    if one.deleted:
        return Fate(lives=False, trash=server)
    if one.gone or one.op == "delete":  # our own deletion, taken back before this was heard (2.4)
        return Fate(lives=True, anew=True, trash=server)
    is_edited = one.base is not None and dirty(one.base, one.here)
    return Fate(lives=False, trash=server, ours=one.here if is_edited else None)


def _agreed(one: Known, server: Row) -> Row:
    """What both sides know of: what we sent and is there now is no change of somebody else's."""
    if one.base is None:
        return one.here
    arrived = {name: v for name, v in one.sent.items() if name in server and server[name] == v}
    return {**one.base, **(arrived if one.op == "update" else {})}


def listed(one: Known, server: Row, *, by_a_person: bool) -> Fate:
    """Decides about a row that was said to be gone and is in a list of what lives all the same."""
    if one.op is not None:
        return Fate(not one.deleted)  # what we asked for may be on its way still
    return Fate(lives=True, question=server if one.deleted and by_a_person else None)


def missed(one: Known) -> Fate:
    """Decides about a row of which the server says, when it is sent a change, that it is gone."""
    return Fate(lives=False, ours=one.here)  # R27


# Three versions of a row (2.9) -----------------------------------------------------------------


class Merged(NamedTuple):
    """What a row becomes, and what is put on the shelf of either side."""

    values: dict[str, Any]
    theirs: dict[str, Any]
    ours: dict[str, Any]


def merge(base: Row, here: Row, server: Row) -> Merged:
    """Decides field by field by the table; then come the exceptions, one after the other."""
    values, theirs, ours = dict(here), {}, {}
    for group in _groups(server):
        changed_here = _differ(group, base, here)
        changed_there = _differ(group, base, server)
        if changed_there and not changed_here:
            values.update({name: server[name] for name in group})
        elif changed_there and changed_here:
            theirs.update({name: server[name] for name in group if server[name] != here[name]})
    if "tags" in server:
        theirs.pop("tags", None)
        values["tags"] = _tags(base.get("tags", ()), here["tags"], server["tags"])
    if "stop" in theirs and _server_stop_wins(base.get("stop"), here["stop"], server["stop"]):
        del theirs["stop"]
        values["stop"] = server["stop"]
        if here["stop"] is not None:
            ours["stop"] = here["stop"]
    elif "stop" in theirs and _says_nothing(base.get("stop"), server["stop"]):
        del theirs["stop"]
    if values.get("stop") is not None and values["stop"] < values["start"]:  # the pair stays whole
        for name in ("start", "stop"):
            values[name] = here[name]
            ours.pop(name, None)
            if server[name] != here[name]:
                theirs[name] = server[name]
    return Merged(values, theirs, ours)


def _groups(server: Row) -> list[tuple[str, ...]]:
    """The fields that are compared; a project and its task are one, with the place they are in."""
    home = tuple(name for name in ("workspace", "project", "task") if name in server)
    return [*([home] if home else []), *((name,) for name in server if name not in home)]


def _differ(names: tuple[str, ...], one: Row, other: Row) -> bool:
    return any(one.get(name, _NOT_KNOWN) != other[name] for name in names)


def _server_stop_wins(base: int | None, here: int | None, server: int | None) -> bool:
    """Both changed the stop. Of two that ended what ran, the earlier counts.

    Where it had ended, “continue” here was pressed after having seen a stop, so it holds against
    another stop made there meanwhile, which goes to the shelf.
    """
    if base is not None or server is None:
        return False
    return here is None or server < here


def _says_nothing(base: int | None, server: int | None) -> bool:
    """It runs there as it always did (or was never known): that is no value that could be lost."""
    return base is None and server is None


def _tags(base: Sequence[Any], here: Sequence[Any], server: Sequence[Any]) -> tuple[Any, ...]:
    added = (set(here) | set(server)) - set(base)
    kept = set(base) & set(here) & set(server)
    return tuple(sorted(added | kept, key=str))


# Whose is this row? (2.7) ----------------------------------------------------------------------


class Lost(NamedTuple):
    """A create whose answer was lost: what was sent, since when, above which number.

    One that was refused is no question for a person, so it is only ever the very row: not `asks`.
    """

    lid: str
    sent: Row
    since: int | None
    above: int
    asks: bool = True


class Unknown(NamedTuple):
    """A row of the server's that nothing here belongs to."""

    rid: int
    at: int | None
    values: Row


class Whose(NamedTuple):
    """Row → the create it is; create → the rows about which a person is asked."""

    adopted: dict[int, str]
    asked: dict[str, list[int]]


def match(lost: Sequence[Lost], rows: Sequence[Unknown]) -> Whose:
    """Goes through the rows one by one, as they come: R15, M5, M6.

    A create that is held waits for a person: no later row is taken to be it. So what comes first
    matters; give the very rows before those that are only alike.
    """
    found = Whose({}, {})
    for row in rows:
        able = [
            one
            for one in lost
            if one.lid not in found.adopted.values() and row.rid > one.above and _is_since(one, row)
        ]
        free = [one for one in able if one.lid not in found.asked]
        exact = next((one for one in free if is_exact(one.sent, row.values)), None)
        if exact is not None:
            found.adopted[row.rid] = exact.lid
            continue
        for one in able:  # every create it may belong to, not only one of them (M6)
            if one.asks and is_partial(one.sent, row.values):
                found.asked.setdefault(one.lid, []).append(row.rid)
    return found


def _is_since(one: Lost, row: Unknown) -> bool:
    return one.since is None or row.at is None or row.at - one.since >= -5


def is_exact(sent: Row, there: Row) -> bool:
    """Tells whether a row is what was sent; one that ran may have been stopped since."""
    same = {"start", "description", "project", "workspace", "stop"}
    if sent.get("joined"):  # it was never sent: either side may have filled in the project alone
        same.discard("project")
    if sent["stop"] is None:
        same.discard("stop")
    return {name: sent[name] for name in same} == {name: there[name] for name in same}


def is_partial(sent: Row, there: Row) -> bool:
    """Tells whether a row may be what was sent: somebody may have changed the rest of it.

    What was here before an account was joined is years of rows with the same few texts and was
    never sent at all: of it both the time and the text must be alike. What was refused may be
    looked for days later: of it the same text says something within half a day only.
    """
    apart = abs(sent["start"] - there["start"])
    signs = [apart <= 60, sent["description"] == there["description"]]
    if sent.get("joined"):
        return all(signs)
    if sent.get("refused") and apart > 12 * 3600:
        signs = []
    if there["stop"] is not None:
        signs.append(sent["stop"] == there["stop"])
    return any(signs)


# One runs (R30, R32) ---------------------------------------------------------------------------


class Running(NamedTuple):
    """A running entry; without a number while it was never sent."""

    lid: str
    start: int
    rid: int | None


def ends(running: Sequence[Running], starts: Sequence[int]) -> dict[str, int]:
    """Returns where all but one end, given when every other entry starts.

    The latest start stays, among equals the larger number, and what was never sent after all that
    was. The others end at the next start after their own, never after the start of the one that
    stays, and never now.
    """
    if not running:
        return {}
    stays = running[0]
    for one in running[1:]:
        stays = one if _is_after(one, stays) else stays
    found = {}
    for one in running:
        if one is not stays:
            later = [s for s in (*starts, *(r.start for r in running)) if s > one.start]
            found[one.lid] = max(one.start, min([*later, stays.start]))
    return found


def _is_after(one: Running, other: Running) -> bool:
    if one.start != other.start:
        return one.start > other.start
    if one.rid != other.rid:
        return one.rid is None or (other.rid is not None and one.rid > other.rid)
    return one.lid > other.lid
