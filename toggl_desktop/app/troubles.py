"""Brings the problems page, the sync and what a person decides together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.syncstate import SyncState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFileDialog

    from toggl_desktop.app.online import Online
    from toggl_desktop.app.windows import Windows
    from toggl_desktop.store.database import Store
    from toggl_desktop.ui.account.card import Decision
    from toggl_desktop.ui.account.problems import ProblemsWindow
    from toggl_desktop.ui.context import Context


class Troubles(QObject):
    """Shows the page when it is asked for, and does what it asks for."""

    def __init__(
        self, context: Context, store: Store, online: Online, windows: Windows, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._store = store
        self._online = online
        self._windows = windows
        self._page: ProblemsWindow | None = None
        self.files: QFileDialog | None = None
        windows.problems_requested.connect(self.show)
        context.bridge.sync_changed.connect(self._on_bridge_sync_changed)

    @property
    def page(self) -> ProblemsWindow | None:
        """The page, once it was shown."""
        return self._page

    def show(self) -> None:
        """Shows how the sync stands, and everything that waits for a person."""
        if self._page is None:
            from toggl_desktop.ui.account.problems import ProblemsWindow

            self._page = ProblemsWindow(self._context)
            self._page.decided.connect(self._on_page_decided)
            self._page.edit_requested.connect(self._windows.edit_entry)
            self._page.sync_requested.connect(self._on_page_sync_requested)
            self._page.older_requested.connect(self._on_page_older_requested)
            self._page.reading_stopped.connect(self._on_page_reading_stopped)
            self._page.older_stopped.connect(self._on_page_older_stopped)
            self._page.confirmed.connect(self._on_page_confirmed)
            self._page.account_requested.connect(self._windows.account_requested)
            self._page.handing.save_requested.connect(self._on_handing_save_requested)
            self._page.handing.imported.connect(self._on_handing_imported)
        self._on_bridge_sync_changed()
        self._page.show()
        self._page.raise_()
        self._page.activateWindow()

    def close(self) -> None:
        """Takes the page away for good."""
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
            self._page = None

    def _on_bridge_sync_changed(self) -> None:
        if self._page is not None:
            self._page.show_state(self._context.bridge.sync or SyncState())

    def _on_page_decided(self, decision: Decision) -> None:
        from toggl_desktop.sync import deciding

        try:
            now = self._context.clock.now().wall
            verb = cast("deciding.Verb", decision.verb)
            changes = deciding.decide(self._store, decision.problem, verb, now)
        except KnownError as error:
            if self._page is not None:
                self._page.show_refusal(error.sentence)
        else:
            self._online.syncing.wake()  # “Try again” means now
            if self._page is not None:
                self._page.show_done(changes)
        if self._page is not None:
            self._page.read()

    def _on_page_sync_requested(self) -> None:
        self._online.syncing.wake()

    def _on_page_older_requested(self) -> None:
        self._do(self._online.syncing.bring_older)

    def _on_page_older_stopped(self) -> None:
        self._do(self._online.syncing.stop_older)

    def _on_page_reading_stopped(self) -> None:
        self._online.syncing.stop_reading()

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except KnownError as error:
            if self._page is not None:
                self._page.show_refusal(error.sentence)

    # A file for Toggl's own import -----------------------------------------------------------

    def _on_handing_save_requested(self) -> None:
        from toggl_desktop.ui.account.handing import file_dialog

        self.files = file_dialog(self._page)
        self.files.fileSelected.connect(self._on_files_file_selected)
        self.files.open()

    def _on_files_file_selected(self, name: str) -> None:
        self.hand_over(Path(name))

    def hand_over(self, target: Path) -> None:
        """Writes what waits into a file; the dialog has asked before one is replaced."""
        from toggl_desktop.app.handover import hand_over

        now, zone = self._context.clock.now().wall, self._context.zone()
        try:
            said = hand_over(self._store, target, now, zone, may_replace=True).sentence
        except KnownError as error:
            said = error.sentence
        if self._page is not None:
            self._on_bridge_sync_changed()
            self._page.handing.say(said)
            self._page.read()

    def _on_handing_imported(self) -> None:
        from toggl_desktop.sync import handing

        self._do(lambda: handing.take_back(self._store, self._context.clock.now().wall))
        self._online.syncing.wake()
        self._on_bridge_sync_changed()

    def _on_page_confirmed(self) -> None:
        self._online.syncing.confirm()
