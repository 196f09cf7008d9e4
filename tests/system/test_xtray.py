"""The X selection of XEmbed trays."""

import os
import select

import pytest

from tests.support.desk import Desk
from toggl_desktop.system.xtray import TraySelection


@pytest.mark.desk
def test_a_tray_that_comes_and_dies_makes_the_descriptor_readable_each_time():
    with Desk(has_manager=False, has_bus=False) as desk:
        selection = TraySelection(desk.env["DISPLAY"])
        assert selection.is_watching
        assert not selection.has_tray()
        assert not is_readable(selection, 0)
        desk.start_tray()
        assert is_readable(selection, 10)
        assert selection.has_tray()
        assert not is_readable(selection, 0)  # all news were taken in
        desk.stop_tray()
        assert is_readable(selection, 10)
        assert not selection.has_tray()
        selection.close()


@pytest.mark.desk
def test_a_display_that_goes_away_is_told_and_not_raised():
    with Desk(has_manager=False, has_bus=False) as desk:
        selection = TraySelection(desk.env["DISPLAY"])
        assert selection.has_extension("MIT-SCREEN-SAVER")
        assert not selection.has_extension("NO-SUCH-THING")
        screen = desk._processes[0]
        screen.kill()
        screen.wait(5)
        assert is_readable(selection, 10)
        assert not selection.has_tray()
        assert not selection.is_alive
        assert not selection.has_extension("MIT-SCREEN-SAVER")
        selection.close()
        selection.close()
        assert selection.fileno() == -1


def test_without_a_display_there_is_nothing_to_watch():
    assert "DISPLAY" not in os.environ
    with pytest.raises(OSError, match="no display"):
        TraySelection()


def test_a_display_that_does_not_answer_is_refused():
    with pytest.raises(OSError, match=r"does not answer|libxcb"):
        TraySelection(":4711")


def is_readable(selection: TraySelection, seconds: float) -> bool:
    return bool(select.select([selection.fileno()], [], [], seconds)[0])
