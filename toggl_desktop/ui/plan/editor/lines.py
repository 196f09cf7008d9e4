"""A line of a list that can be renamed, coloured, moved and deleted where it stands."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.rows import MemberRow
from toggl_desktop.ui.plan.editor.entering import EnterField
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.tokens import SIZE
from toggl_desktop.ui.widgets.swatches import ColourButton

_MOVES: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderField(EnterField):
    """A name in a list; Alt with up and down moves its line.

    Signals:
        move_wanted(int): By so many places.
    """

    move_wanted = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _MOVES.get(event.key())
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(by)
        else:
            super().keyPressEvent(event)


class Line(QWidget):
    """One person or group: colour, name, more, away."""

    def __init__(self, lid: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.lid = lid
        self.colour = ColourButton("", self)
        self.name = OrderField(self.tr("Name"), self, is_bare=True)
        self.name.setToolTip(self.tr("Alt with up and down moves it"))
        self.name.show_text(name)
        self.more = QToolButton(self)
        self.more.setIcon(icon("chevron-down", "second"))
        self.more.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.more.setCheckable(True)
        self.more.setAccessibleName(self.tr("More of {name}").format(name=name))
        self.drop = QToolButton(self)
        self.drop.setIcon(icon("trash", "second"))
        self.drop.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.drop.setAccessibleName(self.tr("Delete {name}").format(name=name))
        self.drop.setToolTip(self.tr("Delete; undo brings it back"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.colour)
        line.addWidget(self.name, 1)
        line.addWidget(self.more)
        line.addWidget(self.drop)


def weight_between(members: Sequence[MemberRow], lid: str, by: int) -> float | None:
    """Returns the weight with which a person comes so many places further on."""
    others = [m for m in members if m.lid != lid]
    if len(others) != len(members) - 1 or not others:
        return None  # it is not there any more, or alone
    place = next(n for n, m in enumerate(members) if m.lid == lid) + by
    if not 0 <= place <= len(others):
        return None
    above = others[place - 1].weight if place > 0 else others[0].weight - 2
    below = others[place].weight if place < len(others) else others[-1].weight + 2
    return (above + below) / 2
