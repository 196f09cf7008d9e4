"""The plan as a screen reader finds it: read from outside the program, over AT-SPI."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import plans
from tests.support.atspi import LAUNCHER, Seen, desktop, start_bus
from tests.support.desk import Desk, eventually
from tests.support.process import Program
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

pytestmark = [
    pytest.mark.desk,
    pytest.mark.skipif(not Path(LAUNCHER).exists(), reason="install at-spi2-core"),
]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk() as desk:
        start_bus(desk)
        yield desk


async def _timeline(programs: Seen) -> Seen:
    for _ in range(200):
        found = await programs.find("Timeline")
        if found is not None:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError("no timeline on the accessibility bus")


async def _read(session: str) -> dict[str, list[str]]:
    """The names of the timeline's children, each with those of its own."""
    async with desktop(session) as programs:
        timeline = await _timeline(programs)
        return {
            await child.name(): [await one.name() for one in await child.children()]
            for child in await timeline.children()
        }


def test_every_milestone_lane_and_bar_can_be_read_from_outside(desk: Desk, tmp_path: Path) -> None:
    program = Program(tmp_path, desk.env)
    with Store(Place(program.data)) as store:
        plans.keep(store, plans.small(), int(time.time()))
    with program.window() as running:
        eventually(lambda: desk.windows("Toggl Desktop$"), 20, "the timer's window")
        program.cli("show", "plan").ok()
        eventually(lambda: desk.windows("^Plan"), 20, "the plan's window")
        read = asyncio.run(_read(desk.env["DBUS_SESSION_BUS_ADDRESS"]))
        assert running.end() == 0, running.err
    assert any(name.startswith("Milestone Launch, 3 Dec") for name in read)
    lane = next(name for name in read if name.startswith("Bo Nilsson, 3 tasks"))
    assert [name.partition(",")[0] for name in read[lane]] == [
        "Checkout", "API outline", "Call with the bakery",
    ]  # fmt: skip
    api = read[lane][1]
    assert api.startswith("API outline, Ann Lee, Bo Nilsson, 23–27 Nov, 4 h a day, 20 h in all")
    assert "In progress" in api
