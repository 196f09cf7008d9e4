"""What recurs goes on by itself when somebody looks at the plan."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from tests.support.builders import load
from tests.ui.conftest import TODAY as DAY
from tests.ui.conftest import House, settle
from tests.ui.windows_desk import windows_of
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store import tables

pytestmark = pytest.mark.ui
TODAY = DAY.toordinal()


def live(house: House) -> list[PlanTask]:
    return tables.load(house.store.source, PlanTask, "WHERE deleted = 0 ORDER BY start")


def test_opening_the_plan_continues_what_recurs_and_undo_is_not_undone_again(
    house: House, tmp_path: Path
) -> None:
    load(
        house.store,
        PlanTask("a", "Stand-up", TODAY - 7, TODAY - 7, repeat="every 1 week", series="a"),
        PlanTask("b", "Asleep", TODAY - 900, TODAY - 900, repeat="every 1 week", series="b"),
    )
    settings = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    with windows_of(house, settings) as windows:
        windows.show_plan()
        settle()
        assert [task.name for task in live(house)].count("Asleep") == 1
        ahead = [task.start for task in live(house) if task.name == "Stand-up"]
        assert ahead[:3] == [TODAY - 7, TODAY, TODAY + 7]
        assert TODAY + 350 < ahead[-1] <= TODAY + 366
        windows.show_plan()
        assert len(live(house)) == len(ahead) + 1
        house.do(Undo())
        windows.show_plan()
        assert len(live(house)) == 2, "what somebody took back does not come again"
    settle()
