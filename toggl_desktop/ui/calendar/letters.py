"""A font with its measures, kept together because asking for measures anew is dear."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics


class Letters:
    """Measures and shortens texts in one font."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.height = self.metrics.height()
        self._widths: dict[str, int] = {}

    def width(self, text: str) -> int:
        """Returns how much room a text needs."""
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) >= 2000:
                self._widths.clear()
            known = self._widths[text] = ceil(self.metrics.horizontalAdvance(text))
        return known

    def elided(self, text: str, width: float) -> str:
        """Returns a text as it fits into a width."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))
