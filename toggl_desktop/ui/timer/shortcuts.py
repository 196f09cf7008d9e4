"""All keys on one page, read from the actions themselves; a press on one changes it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.keymap import Keymap
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.placing import begin_with
from toggl_desktop.ui.widgets.text import label

_SIZE = QSize(500, 620)
_FIELD = 150
_DIALOG = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyField(QKeySequenceEdit):
    """Takes a key; Esc, Enter and Tab are the dialog's own and cannot be chosen alone."""

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in _DIALOG and not event.modifiers():
            event.ignore()
            return False
        return super().event(event)


class ShortcutsDialog(QDialog):
    """Lists what has a key. Keys of actions can be typed anew; a change counts at once."""

    def __init__(
        self,
        fixed: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        parent: QWidget,
        *,
        keymap: Keymap | None = None,
        groups: Sequence[tuple[str, Sequence[QAction]]] = (),
    ) -> None:
        """Makes the page.

        Args:
            fixed: A title, and under it words and keys that cannot be changed.
            parent: The window it belongs to.
            keymap: Knows the keys of actions and changes them; None where none can be.
            groups: A title, and under it actions whose keys can be changed.
        """
        super().__init__(parent)
        self._keymap = keymap
        self.edits: dict[str, QKeySequenceEdit] = {}
        self.setWindowTitle(self.tr("Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        begin_with(self, _SIZE)
        self._inside = QWidget(self)
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(SPACE.wide, SPACE.small, SPACE.wide, SPACE.large)
        self._grid.setHorizontalSpacing(SPACE.large)
        self._grid.setVerticalSpacing(SPACE.hair)
        self._grid.setColumnStretch(0, 1)
        for title, actions in groups:
            self._add_title(title)
            for action in actions:
                self._add_action(action)
        for title, lines in fixed:
            self._add_title(title)
            for words, keys in lines:
                self._add_line(words, keys)
        self._build_frame()
        self._show_keys()

    def _build_frame(self) -> None:
        self.sentence = label(
            self.tr("Press a field and type another key; empty it to do without one."),
            role="caption",
            wraps=True,
            parent=self,
        )
        self.sentence.setVisible(self._keymap is not None)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._inside)
        self.reset_button = QPushButton(self.tr("Reset all"), self)
        self.reset_button.setAutoDefault(False)
        self.reset_button.setVisible(self._keymap is not None)
        self.reset_button.clicked.connect(self._on_reset_clicked)
        close = QPushButton(self.tr("Close"), self)
        mark(close, kind="primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        close.setFocus()
        last = QHBoxLayout()
        last.setContentsMargins(SPACE.wide, SPACE.small, SPACE.wide, SPACE.large)
        last.setSpacing(SPACE.small)
        last.addWidget(self.sentence, 1)
        if self._keymap is None:
            last.addStretch(1)
        last.addWidget(self.reset_button)
        last.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, SPACE.small, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(last)

    def _add_title(self, title: str) -> None:
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, SPACE.huge)
        made = label(title, role="strong", parent=self._inside)
        self._grid.addWidget(made, row, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)

    def _add_action(self, action: QAction) -> None:
        words = action.iconText()
        edit = KeyField(self._inside)
        edit.setMaximumSequenceLength(1)
        edit.setClearButtonEnabled(True)
        edit.setFixedWidth(_FIELD)
        edit.setObjectName(action.objectName())
        edit.setAccessibleName(self.tr("Key for {what}").format(what=words))
        edit.editingFinished.connect(self._on_edit_editing_finished)
        others = ", ".join(_native(key) for key in action.shortcuts()[1:])
        row = self._grid.rowCount()
        self._grid.addWidget(label(words, parent=self._inside), row, 0)
        self._grid.addWidget(label(others, role="caption", parent=self._inside), row, 1)
        self._grid.addWidget(edit, row, 2)
        self.edits[action.objectName()] = edit

    def _add_line(self, words: str, keys: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(label(words, wraps=True, parent=self._inside), row, 0)
        made = label(keys, tone="second", wraps=True, parent=self._inside)
        self._grid.addWidget(made, row, 1, 1, 2)

    def _show_keys(self) -> None:
        if self._keymap is None:
            return
        for action in self._keymap.actions:
            edit = self.edits.get(action.objectName())
            if edit is not None:
                edit.setKeySequence(action.shortcut())
        self.reset_button.setEnabled(self._keymap.is_changed)

    def _say(self, sentence: str, tone: str) -> None:
        mark(self.sentence, tone=tone)
        self.sentence.setText(sentence)
        announce(self, sentence)

    def _on_edit_editing_finished(self) -> None:
        edit = self.sender()
        if not isinstance(edit, QKeySequenceEdit) or self._keymap is None:
            return
        name, key = edit.objectName(), edit.keySequence()
        action = next((a for a in self._keymap.actions if a.objectName() == name), None)
        if action is None or key == action.shortcut():
            return
        try:
            self._keymap.choose(name, key)
        except KnownError as error:
            self._say(error.sentence, "problem")
        else:
            self._say(self.tr("Changed. It counts at once."), "second")
        self._show_keys()

    def _on_reset_clicked(self) -> None:
        if self._keymap is None:
            return
        try:
            self._keymap.reset()
        except KnownError as error:
            self._say(error.sentence, "problem")
        else:
            self._say(self.tr("All keys are as they were."), "second")
        self._show_keys()


def keys_of(action: QAction) -> tuple[str, str]:
    """Returns an action's words and keys, as the system writes them."""
    return action.text().replace("…", ""), ", ".join(_native(key) for key in action.shortcuts())


def _native(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)
