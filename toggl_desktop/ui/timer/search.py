"""Search over everything: a line above the list, and the way back to where one was."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from toggl_desktop.store.read.entries import Hits
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.text import label, tooltip

_COUNT_AFTER_MS = 250


class SearchBar(QWidget):
    """A field, and beside it how much was found. Down or Enter go to the list, Esc goes back.

    Signals:
        typed(): Another text is to be searched for; keys that come together count once.
        counting_wanted(): There is time now to count what was found.
        list_wanted(): The keyboard belongs to what was found.
        closed(): The search is over.
    """

    typed = Signal()
    counting_wanted = Signal()
    list_wanted = Signal()
    closed = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._build_children()
        self._soon = self._timer("toggl-search", 0)
        self._later = self._timer("toggl-search-count", _COUNT_AFTER_MS)
        self._soon.timeout.connect(self.typed)
        self._later.timeout.connect(self.counting_wanted)
        self.field.textEdited.connect(self._on_field_text_edited)
        self.field.returnPressed.connect(self.list_wanted)
        self.field.dropped.connect(self.closed)
        self._close.clicked.connect(self.closed)
        self.hide()

    def _build_children(self) -> None:
        self.field = TextField(self.tr("Search all entries"), self)
        self.field.setPlaceholderText(self.tr("Search description, project, client, tag"))
        self.field.addAction(icon("search", "second"), QLineEdit.ActionPosition.LeadingPosition)
        self.found = label(role="caption", figures=False, parent=self)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close", "second"))
        self._close.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self._close.setAccessibleName(self.tr("Close the search"))
        self._close.setToolTip(tooltip(self.tr("Close the search (Esc)")))
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.medium, SPACE.small, SPACE.small, SPACE.hair)
        line.setSpacing(SPACE.small)
        line.addWidget(self.field, 1)
        line.addWidget(self.found)
        line.addWidget(self._close)

    def _timer(self, name: str, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setObjectName(name)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        return made

    @property
    def text(self) -> str:
        """What is searched for; empty while everything is shown."""
        return "" if self.isHidden() else self.field.text().strip()

    def open(self) -> None:
        """Shows the field with the keyboard in it."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_quietly(self) -> None:
        """Hides the field and forgets what was typed."""
        self.hide()
        self.field.show_text("")
        self.found.setText("")

    def show_hits(self, hits: Hits | None) -> None:
        """Says how much was found, `7 entries · 5:10:00`; None is being counted still."""
        if not self.text:
            self.found.setText("")
        elif hits is None:
            self.found.setText(self.tr("many"))
            self._later.start()
        else:
            number = self._number(hits.number)
            time = self._wording.length(hits.seconds)
            self.found.setText(f"{number} · {time}" if hits.number else number)
            length = self._wording.spoken_length(hits.seconds)
            announce(self.field, f"{number}, {length}" if hits.number else number)

    def count_again(self) -> None:
        """Asks for another count in a moment, because something has changed."""
        self._later.start()

    def _number(self, count: int) -> str:
        if count == 0:
            return self.tr("nothing")
        if count == 1:
            return self.tr("1 entry")
        return self.tr("{count} entries").format(count=self._wording.number(count))

    def _on_field_text_edited(self) -> None:
        self._later.stop()
        self._soon.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        self._later.stop()
        super().hideEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.list_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
