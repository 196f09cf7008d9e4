"""Fields that find one thing in a list as letters are typed, and can make a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.finding import found
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.popover import Popover

_PLACE: Final = int(Qt.ItemDataRole.UserRole)
_OFFERED: Final = 50
_SHOWN: Final = 8
_ROW: Final = 28
_NONE: Final = -1
_NEW: Final = -2


class Choice(NamedTuple):
    """Something that can be chosen.

    Attributes:
        lid: What it is.
        name: What it is called.
        color: `#rrggbb` of its mark; empty for none.
        note: Where it belongs, shown behind the name.
    """

    lid: str
    name: str
    color: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen: something, something to be made, or, with neither, nothing."""

    lid: str | None = None
    new_name: str = ""


class Offers(Popover):
    """The list under a field. The keyboard stays in the field.

    Signals:
        taken(int): A row was pressed; the place that `show_rows` gave it.
    """

    taken = Signal(object)

    def __init__(self, field: TextField) -> None:
        super().__init__(field)
        self._field = field
        self._rows = QStandardItemModel(self)
        self._list = QListView(self)
        mark(self._list, kind="plain")
        self._list.setModel(self._rows)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(field.accessibleName())
        self._list.clicked.connect(self._on_list_clicked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.hair, SPACE.hair, SPACE.hair, SPACE.hair)
        whole.addWidget(self._list)

    @override
    def sizeHint(self) -> QSize:
        rows = min(max(1, self._rows.rowCount()), _SHOWN)
        widest = max(0, self._list.sizeHintForColumn(0)) + SPACE.huge
        return QSize(min(widest, 360), rows * _ROW + 2 * SPACE.hair + 2)

    @override
    def least_width(self) -> int:
        return self._field.width()

    def show_rows(self, rows: Sequence[tuple[int, str, QIcon]]) -> None:
        """Shows rows: a place to give back, words, a picture. The first one is current."""
        self._rows.clear()
        for place, words, picture in rows:
            item = QStandardItem(picture, words)
            item.setData(place, _PLACE)
            self._rows.appendRow(item)
        if not rows:
            self.close_card()
            return
        self._list.setCurrentIndex(self._rows.index(0, 0))
        self.open_card()

    def make_current(self, place: int) -> None:
        """Makes the row of a place current, if it is shown."""
        for row in range(self._rows.rowCount()):
            if self._rows.item(row).data(_PLACE) == place:
                self._list.setCurrentIndex(self._rows.index(row, 0))

    def step(self, by: int) -> None:
        """Makes another row current."""
        count = self._rows.rowCount()
        if count:
            row = (self._list.currentIndex().row() + by) % count
            self._list.setCurrentIndex(self._rows.index(row, 0))
            announce(self._field, self._rows.item(row).text())

    def current(self) -> int | None:
        """Returns the place of the current row."""
        index = self._list.currentIndex()
        return int(index.data(_PLACE)) if self.isVisible() and index.isValid() else None

    def _on_list_clicked(self, index: QModelIndex) -> None:
        self.taken.emit(index.data(_PLACE))


class PickField(TextField):
    """Finds one thing by its name. The list opens by typing, a click, or the down arrow.

    Signals:
        picked(Picked): Something was chosen, or a new name is to be made.
        opened(): The list is about to be shown; a good moment for `set_choices`.
    """

    picked = Signal(object)
    opened = Signal()

    def __init__(
        self, name: str, none: str = "", parent: QWidget | None = None, *, creates: bool = True
    ) -> None:
        """Makes an empty field.

        Args:
            name: What a screen reader calls it.
            none: Words for choosing nothing; empty when something must be chosen.
            parent: Its owner.
            creates: Whether a name nobody has can be made.
        """
        super().__init__(name, parent)
        self._choices: Sequence[Choice] = ()
        self._offered: Sequence[Choice] = ()  # what the list shows, whatever comes meanwhile
        self._chosen: str | None = None
        self._none, self._creates = none, creates
        self.setPlaceholderText(none)
        self.offers = Offers(self)
        self.offers.taken.connect(self._on_offers_taken)
        self.textEdited.connect(self._on_self_text_edited)

    @property
    def choices(self) -> Sequence[Choice]:
        """What can be chosen."""
        return self._choices

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self.offers.isVisible()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Takes what can be chosen."""
        self._choices = choices

    def set_creating(self, *, creates: bool) -> None:
        """Says whether a name nobody has can be made."""
        self._creates = creates

    def show_choice(self, lid: str | None) -> None:
        """Shows what is chosen, as not edited."""
        self._chosen = lid
        names = (one_line(c.name) for c in self._choices if c.lid == lid)
        self.show_text(next(names, ""))

    def open_offers(self) -> None:
        """Shows everything that can be chosen, or what the typed text may mean."""
        if not self.is_open:
            self.opened.emit()
        typed = self.text().strip() if self.is_edited else ""
        self._offered = self._choices
        places = found(typed, [f"{c.name} {c.note}" if c.note else c.name for c in self._choices])
        rows = []
        if self._none and not typed and self._choices:
            rows.append((_NONE, self._none, icon("close", "second")))
        rows += [self._row(place) for place in places[:_OFFERED]]
        is_new = typed and all(fold(c.name) != fold(typed) for c in self._choices)
        if self._creates and is_new:
            made = (_NEW, self.tr("Create “{name}”").format(name=one_line(typed)), icon("plus"))
            rows.append(made)
        self.offers.show_rows(rows)
        if not typed:
            lids = [c.lid for c in self._choices]
            if self._chosen in lids:
                self.offers.make_current(lids.index(self._chosen))

    def _row(self, place: int) -> tuple[int, str, QIcon]:
        choice = self._choices[place]
        words = one_line(choice.name) + (f" — {one_line(choice.note)}" if choice.note else "")
        return place, words, diamond_icon(choice.color) if choice.color else QIcon()

    def _take(self, place: int) -> None:
        self.offers.close_card()
        if place == _NONE:
            picked = Picked()
        elif place == _NEW:
            picked = Picked(new_name=self.text().strip())
        else:
            picked = Picked(self._offered[place].lid)
        is_same = not picked.new_name and picked.lid == self._chosen
        if not picked.new_name:
            self.show_choice(picked.lid)
        if not is_same:
            self.picked.emit(picked)

    def _on_offers_taken(self, place: int) -> None:
        self._take(place)

    def _on_self_text_edited(self) -> None:
        self.open_offers()

    def finish(self) -> None:
        """Takes a name that was typed whole; anything else is dropped, as it was not chosen."""
        if not self.is_edited:
            return
        typed, self._offered = fold(self.text().strip()), self._choices
        same = [place for place, c in enumerate(self._choices) if fold(c.name) == typed]
        if not typed and self._none:
            self._take(_NONE)
        elif typed and len(same) == 1:
            self._take(same[0])
        else:
            self.show_choice(self._chosen)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        current = self.offers.current()
        if key in steps and not event.modifiers():
            if self.is_open:
                self.offers.step(steps[key])
            else:
                self.open_offers()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self._take(current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_edited:
            self.open_offers()
        elif key == Qt.Key.Key_Escape and (self.is_open or self.is_edited):
            self.offers.close_card()
            self.show_choice(self._chosen)
            self.selectAll()
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # there is nothing to drop here: whoever is around is meant
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.isEnabled() and not self.isReadOnly() and not self.is_open:
            self.open_offers()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.offers.close_card()
            self.finish()
