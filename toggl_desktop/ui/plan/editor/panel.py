"""The frame around an editor: a colour, a name, the fields below, and what went wrong."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.ui.plan.editor.entering import EnterField
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.swatches import ColourButton
from toggl_desktop.ui.widgets.text import label

WIDTH: Final = 408
LEAST_WIDTH: Final = 320


class Panel(QFrame):
    """Edits one thing of the plan. Whatever is entered is done at once, and can be undone.

    Signals:
        closed(): There is nothing more to do here.
        delete_wanted(): The thing is to be deleted.
    """

    closed = Signal()
    delete_wanted = Signal()

    def __init__(
        self, kit: Kit, title: str, inherit: str = "", parent: QWidget | None = None
    ) -> None:
        """Makes the frame.

        Args:
            kit: What the window's parts share.
            title: What is edited, in words.
            inherit: Words for having no colour of its own; empty where that cannot be.
            parent: The window.
        """
        super().__init__(parent)
        self.kit = kit
        self._seen = 0
        self.saying = Saying(kit.context, self)
        self.setAccessibleName(title)
        mark(self, kind="side")
        self.colour = ColourButton(inherit, self)
        self.name = EnterField(self.tr("Name"), self, is_bare=True)
        self.name.set_heading(SIZE.strong)
        self.done = QCheckBox(self.tr("Done"), self)
        self.away = QToolButton(self)
        self.away.setIcon(icon("close", "second"))
        self.away.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.away.setAccessibleName(self.tr("Close"))
        self.away.setToolTip(self.tr("Close (Esc)"))
        self.note = label(role="caption", wraps=True, parent=self)
        self.note.hide()
        self._lay_out()
        self.away.clicked.connect(self.close_panel)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.small, SPACE.small, SPACE.small, 0)
        head.setSpacing(SPACE.hair)
        head.addWidget(self.colour)
        head.addWidget(self.name, 1)
        head.addWidget(self.done)
        head.addWidget(self.away)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body = QWidget(self.area)
        self.area.setWidget(self.body)
        self.fields = QVBoxLayout(self.body)
        self.fields.setContentsMargins(SPACE.large, SPACE.small, SPACE.medium, SPACE.medium)
        self.fields.setSpacing(SPACE.medium)
        said = QHBoxLayout()
        said.setContentsMargins(SPACE.large, 0, SPACE.medium, 0)
        said.addWidget(self.note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(head)
        whole.addLayout(said)
        whole.addWidget(self.area, 1)

    # Saying -------------------------------------------------------------------------------

    def say(self, sentence: str, *, is_problem: bool = False) -> None:
        """Says something above the fields; an empty sentence says nothing."""
        mark(self.note, tone="problem" if is_problem else "second")
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def refuse(self, error: KnownError) -> None:
        """Says why something was not done; what was typed stays where it is."""
        self.say(error.sentence, is_problem=True)

    # Doing --------------------------------------------------------------------------------

    def attempt(self, command: object) -> ChangeSet | None:
        """Does a command; says here why it was refused."""
        outcome = self.kit.context.perform(command)
        if isinstance(outcome.error, NothingToDoError):
            self.say("")  # it is so already, which is what was wanted
            self.refresh()
            return ChangeSet()
        if outcome.error is not None:
            self.refuse(outcome.error)
            return None
        self.say("")
        self.kit.performer.hear(command, outcome)
        self.refresh()
        if outcome.changes is not None:
            self._seen = outcome.changes.seq
        return outcome.changes

    def has_shown(self, changes: ChangeSet) -> bool:
        """Tells whether these changes were read already, after a change made here."""
        return 0 < changes.seq <= self._seen

    def refresh(self) -> None:
        """Shows the thing as it is now."""

    def finish(self) -> None:
        """Takes what is being typed."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()

    def close_panel(self) -> None:
        """Takes what is being typed, and closes."""
        self.finish()
        self.closed.emit()

    def take_keyboard(self) -> None:
        """Puts the keyboard into the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    @override
    def event(self, event: QEvent) -> bool:
        # Letters typed here are no keys of the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)
