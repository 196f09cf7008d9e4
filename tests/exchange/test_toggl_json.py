"""What Toggl's API answers, with everything it leaves out, doubles or adds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Found, Unreadable

FILES = Path(__file__).parent / "files"


def load(name: str) -> Found:
    return read((FILES / name).read_bytes(), name, UTC)


def entries(*items: object) -> Found:
    return read(json.dumps(list(items)).encode(), "x.json", UTC)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_me_with_related_data_gives_names_to_the_numbers() -> None:
    found = load("toggl_me.json")
    assert (found.format, found.bad) == ("toggl-json", ())
    first = found.records[0]
    assert (first.project, first.client, first.task) == ("Website", "Acme", "Header")
    assert (first.workspace, first.color, first.billable) == ("Jo's workspace", "#0b83d9", True)
    assert first.tags == ("deep", "a, b")
    assert (first.track_id, first.project_track_id) == (3800000000123, 4500000000001)
    assert (first.start, first.stop) == (utc("2026-03-27 08:03:10"), utc("2026-03-27 09:30:00"))


def test_short_names_missing_keys_and_nulls_are_all_understood() -> None:
    second = load("toggl_me.json").records[1]
    assert (second.project, second.client, second.workspace) == (
        "Archive me",
        "Old customer",
        "Acme team",
    )
    assert (second.description, second.tags, second.billable) == ("", (), False)


def test_projects_clients_tags_tasks_and_workspaces_come_without_entries_too() -> None:
    found = load("toggl_me.json")
    assert [(p.name, p.client, p.archived, p.billable) for p in found.projects] == [
        ("Website", "Acme", False, True),
        ("Archive me", "Old customer", True, False),
    ]
    assert [(c.name, c.archived, c.track_id) for c in found.clients] == [
        ("Acme", False, 9007199254740993),
        ("Old customer", True, 302),
    ]
    assert [tag.name for tag in found.tags] == ["deep", "a, b"]
    assert [(task.name, task.project) for task in found.tasks] == [("Header", "Website")]
    assert [w.name for w in found.workspaces] == ["Jo's workspace", "Acme team"]


def test_deleted_rows_are_skipped_and_counted() -> None:
    assert load("toggl_me.json").skipped == 3
    assert load("toggl_entries.json").skipped == 1


def test_a_negative_duration_is_a_running_entry_and_zero_is_not() -> None:
    records = load("toggl_me.json").records
    assert [r.stop is None for r in records] == [False, False, False, True]
    assert records[2].stop == records[2].start


def test_a_bare_array_uses_the_names_that_meta_adds_and_says_what_is_missing() -> None:
    found = load("toggl_entries.json")
    assert (found.records[0].project, found.records[0].client) == ("Website", "Acme")
    assert (found.records[0].task, found.records[0].color) == ("Header", "#0b83d9")
    assert found.records[1].project is None
    assert found.records[1].project_track_id == 402
    assert found.notes[0].startswith("2 entries name their project by number only")


def test_records_and_bad_items_carry_the_line_they_begin_on() -> None:
    text = '[\n{"start":"2026-03-27T08:00:00Z",\n "duration":60},\n\n{"start":"never"},\n 7]'
    found = read(text.encode(), "x.json", UTC)
    assert [record.line for record in found.records] == [2]
    assert [bad.line for bad in found.bad] == [5, 6]


def test_stop_is_computed_from_the_duration_when_it_is_absent() -> None:
    record = entries({"start": "2026-03-27T08:00:00+02:00", "duration": 90}).records[0]
    assert record.stop == record.start + 90


def test_neither_stop_nor_duration_means_running() -> None:
    assert entries({"start": "2026-03-27T08:00:00Z"}).records[0].stop is None


def test_what_entries_json_prints_can_be_imported_too() -> None:
    found = entries(
        {
            "id": "a1b2",
            "description": "x",
            "project": "Web",
            "client": "Acme",
            "start": "2026-03-27T08:00:00Z",
            "stop": "2026-03-27T09:00:00Z",
            "seconds": 3600,
            "track_id": 12,
        }
    )
    record = found.records[0]
    assert (record.project, record.client, record.track_id) == ("Web", "Acme", 12)


def test_an_empty_answer_is_no_mistake() -> None:
    assert read(b"[]", "x.json", UTC).records == ()


def test_a_single_entry_and_an_old_envelope_are_read() -> None:
    entry = {"start": "2026-03-27T08:00:00Z", "duration": 60}
    assert len(read(json.dumps(entry).encode(), "x.json", UTC).records) == 1
    old = {"since": 1, "data": {"time_entries": [entry], "projects": None}}
    assert len(read(json.dumps(old).encode(), "x.json", UTC).records) == 1


WRONG = [
    ({"start": 5}, "“start” is not text"),
    ({"start": "2026-03-27"}, "“start” is no time"),
    ({"start": "2026-02-31T08:00:00Z"}, "“start” is no time"),
    ({"duration": 5}, "“start” is missing"),
    ({"start": "2026-03-27T08:00:00Z", "stop": "x"}, "“stop” is no time"),
    ({"start": "2026-03-27T08:00:00Z", "stop": "2026-03-27T07:00:00Z"}, "stops before"),
    ({"start": "2026-03-27T08:00:00Z", "duration": 1.5}, "not a whole number"),
    ({"start": "2026-03-27T08:00:00Z", "duration": True}, "not a whole number"),
    ({"start": "2026-03-27T08:00:00Z", "id": 2**63}, "too large"),
    ({"start": "2026-03-27T08:00:00Z", "tags": "x"}, "“tags” is not a list"),
    ({"start": "2026-03-27T08:00:00Z", "tags": [1]}, "not text"),
    ({"start": "2026-03-27T08:00:00Z", "billable": "yes"}, "not true or false"),
    ({"start": "9999-12-31T23:59:59-12:00"}, "the year"),
    ({"start": "2026-03-27T08:00:00Z", "duration": 2**62}, "the year"),
]


@pytest.mark.parametrize(("item", "reason"), WRONG)
def test_a_wrong_item_is_refused_with_its_reason_and_the_others_come_in(
    item: dict[str, object], reason: str
) -> None:
    good = {"start": "2026-03-27T08:00:00Z", "duration": 60}
    found = entries(good, item, good)
    assert len(found.records) == 2
    assert len(found.bad) == 1
    assert reason in found.bad[0].reason


@pytest.mark.parametrize("data", [b"{}", b'{"a": 1}', b"[1, 2]", b'[{"name": "x"}]', b'"x"'])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, "x.json", UTC)


def test_damaged_json_is_refused_with_the_line() -> None:
    with pytest.raises(Unreadable, match="near line 3"):
        read(b'[{"start": "2026-03-27T08:00:00Z"},\n{},\n{]', "x.json", UTC)


def test_a_project_without_a_name_is_a_bad_item() -> None:
    data = b'{"projects": [{"id": 1}, {"id": 2, "name": "x"}], "clients": null}'
    found = read(data, "x.json", UTC)
    assert [project.name for project in found.projects] == ["x"]
    assert found.bad[0].reason == "it has no name"
