"""Cards in an order, told apart by their task: selection and scroll survive every change."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.board.faces import CardFace, CardFaces
from toggl_desktop.ui.widgets.text import tooltip

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_MANY: Final = 40
"""More differences than this are one reset: a filter, another project."""


class CardModel(QAbstractListModel):
    """The cards of one column or of the taskbox."""

    def __init__(self, faces: CardFaces, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faces = faces
        self._bars: list[Bar] = []

    @property
    def bars(self) -> Sequence[Bar]:
        """The tasks, in order."""
        return self._bars

    def bar(self, row: int) -> Bar | None:
        """Returns the task of a row."""
        return self._bars[row] if 0 <= row < len(self._bars) else None

    def row_of(self, lid: str | None) -> int | None:
        """Returns the row of a task."""
        return next((row for row, bar in enumerate(self._bars) if bar.lid == lid), None)

    def face(self, row: int) -> CardFace:
        """Returns what a row shows."""
        return self._faces.face(self._bars[row])

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Shows tasks; what stays is not disturbed."""
        old, new = [b.lid for b in self._bars], [b.lid for b in bars]
        if old != new:
            if len(set(old) ^ set(new)) > _MANY or not old:
                self.beginResetModel()
                self._bars = list(bars)
                self.endResetModel()
                return
            self._remove(set(new))
            self._insert(bars)
        self._update(bars)

    def _remove(self, wanted: set[str]) -> None:
        for row in range(len(self._bars) - 1, -1, -1):
            if self._bars[row].lid not in wanted:
                self.beginRemoveRows(_NOWHERE, row, row)
                del self._bars[row]
                self.endRemoveRows()

    def _insert(self, bars: Sequence[Bar]) -> None:
        known = {bar.lid for bar in self._bars}
        for row, bar in enumerate(bars):
            if row < len(self._bars) and self._bars[row].lid == bar.lid:
                continue
            if bar.lid in known:
                at = next(n for n in range(row, len(self._bars)) if self._bars[n].lid == bar.lid)
                self.beginMoveRows(_NOWHERE, at, at, _NOWHERE, row)
                self._bars.insert(row, self._bars.pop(at))
                self.endMoveRows()
            else:
                self.beginInsertRows(_NOWHERE, row, row)
                self._bars.insert(row, bar)
                self.endInsertRows()

    def _update(self, bars: Sequence[Bar]) -> None:
        for row, bar in enumerate(bars):
            if self._bars[row] != bar:
                self._bars[row] = bar
                self.dataChanged.emit(self.index(row), self.index(row))

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._bars)

    @override
    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        bar = self.bar(index.row()) if index.isValid() else None
        if bar is None:
            return None
        face = self._faces.face(bar)
        if role == Qt.ItemDataRole.DisplayRole:
            return face.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return face.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip("\n".join(part for part in (face.name, face.about) if part))
        return None
