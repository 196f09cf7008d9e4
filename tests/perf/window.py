"""The timer window with 50,000 entries: frames of the list, search, and what one tick costs."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.perf.measure import median, percentile, table
from tests.perf.seed import seed
from toggl_desktop.actions.perform import perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.instants import Instant
from toggl_desktop.domain.settings import Settings
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import entries
from toggl_desktop.store.read.entries import Wanted
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.timer.window import TimerWindow

BERLIN = ZoneInfo("Europe/Berlin")
TIMES = 60
SEARCHES = ("e", "design", "wireframes 299", "client 3", "project 999", "tag7", "zebra")
Row = tuple[str, str, str, str, str]


class Now:
    """A clock that goes on a second each time it is moved."""

    def __init__(self) -> None:
        self.at = int(time.time())

    def now(self) -> Reading:
        return Reading(Instant(self.at))


class _Plain:
    now = Settings()

    def choose(self, name: str, value: object) -> None: ...


def _zone() -> ZoneInfo:
    return BERLIN


def context(store: Store, theme: Theme, clock: Now) -> Context:
    bridge = Bridge()
    store.feed.subscribe(bridge.take)

    def do(command: object) -> Any:
        return perform(store, command, clock.now(), "Europe/Berlin")

    return Context(store.source, do, clock, _zone, _Plain(), bridge, theme)  # type: ignore[arg-type]


def _frames(work: Callable[[int], object], surface: QWidget | None) -> list[float]:
    """CPU milliseconds of each step with a synchronous repaint."""
    found = []
    for i in range(TIMES):
        QApplication.sendPostedEvents()
        begin = time.process_time()
        work(i)
        if surface is not None:
            surface.repaint()
        else:
            QApplication.processEvents()
        found.append((time.process_time() - begin) * 1000)
    return found


def _row(what: str, values: list[float], floor: list[float]) -> Row:
    ratio = median(values) / max(median(floor), 0.01)
    p95 = percentile(values, 0.95)
    return what, f"{median(values):.2f}", f"{p95:.2f}", f"{median(floor):.2f}", f"{ratio:.1f}"


def _nothing(_i: int) -> None:
    """Does nothing: the floor of a frame is the repaint of a plain widget of that size."""


def _measure(app: QApplication, store: Store, theme: Theme) -> list[Row]:
    clock = Now()
    window = TimerWindow(context(store, theme, clock))
    window.resize(460, 640)
    window.show()
    app.processEvents()
    view, model = window.entries.view, window.entries.model
    bar, surface = view.verticalScrollBar(), view.viewport()
    bare = QWidget()
    bare.resize(surface.size())
    bare.show()
    app.processEvents()
    empty = _frames(_nothing, bare)
    rows = []
    few = _frames(_by(bar, 16), surface)
    while model.canFetchMore(view.rootIndex()):
        model.fetchMore(view.rootIndex())
    middle = bar.maximum() // 2
    bar.setValue(middle)
    app.processEvents()
    whole = _frames(_nothing, surface)
    rows.append(_row("whole frame, all read", whole, empty))
    rows.append(_row("scroll 16 px, first screens", few, empty))
    rows.append(_row("scroll 16 px, all read", _frames(_by(bar, 16), surface), empty))
    rows.append(_row("scroll 133 px, all read", _frames(_by(bar, 133), surface), empty))
    rows.append(_row("scroll 16 px, only the strip", _frames(_by(bar, 16), None), empty))

    def tick(_i: int) -> None:
        clock.at += 1
        window._tick()

    bar.setValue(0)
    app.processEvents()
    rows.append(_row("one tick of the clock", _frames(tick, None), empty))
    rows += _searches(window, store)
    for widget in (window, bare):
        widget.hide()
        widget.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return rows


def _by(bar: Any, pixels: int) -> Callable[[int], None]:
    def scroll(_i: int) -> None:
        bar.setValue(bar.value() + pixels)

    return scroll


def _searches(window: TimerWindow, store: Store) -> list[Row]:
    search = window.entries.search
    window.entries.open_search()
    rows = []
    for text in SEARCHES:
        search.field.setText(text)
        values, floor = [], []
        for _ in range(5):
            begin = time.process_time()
            entries.find(store.source, Wanted(text="no such word", limit=1))
            floor.append((time.process_time() - begin) * 1000)
            begin = time.process_time()
            window.entries._on_search_typed()
            window.entries.view.viewport().repaint()
            values.append((time.process_time() - begin) * 1000)
        rows.append(_row(f"search “{text}” and show it", values, floor))
    window.entries.close_search()
    return rows


def main(count: int = 50_000) -> None:
    """Prints the figures; the floor of a frame is a plain widget, of a search one pass in SQL."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as name:
        data = seed(Path(name) / "data", count, running=True)
        with Store(Place(data)) as store:
            rows = _measure(app, store, theme)
        shutil.rmtree(data)
    title = f"The timer window, 460×640, {count:,} entries; CPU ms"
    table(title, ("step", "p50", "p95", "floor", "ratio"), rows)
    print("Budget: a frame well under 16 ms, a search ≤ 30 ms.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
