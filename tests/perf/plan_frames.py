"""Frames of the timeline at 1,000, 10,000 and 100,000 tasks over 5 years and 200 people.

`python -m tests.perf.plan_frames [COUNT …]`; CPU milliseconds around one synchronous paint.
"""

import gc
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from tests.perf.measure import median, memory_mb, percentile, table
from tests.support import plans
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.chart import Chart
from toggl_desktop.domain.plan.lanes import team_lanes
from toggl_desktop.domain.plan.rows import Plan
from toggl_desktop.ui.plan.faces import Faces
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.scene import DraftBar, Scene
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.theme.theme import Theme

STEPS = 60
SIZE = (1460, 866)
"""The chart itself is 1280 wide, as in the measurements of the peers."""
BEST = {  # what the least painter of this kind took, 100,000 tasks (docs/performance)
    "scroll 133 px": "1.4",
    "scroll 16 px": "0.4",
    "vertical 8 px": "0.3",
    "zoom step": "3.8",
    "whole plan": "4.9",
    "first frame": "247",
}
PEERS = {  # the fastest web product of its kind at 10,000 tasks: CPU ms of the whole browser
    "scroll 133 px": "15.8",
    "zoom step": "34",
    "first frame": "209",
}


def _time(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


class Bench:
    """One plan on the screen."""

    def __init__(self, app: QApplication, theme: Theme, plan: Plan) -> None:
        self.app = app
        begin = time.process_time()
        lanes = team_lanes(plan)
        lanes.fill(plan.bars)
        looks = Looks(theme.tokens)
        scene = Scene(
            Chart(lanes, Axis(20), looks.measures), looks, Faces(looks, _time), today=plans.TODAY
        )
        scene.bar_of = {bar.lid: bar for bar in plan.bars}.get
        scene.show_plan(plan, lanes, plan.milestones)
        self.view = PlanView(scene)
        self.view.resize(*SIZE)
        self.view.show_reach(plans.TODAY - 1400, plans.TODAY + 460)
        self.view.show()
        self.view.show_axis(Axis(20), Axis(20).x(plans.TODAY) - 300)
        app.processEvents()
        self.first = (time.process_time() - begin) * 1000
        self.plan = plan

    def frames(self, work: Callable[[int], object], times: int = STEPS) -> list[float]:
        """CPU milliseconds of each step with the paint it asks for."""
        found = []
        for i in range(times):
            self.app.sendPostedEvents()
            begin = time.process_time()
            work(i)
            self.app.processEvents()
            found.append((time.process_time() - begin) * 1000)
        return found

    def measure(self) -> dict[str, list[float]]:
        """All rows of the table."""
        view, found = self.view, {"first frame": [self.first]}
        home = view.left

        def scroll(i: int) -> None:
            view.scroll_sideways(133)

        def wheel(i: int) -> None:
            view.scroll_sideways(16)

        def up(i: int) -> None:
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + 8)

        def zoom(i: int) -> None:
            view.zoom(1 / 1.05 if i < STEPS // 2 else 1.05)

        def whole(i: int) -> None:
            view.viewport().repaint()

        def drag(i: int) -> None:
            rows = [p for p in view.chart.between(view.upper, view.upper + 600) if p.lane.bars]
            lane = rows[i // 10 % len(rows)].lane
            day = view.axis.day(view.left + 300) + i // 3
            draft = DraftBar(target.lid, day, day + 4, lane.key, 0, target.name, target.color)
            view.show_draft([draft], "27 Nov → 1 Dec, +4 days", QPoint(300 + i * 5, 300), lane.key)

        view.viewport().repaint()
        found["whole frame"] = self.frames(whole, 20)
        found["scroll 133 px"] = self.frames(scroll)
        view.show_axis(view.axis, home)
        self.app.processEvents()
        found["scroll 16 px"] = self.frames(wheel)
        found["vertical 8 px"] = self.frames(up)
        target = self.plan.bars[0]
        found["drag step"] = self.frames(drag)
        view.clear_draft()
        self.app.processEvents()
        found["zoom step"] = self.frames(zoom)
        view.show_span(plans.TODAY - 1400, plans.TODAY + 460)
        self.app.processEvents()
        found["whole plan"] = self.frames(whole, 20)
        return found

    def close(self) -> None:
        """Takes the view away."""
        self.view.hide()
        self.view.deleteLater()
        self.app.processEvents()


def main(counts: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    """Prints the table."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app, "light")
    measured: dict[int, dict[str, list[float]]] = {}
    memory = {}
    for count in counts:
        plan = plans.large(count)
        gc.collect()
        before = memory_mb(os.getpid())
        bench = Bench(app, theme, plan)
        memory[count] = memory_mb(os.getpid()) - before
        measured[count] = bench.measure()
        bench.close()
    rows = []
    for what in measured[counts[-1]]:
        cells = [
            f"{median(measured[n][what]):.1f} ({percentile(measured[n][what], 0.95):.1f})"
            for n in counts
        ]
        rows.append((what, *cells, BEST.get(what, "–"), PEERS.get(what, "–")))
    rows.append(("memory MB", *(f"+{memory[n]:.0f}" for n in counts), "+28", "414"))
    head = ("frame", *(f"{n:,} tasks" for n in counts), "least, 100,000", "web, 10,000")
    title = f"Timeline {SIZE[0]}×{SIZE[1]}, 5 years, 200 people; CPU ms, median (p95)"
    table(title, head, rows)


if __name__ == "__main__":
    main(*([tuple(int(a) for a in sys.argv[1:])] if len(sys.argv) > 1 else []))
