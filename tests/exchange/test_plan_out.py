"""Plan tasks out: Toggl's header sets word for word, identical when they come back; calendars."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from toggl_desktop.exchange import plan_csv_out, plan_ics
from toggl_desktop.exchange.plan_columns import VIEW_COLUMNS, WORKSPACE_COLUMNS
from toggl_desktop.exchange.plan_records import (
    VIEW,
    WORKSPACE,
    MilestoneRecord,
    Person,
    PlanRecord,
)
from toggl_desktop.exchange.read import read

FILES = Path(__file__).parent / "files"
DAY = date(2026, 11, 27).toordinal()
SOUND = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x00\u2028\u2029\x85")
TRICKY = st.sampled_from(
    ["=1+1", "'=1", "'", '"', '""', ",", "a, b", "a\\", "\\,", "\\n", "a\\nb", "-x", "🎉", "sep=;",
     "@x", "＝1", "Done", "L1", "{", "Attachment: x"]
)  # fmt: skip
NAME = (TRICKY | st.text(SOUND, min_size=1, max_size=12)).map(str.strip).filter(bool)
LISTED = NAME.filter(lambda name: name != "-")
PERSON = st.builds(Person, LISTED, st.sampled_from(["", "a@x.test", "b@x.test", "odd, one@x"]))
NOTES = st.lists(TRICKY | st.text(SOUND, max_size=12), max_size=3).map("\n".join)
STATUS = NAME.filter(
    lambda name: "".join(c for c in name.casefold() if c.isalnum()) not in {"", "done", "nostatus"}
)


@st.composite
def tasks(draw: st.DrawFn) -> PlanRecord:
    start = draw(st.none() | st.integers(DAY - 9000, DAY + 9000))
    minutes = draw(st.none() | st.integers(1, 99_999))
    return PlanRecord(
        None,
        draw(NAME),
        start,
        None if start is None else start + draw(st.integers(0, 60)),
        draw(st.none() | st.integers(0, 1439)),
        draw(st.none() | st.integers(0, 1440)),
        project=draw(st.none() | NAME),
        segment=draw(st.none() | NAME),
        status=draw(st.none() | STATUS),
        people=tuple(draw(st.lists(PERSON, max_size=3, unique_by=lambda one: one.name))),
        tags=tuple(draw(st.lists(LISTED, max_size=3, unique=True))),
        estimate_minutes=minutes,
        is_total=minutes is not None and minutes > 1439,
        repeat=draw(st.sampled_from(["", "every 1 week", "every 5 months until 2031-01-01"])),
    )


def bare(record: PlanRecord) -> PlanRecord:
    """Without what only the reading side adds."""
    return replace(record, line=None, key="", group=0)


@settings(max_examples=30, deadline=None)
@given(st.lists(tasks(), max_size=5), st.booleans())
def test_the_view_comes_back_identical(records: list[PlanRecord], raw: bool) -> None:
    found = read(plan_csv_out.write(records, VIEW, raw=raw), "x", UTC)
    assert (found.format, found.bad, found.notes) == (VIEW, (), ())
    assert [bare(record) for record in found.plan] == records


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(tasks(), NOTES, st.none() | NAME), max_size=5), st.booleans())
def test_the_workspace_comes_back_identical(
    given: list[tuple[PlanRecord, str, str | None]], raw: bool
) -> None:
    records = [
        replace(record, notes=notes, client=client if record.project else None)
        for record, notes, client in given
    ]
    data = plan_csv_out.write(records, WORKSPACE, raw=raw)
    found = read(data, "x", UTC)
    assert (found.format, found.bad, found.notes) == (WORKSPACE, (), ())
    assert [bare(record) for record in found.plan] == records
    again = [replace(record, key="") for record in found.plan]
    assert plan_csv_out.write(again, WORKSPACE, raw=raw) == data


def test_a_line_that_only_looks_like_an_attachment_stays_in_the_notes() -> None:
    notes = "Attachment: x\nAttachment: https://a.example/1"
    data = plan_csv_out.write([PlanRecord(None, "a", notes=notes)], WORKSPACE, raw=False)
    assert [record.notes for record in read(data, "x", UTC).plan] == [notes]


@pytest.mark.parametrize(
    ("name", "form"), [("plan_view.csv", VIEW), ("plan_workspace.csv", WORKSPACE)]
)
def test_toggls_own_files_are_written_again_as_they_came(name: str, form: str) -> None:
    was = (FILES / name).read_text(encoding="utf-8")
    found = read(was.encode(), "x", UTC)
    now = plan_csv_out.write(found.plan, form, raw=False).decode("utf-8-sig")
    wanted, got = (list(csv.DictReader(io.StringIO(text))) for text in (was, now))
    opaque = {"User ID", "Client ID", "Project ID"}  # numbers of Toggl's that nothing here has
    assert [{k: v for k, v in row.items() if k not in opaque} for row in got] == [
        {k: v for k, v in row.items() if k not in opaque} for row in wanted
    ]


def test_headers_are_toggls_word_for_word() -> None:
    for form, columns in ((VIEW, VIEW_COLUMNS), (WORKSPACE, WORKSPACE_COLUMNS)):
        text = plan_csv_out.write([], form, raw=False).decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(text))) == list(columns)


def test_what_a_spreadsheet_would_run_is_marked_and_comes_back() -> None:
    evil = "=cmd|' /C calc'!A0"
    record = PlanRecord(None, evil, DAY, DAY, project=evil, client=evil, segment=evil, status=evil,
                        people=(Person(evil, "@x"),), tags=(evil,), notes=evil)  # fmt: skip
    for form in (VIEW, WORKSPACE):
        text = plan_csv_out.write([record], form, raw=False).decode("utf-8-sig")
        cells = list(csv.reader(io.StringIO(text)))[1]
        assert not any(cell.startswith(("=", "@", "+", "-")) for cell in cells)
        assert read(text.encode(), "x", UTC).plan[0].name == evil


def test_a_moved_occurrence_of_ours_stays_in_its_series() -> None:
    days = (DAY, DAY + 8, DAY + 14, DAY + 20)
    records = [PlanRecord(None, "Stand-up", at, at, repeat="every 1 week") for at in days]
    found = read(plan_csv_out.write(records, VIEW, raw=False), "x", UTC)
    assert [record.group for record in found.plan] == [1, 1, 1, 1]


def test_thousands_of_rows_are_no_matter() -> None:
    people = (Person("Ann", "a@x.test"), Person("Bo", "b@x.test"))
    records = [
        PlanRecord(
            None, f"Task {n}", DAY + n % 900, DAY + n % 900, project=f"P{n % 40}", people=people
        )
        for n in range(6_000)
    ]
    found = read(plan_csv_out.write(records, WORKSPACE, raw=False), "x", UTC)
    assert len(found.plan) == 6_000
    assert found.plan[-1].people == people


# Calendars ----------------------------------------------------------------------------------


def events(*records: PlanRecord, milestones: tuple[MilestoneRecord, ...] = ()) -> list[dict]:
    calendar = Calendar.from_ical(plan_ics.write(records, milestones, 1_780_000_000))
    return list(calendar.walk("VEVENT"))


def test_a_task_is_an_event_over_its_days() -> None:
    record = PlanRecord(None, "Copy\nedit", DAY, DAY + 3, project="Web", tags=("ux",),
                        is_done=True, people=(Person("Ann"), Person("Bo")), notes="see\nbelow",
                        lid="t1")  # fmt: skip
    (event,) = events(record)
    assert event["uid"] == "task-t1@toggl-desktop"
    assert event["summary"] == "Copy edit"
    assert event["dtstart"].dt == date.fromordinal(DAY)
    assert event["dtend"].dt == date.fromordinal(DAY + 4)
    assert event["description"] == "Project: Web\nStatus: Done\nAssignees: Ann, Bo\n\nsee\nbelow"
    assert "attendee" not in event


def test_a_timed_task_is_an_event_on_each_of_its_days_wherever_one_is() -> None:
    (event,) = events(PlanRecord(None, "Stand-up", DAY, DAY + 4, 540, 555, lid="t"))
    start = datetime.combine(date.fromordinal(DAY), datetime.min.time()) + timedelta(hours=9)
    assert (event["dtstart"].dt, event["dtend"].dt) == (start, start + timedelta(minutes=15))
    assert event["dtstart"].dt.tzinfo is None
    assert event["rrule"] == {"FREQ": ["DAILY"], "COUNT": [5]}


def test_milestones_are_days_and_what_is_not_scheduled_is_left_out() -> None:
    marks = (
        MilestoneRecord("m1", "Launch", DAY, of="Web"),
        MilestoneRecord("m2", "Closed", DAY + 1, is_holiday=True),
    )
    launch, closed = events(PlanRecord(None, "Someday", lid="t"), milestones=marks)
    assert (launch["dtstart"].dt, launch["description"]) == (date.fromordinal(DAY), "For: Web")
    assert [str(one["categories"].to_ical().decode()) for one in (launch, closed)] == [
        "Milestone",
        "Holiday",
    ]


def test_half_characters_do_no_harm() -> None:
    (event,) = events(
        PlanRecord(None, "a\ud800", DAY, DAY, notes="b\udfff", tags=("c\ud800",), lid="t")
    )
    assert event["summary"] == "a?"
