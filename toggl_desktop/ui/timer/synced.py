"""How things stand with Toggl Track, in the few words that the status line has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from toggl_desktop.domain.clock import SKEW_HINT_SECONDS
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.domain.words import rough

if TYPE_CHECKING:
    from toggl_desktop.domain.syncstate import SyncState
    from toggl_desktop.ui.timer.wording import Wording


class SyncWords(QObject):
    """Says it: what is wrong and since when what is shown holds, or nothing without an account."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording

    def parts(self, state: SyncState | None) -> list[str]:
        """Returns the parts of the line, the weightiest first."""
        if state is None or state.phase is Phase.OFF:
            return []
        said = self.trouble(state)
        found = [said] if said else []
        if state.reading is not None:
            found.append(self.tr("reading, {count} entries so far").format(count=state.reading))
        if state.progress is not None:
            found.append(self.tr("{count} older entries so far").format(count=state.progress))
        if state.fresh is not None:
            found.append(self.tr("as of {time}").format(time=self._wording.time(state.fresh)))
        if abs(state.skew_seconds) > SKEW_HINT_SECONDS:
            by = rough(state.skew_seconds)
            ahead, behind = self.tr("clock {by} ahead"), self.tr("clock {by} behind")
            found.append((ahead if state.skew_seconds > 0 else behind).format(by=by))
        if state.remaining is not None and not said:  # what is wrong needs the room
            left = self.tr("{left} of {total} left")
            found.append(left.format(left=state.remaining, total=state.total))
            if state.resets_at is not None:
                at = self._wording.time(state.resets_at)
                found.append(self.tr("resets {time}").format(time=at))
        return found

    def trouble(self, state: SyncState | None) -> str:
        """Returns what is wrong; empty when nothing is."""
        if state is None:
            return ""
        phase = state.phase
        if phase is Phase.QUOTA:
            if state.resets_at is None:
                return self.tr("Toggl limit reached")
            at = self._wording.time(state.resets_at)
            return self.tr("Toggl limit resets {time}").format(time=at)
        if phase is Phase.ASKING and state.question is not None:
            asked = self.tr("{count} deletions wait for your word")
            return asked.format(count=state.question.count)
        return {
            Phase.OFFLINE: self.tr("Toggl cannot be reached"),
            Phase.CAPTIVE: self.tr("Sign in to the network"),
            Phase.PAUSED: self.tr("Toggl asks for a pause"),
            Phase.SIGN_IN: self.tr("Sign in to Toggl again"),
            Phase.TROUBLE: self.tr("Toggl has trouble"),
            Phase.OUTDATED: self.tr("Update Toggl Desktop to sync"),
        }.get(phase, "")
