"""Tasks as cards show and say them; prepared once for each state of a task."""

from typing import NamedTuple

from PySide6.QtCore import QObject

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.rows import Bar, MemberRow, Plan
from toggl_desktop.ui.plan.editor.saying import Saying

_NAME_LIMIT = 200
_PEOPLE = 3


class CardFace(NamedTuple):
    """What a card shows.

    Attributes:
        about: Days, progress, project: one line below the name.
        people: Initials and colour of the first assignees.
        more: How many more there are.
        spoken: All of it, for a screen reader.
    """

    name: str
    about: str
    people: tuple[tuple[str, str], ...]
    more: int
    spoken: str


class CardFaces(QObject):
    """Makes faces and keeps them for as long as their task stays as it is."""

    def __init__(self, saying: Saying, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saying = saying
        self._members: dict[str, MemberRow] = {}
        self._projects: dict[str, str] = {}
        self._known: dict[str, tuple[Bar, CardFace]] = {}

    def show_plan(self, plan: Plan, *, names_project: bool) -> None:
        """Takes names; `names_project` says whether cards tell their project."""
        members = {m.lid: m for m in plan.members}
        projects = {p.lid: one_line(p.name, 60) for p in plan.projects} if names_project else {}
        if members != self._members or projects != self._projects:
            self._known.clear()
        self._members, self._projects = members, projects

    def reword(self) -> None:
        """Forgets what was said, because it is said otherwise now."""
        self._known.clear()

    def face(self, bar: Bar) -> CardFace:
        """Returns a task's face."""
        known = self._known.get(bar.lid)
        if known is None or known[0] is not bar:
            known = (bar, self._made(bar))
            self._known[bar.lid] = known
        return known[1]

    def _made(self, bar: Bar) -> CardFace:
        name = one_line(bar.name, _NAME_LIMIT) or "–"
        parts = []
        if bar.start is not None and bar.end is not None:
            parts.append(self._saying.span(bar.start, bar.end))
        if bar.checklist_total:
            parts.append(f"{bar.checklist_done}/{bar.checklist_total}")
        if bar.project in self._projects:
            parts.append(self._projects[bar.project])
        people = [self._members[lid] for lid in bar.members if lid in self._members]
        shown = tuple((one_line(m.initials, 3) or m.name[:1], m.color) for m in people[:_PEOPLE])
        spoken = [name]
        if bar.is_done:
            spoken.append(self.tr("done"))
        spoken += parts
        if people:
            names = ", ".join(one_line(m.name, 60) for m in people)
            spoken.append(self.tr("for {names}").format(names=names))
        return CardFace(name, " · ".join(parts), shown, len(people) - len(shown), ", ".join(spoken))
