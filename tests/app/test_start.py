"""What is loaded before the icon is in view: a list, because every module there is paid for.

A module that is new here makes each start slower. Load it where it is needed instead: after the
icon (`Desktop._complete`), with the first window, or with the first command.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.process import ROOT, Program

pytestmark = pytest.mark.ui

BEFORE_THE_ICON = """
app app.application app.desktop app.main app.preferences app.screen
domain domain.changes domain.clock domain.errors domain.folding domain.ids domain.instants
domain.limits domain.plaintext domain.settings domain.words
store store.database store.editlog store.failures store.feed store.journal store.jsontext
store.place store.read store.read.entries store.read.places store.read.status store.read.sync
store.schema store.settings store.source
system system.clock system.doorbell system.instance system.zone
ui ui.bridge ui.context ui.theme ui.theme.assets ui.theme.theme ui.theme.tokens ui.theme.trayicon
ui.tray ui.tray.keeper ui.tray.menu ui.tray.presenter ui.tray.state ui.widgets ui.widgets.text
"""
NOT_BEFORE = ("asyncio", "ctypes", "dataclasses", "httpx", "keyring", "qasync", "tomlkit",
              "PySide6.QtNetwork", "typing_extensions", "rapidfuzz")  # fmt: skip

LOOK = """
import json, os, sys
from pathlib import Path
from toggl_desktop.app import main
from toggl_desktop.app.desktop import Desktop
from toggl_desktop.store import place as places

def look(desktop, *, background):
    show_tray(desktop, background=background)
    desktop._tray.make_icon()  # offscreen has no tray that would ask for it
    from PySide6 import QtCore
    print(json.dumps({"loaded": sorted(sys.modules), "enums": "Qt" in vars(QtCore)}))
    sys.stdout.flush()
    os._exit(0)

show_tray, Desktop.show_tray = Desktop.show_tray, look
main.main(os.environ, background=True)
"""


def test_only_what_the_icon_needs_is_loaded_before_it(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.cli("projects", "add", "Acme").ok()
    program.cli("start", "Design", "-p", "Acme").ok()
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=program.env, cwd=ROOT, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    told = json.loads(done.stdout)
    loaded = set(told["loaded"])
    ours = {name.partition(".")[2] for name in loaded if name.startswith("toggl_desktop.")}
    assert ours - set(BEFORE_THE_ICON.split()) == set()
    assert not [name for name in NOT_BEFORE if name in loaded]
    assert not told["enums"], "somebody touched PySide6.QtCore.Qt: its enums cost 40 ms"
