"""Several things chosen from a list: each a chip that can be taken away, then a field for more."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.widgets.chip import Chip
from toggl_desktop.ui.widgets.flow import FlowLayout
from toggl_desktop.ui.widgets.picking import Choice, Picked, PickField
from toggl_desktop.ui.widgets.text import label


@dataclass(frozen=True, slots=True)
class Added:
    """Something more was chosen, or is to be made and then chosen."""

    picked: Picked


_MOST: Final = 60
"""So many chips are shown; a thousand would take the window's time, and nobody could read them."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Something was taken away."""

    lid: str


class _MoreField(PickField):
    """Empty again after every choice; Backspace in it takes the last chip away.

    Signals:
        backed(): Backspace was pressed with nothing to delete.
    """

    backed = Signal()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backed.emit()
            return
        super().keyPressEvent(event)


class _Taken(Chip):
    """Something that is chosen; pressing it, or Delete on it, takes it away."""

    def __init__(self, choice: Choice, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.lid = choice.lid
        mark(self, kind="taken")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if choice.color:
            self.show_diamond(choice.color)
        self.show_words(f"{choice.name}  ×", hint)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            return
        super().keyPressEvent(event)


class PickMany(QWidget):
    """Chips and a field.

    Signals:
        changed(Added | Removed): One thing more, or one less, is wanted.
    """

    changed = Signal(object)

    def __init__(self, name: str, more: str, parent: QWidget | None = None) -> None:
        """Makes one without anything chosen.

        Args:
            name: What a screen reader calls it.
            more: Words in the empty field: `Add a tag`.
            parent: Its owner.
        """
        super().__init__(parent)
        self._chips: list[_Taken] = []
        self._choices: Sequence[Choice] = ()
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self.field = _MoreField(name, parent=self)
        self.field.setPlaceholderText(more)
        self.field.setMinimumWidth(96)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setSizePolicy(policy)
        self._rest = label(role="caption", tone="second", parent=self)
        self._rest.hide()
        self._flow.addWidget(self.field)
        self.field.picked.connect(self._on_field_picked)
        self.field.backed.connect(self._on_field_backed)
        self.setFocusProxy(self.field)
        own = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        own.setHeightForWidth(True)
        self.setSizePolicy(own)

    def show_chosen(self, choices: Sequence[Choice], chosen: Sequence[str]) -> None:
        """Shows what is chosen, and offers the rest."""
        known = {choice.lid: choice for choice in choices}
        found = [known[lid] for lid in chosen if lid in known]
        wanted, rest = found[:_MOST], len(found) - _MOST
        self._choices = choices
        taken = set(chosen)
        self.field.set_choices([c for c in choices if c.lid not in taken])
        self._flow.removeWidget(self._rest)  # it takes no room while there is nothing to count
        self._rest.setText(self.tr("and {count} more").format(count=rest))
        self._rest.setVisible(rest > 0)
        if [chip.lid for chip in self._chips] != [c.lid for c in wanted] or self._renamed(wanted):
            self._rebuild(wanted)
        if rest > 0:
            self._flow.insert_widget(len(self._chips), self._rest)

    def _renamed(self, wanted: Sequence[Choice]) -> bool:
        shown = [chip.text() for chip in self._chips]
        return any(c.name not in text for c, text in zip(wanted, shown, strict=True))

    def _rebuild(self, wanted: Sequence[Choice]) -> None:
        had_keyboard = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, choice in enumerate(wanted):
            hint = self.tr("{name}: take away").format(name=choice.name)
            chip = _Taken(choice, hint, self)
            chip.clicked.connect(self._on_chip_clicked)
            self._flow.insert_widget(place, chip)
            chip.show()
            self._chips.append(chip)
        for before, after in pairwise([*self._chips, self.field]):
            QWidget.setTabOrder(before, after)
        self.updateGeometry()
        if had_keyboard:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips of what is chosen."""
        return tuple(self._chips)

    def _change(self, change: Added | Removed) -> None:
        self.changed.emit(change)

    def _on_field_picked(self, picked: Picked) -> None:
        self.field.show_choice(None)
        if picked.lid is not None or picked.new_name:
            self._change(Added(picked))

    def _on_field_backed(self) -> None:
        if self._chips:
            self._change(Removed(self._chips[-1].lid))

    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Taken):
            self._change(Removed(sender.lid))
