"""Brings the problems page, the sync and what a person decides together."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.syncstate import SyncState

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except KnownError as error:
            if self._page is not None:
                self._page.show_refusal(error.sentence)

    def _on_page_confirmed(self) -> None:
        self._online.syncing.confirm()
