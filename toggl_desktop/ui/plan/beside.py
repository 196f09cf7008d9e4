"""Names beside bars that are too short for them, where there is room before the next one.

Found before the bars are painted, so that these leave their words out; a row is looked at from the
bar before the part that is painted, whose name may reach into it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container
from typing import Final, NamedTuple

from PySide6.QtGui import QPainter

from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.packing import Row
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.faces import Face
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.scene import Scene

_NAME: Final = Bar._fields.index("name")
_SHORT: Final = 66
"""A longer bar shows enough of its name."""
_LEAST_ROOM: Final = 36
_MOST_NAME: Final = 320
_THINNEST: Final = 4
"""A letter is at least about so wide: most names that are too long are not laid out for it."""
_AWAY: Final = 5
_INSIDE: Final = 14
"""What a bar takes from its words at both ends."""
_FROM: Final = 8.0
"""Where a day is narrower than this, names beside bars would be most of what is seen."""
_MOST_KNOWN: Final = 8000


class Beside(NamedTuple):
    """A name, and where it goes: from `x` to `until`, at the height of a row."""

    x: int
    y: int
    face: Face
    until: int


class _Look(NamedTuple):
    """What is looked for, in days: between which, how long a bar may be, how much must be free."""

    low: int
    high: int
    longest: float
    gap: float


class BesidePainter:
    """Finds and paints the names beside bars.

    Attributes:
        known: The bars (an id, a height) whose name is beside them, as they were painted last.
    """

    def __init__(self) -> None:
        self._known: set[tuple[str, int]] = set()

    @property
    def known(self) -> Container[tuple[str, int]]:
        """The bars whose name is beside them: an id, and the height they are at."""
        return self._known

    def find(self, clip: Box, scene: Scene) -> list[Beside]:
        """Returns the names that reach into a part of the chart."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        if scene.axis.per_day < _FROM:
            self._known.clear()
            return []
        measures, bottom, axis = scene.chart.measures, clip.y + clip.height, scene.axis
        look = _Look(
            axis.day(clip.x) - 1,
            axis.day(clip.x + clip.width) + 1,
            _SHORT / axis.per_day * (7 / (7 - len(axis.hidden))),
            _LEAST_ROOM / axis.per_day,
        )
        found: list[Beside] = []
        for placed in scene.chart.between(clip.y, bottom):
            if placed.lane.is_head or not placed.lane.bars:
                continue
            for number, row in enumerate(placed.lane.packed.rows):
                y = placed.top + measures.row(number)
                if y >= bottom:
                    break
                if y + measures.bar > clip.y and row.bars:
                    self._look_at(row, y, look, scene, found)
        return [one for one in found if one.x < clip.x + clip.width and one.until > clip.x]

    def _look_at(self, row: Row, y: int, look: "_Look", scene: Scene, found: list[Beside]) -> None:
        known, bars, starts, ends = self._known, row.bars, row.starts, row.ends
        first, count = max(0, bisect_left(ends, look.low) - 1), len(starts)
        for place in range(first, bisect_right(starts, look.high)):
            start, end = starts[place], ends[place]
            after = starts[place + 1] if place + 1 < count else None
            one = None
            if end - start < look.longest and (after is None or after - end - 1 >= look.gap):
                one = self._beside(bars[place], (start, end, after), y, scene)
            if one is None:
                known.discard((bars[place][0], y))
            else:
                known.add((bars[place][0], y))
                found.append(one)

    def _beside(
        self, bar: Bar, days: tuple[int, int, int | None], y: int, scene: Scene
    ) -> Beside | None:
        """Returns where the name of a bar goes that is too short for it, and has room beside."""
        axis, (start, end, after) = scene.axis, days
        right = axis.x(end + 1)
        width, room = right - axis.x(start), _MOST_NAME
        if after is not None:
            room = min(room, axis.x(after) - right - 2 * _AWAY)
        if width >= _SHORT or len(bar[_NAME]) * _THINNEST > room:  # type: ignore[arg-type]
            return None
        face = scene.faces.face(bar)
        if not width - _INSIDE < face.name_width <= room:
            return None
        return Beside(right + _AWAY, y, face, right + _AWAY + face.name_width)

    def paint(self, painter: QPainter, found: list[Beside], looks: Looks) -> None:
        """Paints names; `painter` counts as the chart does and has the looks' font."""
        top = (looks.measures.bar - looks.metrics.height()) // 2
        for is_done in (False, True):
            painter.setPen(looks.second if is_done else looks.text)
            for x, y, face, _ in found:
                if face.bar.is_done == is_done and face.name is not None:
                    painter.drawStaticText(x, y + top, face.name)
