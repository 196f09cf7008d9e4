"""Whether what is done can be saved: said for as long as it cannot, not only when it is refused."""

from PySide6.QtCore import QObject, Signal

from toggl_desktop.actions.perform import Outcome
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.ui.context import Context


class Saving(QObject):
    """Stands between a window and the store, and hears how each command ended there.

    Attributes:
        context: What the window's parts are handed.
        is_failing: Whether the store could not be written the last time.

    Signals:
        turned(): It can be written again, or not any more.
    """

    turned = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._perform = context.perform
        self.context = context._replace(perform=self.perform)
        self.is_failing = False

    def perform(self, command: object) -> Outcome:
        """Does a command and returns what became of it."""
        outcome = self._perform(command)
        is_failing = self.is_failing
        if isinstance(outcome.error, StoreError):
            is_failing = True
        elif outcome.changes:
            is_failing = False
        if is_failing != self.is_failing:
            self.is_failing = is_failing
            self._tell_turned()
        return outcome

    def _tell_turned(self) -> None:
        self.turned.emit()

    def words(self) -> str:
        """Returns how things stand: `Saved here`, or that nothing can be."""
        if self.is_failing:
            return self.tr("Nothing can be saved at the moment")
        return self.tr("Saved here")
