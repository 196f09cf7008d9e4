"""Every state of the timer window as a picture: to be looked at, not compared.

`python -m tests.looks DIR` writes light and dark, 100 % and 200 %, narrow and wide, right to left,
with 0, 3 and 50,000 entries, with HTML in every name and the longest project name.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from tests.perf.seed import seed
from tests.perf.window import Now, context
from toggl_desktop.domain.commands import AddClient, AddEntry, AddProject, AddTag, StartTimer
from toggl_desktop.domain.limits import NAME_CHARACTERS
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.timer.window import TimerWindow

HTML = "<h1>Big</h1> <img src=file:///etc/passwd> <a href='x'>link</a> &lt;b&gt; R&D"
LOOKS = (
    *((theme, "none", 460, "") for theme in ("light", "dark")),
    *((theme, "three", width, "") for theme in ("light", "dark") for width in (360, 460, 1000)),
    *((theme, "odd", width, way) for theme, way in (("light", ""), ("dark", "rtl"))
      for width in (460, 1000)),
    *((theme, "many", width, "") for theme in ("light", "dark") for width in (460, 760)),
)  # fmt: skip


def main(folder: Path, many: int = 50_000) -> None:
    """Takes all pictures, each scale in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        seed(Path(name) / "many", many, running=True)
        for theme, kind, width, way in LOOKS:
            for scale in ("1", "2"):
                command = [sys.executable, "-m", "tests.looks", str(folder), name]
                subprocess.run(
                    [*command, theme, kind, str(width), way],
                    env=os.environ | {"QT_SCALE_FACTOR": scale},
                    check=True,
                )


def one(folder: Path, stores: Path, theme_name: str, kind: str, width: int, way: str) -> None:
    """Takes the pictures of one look."""
    app = QApplication([])
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    theme = Theme()
    theme.apply(app, theme_name)
    if way:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    clock = Now()
    place = stores / kind if kind == "many" else Path(tempfile.mkdtemp(dir=stores))
    with Store(Place(place)) as store:
        given = context(store, theme, clock)
        if kind in ("three", "odd"):
            (_three if kind == "three" else _odd)(given, clock.at // 60 * 60)
        window = TimerWindow(given)
        window.resize(width, 640)
        window.show()
        scale = round(window.devicePixelRatio() * 100)
        name = "-".join(filter(None, (theme_name, kind, str(width), way, str(scale))))
        _walk(app, window, kind, folder / name)
        window.hide()


def _walk(app: QApplication, window: TimerWindow, kind: str, path: Path) -> None:
    def shot(what: str) -> None:
        app.processEvents()
        window.grab().save(f"{path}-{what}.png")

    shot("plain")
    entries = window.entries
    if kind == "many":
        _search(window, "design review")
        shot("search")
        entries.view.setFocus()
        entries.view.selectAll()
        shot("selected")
        entries.menu.edit.trigger()
        shot("bulk")
        if entries.bulk is not None:
            entries.bulk.drop()
        _search(window, "zebra")
        shot("nothing")
    elif kind != "none":
        entries.view.select_first()
        entries.menu.edit.trigger()
        shot("edit")
        if entries.editor is not None:
            entries.editor.drop()
        window.running.clock.click()
        shot("start")
        window.running.details.close_field()


def _search(window: TimerWindow, text: str) -> None:
    window.entries.open_search()
    window.entries.search.field.setText(text)
    window.entries.search.typed.emit()


def _made(given: Context, command: object, kind: str) -> str:
    outcome = given.perform(command)
    assert outcome.changes is not None, outcome.error
    (lid,) = outcome.changes.ids(kind)  # type: ignore[arg-type]
    return str(lid)


def _three(given: Context, now: int) -> None:
    site = _made(given, AddProject("Website", color="#0b83d9"), "project")
    for i, text in enumerate(("Wireframes", "Stand-up", "Review of the checkout")):
        start = now - 9000 + i * 3000
        given.perform(AddEntry(start, start + 1800 + i * 500, text, site))  # type: ignore[arg-type]


def _odd(given: Context, now: int) -> None:
    client = _made(given, AddClient("A <i>client</i> & company with a long name"), "client")
    long = ("Longest project name " * 40)[: NAME_CHARACTERS - 4].strip() + " end"
    first = _made(given, AddProject(long, client, "#e36a00"), "project")  # type: ignore[arg-type]
    second = _made(given, AddProject("مشروع الموقع", color="#0b83d9"), "project")
    tags = [_made(given, AddTag(name), "tag") for name in ("<b>tag</b>", "عاجل")]
    for start, text, project, tag in (
        (now - 9000, HTML, first, tags[0]),
        (now - 7000, "مراجعة تصميم الصفحة الرئيسية design", second, tags[1]),
        (now - 6400, "", None, tags[1]),
    ):
        given.perform(AddEntry(start, start + 1700, text, project, None, (tag,)))  # type: ignore[arg-type]
    given.perform(StartTimer("<b>running</b> & بدء", second, None, (tags[1],)))  # type: ignore[arg-type]


if __name__ == "__main__":
    os.umask(0o077)
    target, *look = sys.argv[1:]
    if look:
        one(Path(target), Path(look[0]), look[1], look[2], int(look[3]), look[4])
    else:
        main(Path(target))
