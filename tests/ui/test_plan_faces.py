"""Bars in words: what stands before a name, and what a short bar leaves out."""

from typing import Any

import pytest

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

    def drawStaticText(self, _x: int, _y: int, text: Any) -> None:  # noqa: N802 - Qt's name
        self.texts.append(text.text())

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
