"""Labels, menus and tooltips that show a text and never obey it.

Names and descriptions come from servers and files. Qt guesses rich text and would load the
pictures it names; here nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toggl_desktop.domain.plaintext import many_lines, one_line
from toggl_desktop.ui.theme.tokens import SIZE

if TYPE_CHECKING:  # the tray needs the texts only; the labels come with the first window
    from PySide6.QtWidgets import QWidget

    from toggl_desktop.ui.widgets.labels import PlainLabel

MENU_LIMIT: Final = 60
TOOLTIP_LIMIT: Final = 600

_ROLES: Final[dict[str, tuple[int, int]]] = {
    "body": (SIZE.body, SIZE.regular),
    "strong": (SIZE.body, SIZE.semibold),
    "caption": (SIZE.caption, SIZE.regular),
    "emphasis": (SIZE.strong, SIZE.semibold),
    "title": (SIZE.title, SIZE.semibold),
    "clock": (SIZE.clock, SIZE.regular),
}
_TONES: Final = {"caption": "second"}


def label(  # noqa: PLR0913
    text: str = "",
    *,
    role: str = "body",
    tone: str = "",
    elided: bool = False,
    figures: bool = False,
    wraps: bool = False,
    parent: QWidget | None = None,
) -> PlainLabel:
    """The only way to a label: plain text, the role's type, nothing in it that can act.

    Args:
        text: what to show; it may come from anywhere.
        role: "body", "strong", "caption", "emphasis", "title" or "clock".
        tone: a tone of the style sheet; captions are "second" unless told otherwise.
        elided: shortens with an ellipsis instead of asking for room.
        figures: keeps its size while its figures change.
        wraps: breaks lines, and keeps the text's own.
        parent: the label's owner.
    """
    from toggl_desktop.ui.theme.fonts import type_font
    from toggl_desktop.ui.widgets.labels import ElidedLabel, FigureLabel, PlainLabel, WrappedLabel

    kind = (
        WrappedLabel if wraps else ElidedLabel if elided else FigureLabel if figures else PlainLabel
    )
    made = kind(parent=parent)
    size, weight = _ROLES[role]
    made.setFont(type_font(size, weight))
    made.setProperty("tone", tone or _TONES.get(role, ""))
    made.setText(text)
    return made


def menu_text(text: str, limit: int = MENU_LIMIT) -> str:
    """A text for a menu entry, button or tab: one line, and `&` is a sign, not a shortcut."""
    return one_line(text, limit).replace("&", "&&")


def plain(text: str, limit: int = TOOLTIP_LIMIT) -> str:
    """Rich text that shows exactly this plain text: for message boxes and whatever else guesses."""
    import html

    escaped = html.escape(many_lines(text, limit))
    return f'<div style="white-space: pre-wrap">{escaped}</div>' if escaped else ""


def tooltip(text: str) -> str:
    """A tooltip that shows exactly this plain text, wrapped where it is long."""
    return plain(text, TOOLTIP_LIMIT)
