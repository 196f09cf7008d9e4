"""The field in which a bar that was just drawn gets its name, in its place."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.ui.plan.gestures import Draft
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.text import label

_LEAST: Final = 240
_MOST: Final = 420
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Named:
    """A draft has got its name.

    Attributes:
        opens: Whether it is to be opened in the side panel.
    """

    name: str
    opens: bool = False


class NameField(QFrame):
    """Takes a name. Enter adds, Ctrl+Enter adds and opens, Esc drops.

    Signals:
        named(Named): There is a name.
        dropped(): There will be none.
    """

    named = Signal(object)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.draft: Draft | None = None
        self._near = QRect()
        mark(self, kind="float")
        self.field = TextField(self.tr("Name of the new task"), self)
        self.field.setPlaceholderText(self.tr("Name of the task"))
        self.about = label(role="caption", wraps=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.hair, SPACE.hair, SPACE.hair, SPACE.hair)
        column.setSpacing(2)
        column.addWidget(self.field)
        column.addWidget(self.about)
        self.field.dropped.connect(self._drop)
        self.field.left.connect(self._on_field_left)
        self.field.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a name is being typed."""
        return not self.isHidden()

    def open_for(self, draft: Draft, about: str, *, asks: str = "") -> None:
        """Asks for the name of a draft.

        Args:
            draft: What gets the name.
            about: When it is, in words.
            asks: What the empty field says instead of asking for a task's name.
        """
        self.draft = draft
        self.field.show_text("")
        self.field.setPlaceholderText(asks or self.tr("Name of the task"))
        self.field.show_invalid(invalid=False)
        self.about.setText(about)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self) -> None:
        """Takes the field away."""
        self.draft = None
        self.hide()
        self.field.show_text("")

    def place(self, near: QRect) -> None:
        """Puts the field over a rectangle of its parent, wholly in sight."""
        self._near = near
        room = self._room.rect().adjusted(2, 2, -2, -2)
        width = min(max(near.width(), _LEAST), _MOST, room.width())
        height = max(self.heightForWidth(width), self.sizeHint().height())
        left = max(room.left(), min(near.left(), room.right() - width))
        top = max(room.top(), min(near.top() - SPACE.hair, room.bottom() - height))
        self.setGeometry(QRect(left, top, width, height))

    def show_refused(self, error: KnownError) -> None:
        """Says why the name was not taken; it stays."""
        self.field.show_invalid(invalid=True)
        self.about.setText(error.sentence)
        self.place(self._near)  # the sentence may need more lines
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, *, opens: bool) -> None:
        self.named.emit(Named(self.field.text(), opens))

    def _drop(self) -> None:
        self.dropped.emit()

    def _on_field_left(self) -> None:
        if not self.is_open:
            return
        if self.field.text().strip():
            self._name(opens=False)
        else:
            self._drop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
        ):
            self._name(opens=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return True
        return False
