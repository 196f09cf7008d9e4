"""Two fingers on a touchpad: they scroll as far as they go, and pinch around where they are."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import PlanDesk, plan_desk

pytestmark = pytest.mark.ui
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
ZOOM = Qt.NativeGestureType.ZoomNativeGesture


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    people = [plans.member(f"m{n}") for n in range(40)]
    with plan_desk(house, plans.plan((), members=people)) as made:
        yield made


def pinch(
    on: QWidget, value: float, at: QPointF, kind: Qt.NativeGestureType = ZOOM
) -> QNativeGestureEvent:
    place = QPointF(on.mapToGlobal(at.toPoint()))
    event = QNativeGestureEvent(
        kind, QPointingDevice.primaryPointingDevice(), 2, at, at, place, value, QPointF()
    )
    QApplication.sendEvent(on, event)
    settle()
    return event


def slide(
    desk: PlanDesk,
    way: QPoint,
    held: Qt.KeyboardModifier = NONE,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.ScrollUpdate,
) -> None:
    at = QPointF(300, 200)
    event = QWheelEvent(
        at, QPointF(desk.surface.mapToGlobal(at.toPoint())), way, way * 2,
        Qt.MouseButton.NoButton, held, phase, False,
    )  # fmt: skip
    QApplication.sendEvent(desk.surface, event)
    settle()


def place_of(desk: PlanDesk, x: float) -> float:
    """Which moment is at a place, in days."""
    return (desk.view.left + x) / desk.view.axis.per_day


@pytest.mark.parametrize("x", [0.0, 333.0, 900.0])
def test_a_pinch_zooms_around_the_fingers(desk: PlanDesk, x: float) -> None:
    before, scale = place_of(desk, x), desk.view.axis.per_day
    for value in (0.04, 0.11, 0.08, -0.02):
        assert pinch(desk.surface, value, QPointF(x, 150)).isAccepted()
    wanted = scale * 1.04 * 1.11 * 1.08 * 0.98
    assert desk.view.axis.per_day == pytest.approx(wanted)
    assert place_of(desk, x) == pytest.approx(before, abs=3 / wanted)


def test_a_leap_of_the_touchpad_is_no_leap_of_the_chart(desk: PlanDesk) -> None:
    scale = desk.view.axis.per_day
    pinch(desk.surface, -3.0, QPointF(10, 10))
    assert desk.view.axis.per_day == pytest.approx(scale / 2)
    pinch(desk.surface, 40.0, QPointF(10, 10))
    assert desk.view.axis.per_day == pytest.approx(scale)


def test_other_gestures_are_left_alone(desk: PlanDesk) -> None:
    scale = desk.view.axis.per_day
    pinch(desk.surface, 0.5, QPointF(10, 10), Qt.NativeGestureType.RotateNativeGesture)
    pinch(desk.view.top, 0.5, QPointF(10, 10), Qt.NativeGestureType.BeginNativeGesture)
    assert desk.view.axis.per_day == scale


def test_a_pinch_over_the_header_or_the_names_counts_too(desk: PlanDesk) -> None:
    x = 400.0
    before = place_of(desk, x)
    pinch(desk.view.top, 0.2, QPointF(x, 10))
    assert place_of(desk, x) == pytest.approx(before, abs=0.1)
    scale, edge = desk.view.axis.per_day, place_of(desk, 0)
    pinch(desk.view.side, 0.2, QPointF(20, 200))
    assert desk.view.axis.per_day == pytest.approx(scale * 1.2)
    assert place_of(desk, 0) == pytest.approx(edge, abs=0.1), "the edge next to the names"


def test_two_fingers_scroll_pixel_by_pixel_both_ways(desk: PlanDesk) -> None:
    left, upper = desk.view.left, desk.view.upper
    slide(desk, QPoint(-7, -5))
    assert (desk.view.left - left, desk.view.upper - upper) == (7, 5)
    slide(desk, QPoint(1, -12))
    assert (desk.view.left - left, desk.view.upper - upper) == (7, 17), "nearly straight down"
    slide(desk, QPoint(-12, 1))
    assert (desk.view.left - left, desk.view.upper - upper) == (19, 17)
    slide(desk, QPoint(0, 17))
    slide(desk, QPoint(0, -9), Qt.KeyboardModifier.ShiftModifier)
    assert (desk.view.left - left, desk.view.upper - upper) == (28, 0)


def test_what_rolls_out_does_not_zoom_when_ctrl_goes_down(desk: PlanDesk) -> None:
    scale, upper = desk.view.axis.per_day, desk.view.upper
    slide(desk, QPoint(0, -30), CTRL, Qt.ScrollPhase.ScrollMomentum)
    assert desk.view.axis.per_day == scale
    assert desk.view.upper == upper + 30
    slide(desk, QPoint(0, 30), CTRL)
    assert desk.view.axis.per_day == pytest.approx(scale * 1.2**0.5)
