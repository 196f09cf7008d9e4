"""What recurs was changed once: was that one meant, what follows too, or all of it?

The change is done and stays. The card only offers to mean more by it, and goes away by itself.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from toggl_desktop.actions.plan.instead import Instead
from toggl_desktop.domain.commands import UNSET, Unset
from toggl_desktop.domain.plan.commands import (
    DeletePlanTasks,
    EditPlanTasks,
    MovePlanTasks,
    Scope,
)
from toggl_desktop.ui.plan.deeds import Deeds, DoneAlone
from toggl_desktop.ui.plan.floating import beside
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.performer import Done
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.lingering import Lingering
from toggl_desktop.ui.widgets.text import label, tooltip

Command = MovePlanTasks | EditPlanTasks | DeletePlanTasks

_MILLISECONDS: Final = 12_000
_SCOPES: Final[tuple[Scope, ...]] = ("one", "following", "all")


class ScopeCard(Lingering):
    """Offers to do what was done to one occurrence to those after it, or to all.

    Steps that follow each other (a key that is pressed three times) are meant as one.

    Signals:
        closed(): The keyboard was here and goes back.
    """

    closed = Signal()

    def __init__(self, deeds: Deeds, parent: QWidget) -> None:
        super().__init__(parent, _MILLISECONDS, "toggl-scope")
        self._room = parent
        self._deeds = deeds
        self._command: Command | None = None
        self._steps: tuple[int, ...] = ()
        self._is_choosing = False
        mark(self, kind="float")
        self.setAccessibleName(self.tr("What recurs"))
        self.about = label(tone="second", parent=self)
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.medium, SPACE.hair, SPACE.hair, SPACE.hair)
        line.setSpacing(SPACE.hair)
        line.addWidget(self.about)
        self.buttons: list[QPushButton] = []
        for place in range(len(_SCOPES)):
            button = QPushButton(self)
            button.setCheckable(True)
            button.setProperty("place", place)
            mark(button, kind="quiet")
            button.clicked.connect(self._on_button_clicked)
            self.hold_while_on(button)
            line.addWidget(button)
            self.buttons.append(button)
        key = label("R", role="caption", tone="second", parent=self)
        key.setToolTip(tooltip(self.tr("R brings the keyboard here")))
        line.addWidget(key)
        line.addSpacing(SPACE.hair)
        parent.installEventFilter(self)
        self.hide()

    @property
    def scope(self) -> Scope:
        """What is meant now."""
        return "one" if self._command is None else self._command.scope

    def offer(self, done: DoneAlone, near: QRect) -> None:
        """Offers to mean more by what was done, beside where that was."""
        joined = None
        if self.isVisible() and self._command is not None:
            joined = _joined(self._command, done.command)
        if joined is None:
            self._steps, self._command = (), done.command
        else:
            self._command = joined
        self._steps += (done.step,)
        self._name(done)
        self._show_scope()
        self.show()
        self.raise_()
        self.adjustSize()
        self.move(beside(near, self.size(), self._room.rect()))
        self.linger()
        words = self.tr("{what} {scope}. Press R for the others of its series.")
        announce(self, words.format(what=self.about.text(), scope=self.buttons[0].text()))

    def _name(self, done: DoneAlone) -> None:
        count = len(done.bars)
        verb = self.tr("Changed:")
        if isinstance(done.command, MovePlanTasks):
            verb = self.tr("Moved:")
        elif isinstance(done.command, DeletePlanTasks):
            verb = self.tr("Deleted:")
        self.about.setText(verb)
        only = self.tr("Only this one") if count == 1 else self.tr("Only these")
        following = self.tr("And the following")
        for button, words in zip(self.buttons, (only, following, self.tr("All")), strict=True):
            button.setText(words)
        tips = (
            self.tr("The others of the series stay as they are"),
            self.tr("This one and those after it"),
            self.tr("All of the series, earlier ones too"),
        )
        for button, tip in zip(self.buttons, tips, strict=True):
            button.setToolTip(tooltip(tip))

    def _show_scope(self) -> None:
        for button, scope in zip(self.buttons, _SCOPES, strict=True):
            button.setChecked(scope == self.scope)

    def take_keyboard(self) -> bool:
        """Gives the keyboard to what is meant now; tells whether anything is offered."""
        if not self.isVisible():
            return False
        self.buttons[_SCOPES.index(self.scope)].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def drop(self) -> bool:
        """Takes the card away; what was done stays. Tells whether there was one."""
        was = self.isVisible()
        had_keyboard = any(button.hasFocus() for button in self.buttons)
        self.hide()
        if had_keyboard:
            self.closed.emit()
        return was

    def hear(self, done: Done) -> None:
        """Hears of a step: only one that goes on with what is offered leaves the offer."""
        if self._is_choosing or self._command is None:
            return
        if not isinstance(done.command, Command) or _joined(self._command, done.command) is None:
            self.drop()

    # Choosing -----------------------------------------------------------------------------

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self._choose(_SCOPES[int(button.property("place"))])

    def _choose(self, scope: Scope) -> None:
        command, steps = self._command, self._steps
        if command is None or scope == command.scope:
            self._show_scope()
            self._give_back()
            return
        meant = replace(command, scope=scope)
        self._is_choosing = True
        changes = self._deeds.do(Instead(steps, meant))
        self._is_choosing = False
        if changes is None:
            self.drop()
            return
        self._command, self._steps = meant, (changes.seq,)
        self._show_scope()
        self.linger()
        self._give_back()

    def _give_back(self) -> None:
        """Lets the keyboard go back; the card stays a while, for who thinks better of it."""
        if any(button.hasFocus() for button in self.buttons):
            self.closed.emit()

    # Events -------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        elif event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._room and kind == QEvent.Type.MouseButtonPress:
            self.drop()
        elif (
            isinstance(event, QKeyEvent)
            and kind == QEvent.Type.KeyPress
            and watched in self.buttons
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._choose(_SCOPES[self.buttons.index(watched)])
            return True
        return super().eventFilter(watched, event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._command, self._steps = None, ()
        super().hideEvent(event)


def _joined(one: Command, other: Command) -> Command | None:
    """Returns one command for a step and the one after it; None when they are not one thing."""
    if one.tasks != other.tasks or one.scope != "one" or other.scope != "one":
        return None
    if isinstance(one, MovePlanTasks) and isinstance(other, MovePlanTasks):
        if _changes_lane(one) and _changes_lane(other):
            return None
        kept = one if _changes_lane(one) else other
        return replace(kept, days=one.days + other.days, minutes=one.minutes + other.minutes)
    if isinstance(one, EditPlanTasks) and isinstance(other, EditPlanTasks):
        plain = replace(other, start=UNSET, end=UNSET, pushes=one.pushes)
        if plain != EditPlanTasks(other.tasks, pushes=one.pushes):
            return None
        start = one.start if isinstance(other.start, Unset) else other.start
        return replace(one, start=start, end=one.end if isinstance(other.end, Unset) else other.end)
    return None


def _changes_lane(command: MovePlanTasks) -> bool:
    lanes = (command.to_member, command.to_project, command.to_segment)
    return bool(command.lanes) or not all(isinstance(lane, Unset) for lane in lanes)
