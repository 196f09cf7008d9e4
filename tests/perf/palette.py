"""The palette: opening it, and each key, beside an empty one and SQLite's own part of the work."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.perf.measure import median, percentile, table
from tests.perf.seed import seed
from toggl_desktop.actions.perform import Outcome
from toggl_desktop.domain.settings import Settings
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import suggest
from toggl_desktop.system.clock import SystemClock
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.switcher.palette import Palette
from toggl_desktop.ui.theme.theme import Theme

LINE = "design review @Project 7 #tag3 -10m"
OPENINGS = 20


class _Plain:
    now = Settings()

    def choose(self, name: str, value: object) -> None: ...


def _zone() -> ZoneInfo:
    return ZoneInfo("Europe/Berlin")


def _refuses(_command: Any) -> Outcome:
    return Outcome()


def _cost(work: Callable[[], object]) -> float:
    """Returns milliseconds of CPU: on a busy computer the wall says little."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def _shown(palette: Palette, work: Callable[[], object]) -> float:
    """Returns what something costs, done and painted."""

    def both() -> None:
        work()
        QApplication.sendPostedEvents()
        palette.repaint()

    return _cost(both)


def _row(name: str, values: list[float], budget: str) -> tuple[str, str, str, str]:
    return name, f"{median(values):.1f}", f"{percentile(values, 0.95):.1f}", budget


def _measured(app: QApplication, store: Store, theme: Theme, name: str) -> list[Any]:
    context = Context(store.source, _refuses, SystemClock(), _zone, _Plain(), Bridge(), theme)
    palette = Palette(context)
    first = _shown(palette, palette.open)
    opened, keys = [], []
    for _ in range(OPENINGS):
        palette.hide()
        opened.append(_shown(palette, palette.open))
    for _ in range(5):
        palette.hide()
        palette.open()
        for letter in LINE:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)

            def press(event: QKeyEvent = event) -> None:
                app.sendEvent(palette._edit, event)

            keys.append(_shown(palette, press))
    palette.hide()
    palette.deleteLater()
    return [
        _row(f"{name}: opened for the first time", [first], "100"),
        _row(f"{name}: opened again", opened, "100"),
        _row(f"{name}: one key", keys, "16"),
    ]


def main(entries: int = 50_000, projects: int = 1000) -> None:
    """Prints what a person waits for."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        few = seed(Path(folder) / "few", 1, projects=1)
        many = seed(Path(folder) / "many", entries, projects=projects, running=True)
        with Store(Place(few)) as empty, Store(Place(many)) as full:
            among = f"WHERE deleted = 0 ORDER BY start DESC LIMIT {suggest.AMONG}"
            newest = f"SELECT * FROM time_entry {among}"
            floor = [_cost(lambda: full.source.rows(newest)) for _ in range(20)]
            rows = [
                _row(f"SQLite reads {suggest.AMONG:,} rows (floor)", floor, ""),
                *_measured(app, empty, theme, "1 entry"),
                *_measured(app, full, theme, f"{entries:,} entries, {projects:,} projects"),
            ]
    table("The palette", ("what", "CPU ms median", "p95", "budget ms"), rows)


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:]))
