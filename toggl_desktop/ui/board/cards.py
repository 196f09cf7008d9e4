"""A list of cards under hand and keyboard: cards are selected, opened, and carried elsewhere."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.board.faces import CardFaces
from toggl_desktop.ui.board.model import CardModel
from toggl_desktop.ui.board.painter import CardPainter
from toggl_desktop.ui.plan.carrying import Carrier
from toggl_desktop.ui.plan.deeds import Deeds
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.theme import Theme

_THRESHOLD: Final = 5
_EDGE: Final = 28
_STEP: Final = 12
_ALT: Final = Qt.KeyboardModifier.AltModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_LINE: Final = 2


class Wish(Enum):
    """What a key asks for, besides walking."""

    OPEN = auto()
    DATES = auto()
    NEW = auto()
    DELETE = auto()
    DONE = auto()
    TIMER = auto()
    LEFT = auto()
    RIGHT = auto()
    MOVE_UP = auto()
    MOVE_DOWN = auto()
    MOVE_LEFT = auto()
    MOVE_RIGHT = auto()
    LEAVE = auto()


@dataclass(frozen=True, slots=True)
class CardWish:
    """A wish about the selected cards."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class CardMenu:
    """A menu is wanted at a place of the screen, for the selected cards."""

    place: QPoint


_KEYS: Final[dict[int, Wish]] = {
    Qt.Key.Key_Return: Wish.OPEN,
    Qt.Key.Key_Enter: Wish.OPEN,
    Qt.Key.Key_E: Wish.OPEN,
    Qt.Key.Key_D: Wish.DATES,
    Qt.Key.Key_N: Wish.NEW,
    Qt.Key.Key_Delete: Wish.DELETE,
    Qt.Key.Key_X: Wish.DONE,
    Qt.Key.Key_Space: Wish.TIMER,
    Qt.Key.Key_Left: Wish.LEFT,
    Qt.Key.Key_Right: Wish.RIGHT,
    Qt.Key.Key_Escape: Wish.LEAVE,
}
_ALT_KEYS: Final[dict[int, Wish]] = {
    Qt.Key.Key_Up: Wish.MOVE_UP,
    Qt.Key.Key_Down: Wish.MOVE_DOWN,
    Qt.Key.Key_Left: Wish.MOVE_LEFT,
    Qt.Key.Key_Right: Wish.MOVE_RIGHT,
}


