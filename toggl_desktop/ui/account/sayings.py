"""What a sync says to a person: how things stand, what is the matter, what each answer does."""

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from toggl_desktop.domain import words
from toggl_desktop.domain.clock import SKEW_HINT_SECONDS, SKEW_SECONDS
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.syncstate import Live, Phase, SyncState
from toggl_desktop.store.read.drain import Drain
from toggl_desktop.store.read.problems import Problem
from toggl_desktop.store.read.sides import Side

Time = Callable[[int], str]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sync", text)


class Answer(NamedTuple):
    """A button: what it does to the problem, in a word for the program and one for a person."""

    verb: str
    words: str


class Saying(NamedTuple):
    """A problem in words.

    Attributes:
        icon: Its picture.
        tone: The picture's colour.
        sentence: What is the matter.
        answers: What can be done, the best one first.
    """

    icon: str
    tone: str
    sentence: str
    answers: tuple[Answer, ...]


EDIT: Final = "edit"

MOST_SAID: Final = 240
"""So much of what a server says is shown; a page of its own is not a reason."""


def saying(problem: Problem) -> Saying:
    """Returns a problem in words."""
    retry, drop = Answer("retry", _tr("Try again")), Answer("drop", _tr("Drop it"))
    edit = Answer(EDIT, _tr("Edit"))
    match problem.reason:
        case "rule" | "no access" | "server" | "twice":
            return _of_rest(problem, edit, retry, drop)
        case "refused":
            reason = one_line(problem.text, MOST_SAID) or _tr("no reason was given")
            sentence = _tr("Toggl refused it: {reason}").format(reason=reason)
            theirs = (Answer("theirs", _tr("Take Toggl's")),) if problem.theirs else (drop,)
            first = (edit,) if problem.kind == "time_entry" else ()
            return Saying("problem", "problem", sentence, (*first, retry, *theirs))
        case "duplicate":
            sentence = _tr("Toggl has one that looks like it. Is it the same?")
            same, both = _tr("It is the same"), _tr("Keep both")
            return Saying(
                "duplicate", "warning", sentence, (Answer("theirs", same), Answer("mine", both))
            )
        case "conflict":
            sentence = _tr("Changed here and elsewhere at the same time. Yours counts so far.")
            mine, theirs_ = _tr("Keep mine"), _tr("Take theirs")
            return Saying(
                "warning", "warning", sentence, (Answer("mine", mine), Answer("theirs", theirs_))
            )
        case "deleted elsewhere":
            sentence = _tr("Deleted elsewhere while you had edits here. Your version is kept.")
            return Saying(
                "trash",
                "warning",
                sentence,
                (Answer("mine", _tr("Restore as new")), Answer("drop", _tr("Leave it deleted"))),
            )
        case "undeleted":
            sentence = _tr("You deleted it while it was changed elsewhere, so it stays.")
            return Saying(
                "trash",
                "warning",
                sentence,
                (Answer("theirs", _tr("Keep it")), Answer("mine", _tr("Delete it anyway"))),
            )
        case "planned":
            sentence = _tr("Deleted in Toggl, and the plan needs it.")
            return Saying(
                "plan",
                "warning",
                sentence,
                (Answer("mine", _tr("Make it there again")), Answer("theirs", _tr("Let it go"))),
            )
    sentence = _tr("Toggl sent something that makes no sense. It was put aside, nothing was lost.")
    return Saying("info", "second", sentence, (Answer("drop", _tr("Dismiss")),))


def _of_rest(problem: Problem, edit: Answer, retry: Answer, drop: Answer) -> Saying:
    """Returns in words what is neither a refusal nor a conflict."""
    if problem.reason in {"rule", "no access"}:
        return _of_rights(problem, edit, drop)
    return _of_trouble(problem, retry, drop)


