"""What is selected, in one quiet line: how many, how long, and what can be done with all of it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.days import EntryItem
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.text import label

_WORDS_FROM = 560
"""From this width on the buttons have words beside their pictures."""


class SelectionBar(QWidget):
    """Stands below the list while more than one entry is selected."""

    def __init__(
        self, actions: Sequence[QAction], wording: Wording, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wording = wording
        self._buttons: list[QToolButton] = []
        self.sentence = label(role="strong", elided=True, parent=self)
        rule = QFrame(self)
        mark(rule, kind="rule")
        line = QHBoxLayout()
        line.setContentsMargins(SPACE.large, SPACE.hair, SPACE.medium, SPACE.hair)
        line.setSpacing(SPACE.hair)
        line.addWidget(self.sentence, 1)
        for action in actions:
            line.addWidget(self._button(action))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(rule)
        whole.addLayout(line)
        self.hide()

    def _button(self, action: QAction) -> QToolButton:
        made = QToolButton(self)
        made.setDefaultAction(action)
        made.setIconSize(QSize(SIZE.icon, SIZE.icon))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press leaves the keyboard in the list
        mark(made, kind="labelled")
        self._buttons.append(made)
        return made

    def show_chosen(self, chosen: Sequence[EntryItem], now: int) -> None:
        """Shows how many entries are selected and how long they last; hides below two."""
        if len(chosen) < 2:
            self.hide()
            return
        seconds = sum(item.row.seconds(now) for item in chosen)
        count = self.tr("{count} selected").format(count=self._wording.number(len(chosen)))
        sentence = f"{count} · {self._wording.length(seconds)}"
        for button in self._buttons:
            button.setVisible(button.defaultAction().isEnabled())
        if sentence != self.sentence.text() or self.isHidden():
            self.sentence.setText(sentence)
            announce(self, f"{count}, {self._wording.spoken_length(seconds)}")
        self.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        wanted = (
            style.ToolButtonTextBesideIcon
            if self.width() >= _WORDS_FROM
            else style.ToolButtonIconOnly
        )
        for button in self._buttons:
            button.setToolButtonStyle(wanted)
