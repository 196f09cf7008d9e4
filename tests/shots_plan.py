"""Makes the pictures of docs/plan.md from the real Plan window, painted without a screen.

`python -m tests.shots_plan` writes docs/pictures/plan-*.png, with a folder's name it writes there.
Each theme and scale is a process of its own, because Qt takes its scale at the start.
"""

import os
import subprocess
import sys
import tempfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SIZE = (1280, 720)
_COLOURS = "160"
"""Few are needed for flat surfaces; they halve a picture's bytes."""


def main(folder: Path) -> None:
    """Takes all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for theme, scale in (("light", "1"), ("dark", "1"), ("light", "2")):
            env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
            command = [sys.executable, "-m", "tests.shots_plan", "--take", theme, scale, str(work)]
            subprocess.run(command, check=True, cwd=ROOT, env=env)
        _fit(work, folder)


def _convert(*arguments: object) -> None:
    subprocess.run(["convert", *map(str, arguments)], check=True)


def _fit(work: Path, folder: Path) -> None:
    """Puts light above dark where both tell something, and makes the files small."""
    small = ("+dither", "-colors", _COLOURS, "-strip", "-define", "png:compression-level=9")
    for picture in sorted(work.glob("*-light.png")):
        name = picture.name.removesuffix("-light.png")
        dark = work / f"{name}-dark.png"
        both = (picture, dark, "-append") if dark.exists() else (picture,)
        _convert(*both, *small, folder / f"plan-{name}.png")
    for picture in work.glob("*-200.png"):
        _convert(picture, *small, folder / f"plan-{picture.name}")


# One process ----------------------------------------------------------------------------------


def take(theme: str, scale: str, folder: Path) -> None:
    """Takes the pictures of one theme at one scale."""
    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QApplication

    from tests.support import studio
    from toggl_desktop.ui.theme.theme import Theme

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = QApplication([])
    colours = Theme()
    colours.apply(app, theme)
    with tempfile.TemporaryDirectory() as name:
        house, window = _window(Path(name), colours, studio.TODAY)
        with house.store.transaction("Load", house.clock.at) as tx:
            tx.save(*studio.entities())
        camera = _Camera(window, folder, f"{theme}.png" if scale == "1" else "200.png")
        _pictures(camera, studio.TODAY, is_whole=scale == "1", is_light=theme == "light")
        window.hide()
        house.store.close()
    if scale == "1" and theme == "light":
        _many(folder, colours)


class _Camera:
    """Takes pictures of one window."""

    def __init__(self, window: Any, folder: Path, suffix: str) -> None:
        self.window, self.view = window, window.timeline.view
        self._folder, self._suffix = folder, suffix
        window.resize(*SIZE)
        window.show()
        self.view.setFocus()
        self.settle()

    def settle(self) -> None:
        from tests.ui.conftest import settle

        for _ in range(3):
            settle()

    def take(self, name: str) -> None:
        self.settle()
        self.window.grab().save(str(self._folder / f"{name}-{self._suffix}"))


def _window(folder: Path, theme: Any, today: int) -> tuple[Any, Any]:
    from datetime import date

    from tests.ui.conftest import BERLIN, House, MemoryPreferences, StillClock
    from toggl_desktop.domain.instants import instant
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.place import Place
    from toggl_desktop.ui.bridge import Bridge
    from toggl_desktop.ui.plan.window import PlanWindow

    store, bridge = Store(Place(folder / "data")), Bridge()
    store.feed.subscribe(bridge.take)
    now = datetime.combine(date.fromordinal(today), time(14, 2), tzinfo=BERLIN)
    house = House(store, StillClock(instant(now)), bridge, MemoryPreferences(bridge), theme)
    return house, PlanWindow(house.context)


def _pictures(camera: _Camera, today: int, *, is_whole: bool, is_light: bool) -> None:
    from toggl_desktop.ui.plan.model import Shown

    window, view = camera.window, camera.view
    view.show_scale("month")
    view.show_day(today, 1 / 4)
    camera.take("team")
    if not is_whole:
        return
    _drag(camera)
    window.show_timeline(Shown("project", "web"))
    view.show_scale("month")
    view.show_day(today, 1 / 3)
    camera.take("project")
    window.show_board()
    camera.take("board")
    if not is_light:
        return
    window.show_timeline(Shown("team"))
    for scale, place in (("week", 1 / 3), ("quarter", 1 / 3), ("year", 1 / 2)):
        view.show_scale(scale)
        view.show_day(today, place)
        camera.take(scale)


def _drag(camera: _Camera) -> None:
    """Takes a bar by the hand, carries it to another lane and lets the camera see it."""
    from PySide6.QtCore import QEvent, QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    view = camera.view
    surface, start = view.viewport(), view.rect_of("t09").center()
    target = QPoint(
        view.x_of(view.day_at(start) + 3), view.rect_of("t12", "member:pri@g1").center().y()
    )
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(surface, left, none, start)
    for step in range(1, 11):
        QTest.mouseMove(surface, start + (target - start) * step / 10)
        camera.settle()
    camera.take("drag")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(surface, left, none, target)
    view.set_selection(())
    view.set_focus_bar(None)
    QApplication.sendEvent(surface, QEvent(QEvent.Type.Leave))
    camera.settle()


def _many(folder: Path, theme: Any) -> None:
    """Ten thousand tasks of two hundred people over five years."""
    from tests.support import plans

    with tempfile.TemporaryDirectory() as name:
        house, window = _window(Path(name), theme, plans.TODAY)
        plans.keep(house.store, plans.large(10_000), house.clock.at)
        camera = _Camera(window, folder, "light.png")
        camera.view.show_scale("quarter")
        camera.view.show_day(plans.TODAY, 1 / 3)
        camera.take("10000")
        window.hide()
        house.store.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
