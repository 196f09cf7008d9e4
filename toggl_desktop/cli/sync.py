"""`sync`, `problems`: one turn now, and what waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from toggl_desktop.cli import shapes, sides
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.domain.clock import SKEW_HINT_SECONDS
from toggl_desktop.domain.errors import (
    NothingToDoError,
    RefusedError,
    ServerError,
    SignInError,
)
from toggl_desktop.domain.instants import iso
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.domain.words import rough, time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from pathlib import Path

    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.read.drain import Drain
    from toggl_desktop.store.read.problems import Problem
    from toggl_desktop.store.read.sync import Freshness
    from toggl_desktop.store.read.versions import Version

STEP: Final = 200
"""After so many older entries a person hears of it again."""

_VERBS = ("list", "retry", "drop", "mine", "theirs")


class Syncer(Protocol):
    """Whoever knows the server; each call waits until it is done."""

    def sync(
        self,
        *,
        is_full: bool,
        confirms: bool,
        hear: Callable[[SyncState], None] | None = None,
    ) -> SyncState:
        """Makes one whole turn now; with everything, older entries come as far as they may."""
        ...

    def hand_over(
        self, store: Store, target: Path, now: int, zone: tzinfo, *, may_replace: bool
    ) -> str:
        """Writes what waits into a file for Toggl's own import; returns what is to be done now."""
        ...

    def take_back(self, store: Store, now: int) -> int:
        """That file was imported, or will not be; returns how many entries are looked for."""
        ...

    def decide(self, store: Store, wanted: str, verb: str, now: int) -> str:
        """Does what a person decided about a problem; returns its title."""
        ...


def _syncer(context: Context, store: Store) -> Syncer:
    assert context.machine.syncer is not None
    return context.machine.syncer(store, context.machine)


def _sync(context: Context, given: Given) -> None:
    from toggl_desktop.store.read import status, sync
    from toggl_desktop.store.read.drain import drain

    watch = _Watch(context)
    with context.writing() as store:
        if given.has("imported") and not _syncer(context, store).take_back(store, context.now.wall):
            raise NothingToDoError(
                "No entries are in a file for an import; “export csv --unsent” writes one."
            )
        try:
            state = _syncer(context, store).sync(
                is_full=given.has("full"), confirms=given.has("accept-deletions"), hear=watch.hear
            )
        except KeyboardInterrupt:
            if watch.count is not None:
                context.output.complain(
                    f"Stopped. {_older(watch.count)} came and stay; “sync --full” goes on there."
                )
            raise
        found = status.read(store.source, context.now.wall, context.zone)
        fresh = sync.freshness(store.source, context.machine.now().wall)
        rest = drain(store.source, context.machine.now().wall)
    if given.has("json"):
        context.output.json(
            {
                "phase": state.phase.value,
                "unsent": found.unsent,
                "problems": found.problems,
                "hours": rest.hours,
                "fresh": None if fresh.read_at is None else iso(fresh.read_at),
                "quota": shapes.quota(fresh),
                "text": state.text,
                "older": watch.count,
                "older_at": None if state.older_at is None else iso(state.older_at),
            }
        )
    _refuse(context, state, found.unsent)
    if not given.has("json"):
        said = _words(context, fresh, found.unsent, found.problems, rest)
        context.output.line(" · ".join(filter(None, (said, _clock(state.skew_seconds)))))
    if watch.count is None:
        return
    if state.older_at is not None:
        at = time_of_day(state.older_at, context.zone, twelve_hours=context.twelve_hours())
        raise ServerError(
            f"{_older(watch.count)} came; the requests for more are used up until {at}. "
            "An open window goes on by itself, or “sync --full” does then."
        )
    if state.text:
        raise ServerError(f"Toggl does not tell all older entries: {state.text} What came is kept.")
    if not given.has("json"):
        context.output.line(f"{_older(watch.count)} came; that is all there are.")


