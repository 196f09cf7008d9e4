"""Rows of different heights in one list, the day's head always in sight, and one editor among them.

A QListView to Qt (selection, keys, screen readers) that lays its rows out itself: Qt's own layout
asks for the size of every row after every change, this one knows them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.days import DayHead, Key
from toggl_desktop.ui.timer.layout import WIDE_FROM, Offsets
from toggl_desktop.ui.timer.model import EntryModel
from toggl_desktop.ui.timer.painter import RowPainter

_STEP: Final = 40
Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint
Move = QAbstractItemView.CursorAction


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the list: what is at the top, how much of it is above, and the current row."""

    top: Key | None
    below: int
    current: Key | None


class RowsView(QListView):
    """Lays out and scrolls the rows of the model; what they look like is for whoever inherits."""

    def __init__(
        self, model: EntryModel, painter: RowPainter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._painter = painter
        self._offsets = Offsets()
        self._is_wide = False
        self._editor: QWidget | None = None
        self._editor_key: Key | None = None
        self._set_up()
        self.setModel(model)
        model.rowsRemoved.connect(self._on_model_rows_removed)
        model.rowsMoved.connect(self._on_model_rows_moved)

    def _set_up(self) -> None:
        mark(self, kind="plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def rows_moved_under_pointer(self) -> None:
        """Hears that what is under the pointer may be another row now."""

    def remeasure(self) -> None:
        """Lays everything out again, because fonts or words have changed."""
        self._painter.measure()
        self.doItemsLayout()

    def stay_near(self, row: int) -> None:
        """Chooses what stands now where something chosen stood that has gone."""
        if self.selectionModel().hasSelection() or not self._rows.rowCount():
            return
        for step in (1, -1):
            index = self._nearest(min(row, self._rows.rowCount() - 1), step)
            if index.isValid() and not isinstance(self._rows.item(index.row()), DayHead):
                choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(index, choose)
                return

    def spot(self) -> Spot:
        """Returns where a person is: what is at the top, and what the keyboard is on."""
        offset = self.verticalOffset()
        top = self._offsets.row_at(offset)
        row = self.currentIndex().row()
        return Spot(
            self._rows.item(top).key if top >= 0 else None,
            offset - self._offsets.top(top) if top >= 0 else 0,
            self._rows.item(row).key if row >= 0 else None,
        )

    def go_to(self, spot: Spot) -> None:
        """Shows a place again, as far as what was there is still there."""
        row = -1 if spot.current is None else self._rows.row_of_key(spot.current)
        if row >= 0:
            index = self._rows.index(row)
            choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, choose)
        top = -1 if spot.top is None else self._rows.row_of_key(spot.top)
        if top >= 0:
            self.verticalScrollBar().setValue(self._offsets.top(top) + spot.below)

    def select_first(self) -> None:
        """Puts keyboard and selection on the first row that can be chosen."""
        index = self._nearest(0, 1)
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, choose)

    def open_editor(self, key: Key, editor: QWidget) -> None:
        """Puts an editor in the place of a row and brings all of it into sight."""
        self._editor, self._editor_key = editor, key
        editor.setParent(self.viewport())
        self.fit_editor()
        editor.show()
        self._show_whole(self._rows.row_of_key(key))

    def fit_editor(self) -> None:
        """Gives the editor's row the height that the editor needs now."""
        if self._make_room():
            self.updateGeometries()
            self.viewport().update()

    def _make_room(self) -> bool:
        row = self._editor_row()
        if row < 0 or self._editor is None:
            return False
        needed = self._editor.heightForWidth(self.viewport().width() - 2 * SPACE.hair)
        self._offsets.set_height(row, max(needed, self._editor.sizeHint().height()) + SPACE.hair)
        return True

    def close_editor(self) -> None:
        """Takes the editor out; its owner deletes it."""
        self._editor, self._editor_key = None, None
        self.doItemsLayout()

    def _editor_row(self) -> int:
        return -1 if self._editor_key is None else self._rows.row_of_key(self._editor_key)

    # Layout -------------------------------------------------------------------------------

    def _heights(self, first: int, last: int) -> Sequence[int]:
        heights = self._painter.heights
        return [
            heights.of_item(self._rows.item(row), is_wide=self._is_wide)
            for row in range(first, last + 1)
        ]

    @override
    def doItemsLayout(self) -> None:
        self._is_wide = self.viewport().width() >= WIDE_FROM
        self._offsets.set_all(self._heights(0, self._rows.rowCount() - 1))
        self._make_room()
        QAbstractItemView.doItemsLayout(self)

    @override
    def reset(self) -> None:
        """Lays the new rows out at once: whoever asks for a place next must not meet the old."""
        QListView.reset(self)
        self.doItemsLayout()

    @override
    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setSingleStep(_STEP)
        bar.setPageStep(max(1, height - self._painter.heights.head))
        bar.setRange(0, max(0, self._offsets.total - height))
        row = self._editor_row()
        if row >= 0 and self._editor is not None:
            room = self._rect_of(row)
            self._editor.setGeometry(room.adjusted(SPACE.hair, 2, -SPACE.hair, -2))
        self._fetch_if_near_the_end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        is_wide = self.viewport().width() >= WIDE_FROM
        if is_wide != self._is_wide or self._editor is not None:
            top = self._offsets.row_at(self.verticalOffset())
            self.doItemsLayout()
            if is_wide != self._is_wide and top > 0:
                self.verticalScrollBar().setValue(self._offsets.top(top))
        else:
            self.updateGeometries()

    @override
    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        QAbstractItemView.rowsInserted(self, parent, start, end)
        heights = self._heights(start, end)
        is_above = self._offsets.top(start) < self.verticalOffset()
        self._offsets.insert(start, heights)
        self._settle(sum(heights) if is_above else 0)

    def _on_model_rows_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        gone = self._offsets.top(last + 1) - self._offsets.top(first)
        is_above = self._offsets.top(last + 1) <= self.verticalOffset()
        self._offsets.remove(first, last - first + 1)
        self._settle(-gone if is_above else 0)

    def _on_model_rows_moved(self) -> None:
        self.doItemsLayout()

    def _settle(self, shift: int) -> None:
        """Shows what is there now, and keeps in its place what a person is looking at."""
        self.updateGeometries()
        if shift:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + shift)
        self.viewport().update()

    @override
    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        QAbstractItemView.dataChanged(self, topLeft, bottomRight, roles)
        self.viewport().update()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        surface, head = self.viewport(), self._painter.heights.head
        below = surface.rect().adjusted(0, head, 0, 0)
        if self._editor is None and abs(dy) < below.height():
            surface.scroll(0, dy, below)  # what was painted moves; only the strip is painted anew
            self.update_head()
        else:
            surface.scroll(0, dy)  # takes the editor along
            surface.update()
        self.rows_moved_under_pointer()
        self._fetch_if_near_the_end()

    def _fetch_if_near_the_end(self) -> None:
        if self._offsets.count != self._rows.rowCount():
            return  # not laid out yet
        ahead = self._offsets.total - self.verticalOffset() - self.viewport().height()
        if self.isVisible() and ahead < self.viewport().height():
            self._rows.fetchMore(QModelIndex())

    def sticky(self) -> tuple[int, QRect] | None:
        """Returns the row of the head that floats at the top, and where; None if none does."""
        offset = self.verticalOffset()
        row = self._offsets.row_at(offset)
        if offset <= 0 or row < 0:
            return None
        height = self._painter.heights.head
        until_next = self._offsets.top(self._rows.next_head(row)) - offset
        place = QRect(0, min(0, until_next - height), self.viewport().width(), height)
        return self._rows.head_of(row), place

    def update_head(self) -> None:
        """Paints the floating head again."""
        self.viewport().update(0, 0, self.viewport().width(), self._painter.heights.head)

    # What Qt asks -------------------------------------------------------------------------

    def _rect_of(self, row: int) -> QRect:
        top = self._offsets.top(row) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._offsets.height(row))

    @override
    def visualRect(self, index: Index) -> QRect:
        row = index.row()
        return self._rect_of(row) if 0 <= row < self._rows.rowCount() else QRect()

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        row = self._offsets.row_at(p.y() + self.verticalOffset())
        return self._rows.index(row) if row >= 0 else QModelIndex()

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def isIndexHidden(self, index: Index) -> bool:
        return False

    @override
    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        if 0 <= index.row() < self._rows.rowCount():
            self._show_whole(index.row())

    def _show_whole(self, row: int) -> None:
        bar = self.verticalScrollBar()
        top, height = self._offsets.top(row), self._offsets.height(row)
        above = top - self._painter.heights.head  # the day's head floats over this much
        if above < bar.value():
            bar.setValue(above)
        elif top + height > bar.value() + self.viewport().height():
            bar.setValue(min(above, top + height - self.viewport().height()))

    @override
    def moveCursor(self, cursorAction: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        last = self._rows.rowCount() - 1
        row = self.currentIndex().row()
        page = self.viewport().height() - self._painter.heights.head
        if last < 0:
            return QModelIndex()
        if cursorAction in (Move.MoveUp, Move.MovePrevious):
            if row <= 1:
                self.verticalScrollBar().setValue(0)  # the first head is in sight again
            return self._nearest(row - 1, -1)
        if cursorAction in (Move.MoveDown, Move.MoveNext):
            return self._nearest(row + 1, 1)
        if cursorAction == Move.MoveHome:
            return self._nearest(0, 1)
        if cursorAction == Move.MoveEnd:
            return self._nearest(last, -1)
        if cursorAction == Move.MovePageUp:
            return self._nearest(max(1, self._row_near(row, -page)), -1)
        if cursorAction == Move.MovePageDown:
            return self._nearest(self._row_near(row, page), 1)
        return self.currentIndex()

    def _row_near(self, row: int, distance: int) -> int:
        y = min(max(0, self._offsets.top(row) + distance), self._offsets.total - 1)
        return self._offsets.row_at(y)

    def _nearest(self, row: int, step: int) -> QModelIndex:
        """Returns the row or the first after it in that direction that can be chosen."""
        while 0 <= row < self._rows.rowCount():
            if not isinstance(self._rows.item(row), DayHead):
                return self._rows.index(row)
            row += step
        return self.currentIndex()

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        offset = self.verticalOffset()
        area = rect.normalized()
        rows = self._offsets.rows_between(area.top() + offset, area.bottom() + offset + 1)
        chosen = QItemSelection()
        if rows:
            chosen.select(self._rows.index(rows[0]), self._rows.index(rows[-1]))
        self.selectionModel().select(chosen, command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for place in range(selection.count()):
            part = selection.at(place)
            top = self._offsets.top(part.top()) - self.verticalOffset()
            bottom = self._offsets.top(part.bottom() + 1) - self.verticalOffset()
            region += QRect(0, top, self.viewport().width(), bottom - top)
        return region

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        # Qt's own would ask editors and a layout of its own, which this view has not.
        for index in (previous, current):
            self.viewport().update(self.visualRect(index))
        if current.isValid() and self.isVisible():
            self.scrollTo(current)
        # Qt's list would ask its own layout, which is empty, for the child's number.
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        QAbstractItemView.selectionChanged(self, selected, deselected)
