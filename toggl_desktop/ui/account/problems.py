"""What a sync could not settle alone: each problem in words, with both sides and the ways out."""

from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.store.read.problems import Problem, problems
from toggl_desktop.store.read.sides import Side, sides
from toggl_desktop.store.read.sync import drain
from toggl_desktop.ui.account import sayings
from toggl_desktop.ui.account.unsent import UnsentList
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.state import IconMark
from toggl_desktop.ui.widgets.text import label, menu_text

MOST: Final = 100
"""So many are shown at once; the others follow when these are settled."""


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
        self.problem = problem
        self._wording = wording
        self.saying = sayings.saying(problem)
        mark(self, kind="card")
        self.setAccessibleName(f"{problem.title}. {self.saying.sentence}")
        self._build(both)

    def _build(self, both: tuple[Side, ...]) -> None:
        picture = IconMark(parent=self)
        picture.show_icon(self.saying.icon, self.saying.tone)
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(self.problem.title, role="strong", elided=True, parent=self), 1)
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
        column.addLayout(self._buttons())

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
        return " · ".join(parts)

    def _moment(self, at: int) -> str:
        day, time = day_of(at, self._wording.zone), self._wording.time(at)
        return time if day == self._wording.today() else f"{self._wording.day(day)}, {time}"

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addStretch(1)
        self.buttons: list[QPushButton] = []
        for place, answer in enumerate(self.saying.answers):
            button = QPushButton(menu_text(answer.words), self)
            button.setAutoDefault(False)
            button.setMinimumHeight(SIZE.control_height)
            button.setProperty("verb", answer.verb)
            button.setAccessibleDescription(self.problem.title)
            if place == 0:
                mark(button, kind="primary")
            button.clicked.connect(self._on_button_clicked)
            line.addWidget(button)
            self.buttons.append(button)
        return line

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


