"""How long sending takes, by what is known of the plan and of the hour."""

import json

import pytest

from tests.support.builders import NOW, make_store
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read.drain import drain

DAY = 86_400


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as store:
        yield store


def waits(store, count):
    """So many entries wait."""
    one = "INSERT INTO binding (service, kind, lid, crc) VALUES ('track', 'time_entry', ?, 0)"
    entry = (
        "INSERT INTO time_entry (lid, start, stop, description, tags, billable, workspace, zone, "
        "deleted, crc, folded) VALUES (?, ?, ?, '', '[]', 0, 'local', '', 0, 0, '')"
    )
    starts = [NOW - 9 * DAY] * count
    with store.locked() as writer:
        writer.executemany(one, [(str(n),) for n in range(len(starts))])
        writer.executemany(entry, [(str(n), at, at) for n, at in enumerate(starts)])


def plan(store, **base):
    with store.transaction("Bind", NOW) as tx:
        tx.bindings.append(
            Binding("track", "workspace", "local", 7, {"organization": 1} | base, unsent=False)
        )


def answered(store, total, sent=0, remaining=None):
    put = (
        "INSERT INTO quota (scope, boot_id, boot, wall, sends, total, remaining, resets) "
        "VALUES ('organization 1', 'b', 0.0, ?, ?, ?, ?, 3000.0)"
    )
    with store.locked() as writer:
        writer.execute(put, (NOW, json.dumps([0.0] * sent), total, remaining))


@pytest.mark.parametrize(
    ("base", "hours"),
    [({}, 85), ({"premium": True}, 11), ({"premium": True, "business": True}, 5)],
)
def test_what_was_measured_in_virtual_time_is_what_is_told(store, base, hours):
    """2,000 requests took 84.9, 10.7 and 4.7 hours: an hour's requests take a while themselves."""
    waits(store, 2000)
    plan(store, **base)
    assert drain(store.source, NOW).hours == hours


@pytest.mark.parametrize(
    ("base", "hours", "is_sure"),
    [
        (None, 20, False),
        ({"premium": False}, 20, True),
        ({"premium": True}, 2, True),
        ({"premium": True, "business": True}, 1, True),
    ],
)
def test_before_the_first_answer_the_plan_says_how_long_it_takes(store, base, hours, is_sure):
    waits(store, 500)
    if base is not None:
        plan(store, **base)
    said = drain(store.source, NOW)
    assert said == (500, hours, is_sure, 0)
    assert said.about == (f"{hours}" if is_sure else f"about {hours}")


def test_what_toggl_said_counts_more_than_the_plan(store):
    waits(store, 500)
    plan(store, premium=False)
    answered(store, 600)
    assert drain(store.source, NOW) == (500, 1, True, 0)


def test_what_the_hour_has_left_is_counted(store):
    waits(store, 24)
    plan(store)
    assert drain(store.source, NOW).hours == 0
    answered(store, 30, sent=30)
    assert drain(store.source, NOW).hours == 1
    assert drain(store.source, NOW + 3601).hours == 0


def test_a_header_that_says_less_is_believed(store):
    waits(store, 24)
    plan(store)
    answered(store, 30, sent=2, remaining=3)
    assert drain(store.source, NOW).hours == 1


def test_nothing_waits(store):
    assert drain(store.source, NOW) == (0, 0, False, 0)
