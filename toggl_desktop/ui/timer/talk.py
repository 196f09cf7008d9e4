"""What the window says about commands: what was done, why not, and what it has to ask first."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from toggl_desktop.actions.names import UnknownNameError
from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.domain.changes import ChangeSet, Origin
from toggl_desktop.domain.clock import SKEW_SECONDS
from toggl_desktop.domain.commands import ContinueEntry, EnterLine, StartTimer
from toggl_desktop.domain.errors import (
    KnownError,
    MissingFieldsError,
    NothingToDoError,
    OverlapError,
)
from toggl_desktop.store import journal
from toggl_desktop.ui.account import sayings
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.timer.performer import Done, Performer, Refusal
from toggl_desktop.ui.widgets.bars import SentenceBar, Toast

if TYPE_CHECKING:
    from toggl_desktop.ui.timer.wayback import WayBack

_LOOK_BACK = 20


@dataclass(frozen=True, slots=True)
class Missing:
    """The fields that a workspace requires and an entry lacks."""

    fields: tuple[str, ...]


class Intent(Enum):
    """Answers that are no commands."""

    HIDE = auto()
    REPAIR = auto()
    QUIT = auto()


class Talk(QObject):
    """Turns outcomes into sentences, questions and a way back; a question's answer into a command.

    Signals:
        fields_missed(Missing): A start lacks fields; the keyboard belongs there.
        intended(Intent): A question about the window was answered.
    """

    fields_missed = Signal(object)
    intended = Signal(object)

    def __init__(
        self, context: Context, performer: Performer, bar: SentenceBar, toast: Toast
    ) -> None:
        super().__init__(bar)
        self._context = context
        self._performer = performer
        self._bar = bar
        self._toast = toast
        self._answers: tuple[object | None, ...] = ()
        self._seq = 0
        self._way_back: Undo | Redo = Undo()
        self._has_told_clock = False
        context.bridge.sync_changed.connect(self._on_bridge_sync_changed)
        self._turner: WayBack | None = None
        performer.takes_turn = self._take_turn
        performer.done.connect(self._on_performer_done)
        performer.refused.connect(self._on_performer_refused)
        bar.chosen.connect(self._on_bar_chosen)
        toast.pressed.connect(self._on_toast_pressed)

    def say_notice(self, sentence: str) -> None:
        """Says something that is no failure."""
        self._answers = ()
        self._bar.say("notice", sentence)

    def say_failure(self, sentence: str, details: str) -> None:
        """Says that something failed; `details` can be copied."""
        self._answers = ()
        self._bar.say("problem", sentence, details=details)

    def hear_of(self, changes: ChangeSet) -> None:
        """Hears of a step; a way back that leads elsewhere by now is taken away."""
        if changes.seq <= self._seq:
            return
        if changes.origin is Origin.HERE:
            self._toast.hide()
        if changes.notice:  # a sync has something to say too
            self.say_notice(changes.notice)

    def _on_bridge_sync_changed(self) -> None:
        """Says once that this computer's clock is so wrong that Toggl's is counted by."""
        state = self._context.bridge.sync
        is_far = state is not None and abs(state.skew_seconds) > SKEW_SECONDS
        if is_far and state is not None and not self._has_told_clock:
            self.say_notice(sayings.clock(state))
        self._has_told_clock = is_far

    def _take_turn(self, command: Undo | Redo) -> bool:
        """Hands an undo or a redo to what does large ones; loaded when one is asked for."""
        if self._turner is None:
            from toggl_desktop.ui.timer.wayback import WayBack

            self._turner = WayBack(self._context, self._performer, self._bar)
        return self._turner.take(command)

    def offer_repair(self, sentence: str) -> None:
        """Says that the store is damaged, and offers to bring it back."""
        self._answers = (Intent.REPAIR, None)
        choices = (self.tr("Start again and repair"), self.tr("Later"))
        self._bar.say("problem", sentence, choices, takes_keyboard=True)

    def explain_tray(self) -> None:
        """Says where the window goes, the first time it is closed."""
        self._answers = (Intent.HIDE, Intent.QUIT)
        sentence = self.tr(
            "The timer keeps running in the tray. Close the window again to hide it there."
        )
        choices = (self.tr("Hide to tray"), self.tr("Quit"))
        self._bar.say("question", sentence, choices, takes_keyboard=True)

    # Done ---------------------------------------------------------------------------------

    def _on_performer_done(self, done: Done) -> None:
        if self._bar.sentence:
            self._bar.silence()
        changes = done.changes
        if not changes.seq:
            return
        self._seq = changes.seq
        was_undo = isinstance(done.command, Undo)
        self._way_back = Redo() if was_undo else Undo()
        words = self.tr("Redo") if was_undo else self.tr("Undo")
        self._toast.say(self._past(changes.step), words)
        if changes.notice:
            self.say_notice(changes.notice)

    def _past(self, step: str) -> str:
        """Returns a step's name as something that has been done."""
        verb, _, what = step.partition(" ")
        done = {
            "Add": self.tr("Added {what}"),
            "Assign": self.tr("Assigned {what}"),
            "Copy": self.tr("Copied {what}"),
            "Import": self.tr("Imported {what}"),
            "Mark": self.tr("Marked {what}"),
            "Move": self.tr("Moved {what}"),
            "Plan": self.tr("Planned {what}"),
            "Remove": self.tr("Removed {what}"),
            "Rename": self.tr("Renamed {what}"),
            "Repeat": self.tr("Made {what} repeat"),
            "Reschedule": self.tr("Rescheduled {what}"),
            "Schedule": self.tr("Scheduled {what}"),
            "Shift": self.tr("Shifted {what}"),
            "Take": self.tr("Took {what}"),
            "Continue": self.tr("Continued {what}"),
            "Delete": self.tr("Deleted {what}"),
            "Duplicate": self.tr("Duplicated {what}"),
            "Edit": self.tr("Changed {what}"),
            "Merge": self.tr("Merged {what}"),
            "Redo:": self.tr("Done again: {what}"),
            "Split": self.tr("Split {what}"),
            "Start": self.tr("Started {what}"),
            "Stop": self.tr("Stopped {what}"),
            "Undo:": self.tr("Undone: {what}"),
            "Unstop": self.tr("{what} runs on"),
        }.get(verb)
        return step if done is None or not what else done.format(what=what)

    def _on_toast_pressed(self) -> None:
        """Takes back the very step the toast named, or says that another came after it."""
        try:
            steps = journal.worth_telling(self._context.source, _LOOK_BACK)
        except KnownError as error:
            self._performer.refuse(None, error)
            return
        newest = next((step.seq for step in steps if step.origin == Origin.HERE), 0)
        if newest == self._seq:
            self._performer.do(self._way_back)
        else:
            self.say_notice(self.tr("Something else was done since. Choose Undo in the menu."))

    # Refused ------------------------------------------------------------------------------

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why something was not done, and asks where an answer would help."""
        command, error = refusal.command, refusal.error
        self._answers = ()
        if isinstance(error, OverlapError):
            self._ask_about_overlaps(command, error)
        elif isinstance(error, UnknownNameError) and isinstance(command, EnterLine):
            self._ask_about_name(command, error)
        elif isinstance(error, NothingToDoError):
            self._bar.say("notice", error.sentence)
        else:
            self._bar.say("problem", error.sentence)
        if isinstance(error, MissingFieldsError):
            self._tell_missing(Missing(error.fields))

    def _tell_missing(self, missing: Missing) -> None:
        self.fields_missed.emit(missing)

    def _ask_about_overlaps(self, command: object, error: OverlapError) -> None:
        if not isinstance(command, StartTimer | ContinueEntry | EnterLine):
            self._bar.say("problem", error.sentence)
            return
        trims = self.tr("Shorten")
        if all(overlap.swallowed for overlap in error.overlaps):
            trims = self.tr("Remove")
        elif any(overlap.swallowed for overlap in error.overlaps):
            trims = self.tr("Shorten and remove")
        choices = (trims, self.tr("Keep both"), self.tr("Cancel"))
        self._answers = (
            replace(command, overlaps="trim"),
            replace(command, overlaps="keep"),
            None,
        )
        self._bar.say("question", error.sentence, choices, takes_keyboard=True)

    def _ask_about_name(self, command: EnterLine, error: UnknownNameError) -> None:
        line = command.line
        near = error.near[:1]
        choices = [self.tr("Create “{name}”").format(name=error.name)]
        choices += [self.tr("Use “{name}”").format(name=name) for name in near]
        self._answers = (
            replace(command, creates_project=True),
            *(replace(command, line=replace(line, project=name)) for name in near),
            None,
        )
        sentence = self.tr("There is no project “{name}” yet.").format(name=error.name)
        self._bar.say("question", sentence, (*choices, self.tr("Cancel")), takes_keyboard=True)

    def _on_performer_refused(self, refusal: Refusal) -> None:
        self.show_refusal(refusal)

    def _on_bar_chosen(self, place: int) -> None:
        answers, self._answers = self._answers, ()
        answer = answers[place] if 0 <= place < len(answers) else None
        if isinstance(answer, Intent):
            self.intended.emit(answer)
        elif answer is not None:
            self._performer.do(answer)
