"""How a suggestion is painted: text, project with its dot, and at the right why it is here."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from toggl_desktop.domain.clock import Clock
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.ui.switcher.model import SuggestionRole, title
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE

_HEIGHT = 34
_DOT = 8
_STAR = 12
_DAY = 86400


class SuggestionDelegate(QStyledItemDelegate):
    """Paints rows of `SuggestionModel`."""

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, max(_HEIGHT, option.fontMetrics.height() + 2 * SPACE.small))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        one = index.data(SuggestionRole)
        if not isinstance(one, Suggestion):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.tint(tokens.accent, 0.16)))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), RADIUS.control, RADIUS.control)
        inner = area.adjusted(SPACE.medium, 0, -SPACE.medium, 0)
        is_rtl = option.direction == Qt.LayoutDirection.RightToLeft
        right = self._reason(one)
        if one.favourite is not None:
            inner = self._paint_star(painter, inner, is_rtl=is_rtl)
        painter.setFont(self._theme.font(SIZE.caption))
        painter.setPen(QColor(tokens.second))
        width = painter.fontMetrics().horizontalAdvance(right) + SPACE.small
        self._text(painter, _side(inner, width, is_end=True, is_rtl=is_rtl), right, is_end=True)
        inner = inner.adjusted(width if is_rtl else 0, 0, 0 if is_rtl else -width, 0)
        if one.description and one.project_name:
            inner = self._paint_project(painter, inner, one, is_rtl=is_rtl)
        self._paint_title(painter, inner, one, is_rtl=is_rtl)
        painter.restore()

    def _paint_star(self, painter: QPainter, inner: QRect, *, is_rtl: bool) -> QRect:
        """Paints a star at the very end, so that favourites are told apart without words."""
        place = _side(inner, _STAR, is_end=True, is_rtl=is_rtl)
        square = QRect(place.x(), place.center().y() - _STAR // 2, _STAR, _STAR)
        icon("star-filled", "second").paint(painter, square)
        width = _STAR + SPACE.hair
        return inner.adjusted(width if is_rtl else 0, 0, 0 if is_rtl else -width, 0)

    def _paint_project(
        self, painter: QPainter, inner: QRect, one: Suggestion, *, is_rtl: bool
    ) -> QRect:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(SIZE.body))
        width = min(int(inner.width() * 0.42), 220)
        name = one_line(" · ".join(filter(None, (one.project_name, one.place))))
        name = painter.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideRight, width - _DOT - SPACE.large
        )
        place = _side(inner, width, is_end=True, is_rtl=is_rtl)
        self._paint_dot(painter, place, one, is_rtl=is_rtl)
        painter.setPen(QColor(tokens.word(one.color or tokens.second)))
        shift = _DOT + SPACE.small
        self._text(
            painter,
            place.adjusted(0 if is_rtl else shift, 0, -shift if is_rtl else 0, 0),
            name,
            is_end=False,
        )
        return inner.adjusted(width if is_rtl else 0, 0, 0 if is_rtl else -width, 0)

    def _paint_title(
        self, painter: QPainter, inner: QRect, one: Suggestion, *, is_rtl: bool
    ) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(SIZE.body))
        if not one.description and one.project_name:
            self._paint_dot(painter, inner, one, is_rtl=is_rtl)
            shift = _DOT + SPACE.small
            inner = inner.adjusted(0 if is_rtl else shift, 0, -shift if is_rtl else 0, 0)
            painter.setPen(QColor(tokens.word(one.color or tokens.text)))
        else:
            painter.setPen(QColor(tokens.text))
        text = painter.fontMetrics().elidedText(
            one_line(title(one)), Qt.TextElideMode.ElideRight, inner.width() - SPACE.small
        )
        self._text(painter, inner, text, is_end=False)

    def _paint_dot(self, painter: QPainter, place: QRect, one: Suggestion, *, is_rtl: bool) -> None:
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.shape(one.color or tokens.second)))
        left = place.right() - _DOT + 1 if is_rtl else place.left()
        painter.drawEllipse(left, place.center().y() - _DOT // 2 + 1, _DOT, _DOT)

    @staticmethod
    def _text(painter: QPainter, place: QRect, text: str, *, is_end: bool) -> None:
        side = Qt.AlignmentFlag.AlignTrailing if is_end else Qt.AlignmentFlag.AlignLeading
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _reason(self, one: Suggestion) -> str:
        if one.why == "planned":
            return one.note or self.tr("planned today")
        if one.why == "favourite":
            return self.tr("favourite")
        if one.at is None:
            return self.tr("project")
        days = (self._clock.now().wall - one.at) // _DAY
        if days < 1:
            return self.tr("today")
        return self.tr("yesterday") if days < 2 else self.tr("%n days ago", "", int(days))


def _side(area: QRect, width: int, *, is_end: bool, is_rtl: bool) -> QRect:
    """Returns the part of an area at its end (right, or left when read from the right)."""
    if is_end != is_rtl:
        return QRect(area.right() - width + 1, area.top(), width, area.height())
    return QRect(area.left(), area.top(), width, area.height())
