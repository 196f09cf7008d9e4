"""What is not there yet: bars being dragged or made, their dates, and the rubber band."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from toggl_desktop.domain.plaintext import is_rtl
from toggl_desktop.domain.plan.chart import Box, Chart
from toggl_desktop.ui.plan.looks import Looks, paint_body
from toggl_desktop.ui.plan.scene import DraftBar, Scene
from toggl_desktop.ui.theme.tokens import RADIUS

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | _MIDDLE
_OPACITY: Final = 0.6
_AROUND: Final = 4
_AWAY: Final = 14
_PAD: Final = 8


def box_of(draft: DraftBar, scene: Scene) -> Box | None:
    """Returns where a draft is in the chart; None when its lane is not shown."""
    placed = scene.chart.placed(draft.lane)
    if placed is None:
        return None
    row = draft.row
    if row is None:
        row = placed.lane.packed.free_row(draft.start, draft.end)
        most = max(
            0, (placed.height - 2 * scene.chart.measures.pad) // scene.chart.measures.bar - 1
        )
        row = min(row, most)
    return scene.chart.box_of_days(placed, row, draft.start, draft.end)


def settled(drafts: Sequence[DraftBar], chart: Chart) -> list[DraftBar]:
    """Returns drafts in rows that are free there: their own where it is, none upon another."""
    going = {draft.lid for draft in drafts if not draft.is_copy}
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    found = []
    for draft in drafts:
        row = _free_row(draft, chart, going, taken)
        if row is not None:
            taken.setdefault((draft.lane, row), []).append((draft.start, draft.end))
        found.append(replace(draft, row=row))
    return found


def _free_row(
    draft: DraftBar,
    chart: Chart,
    going: Collection[str | None],
    taken: dict[tuple[str, int], list[tuple[int, int]]],
) -> int | None:
    placed = chart.placed(draft.lane)
    if placed is None:
        return None
    rows = placed.lane.packed.rows if placed.lane.bars else []
    measures = chart.measures
    count = (placed.height - 2 * measures.pad + measures.gap) // (measures.bar + measures.gap)
    wanted = list(range(count))
    if draft.row is not None and draft.row < count:
        wanted.insert(0, draft.row)
    for row in wanted:
        there = rows[row].between(draft.start, draft.end) if row < len(rows) else ()
        others = taken.get((draft.lane, row), ())
        if all(bar.lid in going for bar in there) and not any(
            low <= draft.end and high >= draft.start for low, high in others
        ):
            return row
    return None


def area_of(drafts: list[DraftBar], scene: Scene) -> list[QRect]:
    """Returns the parts of the chart that drafts are painted on."""
    around = (-_AROUND, -_AROUND, _AROUND, _AROUND)
    boxes = (box_of(draft, scene) for draft in drafts)
    return [QRect(*box).adjusted(*around) for box in boxes if box is not None]


def label_area(words: str, pointer: QPoint, looks: Looks, room: QRect) -> QRect:
    """Returns where the new dates are written: beside the pointer, always inside `room`."""
    width = looks.metrics.horizontalAdvance(words) + 2 * _PAD
    height = looks.metrics.height() + 8
    x, y = pointer.x() + _AWAY, pointer.y() + _AWAY
    if x + width > room.right():
        x = pointer.x() - _AWAY - width
    if y + height > room.bottom():
        y = pointer.y() - _AWAY - height
    x = min(max(x, room.left()), max(room.left(), room.right() - width))
    return QRect(x, max(y, room.top()), width, height)


def paint_drafts(painter: QPainter, scene: Scene) -> None:
    """Paints the ghosts; `painter` counts as the chart does."""
    looks = scene.looks
    for draft in scene.drafts:
        box = box_of(draft, scene)
        if box is None:
            continue
        skin = looks.skin(draft.color)
        rect = QRectF(*box)
        painter.save()
        painter.setOpacity(_OPACITY)
        paint_body(painter, rect, skin, 1.0)
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(looks.accent, 2))
        painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), RADIUS.bar + 1, RADIUS.bar + 1)
        if box.width > 24 and draft.name:
            painter.setPen(skin.text)
            painter.setFont(looks.font)
            painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
            side = _RIGHT if is_rtl(draft.name) and _is_cut(painter, draft.name, rect) else _LEFT
            painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), side, draft.name)
        painter.restore()


def _is_cut(painter: QPainter, words: str, rect: QRectF) -> bool:
    return painter.fontMetrics().horizontalAdvance(words) > rect.width() - 2 * _PAD


def paint_label(painter: QPainter, words: str, area: QRect, looks: Looks) -> None:
    """Paints the new dates; `painter` counts as the view does."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(looks.text)
    painter.drawRoundedRect(area, RADIUS.control, RADIUS.control)
    painter.setPen(looks.surface)
    painter.setFont(looks.font)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def paint_band(painter: QPainter, band: QRect, looks: Looks) -> None:
    """Paints the rubber band; `painter` counts as the chart does."""
    inside = QColor(looks.accent)
    inside.setAlphaF(0.12)
    painter.setPen(QPen(looks.accent, 1))
    painter.setBrush(inside)
    painter.drawRect(band.adjusted(0, 0, -1, -1))
