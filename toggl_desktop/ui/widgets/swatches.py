"""A colour, shown as a dot that opens Toggl Plan's forty-five and a field for any other."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.limits import check_color
from toggl_desktop.domain.plan.palette import PICKER_ROWS
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import RADIUS, SPACE, colour_name
from toggl_desktop.ui.widgets.diamond import shape
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.popover import Popover
from toggl_desktop.ui.widgets.text import tooltip

_SIDE: Final = 28
_COLUMNS: Final = len(PICKER_ROWS[0])
_DOT: Final = 14


class Swatch(QAbstractButton):
    """One colour that can be chosen."""

    def __init__(self, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self.is_chosen = False
        words = f"{colour_name(colour)}, {colour}"
        self.setAccessibleName(words)
        self.setToolTip(tooltip(words))
        self.setFixedSize(_SIDE, _SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # arrows are the card's

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(QColor(self.colour))
        painter.drawRoundedRect(box, RADIUS.bar, RADIUS.bar)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.is_chosen or self.hasFocus() or self.underMouse():
            is_strong = self.is_chosen or self.hasFocus()
            role = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Text
            painter.setPen(QPen(self.palette().color(role), 2 if is_strong else 1))
            ring = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(ring, RADIUS.control, RADIUS.control)
        painter.end()


class Swatches(Popover):
    """All colours. Arrows walk, Enter or Space chooses.

    Signals:
        chosen(str | None): A colour; None for the project's.
    """

    chosen = Signal(object)

    def __init__(self, anchor: QWidget, inherit: str = "") -> None:
        """Makes the card.

        Args:
            anchor: The button below which it opens.
            inherit: Words for having no colour of one's own; empty where that cannot be.
        """
        super().__init__(anchor)
        self.setAccessibleName(self.tr("Colours"))
        self.swatches: list[Swatch] = []
        grid = QGridLayout()
        grid.setSpacing(0)
        for row, colours in enumerate(PICKER_ROWS):
            for column, colour in enumerate(colours):
                swatch = Swatch(colour, self)
                swatch.clicked.connect(self._on_swatch_clicked)
                grid.addWidget(swatch, row, column)
                self.swatches.append(swatch)
        self.own = TextField(self.tr("Colour as #rrggbb"), self)
        self.own.setPlaceholderText("#rrggbb")
        self.own.setFixedWidth(_COLUMNS * _SIDE)
        self.own.returnPressed.connect(self._on_own_return_pressed)
        self.own.dropped.connect(self._on_own_dropped)
        self.inherit = QPushButton(inherit, self)
        mark(self.inherit, kind="quiet")
        self.inherit.setVisible(bool(inherit))
        self.inherit.clicked.connect(self._on_inherit_clicked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.small, SPACE.small, SPACE.small, SPACE.small)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(grid)
        whole.addWidget(self.own)
        whole.addWidget(self.inherit)

    def open_at(self, colour: str) -> None:
        """Shows the card with a colour marked, and gives it the keyboard."""
        for swatch in self.swatches:
            swatch.is_chosen = swatch.colour == colour.lower()
        self.own.show_text(colour)
        self.own.show_invalid(invalid=False)
        self.open_card()
        marked = next((s for s in self.swatches if s.is_chosen), self.swatches[0])
        marked.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, colour: str | None) -> None:
        self.close_card()
        self._anchor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(colour)

    def _on_swatch_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Swatch):
            self._choose(sender.colour)

    def _on_inherit_clicked(self) -> None:
        self._choose(None)

    def _on_own_return_pressed(self) -> None:
        try:
            self._choose(check_color(self.own.text()))
        except KnownError:
            self.own.show_invalid(invalid=True)

    def _on_own_dropped(self) -> None:
        self.close_card()
        self._anchor.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_COLUMNS,
            Qt.Key.Key_Down: _COLUMNS,
        }
        place = next((n for n, s in enumerate(self.swatches) if s.hasFocus()), None)
        if event.key() in steps and place is not None:
            there = place + steps[event.key()]
            if 0 <= there < len(self.swatches):
                self.swatches[there].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place is not None:
            self._choose(self.swatches[place].colour)
        else:
            super().keyPressEvent(event)


class ColourButton(QToolButton):
    """Shows a colour; pressed, it offers all.

    Signals:
        colour_chosen(str | None): A colour was chosen; None for the project's.
    """

    colour_chosen = Signal(object)

    def __init__(self, inherit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = ""
        self._inherit = inherit
        self._card: Swatches | None = None
        self.clicked.connect(self._on_self_clicked)

    def set_inherit(self, words: str) -> None:
        """Offers to have no colour of one's own, in these words."""
        self._inherit = words

    def show_colour(self, colour: str) -> None:
        """Shows a colour."""
        self._colour = colour
        words = self.tr("Colour: {name}, {value}").format(name=colour_name(colour), value=colour)
        self.setAccessibleName(words)
        self.setToolTip(tooltip(words))
        self.update()

    def card(self) -> Swatches:
        """Returns the card with all colours, made when it is first wanted."""
        if self._card is None:
            self._card = Swatches(self, self._inherit)
            self._card.chosen.connect(self._on_card_chosen)
        return self._card

    def _on_self_clicked(self) -> None:
        if self._card is not None and self._card.isVisible():
            self._card.close_card()
        else:
            self.card().open_at(self._colour)

    def _on_card_chosen(self, colour: str | None) -> None:
        self.colour_chosen.emit(colour)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._colour:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
        painter.setPen(QPen(QColor(shape(self._colour, is_dark=is_dark)), 1.5))
        painter.setBrush(QColor(self._colour))
        spot = QRectF(0, 0, _DOT, _DOT)
        spot.moveCenter(QRectF(self.rect()).center())
        painter.drawEllipse(spot)
        painter.end()
