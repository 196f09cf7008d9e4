"""Several entries edited at once, in place: what is left alone stays as it is in each of them."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.commands import EditEntries, EntryTimes
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import EntryId, TagId
from toggl_desktop.store.read import catalog, rights, suggest
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer import rules, typed
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.completion import ProjectField, TagsField
from toggl_desktop.ui.widgets.dropping import drop_button
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.text import label

_BOTH: Final = "both"
_START: Final = "start"
_STOP: Final = "stop"


class BulkEditor(QFrame):
    """Changes what is filled in, in all the entries, as one step.

    Signals:
        closed(): Saved or dropped.
    """

    closed = Signal()

    def __init__(self, kit: Kit, rows: Sequence[EntryRow], parent: QWidget | None = None) -> None:
        """Makes an editor. Raises StoreError when the names cannot be read."""
        super().__init__(parent)
        self._kit = kit
        self._rows = list(rows)
        self._was_billable = _common(rows, _billable)
        mark(self, kind="card")
        self._build_fields()
        self._build_layout()
        self._wire()
        self._fill()

    def _build_fields(self) -> None:
        self.title = label(role="strong", elided=True, parent=self)
        self.description = TextField(self.tr("Description of all"), self)
        self.project = ProjectField(self.tr("Project of all"), self)
        self.add_tags = TagsField(self.tr("Tags to add, separated by commas"), self)
        self.add_tags.setPlaceholderText(self.tr("Add tags"))
        self.remove_tags = TagsField(self.tr("Tags to take off, separated by commas"), self)
        self.remove_tags.setPlaceholderText(self.tr("Take tags off"))
        self.shift = TextField(self.tr("Move by, for example +15m or -1h"), self)
        self.shift.setPlaceholderText(self.tr("Move by: +15m, -1h, +1d"))
        self.edges = QComboBox(self)
        self.edges.setAccessibleName(self.tr("What is moved"))
        for words, edges in (
            (self.tr("start and stop"), _BOTH),
            (self.tr("start only"), _START),
            (self.tr("stop only"), _STOP),
        ):
            self.edges.addItem(words, edges)
        self.billable = QCheckBox(self.tr("Billable"), self)
        self.save_button = QPushButton(self.tr("Save"), self)
        mark(self.save_button, kind="primary")
        self.save_button.setAutoDefault(False)
        self.drop_button = drop_button(self)
        self.note = label(role="caption", wraps=True, parent=self)
        self.note.hide()

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.drop_button)
        grid = QGridLayout()
        grid.setSpacing(SPACE.small)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.description, 0, 0, 1, 2)
        grid.addWidget(self.project, 1, 0)
        grid.addWidget(self.billable, 1, 1)
        grid.addWidget(self.add_tags, 2, 0)
        grid.addWidget(self.remove_tags, 2, 1)
        grid.addWidget(self.shift, 3, 0)
        last = QHBoxLayout()
        last.setSpacing(SPACE.small)
        last.addWidget(self.edges, 1)
        last.addWidget(self.save_button)
        grid.addLayout(last, 3, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        whole.setSpacing(SPACE.small)
        whole.addLayout(head)
        whole.addLayout(grid)
        whole.addWidget(self.note)
        order = [
            *(self.description, self.project, self.billable, self.add_tags, self.remove_tags),
            *(self.shift, self.edges, self.save_button, self.drop_button),
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _wire(self) -> None:
        for field in self._fields():
            field.returnPressed.connect(self.save)
            field.dropped.connect(self.drop)
            field.textEdited.connect(self._show_shift)
        self.edges.activated.connect(self._on_edges_activated)
        self.save_button.clicked.connect(self.save)
        self.drop_button.clicked.connect(self.drop)

    def _fields(self) -> tuple[TextField, ...]:
        return (self.description, self.project, self.add_tags, self.remove_tags, self.shift)

    def _fill(self) -> None:
        """Shows what all have in common, and says where they differ."""
        source, rows = self._kit.context.source, self._rows
        self.title.setText(
            self.tr("Change {count} entries").format(count=self._kit.wording.number(len(rows)))
        )
        self.project.set_projects(catalog.projects(source), suggest.recent_projects(source))
        self.project.say_no_new(rights.no_new(source, "project"))
        self.add_tags.set_tags(catalog.tag_names(source))
        self.remove_tags.set_tags(list(dict.fromkeys(t for row in rows for t in row.tags)))
        description, project = _common(rows, _description), _common(rows, _project)
        self.description.show_text(description or "")
        several = description is None
        self.description.setPlaceholderText(
            self.tr("Several descriptions") if several else self.tr("No description")
        )
        self.project.show_project(project or None)
        if project is None:
            self.project.setPlaceholderText(self.tr("Several projects"))
        self.billable.setTristate(self._was_billable is None)
        state = Qt.CheckState
        self.billable.setCheckState(
            state.PartiallyChecked
            if self._was_billable is None
            else (state.Checked if self._was_billable else state.Unchecked)
        )

    @property
    def lids(self) -> tuple[str, ...]:
        """The entries' local ids."""
        return tuple(row.lid for row in self._rows)

    @property
    def is_dirty(self) -> bool:
        """Whether anything is filled in."""
        return any(f.is_edited for f in self._fields()) or self._billable_now() is not None

    def take_keyboard(self) -> None:
        """Puts the keyboard into the first field."""
        self.description.setFocus(Qt.FocusReason.OtherFocusReason)
        self.description.selectAll()

    def show_elsewhere(self, rows: Sequence[EntryRow]) -> None:
        """Takes the entries as they are by now; what is filled in stays."""
        if rows:
            self._rows = list(rows)
            self._show_shift()
        else:
            self._say(self.tr("These entries were deleted elsewhere."), is_problem=True)

    # Doing --------------------------------------------------------------------------------

    def drop(self) -> None:
        """Closes without saving."""
        self.closed.emit()

    def save(self) -> bool:
        """Saves what is filled in as one step and closes; or says why not."""
        for field in self._fields():
            field.show_invalid(invalid=False)
        try:
            command = self._command()
        except KnownError as error:
            self._say(error.sentence, is_problem=True)
            return False
        error_ = None if command is None else self._kit.performer.attempt(command)
        if error_ is not None and not isinstance(error_, NothingToDoError):
            self._say(error_.sentence, is_problem=True)
            return False
        self.drop()
        return True

    def _command(self) -> EditEntries | None:
        changed: dict[str, Any] = {}
        was = _common(self._rows, _description)
        text = self.description.text()
        if self.description.is_edited and (text.strip() or was is not None):
            changed["description"] = text
        if self.project.is_edited and (self.project.text().strip() or self.project.wants_none):
            try:
                changed.update(self._kit.performer.project_of(self.project.wish()))
            except KnownError:
                self._mark(self.project)
                raise
        if self.add_tags.wish():
            changed["new_tags"] = self.add_tags.wish()
        gone = self._tags_to_remove()
        if gone:
            changed["remove_tags"] = gone
        billable = self._billable_now()
        if billable is not None:
            changed["billable"] = billable
        times = self._times()
        if times:
            changed["times"] = times
        lids = tuple(EntryId(row.lid) for row in self._rows)
        return EditEntries(lids, **changed) if changed else None

    def _tags_to_remove(self) -> tuple[TagId, ...]:
        names = {fold(name) for name in self.remove_tags.wish()}
        pairs = (pair for row in self._rows for pair in zip(row.tag_ids, row.tags, strict=True))
        return tuple(dict.fromkeys(TagId(lid) for lid, name in pairs if fold(name) in names))

    def _billable_now(self) -> bool | None:
        """Returns what all are to be; None where nothing was changed."""
        state = self.billable.checkState()
        if state is Qt.CheckState.PartiallyChecked:
            return None
        wanted = state is Qt.CheckState.Checked
        return None if wanted == self._was_billable else wanted

    def _times(self) -> tuple[EntryTimes, ...]:
        """Returns where each entry is to be. Raises RefusedError for what is no length."""
        if not self.shift.text().strip():
            return ()
        try:
            by = typed.shift(self.shift.text())
        except KnownError:
            self._mark(self.shift)
            raise
        edges = self.edges.currentData()
        low, high = by * (edges != _STOP), by * (edges != _START)
        return tuple(
            EntryTimes(
                EntryId(row.lid), row.start + low, None if row.stop is None else row.stop + high
            )
            for row in self._rows
        )

    def _mark(self, field: TextField) -> None:
        field.show_invalid(invalid=True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edges_activated(self) -> None:
        self._show_shift()

    def _show_shift(self) -> None:
        """Says what moving makes of the earliest entry, as far as it can be read."""
        self.shift.show_invalid(invalid=False)
        first = min(self._rows, key=_start)
        try:
            times = {one.entry: one for one in self._times()}
        except KnownError:
            times = {}
            self.shift.show_invalid(invalid=False)
        moved = times.get(EntryId(first.lid))
        wording = self._kit.wording
        said = []
        if moved is not None:
            words = self.tr("The first one, {was}, becomes {now}.")
            was = wording.span(first.start, first.stop)
            now = wording.dated_span(moved.start, moved.stop, first.start)
            said.append(words.format(was=was, now=now))
        rule = self._rule(times)
        self._say(" ".join([*said, *([rule] if rule else [])]))

    def _rule(self, times: Mapping[EntryId, EntryTimes]) -> str:
        """Returns what the workspace would not take of what is filled in."""
        wish = self.project.wish() if self.project.is_edited else None
        text = self.description.text() if self.description.is_edited else None
        tags = self.add_tags.wish()
        if not times and wish is None and text is None and not tags:
            return ""
        source = self._kit.context.source
        return rules.of_many(source, self._rows, times, text, (wish, tags))

    def _say(self, sentence: str, *, is_problem: bool = False) -> None:
        mark(self.note, tone="problem" if is_problem else "second")
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
            return
        super().keyPressEvent(event)


def _common(rows: Sequence[EntryRow], what: Callable[[EntryRow], Any]) -> Any:  # noqa: ANN401
    """Returns what is the same in all rows; None where they differ."""
    found = {what(row) for row in rows}
    return found.pop() if len(found) == 1 else None


def _description(row: EntryRow) -> str:
    return row.description


def _project(row: EntryRow) -> str:
    return row.project or ""


def _billable(row: EntryRow) -> bool:
    return row.billable


def _start(row: EntryRow) -> int:
    return row.start
