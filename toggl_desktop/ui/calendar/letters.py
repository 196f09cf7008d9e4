"""A font with its measures; what was measured or broken once is remembered, because it is dear."""

from math import ceil
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTextLayout, QTextOption

_REMEMBERED: Final = 4000


class Letters:
    """Measures, shortens and breaks texts in one font."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.height = self.metrics.height()
        self._widths: dict[str, int] = {}
        self._static: dict[str, QStaticText] = {}
        self._lines: dict[tuple[str, int, int, int], tuple[str, ...]] = {}

    def width(self, text: str) -> int:
        """Returns how much room a text needs."""
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) >= _REMEMBERED:
                self._widths.clear()
            known = self._widths[text] = ceil(self.metrics.horizontalAdvance(text))
        return known

    def static(self, text: str) -> QStaticText:
        """Returns a text ready to be painted; it is never anything but plain text."""
        known = self._static.get(text)
        if known is None:
            if len(self._static) >= _REMEMBERED:
                self._static.clear()
            known = self._static[text] = QStaticText(text)
            known.setTextFormat(Qt.TextFormat.PlainText)
            known.prepare(font=self.font)
        return known

    def elided(self, text: str, width: float) -> str:
        """Returns a text as it fits into a width."""
        return self.lines(text, width, width, 1)[0]

    def lines(self, text: str, first: float, width: float, most: int) -> tuple[str, ...]:
        """Returns a text in at most so many lines, broken between words; the last one is elided.

        Args:
            text: What to break.
            first: The room for the first line.
            width: The room for each of the others.
            most: How many there may be.
        """
        key = (text, int(first), int(width), most)
        known = self._lines.get(key)
        if known is None:
            if len(self._lines) >= _REMEMBERED:
                self._lines.clear()
            known = self._lines[key] = self._broken(*key)
        return known

    def _broken(self, text: str, first: int, width: int, most: int) -> tuple[str, ...]:
        mode = Qt.TextElideMode.ElideRight
        if most <= 1 or self.width(text) <= first:
            return (self.metrics.elidedText(text, mode, first),)
        layout = QTextLayout(text, self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        units = text.encode("utf-16-le", "replace")  # what Qt counts in
        found: list[str] = []
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            room = width if found else first
            line.setLineWidth(room)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if len(found) == most - 1 or line.naturalTextWidth() > room:
                rest = _part(units, start, len(units))
                found.append(self.metrics.elidedText(rest, mode, room))
                break
            found.append(_part(units, start, end).rstrip())
            line = layout.createLine()
        layout.endLayout()
        return tuple(found)


def _part(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")
