"""What a person wants done with what waits before they sign out: sent, exported or deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from toggl_desktop.domain.accounts import Leave
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.syncstate import Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toggl_desktop.app.online import Online
    from toggl_desktop.domain.syncstate import SyncState
    from toggl_desktop.ui.context import Context
    from toggl_desktop.ui.settings.data import EraseDialog

NAME = "toggl-desktop.json"


class Parting(QObject):
    """Does it, and shows the sheet what still waits then.

    Signals:
        erase_requested(): Everything is to be deleted for good, and the program to end.
    """

    erase_requested = Signal()

    def __init__(
        self,
        context: Context,
        online: Online,
        parts: Callable[[], Sequence[str]],
        parent: QObject | None = None,
    ) -> None:
        """Takes what it works with; `parts` tells in words all that deleting would remove."""
        super().__init__(parent)
        self._context = context
        self._online = online
        self._parts = parts
        self._is_syncing = False
        self.files: QFileDialog | None = None
        self.erasing: EraseDialog | None = None
        online.signing.leave_chosen.connect(self._on_signing_leave_chosen)
        online.sync_changed.connect(self._on_online_sync_changed)

    def _on_signing_leave_chosen(self, choice: Leave) -> None:
        if choice is Leave.SYNC:
            self._is_syncing = True
            self._online.syncing.wake()
        elif choice is Leave.EXPORT:
            self._ask_where()
        elif choice is Leave.DELETE:
            self._ask_to_erase()

    # Sync now -----------------------------------------------------------------------------

    def _on_online_sync_changed(self, state: SyncState) -> None:
        if not self._is_syncing or state.phase in {Phase.WORKING, Phase.ELSEWHERE}:
            return
        self._is_syncing = False
        if state.phase is Phase.RESTING:
            self._online.signing.ask_again()
            return
        from toggl_desktop.ui.account import sayings

        self._online.signing.ask_again(sayings.standing(state, self._online.time_words))

    # Export -------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        sheet = self._online.signing.sheet
        dialog = QFileDialog(sheet, self.tr("Export everything"), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setNameFilter("*.json")
        dialog.selectFile(NAME)
        dialog.fileSelected.connect(self._on_files_file_selected)
        dialog.rejected.connect(self._on_dialog_rejected)
        self.files = dialog
        dialog.open()

    def _on_files_file_selected(self, name: str) -> None:
        self.export(Path(name))

    def export(self, target: Path) -> None:
        """Writes everything to a file; the dialog has asked before one is replaced."""
        from toggl_desktop.actions import export
        from toggl_desktop.actions.files import write_new

        context = self._context
        try:
            now = context.clock.now().wall
            data = export.everything(context.source, now, context.zone())
            write_new(target, data, may_replace=True)
        except KnownError as error:
            sentence = error.sentence
        else:
            sentence = self.tr("Everything was exported to {name}.").format(name=target.name)
        self._online.signing.ask_again(sentence)

    # Delete -------------------------------------------------------------------------------

    def _ask_to_erase(self) -> None:
        from toggl_desktop.ui.settings.data import EraseDialog

        self.erasing = EraseDialog(self._parts(), self._online.signing.sheet)
        self.erasing.accepted.connect(self.erase_requested)
        self.erasing.rejected.connect(self._on_dialog_rejected)
        self.erasing.open()

    def _on_dialog_rejected(self) -> None:
        self._online.signing.ask_again()
