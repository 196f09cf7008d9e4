"""The field in which a stretch that was just drawn gets its name, in its place."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.actions.line import preview
from toggl_desktop.domain.calendar import Span
from toggl_desktop.domain.commands import EnterLine
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.grammar import Line, parse_line
from toggl_desktop.store.read import catalog
from toggl_desktop.ui.calendar.gestures import Deed, Draft
from toggl_desktop.ui.calendar.phrases import Phrases
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.text import label

_LEAST_WIDTH: Final = 220
_MOST_WIDTH: Final = 360


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch has got a name; the command adds it.

    Attributes:
        has_left: Whether the keyboard went elsewhere, instead of Enter being pressed.
    """

    command: EnterLine
    has_left: bool = False


class NameField(QFrame):
    """Takes one line in the palette's grammar for a stretch of time, and says what Enter will do.

    Signals:
        named(Named): Enter was pressed, or the keyboard went elsewhere and there was a text.
        dropped(): Esc was pressed, or nothing was typed.
        edited(): The stretch may be another one now.
    """

    named = Signal(object)
    dropped = Signal()
    edited = Signal()

    def __init__(self, context: Context, phrases: Phrases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._phrases = phrases
        self._span = Span(0, 0)
        self._projects: list[str] = []
        self._build()
        self._wire()
        self.hide()

    def _build(self) -> None:
        mark(self, kind="card")
        self.field = TextField(self.tr("What was it?"), self)
        self.field.setPlaceholderText(self.tr("What was it? @project #tag"))
        self._about = label("", role="caption", wraps=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.hair + 2, SPACE.hair + 2, SPACE.hair + 2, SPACE.hair)
        column.setSpacing(SPACE.hair)
        column.addWidget(self.field)
        column.addWidget(self._about)

    def _wire(self) -> None:
        self.field.textEdited.connect(self._on_field_text_edited)
        self.field.dropped.connect(self._on_field_dropped)
        self.field.left.connect(self._on_field_left)
        self.field.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether a name is being typed."""
        return not self.isHidden()

    @property
    def draft(self) -> Draft:
        """The stretch that gets the name, as the typed text has it."""
        span = self._timed()
        return Draft(Deed.CREATE, None, span, span)

    def open(self, span: Span) -> None:
        """Asks for the name of a stretch."""
        self._span = span
        try:
            source = self._context.source
            names, written = catalog.all_names(source, "project"), catalog.written(source)
            self._projects = [*names, *written.values()]
        except KnownError:
            self._projects = []
        self.field.show_text("")
        self.field.show_invalid(invalid=False)
        self._tell()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self) -> None:
        """Hides the field; what was typed has been taken or dropped."""
        self.hide()
        self.field.show_text("")

    def place(self, room: QRect, near: QRect) -> None:
        """Puts the field over the stretch, but wholly in sight."""
        width = min(max(near.width(), _LEAST_WIDTH), _MOST_WIDTH, room.width() - SPACE.small)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        left = near.left() if not self.isRightToLeft() else near.right() + 1 - width
        corner = QPoint(
            max(room.left() + 2, min(left, room.right() - width - 2)),
            max(room.top() + 2, min(near.top(), room.bottom() - height - 2)),
        )
        self.setGeometry(QRect(corner.x(), corner.y(), width, height))

    def show_refused(self, error: KnownError) -> None:
        """Says why it was not taken; what was typed stays."""
        self.field.show_invalid(invalid=True)
        self._about.setText(error.sentence)
        self.edited.emit()

    # What is typed ------------------------------------------------------------------------

    def _typed(self) -> Line:
        """Returns the line; clock times in it mean the day of the stretch."""
        end_of_day = self._phrases.end_of_day(self._span.low) - 1
        return parse_line(self.field.text(), end_of_day, self._context.zone(), self._projects)

    def _timed(self) -> Span:
        """Returns the stretch as it was drawn, or as the line says it: `9-10:30`, `45m`, `@9:10`.

        The end of the day stands for “now” in the line, so what ends there was only a length.
        """
        line, end = self._typed(), self._phrases.end_of_day(self._span.low) - 1
        drawn = self._span
        if line.start is None:
            return drawn
        if line.stop == end:
            return Span(drawn.low, drawn.low + line.stop - line.start)
        if line.stop is not None:
            return Span(line.start, line.stop)
        is_clock = line.start % 60 == 0
        return Span(line.start, line.start + drawn.high - drawn.low) if is_clock else drawn

    def line(self) -> Line:
        """Returns what Enter is about."""
        span = self._timed()
        return replace(self._typed(), start=span.low, stop=span.high)

    def _tell(self) -> None:
        """Says what Enter will do."""
        text = self._phrases.draft(self.draft)
        try:
            seen = preview(self._context.source, self.line(), self._context.clock.now().wall)
        except KnownError as error:
            self._about.setText(error.sentence)
            return
        if seen.refusal is not None:
            text = seen.refusal
        elif seen.unknown_project is not None:
            missing = self.tr("No project “{name}” · Ctrl+Enter makes it")
            text += " · " + missing.format(name=seen.unknown_project)
        elif seen.project is not None:
            text += f" · {seen.project}"
        if seen.line.tags and seen.refusal is None:
            text += " · " + " ".join(f"#{tag}" for tag in seen.line.tags)
        self._about.setText(text)

    def _enter(self, *, creates: bool, has_left: bool = False) -> None:
        self.named.emit(Named(EnterLine(self.line(), creates_project=creates), has_left))

    def _on_field_text_edited(self) -> None:
        self.field.show_invalid(invalid=False)
        self._tell()
        self.edited.emit()

    def _on_field_dropped(self) -> None:
        self._drop()

    def _drop(self) -> None:
        self.dropped.emit()

    def _on_field_left(self) -> None:
        if not self.is_open:
            return
        if self.field.text().strip():
            self._enter(creates=False, has_left=True)
        else:
            self._drop()

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        is_enter = (
            watched is self.field
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if is_enter and isinstance(event, QKeyEvent):
            creates = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._enter(creates=creates)
        return is_enter
