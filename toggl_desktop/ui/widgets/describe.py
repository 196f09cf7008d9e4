"""A description being typed: what was tracked before is offered with its project and tags."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read import suggest
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.offer import OFFERED, TEXT, OfferField, ranked

_PLACE: Final = int(Qt.ItemDataRole.UserRole)
_LIMIT: Final = 8
_TOKEN: Final = re.compile(r"(?:^|\s)([@#])([^\s@#\"]*)$")
_NAME_LIMIT: Final = 60


class DescriptionField(OfferField):
    """Offers what was tracked lately; in a line that is read as one, `@` and `#` offer names too.

    Signals:
        taken(Suggestion): Something tracked before was chosen; its project and tags come with it.
    """

    taken = Signal(object)
    tab_takes_first = False  # what is typed may be meant as it is

    def __init__(
        self,
        name: str,
        known: Callable[[], Sequence[Suggestion]],
        parent: QWidget | None = None,
        *,
        is_bare: bool = False,
    ) -> None:
        """Makes an empty field.

        Args:
            name: What a screen reader calls it.
            known: Reads what can be offered; asked once each time the keyboard comes here.
            parent: Its owner.
            is_bare: Without a frame until it is used.
        """
        super().__init__(name, parent, is_bare=is_bare)
        self._read = known
        self._known: list[Suggestion] | None = None
        self._shown: list[Suggestion] = []
        self._names: dict[str, Sequence[str]] = {}

    def set_names(self, projects: Sequence[str], tags: Sequence[str]) -> None:
        """Takes the names that `@` and `#` offer."""
        self._names = {"@": projects, "#": tags}

    def set_names_off(self) -> None:
        """The text is a description and nothing else."""
        self._names = {}

    @override
    def _fill(self) -> None:
        self.offer.rows.clear()
        self._shown = []
        token = _TOKEN.search(self.text()) if self._names else None
        self.tab_takes_first = token is not None
        if token is not None:
            self._offer_names(token)
        else:
            self._offer_history()

    def _offer_names(self, token: re.Match[str]) -> None:
        sign, typed = token.group(1), token.group(2)
        names = self._names[sign]
        before = self.text()[: token.start(1)]
        picture = icon("tag" if sign == "#" else "project", "second")
        for name in list(ranked(names, [fold(n) for n in names], typed))[:OFFERED]:
            made = QStandardItem(picture, one_line(name, _NAME_LIMIT))
            quoted = f'"{name}"' if " " in name else name
            made.setData(f"{before}{sign}{quoted} ", TEXT)
            self.offer.rows.appendRow(made)

    def _offer_history(self) -> None:
        if self._known is None:
            try:
                self._known = [one for one in self._read() if one.description]
            except KnownError:
                self._known = []  # whoever reads the list will say why
        text = self.text().strip()
        same = fold(text)
        found = [
            one
            for one in suggest.matching(self._known, text, _LIMIT + 1)
            if not same or one.folded != same
        ]
        for one in found[:_LIMIT]:
            made = QStandardItem(diamond_icon(one.color or ""), _words(one))
            made.setData(len(self._shown), _PLACE)
            made.setData(one.description, TEXT)
            self._shown.append(one)
            self.offer.rows.appendRow(made)

    @override
    def _take(self, row: int) -> None:
        place = self.offer.rows.item(row).data(_PLACE)
        if place is None:
            self.textEdited.emit(self.text())  # a name in the line; there may be more to type
        else:
            self.taken.emit(self._shown[place])

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._known = None
        super().focusInEvent(event)


def _words(one: Suggestion) -> str:
    """Returns `Wireframes — Website · Northwind  #ux`."""
    text = one_line(one.description, _NAME_LIMIT)
    names = [one_line(n, _NAME_LIMIT) for n in (one.project_name, one.client) if n]
    tags = " ".join(f"#{one_line(tag, _NAME_LIMIT)}" for tag in one.tags)
    about = "  ".join(part for part in (" · ".join(names), tags) if part)
    return f"{text} — {about}" if about else text
