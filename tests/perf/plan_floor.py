"""The least that can paint a timeline: rectangles and ready text, scrolled by moving pixels.

No dates, no header, no loads, no selection, nothing to press: the floor for the frames of the plan.
"""

from bisect import bisect_left, bisect_right
from typing import Any

from PySide6.QtCore import QLine, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPaintEvent, QPen, QStaticText
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from toggl_desktop.domain.plan.packing import pack

ROW = 26
BAR = 22


class Least(QAbstractScrollArea):
    """Packed rows of bars, painted with one call for each colour."""

    def __init__(self, plan: Any, first: int, days: int) -> None:
        super().__init__()
        self._first, self._days, self.per_day = first, days, 20.0
        by_person: dict[str, list[Any]] = {}
        for bar in plan.bars:
            by_person.setdefault(bar.members[0], []).append(bar)
        packed = [pack(bars) for bars in by_person.values()]
        self._rows = [row for one in packed for row in one.rows]
        self._brushes: dict[str, QBrush] = {}
        self._texts: dict[str, QStaticText] = {}
        self._font = QFont()
        self._font.setPixelSize(13)
        self._line, self._ground = QPen(QColor("#dddddd")), QColor("#fafafa")
        self.setFrameShape(QFrame.Shape.NoFrame)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def scale(self, per_day: float, middle: int) -> None:
        """Takes another scale, with a day in the middle."""
        self.per_day = per_day
        width, height = self.viewport().width(), self.viewport().height()
        self.horizontalScrollBar().setRange(0, max(0, int(self._days * per_day) - width))
        self.verticalScrollBar().setRange(0, max(0, len(self._rows) * ROW - height))
        self.horizontalScrollBar().setValue(int((middle - self._first) * per_day - width / 2))
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        self.viewport().scroll(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        area = event.rect()
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        per_day, first = self.per_day, self._first
        painter.fillRect(area, self._ground)
        low = first + int((left + area.left()) / per_day)
        high = first + int((left + area.right()) / per_day) + 1
        step = 1 if per_day >= 8 else 7 if per_day > 2 else 30
        painter.setPen(self._line)
        xs = [int((day - first) * per_day) - left for day in range(low, high + 1, step)]
        painter.drawLines([QLine(x, area.top(), x, area.bottom()) for x in xs])
        rects: dict[str, list[QRect]] = {}
        texts = []
        begin = max(0, (top + area.top()) // ROW)
        for number in range(begin, min(len(self._rows), (top + area.bottom()) // ROW + 1)):
            row, y = self._rows[number], number * ROW - top + 2
            if per_day < 2:
                for a, b, color, _ in row.runs(1, low, high):
                    x = int((a - first) * per_day) - left
                    width = max(1, int((b + 1 - first) * per_day) - left - x)
                    rects.setdefault(color, []).append(QRect(x, y, width, BAR))
                continue
            for bar in row.bars[bisect_left(row.ends, low) : bisect_right(row.starts, high)]:
                x = int((bar[2] - first) * per_day) - left
                width = max(1, int((bar[3] + 1 - first) * per_day) - left - x - 1)
                rects.setdefault(bar[11], []).append(QRect(x, y, width, BAR))
                if width > 24:
                    texts.append((x + 6, y + 3, bar, width - 10))
        painter.setPen(Qt.PenStyle.NoPen)
        for color, found in rects.items():
            painter.setBrush(self._brushes.setdefault(color, QBrush(QColor(color))))
            painter.drawRects(found)
        painter.setPen(QPen(QColor("#222222")))
        painter.setFont(self._font)
        for x, y, bar, _ in texts:
            text = self._texts.get(bar[0])
            if text is None:
                text = self._texts[bar[0]] = QStaticText(bar[1])
            painter.drawStaticText(x, y, text)
        painter.end()
