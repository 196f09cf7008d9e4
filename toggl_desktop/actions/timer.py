"""Start, stop, continue, unstop: what the timer can be told to do."""

import json
from collections.abc import Sequence
from dataclasses import replace

from toggl_desktop.actions import rights, tagging
from toggl_desktop.actions.ids import new_id
from toggl_desktop.domain import limits, timer
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Anchor, Reading, jumped_seconds
from toggl_desktop.domain.commands import (
    ContinueEntry,
    OverlapChoice,
    StartTimer,
    StopTimer,
    UnstopEntry,
)
from toggl_desktop.domain.entities import Entry, Project, Tag, Task
from toggl_desktop.domain.errors import (
    NothingToDoError,
    Overlap,
    OverlapError,
    RefusedError,
)
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.domain.words import clock as clock_words
from toggl_desktop.domain.words import named
from toggl_desktop.store import schema
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import entries as read
from toggl_desktop.store.read.home import home
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Transaction

_ANCHOR = "anchor"


def start(store: Store, command: StartTimer, now: Reading, zone: str = "") -> ChangeSet:
    """Starts an entry and stops the running one at the new start, in one step.

    Raises:
        OverlapError: The start lies in the past and meets recorded entries, and the command does
            not say what becomes of them; nothing was changed.
        RefusedError: A limit or a required field; nothing was changed.
    """
    with store.transaction(f"Start {named(command.description)}", now.wall) as tx:
        start_in(tx, command, now, zone)
    return tx.result


def start_in(tx: Transaction, command: StartTimer, now: Reading, zone: str) -> None:
    """Does what `start` does inside a step under way."""
    entry = Entry(
        EntryId(new_id()),
        start=now.wall,
        description=command.description.strip(),
        project=command.project,
        task=command.task,
        tags=tuple(dict.fromkeys(command.tags)),
        billable=bool(command.billable),
        workspace=home(tx.source),
        plan_task=command.plan_task,
        zone=zone,
    )
    entry = tagging.at_home(tx, at_home(tx, entry, billable=command.billable))
    _start(tx, entry, command.at, now, command.overlaps)


def plan(source: Source, at: int | None, now: int) -> timer.StartPlan:
    """Says what a start at a moment would do: for a preview, before anything is saved."""
    at = now if at is None else at
    running = read.running_entry(source)
    return timer.plan_start(at, now, running, read.in_the_way(source, at))


def _start(
    tx: Transaction, entry: Entry, at: int | None, now: Reading, choice: OverlapChoice
) -> None:
    if at is not None and at > now.wall:
        raise RefusedError("An entry cannot start in the future. Nothing was changed.")
    entry = replace(entry, start=now.wall if at is None else at)
    check(tx, entry)  # nobody is asked about a start that cannot be
    planned = plan(tx.source, at, now.wall)
    running = read.running_entry(tx.source)
    if planned.overlaps:
        _decide(tx, planned, choice, running)
    if running is not None and planned.trimmed is not None:
        if at is None:
            _stop(tx, running, now, planned.at)
        else:
            limits.check_entry(planned.trimmed)
            tx.save(planned.trimmed)
    entry = replace(entry, start=planned.at)
    tx.save(entry)
    _set_anchor(tx, entry, now)


def _decide(
    tx: Transaction, planned: timer.StartPlan, choice: OverlapChoice, running: Entry | None
) -> None:
    if choice == "ask":
        raise OverlapError(_overlap_sentence(planned.overlaps), planned.overlaps)
    swallows_running = running is not None and planned.trimmed is None
    if choice == "keep":
        if swallows_running:
            raise RefusedError(
                "The running entry began later than that, and only one can run. "
                "Nothing was changed; stop it first, or let it be cut."
            )
    else:
        met = {o.entry: tx.get(Entry, o.entry) for o in planned.overlaps}
        tx.save(*timer.make_room(planned.at, planned.overlaps, met))


def _overlap_sentence(overlaps: Sequence[Overlap]) -> str:
    cut = [named(o.description) for o in overlaps if not o.swallowed]
    gone = [named(o.description) for o in overlaps if o.swallowed]
    parts = []
    if cut:
        parts.append(f"shorten {_listed(cut)}")
    if gone:
        parts.append(f"remove {_listed(gone)}")
    return f"That start would {' and '.join(parts)}. Nothing was changed; say whether it may."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def stop(store: Store, command: StopTimer, now: Reading) -> ChangeSet:
    """Stops the running entry.

    When the computer's clock was moved while the entry ran, the time since boot decides how long
    it lasted, and the change carries a notice that names what the clock says (sync.md R38).

    Raises:
        NothingToDoError: Nothing runs.
        RefusedError: The stop lies before the start, or in the future.
    """
    with store.transaction("Stop", now.wall) as tx:
        running = read.running_entry(tx.source)
        if running is None:
            raise NothingToDoError("Nothing is running.")
        tx.step.name = f"Stop {named(running.description)}"
        if command.at is None:
            _stop(tx, running, now, now.wall)
        else:
            if command.at > now.wall:
                raise RefusedError("An entry cannot stop in the future. Nothing was changed.")
            check(tx, replace(running, stop=command.at))
            tx.save(replace(running, stop=command.at))
        tx.step.meta[_ANCHOR] = None
    return tx.result


