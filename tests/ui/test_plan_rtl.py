"""A timeline in a program that runs from right to left: words turn, time and numbers do not."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.ui import plan_hands
from tests.ui.conftest import settle
from tests.ui.plan_desk import plan_desk
from tests.ui.plan_hands import Sown

pytestmark = pytest.mark.ui


@pytest.fixture
def turned(qapp):
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def ink(picture, low: int, high: int, top: int, bottom: int) -> list[int]:
    """Where between two places something is painted that is no ground."""
    ground = picture.pixelColor(low, top)
    return [
        x
        for x in range(low, high)
        if any(
            abs(QColor(picture.pixelColor(x, y)).lightness() - ground.lightness()) > 60
            for y in range(top, bottom)
        )
    ]


def test_the_column_of_names_reads_as_it_does_elsewhere(house, turned):
    sown = Sown(house)
    sown.add("One", 0, 0, members=(sown.ann,), estimate_minutes=300)
    with plan_desk(house, None) as desk:
        side, bar = desk.view.side, desk.window.bar
        assert bar.back.x() < bar.on.x(), "earlier is left, as on the chart"
        row = desk.view.placed_rect(f"member:{sown.ann}")
        top = row.top() + side.head
        turned_picture = side.grab().toImage()
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        settle()
        other = side.grab().toImage()
        area = (44, side.width() - 4, top + 4, top + 28)
        assert ink(turned_picture, *area) == ink(other, *area)
        assert ink(other, *area), "there are words"


def test_what_rides_beside_the_pointer_is_not_turned_around(house, turned):
    sown = Sown(house)
    lid = sown.add("One", 0, 2, members=(sown.ann,))
    with plan_hands.plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        desk.press(grip)
        desk.move_to(grip + QPoint(90, 0))
        assert desk.scene.draft_words
        pictures = []
        for way in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
            QApplication.setLayoutDirection(way)
            settle()
            pictures.append(desk.surface.grab(desk.view._label).toImage())
        assert pictures[0] == pictures[1]
        desk.key(plan_hands.KEY.Key_Escape)
