"""Who only tracks time does not pay for the plan: its classes are not even made."""

import subprocess
import sys

CODE = """
import sys
from pathlib import Path
from toggl_desktop.actions.perform import Undo, perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import AddProject, StartTimer, StopTimer
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
with Store(Place(Path(sys.argv[1]))) as store:
    for at, ask in enumerate((AddProject("Site"), StartTimer("Draw"), StopTimer(), Undo())):
        assert perform(store, ask, Reading(1_790_000_000 + at * 60)).error is None
print([name for name in sys.modules if "plan" in name and name.startswith("toggl_desktop")])
"""


def test_tracking_time_does_not_load_the_plan(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "data")], capture_output=True, check=True
    )
    assert done.stdout.strip() == b"[]"