def _of_trouble(problem: Problem, retry: Answer, drop: Answer) -> Saying:
    """Returns in words what a server's failures led to."""
    if problem.reason == "server":
        sentence = _tr("Toggl fails at it again and again. It is tried on, now and then.")
        reason = one_line(problem.text, MOST_SAID)
        words = f"{sentence} ({reason})" if reason else sentence
        return Saying("warning", "warning", words, (retry, drop))
    sentence = _tr("It may be in Toggl twice: when it was first sent, no answer came.")
    both, this = Answer("mine", _tr("Keep both")), Answer("drop", _tr("Delete this one"))
    return Saying("duplicate", "warning", sentence, (both, this))


def _of_rights(problem: Problem, edit: Answer, drop: Answer) -> Saying:
    """Returns in words what a workspace keeps from being sent."""
    if problem.reason == "no access":
        sentence = _tr(
            "{what} What is there can be read here, and what waits for it goes on when somebody "
            "who runs it lets you in again."
        )
        return Saying("lock", "warning", sentence.format(what=problem.text), ())
    sentence = _tr("{rule} It is kept here until that changes.").format(rule=problem.text)
    theirs = Answer("theirs", _tr("Take Toggl's")) if problem.theirs else drop
    first = (edit,) if problem.kind == "time_entry" else ()
    anyway = Answer("retry", _tr("Try it anyway"))
    return Saying("lock", "warning", sentence, (*first, anyway, theirs))


def title(problem: Problem) -> str:
    """Returns what a problem is about: what it is, where it is no entry, and what it is called.

    Empty for an entry without a description.
    """
    if problem.kind == "time_entry":
        return str(problem.mine.get("description") or problem.theirs.get("description") or "")
    pattern = {
        "project": _tr("Project {name}"),
        "client": _tr("Client {name}"),
        "tag": _tr("Tag {name}"),
        "task": _tr("Task {name}"),
        "workspace": _tr("Workspace {name}"),
    }.get(problem.kind, "{name}")
    return pattern.format(name=problem.title)


def field_words(field: str) -> str:
    """Returns what a person calls a field."""
    return {
        "description": _tr("Description"),
        "name": _tr("Name"),
        "project": _tr("Project"),
        "client": _tr("Client"),
        "task": _tr("Task"),
        "tags": _tr("Tags"),
        "start": _tr("Start"),
        "stop": _tr("Stop"),
        "billable": _tr("Billable"),
        "archived": _tr("Archived"),
        "color": _tr("Colour"),
        "estimate_seconds": _tr("Estimate"),
    }.get(field, field)


def value_words(side: Side, value: object, moment: Time) -> str:
    """Returns a field's value in words; a dash for nothing."""
    if side.field in {"start", "stop"}:
        return moment(value) if isinstance(value, int) else _tr("runs")
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, (tuple, list)):
        return ", ".join(f"#{one}" for one in value) or "–"
    return str(value) if value not in {None, ""} else "–"


def standing(state: SyncState, time: Time) -> str:
    """Returns how things stand in one sentence; empty while nobody is signed in."""
    fresh = "" if state.fresh is None else _tr("As of {time}.").format(time=time(state.fresh))
    fixed = {
        Phase.OFF: "",
        Phase.WORKING: _tr("Reading and sending…"),
        Phase.OFFLINE: " ".join(
            filter(None, (_tr("Toggl cannot be reached; what you do is saved here."), fresh))
        ),
        Phase.CAPTIVE: _tr(
            "The network answers with a page of its own. Sign in to the network; what you do is "
            "saved here."
        ),
        Phase.PAUSED: _tr("Toggl asks for a pause; it goes on by itself."),
        Phase.SIGN_IN: state.text or _tr("Toggl does not accept the sign-in. Sign in again."),
        Phase.ASKING: question(state),
        Phase.OUTDATED: _tr("Toggl does not speak to this version. Everything is kept; update it."),
        Phase.TROUBLE: state.text
        or _tr("Toggl's answer is not what it should be; it is tried again."),
    }
    if state.phase in fixed:
        return fixed[state.phase]
    if state.phase is Phase.QUOTA:
        return _spent(state, time)
    left = ""
    if state.remaining is not None and state.total is not None:
        left = _tr("{left} of {total} requests left this hour.").format(
            left=state.remaining, total=state.total
        )
        if state.resets_at is not None:
            more = _tr("{left} New ones come at {time}.")
            left = more.format(left=left, time=time(state.resets_at))
    return f"{fresh} {left}".strip()


