"""“Shift everything after”: by how much is typed beside the bar it begins with."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.ids import MemberId, ProjectId
from toggl_desktop.domain.plan.commands import ShiftEverythingAfter
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.deeds import Deeds
from toggl_desktop.ui.plan.editor.entering import DayEntered, DayField
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.plan.floating import beside
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label

_WIDTH: Final = 320


class ShiftCard(QFrame):
    """Asks to which day a bar moves, and moves everything from it on by as much.

    Signals:
        closed(): There is nothing more to ask.
    """

    closed = Signal()

    def __init__(self, deeds: Deeds, saying: Saying, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._deeds = deeds
        self._saying = saying
        self._bar: Bar | None = None
        self._lane: Lane | None = None
        mark(self, kind="float")
        self.about = label(wraps=True, parent=self)
        self.day = DayField(self.tr("New first day"), saying, self)
        self.day.setPlaceholderText(self.tr("+1w, -2, 3 mar"))
        self.only = QCheckBox(self)
        self.go = QPushButton(self.tr("Shift"), self)
        mark(self.go, kind="primary")
        self.drop = QPushButton(self.tr("Cancel"), self)
        line = QHBoxLayout()
        line.addWidget(self.day, 1)
        line.addWidget(self.go)
        line.addWidget(self.drop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        whole.setSpacing(SPACE.hair)
        whole.addWidget(self.about)
        whole.addLayout(line)
        whole.addWidget(self.only)
        self.day.day_entered.connect(self._on_day_entered)
        self.go.clicked.connect(self.day.take)
        self.drop.clicked.connect(self.close_card)
        self.hide()

    def open_for(self, bar: Bar, lane: Lane | None, lane_words: str, near: QRect) -> None:
        """Asks about a bar, beside it.

        Args:
            bar: Where everything begins.
            lane: Its lane.
            lane_words: What that is called.
            near: Where the bar is, on the card's parent.
        """
        if bar.start is None:
            return
        self._bar, self._lane = bar, lane
        self.about.setText(
            self.tr("Shift “{name}” and everything that begins on {day} or later. New first day:")
            .format(name=bar.name, day=self._saying.day(bar.start))
        )  # fmt: skip
        can_narrow = lane is not None and (lane.kind == "member" or lane.project is not None)
        self.only.setVisible(can_narrow)
        self.only.setChecked(can_narrow)
        self.only.setText(self._scope_words(lane, lane_words))
        self.day.base = bar.start
        self.day.show_text(self._saying.day(bar.start))
        self.show()
        self.raise_()
        self._place(near)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _scope_words(self, lane: Lane | None, words: str) -> str:
        if lane is not None and lane.kind == "member":
            return self.tr("Only of {name}").format(name=words)
        return self.tr("Only of this project")

    def _place(self, near: QRect) -> None:
        self.resize(_WIDTH, self.heightForWidth(_WIDTH) + SPACE.small)
        self.move(beside(near, self.size(), self._room.rect()))

    def close_card(self) -> None:
        """Takes the card away."""
        self.hide()
        self._bar = None
        self.closed.emit()

    def _on_day_entered(self, entered: DayEntered) -> None:
        bar, lane = self._bar, self._lane
        if bar is None or bar.start is None or entered.day is None:
            return
        days = entered.day - bar.start
        member = project = None
        if self.only.isChecked() and lane is not None:
            if lane.kind == "member" and lane.lid is not None:
                member = MemberId(lane.lid)
            elif lane.project is not None:
                project = ProjectId(lane.project)
        start = bar.start
        self.close_card()
        if days:
            self._deeds.do(ShiftEverythingAfter(start, days, member, project))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
            return
        super().keyPressEvent(event)
