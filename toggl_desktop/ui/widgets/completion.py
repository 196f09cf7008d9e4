"""Fields that offer what is known: a project, or a list of tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read.catalog import ProjectRow
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.offer import OFFERED, TEXT, OfferField, ranked
from toggl_desktop.ui.widgets.text import tooltip

_LID: Final = int(Qt.ItemDataRole.UserRole)
_NEW: Final = _LID + 1
_CLIENT: Final = _LID + 2
_NONE: Final = _LID + 3
_JOIN: Final = " + "


@dataclass(frozen=True, slots=True)
class ProjectWish:
    """What a project field asks for.

    Attributes:
        lid: A project that exists; None for none.
        new_name: A project to be made.
        unknown: A name that nobody knows and that nobody asked to make.
        new_client: The client that the new project is for; made too if it is missing.
    """

    lid: str | None = None
    new_name: str = ""
    unknown: str = ""
    new_client: str = ""


class ProjectField(OfferField):
    """Names a project; what is typed may stand anywhere in a name or its client's.

    `Name + Client` offers to make a project for a client.

    Attributes:
        wants_none: Whether “No project” was taken.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._projects: Sequence[ProjectRow] = ()
        self._folded: list[str] = []
        self._chosen: str | None = None
        self._new = self._new_client = ""
        self._no_new = ""
        self.wants_none = False
        self.setPlaceholderText(self.tr("No project"))
        self.setToolTip(tooltip(self.tr("Project. “Name + Client” makes a new one for a client")))

    def set_projects(self, projects: Sequence[ProjectRow], recent: Sequence[str] = ()) -> None:
        """Takes what can be chosen; those used lately are offered first."""
        order = {lid: place for place, lid in enumerate(recent)}
        self._projects = sorted(projects, key=lambda row: order.get(row.lid, len(order)))
        self._folded = [fold(f"{row.name} {row.owner or ''}") for row in self._projects]
        self._fill()

    def say_no_new(self, why: str) -> None:
        """Offers to make none any more and says why; with an empty reason it is offered again."""
        self._no_new = why
        self._fill()

    def show_project(self, lid: str | None) -> None:
        """Shows a project as chosen and not edited."""
        row = self._row(lid)
        self._chosen, self._new = (row.lid if row else None), ""
        self.wants_none = False
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
            return ProjectWish(new_name=self._new, new_client=self._new_client)
        same = [p for p in self._projects if fold(p.name) == fold(text)]
        return ProjectWish(same[0].lid) if len(same) == 1 else ProjectWish(unknown=text)

    def _row(self, lid: str | None) -> ProjectRow | None:
        return next((p for p in self._projects if p.lid == lid), None)

    @override
    def _fill(self) -> None:
        """Offers what contains the text, and to make what nothing is called."""
        rows = self.offer.rows
        rows.clear()
        text = self.text().strip()
        wanted = "" if self._chosen is not None else text
        if not wanted and text:
            rows.appendRow(_none_item(self.tr("No project")))
        for row in list(ranked(self._projects, self._folded, wanted))[:OFFERED]:
            rows.appendRow(_project_item(row))
        if wanted and all(fold(row.name) != fold(wanted) for row in self._projects):
            self._offer_to_make(wanted)

    def _offer_to_make(self, text: str) -> None:
        name, _, client = text.removeprefix("+").strip().partition(_JOIN)
        name, client = name.strip(), client.strip()
        if not name:
            return
        if self._no_new:
            said = QStandardItem(icon("lock", "second"), self._no_new)
            said.setEnabled(False)
            said.setToolTip(tooltip(self._no_new))
            self.offer.rows.appendRow(said)
            return
        words = self.tr("Create “{name}”").format(name=name)
        if client:
            words = self.tr("Create “{name}” for {client}").format(name=name, client=client)
        made = QStandardItem(icon("plus"), words)
        made.setData(name, _NEW)
        made.setData(client, _CLIENT)
        made.setData(name, TEXT)
        self.offer.rows.appendRow(made)

    @override
    def _on_offer_text_edited(self, text: str) -> None:
        self._chosen, self._new, self.wants_none = None, "", False
        super()._on_offer_text_edited(text)

    @override
    def _take(self, row: int) -> None:
        item = self.offer.rows.item(row)
        self._new, self._new_client = item.data(_NEW) or "", item.data(_CLIENT) or ""
        self.wants_none = bool(item.data(_NONE))
        found = self._row(item.data(_LID))
        self._chosen = found.lid if found else None


def _project_item(row: ProjectRow) -> QStandardItem:
    client = f" — {one_line(row.owner)}" if row.owner else ""
    made = QStandardItem(diamond_icon(row.color), one_line(row.name) + client)
    made.setData(row.lid, _LID)
    made.setData(one_line(row.name), TEXT)
    return made


def _none_item(words: str) -> QStandardItem:
    made = QStandardItem(diamond_icon(""), words)
    made.setData(True, _NONE)  # noqa: FBT003 - Qt's own
    made.setData("", TEXT)
    return made


class TagsField(OfferField):
    """Names tags, with commas between them; the one being typed is completed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._known: Sequence[str] = ()
        self._folded: list[str] = []
        self.setPlaceholderText(self.tr("Tags"))

    def set_tags(self, names: Sequence[str]) -> None:
        """Takes the tags that exist."""
        self._known = names
        self._folded = [fold(name) for name in names]
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

    @override
    def open_offer(self) -> None:
        """Shows every tag that is not there yet."""
        if self.names()[-1]:
            self.setText(f"{self.text().rstrip()}, ")
        super().open_offer()

    @override
    def _fill(self) -> None:
        *finished, typed = self.names()
        taken = {fold(name) for name in finished}
        self.offer.rows.clear()
        fitting = ranked(self._known, self._folded, typed)
        for name in [name for name in fitting if fold(name) not in taken][:OFFERED]:
            if fold(name) == fold(typed):
                continue
            made = QStandardItem(icon("tag", "second"), one_line(name))
            made.setData(", ".join([*finished, name]) + ", ", TEXT)
            self.offer.rows.appendRow(made)

    @override
    def _take(self, row: int) -> None:
        """Nothing more: the text says it all."""
