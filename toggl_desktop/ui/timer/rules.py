"""What a workspace would not take of what is typed into an editor, said beside its fields."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from toggl_desktop.domain.commands import EntryTimes
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.store.read import catalog, rights
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.store.read.rights import Typed
from toggl_desktop.store.source import Source
from toggl_desktop.ui.widgets.completion import ProjectWish

_MOST: Final = 100
"""Of so many entries is looked; what they all break shows in the first of them."""


class Filled(NamedTuple):
    """What an editor's fields hold.

    Attributes:
        stop: None while it runs.
        wish: What the project field asks for; None where that was left alone.
        tags: What the tags field asks for; None where that was left alone.
    """

    start: int
    stop: int | None
    description: str
    wish: ProjectWish | None = None
    tags: Sequence[str] | None = None


def of_one(source: Source, row: EntryRow | None, filled: Filled) -> str:
    """Returns what the workspace would not take of one entry, new or not, as it is filled in."""
    start, stop, description, wish, tags = filled
    project, had, task = (None, (), None) if row is None else (row.project, row.tags, row.task)
    wanted = project if wish is None else wish.lid or wish.new_name or wish.unknown or None
    try:
        typed = Typed(
            start,
            stop,
            description,
            wanted,
            has_tags=bool(had if tags is None else tags),
            has_task=task is not None and wanted == project,
            has_new_tags=bool(catalog.new_tags(source, tags or (), wanted)),
            was_start=None if row is None or row.track_id is None else row.start,
        )
        return rights.rule(source, typed)
    except KnownError:
        return ""  # saving will say what is the matter with the store


def of_many(
    source: Source,
    rows: Sequence[EntryRow],
    times: Mapping[EntryId, EntryTimes],
    description: str | None,
    things: tuple[ProjectWish | None, Sequence[str]],
) -> str:
    """Returns what would not be taken of several entries, and of how many of them.

    Args:
        source: The store.
        rows: The entries.
        times: Where those that are moved are to be.
        description: The text of all; None where that was left alone.
        things: What the project field asks for, or None; and the tags that all are to get.
    """
    wish, tags = things
    said: dict[str, int] = {}
    for row in rows[:_MOST]:
        moved = times.get(EntryId(row.lid))
        start, stop = (row.start, row.stop) if moved is None else (moved.start, moved.stop)
        text = row.description if description is None else description
        mine = (*row.tags, *tags) if tags else None
        if rule := of_one(source, row, Filled(start, stop, text, wish, mine)):
            said[rule] = said.get(rule, 0) + 1
    if not said:
        return ""
    rule = max(said, key=lambda one: said[one])
    count, among = said[rule], min(len(rows), _MOST)
    if count == among:
        return rule
    words = QCoreApplication.translate("Rules", "{count} of {among}: {rule}")
    return words.format(count=count, among=among, rule=rule)


def recorded(row: EntryRow) -> tuple[object, ...]:
    """Returns what a person recorded: neither others' names nor how the entry's sync stands."""
    about = (row.description, row.project, row.task, row.tag_ids, row.billable)
    return (*about, row.start, row.stop)
