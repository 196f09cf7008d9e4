"""The palette's list: what can be started, best first."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from toggl_desktop.store.read.places import in_full
from toggl_desktop.store.read.suggest import Suggestion

SuggestionRole: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class SuggestionModel(QAbstractListModel):
    """At most a handful of suggestions; replaced whole at every keystroke."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Suggestion, ...] = ()

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """Shows other suggestions."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def at(self, row: int) -> Suggestion | None:
        """Returns the suggestion of a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.at(index.row())
        if found is None:
            return None
        if role == SuggestionRole:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return title(found)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kept = self.tr("favourite") if found.favourite is not None else ""
            place = found.place or ""
            parts = (title(found), found.project_name or "", place, *found.tags, found.note, kept)
            return ", ".join(dict.fromkeys(p for p in parts if p))
        return None


def title(one: Suggestion) -> str:
    """Returns what stands first in a row: the description, else the project's name."""
    project = " · ".join(filter(None, (one.project_name, one.place)))
    return one.description or project or "—"


def as_line(one: Suggestion) -> str:
    """Returns the suggestion as it would be typed."""

    def named(mark: str, name: str) -> str:
        return f'{mark}"{name}"' if " " in name else f"{mark}{name}"

    words = [f"\\{w}" if w[:1] in "@#$\\" else w for w in one.description.split()]
    if one.project_name:
        words.append(named("@", in_full(one.project_name, one.place)))
    words += [named("#", tag) for tag in one.tags]
    if one.billable:
        words.append("$")
    return " ".join(words)
