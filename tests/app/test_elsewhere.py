"""What another process commits is seen at once, even when its write is heard before its commit."""

import subprocess
import sys

import pytest

from toggl_desktop.app.elsewhere import Elsewhere
from toggl_desktop.app.preferences import FilePreferences
from toggl_desktop.store import settings
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.ui.bridge import Bridge

pytestmark = pytest.mark.ui

_COMMIT = """
import sys
from pathlib import Path
from toggl_desktop.actions import timer
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import StartTimer
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
with Store(Place(Path(sys.argv[1]))) as store:
    for i in range(20):
        timer.start(store, StartTimer(f"start {i}"), Reading(1795467600 + 60 * i))
"""


def test_every_step_of_another_process_is_published_once(tmp_path, qtbot):
    with Store(Place(tmp_path / "data")) as store:
        heard = []
        store.feed.subscribe(lambda changes: heard.append(changes.step))
        elsewhere = Elsewhere(store)
        process = subprocess.Popen([sys.executable, "-c", _COMMIT, str(tmp_path / "data")])
        try:
            qtbot.waitUntil(lambda: len(heard) >= 20, timeout=15_000)
        finally:
            process.wait(15)
        assert heard == [f"Start “start {i}”" for i in range(20)]
        elsewhere.close()


def test_a_commit_that_becomes_visible_after_its_write_was_heard_is_not_missed(
    tmp_path, qtbot, monkeypatch
):
    with Store(Place(tmp_path / "data")) as store:
        elsewhere = Elsewhere(store)
        answers = iter([False, False, True])
        caught_up = []
        monkeypatch.setattr(store, "changed_elsewhere", lambda: next(answers, False))
        monkeypatch.setattr(store, "catch_up", lambda: caught_up.append(True))
        elsewhere._hear()
        qtbot.waitUntil(lambda: bool(caught_up), timeout=5_000)
        elsewhere.close()


def test_a_setting_that_another_process_chose_counts_at_once(tmp_path, qtbot):
    with Store(Place(tmp_path / "data")) as store:
        bridge = Bridge()
        preferences = FilePreferences(store.place.settings, bridge)
        told: list[str] = []
        bridge.settings_changed.connect(lambda: told.append(preferences.now.theme))
        elsewhere = Elsewhere(store)
        elsewhere.directory_changed.connect(preferences.look_again)
        settings.save(store.place.settings, "theme", "dark")
        qtbot.waitUntil(lambda: told == ["dark"], timeout=5_000)
        store.place.directory.joinpath("other").touch()
        qtbot.wait(50)
        assert told == ["dark"]
        elsewhere.close()
