"""A list under a field: what it holds, and the keys that take something out of it."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from toggl_desktop.domain.folding import fold
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.fields import TextField

TEXT: Final = int(Qt.ItemDataRole.UserRole) + 16
"""What the field holds once an offer is taken."""
OFFERED: Final = 50
_NEAR: Final = 75
_WIDEST: Final = 560
T = TypeVar("T")


class Offer(QCompleter):
    """A list under a field that holds what its field puts in, in that order."""

    def __init__(self, field: TextField) -> None:
        super().__init__(field)
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(8)
        popup = self.popup()
        if popup is not None:
            popup.setAccessibleName(field.accessibleName())
            mark(popup, kind="offer")

    @override
    def splitPath(self, path: str) -> list[str]:
        return [""]  # the field has chosen already; nothing is filtered here

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(TEXT) or "")


class OfferField(TextField):
    """A field with offers: arrows walk, Enter and Tab take, Esc gives back what was typed.

    Whoever inherits fills `offer.rows` in `_fill` and hears of a taken row in `_take`.
    """

    tab_takes_first = True
    """Whether Tab takes the first offer when none was walked to."""

    def __init__(self, name: str, parent: QWidget | None = None, *, is_bare: bool = False) -> None:
        super().__init__(name, parent, is_bare=is_bare)
        self.offer = Offer(self)
        self._typed = ""
        self.setCompleter(self.offer)
        self.textEdited.connect(self._on_offer_text_edited)
        self.offer.activated[QModelIndex].connect(self._on_offer_activated)  # type: ignore[index]

    def _fill(self) -> None:
        """Puts what fits the text into the offer."""
        raise NotImplementedError

    def _take(self, row: int) -> None:
        """Hears that an offer was taken; the field holds its text already."""
        raise NotImplementedError

    def open_offer(self) -> None:
        """Shows everything that can be chosen."""
        self._typed = self.text()
        self._fill()
        self._widen()
        if self.offer.rows.rowCount():
            self.offer.complete()

    def _on_offer_text_edited(self, text: str) -> None:
        self._typed = text
        self._fill()
        self._widen()

    def _widen(self) -> None:
        """Gives the list the room that its words need, as far as that is sensible."""
        popup = self.offer.popup()
        if popup is not None:
            wanted = popup.sizeHintForColumn(0) + 2 * SPACE.large
            popup.setMinimumWidth(min(max(wanted, self.width()), _WIDEST))

    def _on_offer_activated(self, index: QModelIndex) -> None:
        self.is_edited = True
        self._typed = self.text()
        self._take(index.row())

    def _is_offering(self) -> bool:
        popup = self.offer.popup()
        return popup is not None and popup.isVisible()

    def _take_by_tab(self) -> bool:
        """Takes what is walked to, or the first where that is what Tab means."""
        popup = self.offer.popup()
        if popup is None or not popup.isVisible():
            return False
        is_chosen = popup.selectionModel().hasSelection()
        if not is_chosen and not (self.tab_takes_first and self._typed.strip()):
            popup.hide()
            return False
        row = popup.currentIndex().row() if is_chosen else 0
        index = self.offer.rows.index(row, 0)
        popup.hide()
        if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return False  # a sentence, nothing that could be taken
        self.setText(self.offer.pathFromIndex(index))
        self._on_offer_activated(index)
        return True

    @override
    def event(self, event: QEvent) -> bool:
        is_tab = (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and not event.modifiers()
        )
        if is_tab and self._take_by_tab():
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Down and is_plain and not self._is_offering():
            self.open_offer()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self._is_offering():
            was_edited = self.is_edited
            self.setText(self._typed)  # walking has put offers in its place
            self.is_edited = was_edited
        super().keyPressEvent(event)


def ranked(choices: Sequence[T], folded: Sequence[str], text: str) -> Iterable[T]:
    """Returns what fits a typed text, best first: the beginning, a word's beginning, anywhere.

    All words must stand in it; only where nothing fits so, near misses (typing errors) do.
    """
    wanted = fold(text).split()
    scored = [
        (_rank(known, wanted), place)
        for place, known in enumerate(folded)
        if all(word in known for word in wanted)
    ]
    if scored:
        return [choices[place] for _, place in sorted(scored)]
    joined = " ".join(wanted)
    return [choices[place] for place in _near(folded, joined)] if len(joined) >= 3 else []


def _rank(known: str, wanted: Sequence[str]) -> int:
    if not wanted or known.startswith(wanted[0]):
        return 0
    padded = f" {known}"
    return 1 if all(f" {word}" in padded for word in wanted) else 2


def _near(folded: Sequence[str], text: str) -> list[int]:
    from rapidfuzz import fuzz, process

    found = process.extract(text, folded, scorer=fuzz.partial_ratio, limit=5, score_cutoff=_NEAR)
    return [place for _, _, place in found]
