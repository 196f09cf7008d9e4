"""An entry's fields in its own row: Tab walks, Enter saves everything as one step, Esc drops it."""

from contextlib import suppress
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain import words
from toggl_desktop.domain.commands import EditEntries, EnterLine
from toggl_desktop.domain.errors import (
    KnownError,
    MissingFieldsError,
    NothingToDoError,
)
from toggl_desktop.domain.grammar import Line
from toggl_desktop.domain.ids import EntryId, TaskId
from toggl_desktop.domain.instants import day_of
from toggl_desktop.store.read import catalog, rights, suggest
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer import rules, typed
from toggl_desktop.ui.timer.days import GapItem
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.completion import ProjectField, TagsField
from toggl_desktop.ui.widgets.describe import DescriptionField
from toggl_desktop.ui.widgets.dropping import drop_button
from toggl_desktop.ui.widgets.fields import FieldRefusedError, TextField, refusing
from toggl_desktop.ui.widgets.text import label

_TIME_WIDTH: Final = 44
_EDGES: Final = 12
_MISSING: Final = {"description": "description", "project": "project", "task": "project"}


class EntryEditor(QFrame):
    """Edits one entry, or makes one that fills a gap.

    What is typed is never overwritten: a change that lands meanwhile shows in the fields that
    nobody has touched, and is said.

    Signals:
        closed(): Saved or dropped; there is nothing more to do here.
        resized(): It needs another height.
    """

    closed = Signal()
    resized = Signal()

    def __init__(
        self, kit: Kit, subject: EntryRow | GapItem, parent: QWidget | None = None
    ) -> None:
        """Makes an editor. Raises StoreError when the names cannot be read."""
        super().__init__(parent)
        self._kit = kit
        self._row = subject if isinstance(subject, EntryRow) else None
        self._start = subject.start
        stop = subject.stop
        assert stop is not None
        self._stop = stop
        self._length_rules = False
        self._is_saving = False
        self._task: str | None = None
        self._says_rule = False
        mark(self, kind="card")
        self._build_fields()
        self._build_layout()
        self._wire()
        self._fill()

    # Building -----------------------------------------------------------------------------

    def _build_fields(self) -> None:
        self.description = DescriptionField(self.tr("Description"), self._kit.known, self)
        self.description.setPlaceholderText(self.tr("What was it?"))
        self.project = ProjectField(self.tr("Project"), self)
        self.tags = TagsField(self.tr("Tags, separated by commas"), self)
        self.start = TextField(self.tr("Start"), self)
        self.stop = TextField(self.tr("Stop"), self)
        self.length = TextField(self.tr("Length"), self)
        for field, hint in (
            (self.start, self.tr("Start: 8:30, -15m, yesterday 14:20")),
            (self.stop, self.tr("Stop: 9:10, +5m")),
            (self.length, self.tr("Length: 1:30, 1h30, 90m")),
        ):
            field.setToolTip(hint)
            mark(field, kind="tight")
            room = self.fontMetrics().horizontalAdvance("0:00:00")
            field.setMinimumWidth(room + _EDGES if field is self.length else _TIME_WIDTH)
            field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.billable = QToolButton(self)
        self.billable.setCheckable(True)
        self.billable.setAccessibleName(self.tr("Billable"))
        self.billable.setToolTip(self.tr("Billable"))
        self.billable.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.save_button = QPushButton(self.tr("Save"), self)
        mark(self.save_button, kind="primary")
        self.save_button.setAutoDefault(False)
        self.drop_button = drop_button(self)
        self.note = label(role="caption", wraps=True, parent=self)
        self.note.hide()

    def _build_layout(self) -> None:
        about = QGridLayout()
        about.setSpacing(SPACE.small)
        about.addWidget(self.description, 0, 0, 1, 2)
        about.addWidget(self.project, 1, 0)
        about.addWidget(self.tags, 1, 1)
        times = QHBoxLayout()
        times.setSpacing(SPACE.hair)
        times.addWidget(self.start, 1)
        times.addWidget(label("–", tone="second", parent=self))
        times.addWidget(self.stop, 1)
        times.addWidget(label("=", tone="second", parent=self))
        times.addWidget(self.length, 1)
        times.addWidget(self.billable)
        times.addSpacing(SPACE.hair)
        times.addWidget(self.drop_button)
        times.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        whole.setSpacing(SPACE.small)
        whole.addLayout(about)
        whole.addLayout(times)
        whole.addWidget(self.note)
        # Tab walks as the eye does; the buttons come last.
        order = [*self._fields(), self.billable, self.save_button, self.drop_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _wire(self) -> None:
        for field in self._fields():
            field.returnPressed.connect(self.save)
            field.dropped.connect(self.drop)
            field.textEdited.connect(self._on_field_text_edited)
        self.description.taken.connect(self._on_description_taken)
        self.start.textEdited.connect(self._on_times_text_edited)
        self.stop.textEdited.connect(self._on_stop_text_edited)
        self.length.textEdited.connect(self._on_length_text_edited)
        self.billable.toggled.connect(self._on_billable_toggled)
        self.save_button.clicked.connect(self.save)
        self.drop_button.clicked.connect(self.drop)

    def _fields(self) -> tuple[TextField, ...]:
        return (self.description, self.project, self.tags, self.start, self.stop, self.length)

    # Showing ------------------------------------------------------------------------------

    @property
    def lid(self) -> str | None:
        """The entry's local id; None when it does not exist yet."""
        return None if self._row is None else self._row.lid

    @property
    def is_dirty(self) -> bool:
        """Whether a person has changed anything in it."""
        was = self._row is not None and self._row.billable
        return any(f.is_edited for f in self._fields()) or self.billable.isChecked() != was

    def take_keyboard(self) -> None:
        """Puts the keyboard into the description."""
        self.description.setFocus(Qt.FocusReason.OtherFocusReason)
        self.description.selectAll()

    def _fill(self) -> None:
        source = self._kit.context.source
        self.project.set_projects(catalog.projects(source), suggest.recent_projects(source))
        self.project.say_no_new(rights.no_new(source, "project"))
        self.tags.set_tags(catalog.tag_names(source))
        row = self._row
        self.description.show_unless_edited("" if row is None else row.description)
        if not self.project.is_edited:
            self.project.show_project(None if row is None else row.project)
        if not self.tags.is_edited:
            self.tags.show_tags(() if row is None else row.tags)
        self.billable.setChecked(row is not None and row.billable)
        self._on_billable_toggled()
        wording = self._kit.wording
        self.start.show_unless_edited(wording.time(self._start))
        if not (self.stop.is_edited or self.length.is_edited):
            self._show_stop(self._stop)
            self._show_length(self._stop - self._start)
        self._show_rule()

    def _show_rule(self) -> None:
        """Says what the workspace would not take of this, unless there is more to say."""
        if self.note.text() and not self._says_rule:
            return
        start, stop = self._start, self._stop
        with suppress(KnownError):  # a time that cannot be read yet
            start, stop = self._times()
        wish = self.project.wish() if self.project.is_edited else None
        tags = self.tags.wish() if self.tags.is_edited else None
        filled = rules.Filled(start, stop, self.description.text(), wish, tags)
        rule = rules.of_one(self._kit.context.source, self._row, filled)
        self._say(rule, tone="warning")
        self._says_rule = bool(rule)

    def _show_stop(self, stop: int) -> None:
        wording = self._kit.wording
        text = wording.time(stop)
        if typed.needs_day(self._start, stop):
            text = f"{day_of(stop, wording.zone).isoformat()} {text}"
        self.stop.show_text(text)

    def _show_length(self, seconds: int) -> None:
        # Seconds only where there are any: the field is narrow.
        self.length.show_text(words.clock(seconds) if seconds % 60 else words.short(seconds))

    def show_elsewhere(self, row: EntryRow | None) -> None:
        """Shows that the entry was changed, or deleted, by somebody else meanwhile."""
        if self._row is None or self._is_saving or row == self._row:
            return
        if row is None or row.stop is None:
            self._say(self.tr("This entry was deleted elsewhere. What you typed is still here."))
            return
        is_another = rules.recorded(row) != rules.recorded(self._row)
        had_changes = self.is_dirty
        kept = self.billable.isChecked()
        was_pressed = kept != self._row.billable
        self._row, self._start, self._stop = row, row.start, row.stop
        self._fill()
        if was_pressed:
            self.billable.setChecked(kept)
        if is_another:  # not only sent, or its project renamed
            typed_too = self.tr("Changed elsewhere meanwhile. What you typed is kept.")
            self._say(typed_too if had_changes else self.tr("Changed elsewhere meanwhile."))

    def _say(self, sentence: str, *, tone: str = "second") -> None:
        if sentence == self.note.text():
            return
        self._says_rule = False
        mark(self.note, tone=tone)
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        announce(self.note, sentence)
        self.updateGeometry()
        self.resized.emit()

    # Doing --------------------------------------------------------------------------------

    def drop(self) -> None:
        """Closes without saving."""
        self.closed.emit()

    def save(self) -> bool:
        """Saves everything as one step and closes; or says why not, and keeps what is typed."""
        for field in self._fields():
            field.show_invalid(invalid=False)
        self._is_saving = True
        error = self._saved()
        self._is_saving = False
        if error is not None and not isinstance(error, NothingToDoError):
            self._refuse(error)
            return False
        self.drop()
        return True

    def _saved(self) -> KnownError | None:
        """Saves what there is to save; returns why it could not be."""
        try:
            command = self._command()
        except KnownError as error:
            return error
        return None if command is None else self._kit.performer.attempt(command)

    def _command(self) -> object | None:
        start, stop = self._times()
        row = self._row
        if row is None:
            return self._new_entry(start, stop)
        changed: dict[str, Any] = {}
        if self.description.is_edited:
            changed["description"] = self.description.text()
        if self.project.is_edited:
            wish = self.project.wish()
            changed.update(self._kit.performer.project_of(wish))
            if self._task is not None and wish.lid is not None:
                changed["task"] = TaskId(self._task)
        if self.tags.is_edited:
            changed.update(tags=(), new_tags=self.tags.wish())
        if self.billable.isChecked() != row.billable:
            changed["billable"] = self.billable.isChecked()
        if start != row.start:
            changed["start"] = start
        if stop != row.stop:
            changed["stop"] = stop
        return EditEntries((EntryId(row.lid),), **changed) if changed else None

    def _new_entry(self, start: int, stop: int) -> EnterLine:
        wish = self.project.wish()
        self._kit.performer.project_of(wish)  # refuses a name that nobody knows
        line = Line(
            self.description.text(),
            wish.lid or wish.new_name or None,
            self.tags.wish(),
            True if self.billable.isChecked() else None,
            start,
            stop,
        )
        return EnterLine(
            line, creates_project=bool(wish.new_name), new_client=wish.new_client or None
        )

    def _times(self) -> tuple[int, int]:
        """Returns what start, stop and length say together; the one edited last rules."""
        start = self._typed_start()
        if self._length_rules and self.length.is_edited:
            with refusing(self.length):
                return start, start + typed.length(self.length.text())
        if not self.stop.is_edited:
            return start, self._stop
        now, zone = self._kit.wording.now(), self._kit.wording.zone
        with refusing(self.stop):
            return start, typed.stop(self.stop.text(), start, self._stop, now, zone)

    def _typed_start(self) -> int:
        if not self.start.is_edited:
            return self._start
        now, zone = self._kit.wording.now(), self._kit.wording.zone
        with refusing(self.start):
            return typed.start(self.start.text(), self._start, now, zone)

    def _refuse(self, error: KnownError) -> None:
        field: TextField = self.description
        if isinstance(error, FieldRefusedError):
            field = error.field
        elif isinstance(error, MissingFieldsError) and error.fields:
            field = getattr(self, _MISSING.get(error.fields[0], "tags"))
        elif self.project.wish().unknown:
            field = self.project
        field.show_invalid(invalid=True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(error.sentence, tone="problem")

    # Hearing ------------------------------------------------------------------------------

    def _on_description_taken(self, known: Suggestion) -> None:
        """Takes over project, tags and billable, where a person has not chosen others here."""
        if not self.project.is_edited:
            self.project.show_project(known.project)
            self.project.is_edited = True
            self._task = known.task
        if not self.tags.is_edited:
            self.tags.show_tags(known.tags)
            self.tags.is_edited = True
        self.billable.setChecked(known.billable)

    def _on_field_text_edited(self) -> None:
        sender = self.sender()
        if isinstance(sender, TextField):
            sender.show_invalid(invalid=False)
        self._show_rule()

    def _on_times_text_edited(self) -> None:
        """Shows what the times make of each other, as far as they can be read."""
        try:
            start, stop = self._times()
        except KnownError:
            return
        if self._length_rules:
            self._show_stop(stop)
        else:
            self._show_length(max(0, stop - start))

    def _on_stop_text_edited(self) -> None:
        self._length_rules = False
        self.length.is_edited = False
        self._on_times_text_edited()

    def _on_length_text_edited(self) -> None:
        self._length_rules = True
        self._on_times_text_edited()

    def _on_billable_toggled(self) -> None:
        tone = "accent" if self.billable.isChecked() else "second"
        self.billable.setIcon(icon("billable", tone))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
            return
        super().keyPressEvent(event)
