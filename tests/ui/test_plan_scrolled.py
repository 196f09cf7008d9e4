"""The timeline while it is scrolled: little is painted, and what is seen is right."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import TODAY, PlanDesk, plan_desk
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.rows import DependencyRow

pytestmark = pytest.mark.ui


class Soiler(QObject):
    """Soils what is to be painted before it is: an X server's screen holds anything there."""

    @override
    def eventFilter(self, watched: Any, event: Any) -> bool:
        if event.type() == QEvent.Type.Paint:
            painter = QPainter(watched)
            for rect in event.region():
                painter.fillRect(rect, Qt.GlobalColor.magenta)
            painter.end()
        return False


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    made = plans.large(1200, lanes=25, years=1)
    bars = sorted(made.bars, key=lambda bar: bar.start)
    pairs = zip(bars[::40], bars[25::40], strict=False)
    waiting = [DependencyRow(f"d{n}", a.lid, b.lid) for n, (a, b) in enumerate(pairs)]
    with plan_desk(house, made._replace(dependencies=waiting)) as found:
        yield found


def _seen(desk: PlanDesk) -> QImage:
    desk.hear()
    settle()
    screen = desk.window.screen()
    return (
        screen.grabWindow(desk.window.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    )


def _painted_anew(desk: PlanDesk) -> QImage:
    desk.view.update_all()
    return _seen(desk)


def _sideways(by: int) -> Callable[[Any], None]:
    return lambda view: view.scroll_sideways(by)


def _down(by: int) -> Callable[[Any], None]:
    return lambda view: view.verticalScrollBar().setValue(view.upper + by)


WAYS = {
    "right": [_sideways(16)] * 25,
    "left": [_sideways(-16)] * 25,
    "far right": [_sideways(133)] * 9,
    "far left": [_sideways(-133)] * 9,
    "about": [_sideways(1)] * 9 + [_down(9)] * 9 + [_sideways(-40)] * 9 + [_down(-5)] * 9,
}


def test_what_is_seen_after_scrolling_is_what_a_new_paint_shows(desk: PlanDesk) -> None:
    view = desk.view
    for per_day in (41.0, 20.0, 7.0, 3.0):
        for way, steps in WAYS.items():
            view.show_axis(Axis(per_day), Axis(per_day).x(TODAY) - 300)
            view.verticalScrollBar().setValue(60)
            settle()
            for step in steps:
                step(view)
                QApplication.processEvents()
            assert _seen(desk) == _painted_anew(desk), (per_day, way)


def test_several_movements_before_a_paint_are_one(desk: PlanDesk) -> None:
    for _ in range(6):
        for by in (5, 33, 70):
            desk.view.scroll_sideways(by)
        QApplication.processEvents()
    assert _seen(desk) == _painted_anew(desk)
    for by in (5, -33, 70, -90):
        desk.view.scroll_sideways(by)
    desk.view.verticalScrollBar().setValue(40)
    assert _seen(desk) == _painted_anew(desk)


def test_going_on_the_same_way_paints_seldom(
    desk: PlanDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, painted = desk.view, []
    paint = view.painter.paint

    def counted(painter: Any, clip: Any, scene: Any, **more: Any) -> None:
        painted.append(clip.width)
        paint(painter, clip, scene, **more)

    monkeypatch.setattr(view.painter, "paint", counted)
    for _ in range(30):
        view.scroll_sideways(16)
        settle()
    assert painted[0] == 16, "the first turn of a wheel paints what came in"
    assert len(painted) <= 4, painted


def test_what_is_painted_ahead_is_forgotten_when_it_changes(desk: PlanDesk) -> None:
    view = desk.view
    for _ in range(3):
        view.scroll_sideways(16)
        settle()
    beyond = view.axis.day(view.left + desk.surface.width()) + 1
    rows = [p for p in view.chart.between(view.upper, view.upper + 600) if not p.lane.is_head]
    bars = [bar for p in rows for row in p.lane.packed.rows for bar in row.between(beyond, beyond)]
    view.set_selection([bar.lid for bar in bars])
    assert view.selection
    for _ in range(12):
        view.scroll_sideways(16)
        settle()
    assert _seen(desk) == _painted_anew(desk)


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_all_that_is_asked_for_is_painted(house: House, desk: PlanDesk, shade: str) -> None:
    house.theme.apply(QApplication.instance(), shade)
    view, soiler = desk.view, Soiler()
    view.set_selection([p.lane.bars[0].lid for p in view.chart.between(0, 500) if p.lane.bars])
    for part in (desk.surface, view.side, view.top):
        part.installEventFilter(soiler)
    for per_day in (41.0, 20.0):
        for way, steps in WAYS.items():
            view.show_axis(Axis(per_day), Axis(per_day).x(TODAY) - 300)
            settle()
            for step in steps:
                step(view)
                QApplication.processEvents()
            assert _seen(desk) == _painted_anew(desk), (per_day, way)
        for by in (5, 33, 70, -90, 20):
            view.scroll_sideways(by)
        assert _seen(desk) == _painted_anew(desk), per_day


def test_the_day_under_the_pointer_is_written_as_the_others_are(desk: PlanDesk) -> None:
    view, made = desk.view, []
    area = view.top.painter.pointed_area(view.scene, TODAY).adjusted(-2, 0, 2, 0)
    for size in (7, 20):
        image = QImage(area.size(), QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.translate(-area.topLeft())
        font = painter.font()
        font.setPixelSize(size)
        painter.setFont(font)
        view.top.painter.paint_over(painter, area, view.scene, pointed=TODAY, left=area.left())
        painter.end()
        made.append(image)
    assert made[0] == made[1]
