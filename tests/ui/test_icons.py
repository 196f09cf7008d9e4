import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton

from toggl_desktop.ui.theme import assets
from toggl_desktop.ui.theme.look import palette
from toggl_desktop.ui.theme.tokens import DARK, LIGHT

pytestmark = pytest.mark.ui

ROOT = Path(assets.__file__).parents[3]
# fmt: off
WANTED = {
    "start", "stop", "continue", "switch", "edit", "split", "merge", "duplicate", "trash",
    "undo", "redo", "search", "tag", "billable", "project", "dot", "client", "task", "clock",
    "calendar", "plan", "settings", "quit", "more", "close", "check", "warning", "offline",
    "sync", "keyboard", "plus", "chevron-down", "chevron-right", "chevron-left", "star",
    "star-filled", "export", "import", "gap", "overlap",
}
# fmt: on
NAMES = sorted(path.stem for path in (ROOT / "resources" / "icons").glob("*.svg"))


@pytest.fixture
def looks(qapp):
    """Puts the application's palette into a look, and back afterwards."""
    before = qapp.palette()

    class Looks:
        def use(self, tokens):
            qapp.setPalette(palette(tokens))

    yield Looks()
    qapp.setPalette(before)


def _inks(pixmap):
    image = pixmap.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def _coverage(pixmap):
    image = pixmap.toImage()
    alphas = [
        image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
    ]
    return sum(alphas) / 255 / len(alphas)


def test_every_icon_the_design_asks_for_is_drawn(qapp):
    assert set(assets.icon_names()) >= WANTED


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_of_the_one_hand(name):
    text = (ROOT / "resources" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == "0 0 20 20"
    assert root.get("stroke-width") == "1.5"
    assert (root.get("stroke-linecap"), root.get("stroke-linejoin")) == ("round", "round")
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text))
    assert colours <= {"none", "currentColor"}


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_neither_empty_nor_a_blot_and_stays_inside(qapp, name):
    drawn = assets.pixmap(name, 20, 1.0, "#000000")
    assert 0.03 < _coverage(drawn) < 0.6
    image = drawn.toImage()
    edge = [image.pixelColor(i, j).alpha() for i in range(20) for j in (0, 19)]
    edge += [image.pixelColor(j, i).alpha() for i in range(20) for j in (0, 19)]
    assert max(edge) < 200


def test_an_icon_follows_the_theme_without_being_set_again(looks, qtbot):
    looks.use(LIGHT)
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(assets.icon("stop"))
    assert LIGHT.text in _inks(button.icon().pixmap(16))
    looks.use(DARK)
    assert DARK.text in _inks(button.icon().pixmap(16))


def test_a_tone_is_a_token_or_a_colour(looks):
    looks.use(DARK)
    assert _inks(assets.icon("stop", "running").pixmap(16)) == {DARK.running}
    assert _inks(assets.icon("stop", "#06A893").pixmap(16)) == {"#06a893"}


def test_a_disabled_icon_is_of_the_disabled_colour(looks):
    looks.use(LIGHT)
    assert _inks(assets.icon("stop", "running").pixmap(16, QIcon.Mode.Disabled)) == {LIGHT.disabled}


@pytest.mark.parametrize("size", [16, 20, 24, 32, 48, 64])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_at_exactly_the_pixels_it_is_shown_at(qapp, size, scale):
    drawn = assets.icon("clock").pixmap(QSize(size, size), scale)
    assert drawn.devicePixelRatio() == scale
    assert drawn.size() == QSize(round(size * scale), round(size * scale))


def test_an_icon_at_200_percent_has_finer_edges_than_a_stretched_one(qapp):
    sharp = assets.icon("close").pixmap(QSize(16, 16), 2.0).toImage()
    small = assets.icon("close").pixmap(QSize(16, 16), 1.0).toImage()
    blurred = small.scaled(32, 32, mode=Qt.TransformationMode.SmoothTransformation)

    def grey(image):
        alphas = [image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)]
        return sum(0 < alpha < 255 for alpha in alphas)

    assert grey(sharp) < grey(blurred) * 0.7


def test_an_icon_painted_into_a_rectangle_stands_in_its_middle(qapp):
    canvas = QPixmap(60, 20)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    assets.icon("dot").paint(painter, 0, 0, 60, 20)
    painter.end()
    image = canvas.toImage()
    inked = [x for x in range(60) if image.pixelColor(x, 10).alpha() > 128]
    assert min(inked) + max(inked) == 59


def test_an_unknown_icon_is_a_mistake_found_at_once(qapp):
    with pytest.raises(FileNotFoundError):
        assets.icon("no-such-drawing")


def test_thousands_of_copies_survive_a_separate_process():
    program = """
import gc
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from toggl_desktop.ui.theme.assets import icon, icon_names
app = QApplication([])
for _ in range(30):
    for name in icon_names():
        copy = QIcon(icon(name))
        copy.setIsMask(True)
        button = QPushButton()
        button.setIcon(copy)
        button.grab()
        menu = QMenu()
        menu.addAction(QIcon(copy), name)
        menu.grab()
    gc.collect()
print("alive", copy.pixmap(QSize(16, 16), 2.0).width())
"""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=100,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "alive 32"), ran.stderr


@pytest.mark.parametrize(
    "where",
    ["prefix/toggl_desktop/resources", "prefix/resources", "prefix/share/toggl-desktop"],
)
def test_pictures_are_found_inside_beside_and_under_the_prefix_of_the_package(tmp_path, where):
    package = tmp_path / "prefix" / "toggl_desktop"
    if where.endswith("share/toggl-desktop"):
        package = tmp_path / "prefix" / "lib" / "python3" / "site-packages" / "toggl_desktop"
    package.mkdir(parents=True)
    (tmp_path / where / "icons").mkdir(parents=True)
    assert assets.find_root(package) == tmp_path / where


def test_an_incomplete_installation_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="installed completely"):
        assets.find_root(tmp_path / "lib" / "toggl_desktop")


def test_a_given_root_is_the_only_one_asked(qapp, tmp_path):
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "own.svg").write_text("<svg/>")
    before = assets.resource()
    try:
        assets.set_root(tmp_path)
        assert assets.icon_names() == ("own",)
        assert assets.resource("icons", "own.svg") == tmp_path / "icons" / "own.svg"
    finally:
        assets.set_root(before)


def test_derived_pictures_are_what_the_drawing_script_writes():
    ran = subprocess.run(
        [sys.executable, str(ROOT / "resources" / "draw.py"), "--check"],
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("size", [16, 22, 24, 32, 48, 64, 128, 256])
def test_the_programs_icon_has_every_theme_size(qapp, size):
    path = ROOT / "resources" / "hicolor" / f"{size}x{size}" / "apps" / "toggl-desktop.png"
    drawn = QPixmap(str(path))
    assert drawn.size() == QSize(size, size)
    assert _coverage(drawn) > 0.7
