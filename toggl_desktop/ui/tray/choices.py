"""What the tray's menu offers, read in one go after the icon is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toggl_desktop.domain.commands import AddFavourite, ContinueEntry, StartTimer
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId, TaskId
from toggl_desktop.store import journal
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.ui.tray.menu import FAVOURITES, RECENTS

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from toggl_desktop.store.read.catalog import FavouriteRow
    from toggl_desktop.store.read.entries import EntryRow
    from toggl_desktop.store.source import Source
    from toggl_desktop.ui.planned import Glance, Planned
    from toggl_desktop.ui.tray.menu import TrayMenu


class Choices(NamedTuple):
    """What can be started, kept and taken back.

    Attributes:
        last: The text of what Continue would continue; None when nothing was ever stopped.
        recents: What was tracked lately and is no favourite.
        favourites: All favourites, in a person's order.
        keepable: Local id and text of what runs or ran last, unless it is a favourite already.
        undoable: The step that undo would take back, in words.
    """

    last: str | None = None
    recents: tuple[EntryRow, ...] = ()
    favourites: tuple[FavouriteRow, ...] = ()
    keepable: tuple[str, str] | None = None
    undoable: str | None = None

    def favourite(self, lid: str) -> FavouriteRow | None:
        """Returns a favourite by its local id."""
        return next((row for row in self.favourites if row.lid == lid), None)


def read(source: Source, running: EntryRow | None) -> Choices:
    """Returns what the menu offers now. Raises StoreError when the store cannot be read."""
    with source.snapshot():
        favourites = catalog.favourites(source)
        kept = {_content(row, row.tags) for row in favourites}
        recents = [
            row
            for row in entries.recents(source, RECENTS + len(favourites[:FAVOURITES]))
            if _content(row, row.tag_ids) not in kept
        ]
        stopped = entries.latest_stopped(source)
        last = None if stopped is None else entries.one(source, stopped.lid)
        undoable = journal.undoable(source)
    candidate = last if running is None else running
    keepable = None
    if candidate is not None and _content(candidate, candidate.tag_ids) not in kept:
        keepable = (candidate.lid, candidate.description or candidate.project_name or "")
    return Choices(
        None if last is None else last.description,
        tuple(recents[:RECENTS]),
        tuple(favourites),
        keepable,
        None if undoable is None else undoable.name,
    )


def _content(row: EntryRow | FavouriteRow, tag_ids: tuple[str, ...]) -> tuple[object, ...]:
    return row.description, row.project, row.task, frozenset(tag_ids), row.billable


def command_of(
    action: QAction, menu: TrayMenu, choices: Choices, glance: Glance | None
) -> object | None:
    """Returns the command that a line of the menu stands for; None for one that leads elsewhere."""
    if action is menu.keep:
        return None if choices.keepable is None else AddFavourite(EntryId(choices.keepable[0]))
    lid = action.data()
    if not isinstance(lid, str) or not lid:
        return None
    if action in menu.recents:
        return ContinueEntry(EntryId(lid))
    if action in menu.planned and glance is not None:
        return next((_start_of_task(task) for task in glance.tasks if task.task == lid), None)
    row = choices.favourite(lid)
    return None if row is None else start_of(row)


def _start_of_task(task: Planned) -> StartTimer:
    project = None if task.project is None else ProjectId(task.project)
    return StartTimer(task.name, project, plan_task=task.task)


def start_of(row: FavouriteRow) -> StartTimer:
    """Returns the command that starts a favourite."""
    return StartTimer(
        row.description,
        None if row.project is None else ProjectId(row.project),
        None if row.task is None else TaskId(row.task),
        tuple(TagId(tag) for tag in row.tags),
        row.billable,
    )
