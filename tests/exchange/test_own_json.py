"""Our own JSON, when somebody has been at it."""

from __future__ import annotations

import json
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from toggl_desktop.exchange import own_json
from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Found, Unreadable


def document(**parts: object) -> Found:
    whole = {"format": "toggl-desktop", "version": 1, **parts}
    return read(json.dumps(whole, indent=1).encode(), "x.json", UTC)


def test_keys_of_a_later_version_are_passed_over() -> None:
    entry = {"start": "2026-03-02T09:00:00Z", "stop": None, "mood": "fine"}
    found = document(entries=[entry], moods=[1, 2])
    assert len(found.records) == 1
    assert found.bad == ()


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"start": "never", "stop": None}, "is no time"),
        ({"start": "2026-03-02T09:00:00Z", "stop": "later"}, "is no time"),
        ({"start": "2026-03-02T09:00:00Z", "stop": "2026-03-02T08:00:00Z"}, "stops before"),
        ({"start": "2026-03-02T09:00:00Z", "project": 5}, "“project” is not text"),
        (5, "not an object"),
    ],
)
def test_a_spoiled_entry_is_named_and_the_others_come_in(entry: object, reason: str) -> None:
    good = {"start": "2026-03-02T09:00:00Z", "stop": "2026-03-02T10:00:00Z"}
    found = document(entries=[good, entry, good])
    assert len(found.records) == 2
    assert [reason in bad.reason for bad in found.bad] == [True]


def test_rows_that_are_no_plain_data_are_left_out() -> None:
    deep: object = 1
    for _ in range(20):
        deep = [{"a": deep}]
    found = document(projects=[{"name": "ok", "x": {"y": [1.5]}}, {"d": deep}, {"n": 2**64}])
    assert [project.name for project in found.projects] == ["ok"]
    assert len(found.bad) == 2


def test_a_row_whose_number_is_no_number_has_none() -> None:
    found = document(workspaces=[{"name": "w", "track_id": True}])
    assert found.workspaces[0].track_id is None


def test_somebody_elses_json_is_not_taken_for_ours() -> None:
    for name in (b'"x"', b"1e999", b"null"):
        with pytest.raises(Unreadable, match="not written by Toggl Desktop"):
            own_json.read(b'{"format": ' + name + b', "version": 1}')


def test_a_time_without_offset_is_local_in_toggls_json() -> None:
    data = b'[{"start": "2026-03-02T09:00:00.750", "duration": 60}]'
    berlin = read(data, "x.json", ZoneInfo("Europe/Berlin")).records[0]
    assert read(data, "x.json", UTC).records[0].start - berlin.start == 3600
