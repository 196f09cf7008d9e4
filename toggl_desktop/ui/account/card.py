"""One problem in words: what is the matter, both sides where there are two, and the ways out."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from toggl_desktop.domain.instants import day_of
from toggl_desktop.store.read.problems import Problem
from toggl_desktop.store.read.sides import Side
from toggl_desktop.ui.account import sayings
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.flow import FlowLayout
from toggl_desktop.ui.widgets.state import IconMark
from toggl_desktop.ui.widgets.text import label, menu_text


class Decision(NamedTuple):
    """What a person decided about a problem; `verb` is `retry`, `drop`, `mine` or `theirs`."""

    problem: Problem
    verb: str


class ProblemCard(QFrame):
    """One problem.

    Signals:
        decided(Decision): An answer was chosen.
        edit_requested(str): The row itself is to be edited.
    """

    decided = Signal(object)
    edit_requested = Signal(object)

    def __init__(
        self, problem: Problem, both: tuple[Side, ...], wording: Wording, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.problem, self.both = problem, both
        self._wording = wording
        self.saying = sayings.saying(problem)
        self._title = sayings.title(problem) or wording.title("")
        mark(self, kind="card")
        self.setAccessibleName(f"{self._title}. {self.saying.sentence}")
        self._build()

    def _build(self) -> None:
        both = self.both
        picture = IconMark(parent=self)
        picture.show_icon(self.saying.icon, self.saying.tone)
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(self._title, role="strong", elided=True, parent=self), 1)
        if self.problem.at is not None:
            head.addWidget(label(self._moment(self.problem.at), role="caption", parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.medium, SPACE.medium, SPACE.medium, SPACE.medium)
        column.setSpacing(SPACE.small)
        column.addLayout(head)
        column.addWidget(label(self.saying.sentence, wraps=True, parent=self))
        told = [side for side in both if side.differs]
        if told:
            column.addLayout(self._table(told))
        elif brief := self._brief(both):
            column.addWidget(label(brief, tone="second", wraps=True, parent=self))
        column.addWidget(self._answers())

    def _table(self, told: list[Side]) -> QGridLayout:
        """Both versions side by side, the fields that differ only."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(SPACE.hair)
        titles = self.tr("Here"), self.tr("In Toggl")
        for place, title in enumerate(titles):
            grid.addWidget(label(title, role="caption", parent=self), 0, place + 1)
            grid.setColumnStretch(place + 1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, side in enumerate(told, 1):
            name = sayings.field_words(side.field)
            # As large as the values beside it, so that all stand on one line.
            grid.addWidget(label(name, tone="second", parent=self), row, 0, top)
            for place, value in enumerate((side.mine, side.theirs)):
                words = sayings.value_words(side, value, self._moment)
                shown = label(words, wraps=True, parent=self)
                shown.setAccessibleName(f"{titles[place]}: {words}")
                grid.addWidget(shown, row, place + 1, top)
        return grid

    def _brief(self, both: tuple[Side, ...]) -> str:
        """What is here, in one line, where there is nothing to compare it with."""
        values = {side.field: side for side in both}
        parts = [
            sayings.value_words(values[field], values[field].mine, self._moment)
            for field in ("project", "client", "task", "tags")
            if field in values and values[field].mine
        ]
        start, stop = values.get("start"), values.get("stop")
        if start is not None and stop is not None and isinstance(start.mine, int):
            parts.append(self._wording.dated_span(start.mine, stop.mine, self._wording.now()))
        # It begins as the window's lines do, whichever script the first name is in.
        way = "\u200f" if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else "\u200e"
        return way + " · ".join(parts) if parts else ""

    def _moment(self, at: int) -> str:
        day, time = day_of(at, self._wording.zone), self._wording.time(at)
        return time if day == self._wording.today() else f"{self._wording.day(day)}, {time}"

    def _answers(self) -> QWidget:
        """The answers, in as many lines as they need; the best one first."""
        made = QWidget(self)
        line = FlowLayout(made, gap=SPACE.small)
        self.buttons: list[QPushButton] = []
        for place, answer in enumerate(self.saying.answers):
            button = QPushButton(menu_text(answer.words), made)
            button.setAutoDefault(False)
            button.setMinimumHeight(SIZE.control_height)
            button.setProperty("verb", answer.verb)
            button.setAccessibleDescription(self._title)
            if place == 0:
                mark(button, kind="primary")
            button.clicked.connect(self._on_button_clicked)
            line.addWidget(button)
            self.buttons.append(button)
        made.setVisible(bool(self.buttons))
        return made

    @property
    def has_keyboard(self) -> bool:
        """Whether one of its buttons has it."""
        return any(button.hasFocus() for button in self.buttons)

    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if not isinstance(sender, QPushButton):
            return
        verb = str(sender.property("verb"))
        if verb == sayings.EDIT:
            self.edit_requested.emit(self.problem.id)
        else:
            self.decided.emit(Decision(self.problem, verb))
