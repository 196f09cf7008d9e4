"""What the quiet line says of the sync: what is wrong first, and nothing that has no room then."""

from types import SimpleNamespace

import pytest

from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.ui.timer.synced import SyncWords


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        (Phase.RESTING, ["as of 14:02", "11 of 30 left"]),
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
