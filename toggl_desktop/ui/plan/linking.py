"""Dependencies by hand: a knob below the end of a bar is dragged to the bar that waits for it."""

from typing import Final

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan.commands import AddDependency
from toggl_desktop.ui.plan.deeds import Deeds
from toggl_desktop.ui.plan.delegate import GRIP
from toggl_desktop.ui.plan.overlay import Glass
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.theme.theme import Theme

_SIDE: Final = 14
_LEAST: Final = GRIP + 2 * _SIDE + GRIP
"""Only bars so wide have a knob: it must leave their edges and their middle free."""


class LinkKnob(QWidget):
    """Appears beside the bar under the pointer. Dragging it draws a line to another bar."""

    def __init__(self, view: PlanView, deeds: Deeds, theme: Theme) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._deeds = deeds
        self._theme = theme
        self._glass = Glass(theme, view.viewport())
        self._lid: str | None = None
        self._bar = QRect()
        self._from = QPointF()
        self._is_dragged = False
        self.resize(_SIDE, _SIDE)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(self.tr("Drag to the task that waits for this one"))
        self.setAccessibleName(self.tr("Make a dependency"))
        self.hide()
        view.hovered.connect(self._on_view_hovered)
        view.sight_changed.connect(self.keep_up)

    def _on_view_hovered(self) -> None:
        if self._is_dragged:
            return
        pointed = self._view.pointed
        if pointed is None:
            if not self.underMouse():
                self.put_away()
            return
        rect = self._view.rect_of(*pointed)
        if rect.width() < _LEAST or self._view.drafts:
            self.put_away()
            return
        self._lid, self._bar = pointed[0], rect
        # On the bar itself, so that a pointer comes to it without leaving the bar, and beside the
        # edge, so that neither this bar's nor the next one's is covered.
        self.move(rect.right() - GRIP - _SIDE, rect.bottom() - _SIDE // 2)
        self._from = QPointF(rect.right(), rect.center().y())
        self.show()
        self.raise_()

    def keep_up(self) -> None:
        """Goes away when its bar is elsewhere by now, under a pointer that stands still."""
        pointed = self._view.pointed
        if pointed is None or self._view.rect_of(*pointed) != self._bar:
            self.put_away()

    def put_away(self) -> None:
        """Goes away, unless it is being dragged."""
        if not self._is_dragged:
            self.hide()
            self._lid = None

    def drop(self) -> bool:
        """Ends a drag without a trace; tells whether there was one."""
        was, self._is_dragged = self._is_dragged, False
        self._glass.clear()
        self.put_away()
        return was

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_dragged = event.button() == Qt.MouseButton.LeftButton

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._is_dragged:
            return
        place = self.mapTo(self._view.viewport(), event.position().toPoint())
        target = self._target(place)
        end = QPointF(place)
        words = ""
        if target is not None:
            rect = self._view.rect_of(target)
            end = QPointF(rect.left(), rect.center().y())
            bar = self._view.bar(target)
            words = "" if bar is None else self.tr("{name} waits").format(name=bar.name)
        self._glass.show_line(QLineF(self._from, end), words, has_knob=True)

    def _target(self, place: QPoint) -> str | None:
        hit = self._view.bar_at(place)
        return None if hit is None or hit.lid == self._lid else hit.lid

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_dragged:
            return
        place = self.mapTo(self._view.viewport(), event.position().toPoint())
        target, before = self._target(place), self._lid
        self.drop()
        if target is not None and before is not None:
            self._deeds.do(AddDependency(PlanTaskId(before), PlanTaskId(target)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.shape(tokens.accent)), 2))
        painter.setBrush(QColor(tokens.surface))
        spot = QRectF(QRect(0, 0, _SIDE, _SIDE)).adjusted(3, 3, -3, -3)
        painter.drawEllipse(spot)
        painter.end()
