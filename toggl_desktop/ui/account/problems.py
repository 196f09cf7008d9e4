"""What a sync could not settle alone: each problem in words, with both sides and the ways out."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.store.read.drain import Drain, drain
from toggl_desktop.store.read.problems import Problem, problems
from toggl_desktop.store.read.sides import Side, sides
from toggl_desktop.ui.account import sayings
from toggl_desktop.ui.account.card import Decision, ProblemCard
from toggl_desktop.ui.account.handing import HandingLine
from toggl_desktop.ui.account.turning import Turning
from toggl_desktop.ui.account.unsent import UnsentList
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.performer import Refusal
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.placing import begin_with
from toggl_desktop.ui.widgets.state import IconMark
from toggl_desktop.ui.widgets.text import label

_SIZE: Final = QSize(560, 600)
_LEAST: Final = QSize(360, 240)

MOST: Final = 100
"""So many are shown at once; the others follow when these are settled."""


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
        self.setMinimumSize(_LEAST)
        begin_with(self, _SIZE)
        self._build()
        self.turning = Turning(context, self)
        self.turning.performer.refused.connect(self._on_turning_refused)
        context.bridge.changed.connect(self._on_bridge_changed)
        self.show_state(self._state)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        head.setSpacing(SPACE.small)
        head.addLayout(self._standing_line())  # made first: it has the keyboard first
        self.handing = HandingLine(self)
        head.addWidget(self.handing)
        head.addLayout(self._older_line())
        self._refused = label("", tone="problem", wraps=True, parent=self)
        self._refused.hide()
        self._inside = QWidget(self)
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(SPACE.large, 0, SPACE.large, SPACE.large)
        self._list.setSpacing(SPACE.medium)
        self._nothing = self._calm()
        self._more = label("", role="caption", wraps=True, parent=self._inside)
        self._unsent = UnsentList(self._context, self._inside)
        for part in (self._nothing, self._more, self._unsent):
            self._list.addWidget(part)
        self._list.addStretch(2)
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

    def _calm(self) -> QWidget:
        """What stands where the problems would: that there are none."""
        made = QWidget(self._inside)
        words = label(self.tr("Nothing needs you."), tone="second", parent=made)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, SPACE.wide, 0, SPACE.wide)
        column.setSpacing(SPACE.small)
        column.addStretch(1)
        for part in (IconMark("check", "good", made), words):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return made

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
        words.addSpacing(SPACE.hair)
        words.addWidget(self.agree, 0, Qt.AlignmentFlag.AlignLeading)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addLayout(words, 1)
        for button in (self.sync, self.account):
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
        waiting = self._drain()
        self.handing.show_drain(waiting)
        said = (
            sayings.standing(state, self._wording.time),
            sayings.drain(waiting),
            sayings.clock(state),
        )
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

    def _drain(self) -> Drain:
        try:
            return drain(self._context.source, self._wording.now())
        except KnownError:
            return Drain(0, 0)

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

    def show_done(self, changes: ChangeSet) -> None:
        """Says what became of a decision, with the way back."""
        self.turning.say(changes)

    def read(self) -> None:
        """Reads the problems anew; what a person sees stays where it is."""
        self._unsent.read()
        try:
            found = problems(self._context.source)
            shown = [(one, sides(self._context.source, one)) for one in found[:MOST]]
        except KnownError as error:
            self.show_refusal(error.sentence)
            return
        is_empty = not found and self._unsent.isHidden()
        self._list.setStretchFactor(self._nothing, 3 if is_empty else 0)
        if [(card.problem, card.both) for card in self.cards] == shown:
            return
        had_keyboard = next((i for i, c in enumerate(self.cards) if c.has_keyboard), None)
        keyed = None if had_keyboard is None else self.cards[had_keyboard]
        before = {card.problem.id: card for card in self.cards}
        self.cards = []
        for place, (problem, both) in enumerate(shown):
            card = before.get(problem.id)
            if card is None or (card.problem, card.both) != (problem, both):
                card = self._card(problem, both)
            else:  # it stays as it is, with the keyboard if that is there
                del before[problem.id]
                self._list.removeWidget(card)
            self._list.insertWidget(place, card)
            self.cards.append(card)
        for gone in before.values():
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._order_keys()
        if keyed is not None and had_keyboard is not None and keyed not in self.cards:
            self._give_keyboard(keyed, had_keyboard)
        self._nothing.setVisible(not self.cards)
        rest = len(found) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("{count} more follow.").format(count=rest))

    def _card(self, problem: Problem, both: tuple[Side, ...]) -> ProblemCard:
        card = ProblemCard(problem, both, self._wording, self._inside)
        card.decided.connect(self._on_card_decided)
        card.edit_requested.connect(self._on_card_edit_requested)
        return card

    def _order_keys(self) -> None:
        """Lets Tab go from card to card as they stand, whenever each was made."""
        last: QWidget = self.older
        for card in self.cards:
            for button in card.buttons:
                self.setTabOrder(last, button)
                last = button

    def _give_keyboard(self, gone: ProblemCard, place: int) -> None:
        """Lets whoever works by keys go on: with the same thing, else with what stands there."""
        same = next((card for card in self.cards if card.problem.id == gone.problem.id), None)
        able = [card for card in self.cards if card.buttons]
        if same is not None and same.buttons:
            card = same
        elif able:
            card = able[min(place, len(able) - 1)]
        else:
            self.sync.setFocus()
            return
        card.buttons[0].setFocus()
        self._area.ensureWidgetVisible(card)

    # What a person does -------------------------------------------------------------------

    def _on_turning_refused(self, refusal: Refusal) -> None:
        self.show_refusal(refusal.error.sentence)

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
