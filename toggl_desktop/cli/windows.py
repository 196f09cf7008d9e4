"""`palette` and `show`: what the running program brings up, for a key of the desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toggl_desktop.cli.arguments import Command, Given, Word
from toggl_desktop.domain.errors import NothingToDoError

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context


def _ask(context: Context, verb: str) -> None:
    if not context.machine.ring(context.place.directory, verb):
        raise NothingToDoError("Toggl Desktop is not running; start it with “toggl-desktop”.")


def _palette(context: Context, _given: Given) -> None:
    _ask(context, "palette")


def _show(context: Context, given: Given) -> None:
    _ask(context, "plan" if given.maybe("WINDOW") == "plan" else "show")


COMMANDS = (
    Command("palette", "opens the palette of the running program", _palette),
    Command(
        "show",
        "brings a window of the running program to the front",
        _show,
        (Word("WINDOW", "which one; the timer's without a word", "?", ("timer", "plan")),),
    ),
)
