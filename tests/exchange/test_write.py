"""What leaves the house: Toggl's columns, calendars, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from toggl_desktop.exchange.records import Bundle, Record
from toggl_desktop.exchange.toggl_csv_out import COLUMNS
from toggl_desktop.exchange.write import FORMATS, SUFFIXES, UnknownFormat, write

ENTRY = Record(
    None,
    "Review – “x”, a\nsecond line",
    1_780_000_000,
    1_780_003_725,
    project="Website",
    client="Acme",
    task="Header",
    tags=("deep", "a, b"),
    billable=True,
)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_toggls_columns_first_and_local_times() -> None:
    bundle = Bundle(person="Jo Doe", email="jo@example.com")
    data = write("csv", [ENTRY], zone=ZoneInfo("Europe/Berlin"), bundle=bundle)
    header, row = rows(data)
    assert tuple(header) == COLUMNS
    assert ",".join(header[:14]) == (
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,"
        "End time,Duration,Tags,Amount ()"
    )
    assert row == [
        "Jo Doe",
        "jo@example.com",
        "Acme",
        "Website",
        "Header",
        ENTRY.description,
        "Yes",
        "2026-05-28",
        "22:26:40",
        "2026-05-28",
        "23:28:45",
        "01:02:05",
        "deep, a\\, b",
        "",
        "UTC+02:00",
        "UTC+02:00",
    ]


def test_every_csv_cell_is_quoted() -> None:
    line = write("csv", [replace(ENTRY, description="x")]).decode("utf-8-sig").split("\r\n")[1]
    assert line[0] == line[-1] == '"'
    assert line.count('","') == len(COLUMNS) - 1


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "=cmd|' /C calc'!A0",
    '"=1',
    "-",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_csv_begins_a_formula_unless_asked_for_raw(text: str) -> None:
    entry = Record(None, text, 0, 60, project=text, client=text, task=text, tags=(text,))
    bundle = Bundle(person=text, email=text)
    for cell in rows(write("csv", [entry], bundle=bundle))[1]:
        assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠")), cell
    assert rows(write("csv", [entry], raw=True))[1][5] == text


def test_half_characters_cannot_stop_an_export() -> None:
    entry = Record(None, "a\ud800b", 0, 60, project="\ud800", tags=("\udfff",))
    for kind in FORMATS:
        assert write(kind, [entry])


def test_ics_is_a_calendar_with_every_finished_entry() -> None:
    running = Record(None, "open", 1_780_010_000, None)
    data = write("ics", [ENTRY, ENTRY, running, replace(ENTRY, track_id=7)], now=1_780_020_000)
    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert len(events) == 3
    first = events[0]
    assert first.decoded("dtstart") == datetime(2026, 5, 28, 20, 26, 40, tzinfo=UTC)
    assert first.decoded("dtend") == datetime(2026, 5, 28, 21, 28, 45, tzinfo=UTC)
    assert first.decoded("dtstamp") == datetime(2026, 5, 29, 2, 0, tzinfo=UTC)
    assert str(first["summary"]) == "Review – “x”, a second line"
    assert str(first["description"]) == (
        "Project: Website\nClient: Acme\nTask: Header\nBillable: yes"
    )
    assert [str(name) for name in first["categories"].cats] == ["deep", "a, b"]
    assert len({str(event["uid"]) for event in events}) == 3
    assert str(events[2]["uid"]) == "track-7@toggl-desktop"


def test_the_same_entry_keeps_its_uid_between_exports() -> None:
    assert write("ics", [ENTRY], now=5) == write("ics", [ENTRY], now=5)


def test_an_entry_without_description_is_named_after_its_project_in_ics() -> None:
    data = write("ics", [replace(ENTRY, description=""), Record(None, "", 0, 60)])
    summaries = [str(event["summary"]) for event in Calendar.from_ical(data).walk("VEVENT")]
    assert summaries == ["Website", "(no description)"]


def test_json_says_its_format_and_version_and_keeps_the_running_entry_open() -> None:
    document = json.loads(write("json", [replace(ENTRY, stop=None)]))
    assert (document["format"], document["version"]) == ("toggl-desktop", 1)
    assert document["entries"][0]["start"] == "2026-05-28T20:26:40Z"
    assert document["entries"][0]["stop"] is None


def test_empty_exports_are_valid() -> None:
    assert len(rows(write("csv", []))) == 1
    assert json.loads(write("json", []))["entries"] == []
    assert json.loads(write("timewarrior", [])) == []
    assert Calendar.from_ical(write("ics", [])).walk("VEVENT") == []


def test_an_unknown_format_is_refused() -> None:
    assert set(SUFFIXES) == set(FORMATS)
    with pytest.raises(UnknownFormat, match="csv, json, ics, timewarrior"):
        write("xlsx", [])
