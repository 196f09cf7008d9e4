"""What the first edit of a run needs, made ready while nobody is doing anything."""

from collections import deque
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from toggl_desktop.actions.perform import LOADED_LATE
from toggl_desktop.ui.plan.editing import Editing
from toggl_desktop.ui.plan.timeline import Timeline

_REST: Final = 500
"""How long a person must have left the plan alone, in milliseconds, before anything is done."""
_BETWEEN: Final = 30
"""Between two slices, so that whatever a person does comes first."""


class Warming(QObject):
    """Loads what a first command loads, and makes the task editor, in slices.

    Each is small; a slice waits while something is dragged, scrolled or still read. What was needed
    meanwhile is there already and costs nothing.
    """

    def __init__(self, timeline: Timeline, editing: Editing) -> None:
        """Takes what must be at rest: the timeline, and what edits it."""
        super().__init__(editing)
        self._timeline = timeline
        self._editing = editing
        self._modules = deque(LOADED_LATE)
        self.is_done = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        timeline.view.sight_changed.connect(self._wait)

    def begin(self) -> None:
        """Begins, or goes on, when the window has been in sight for a moment."""
        if not self.is_done:
            self._timer.start(_REST)

    def stop(self) -> None:
        """Does nothing more until it is begun again."""
        self._timer.stop()

    def _wait(self) -> None:
        if self._timer.isActive():
            self._timer.start(_REST)

    def _is_busy(self) -> bool:
        held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return held or self._editing.is_dragging or not self._timeline.model.is_whole

    def _on_timer_timeout(self) -> None:
        if self._is_busy():
            self._timer.start(_REST)
            return
        if self._modules:
            import_module(self._modules.popleft())
            self._timer.start(_BETWEEN)
        else:
            self._editing.side.prepare()
            self.is_done = True
