"""The list's model: frozen rows from the ledger, changed in the smallest steps that say it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.ui.timer.days import DayHead, EntryItem, Item, Key, put_back
from toggl_desktop.ui.timer.ledger import Ledger
from toggl_desktop.ui.timer.wording import Face, Wording
from toggl_desktop.ui.widgets.text import tooltip

_FACES_KEPT: Final = 2000
Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """Days and entries, newest first, fetched as they are scrolled to.

    What a change does not name keeps its row, its index and its selection. An item that is being
    worked on (`hold`) stays in its place until it is let go, whatever happens to it meanwhile.

    Signals:
        reading_failed(KnownError): Older entries could not be read.
    """

    reading_failed = Signal(object)

    def __init__(self, ledger: Ledger, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._wording = wording
        self._items: list[Item] = []
        self._sizes: dict[date, int] = {}
        self._faces: dict[Key, tuple[Item, Face]] = {}
        self._held: Item | None = None
        self._is_filled = False

    # What there is ------------------------------------------------------------------------

    @property
    def is_filled(self) -> bool:
        """Whether the first chunk has been read."""
        return self._is_filled

    @property
    def has_entries(self) -> bool:
        """Whether there is more to see than the head of a day in which something runs."""
        return any(not isinstance(item, DayHead) for item in self._items)

    def item(self, row: int) -> Item:
        """Returns the item of a row."""
        return self._items[row]

    def face(self, row: int) -> Face:
        """Returns what a row shows, prepared when it is first asked for."""
        item = self._items[row]
        known = self._faces.get(item.key)
        if known is None or known[0] is not item:
            if len(self._faces) >= _FACES_KEPT:
                self._faces.clear()
            known = item, self._wording.face(item)
            self._faces[item.key] = known
        return known[1]

    def row_of(self, lid: str, day: date | None = None) -> int:
        """Returns the row of an entry, of its newest part unless a day is named; -1 for none."""
        for row, item in enumerate(self._items):
            if isinstance(item, EntryItem) and item.row.lid == lid and day in (None, item.day):
                return row
        return -1

    def row_of_key(self, key: Key) -> int:
        """Returns the row of a key; -1 for none."""
        first = self._first_of(key[1])
        for row in range(first, first + self._sizes.get(key[1], 0)):
            if self._items[row].key == key:
                return row
        return -1

    def head_of(self, row: int) -> int:
        """Returns the row of the head of the day that a row belongs to."""
        return self._first_of(self._items[row].day)

    def next_head(self, row: int) -> int:
        """Returns the row of the next day's head; the number of rows when there is none."""
        day = self._items[row].day
        return self._first_of(day) + self._sizes[day]

    def live_rows(self) -> list[int]:
        """Returns the rows whose figures grow while an entry runs: today's head, at most."""
        if not self._items:
            return []
        return [0] if self.grows(0) else []

    def grows(self, row: int) -> bool:
        """Tells whether a row is the head of a day in which an entry runs."""
        head = self._items[row]
        return isinstance(head, DayHead) and head.since is not None

    def total(self, row: int, now: int) -> int:
        """Returns the seconds of a day's head up to now."""
        head = self._items[row]
        return head.total(now) if isinstance(head, DayHead) else 0

    # What changes -------------------------------------------------------------------------

    def fill(self) -> None:
        """Reads the newest chunk, forgetting everything before. Raises StoreError."""
        self.beginResetModel()
        try:
            self._ledger.clear()
            self._items, self._sizes = [], {}
            self._faces.clear()
            self._ledger.fetch()
            self._put_all()
            self._is_filled = True
        finally:
            self.endResetModel()

    def _put_all(self) -> None:
        """Takes all items of the ledger, in place of those there are."""
        self._items, self._sizes = [], {}
        days = set(self._ledger.days) | ({self._held.day} if self._held else set())
        for day in sorted(days, reverse=True):
            items = self._wanted(day)
            self._items += items
            self._sizes[day] = len(items)

    def look_into(self, ledger: Ledger) -> None:
        """Shows another ledger, as far as it has been read."""
        self.beginResetModel()
        self._ledger = ledger
        self._put_all()
        self.endResetModel()

    def apply(self, changes: ChangeSet) -> None:
        """Brings the rows in line with what a change set names. Raises StoreError."""
        if self._is_filled:
            self._show_days(self._ledger.apply(changes))

    def roll_over(self) -> None:
        """Begins a new day: yesterday gets its name, and what runs is part of both."""
        days = self._ledger.refile()
        self._faces.clear()
        self._show_days(days)
        self.reword()

    def reword(self) -> None:
        """Says everything anew, because the way times are written has changed."""
        self._faces.clear()
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def hold(self, row: int) -> None:
        """Keeps an item in the list until `let_go`."""
        self._held = self._items[row]

    def let_go(self) -> None:
        """Lets the held item go where it belongs by now."""
        held, self._held = self._held, None
        if held is not None:
            self._show_days({held.day})

    def _show_days(self, days: set[date]) -> None:
        for day in sorted(days, reverse=True):
            self._show_day(day, self._wanted(day))

    def _wanted(self, day: date) -> tuple[Item, ...]:
        items = self._ledger.items(day)
        if self._held is not None and self._held.day == day:
            items = put_back(items, self._held)
        return items

    def _first_of(self, day: date) -> int:
        return sum(size for other, size in self._sizes.items() if other > day)

    def _show_day(self, day: date, new: Sequence[Item]) -> None:
        first, size = self._first_of(day), self._sizes.get(day, 0)
        self._remove_gone(first, size, {item.key for item in new})
        self._place_all(first, new)
        if new:
            self._sizes[day] = len(new)
        else:
            self._sizes.pop(day, None)

    def _remove_gone(self, first: int, size: int, kept: set[Key]) -> None:
        row = first + size
        while row > first:
            row -= 1
            if self._items[row].key in kept:
                continue
            last = row
            while row > first and self._items[row - 1].key not in kept:
                row -= 1
            self.beginRemoveRows(QModelIndex(), row, last)
            self._shrink(row, last - row + 1)
            del self._items[row : last + 1]
            self.endRemoveRows()

    def _place_all(self, first: int, new: Sequence[Item]) -> None:
        """Moves and inserts until the rows from `first` on are the new items."""
        day = new[0].day if new else None
        there = {item.key for item in self._items[first : first + self._size(day)]}
        place = 0
        while place < len(new):
            row, item = first + place, new[place]
            if item.key not in there:
                end = place
                while end < len(new) and new[end].key not in there:
                    end += 1
                self._insert(row, new[place:end])
                place = end
                continue
            if self._items[row].key != item.key:
                self._move(self._find(item.key, row), row)
            if self._items[row] != item:
                self._items[row] = item
                self.dataChanged.emit(self.index(row), self.index(row))
            place += 1

    def _size(self, day: date | None) -> int:
        return 0 if day is None else self._sizes.get(day, 0)

    def _shrink(self, row: int, count: int) -> None:
        self._sizes[self._items[row].day] -= count

    def _find(self, key: Key, row: int) -> int:
        while self._items[row].key != key:
            row += 1
        return row

    def _insert(self, row: int, items: Sequence[Item]) -> None:
        day = items[0].day
        self.beginInsertRows(QModelIndex(), row, row + len(items) - 1)
        self._items[row:row] = items
        self._sizes[day] = self._size(day) + len(items)
        self.endInsertRows()

    def _move(self, source: int, target: int) -> None:
        parent = QModelIndex()
        self.beginMoveRows(parent, source, source, parent, target)
        self._items.insert(target, self._items.pop(source))
        self.endMoveRows()

    # What Qt asks -------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._items)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not 0 <= row < len(self._items):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.face(row).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.face(row).spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self.face(row).hint) or None
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        row = index.row()
        if not 0 <= row < len(self._items):
            return Qt.ItemFlag.NoItemFlags
        fixed = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(self._items[row], DayHead):
            return fixed
        return fixed | Qt.ItemFlag.ItemIsSelectable

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return self._is_filled and not parent.isValid() and not self._ledger.is_complete

    @override
    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        try:
            days = self._ledger.fetch()
        except KnownError as error:
            self._ledger.is_complete = True  # asked again when the list is filled anew
            self.reading_failed.emit(error)
        else:
            self._show_days(days)
