"""A band that is drawn over the days to select what it touches."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QRubberBand, QWidget


class Band(QRubberBand):
    """Remembers where it began and what was selected before.

    Attributes:
        base: What was selected when it began; Esc goes back to it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QRubberBand.Shape.Rectangle, parent)
        self.base: frozenset[str] = frozenset()
        self._corner = QPoint()
        self.hide()

    def begin(self, corner: QPoint, base: frozenset[str]) -> None:
        """Begins a band at a point."""
        self._corner, self.base = corner, base
        self.setGeometry(QRect(corner, corner))
        self.show()

    def stretch(self, corner: QPoint) -> QRect:
        """Draws it to a point; returns what it covers."""
        area = QRect(self._corner, corner).normalized()
        self.setGeometry(area)
        return area
