"""Fields that offer what is known: a project, or a list of tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read.catalog import ProjectRow
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.fields import TextField

_LID: Final = int(Qt.ItemDataRole.UserRole)
_NEW: Final = _LID + 1
_NAME: Final = _LID + 2
_OFFERED: Final = 50


@dataclass(frozen=True, slots=True)
class ProjectWish:
    """What a project field asks for.

    Attributes:
        lid: A project that exists; None for none.
        new_name: A project to be made.
        unknown: A name that nobody knows and that nobody asked to make.
    """

    lid: str | None = None
    new_name: str = ""
    unknown: str = ""


class _Offer(QCompleter):
    """A list under a field that holds what its field puts in, in that order."""

    def __init__(self, field: TextField) -> None:
        super().__init__(field)
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(8)
        popup = self.popup()
        if popup is not None:
            popup.setAccessibleName(field.accessibleName())

    @override
    def splitPath(self, path: str) -> list[str]:
        return [""]  # the field has chosen already; nothing is filtered here


class _ProjectOffer(_Offer):
    """Puts the bare name into the field."""

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(_NAME) or "")


class ProjectField(TextField):
    """Names a project; what is typed may stand anywhere in a name or its client's."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._projects: Sequence[ProjectRow] = ()
        self._chosen: str | None = None
        self._new = ""
        self._offer = _ProjectOffer(self)
        self.setCompleter(self._offer)
        self.setPlaceholderText(self.tr("No project"))
        self.textEdited.connect(self._on_self_text_edited)
        self._offer.activated[QModelIndex].connect(self._on_offer_activated)  # type: ignore[index]

    def set_projects(self, projects: Sequence[ProjectRow]) -> None:
        """Takes what can be chosen."""
        self._projects = projects
        self._fill()

    def show_project(self, lid: str | None) -> None:
        """Shows a project as chosen and not edited."""
        row = self._row(lid)
        self._chosen, self._new = (row.lid if row else None), ""
        self.show_text(one_line(row.name) if row else "")
        self._fill()

    def wish(self) -> ProjectWish:
        """Returns what is asked for."""
        text = self.text().strip()
        if not text:
            return ProjectWish()
        if self._chosen is not None:
            return ProjectWish(self._chosen)
        if self._new:
            return ProjectWish(new_name=self._new)
        same = [p for p in self._projects if fold(p.name) == fold(text)]
        return ProjectWish(same[0].lid) if len(same) == 1 else ProjectWish(unknown=text)

    def _row(self, lid: str | None) -> ProjectRow | None:
        return next((p for p in self._projects if p.lid == lid), None)

    def _fill(self) -> None:
        """Offers what contains the text, and to make what nothing is called."""
        self._offer.rows.clear()
        text = self.text().strip()
        wanted = "" if self._chosen is not None else fold(text)
        for row in self._projects:
            if wanted in fold(f"{row.name} {row.client_name or ''}"):
                self._offer.rows.appendRow(_project_item(row))
            if self._offer.rows.rowCount() >= _OFFERED:
                break
        if wanted and all(fold(row.name) != wanted for row in self._projects):
            made = QStandardItem(icon("plus"), self.tr("Create “{name}”").format(name=text))
            made.setData(text, _NEW)
            made.setData(text, _NAME)
            self._offer.rows.appendRow(made)

    def _on_self_text_edited(self) -> None:
        self._chosen, self._new = None, ""
        self._fill()

    def _on_offer_activated(self, index: QModelIndex) -> None:
        item = self._offer.rows.item(index.row())
        self._new = item.data(_NEW) or ""
        row = self._row(item.data(_LID))
        self._chosen = row.lid if row else None
        self.is_edited = True

    def open_offer(self) -> None:
        """Shows everything that can be chosen."""
        self._fill()
        self._offer.complete()


def _project_item(row: ProjectRow) -> QStandardItem:
    client = f" — {one_line(row.client_name)}" if row.client_name else ""
    made = QStandardItem(diamond_icon(row.color), one_line(row.name) + client)
    made.setData(row.lid, _LID)
    made.setData(one_line(row.name), _NAME)
    return made


class _TagOffer(_Offer):
    """Completes the last name of a list and leaves the others."""

    def __init__(self, field: "TagsField") -> None:
        super().__init__(field)
        self._tags = field

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        name = str(index.data() or "")
        return ", ".join([*self._tags.finished, name]) + ", "


class TagsField(TextField):
    """Names tags, with commas between them; the one being typed is completed.

    Attributes:
        finished: The names before the one being typed; walking through the offers keeps them.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._known: Sequence[str] = ()
        self.finished: list[str] = []
        self._offer = _TagOffer(self)
        self.setCompleter(self._offer)
        self.setPlaceholderText(self.tr("Tags"))
        self.textEdited.connect(self._on_self_text_edited)
        self._offer.activated[QModelIndex].connect(self._on_offer_activated)  # type: ignore[index]

    def set_tags(self, names: Sequence[str]) -> None:
        """Takes the tags that exist."""
        self._known = names
        self._fill()

    def show_tags(self, names: Sequence[str]) -> None:
        """Shows tags as they are, not edited."""
        self.show_text(", ".join(names))

    def names(self) -> list[str]:
        """Returns the names as typed, the last one perhaps not finished or empty."""
        return [name.strip().removeprefix("#") for name in self.text().split(",")]

    def wish(self) -> tuple[str, ...]:
        """Returns the tags asked for, each once."""
        wanted: dict[str, str] = {}
        for name in self.names():
            if name:
                wanted.setdefault(fold(name), name)
        return tuple(wanted.values())

    def _fill(self) -> None:
        *self.finished, typed = self.names()
        taken = {fold(name) for name in self.finished}
        self._offer.rows.clear()
        for name in self._known:
            if typed and fold(typed) in fold(name) and fold(name) not in taken:
                self._offer.rows.appendRow(QStandardItem(icon("tag", "second"), name))
            if self._offer.rows.rowCount() >= _OFFERED:
                break

    def _on_self_text_edited(self) -> None:
        self._fill()

    def _on_offer_activated(self, _index: QModelIndex) -> None:
        self.is_edited = True
