"""The list of entries: how its rows look now, and what pointer and keys ask of them."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QStyle, QWidget
from typing_extensions import override

from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem, Item, Key
from toggl_desktop.ui.timer.layout import Actions, actions
from toggl_desktop.ui.timer.model import EntryModel
from toggl_desktop.ui.timer.painter import Look, RowPainter
from toggl_desktop.ui.timer.rows import RowsView
from toggl_desktop.ui.timer.wording import Wording


@dataclass(frozen=True, slots=True)
class MenuWish:
    """Where a menu is wanted, and for which item."""

    item: Item
    place: QPoint


class EntryView(RowsView):
    """Shows the model's rows and says what a person does with them.

    Signals:
        edit_requested(Item): An entry or a gap was opened.
        continue_requested(Item): An entry's start button was pressed.
        menu_requested(MenuWish): A menu is wanted.
        all_wanted(): Everything is about to be selected.
    """

    edit_requested = Signal(object)
    continue_requested = Signal(object)
    menu_requested = Signal(object)
    all_wanted = Signal()

    def __init__(
        self,
        model: EntryModel,
        painter: RowPainter,
        wording: Wording,
        parent: QWidget | None = None,
    ) -> None:
        self._wording = wording
        self._hovered: Key | None = None
        self._zone = ""
        self._pressed_zone = ""
        self._live_figures = ""
        super().__init__(model, painter, parent)
        self.setAccessibleName(self.tr("Entries"))

    # What the list asks of the view -------------------------------------------------------

    def current_item(self) -> Item | None:
        """Returns the item the keyboard is on."""
        row = self.currentIndex().row()
        return self._rows.item(row) if 0 <= row < self._rows.rowCount() else None

    def selected_items(self) -> list[Item]:
        """Returns what is selected, newest first."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.item(row) for row in rows]

    def select_row(self, row: int) -> None:
        """Puts keyboard and selection on a row and brings it into sight."""
        index = self._rows.index(row)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def tick(self) -> None:
        """Repaints what grows, once it would be written in another way."""
        for row in self._rows.live_rows():
            figures = self._growing(row)
            if figures != self._live_figures:
                self._live_figures = figures
                self.viewport().update(self._rect_of(row))
                self.update_head()

    # Painting -----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.clear(painter, event.rect())
        offset = self.verticalOffset()
        area, asked = event.rect(), QRegion(event.region())
        for row in self._offsets.rows_between(area.top() + offset, area.bottom() + offset + 1):
            place = self._rect_of(row)
            if asked.intersects(place):
                self.paint_row(painter, place, row)
        head = self.sticky()
        if head is not None and asked.intersects(head[1]):
            self.paint_row(painter, head[1], head[0])
        painter.end()

    def paint_row(self, painter: QPainter, rect: QRect, row: int) -> None:
        """Paints a row at a place."""
        if not 0 <= row < self._rows.rowCount():
            return
        item = self._rows.item(row)
        if item.key == self._editor_key:
            return
        is_hovered = item.key == self._hovered
        selection = self.selectionModel()
        look = Look(
            is_rtl=self.isRightToLeft(),
            is_wide=self._is_wide,
            is_selected=selection.isSelected(self._rows.index(row)),
            is_hovered=is_hovered,
            has_focus=self.hasFocus() and row == self.currentIndex().row(),
            zone=self._zone if is_hovered else "",
            total=self._growing(row),
        )
        self._painter.paint(painter, rect, item, self._rows.face(row), look)

    def _growing(self, row: int) -> str:
        """Returns the total of a day that grows, without seconds: those run in the clock only."""
        if not self._rows.grows(row):
            return ""
        return self._wording.total(self._rows.total(row, self._wording.now()))

    # Pointer and keys ---------------------------------------------------------------------

    @override
    def rows_moved_under_pointer(self) -> None:
        self._hover_at(self.viewport().mapFromGlobal(QCursor.pos()))

    def _hover_at(self, place: QPoint) -> None:
        row = -1
        if self.viewport().underMouse() and self.viewport().rect().contains(place):
            row = self._offsets.row_at(place.y() + self.verticalOffset())
        key = None if row < 0 else self._rows.item(row).key
        zone = self._zone_at(row, place)
        if (key, zone) == (self._hovered, self._zone):
            return
        before, self._hovered, self._zone = self._hovered, key, zone
        is_gap = row >= 0 and isinstance(self._rows.item(row), GapItem)
        shape = Qt.CursorShape.PointingHandCursor if is_gap or zone else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        for one in {before, key}:
            self._update_key(one)

    def _update_key(self, key: Key | None) -> None:
        row = -1 if key is None else self._rows.row_of_key(key)
        if row >= 0:
            self.viewport().update(self._rect_of(row))

    def action_places(self, row: int) -> Actions | None:
        """Returns where the buttons of an entry's row are; None for other rows."""
        item = self._rows.item(row)
        if not isinstance(item, EntryItem):
            return None
        rect = self._rect_of(row)
        column = self._painter.column(item, self._rows.face(row), is_wide=self._is_wide)
        places = actions(rect, column)
        way = self.layoutDirection()
        return Actions(
            QStyle.visualRect(way, rect, places.go), QStyle.visualRect(way, rect, places.more)
        )

    def _zone_at(self, row: int, place: QPoint) -> str:
        places = self.action_places(row) if row >= 0 else None
        if places is None:
            return ""
        if places.go.contains(place):
            return "go"
        return "more" if places.more.contains(place) else ""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_at(event.position().toPoint())
        super().mouseMoveEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            before, self._hovered, self._zone = self._hovered, None, ""
            self._update_key(before)
        return super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.indexAt(place).row()
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_zone = self._zone_at(row, place) if is_left else ""
        if self._pressed_zone:
            self.select_row(row)
            return
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.indexAt(place).row()
        pressed, self._pressed_zone = self._pressed_zone, ""
        if row < 0:
            super().mouseReleaseEvent(event)
        elif pressed:
            if pressed == self._zone_at(row, place):
                self._press(pressed, row)
        else:
            super().mouseReleaseEvent(event)
            is_left = event.button() == Qt.MouseButton.LeftButton
            if is_left and isinstance(self._rows.item(row), GapItem):
                self._ask_to_edit(self._rows.item(row))

    def _press(self, zone: str, row: int) -> None:
        item = self._rows.item(row)
        if zone == "go":
            self.continue_requested.emit(item)
            return
        places = self.action_places(row)
        corner = places.more.bottomLeft() if places else self._rect_of(row).bottomLeft()
        self._ask_for_menu(item, self.viewport().mapToGlobal(corner))

    def _ask_to_edit(self, item: Item) -> None:
        if not isinstance(item, DayHead):
            self.edit_requested.emit(item)

    def _ask_for_menu(self, item: Item, place: QPoint) -> None:
        self.menu_requested.emit(MenuWish(item, place))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.indexAt(place).row()
        if row >= 0 and isinstance(self._rows.item(row), EntryItem):
            if not self._zone_at(row, place):
                self._ask_to_edit(self._rows.item(row))
            return
        super().mouseDoubleClickEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self.indexAt(event.pos()).row()
            place = event.globalPos()
        else:
            row = self.currentIndex().row()
            place = (
                self.viewport().mapToGlobal(self._rect_of(row).center()) if row >= 0 else QPoint()
            )
        if row < 0 or isinstance(self._rows.item(row), DayHead):
            return
        if not self.selectionModel().isSelected(self._rows.index(row)):
            self.select_row(row)
        self._ask_for_menu(self._rows.item(row), place)

    @override
    def selectAll(self) -> None:
        self.all_wanted.emit()
        super().selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.current_item()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and item is not None and not event.modifiers():
            self._ask_to_edit(item)
            return
        if event.key() == Qt.Key.Key_Escape and len(self.selected_items()) > 1:
            self.select_row(max(self.currentIndex().row(), 0))
            return
        super().keyPressEvent(event)