class ProblemsWindow(QDialog):
    """How the sync stands, and everything that waits for a person.

    Signals:
        decided(Decision): Something was decided.
        edit_requested(str): A row is to be edited.
        sync_requested(): A turn is to be made now.
        older_requested(): The entries older than three months are wanted.
        older_stopped(): No more of them are wanted.
        reading_stopped(): The long read that is under way is not wanted.
        confirmed(): More deletions than one would expect are agreed to.
        account_requested(): Who is signed in is to be shown.
    """

    decided = Signal(object)
    edit_requested = Signal(object)
    sync_requested = Signal()
    older_requested = Signal()
    older_stopped = Signal()
    reading_stopped = Signal()
    confirmed = Signal()
    account_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wording = Wording(context, self)
        self._state = SyncState()
        self.cards: list[ProblemCard] = []
        self.setWindowTitle(self.tr("Sync"))
        self.resize(560, 600)
        self._build()
        context.bridge.changed.connect(self._on_bridge_changed)
        self.show_state(self._state)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        head.setSpacing(SPACE.small)
        head.addLayout(self._standing_line())  # made first: it has the keyboard first
        head.addLayout(self._older_line())
        self._refused = label("", tone="problem", wraps=True, parent=self)
        self._refused.hide()
        self._inside = QWidget(self)
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(SPACE.large, 0, SPACE.large, SPACE.large)
        self._list.setSpacing(SPACE.medium)
        self._nothing = label(
            self.tr("Nothing needs you."), tone="second", wraps=True, parent=self._inside
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._more = label("", role="caption", wraps=True, parent=self._inside)
        self._unsent = UnsentList(self._context, self._inside)
        for part in (self._nothing, self._more, self._unsent):
            self._list.addWidget(part)
        self._list.addStretch(1)
        self._area = area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows whichever button has the keyboard
        area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, SPACE.large, 0, 0)
        whole.setSpacing(SPACE.medium)
        head.addWidget(self._refused)
        whole.addLayout(head)
        whole.addWidget(area, 1)

    def _standing_line(self) -> QHBoxLayout:
        self._standing = label("", wraps=True, parent=self)
        self._live = label("", role="caption", wraps=True, parent=self)
        self.sync = self._button(self.tr("Sync now"))
        self.sync.clicked.connect(self._on_sync_clicked)
        self.agree = self._button(self.tr("Go through with it"), kind="danger")
        self.agree.clicked.connect(self._on_agree_clicked)
        self.account = self._button(self.tr("Account…"))
        self.account.clicked.connect(self._on_account_clicked)
        words = QVBoxLayout()
        words.setSpacing(SPACE.hair)
        words.addWidget(self._standing)
        words.addWidget(self._live)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addLayout(words, 1)
        for button in (self.agree, self.sync, self.account):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _older_line(self) -> QHBoxLayout:
        self._older = label("", tone="second", wraps=True, parent=self)
        self.older = self._button(self.tr("Bring older entries"))
        self.older.setAccessibleDescription(
            self.tr("Those older than three months, the newest first. What came stays.")
        )
        self.older.clicked.connect(self._on_older_clicked)
        below = QHBoxLayout()
        below.setSpacing(SPACE.small)
        below.addWidget(self._older, 1)
        below.addWidget(self.older, 0, Qt.AlignmentFlag.AlignTop)
        return below

    def _button(self, words: str, *, kind: str = "") -> QPushButton:
        made = QPushButton(words, self)
        made.setAutoDefault(False)
        made.setMinimumHeight(SIZE.control_height)
        if kind:
            mark(made, kind=kind)
        return made

    # What is shown ------------------------------------------------------------------------

    @property
    def standing(self) -> str:
        """How things stand, as it is being said."""
        return self._standing.text()

    def show_state(self, state: SyncState) -> None:
        """Shows how the sync stands. No button is switched off: that would lose the keyboard."""
        self._state = state
        said = (sayings.standing(state, self._wording.time), self._drain(), sayings.clock(state))
        words = " ".join(filter(None, said))
        self._standing.setText(words or self.tr("Nobody is signed in to Toggl Track."))
        live = sayings.live(state)
        self._live.setText(live)
        self._live.setVisible(bool(live))
        is_in = state.phase not in {Phase.OFF, Phase.SIGN_IN}
        self._show_older(state, is_in=is_in)
        had_keyboard = self.account.hasFocus()
        self.sync.setVisible(is_in)
        if is_in and had_keyboard:  # its button goes away
            self.sync.setFocus()
        self.account.setVisible(state.phase in {Phase.OFF, Phase.SIGN_IN})
        self.agree.setVisible(state.phase is Phase.ASKING)

    def _drain(self) -> str:
        try:
            return sayings.drain(drain(self._context.source))
        except KnownError:
            return ""

    def _show_older(self, state: SyncState, *, is_in: bool) -> None:
        wording = self._wording
        said = sayings.older(state, wording.time, self._day, wording.now())
        reading = sayings.reading(state)
        hint = self.tr("Entries of the last three months are here. Older ones come on request.")
        if state.fresh is None:
            hint = self.tr("Entries of the last three months come first, older ones on request.")
        self._older.setText(reading or said or hint)
        is_coming = bool(reading) or state.progress is not None
        self.older.setText(
            self.tr("Stop") if is_coming else self.tr("Bring older entries"),
        )
        self._older.setVisible(is_in)
        self.older.setVisible(is_in)

    def _day(self, at: int) -> str:
        return self._wording.day(day_of(at, self._wording.zone))

    def show_refusal(self, sentence: str) -> None:
        """Says why something was not done."""
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def read(self) -> None:
        """Reads the problems anew; what a person sees stays where it is."""
        self._unsent.read()
        try:
            found = problems(self._context.source)
            shown = [(one, sides(self._context.source, one)) for one in found[:MOST]]
        except KnownError as error:
            self.show_refusal(error.sentence)
            return
        if [card.problem for card in self.cards] == [one for one, _ in shown]:
            return
        had_keyboard = next((i for i, c in enumerate(self.cards) if c.has_keyboard), None)
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for place, (problem, both) in enumerate(shown):
            card = ProblemCard(problem, both, self._wording, self._inside)
            card.decided.connect(self._on_card_decided)
            card.edit_requested.connect(self._on_card_edit_requested)
            self._list.insertWidget(place, card)
            self.cards.append(card)
        if had_keyboard is not None:
            self._give_keyboard(had_keyboard)
        self._nothing.setVisible(not self.cards)
        rest = len(found) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("{count} more follow.").format(count=rest))

    def _give_keyboard(self, place: int) -> None:
        """Lets whoever works by keys go on with what stands now where they were."""
        if not self.cards:
            self.sync.setFocus()
            return
        card = self.cards[min(place, len(self.cards) - 1)]
        card.buttons[0].setFocus()
        self._area.ensureWidgetVisible(card)

    # What a person does -------------------------------------------------------------------

    def _on_card_decided(self, decision: Decision) -> None:
        self.show_refusal("")
        self.decided.emit(decision)

    def _on_card_edit_requested(self, lid: str) -> None:
        self.edit_requested.emit(lid)

    def _on_sync_clicked(self) -> None:
        self.sync_requested.emit()

    def _on_older_clicked(self) -> None:
        if self._state.reading is not None:
            self.reading_stopped.emit()
        elif self._state.progress is None:
            self.older_requested.emit()
        else:
            self.older_stopped.emit()

    def _on_agree_clicked(self) -> None:
        self.confirmed.emit()

    def _on_account_clicked(self) -> None:
        self.account_requested.emit()

    def _on_bridge_changed(self, _changes: object) -> None:
        if self.isVisible():
            self.show_state(self._state)
            self.read()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_state(self._state)
        self.read()
