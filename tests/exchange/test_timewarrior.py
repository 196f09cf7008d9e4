"""Timewarrior's intervals and the tags that stand for more than tags."""

from __future__ import annotations

from datetime import UTC

import pytest

from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Record
from toggl_desktop.exchange.write import write


def test_tags_by_hand_become_project_client_task_and_billable() -> None:
    data = b"""[
{"id":1,"start":"20260302T080300Z","end":"20260302T093000Z",
 "tags":["project:Acme","project:second","client:C","task:T","billable:yes","x","billable","tag:project:y"],
 "annotation":"Wireframes"}
]"""
    record = read(data, "x.json", UTC).records[0]
    assert (record.project, record.client, record.task, record.billable) == ("Acme", "C", "T", True)
    assert record.tags == ("project:second", "x", "billable", "project:y")
    assert record.description == "Wireframes"


def test_the_newest_interval_has_the_id_one_and_the_running_one_no_end() -> None:
    data = write("timewarrior", [Record(None, "old", 0, 60), Record(None, "new", 600, None)])
    assert b'"id":2,"start":"19700101T000000Z","end":"19700101T000100Z"' in data
    assert b'"id":1,"start":"19700101T001000Z","annotation":"new"' in data


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ('{"start":"20260230T080300Z"}', "“start” is no time"),
        ('{"start":"２０２６0227T080300Z"}', "“start” is no time"),
        ('{"end":"20260230T080300Z"}', "“start” is missing"),
        ('{"start":"20260302T080300Z","end":"later"}', "“end” is no time"),
        ('{"start":"20260302T080300Z","end":"20260302T080200Z"}', "stops before"),
        ('{"start":"20260302T080300Z","tags":{}}', "“tags” is not a list"),
    ],
)
def test_wrong_intervals_are_named_by_line(item: str, reason: str) -> None:
    good = '{"start":"20260302T080300Z","end":"20260302T093000Z"}'
    found = read(f"[\n{good},\n{item}\n]".encode(), "x.json", UTC)
    assert len(found.records) == 1
    assert found.bad[0].line == 3
    assert reason in found.bad[0].reason