def _stop(tx: Transaction, running: Entry, now: Reading, at: int) -> None:
    anchor = _anchor(tx.source)
    moved = jumped_seconds(anchor if anchor and anchor.entry == running.lid else None, now)
    end = max(running.start, at - moved)
    if moved:
        tx.step.notice = (
            f"The computer's clock was moved by {clock_words(abs(moved))} while "
            f"{named(running.description)} ran. {clock_words(end - running.start)} was kept; by "
            f"the clock it would be {clock_words(max(0, at - running.start))}. "
            "Undo or edit to change it."
        )
    elif running.start - at > timer.CLICK_SECONDS:
        tx.step.notice = (
            f"The computer's clock is behind the start of {named(running.description)}; "
            "it was stopped where it began. Edit it to set its times."
        )
    stopped = replace(running, stop=end)
    limits.check_entry(stopped)
    notice = tx.step.notice
    rights.keep_stopped(tx, stopped)
    tx.step.notice = notice or tx.step.notice
    tx.save(stopped)


def continue_entry(store: Store, command: ContinueEntry, now: Reading, zone: str = "") -> ChangeSet:
    """Starts a new entry with the content of an old one.

    Raises:
        NothingToDoError: There is no entry to continue, or it is the one that runs.
    """
    with store.transaction("Continue", now.wall) as tx:
        old = (
            read.latest_stopped(tx.source)
            if command.entry is None
            else tx.get(Entry, command.entry)
        )
        if old is None:
            raise NothingToDoError("There is no entry to continue.")
        if old.is_running:
            raise NothingToDoError(f"{named(old.description)} is running already.")
        tx.step.name = f"Continue {named(old.description)}"
        entry = replace(old, lid=EntryId(new_id()), start=now.wall, stop=None, zone=zone)
        _start(tx, _without_the_gone(tx, entry), command.at, now, command.overlaps)
    return tx.result


def _without_the_gone(tx: Transaction, entry: Entry) -> Entry:
    """Returns the entry without a project, task or tags that were deleted meanwhile."""
    from toggl_desktop.store import tables

    project = tables.get(tx.source, Project, entry.project) if entry.project else None
    task = tables.get(tx.source, Task, entry.task) if entry.task else None
    names = read.tag_names(tx.source)
    return replace(
        entry,
        project=project.lid if project and not project.deleted else None,
        task=task.lid if task and not task.deleted else None,
        tags=tuple(t for t in entry.tags if t in names),
    )


def unstop(store: Store, command: UnstopEntry, now: Reading) -> ChangeSet:
    """Lets the latest entry run on as if it had never been stopped; a running one is stopped first.

    Raises:
        NothingToDoError: Nothing was ever stopped, or it runs.
    """
    with store.transaction("Unstop", now.wall) as tx:
        entry = (
            read.latest_stopped(tx.source)
            if command.entry is None
            else tx.get(Entry, command.entry)
        )
        if entry is None:
            raise NothingToDoError("There is no entry to let run on.")
        if entry.is_running:
            raise NothingToDoError(f"{named(entry.description)} is running already.")
        if entry.start > now.wall:
            raise RefusedError("An entry cannot start in the future. Nothing was changed.")
        rights.refuse_closed(tx, entry)
        tx.step.name = f"Unstop {named(entry.description)}"
        running = read.running_entry(tx.source)
        if running is not None:
            _stop(tx, running, now, now.wall)
        tx.save(replace(entry, stop=None))
        _set_anchor(tx, entry, now)
    return tx.result


# What entries owe to what they point to ---------------------------------------------------


def at_home(tx: Transaction, entry: Entry, *, billable: bool | None) -> Entry:
    """Returns the entry in its project's workspace, billable as the project is unless said.

    Refuses what points to something that is not there.
    """
    for tag in entry.tags:
        tx.get(Tag, tag)
    if entry.task is not None:
        task = tx.get(Task, entry.task)
        if entry.project is not None and task.project != entry.project:
            raise RefusedError(
                f"The task “{task.name}” belongs to another project. Nothing was changed."
            )
        entry = replace(entry, project=task.project)
    if entry.project is None:
        return entry
    project = tx.get(Project, entry.project)
    return replace(
        entry,
        workspace=project.workspace,
        billable=project.billable if billable is None else billable,
    )


def check(tx: Transaction, entry: Entry) -> None:
    """Raises RefusedError when the entry breaks a limit, or lacks what this computer requires.

    What only an account's workspace would not take is kept and waits (`rights.keep`).
    """
    limits.check_entry(entry)
    rights.keep(tx, entry)


def _anchor(source: Source) -> Anchor | None:
    text = schema.meta(source, _ANCHOR)
    return Anchor(**json.loads(text)) if text else None


def follow(tx: Transaction, entry: Entry, successor: Entry) -> None:
    """Lets what is known of the clocks count for the entry that now runs on in another's stead."""
    anchor = _anchor(tx.source)
    if anchor is not None and anchor.entry == entry.lid and successor.is_running:
        tx.step.meta[_ANCHOR] = json.dumps(anchor._replace(entry=successor.lid)._asdict())


def _set_anchor(tx: Transaction, entry: Entry, now: Reading) -> None:
    """Remembers how the clocks stand while the entry runs, so that a later jump is noticed."""
    if now.boot is None or now.boot_id is None:
        tx.step.meta[_ANCHOR] = None
        return
    tx.step.meta[_ANCHOR] = json.dumps(
        {"entry": entry.lid, "wall": now.wall, "boot": now.boot, "boot_id": now.boot_id}
    )
