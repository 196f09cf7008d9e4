"""The first thing in the window: what runs, or what is about to."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from toggl_desktop.domain import words
from toggl_desktop.domain.commands import EditEntries, EnterLine, StopTimer
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.domain.grammar import Line
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer import typed
from toggl_desktop.ui.timer.details import DetailsLine
from toggl_desktop.ui.timer.draft import Draft, DraftReader, takeover
from toggl_desktop.ui.timer.performer import Done, Kit
from toggl_desktop.ui.widgets.clockface import ClockFace
from toggl_desktop.ui.widgets.completion import ProjectWish
from toggl_desktop.ui.widgets.describe import DescriptionField
from toggl_desktop.ui.widgets.state import StateMark
from toggl_desktop.ui.widgets.text import label, tooltip
from toggl_desktop.ui.widgets.timerbutton import TimerButton


class RunningRow(QWidget):
    """The running entry, editable in place; or an empty line that starts one.

    What is being typed belongs to one entry (`_target`), or to a new one. Nothing that lands
    meanwhile changes it, and Enter gives it to whom it was meant for.
    """

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._reader = DraftReader(kit.context.source, kit.wording, self)
        self._row: EntryRow | None = None
        self._target: str | None = None
        self._base = ""
        self._draft = Draft()
        self._is_switching = False
        self._minute = -1
        self._build_children()
        self._wire()
        self.show_running(None)

    def _build_children(self) -> None:
        self.state = StateMark(self._kit.context.theme, self)
        self.description = DescriptionField(
            self.tr("Description"), self._kit.known, self, is_bare=True
        )
        self.description.setFont(self._kit.context.theme.font(SIZE.strong))
        self.clock = ClockFace(self._kit.context.theme, self)
        self.clock.setToolTip(tooltip(self.tr("Change the start")))
        self.button = TimerButton(self._kit.context.theme, self)
        self.details = DetailsLine(self)
        self.hint = label(role="caption", wraps=True, parent=self)
        first = QHBoxLayout()
        first.setSpacing(SPACE.small)
        first.addWidget(self.state)
        first.addWidget(self.description, 1)
        first.addWidget(self.clock)
        first.addWidget(self.button)
        second = QHBoxLayout()
        second.setContentsMargins(SPACE.large, 0, 0, 0)
        second.addWidget(self.details)
        third = QHBoxLayout()
        third.setContentsMargins(SPACE.large + SPACE.small + 1, 0, 0, 0)
        third.addWidget(self.hint)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.large, SPACE.medium, SPACE.medium, SPACE.small)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addLayout(third)

    def _wire(self) -> None:
        self.description.returnPressed.connect(self._on_description_return_pressed)
        self.description.textEdited.connect(self._on_description_text_edited)
        self.description.dropped.connect(self._on_description_dropped)
        self.description.taken.connect(self._on_description_taken)
        self.description.left.connect(self._on_description_left)
        self.clock.clicked.connect(self.edit_start)
        self.button.clicked.connect(self._on_button_clicked)
        self.details.project_wished.connect(self._on_details_project_wished)
        self.details.tags_wished.connect(self._on_details_tags_wished)
        self.details.start_wished.connect(self._on_details_start_wished)
        self.details.billable_wished.connect(self._on_details_billable_wished)
        self.details.picked.connect(self._on_details_picked)
        self._kit.performer.done.connect(self._on_performer_done)

    # Showing ------------------------------------------------------------------------------

    @property
    def is_new(self) -> bool:
        """Whether the field is for an entry that does not run yet."""
        return self._target is None

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed or chosen that is not saved."""
        if self.is_new:
            return bool(self.description.text()) or self._draft != Draft()
        # Not every text comes out of a field as it went in: only what a person edited counts.
        return self.description.is_edited and self.description.text() != self._base

    def read_names(self) -> None:
        """Reads what can be named. Raises StoreError."""
        self._reader.read_names()
        reader = self._reader
        self.details.set_known(reader.projects, reader.recent, reader.tags, reader.no_new_project)
        self._set_names()

    def _set_names(self) -> None:
        """Lets `@` and `#` offer names where the line is read as one: for a new entry."""
        reader = self._reader
        names = [project.name for project in reader.projects]
        if self.is_new:
            self.description.set_names(names, reader.tags)
        else:
            self.description.set_names_off()

    def show_running(self, row: EntryRow | None) -> None:
        """Shows what runs; what is being typed stays."""
        self._row = row
        if not (self.is_dirty or self._is_switching):
            self._adopt(row)
        self._refresh()

    def tick(self) -> None:
        """Shows how long it has been running."""
        row = self._row
        seconds = 0 if row is None else row.seconds(self._kit.wording.now())
        self.clock.show_figures(words.clock(seconds))
        if seconds // 60 != self._minute:
            self._minute = seconds // 60
            length = self._kit.wording.spoken_length(seconds)
            self.clock.setAccessibleName(
                self.tr("Elapsed: {length}. Change the start").format(length=length)
            )

    def begin_new(self) -> None:
        """Clears the field for a new entry; what runs goes on until that one starts."""
        if not self.is_new and not self.commit():
            return
        if not self.is_new:
            self._target, self._base = None, ""
            self.description.show_text("")
        self._is_switching = self._row is not None
        self._refresh()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Puts the keyboard where a person types what they do."""
        self.description.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.is_new:
            self.description.selectAll()
        elif not self.description.is_edited:
            self.description.end(False)  # noqa: FBT003 - Qt's own; typing goes on, not before

    def show_missing(self, fields: tuple[str, ...]) -> None:
        """Puts the keyboard on the first of the fields that are missing."""
        first = fields[0] if fields else "description"
        if first == "description":
            self.description.show_invalid(invalid=True)
            self.take_keyboard()
        elif first == "tag":
            self.details.pick_tags()
        else:
            self.details.pick_project()

    def _adopt(self, row: EntryRow | None) -> None:
        self._target = None if row is None else row.lid
        self._base = "" if row is None else row.description
        self._is_switching = False
        self._draft = Draft()
        self.description.show_text(self._base)
        self.description.show_invalid(invalid=False)

    def _refresh(self) -> None:
        row = self._row
        stops = row is not None and row.lid == self._target
        self.state.show_running(running=row is not None)
        self.button.show_action(stops=stops)
        self.clock.show_quiet(quiet=row is None)
        self.description.setPlaceholderText(
            self.tr("What are you working on?") if row is None else self.tr("What is next?")
        )
        if not self.is_new:
            self.description.setPlaceholderText(self.tr("Add a description"))
        hint = "" if self.is_new else tooltip(self.description.text())
        self.description.setToolTip(hint)
        self._set_names()
        self._show_details()
        self._show_hint()
        self.tick()

    def _show_details(self) -> None:
        row = self._row if not self.is_new else None
        reader = self._reader
        self.details.show_details(
            reader.details_of_row(row) if row else reader.details_of_line(self._line())
        )

    def _show_hint(self) -> None:
        text = ""
        if self.is_new:
            text = self._hint_of_draft()
        else:
            text = self._hint_of_edit() if self.is_dirty else self._reader.lacks(self._row)
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def _hint_of_draft(self) -> str:
        if not self.is_dirty and self._row is None:
            return ""
        if not self.is_dirty:
            return self.tr("Enter starts the next one, Esc goes back")
        return self._reader.hint(self._reader.command(self.description.text(), self._draft))

    def _hint_of_edit(self) -> str:
        row = self._row
        if row is not None and row.lid == self._target:
            if row.description != self._base:
                name = self._reader.short(row.description)
                return self.tr(
                    "Changed elsewhere to “{name}”. Enter keeps yours, Esc takes it"
                ).format(name=name)
            return self.tr("Enter saves, Esc takes it back")
        name = self._reader.short(self._base)
        return self.tr("“{name}” does not run any more. Enter still saves this to it").format(
            name=name
        )

    # Doing --------------------------------------------------------------------------------

    def _line(self) -> Line:
        return self._reader.line(self.description.text(), self._draft)

    def start(self) -> None:
        """Starts what is typed and chosen, or adds it when the line says that it is over."""
        self.description.show_invalid(invalid=False)
        self._kit.performer.do(self._reader.command(self.description.text(), self._draft))

    def commit(self) -> bool:
        """Saves the description that is being typed; tells whether nothing is left to save."""
        if self.is_new or not self.is_dirty:
            return True
        assert self._target is not None
        text = self.description.text()
        command = EditEntries((EntryId(self._target),), description=text)
        error = self._kit.performer.attempt(command)
        if error is not None and not isinstance(error, NothingToDoError):
            self.description.show_invalid(invalid=True)
            self._kit.performer.refuse(command, error)
            return False
        self._base = text.strip()
        self.description.show_text(self._base)
        self.description.show_invalid(invalid=False)
        if self._row is None or self._row.lid != self._target:
            self._adopt(self._row)
        self._refresh()
        return True

    def stop(self) -> None:
        """Stops what runs, after saving what is typed into it."""
        if self.commit():
            self._kit.performer.do(StopTimer())

    def edit_start(self) -> None:
        """Opens the field for the start."""
        self.details.pick_start()

    def _change(self, command: EditEntries) -> None:
        error = self._kit.performer.attempt(command)
        if error is None or isinstance(error, NothingToDoError):
            self.details.close_field()
        else:
            self.details.show_invalid()
            self._kit.performer.refuse(command, error)

    def _running(self) -> tuple[EntryId]:
        assert self._row is not None
        return (EntryId(self._row.lid),)

    # Hearing ------------------------------------------------------------------------------

    def _on_description_return_pressed(self) -> None:
        if self.is_new:
            self.start()
        else:
            self.commit()

    def _on_description_text_edited(self) -> None:
        self.description.show_invalid(invalid=False)
        if self.is_new:
            self._show_details()
        self._show_hint()

    def _on_description_taken(self, known: Suggestion) -> None:
        """Takes over what was tracked before, with its project and tags."""
        if self.is_new:
            self._draft = replace(
                self._draft,
                project=known.project,
                creates_project=False,
                tags=known.tags,
                billable=known.billable or None,
            )
            self._refresh()
            return
        assert self._target is not None
        command = takeover(EntryId(self._target), known)
        error = self._kit.performer.attempt(command)
        if error is not None and not isinstance(error, NothingToDoError):
            self.description.show_invalid(invalid=True)
            self._kit.performer.refuse(command, error)
            return
        self._base = known.description
        self.description.show_text(self._base)
        self._refresh()

    def _on_description_dropped(self) -> None:
        self._adopt(self._row)
        self._refresh()

    def _on_description_left(self) -> None:
        if not self.is_new:
            self.commit()
        elif not self.is_dirty and self._row is not None and not self.details.is_open:
            self._adopt(self._row)
            self._refresh()

    def _on_button_clicked(self) -> None:
        row = self._row
        if row is not None and row.lid == self._target:
            self.stop()
        elif self.is_new:
            self.start()
        else:
            self.commit()

    def _on_details_project_wished(self, wish: ProjectWish) -> None:
        performer = self._kit.performer
        try:
            fields = performer.project_of(wish)
        except KnownError as error:
            self.details.show_invalid()
            performer.refuse(None, error)
            return
        if not self.is_new and self._row is not None:
            self._change(EditEntries(self._running(), **fields))
            return
        name, creates = wish.lid or wish.new_name or None, bool(wish.new_name)
        draft = replace(self._draft, project=name, creates_project=creates)
        self._set_draft(replace(draft, new_client=wish.new_client))

    def _on_details_tags_wished(self, names: tuple[str, ...]) -> None:
        if self.is_new or self._row is None:
            self._set_draft(replace(self._draft, tags=names))
        else:
            self._change(EditEntries(self._running(), tags=(), new_tags=names))

    def _on_details_start_wished(self, text: str) -> None:
        wording = self._kit.wording
        try:
            at = typed.begin(text, wording.now(), wording.zone) if text.strip() else None
        except KnownError as error:
            self.details.show_invalid()
            self._kit.performer.refuse(None, error)
            return
        if self.is_new or self._row is None:
            self._set_draft(replace(self._draft, start=at))
        elif at is None:
            self.details.close_field()
        else:
            self._change(EditEntries(self._running(), start=at))

    def _on_details_billable_wished(self, billable: bool) -> None:  # noqa: FBT001
        if self.is_new or self._row is None:
            self._set_draft(replace(self._draft, billable=billable))
        else:
            self._change(EditEntries(self._running(), billable=billable))

    def _set_draft(self, draft: Draft) -> None:
        self._draft = draft
        self.details.close_field()
        self._refresh()

    def _on_details_picked(self) -> None:
        self.take_keyboard()

    def _on_performer_done(self, done: Done) -> None:
        command = done.command
        # A gap that was filled in the list is a line too, but not this one.
        if isinstance(command, EnterLine) and command.line.description == self._line().description:
            self._draft, self._is_switching = Draft(), False
            self.description.show_text("")
