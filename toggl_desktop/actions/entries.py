"""Add, edit, split, merge, duplicate, delete: what can be done to recorded time."""

from collections.abc import Sequence
from dataclasses import replace

from toggl_desktop.actions import names, rights, tagging
from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.timer import at_home, check, follow
from toggl_desktop.domain import limits, timer
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import (
    AddEntry,
    DeleteEntries,
    DuplicateEntries,
    EditEntries,
    EntryTimes,
    MergeEntries,
    SplitEntry,
    Unset,
)
from toggl_desktop.domain.entities import Entry, Project, Tag, Task
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId
from toggl_desktop.domain.words import named
from toggl_desktop.store.database import Store
from toggl_desktop.store.read.home import home
from toggl_desktop.store.write import Transaction


def add(store: Store, command: AddEntry, now: Reading, zone: str = "") -> ChangeSet:
    """Adds a finished entry. Raises RefusedError for a limit or a required field."""
    with store.transaction(f"Add {named(command.description)}", now.wall) as tx:
        add_in(tx, command, zone)
    return tx.result


def add_in(tx: Transaction, command: AddEntry, zone: str) -> None:
    """Does what `add` does inside a step under way."""
    entry = Entry(
        EntryId(new_id()),
        start=command.start,
        stop=command.stop,
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
    check(tx, entry)
    tx.save(entry)


def edit(store: Store, command: EditEntries, now: Reading) -> ChangeSet:
    """Changes the named fields of one or many entries in one step.

    Raises:
        RefusedError: One of them would break a limit or lack a required field; none was changed.
        NothingToDoError: Everything is so already.
    """
    if not command.entries:
        raise NothingToDoError("There is no entry to edit.")
    with store.transaction("Edit", now.wall) as tx:
        named_tags = () if isinstance(command.tags, Unset) else command.tags
        for tag in (*named_tags, *command.add_tags):
            tx.get(Tag, tag)
        command = _with_new_project(tx, command)
        entries = [tx.get(Entry, lid) for lid in dict.fromkeys(command.entries)]
        rights.refuse_closed(tx, *entries)
        tx.step.name = _step_name("Edit", entries)
        times = {one.entry: one for one in command.times}
        for entry in entries:
            changed = _retimed(_edited(tx, entry, command), times.get(entry.lid))
            if changed.is_running and changed.start > max(now.wall, entry.start):
                raise RefusedError(
                    "A running entry cannot start in the future. Nothing was changed."
                )
            if changed != entry:
                check(tx, changed)
            tx.save(changed)
    if not tx.result:
        raise NothingToDoError("Nothing to change: it is so already.")
    return tx.result


def _with_new_project(tx: Transaction, command: EditEntries) -> EditEntries:
    """Returns the command with a project in place of its name, made in this step if need be."""
    if command.new_project is not None:
        project = names.project(tx, command.new_project, creates=True, client=command.new_client)
        command = replace(command, project=project)
    return command


def _step_name(verb: str, entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return f"{verb} {named(entries[0].description)}"
    return f"{verb} {len(entries)} entries"


def _retimed(entry: Entry, times: EntryTimes | None) -> Entry:
    """Returns the entry at its own place; one that runs goes on running."""
    if times is None:
        return entry
    stop = entry.stop if entry.stop is None or times.stop is None else times.stop
    return replace(entry, start=times.start, stop=stop)


def _edited(tx: Transaction, entry: Entry, command: EditEntries) -> Entry:
    if not isinstance(command.description, Unset):
        entry = replace(entry, description=command.description.strip())
    moved = _with_project(tx, entry, command)
    tagged = _tagged(tx, moved, command)
    is_sure = (tagged.workspace, tagged.tags) == (entry.workspace, entry.tags)
    entry = tagged if is_sure else tagging.at_home(tx, tagged)
    if not isinstance(command.billable, Unset):
        entry = replace(entry, billable=command.billable)
    if not isinstance(command.start, Unset):
        entry = replace(entry, start=command.start)
    if not isinstance(command.stop, Unset):
        entry = replace(entry, stop=command.stop)
    return entry


def _tagged(tx: Transaction, entry: Entry, command: EditEntries) -> Entry:
    tags: tuple[TagId, ...] = entry.tags if isinstance(command.tags, Unset) else command.tags
    added = (*command.add_tags, *tagging.named(tx, command.new_tags, entry.workspace))
    if isinstance(command.tags, Unset) and not added and not command.remove_tags:
        return entry
    kept = tagging.without(tx, (*tags, *added), command.remove_tags)
    return replace(entry, tags=tuple(dict.fromkeys(kept)))


def _with_project(tx: Transaction, entry: Entry, command: EditEntries) -> Entry:
    """Returns the entry on its new project and task; a project change drops the old one's task."""
    task = command.task
    if not isinstance(task, Unset) and task is not None:
        of = tx.get(Task, task).project
        if isinstance(command.project, Unset):
            return _moved(tx, replace(entry, task=task), of)
        if command.project != of:
            raise RefusedError("That task belongs to another project. Nothing was changed.")
        return _moved(tx, replace(entry, task=task), of)
    if task is None:
        entry = replace(entry, task=None)
    if isinstance(command.project, Unset):
        return entry
    if command.project != entry.project:
        entry = replace(entry, task=None)
    return _moved(tx, entry, command.project)


def _moved(tx: Transaction, entry: Entry, project: ProjectId | None) -> Entry:
    if project is None or project == entry.project:
        return replace(entry, project=project)
    found = tx.get(Project, project)
    return replace(entry, project=project, workspace=found.workspace, billable=found.billable)


def split(store: Store, command: SplitEntry, now: Reading) -> ChangeSet:
    """Cuts an entry in two; together they last exactly as long as before."""
    with store.transaction("Split", now.wall) as tx:
        entry = tx.get(Entry, command.entry)
        rights.refuse_closed(tx, entry)
        tx.step.name = f"Split {named(entry.description)}"
        first, second = timer.split(entry, command.at, now.wall, EntryId(new_id()))
        tx.save(first, second)
        follow(tx, entry, second)
    return tx.result


def merge(store: Store, command: MergeEntries, now: Reading) -> ChangeSet:
    """Makes one entry of several: from the first start to the last stop."""
    with store.transaction("Merge", now.wall) as tx:
        entries = [tx.get(Entry, lid) for lid in dict.fromkeys(command.entries)]
        rights.refuse_closed(tx, *entries)
        tx.step.name = f"Merge {len(entries)} entries"
        kept, gone = timer.merge(entries)
        limits.check_entry(kept)
        tx.save(kept, *gone)
        for entry in gone:
            follow(tx, entry, kept)
    return tx.result


def duplicate(store: Store, command: DuplicateEntries, now: Reading) -> ChangeSet:
    """Adds a finished copy of each entry; a running one is copied up to now."""
    if not command.entries:
        raise NothingToDoError("There is no entry to duplicate.")
    with store.transaction("Duplicate", now.wall) as tx:
        entries = [tx.get(Entry, lid) for lid in dict.fromkeys(command.entries)]
        tx.step.name = _step_name("Duplicate", entries)
        for entry in entries:
            stop = max(now.wall, entry.start) if entry.stop is None else entry.stop
            tx.save(replace(entry, lid=EntryId(new_id()), stop=stop))
    return tx.result


def delete(store: Store, command: DeleteEntries, now: Reading) -> ChangeSet:
    """Deletes entries; undo brings them back."""
    if not command.entries:
        raise NothingToDoError("There is no entry to delete.")
    with store.transaction("Delete", now.wall) as tx:
        entries = [tx.get(Entry, lid) for lid in dict.fromkeys(command.entries)]
        rights.refuse_closed(tx, *entries)
        tx.step.name = _step_name("Delete", entries)
        tx.save(*(replace(e, deleted=True) for e in entries))
    return tx.result
