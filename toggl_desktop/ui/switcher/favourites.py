"""Favourites from the keyboard: the commands behind Ctrl+B and Alt with the arrows."""

from toggl_desktop.domain.commands import AddFavourite, DeleteThing, MoveFavourite
from toggl_desktop.domain.ids import FavouriteId, ProjectId, TagId, TaskId
from toggl_desktop.store.read import catalog
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.store.source import Source


def turned(one: Suggestion) -> AddFavourite | DeleteThing:
    """Returns the command that keeps what is no favourite, or drops what is one."""
    if one.favourite is not None:
        return DeleteThing("favourite", one.favourite)
    return AddFavourite(
        None,
        one.description,
        None if one.project is None else ProjectId(one.project),
        None if one.task is None else TaskId(one.task),
        tuple(TagId(tag) for tag in one.tag_ids),
        one.billable,
    )


def moved(source: Source, favourite: str, by: int) -> MoveFavourite | None:
    """Returns the command that moves a favourite by some places; None where it is at the end."""
    order = [row.lid for row in catalog.favourites(source)]
    if favourite not in order:
        return None
    place = order.index(favourite) + by
    return MoveFavourite(FavouriteId(favourite), place) if 0 <= place < len(order) else None


def is_content(one: Suggestion, row: EntryRow) -> bool:
    """Tells whether an entry has what the suggestion would start."""
    return (one.description, one.project, one.task, one.tag_ids, one.billable) == (
        row.description,
        row.project,
        row.task,
        row.tag_ids,
        row.billable,
    )


def is_same(one: Suggestion, other: Suggestion) -> bool:
    """Tells whether two suggestions would start the same."""
    return (one.description, one.project, one.task, one.tag_ids, one.billable) == (
        other.description,
        other.project,
        other.task,
        other.tag_ids,
        other.billable,
    )
