"""From the store's feed to one signal, outside of whatever committed, merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from toggl_desktop.domain.changes import Origin, merged

if TYPE_CHECKING:
    from toggl_desktop.domain.changes import ChangeSet
    from toggl_desktop.domain.syncstate import SyncState


class Bridge(QObject):
    """Hands the feed to the views over the event queue, so that no slot runs inside a task.

    Signals:
        changed(ChangeSet): What was committed since the last time, merged.
        settings_changed(): A preference was chosen.
        sync_changed(): How things stand with the server (`sync`) has changed.
    """

    EVERY_MILLISECONDS: Final = 200
    """So often at most views read again what a sync brings; what a person did is shown at once."""

    changed = Signal(object)
    settings_changed = Signal()
    sync_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._piled: list[ChangeSet] = []
        self._is_called = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._give_out)
        self.sync: SyncState | None = None

    def take(self, changes: ChangeSet) -> None:
        """Takes a set from the feed; it is given out when the event loop is next reached.

        What came from a server waits a little when something of it was given out just now: a first
        sync commits some thirty times a second, and views that read as often would stand still.
        """
        self._piled.append(changes)
        if changes.origin is not Origin.HERE and self._calm.isActive():
            return  # the end of the calm gives it out
        if not self._is_called:
            self._is_called = True
            QTimer.singleShot(0, self._on_called)

    def _on_called(self) -> None:
        self._is_called = False
        self._give_out()

    def tell_settings_changed(self) -> None:
        """Tells the views that a preference was chosen."""
        self.settings_changed.emit()

    def show_sync(self, state: SyncState) -> None:
        """Takes how things stand with the server; the views that show it are told."""
        self.sync = state
        self.sync_changed.emit()

    def _give_out(self) -> None:
        piled, self._piled = self._piled, []
        if any(changes.origin is not Origin.HERE for changes in piled):
            self._calm.start(self.EVERY_MILLISECONDS)
        if piled:
            self.changed.emit(merged(piled))
