"""What the first edit of a run needs is there before it, and nothing of it before the window."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

_FIRST_EDIT = """
import json, os, sys, time
from datetime import UTC
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.settings import Settings
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.plan import warming
from toggl_desktop.ui.theme.theme import Theme

class Still:
    now = Settings()

class Clock:
    def now(self):
        return Reading(int(time.time()))

def performed(command):
    from toggl_desktop.actions.perform import perform
    return perform(store, command, clock.now(), "UTC")

app, store, clock = QApplication([]), Store(Place(Path(sys.argv[1]))), Clock()
theme, bridge = Theme(), Bridge()
theme.apply(app)
context = Context(store.source, performed, clock, lambda: UTC, Still(), bridge, theme)
warming._REST = warming._BETWEEN = 1

from toggl_desktop.ui.plan.window import PlanWindow
window = PlanWindow(context)
at_start = [name for name in warming.LOADED_LATE if name in sys.modules]
window.show()
end = time.monotonic() + 60
while not window.outfit.warming.is_done and time.monotonic() < end:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
loaded = set(sys.modules)
bar = next(iter(window.timeline.model.bars))
from toggl_desktop.domain.plan.commands import MovePlanTasks
assert window.do(MovePlanTasks((bar.lid,), days=1))
window.outfit.editing.deeds.open_task(bar.lid)
QCoreApplication.processEvents()
late = sorted(set(sys.modules) - loaded)
told = {"is_done": window.outfit.warming.is_done, "at_start": at_start, "late": late}
print(json.dumps(told), flush=True)
os._exit(0)  # there is nothing to tidy up
"""


@pytest.mark.ui
def test_the_first_edit_loads_nothing_when_the_window_was_left_alone_for_a_moment(
    tmp_path: Path,
) -> None:
    from tests.support.builders import load, make_store
    from toggl_desktop.domain.plan.entities import Member, PlanTask

    today = int(time.time()) // 86400 + 719_163
    with make_store(tmp_path / "data") as store:
        load(store, Member("ann", "Ann"), PlanTask("t", "T", today, today, members=("ann",)))
        place = store.place.directory
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_EDIT, str(place)],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["late"] == []
    assert said["is_done"]
    assert "toggl_desktop.store.writing" not in said["at_start"]
