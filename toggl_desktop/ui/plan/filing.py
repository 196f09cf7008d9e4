"""Files of the plan window, in and out; what they need is loaded when somebody asks for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from toggl_desktop.ui.plan.commands import PlanMenu
from toggl_desktop.ui.plan.timeline import Timeline
from toggl_desktop.ui.timer.talk import Talk

if TYPE_CHECKING:
    from toggl_desktop.ui.plan.exporting import PlanExport
    from toggl_desktop.ui.plan.importing import PlanIntake
    from toggl_desktop.ui.plan.window import PlanWindow


class Filing(QObject):
    """Does what the menu's Import and Export ask for."""

    def __init__(
        self, menu: PlanMenu, timeline: Timeline, talk: Talk, window: "PlanWindow"
    ) -> None:
        super().__init__(window)
        self._timeline, self._talk, self._window = timeline, talk, window
        self._export: PlanExport | None = None
        self._intake: PlanIntake | None = None
        menu.import_.triggered.connect(self._on_import_triggered)
        menu.export.triggered.connect(self._on_export_triggered)

    @property
    def intake(self) -> "PlanIntake":
        """What brings files in."""
        if self._intake is None:
            from toggl_desktop.ui.plan.importing import PlanIntake

            self._intake = PlanIntake(self._window.kit, self._talk, self._window)
        return self._intake

    def _on_import_triggered(self) -> None:
        self.intake.show()

    def _on_export_triggered(self) -> None:
        if self._export is None:
            from toggl_desktop.ui.plan.exporting import PlanExport

            kit = self._window.kit
            self._export = PlanExport(kit, self._timeline, self._talk, self._window)
        self._export.show()
