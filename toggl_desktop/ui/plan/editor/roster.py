"""The frame around lists at the side: a title, what went wrong, lines changed where they stand."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.ui.plan.editor.lines import Line
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.text import label


class Roster(QFrame):
    """Lists things of the plan; everything entered is done at once, and can be undone.

    Whoever fills it says what `rename`, `move_line`, `paint_line` and `drop` mean for a line.

    Signals:
        closed(): There is nothing more to do here.
    """

    closed = Signal()

    def __init__(self, kit: Kit, kinds: frozenset[str], parent: QWidget | None = None) -> None:
        """Makes an empty one.

        Args:
            kit: What the window's parts share.
            kinds: What is read anew when it changes.
            parent: The window.
        """
        super().__init__(parent)
        self.kit = kit
        self._kinds = kinds
        mark(self, kind="side")
        self.title = label(role="emphasis", elided=True, parent=self)
        self.away = QToolButton(self)
        self.away.setIcon(icon("close", "second"))
        self.away.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.away.setAccessibleName(self.tr("Close"))
        self.note = label(role="caption", tone="problem", wraps=True, parent=self)
        self.note.hide()
        self._lay_out()
        self.away.clicked.connect(self.close_panel)
        kit.context.bridge.changed.connect(self._on_bridge_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.large, SPACE.small, SPACE.small, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.away)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body = QWidget(area)
        area.setWidget(self.body)
        self.inner = QVBoxLayout(self.body)
        self.inner.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.medium)
        self.inner.setSpacing(SPACE.small)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(head)
        whole.addWidget(self.note)
        whole.addWidget(area, 1)

    def add_list(self, words: str, field: QWidget) -> QVBoxLayout:
        """Adds a list with its words above it, if any, and below it the field for one more."""
        box = QVBoxLayout()
        box.setSpacing(0)
        if words:
            self.inner.addWidget(label(words, role="strong", parent=self.body))
        self.inner.addLayout(box)
        self.inner.addWidget(field)
        self.inner.addSpacing(SPACE.medium)
        return box

    def add_line(self, lid: str, name: str, color: str, box: QVBoxLayout) -> Line:
        """Adds a line to a list; one without a colour cannot get one."""
        line = Line(lid, name, self)
        line.colour.setVisible(bool(color))
        if color:
            line.colour.show_colour(color)
            line.colour.colour_chosen.connect(self._on_line_colour_chosen)
        box.addWidget(line)
        line.name.entered.connect(self._on_line_entered)
        line.name.move_wanted.connect(self._on_line_move_wanted)
        line.drop.clicked.connect(self._on_line_drop_clicked)
        return line

    def take_away(self, widget: QWidget) -> None:
        """Takes a line, or what is below one, out of its list."""
        widget.hide()
        widget.deleteLater()

    # What a list of its own says ----------------------------------------------------------

    def read(self) -> None:
        """Shows everything as it is now."""

    def rename(self, line: Line, name: str) -> bool:
        """Gives what a line is about another name; tells whether that was done."""
        raise NotImplementedError

    def move_line(self, line: Line, by: int) -> None:
        """Puts what a line is about so many places further on."""

    def paint_line(self, line: Line, colour: str) -> None:
        """Gives what a line is about another colour."""

    def drop(self, line: Line) -> None:
        """Deletes what a line is about."""

    # Doing --------------------------------------------------------------------------------

    def refuse(self, error: KnownError) -> None:
        """Says why something was not done."""
        self.note.setText(error.sentence)
        self.note.show()

    def do(self, command: object) -> bool:
        """Does a command, or says here why it was refused; tells whether it was done."""
        outcome = self.kit.context.perform(command)
        if outcome.error is not None and not isinstance(outcome.error, NothingToDoError):
            self.refuse(outcome.error)
            return False
        self.note.hide()
        if outcome.error is None:
            self.kit.performer.hear(command, outcome)
        return True

    def sender_line(self) -> Line | None:
        """Returns the line that a signal came from."""
        sender = self.sender()
        found = sender.parent() if isinstance(sender, QWidget) else None
        return found if isinstance(found, Line) else None

    def close_panel(self) -> None:
        """Closes."""
        self.closed.emit()

    def _on_line_entered(self) -> None:
        line = self.sender_line()
        if line is not None and not self.rename(line, line.name.text()):
            line.name.refuse()

    def _on_line_move_wanted(self, by: int) -> None:
        line = self.sender_line()
        if line is not None:
            self.move_line(line, by)

    def _on_line_colour_chosen(self, colour: str | None) -> None:
        line = self.sender_line()
        if line is not None and colour is not None:
            self.paint_line(line, colour)

    def _on_line_drop_clicked(self) -> None:
        line = self.sender_line()
        if line is not None:
            self.drop(line)

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if not self.isHidden() and self._kinds & changes.touched.keys():
            self.read()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)
