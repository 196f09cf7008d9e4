"""A small button with a picture and words that shorten where there is no room for them."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.diamond import paint_diamond
from toggl_desktop.ui.widgets.text import menu_text, tooltip

_ICON: Final = 14
_GAP: Final = 4
_FRAME: Final = 2 * (SPACE.small + 1)
_LIMIT: Final = 40


class Chip(QToolButton):
    """Says a detail and is pressed to change it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diamond: str | None = None
        mark(self, kind="labelled")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_diamond(self, colour: str) -> None:
        """Shows a project's mark before the words; an outline without a colour."""
        if colour != self._diamond:
            self._diamond = colour
            self.updateGeometry()
            self.update()

    def show_words(self, words: str, hint: str) -> None:
        """Shows words; `hint` says what they are about, to a pointer and to a screen reader."""
        shown = menu_text(words, _LIMIT)
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(tooltip(hint))
        self.setAccessibleName(hint)

    @override
    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(_FRAME + self._picture_width() + words + 1, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        least = _FRAME + self._picture_width() + 2 * SPACE.large
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def _picture_width(self) -> int:
        has_picture = self._diamond is not None or not self.icon().isNull()
        return _ICON + _GAP if has_picture else 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        inner = self.rect().adjusted(_FRAME // 2, 0, -_FRAME // 2, 0)
        way = self.layoutDirection()
        near = QRect(inner.left(), (self.height() - _ICON) // 2, _ICON, _ICON)
        near = QStyle.visualRect(way, self.rect(), near)
        if self._diamond is not None:
            paint_diamond(painter, QRectF(near).center(), self._diamond)
        else:
            self.icon().paint(painter, near)
        text = QStyle.visualRect(way, self.rect(), inner.adjusted(self._picture_width(), 0, 0, 0))
        mode = Qt.TextElideMode.ElideRight
        words = self.text().replace("&&", "&")
        shown = self.fontMetrics().elidedText(words, mode, text.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.setLayoutDirection(way)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(text, flags | int(Qt.TextFlag.TextSingleLine), shown)
        painter.end()
