"""Hears what other processes commit, without asking again and again."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.database import Store

_FALLBACK_MILLISECONDS = 1000
_AGAIN_MILLISECONDS = (15, 60, 240)
"""A write is heard before its commit can be seen, so there are looks after the first one."""


class Elsewhere(QObject):
    """Watches the store's write-ahead log; every change of it is one cheap question to the store.

    Where files cannot be watched, the store is asked once a second instead.

    Signals:
        directory_changed(): A file came, went or took another's place: the settings, perhaps.
    """

    directory_changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._log = Path(f"{store.place.database}-wal")
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_watcher_file_changed)
        self._watcher.directoryChanged.connect(self._on_watcher_directory_changed)
        self._watcher.addPath(str(store.place.directory))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._looks = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._on_again_timeout)
        self._watch_log()
        self._look()  # what came between the opening and now

    def _watch_log(self) -> None:
        if str(self._log) in self._watcher.files():
            return
        if self._log.exists() and self._watcher.addPath(str(self._log)):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(_FALLBACK_MILLISECONDS)

    def _on_watcher_file_changed(self, _path: str) -> None:
        self._hear()

    def _on_watcher_directory_changed(self, _path: str) -> None:
        self._hear()
        self.directory_changed.emit()

    def _hear(self) -> None:
        self._watch_log()
        self._look()
        self._looks = 0
        self._again.start(_AGAIN_MILLISECONDS[0])

    def _on_again_timeout(self) -> None:
        self._look()
        self._looks += 1
        if self._looks < len(_AGAIN_MILLISECONDS):
            self._again.start(_AGAIN_MILLISECONDS[self._looks])

    def _look(self) -> None:
        try:
            if self._store.changed_elsewhere():
                self._store.catch_up()
        except StoreError:
            self._timer.start(_FALLBACK_MILLISECONDS)

    def close(self) -> None:
        """Stops watching."""
        self._timer.stop()
        self._again.stop()
        self._watcher.deleteLater()
