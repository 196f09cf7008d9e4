"""How the panel is laid out: words at the left, fields at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.labels import PlainLabel
from toggl_desktop.ui.widgets.text import label

_WORDS = 72


class Rows(QGridLayout):
    """Fields under each other, each with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(SPACE.small)
        self.setVerticalSpacing(SPACE.small)
        self.setColumnMinimumWidth(0, _WORDS)
        self.setColumnStretch(1, 1)

    def add(self, words: str, *fields: QWidget) -> PlainLabel:
        """Puts fields into the next row, beside their words."""
        row = self.rowCount()
        owner = fields[0].parentWidget()
        said = label(words, tone="second", parent=owner)
        said.setMinimumHeight(SIZE.control_height)
        said.setBuddy(fields[0])
        self.addWidget(said, row, 0, Qt.AlignmentFlag.AlignTop)
        if len(fields) == 1:
            self.addWidget(fields[0], row, 1)
        else:
            self.addLayout(side_by_side(*fields), row, 1)
        return said


def side_by_side(*widgets: QWidget) -> QBoxLayout:
    """Returns a line of widgets."""
    line = QHBoxLayout()
    line.setSpacing(SPACE.hair)
    for widget in widgets:
        line.addWidget(widget)
    return line
