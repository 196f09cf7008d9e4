"""What the calendar asks the window for, and what it tells it."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint

from toggl_desktop.actions.perform import Outcome
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.ui.calendar.layout import Block


@dataclass(frozen=True, slots=True)
class EditRequest:
    """An entry is to be opened for editing, or several at once."""

    entry: EntryId
    all: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuRequest:
    """A menu is wanted at a place of the screen, for a moment and perhaps a block there.

    Attributes:
        is_by_key: Whether a key asked for it; the moment then means nothing.
    """

    place: QPoint
    at: int
    block: Block | None
    is_by_key: bool = False


@dataclass(frozen=True, slots=True)
class Answer(Outcome):
    """What became of a command, and which one it was."""

    command: object = None
