"""Frames of the timeline at 1,000, 10,000 and 100,000 tasks over 5 years and 200 people.

`python -m tests.perf.plan_frames [COUNT …]` opens the real window on a real store; CPU milliseconds
around one synchronous paint. Beside them the least painter (plan_floor) in the same run, and what
web products took for the same plan on a quiet machine.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from tests.perf.measure import median, memory_mb, percentile, table
from tests.perf.plan_floor import Least
from tests.support import plans
from toggl_desktop.actions.perform import perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.instants import Instant
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.settings import Settings
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.plan.scene import DraftBar
from toggl_desktop.ui.plan.window import PlanWindow
from toggl_desktop.ui.theme.theme import Theme

STEPS = 60
FIRST, LAST = plans.TODAY - 5 * 365 * 3 // 4, plans.TODAY + 5 * 365 // 4 + 30
NOW = (plans.TODAY - 719163) * 86400 + 13 * 3600
SIZE = (1472, 940)
"""The chart itself is 1280 wide and 800 high, as in the measurements of the peers."""
BUDGET = {
    "open from disk": "500",
    "longest turn while the rest comes": "100",
    "scroll 133 px": "4 (8)",
    "scroll 16 px": "4 (8)",
    "vertical 8 px": "4 (8)",
    "zoom step": "8",
    "drag step": "4",
    "memory MB": "+60",
}
PEERS = {  # the fastest web product of its kind: CPU ms of the whole browser, 10,000 → 100,000
    "open from disk": "209 → 764",
    "scroll 133 px": "15.8 → 14.2",
    "zoom step": "34 → 90",
    "memory MB": "414 → 472",
}
ZONE = ZoneInfo("UTC")


class _Now:
    def now(self) -> Reading:
        return Reading(Instant(NOW))


class _Plain:
    now = Settings()

    def choose(self, name: str, value: object) -> None: ...


def _zone() -> ZoneInfo:
    return ZONE


def _context(store: Store, theme: Theme) -> Context:
    bridge = Bridge()
    store.feed.subscribe(bridge.take)

    def do(command: object) -> Any:
        return perform(store, command, Reading(Instant(NOW)), "UTC")

    return Context(store.source, do, _Now(), _zone, _Plain(), bridge, theme)  # type: ignore[arg-type]


def frames(work: Callable[[int], object], times: int = STEPS) -> list[float]:
    """CPU milliseconds of each step with the paint it asks for."""
    app, found = QApplication.instance(), []
    for i in range(times):
        app.sendPostedEvents()
        begin = time.process_time()
        work(i)
        app.processEvents()
        found.append((time.process_time() - begin) * 1000)
    return found


def settle() -> None:
    """Lets everything happen that is queued."""
    for _ in range(200):
        QApplication.processEvents()


def close(widget: QWidget) -> None:
    """Takes a window away."""
    widget.hide()
    widget.deleteLater()
    settle()


def _read_rest(window: PlanWindow) -> float:
    """Lets a huge plan be read whole; returns how long the screen waited at most."""
    longest = 0.0
    while not window.timeline.model.is_whole:
        begin = time.process_time()
        QApplication.processEvents()
        longest = max(longest, (time.process_time() - begin) * 1000)
        time.sleep(0.001)
    return longest


def measure(store: Store, theme: Theme) -> dict[str, list[float]]:
    """Opens the window, and measures every row of the table."""
    context = _context(store, theme)
    gc.collect()
    before = memory_mb(os.getpid())
    begin = time.process_time()
    window = PlanWindow(context)
    window.resize(*SIZE)
    window.show()
    QApplication.processEvents()
    found = {"open from disk": [(time.process_time() - begin) * 1000]}
    found["longest turn while the rest comes"] = [_read_rest(window)]
    settle()
    found["memory MB"] = [memory_mb(os.getpid()) - before]
    view = window.timeline.view
    view.show_axis(Axis(20), Axis(20).x(plans.TODAY) - 300)
    settle()
    home = view.left
    people = [p.lane for p in view.chart.between(0, 800) if p.lane.bars]
    target = people[0].bars[0]

    def zoom(i: int) -> None:
        view.zoom(1 / 1.05 if i < STEPS // 2 else 1.05)

    def up(i: int) -> None:
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 8)

    def whole(i: int) -> None:
        view.viewport().repaint()

    def drag(i: int) -> None:
        lane = people[i // 10 % len(people)].key
        day = view.axis.day(view.left + 300) + i // 3
        draft = DraftBar(target.lid, day, day + 4, lane, 0, target.name, target.color)
        view.show_draft([draft], "27 Nov → 1 Dec, +4 days", QPoint(300 + i * 5, 300), lane)

    room = view.viewport().size()
    there = view.chart.bars_in(Box(view.left, view.upper, room.width(), room.height()))
    found["bars in view"] = [len(there)]
    found["whole frame"] = frames(whole, 20)
    found["scroll 133 px"] = frames(lambda i: view.scroll_sideways(133))
    view.show_axis(view.axis, home)
    settle()
    found["scroll 16 px"] = frames(lambda i: view.scroll_sideways(16))
    found["vertical 8 px"] = frames(up)
    found["drag step"] = frames(drag)
    view.clear_draft()
    settle()
    found["zoom step"] = frames(zoom)
    view.show_span(FIRST, LAST)
    settle()
    found["whole plan"] = frames(whole, 20)
    close(window)
    return found


def floor(plan: plans.Plan) -> dict[str, list[float]]:
    """The same movements of the least painter."""
    begin = time.process_time()
    least = Least(plan, FIRST, LAST - FIRST)
    least.resize(1280, 800)
    least.show()
    least.scale(20, plans.TODAY)
    QApplication.processEvents()
    found = {"open from disk": [(time.process_time() - begin) * 1000]}
    side, up = least.horizontalScrollBar(), least.verticalScrollBar()

    def zoom(i: int) -> None:
        least.scale(20 * 1.05 ** -(i if i < STEPS // 2 else STEPS - i), plans.TODAY)

    found["whole frame"] = frames(lambda i: least.viewport().repaint(), 20)
    side.setValue(side.value() - 4000)
    settle()
    found["scroll 133 px"] = frames(lambda i: side.setValue(side.value() + 133))
    side.setValue(side.value() - 4000)
    settle()
    found["scroll 16 px"] = frames(lambda i: side.setValue(side.value() + 16))
    found["vertical 8 px"] = frames(lambda i: up.setValue(up.value() + 8))
    found["zoom step"] = frames(zoom)
    least.scale(1280 / (LAST - FIRST), plans.TODAY)
    settle()
    found["whole plan"] = frames(lambda i: least.viewport().repaint(), 20)
    close(least)
    return found


def main(counts: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    """Prints the table."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app, "light")
    measured: dict[int, dict[str, list[float]]] = {}
    least: dict[str, list[float]] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as name, Store(Place(Path(name) / "data")) as store:
            plan = plans.large(count)
            plans.keep(store, plan, NOW)
            least = floor(plan)
            del plan
            measured[count] = measure(store, theme)

    def cell(values: list[float]) -> str:
        if len(values) == 1:
            return f"{values[0]:.0f}"
        return f"{median(values):.1f} ({percentile(values, 0.95):.1f})"

    last = measured[counts[-1]]
    rows = []
    for what, values in last.items():
        beside = least.get(what)
        ratio = "–" if beside is None else f"{median(values) / median(beside):.1f}"
        cells = [cell(measured[count][what]) for count in counts]
        rows.append(
            (what, *cells, "–" if beside is None else cell(beside), ratio,
             BUDGET.get(what, "–"), PEERS.get(what, "–"))
        )  # fmt: skip
    head = ("frame", *(f"{n:,} tasks" for n in counts), "least", "ratio", "budget", "web")
    title = "Timeline 1280×800, 5 years, 200 people; CPU ms, median (p95)"
    table(title, head, rows)
    print("least: the least painter at the largest size in this run. budget: on a quiet machine.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*([tuple(int(a) for a in sys.argv[1:])] if len(sys.argv) > 1 else []))