class _Watch:
    """Tells a person who watches how far older entries have come."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._told = 0
        self.count: int | None = None

    def hear(self, state: SyncState) -> None:
        """Hears how things stand, after every page."""
        if state.progress is None:
            return
        self.count = state.progress
        if state.progress >= self._told + STEP:
            self._told = state.progress
            day = "" if state.back_to is None else f", back to {iso(state.back_to)[:10]}"
            self._context.output.progress(f"{_older(state.progress)} so far{day}.")


def _older(count: int) -> str:
    return "1 older entry" if count == 1 else f"{count} older entries"


def _words(context: Context, fresh: Freshness, unsent: int, problems: int, rest: Drain) -> str:
    parts = ["In step with Toggl Track" if not unsent else f"{unsent} waiting to send"]
    parts += _drained(rest)
    if problems:
        parts.append(
            f"{problems} {'needs' if problems == 1 else 'need'} you (“toggl-desktop problems”)"
        )
    if fresh.read_at is not None:
        at = time_of_day(fresh.read_at, context.zone, twelve_hours=context.twelve_hours())
        parts.append(f"as of {at}")
    if fresh.remaining is not None:
        parts.append(f"{fresh.remaining} of {fresh.total} requests left this hour")
    if fresh.resets_at is not None:
        at = time_of_day(fresh.resets_at, context.zone, twelve_hours=context.twelve_hours())
        parts.append(f"resets {at}")
    return " · ".join(parts)


def _drained(rest: Drain) -> list[str]:
    """Returns how long sending takes, and the quicker way where it takes many hours (R47)."""
    parts = []
    if rest.hours > 1:
        parts.append(f"sent in {rest.about} hours, as Toggl's limit has it")
    if rest.is_long:
        parts.append("“export csv --unsent -o FILE” saves it for Toggl's own import, quicker")
    if rest.handed:
        parts.append(f"{rest.handed} in a file for an import (then “sync --imported”)")
    return parts


def _clock(ahead: int) -> str:
    """Returns what is wrong with this computer's clock; empty when it is right enough."""
    if abs(ahead) <= SKEW_HINT_SECONDS:
        return ""
    way = "ahead of" if ahead > 0 else "behind"
    return f"this computer's clock is {rough(ahead)} {way} Toggl's"


def _refuse(context: Context, state: SyncState, unsent: int) -> None:
    """Raises what the exit code tells: everything that was asked for is saved and waits."""
    kept = f"Saved here: {unsent} waiting to send. " if unsent else "Everything is saved here. "
    if state.phase is Phase.SIGN_IN:
        raise SignInError(state.text or "Toggl does not accept the sign-in. Sign in again.")
    if state.phase is Phase.ASKING and state.question is not None:
        question = state.question
        word = question.kind.replace("time_entry", "entrie").replace("_", " ")
        side = "would be deleted in Toggl" if question.outward else "were deleted in Toggl"
        raise RefusedError(
            f"{question.count} of {question.living} {word}s {side}, more than one would expect. "
            "Nothing was deleted; --accept-deletions goes through with it."
        )
    words = {
        Phase.OFFLINE: "Toggl cannot be reached.",
        Phase.CAPTIVE: "The network answers with a page of its own. Sign in to the network.",
        Phase.QUOTA: f"The requests of this hour are used up{_until(context, state)}.",
        Phase.PAUSED: "Toggl asks for a pause.",
        Phase.TROUBLE: state.text or "Toggl's answer is not what it should be.",
        Phase.OUTDATED: "Toggl does not speak to this version any more. Update it.",
        Phase.ELSEWHERE: "Another Toggl Desktop is at it and does not end.",
    }.get(state.phase)
    if words is not None:
        kept = "" if "saved here" in words else kept
        raise ServerError(f"{words} {kept}It is tried again by itself, or with “sync”.")


def _until(context: Context, state: SyncState) -> str:
    if state.resets_at is None:
        return ""
    at = time_of_day(state.resets_at, context.zone, twelve_hours=context.twelve_hours())
    return f"; there are new ones at {at}"


_MOST_UNSENT: Final = 50

# Problems ------------------------------------------------------------------------------------


def _problems(context: Context, given: Given) -> None:
    verb, wanted = given.maybe("VERB") or "list", given.maybe("ID")
    if verb == "list":
        _list(context, given)
        return
    if wanted is None:
        raise given.usage(f"“problems {verb}” needs the id of a problem.")
    with context.writing() as store:
        title = _syncer(context, store).decide(store, wanted, verb, context.now.wall)
    done = {"retry": "Will be sent again", "mine": "Kept yours", "theirs": "Took theirs"}
    context.output.line(f"{done.get(verb, 'Dropped')}: {title}.")


