"""Room for the side panel in a narrow window: the names fold as long as it stands there."""

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.ui.plan.editor.panel import LEAST_WIDTH
from toggl_desktop.ui.plan.side import SideColumn

_CHART: Final = 160
"""So much of the chart is to be seen beside names and panel."""


class RoomMaker(QObject):
    """Folds the names while panel and names together would not leave room for the chart."""

    def __init__(self, window: QWidget, panel: QWidget, names: SideColumn) -> None:
        super().__init__(window)
        self._window, self._panel, self._names = window, panel, names
        self._has_folded = False
        window.installEventFilter(self)
        panel.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._make_room()
        return False

    def _make_room(self) -> None:
        names = self._names
        needed = names.width_open + _CHART + LEAST_WIDTH
        is_tight = not self._panel.isHidden() and self._window.width() < needed
        if is_tight and not names.is_folded:
            self._has_folded = True
            names.fold(is_folded=True)
        elif self._has_folded and not is_tight:
            self._has_folded = False
            names.fold(is_folded=False)
