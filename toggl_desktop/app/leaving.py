"""A person wants to quit while an entry runs: asked once, or as was chosen for good.

Only a person is asked. A session that ends, or a signal, never waits for an answer: the entry then
runs on, or is stopped if that was chosen in the preferences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from toggl_desktop.domain.commands import StopTimer
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read import entries
from toggl_desktop.ui import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMessageBox

    from toggl_desktop.app.quit import Quit
    from toggl_desktop.app.tasks import TaskOwner
    from toggl_desktop.store.read.entries import EntryRow
    from toggl_desktop.ui.context import Context

_KEEP, _STOP = 0, 1
_NAME_LIMIT = 60


class Leaving(QObject):
    """Stands between a person's wish to quit and the end of the program."""

    def __init__(
        self,
        context: Context,
        quitting: Quit,
        tasks: TaskOwner,
        refused: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        """Takes whom to ask for what runs and for the end, and whom to tell what failed."""
        super().__init__(parent)
        self._context = context
        self._quitting = quitting
        self._tasks = tasks
        self._refused = refused
        self._box: QMessageBox | None = None

    def request(self) -> None:
        """Ends the program at once, or after an answer where one is needed."""
        running = self._running()
        if running is None or self._context.preferences.now.quit_while_running != "ask":
            self._quitting.request()  # `settle` does what was chosen
        elif self._box is not None:
            self._box.raise_()
            self._box.activateWindow()
        else:
            self._tasks.spawn("ask before quitting", self._ask(running))

    def settle(self) -> None:
        """Stops what runs if that was chosen for good; called when the end is certain."""
        if self._context.preferences.now.quit_while_running == "stop" and self._running():
            self._context.perform(StopTimer())

    def _running(self) -> EntryRow | None:
        try:
            return entries.running(self._context.source)
        except KnownError:
            return None

    async def _ask(self, running: EntryRow) -> None:
        name = one_line(running.description, _NAME_LIMIT) or running.project_name or ""
        tr = QCoreApplication.translate
        sentence = tr("Leaving", "An entry is running. What becomes of it while the timer is away?")
        if name:
            sentence = tr(
                "Leaving", "“{name}” is running. What becomes of it while the timer is away?"
            ).format(name=name)
        choices = (
            tr("Leaving", "Keep it running"),
            tr("Leaving", "Stop it"),
            tr("Leaving", "Do not quit"),
        )
        self._box = dialogs.question(None, tr("Leaving", "Quit Toggl Desktop"), sentence, choices)
        remember = dialogs.with_memory(self._box, tr("Leaving", "Remember my choice"))
        self._quitting.requested.connect(self._box.reject)
        try:
            await dialogs.ask(self._box)
            answer, is_for_good = dialogs.chosen(self._box, choices), remember.isChecked()
        finally:
            self._box.deleteLater()
            self._box = None
        self._do(answer, is_for_good=is_for_good)

    def _do(self, answer: int, *, is_for_good: bool) -> None:
        if answer not in (_KEEP, _STOP):
            return
        if is_for_good:
            try:
                wanted = "keep" if answer == _KEEP else "stop"
                self._context.preferences.choose("quit_while_running", wanted)
            except KnownError:
                pass  # it is asked again another time
        if answer == _STOP and self._running():
            outcome = self._context.perform(StopTimer())
            if outcome.error is not None:
                self._refused(outcome.error.sentence)
                return
        self._quitting.request()