def _list(context: Context, given: Given) -> None:
    from toggl_desktop.store.read import problems, versions
    from toggl_desktop.store.read.drain import drain

    with context.reading() as source:
        found = problems.problems(source)
        rest = drain(source, context.now.wall)
        pairs = [(one, versions.versions(source, one)) for one in found]
        waiting = problems.unsent(source, _MOST_UNSENT + 1)
    if given.has("json"):
        now = context.now.wall
        context.output.json([_as_json(one, *both, now) for one, both in pairs])
        return
    if not found and not waiting:
        raise NothingToDoError("There are no problems.")
    for one, both in pairs:
        mark = one.id if len(one.id) < 9 else one.id[-8:]
        context.output.line(f"{mark:>8}  {one.title}: {sentence(one)}")
        for line in sides.compared(context, one, *both):
            context.output.line(f"{'':>8}  {line}")
    for row in waiting[:_MOST_UNSENT]:
        kind = "entry" if row.kind == "time_entry" else row.kind
        context.output.line(f"{'':>8}  {row.title}: {row.change} {kind}, waits to be sent")
    if len(waiting) > _MOST_UNSENT:
        context.output.line(f"{'':>8}  … and more that waits to be sent")
    for said in _drained(rest):
        context.output.line(f"{'':>8}  ({said})")


def sentence(one: Problem) -> str:
    """Returns what is the matter and what can be done, in words."""
    if one.reason == "refused":
        return f"Toggl refused it: {one.text or 'no reason given'} (retry, theirs, drop)"
    if said := _SENTENCES.get(one.reason):
        return said.format(rule=one.text)
    names = ", ".join(name for name in one.theirs if name != "at")
    return f"changed on both sides ({names}); yours counts, theirs takes the other"


_SENTENCES: Final = {
    "rule": "{rule} It is kept here until that changes (retry tries it all the same)",
    "no access": "{rule} What is there can be read here; what waits for it waits on",
    "duplicate": ("may be in Toggl already; mine sends it as one more, theirs lets go of this one"),
    "server": "{rule} Toggl fails at it again and again; it is tried on (retry, drop)",
    "twice": "may be in Toggl twice; mine keeps both, drop deletes this one",
    "planned": "was deleted in Toggl, and the plan needs it; mine makes it there again",
    "deleted elsewhere": (
        "was deleted elsewhere while you edited it; mine makes it anew, drop lets it go"
    ),
    "undeleted": "you deleted it while it was changed elsewhere, so it stays; mine deletes it",
    "strange": "Toggl sent something that makes no sense; it was put aside (drop)",
}


def _as_json(one: Problem, here: Version | None, there: Version | None, now: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "reason": one.reason,
        "title": one.title,
        "text": one.text,
        "mine": one.mine,
        "theirs": one.theirs,
        "at": None if one.at is None else iso(one.at),
        "row_id": one.row,
        "track_id": one.track_id,
        "here": _side(one, here, now, is_here=True),
        "there": _side(one, there, now, is_here=False),
    }


def _side(one: Problem, side: Version | None, now: int, *, is_here: bool) -> dict[str, Any] | None:
    if side is None:
        return None
    return sides.version(one.kind, side, now, problem=one.text or None, is_here=is_here)


COMMANDS = (
    Command(
        "sync",
        "bring both sides up to date now",
        _sync,
        options=(
            Option("once", "make one turn and end; that is all this command ever does"),
            Option("full", "read everything of the last three months, and all that is older"),
            Option(
                "imported",
                "the file of “export csv --unsent” was imported, or will not be: what is in it "
                "is looked for in Toggl, and sent where it is not there",
            ),
            Option("accept-deletions", "go through with more deletions than one would expect"),
            JSON,
        ),
        details=(
            "Reads what changed in Toggl Track, then sends what waits. It does not wait for edits "
            "to settle, but never goes beyond a limit that is known to be spent. With --full, "
            "entries older than three months follow, the newest first; Ctrl-C ends that, what "
            "came stays, and the next --full goes on there. Exit code 4: "
            "nobody is signed in, or the sign-in was refused; 5: no network, a spent limit or a "
            "server's trouble, and everything is saved and waits."
        ),
    ),
    Command(
        "problems",
        "what waits for you, and what to do about it",
        _problems,
        words=(
            Word("VERB", "what to do", times="?", choices=_VERBS),
            Word("ID", "the problem", times="?"),
        ),
        options=(JSON,),
        details=(
            "Lists what needs you, then what only waits to be sent (not with --json). "
            "retry: send it again as it is. mine: keep what is here. theirs: take Toggl's side. "
            "drop: let go of it. “undo” takes each of them back, and what is let go of is kept "
            "on the shelf."
        ),
    ),
)
