"""Pages are followed to their end, and never for ever."""

import time

import pytest

from tests.remote.track.operations import WS
from tests.support.track import Fault
from toggl_desktop.remote.errors import GoneError, PlanRequiredError, UnreadableError


def fill(wire, kind, count, **fields):
    now = time.time()
    for number in range(count):
        wire.track.world.add(kind, {"workspace_id": WS, "name": f"n{number}", **fields}, now)


@pytest.mark.parametrize(
    ("kind", "count", "call", "requests"),
    [
        ("project", 401, lambda t: t.projects.list(WS), 3),
        ("client", 399, lambda t: t.clients.list(WS), 3),  # 400 with the prepared one
        ("tag", 5, lambda t: t.tags.list(WS), 1),
        ("task", 120, lambda t: t.tasks.of_workspace(WS), 3),
        ("project", 401, lambda t: t.me.projects_paginated(), 3),
    ],
)
def test_a_long_list_comes_whole_and_once(wire, kind, count, call, requests):
    before = len(wire.track.world.tables[kind].live())
    fill(wire, kind, count, active=True, archived=False, project_id=wire.things.project)
    rows = wire.run(call)
    assert len({row.id for row in rows}) == len(rows) == before + count
    assert len(wire.track.seen) == requests


def test_a_page_that_comes_again_and_again_is_not_a_list(wire):
    page = b"[" + b",".join(b'{"id": %d}' % n for n in range(200)) + b"]"
    wire.track.fail(Fault("answer", status=200, body=page, times=9))
    with pytest.raises(UnreadableError, match="same page"):
        wire.run(lambda track: track.tags.list(WS))
    assert len(wire.track.seen) == 2


def test_a_failure_on_a_later_page_is_a_failure_of_the_list(wire):
    fill(wire, "tag", 250)
    wire.track.fail(Fault("before", path="/tags", skip=1))
    with pytest.raises(Exception, match="broke off"):
        wire.run(lambda track: track.tags.list(WS))


def test_no_clients_come_as_null_which_is_not_an_empty_list(wire):
    for row in wire.track.world.client.live():
        wire.track.world.delete(row, time.time())
    assert wire.run(lambda track: track.clients.list(WS)).is_missing


def test_what_v9_cannot_read_singly_is_found_or_gone(wire):
    assert wire.run(lambda track: track.tags.get(WS, wire.things.tag)).name == "focus"
    with pytest.raises(GoneError):
        wire.run(lambda track: track.tags.get(WS, 1))
    with pytest.raises(GoneError):
        wire.run(lambda track: track.project_users.get(WS, wire.things.project, 1))


def test_a_paid_feature_on_a_free_plan_says_so(wire):
    with pytest.raises(PlanRequiredError, match="Starter"):
        wire.run(lambda track: track.workspaces.rates(WS, "workspace", WS))


def test_related_brings_everything_and_says_what_it_did_not(wire):
    found = wire.run(lambda track: track.me.related())
    assert found.me.id == 5001
    assert len(found.projects) == 5
    assert len(found.entries) == 2
    wire.track.fail(Fault("answer", status=200, body=b'{"id": 5001, "tags": null}'))
    bare = wire.run(lambda track: track.me.related())
    assert bare.tags.is_missing
    assert bare.entries.is_missing


def test_a_bulk_edit_reaches_some_and_names_the_others(wire):
    change = [{"op": "replace", "path": "/description", "value": "z"}]
    done = wire.run(lambda track: track.entries.bulk(WS, [wire.things.entry, 9], change))
    assert done.success == [wire.things.entry]
    assert done.failure[0].message == "Time entry not found"
    with pytest.raises(ValueError, match="1 to 100"):
        wire.run(lambda track: track.entries.bulk(WS, range(101), change))


def test_only_the_fields_given_are_sent(wire):
    things = wire.things
    wire.run(lambda track: track.entries.update(WS, things.entry, {"project_id": None}))
    assert wire.track.seen[-1].body == {"project_id": None, "workspace_id": WS}
    assert wire.track.world.entry[things.entry]["project_id"] is None
    assert wire.track.world.entry[things.entry]["description"] == "Wireframes"


def test_reports_bring_the_past_beyond_the_floor_page_by_page(wire):
    now = time.time()
    entry = {
        "workspace_id": WS, "user_id": 5001, "project_id": None, "task_id": None,
        "billable": False, "description": "Old", "tag_ids": [],
    }  # fmt: skip
    first = int(now) - 200 * 86_400
    for number in range(7):
        times = {"start": first + number * 3600, "stop": first + number * 3600 + 60}
        wire.track.world.add("entry", entry | times, now)

    async def read(track):
        day = time.strftime("%Y-%m-%d", time.gmtime(first))
        after = time.strftime("%Y-%m-%d", time.gmtime(first + 86_400))
        return [list(page) async for page in track.reports.entries(WS, day, after, 5001, 3)]

    pages = wire.run(read)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert {row.time_entries[0].seconds for page in pages for row in page} == {60}
