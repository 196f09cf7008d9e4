"""What the quiet line says of the sync: what is wrong first, and nothing that has no room then."""

from types import SimpleNamespace

import pytest

from tests.ui.conftest import open_window
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.store.read.drain import Drain
from toggl_desktop.ui.account import sayings
from toggl_desktop.ui.timer.synced import SyncWords

pytestmark = pytest.mark.ui


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        (Phase.RESTING, ["as of 14:02", "11 of 30 left", "resets 15:00"]),
        (Phase.OFFLINE, ["Toggl cannot be reached", "as of 14:02"]),
        (Phase.QUOTA, ["Toggl limit resets 15:00", "as of 14:02"]),
        (Phase.SIGN_IN, ["Sign in to Toggl again", "as of 14:02"]),
        (Phase.OFF, []),
    ],
)
def test_what_is_wrong_comes_first_and_needs_the_room(qapp, phase, said):
    words = SyncWords(SimpleNamespace(time={1: "14:02", 2: "15:00"}.get))
    state = SyncState(phase, fresh=1, remaining=11, total=30, resets_at=2)
    assert words.parts(state) == said


@pytest.mark.parametrize(
    ("ahead", "quiet", "sentence"),
    [
        (30, None, ""),
        (45, "clock 45 s ahead", "This computer's clock is 45 s ahead of Toggl's."),
        (-300, "clock 5 min behind", "This computer's clock is 5 min behind Toggl's. What you"),
    ],
)
def test_a_wrong_clock_is_said_in_the_line_and_in_a_sentence(qapp, ahead, quiet, sentence):
    words = SyncWords(SimpleNamespace(time=str))
    state = SyncState(Phase.RESTING, skew_seconds=ahead)
    assert words.parts(state) == ([quiet] if quiet else [])
    assert sayings.clock(state).startswith(sentence)


def test_a_far_wrong_clock_is_a_banner_once(house, window):
    open_window(window)
    for ahead in (45, 300, 300):
        house.bridge.show_sync(SyncState(Phase.RESTING, skew_seconds=ahead))
        assert ("5 min ahead" in window.bar.sentence) is (ahead == 300)
    window.bar.silence()
    house.bridge.show_sync(SyncState(Phase.RESTING, skew_seconds=310))
    assert window.bar.sentence == ""


def test_how_long_it_takes_to_send_everything_is_said():
    assert "2000 waiting to send take about 83 hours" in sayings.drain(Drain(2000, 83))
    assert "2000 waiting to send take 10 hours" in sayings.drain(Drain(2000, 10, is_sure=True))
    assert sayings.drain(Drain(18, 1)) == "18 waiting to send."
    assert sayings.drain(Drain(0, 0)) == ""