class CardView(QListView):
    """Cards below each other, or in lines; as many as there are, painting only what is in sight.

    Signals:
        wished(CardWish): A key asked for something.
        menu_wanted(CardMenu): A menu is wanted.
        chosen(): Other cards are selected than before.
    """

    wished = Signal(object)
    menu_wanted = Signal(object)
    chosen = Signal()

    def __init__(
        self,
        theme: Theme,
        faces: CardFaces,
        carrier: Carrier,
        *,
        card_width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Makes an empty list.

        Args:
            theme: Colours and fonts.
            faces: What cards show.
            carrier: Takes cards elsewhere.
            card_width: Cards so wide stand in lines; 0 for one below the other.
            parent: Its owner.
        """
        super().__init__(parent)
        self._carrier = carrier
        self._theme = theme
        self._pressed_at: QPoint | None = None
        self._mark: int | None = None
        self.cards = CardModel(faces, self)
        self.painter_of_cards = CardPainter(theme, card_width, self)
        mark(self, kind="cards")
        self.setModel(self.cards)
        self.setItemDelegate(self.painter_of_cards)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(False)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        if card_width:
            self.setFlow(QListView.Flow.LeftToRight)
            self.setWrapping(True)
            self.setResizeMode(QListView.ResizeMode.Adjust)
            size = QSize(card_width, self.painter_of_cards.height)
            self.setGridSize(size)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.activated.connect(self._on_activated)

    # What is chosen -----------------------------------------------------------------------

    @property
    def selected(self) -> tuple[str, ...]:
        """The selected tasks, in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = (self.cards.bar(row) for row in rows)
        return tuple(bar.lid for bar in found if bar is not None)

    @property
    def current(self) -> Bar | None:
        """The task that the keyboard is on."""
        return self.cards.bar(self.currentIndex().row())

    def select(self, lid: str | None, row: int = 0) -> bool:
        """Selects one task, else the card of a row; tells whether there was any."""
        found = self.cards.row_of(lid)
        if found is None:
            found = min(row, self.cards.rowCount() - 1)
        if found < 0:
            return False
        self.setCurrentIndex(self.cards.index(found))
        self.scrollTo(self.cards.index(found))
        return True

    def forget(self) -> None:
        """Selects nothing."""
        self.selectionModel().clear()

    def _on_selection_changed(self) -> None:
        self.chosen.emit()

    def _wish(self, wish: Wish) -> None:
        self.wished.emit(CardWish(wish))

    def _on_activated(self) -> None:
        if not self._carrier.lids:
            self._wish(Wish.OPEN)

    # Hand ---------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        is_on_card = self.indexAt(event.position().toPoint()).isValid()
        self._pressed_at = event.position().toPoint() if is_left and is_on_card else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if not self._carrier.lids:
            if (place - self._pressed_at).manhattanLength() < _THRESHOLD:
                return
            self._take(self._pressed_at)
        self._carrier.move(event.globalPosition().toPoint())

    def _take(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid() or not self.selected:
            return
        rect = self.visualRect(index)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(rect.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        bar = self.cards.bar(index.row())
        if bar is not None:
            face = self.cards.face(index.row())
            spot = QRect(QPoint(0, 0), rect.size())
            self.painter_of_cards.paint_card(painter, spot, bar, face, is_selected=True)
        painter.end()
        self._carrier.take(self.selected, picture, at - rect.topLeft())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        if self._carrier.lids:
            self._carrier.release(event.globalPosition().toPoint())
            return
        super().mouseReleaseEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        place = self.viewport().mapToGlobal(self.visualRect(index).center())
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            place = event.globalPos()
        if index.isValid():
            self._ask_for_menu(place)

    def _ask_for_menu(self, place: QPoint) -> None:
        self.menu_wanted.emit(CardMenu(place))

    # Where something may be put -----------------------------------------------------------

    def place_at(self, place: QPoint) -> int:
        """Returns before which row something let go at a place of the screen belongs."""
        inside = self.viewport().mapFromGlobal(place)
        index = self.indexAt(inside)
        if not index.isValid():
            return 0 if inside.y() < 0 else self.cards.rowCount()
        rect = self.visualRect(index)
        return index.row() + (inside.y() > rect.center().y())

    def show_mark(self, row: int | None) -> None:
        """Shows a line before a row; None for no line."""
        if row != self._mark:
            self._mark = row
            self.viewport().update()

    def scroll_at(self, place: QPoint) -> None:
        """Scrolls when a place of the screen is near the upper or lower edge."""
        inside = self.viewport().mapFromGlobal(place).y()
        height = self.viewport().height()
        by = -_STEP if inside < _EDGE else _STEP if inside > height - _EDGE else 0
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mark is None:
            return
        count = self.cards.rowCount()
        if self._mark < count:
            y = self.visualRect(self.cards.index(self._mark)).top()
        else:
            y = self.visualRect(self.cards.index(count - 1)).bottom() if count else 1
        painter = QPainter(self.viewport())
        accent = QColor(self._theme.tokens.accent)
        painter.fillRect(4, max(0, y - _LINE // 2), self.viewport().width() - 8, _LINE, accent)
        painter.end()

    # Keyboard -----------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._carrier.lids:
            if event.key() == Qt.Key.Key_Escape:
                self._pressed_at = None
                self._carrier.drop()
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wish = None
        if held == _ALT:
            wish = _ALT_KEYS.get(event.key())
        elif held == Qt.KeyboardModifier.NoModifier and not self._walks(event.key()):
            wish = _KEYS.get(event.key())
        if wish is not None:
            self._wish(wish)
        elif held in (_ALT, _CTRL) and event.key() != Qt.Key.Key_A:
            event.ignore()
        elif event.text().strip() and held == Qt.KeyboardModifier.NoModifier:
            event.ignore()  # letters are the window's, not a search
        else:
            super().keyPressEvent(event)

    def _walks(self, key: int) -> bool:
        """Whether left and right walk along a line here."""
        return self.isWrapping() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.isWrapping():
            self.setGridSize(QSize(self.viewport().width(), self.painter_of_cards.height))

    def remeasure(self) -> None:
        """Lays everything out anew for other fonts or colours."""
        self.painter_of_cards.remeasure()
        self.setGridSize(QSize(self.gridSize().width(), self.painter_of_cards.height))
        self.scheduleDelayedItemsLayout()


def carry_out(deeds: Deeds, wish: Wish, lids: tuple[str, ...], current: Bar | None) -> None:
    """Does what a key asks for with cards, wherever they are."""
    if wish is Wish.DELETE:
        deeds.delete(lids)
    elif wish is Wish.DONE:
        deeds.toggle_done(lids)
    elif wish is Wish.TIMER:
        deeds.start_timer(lids)
    elif current is not None and wish in (Wish.OPEN, Wish.DATES):
        deeds.open_task(current.lid, "days" if wish is Wish.DATES else "name")


def clear_others(views: list[CardView], keeps: CardView) -> None:
    """Lets only one of several lists have a selection."""
    for view in views:
        if view is not keeps and view.selectionModel().hasSelection():
            view.selectionModel().clearSelection()
            view.selectionModel().setCurrentIndex(
                view.currentIndex(), QItemSelectionModel.SelectionFlag.NoUpdate
            )
