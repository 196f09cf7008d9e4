"""Entries older than three months: on request, once each, behind everything else, to be gone on."""

import asyncio

import pytest

from tests.support.builders import NOW, entries_of
from tests.support.track import InProcess
from tests.support.track.faults import Fault, plan_required
from tests.sync.test_wire import TOKEN, WS, Desk
from toggl_desktop.app.syncing import Syncing, SystemTime
from toggl_desktop.domain.commands import EditEntries
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.track import reports
from toggl_desktop.sync import older
from toggl_desktop.sync.engine import Want

DAY = 86_400


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.server.burst = None
    yield desk
    asyncio.run(desk.http.close())
    desk.store.close()


def put(desk, count, first_days_ago=120, apart_days=1):
    """Puts entries into the account that are older than what is read by itself."""
    world = desk.server.world
    user = next(iter(world.users))
    rows = []
    for number in range(count):
        start = NOW - (first_days_ago + number * apart_days) * DAY
        fields = {"workspace_id": WS, "user_id": user, "project_id": None, "task_id": None}
        fields |= {"billable": False, "description": f"Old {number}", "tag_ids": []}
        rows.append(world.add("entry", fields | {"start": start, "stop": start + 1800}, start))
    desk.clock.advance(1000)  # what changed within minutes is read by itself, however old it is
    return rows


def bring(desk, turns=1):
    older.begin(desk.engine.cycle())
    for _ in range(turns):
        state = desk.turn(Want(is_asked=True))
    return state


def descriptions(desk):
    return sorted(e.description for e in entries_of(desk.store))


def test_they_come_only_on_request_and_once(desk):
    put(desk, 70, apart_days=7)
    desk.turn()
    assert entries_of(desk.store) == []
    assert desk.server.requests("POST") == []
    bring(desk, turns=3)
    assert len(entries_of(desk.store)) == 70
    assert not older.is_wanted(desk.store.source)
    bring(desk, turns=3)
    assert len(entries_of(desk.store)) == 70


def test_what_was_edited_here_meanwhile_is_not_overwritten_and_is_sent(desk):
    (row,) = put(desk, 1)
    bring(desk, turns=2)
    (here,) = entries_of(desk.store)
    desk.do(EditEntries((here.lid,), description="Mine"))
    desk.server.world.change(row, dict(row.now.fields, billable=True), desk.clock.wall)
    bring(desk, turns=1)
    (here,) = entries_of(desk.store)
    assert (here.description, here.billable) == ("Mine", True)
    desk.turn()
    assert row["description"] == "Mine"


def test_a_spent_limit_parks_them_alone_and_they_go_on_by_themselves(desk, monkeypatch):
    monkeypatch.setattr(reports, "PAGE", 2)
    put(desk, 76, apart_days=3)
    state = bring(desk)
    assert state.phase is Phase.RESTING  # nothing else waits for them
    assert state.progress
    assert state.older_at > desk.clock.wall
    assert len(desk.server.requests("POST")) == 18  # twice the reserve is a person's
    came = len(entries_of(desk.store))
    assert 0 < came < 76
    desk.clock.advance(3700)
    for _ in range(3):
        desk.turn(Want())
        desk.clock.advance(3700)
    assert len(entries_of(desk.store)) == 76
    assert not any(seen.status == 402 for seen in desk.server.seen)


def test_another_run_goes_on_where_the_last_one_ended(desk, monkeypatch):
    monkeypatch.setattr(reports, "PAGE", 2)
    put(desk, 10)
    desk.turn()
    older.begin(desk.engine.cycle())
    asked = []
    desk.engine.listener = asked.append
    desk.engine._is_due = lambda: len(desk.server.requests("POST")) >= 3
    desk.turn(Want())
    assert older.is_wanted(desk.store.source)
    before = desk.server.requests("POST")
    assert len(before) == 3
    assert asked[-2].progress == 6
    again = type(desk.engine)(desk.store, desk.wire, desk.engine._time, chance=lambda: 0.5)
    asyncio.run(again.turn(Want()))
    first = desk.server.requests("POST")[3].body
    assert first["end_date"] < before[0].body["end_date"]
    assert len(entries_of(desk.store)) == 10
    again.close()


def test_a_person_who_stops_it_keeps_what_came_and_may_go_on(desk, monkeypatch):
    monkeypatch.setattr(reports, "PAGE", 2)
    put(desk, 10)
    desk.turn()
    older.begin(desk.engine.cycle())
    desk.engine.listener = lambda s: s.progress and s.progress >= 4 and desk.engine.stop_older()
    desk.turn(Want())
    came = len(entries_of(desk.store))
    assert 4 <= came < 10
    assert desk.engine.state.progress is None
    desk.engine.listener = None
    desk.turn(Want())
    assert len(entries_of(desk.store)) == came
    bring(desk)
    assert len(entries_of(desk.store)) == 10


def test_times_are_asked_for_as_they_were_recorded(desk):
    put(desk, 1)
    bring(desk)
    body = desk.server.requests("POST")[0].body
    assert (body["rounding"], body["rounding_minutes"]) == (0, 0)


@pytest.mark.parametrize("status", [402, 403, 404, 410])
def test_a_workspace_that_refuses_its_report_is_said_and_nothing_else_waits(desk, status):
    put(desk, 1)
    desk.turn()
    gone = Fault("answer", path="/search/time_entries", status=status, body=b'"not for you"')
    desk.server.fail(plan_required(path="/search/time_entries") if status == 402 else gone)
    state = bring(desk)
    assert state.phase is Phase.RESTING
    assert state.text
    assert not older.is_wanted(desk.store.source)
    assert desk.turn(Want()).phase is Phase.RESTING


class Account:
    """Somebody who is signed in, as `sync` in a terminal sees them."""

    url = "http://127.0.0.1:1/api/v9"

    def __init__(self, desk):
        self._desk = desk

    async def token(self):
        return Secret(TOKEN)

    def client(self, basic, gate):
        transport = InProcess(self._desk.server, lambda: self._desk.clock.wall)
        return Http(self.url, basic, gate, transport=transport)


def test_ctrl_c_keeps_what_came_and_nothing_goes_on_by_itself(desk, monkeypatch):
    async def no_wait(_self, _seconds):
        await asyncio.sleep(0)

    monkeypatch.setattr(reports, "PAGE", 2)
    monkeypatch.setattr(SystemTime, "sleep", no_wait)
    put(desk, 10)

    def hear(state):
        if (state.progress or 0) >= 4:
            asyncio.current_task().cancel()

    syncing = Syncing(desk.store, Account(desk), desk.clock, hear)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(syncing.once(Want(full=True, is_asked=True)))
    assert 4 <= len(entries_of(desk.store)) < 10
    assert not older.is_wanted(desk.store.source)
    again = Syncing(desk.store, Account(desk), desk.clock)
    assert asyncio.run(again.once(Want(full=True, is_asked=True))).phase is Phase.RESTING
    assert len(entries_of(desk.store)) == 10
