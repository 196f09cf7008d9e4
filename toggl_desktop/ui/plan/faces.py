"""Bars in words and marks: prepared when a bar is first seen, so that painting only paints."""

import unicodedata
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QStaticText, QTransform

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.rows import Bar, MemberRow, Plan, PlanTagRow, StatusRow
from toggl_desktop.ui.plan.looks import Looks, Skin

_MOST: Final = 6000
_NAME_LIMIT: Final = 160
_TAG_LIMIT: Final = 24
_TAGS: Final = 3


class Face:
    """What one bar shows."""

    __slots__ = ("bar", "initials", "is_rtl", "skin", "tags", "text", "tip", "width", "words")

    def __init__(self, bar: Bar, skin: Skin, words: str) -> None:
        self.bar = bar
        self.skin = skin
        self.words = words
        self.text = QStaticText()
        self.width = 0
        self.is_rtl = is_rtl(words)
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
        self._statuses = {row.lid: row for row in plan.statuses}
        self._tags = {row.lid: row for row in plan.tags}
        self._shows_members = shows_members
        self._made.clear()

    def face(self, bar: Bar) -> Face:
        """Returns the face of a bar as it is now."""
        found = self._made.get(bar.lid)
        if found is None or found.bar is not bar:
            if len(self._made) >= _MOST:
                for lid in list(self._made)[: _MOST // 2]:
                    del self._made[lid]
            found = self._made[bar.lid] = self._make(bar)
        return found

    def _make(self, bar: Bar) -> Face:
        looks = self._looks
        skin = looks.skin(bar.color, is_done=bar.is_done)
        face = Face(bar, skin, self._words(bar))
        # Left to right by a mark, so that a name in another direction cannot turn what is beside it
        face.text.setTextFormat(Qt.TextFormat.PlainText)
        face.text.setText(face.words)
        face.text.prepare(QTransform(), looks.font)
        face.width = round(face.text.size().width())
        if self._shows_members:
            rows = [self._members[lid] for lid in bar.members if lid in self._members]
            face.initials = tuple((initials_of(row), row.color) for row in rows)
        face.tags = tuple(
            (words, row.color, advance(looks.small_metrics, words))
            for row, words in (
                (row, one_line(row.name, _TAG_LIMIT))
                for row in map(self._tags.get, bar.tags[:_TAGS])
                if row is not None
            )
        )
        return face

    def _words(self, bar: Bar) -> str:
        parts = []
        status = self._statuses.get(bar.status or "")
        if status is not None and is_picture(status.icon, self._looks.metrics):
            parts.append(status.icon)
        if bar.start_minute is not None:
            span = self._time(bar.start_minute)
            if bar.end_minute is not None:
                span = f"{span}–{self._time(bar.end_minute)}"
            parts.append(span)
        parts.append(one_line(bar.name, _NAME_LIMIT) or "–")
        if bar.recurs:
            parts.append("↻")
        return " ".join(parts)


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


def is_rtl(words: str) -> bool:
    """Tells whether words begin in a script that is written from right to left."""
    for letter in words:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def is_picture(icon: str, metrics: QFontMetrics) -> bool:
    """Tells whether a status's icon is a sign that can be painted here, not the name of one."""
    if not 0 < len(icon) <= 8 or icon.isascii():
        return False
    return metrics.inFontUcs4(ord(icon[0]))
