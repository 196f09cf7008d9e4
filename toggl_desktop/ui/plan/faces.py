"""Bars in words and marks: prepared when a bar is first seen, so that painting only paints."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QStaticText, QTransform

from toggl_desktop.domain.plaintext import is_rtl, one_line
from toggl_desktop.domain.plan.rows import Bar, MemberRow, Plan, PlanTagRow, StatusRow
from toggl_desktop.ui.plan.looks import Looks, Skin

_MOST: Final = 6000
_NEVER: Final = 10**9
_NAME_LIMIT: Final = 160
_TAG_LIMIT: Final = 24
_TAGS: Final = 3
_NAME_ROOM: Final = 52
"""So much of a name is seen before a status or a time of day stands in front of it."""

_FROM_LEFT: Final = "\u2066"
_SO_FAR: Final = "\u2069"
"""Around times of day among words that are written from right to left: time goes on to the right,
as on the chart."""


class Face:
    """What one bar shows; its words are laid out when they are first painted.

    Attributes:
        text: All its words, `width` wide.
        name: The words for less room than `least`: the name alone, `name_width` wide.
        has_marks: Whether there is a checklist or a note to tell of.
        due: The last day, of what is not done; after it the bar is overdue.
    """

    __slots__ = (
        *("bar", "due", "has_marks", "initials", "is_filled", "is_rtl", "least", "name"),
        *("name_width", "skin", "tags", "text", "width", "words"),
    )

    def __init__(self, bar: Bar, skin: Skin) -> None:
        self.bar = bar
        self.skin = skin
        self.has_marks = bar.has_notes or bar.checklist_total > 0
        self.due = _NEVER if bar.is_done or bar.end is None else bar.end
        self.is_filled = False
        self.is_rtl = False
        self.text: QStaticText | None = None
        self.width = 0
        self.name: QStaticText | None = None
        self.name_width = 0
        self.least = 0
        self.words = ""
        self.initials: tuple[tuple[str, str], ...] = ()
        self.tags: tuple[tuple[str, str, int], ...] = ()


class Faces:
    """The faces of the bars that were seen lately.

    `time` says a minute of the day in words; members are shown where lanes are not people.
    """

    def __init__(self, looks: Looks, time: Callable[[int], str]) -> None:
        self._time = time
        self._made: dict[str, Face] = {}
        self._members: dict[str, MemberRow] = {}
        self._statuses: dict[str, StatusRow] = {}
        self._tags: dict[str, PlanTagRow] = {}
        self._shows_members = False
        self.show_looks(looks)

    def show_looks(self, looks: Looks) -> None:
        """Takes other colours and fonts."""
        self._looks = looks
        self._made.clear()

    def show_names(self, plan: Plan, *, shows_members: bool) -> None:
        """Takes the names that bars refer to."""
        self._members = {row.lid: row for row in plan.members}
        self._statuses = _telling(plan.statuses)
        self._tags = {row.lid: row for row in plan.tags}
        self._shows_members = shows_members
        self._made.clear()

    def face(self, bar: Bar) -> Face:
        """Returns the face of a bar as it is now, with its words."""
        found = self.look(bar)
        if not found.is_filled:
            self.fill(found)
        return found

    def look(self, bar: Bar) -> Face:
        """Returns the face of a bar that may be too short for words."""
        found = self._made.get(bar[0])
        if found is None or found.bar is not bar:
            if len(self._made) >= _MOST:
                for lid in list(self._made)[: _MOST // 2]:
                    del self._made[lid]
            skin = self._looks.skin(bar.color, is_done=bar.is_done)
            found = self._made[bar[0]] = Face(bar, skin)
        return found

    def fill(self, face: Face) -> None:
        """Lays a face's words out."""
        looks, bar = self._looks, face.bar
        face.is_filled = True
        before, name = self._words(bar)
        face.words = f"{before} {name}" if before else name
        face.is_rtl = is_rtl(name)
        face.text, face.width = face.name, face.name_width = self._laid_out(name)
        if before:
            face.text, face.width = self._laid_out(face.words)
            face.least = face.width - face.name_width + min(face.name_width, _NAME_ROOM)
        if self._shows_members:
            rows = [self._members[lid] for lid in bar.members if lid in self._members]
            face.initials = tuple((initials_of(row), row.color) for row in rows)
        if bar.tags:
            found = (self._tags.get(tag) for tag in bar.tags[:_TAGS])
            names = ((one_line(row.name, _TAG_LIMIT), row.color) for row in found if row)
            face.tags = tuple(
                (words, color, advance(looks.small_metrics, words)) for words, color in names
            )

    def _laid_out(self, words: str) -> tuple[QStaticText, int]:
        text = QStaticText(words)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.prepare(QTransform(), self._looks.font)
        return text, round(text.size().width())

    def _words(self, bar: Bar) -> tuple[str, str]:
        """Returns what stands before a name where there is room, and the name."""
        before = []
        name = one_line(bar.name, _NAME_LIMIT) or "–"
        status = self._statuses.get(bar.status or "")
        if status is not None and is_picture(status.icon, self._looks.metrics):
            before.append(status.icon)
        if bar.start_minute is not None:
            span = self._time(bar.start_minute)
            if bar.end_minute is not None:
                span = f"{span}–{self._time(bar.end_minute)}"
            before.append(f"{_FROM_LEFT}{span}{_SO_FAR}" if is_rtl(name) else span)
        return " ".join(before), f"{name} ↻" if bar.recurs else name


def _telling(statuses: Iterable[StatusRow]) -> dict[str, StatusRow]:
    """Returns the statuses whose picture tells something: each but a project's first.

    Every task begins with the first one; a chart full of its picture says nothing.
    """
    found: dict[str, StatusRow] = {}
    seen: set[str] = set()
    for row in sorted(statuses, key=lambda one: one.position):
        if row.project in seen or row.is_done:
            found[row.lid] = row
        seen.add(row.project)
    return found


def initials_of(member: MemberRow) -> str:
    """Returns one to three letters that stand for a member."""
    own = one_line(member.initials, 3)
    if own:
        return own
    words = one_line(member.name, 60).split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()


def advance(metrics: QFontMetrics, words: str) -> int:
    """Returns how wide words are."""
    return metrics.horizontalAdvance(words)


def is_picture(icon: str, metrics: QFontMetrics) -> bool:
    """Tells whether a status's icon is a sign that can be painted here, not the name of one."""
    if not 0 < len(icon) <= 8 or icon.isascii():
        return False
    return metrics.inFontUcs4(ord(icon[0]))