def drain(waiting: Drain) -> str:
    """Returns how much waits to be sent, and how long that takes unless it is soon (R47)."""
    if not waiting.unsent:
        return ""
    if waiting.hours < SLOW_HOURS:
        return _tr("{count} waiting to send.").format(count=waiting.unsent)
    said = _tr("{count} waiting to send take about {hours} hours, as Toggl's limit has it.")
    if waiting.is_sure:
        said = _tr("{count} waiting to send take {hours} hours, as Toggl's limit has it.")
    return said.format(count=waiting.unsent, hours=waiting.hours)


SLOW_HOURS: Final = 2


def clock(state: SyncState) -> str:
    """Returns what is wrong with this computer's clock in a sentence; empty when it is right."""
    ahead = state.skew_seconds
    if abs(ahead) <= SKEW_HINT_SECONDS:
        return ""
    by = words.rough(ahead)
    said = (
        _tr("This computer's clock is {by} ahead of Toggl's.").format(by=by)
        if ahead > 0
        else _tr("This computer's clock is {by} behind Toggl's.").format(by=by)
    )
    if abs(ahead) <= SKEW_SECONDS:
        return said
    counts = _tr(
        "What you start and stop counts by Toggl's clock; times that you type are taken as they "
        "are. Set this computer's clock right."
    )
    return f"{said} {counts}"


def reading(state: SyncState) -> str:
    """Returns how far a long read has come; empty while none is under way."""
    if state.reading is None:
        return ""
    said = _tr("Reading the last three months: {count} entries so far.")
    return said.format(count=state.reading)


def live(state: SyncState) -> str:
    """Returns whether changes elsewhere are told of at once; empty where nobody wants that."""
    return {
        Live.ON: _tr("Toggl tells of changes at once."),
        Live.TRYING: _tr("Toggl does not tell of changes at once; they are read as usual."),
    }.get(state.live, "")


SOON_SECONDS: Final = 60
"""What comes within a minute comes now, to a person."""


def older(state: SyncState, time: Time, day: Time, now: int) -> str:
    """Returns how far older entries have come in a sentence; empty while none are being brought."""
    if state.progress is None:
        return ""
    said = _tr("Older entries: {count} so far").format(count=state.progress)
    if state.back_to is not None:
        said = _tr("{said}, back to {day}").format(said=said, day=day(state.back_to))
    if state.older_at is not None and state.older_at - now > SOON_SECONDS:
        at = time(state.older_at)
        return _tr("{said}. Toggl's limit lets more come at {time}.").format(said=said, time=at)
    return f"{said}."


def _spent(state: SyncState, time: Time) -> str:
    spent = _tr("Toggl's requests for this hour are used up; what you do is saved here.")
    if state.resets_at is None:
        return spent
    return spent + _tr(" New ones come at {time}.").format(time=time(state.resets_at))


def question(state: SyncState) -> str:
    """Returns what a person is asked before more is deleted than one would expect."""
    asked = state.question
    if asked is None:
        return ""
    things = _tr("entries") if asked.kind == "time_entry" else f"{asked.kind}s"
    if asked.outward:
        words = _tr("{count} of {living} {things} deleted here would be deleted in Toggl too.")
    else:
        words = _tr("{count} of {living} {things} were deleted in Toggl. Delete them here too?")
    return words.format(count=asked.count, living=asked.living, things=things)
