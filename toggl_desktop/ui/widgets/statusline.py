"""The one quiet line at the bottom of a window."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label, plain

PART: Final = " · "
_MARGINS: Final = SPACE.large * 2 + SPACE.medium


class StatusLine(QWidget):
    """Says in concrete words how things stand; pressing it asks for more of that.

    Signals:
        pressed(): It was pressed. Whatever that leads to has a key and a menu line too.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = self._keep = ""
        self._near = label(role="caption", elided=True, parent=self)
        self._far = label(role="caption", parent=self)
        line = QHBoxLayout(self)
        # The far side stands under the figures of a list, which leaves room for its scroll bar.
        far = SPACE.large + SPACE.medium
        line.setContentsMargins(SPACE.large, SPACE.hair, far, SPACE.hair)
        line.setSpacing(SPACE.small)
        line.addWidget(self._near, 1)
        line.addWidget(self._far)
        self.setMinimumHeight(SPACE.wide)

    @property
    def words(self) -> str:
        """What it says, both sides."""
        return f"{self._said} {self._far.text()}".strip()

    def show_words(self, near: str, far: str, *, keep: str = "") -> None:
        """Says something on the near and on the far side.

        The near side's parts stand in the order of their weight; the last ones are left out whole
        where there is no room for them, and the one to keep after all others.
        """
        self._said, self._keep = near, keep
        self._near.setAccessibleName(near)
        self._far.setText(far)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        """Gives the near side the room of the far one when it has more to say than fits."""
        has_room = self._wanted() <= self.width()
        self._far.setVisible(has_room)
        parts = self._said.split(PART)
        room = self.width() - _MARGINS
        while not has_room and len(parts) > 1 and self._advance(PART.join(parts)) > room:
            parts.pop(-2 if parts[-1] == self._keep else -1)
        self._near.setText(PART.join(parts))

    def _advance(self, words: str) -> int:
        return self._near.fontMetrics().horizontalAdvance(words)

    def _wanted(self) -> int:
        """Returns how wide it must be to say all."""
        far = self._far.fontMetrics().horizontalAdvance(self._far.text())
        return self._advance(self._said) + far + _MARGINS + SPACE.small

    @override
    def sizeHint(self) -> QSize:
        # Also while the far side is left out: it would never get its room back else.
        return super().sizeHint().expandedTo(QSize(self._wanted(), 0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_pressable(self, hint: str) -> None:
        """Lets it be pressed; the hint says what that shows."""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain(hint))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            self.pressed.emit()
        super().mouseReleaseEvent(event)
