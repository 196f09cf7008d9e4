"""Frames of the day calendar: a full week and one of 500 entries a day, beside an empty one."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.perf.measure import median, percentile, table
from tests.perf.seed import seed
from toggl_desktop.actions.perform import perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.domain.instants import Instant
from toggl_desktop.domain.settings import Settings
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.calendar.view import CalendarView
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2028, 3, 6)  # after everything that is seeded
NOW = int(datetime(2028, 3, 12, 14, tzinfo=BERLIN).timestamp())
TIMES = 60


class _Now:
    def now(self) -> Reading:
        return Reading(Instant(NOW))


class _Plain:
    now = Settings()

    def choose(self, name: str, value: object) -> None: ...


def _zone() -> ZoneInfo:
    return BERLIN


def _fill(store: Store, a_day: int) -> None:
    """Fills one week evenly."""
    chance = random.Random(5)
    with store.transaction("Load", NOW) as tx:
        for day in range(7):
            at = int(
                datetime.combine(
                    MONDAY + timedelta(days=day), datetime.min.time(), BERLIN
                ).timestamp()
            )
            step = 86_000 // max(1, a_day)
            for i in range(a_day):
                start = at + i * step
                length = max(30, step - chance.randint(0, step // 3))
                lid = EntryId(f"02a00000-{day:02x}{i:06x}")
                tx.save(Entry(lid, start, start + length, f"entry {i} of the day", None))


def _context(store: Store, theme: Theme) -> Context:
    bridge = Bridge()
    store.feed.subscribe(bridge.take)

    def do(command: object) -> Any:
        return perform(store, command, Reading(Instant(NOW)), "Europe/Berlin")

    return Context(store.source, do, _Now(), _zone, _Plain(), bridge, theme)  # type: ignore[arg-type]


def _frames(work: Callable[[int], object], view: CalendarView) -> list[float]:
    """CPU milliseconds of each step with the paint it asks for."""
    found = []
    for i in range(TIMES):
        QApplication.sendPostedEvents()
        begin = time.process_time()
        work(i)
        QApplication.processEvents()
        found.append((time.process_time() - begin) * 1000)
    return found


def _measure(app: QApplication, store: Store, theme: Theme) -> list[tuple[str, list[float]]]:
    view = CalendarView(_context(store, theme))
    view.resize(1000, 760)
    begin = time.process_time()
    view.show_day(MONDAY)
    view.show()
    app.processEvents()
    first = (time.process_time() - begin) * 1000
    area, bar = view.area, view.area.verticalScrollBar()
    area.look_at(NOW)
    surface = area.viewport()

    def whole(_i: int) -> None:
        surface.repaint()

    def scroll(i: int) -> None:
        bar.setValue(300 + (i % 20) * 16)

    def zoom(i: int) -> None:
        area.zoom(1.1 if i % 2 else 1 / 1.1, 300)

    def again(_i: int) -> None:
        view._read()

    def drag(i: int) -> None:
        _mouse(area, QEvent.Type.MouseMove, QPointF(400, 300 + i))

    rows = [
        ("open", [first]),
        ("whole frame", _frames(whole, view)),
        ("scroll 16 px", _frames(scroll, view)),
        ("zoom step", _frames(zoom, view)),
        ("read and lay out", _frames(again, view)),
    ]
    _mouse(area, QEvent.Type.MouseButtonPress, QPointF(400, 295))
    rows.append(("drag step", _frames(drag, view)))
    area.drop_draft()
    view.hide()
    view.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return rows


def _mouse(area: Any, kind: QEvent.Type, place: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    surface = area.viewport()
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    spot = QPointF(surface.mapToGlobal(place))
    QApplication.sendEvent(surface, QMouseEvent(kind, place, spot, button, left, none))


def main(others: int = 50_000) -> None:
    """Prints the frames of three weeks; the empty one is the floor."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app, "light")
    found = {}
    for a_day in (0, 10, 500):
        with tempfile.TemporaryDirectory() as name:
            data = seed(Path(name) / "data", others) if a_day else Path(name) / "data"
            with Store(Place(data)) as store:
                if a_day:
                    _fill(store, a_day)
                found[a_day] = _measure(app, store, theme)
    floor = dict(found[0])
    rows = [
        (
            f"{a_day} entries a day",
            what,
            f"{median(values):.1f}",
            f"{percentile(values, 0.95):.1f}",
            f"{median(values) / max(median(floor[what]), 0.01):.1f}",
        )
        for a_day, measured in found.items()
        for what, values in measured
    ]
    title = f"A week in the calendar, 1000×760, {others:,} other entries in the store; CPU ms"
    table(title, ("week", "step", "p50", "p95", "to empty"), rows)


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
