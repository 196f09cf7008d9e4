"""What waits before a sign-out: sent, exported or deleted, and what is said of each."""

import json

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QSignalSpy

from toggl_desktop.app.parting import Parting
from toggl_desktop.domain.accounts import Leave
from toggl_desktop.domain.syncstate import Phase, SyncState

pytestmark = pytest.mark.ui


class Signing(QObject):
    leave_chosen = Signal(object)
    sheet = None

    def __init__(self):
        super().__init__()
        self.asked = []

    def ask_again(self, sentence=""):
        self.asked.append(sentence)


class Online(QObject):
    sync_changed = Signal(object)

    def __init__(self):
        super().__init__()
        self.signing = Signing()
        self.syncing = self
        self.woken = 0
        self.time_words = str

    def wake(self):
        self.woken += 1


@pytest.fixture
def online(qapp):
    return Online()


@pytest.fixture
def parting(house, online):
    made = Parting(house.context, online, lambda: ["store.db, 4 KB"])
    yield made
    made.deleteLater()


def test_sync_now_says_what_is_left_when_it_has_ended(parting, online):
    online.signing.leave_chosen.emit(Leave.SYNC)
    assert online.woken == 1
    online.sync_changed.emit(SyncState(Phase.WORKING))
    assert online.signing.asked == []
    online.sync_changed.emit(SyncState(Phase.OFFLINE))
    (said,) = online.signing.asked
    assert "cannot be reached" in said
    online.sync_changed.emit(SyncState(Phase.RESTING))
    assert len(online.signing.asked) == 1


def test_an_export_holds_everything_and_a_failed_one_says_why(house, parting, online, tmp_path):
    house.entry("Wireframes", "09:00", "10:00")
    parting.export(tmp_path / "all.json")
    assert "Wireframes" in json.dumps(json.loads((tmp_path / "all.json").read_text()))
    assert "exported to all.json" in online.signing.asked[0]
    parting.export(tmp_path / "nowhere" / "all.json")
    assert "nowhere" in online.signing.asked[1]


def test_deleting_asks_for_the_word_and_only_then_is_asked_for(parting, online):
    heard = QSignalSpy(parting.erase_requested)
    online.signing.leave_chosen.emit(Leave.DELETE)
    dialog = parting.erasing
    assert not dialog.button.isEnabled()
    dialog.reject()
    assert (heard.count(), online.signing.asked) == (0, [""])
    online.signing.leave_chosen.emit(Leave.DELETE)
    parting.erasing.field.setText("delete")
    parting.erasing.button.click()
    assert heard.count() == 1
