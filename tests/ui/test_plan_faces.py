"""Bars in words: what stands before a name, and what a short bar leaves out."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.support import plans
from tests.ui.conftest import House
from toggl_desktop.domain.plan.rows import StatusRow
from toggl_desktop.ui.plan.delegate import BarPainter
from toggl_desktop.ui.plan.faces import Face, Faces
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.theme.tokens import LIGHT

pytestmark = pytest.mark.ui


class Painted:
    """Takes down which words are painted."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.places: list[int] = []

    def drawStaticText(self, x: int, _y: int, text: Any) -> None:  # noqa: N802 - Qt's name
        self.texts.append(text.text())
        self.places.append(x)

    def __getattr__(self, _name: str) -> Any:
        return _nothing


def _nothing(*_arguments: object) -> None:
    pass


def face_of(status: str, **more: Any) -> Face:
    plan = plans.small()
    rows = [
        StatusRow("doing", "Doing", "web", 1, "🚧", False, False),
        StatusRow("todo", "To-do", "web", 0, "🚩", False, False),
        StatusRow("done", "Done", "web", 2, "✅", True, False),
    ]
    faces = Faces(Looks(LIGHT), lambda minute: f"{minute // 60}:00")
    faces.show_names(plan._replace(statuses=rows), shows_members=False)
    bar = plan.bars[0]._replace(name="Wireframes", status=status, recurs=False, tags=())
    return faces.face(bar._replace(**more))


@pytest.fixture(autouse=True)
def has_pictures(monkeypatch: pytest.MonkeyPatch, house: House) -> None:
    """Whatever fonts there are here, the pictures can be painted."""
    monkeypatch.setattr("toggl_desktop.ui.plan.faces.is_picture", lambda icon, _: bool(icon))


def test_a_status_stands_before_a_name_only_where_it_tells_something() -> None:
    assert face_of("todo", start_minute=None).words == "Wireframes"
    assert face_of("doing", start_minute=None).words == "🚧 Wireframes"
    assert face_of("done", start_minute=None).words == "✅ Wireframes"


def test_a_short_bar_gives_its_room_to_the_name() -> None:
    face = face_of("doing", start_minute=540, end_minute=600)
    painter, bars = Painted(), BarPainter(Looks(LIGHT))
    for width in (40, face.least, face.least + 20):
        bars.paint(painter, (0, 0, width, 22), face, 0)  # type: ignore[arg-type]
    assert painter.texts == ["Wireframes", "Wireframes", "🚧 9:00–10:00 Wireframes"]


def test_words_from_right_to_left_are_in_sight_where_the_bar_runs_out_of_it() -> None:
    face = face_of("todo", name="בדיקות עם משתמשים", start_minute=540, end_minute=600)
    assert face.is_rtl
    assert face.words == "\u20669:00–10:00\u2069 בדיקות עם משתמשים", "time goes on to the right"
    painter, bars = Painted(), BarPainter(Looks(LIGHT))
    bars.paint(painter, (100, 0, 4000, 22), face, 300)  # type: ignore[arg-type]
    assert 300 < painter.places[0] < 320, "at the left edge of the view, as all words are"
    bars.paint(painter, (100, 0, 60, 22), face, 0)  # type: ignore[arg-type]
    width = face.name_width
    assert painter.places[1] + width < 160, "cut: it begins at the right, inside the bar"
    assert painter.places[1] < 100, "and what is left over is cut at its other end"
    tagged = face_of("todo", name="בדיקות", start_minute=None, tags=("ux",))
    tagged.tags = (("ux", "#ffffff", 12),)
    bars.paint(painter, (0, 0, 300, 22), tagged, 0)  # type: ignore[arg-type]
    assert painter.places[2] < 20, "away from its tags"


def test_the_pieces_of_a_bar_meet_at_every_scale(qapp: QApplication) -> None:
    for scale in (1.25, 1.5, 1.75):
        looks = Looks(LIGHT, None, scale)
        skin = looks.skin("#d01234")
        bars = BarPainter(looks)
        for x, width in ((x, width) for x in range(4) for width in (20, 37, 53, 300, 611)):
            image = QImage(QSize(640, 40) * scale, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(scale)
            image.fill(0)
            painter = QPainter(image)
            bars._paint_bodies(painter, [(x, 2, width, SimpleNamespace(skin=skin))])
            painter.end()
            row = round(14 * scale)
            inside = range(round((x + 4) * scale), round((x + width - 4) * scale))
            assert {image.pixelColor(at, row).name() for at in inside} == {"#d01234"}
