"""What a task waits for."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from toggl_desktop.domain.ids import DependencyId, PlanTaskId
from toggl_desktop.domain.plan.commands import AddDependency, DeletePlanThing
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.editor.facts import Facts
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.picking import Choice
from toggl_desktop.ui.widgets.picking_many import Added, PickMany, Removed
from toggl_desktop.ui.widgets.text import label

_NEAR: Final = 2000
"""So many tasks can be found by name: the same project's first, then those nearest in time."""


class Waits(QWidget):
    """The tasks that must have ended before this one begins.

    Signals:
        ordered(command): A dependency is to be made or taken away.
    """

    ordered = Signal(object)

    def __init__(
        self, saying: Saying, tasks: Callable[[], Iterable[Bar]], parent: QWidget | None = None
    ) -> None:
        """Makes an empty row.

        Args:
            saying: Words for days.
            tasks: Returns the tasks that may be waited for.
            parent: The panel.
        """
        super().__init__(parent)
        self._saying = saying
        self._tasks = tasks
        self._facts: Facts | None = None
        self._is_offering = False
        self.before = PickMany(self.tr("Waits for"), self.tr("Find a task…"), self)
        self.before.field.set_creating(creates=False)
        about = self.tr("Kept on this computer: Toggl Plan has no dependencies.")
        self.about = label(about, role="caption", wraps=True, parent=self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.hair)
        whole.addWidget(self.before)
        whole.addWidget(self.about)
        self.setFocusProxy(self.before)
        self.before.changed.connect(self._on_before_changed)
        self.before.field.opened.connect(self._on_field_opened)

    def show_facts(self, facts: Facts) -> None:
        """Shows what is waited for."""
        self._facts = facts
        self.about.setVisible(bool(facts.waits))
        chosen = [bar.lid for bar in facts.known]
        self.before.show_chosen([self._choice(bar) for bar in facts.known], chosen)

    def _choice(self, bar: Bar) -> Choice:
        day = "" if bar.start is None or bar.end is None else self._saying.span(bar.start, bar.end)
        return Choice(bar.lid, bar.name, bar.color, day)

    def _on_field_opened(self) -> None:
        """Finds what can be chosen only once somebody wants to."""
        if self._facts is None:
            return
        task = self._facts.task
        mine = {task.lid, *(bar.lid for bar in self._facts.known)}
        near = task.start or self._saying.today()
        ranked = sorted(
            (bar.project != task.project, abs((bar.end or near) - near), place, bar)
            for place, bar in enumerate(self._tasks())
            if bar.lid not in mine
        )
        self.before.field.set_choices([self._choice(bar) for *_, bar in ranked[:_NEAR]])

    def _on_before_changed(self, change: Added | Removed) -> None:
        if self._facts is None:
            return
        if isinstance(change, Added) and change.picked.lid is not None:
            before = PlanTaskId(change.picked.lid)
            self._order(AddDependency(before, self._facts.task.lid))
        elif isinstance(change, Removed):
            for waits in self._facts.waits:
                if waits.before == change.lid:
                    self._order(DeletePlanThing("dependency", DependencyId(waits.lid)))

    def _order(self, command: object) -> None:
        self.ordered.emit(command)
