"""Toggl Plan's two tables in: what they say, in every disguise that a spreadsheet gives them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date
from pathlib import Path

import pytest

from toggl_desktop.exchange.plan_columns import VIEW_COLUMNS, WORKSPACE_COLUMNS
from toggl_desktop.exchange.plan_records import Person, PlanRecord
from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import AmbiguousDates, Found, Unreadable

FILES = Path(__file__).parent / "files"
AVA, NOAH = Person("Ava Peeters", "ava@acme.test"), Person("Noah Goossens", "noah@acme.test")


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def of(name: str) -> Found:
    return read((FILES / name).read_bytes(), "download", UTC)


def table(*rows: str, header: str = ",".join(VIEW_COLUMNS)) -> Found:
    return read("\n".join([header, *rows, ""]).encode(), "x.csv", UTC)


def task(**cells: str) -> PlanRecord:
    found = table(
        ",".join(f'"{cells.get(c, "Task" if c == "Task name" else "")}"' for c in VIEW_COLUMNS)
    )
    assert found.bad == ()
    return found.plan[0]


def test_the_table_of_a_view_is_read_whole() -> None:
    found = of("plan_view.csv")
    assert (found.bad, found.notes, len(found.plan)) == ((), (), 8)
    assert found.plan[0] == PlanRecord(
        2, "Website relaunch, phase 2", day("2026-10-05"), day("2026-10-09"), project="Acme",
        segment="Design", status="In progress", people=(AVA,), tags=("ux", "web"),
        estimate_minutes=480,
    )  # fmt: skip
    kickoff, pairing = found.plan[1:3]
    assert (kickoff.start_minute, kickoff.end_minute, kickoff.is_done) == (540, 600, True)
    assert pairing.people == (AVA, NOAH)
    idea = found.plan[6]
    assert (idea.start, idea.end, idea.people) == (None, None, ())


def test_rows_of_one_task_with_several_assignees_are_one_task() -> None:
    found = of("plan_workspace.csv")
    assert (found.bad, found.notes, len(found.plan)) == ((), (), 5)
    meeting, wireframes, away, birthday, someday = found.plan
    assert meeting == PlanRecord(
        2, "Status meeting", day("2026-03-02"), day("2026-03-02"), 630, 660, "Website", "Imec",
        "Default Segment", "Done", is_done=True,
        people=(Person("Ann Smith", "ann@x.test"), Person("Bob Jones", "bob@x.test")),
        estimate_minutes=30, repeat="every 1 week", key="42", group=1,
        notes="Agenda:\n- item one\n- item two\nAttachment: https://cdn.test/a/Screen%20shot.png",
    )  # fmt: skip
    assert (wireframes.tags, wireframes.client) == (("ux", "web"), "Imec")
    assert (away.status, away.segment, away.client) == (None, None, None)
    assert (birthday.people, birthday.repeat) == ((Person("Kim"),), "every 1 year")
    assert (someday.start, someday.notes, someday.people) == (None, 'He said "later"', ())


def test_rows_that_tell_a_task_otherwise_are_counted_and_the_first_one_holds() -> None:
    text = (FILES / "plan_workspace.csv").read_text().replace("30,Done", "45,To-do", 1)
    found = read(text.encode(), "x", UTC)
    assert (found.plan[0].estimate_minutes, found.plan[0].status) == (45, "To-do")
    assert found.notes == ("One row differs from the first one of the same task, which counts.",)


@pytest.mark.parametrize("name", ["plan_view.csv", "plan_workspace.csv"])
@pytest.mark.parametrize(
    "disguise", ["bom", "utf-16", "semicolon", "tab", "sep", "crlf", "reordered", "upper", "extra"]
)
def test_no_disguise_changes_what_is_read(name: str, disguise: str) -> None:
    text = (FILES / name).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    delimiter = {"semicolon": ";", "tab": "\t"}.get(disguise, ",")
    if disguise == "reordered":
        rows = [row[::-1] for row in rows]
    if disguise == "upper":
        rows[0] = [f" {cell.upper()} " for cell in rows[0]]
    if disguise == "extra":
        rows = [[*row, "x"] for row in rows]
    out = io.StringIO(newline="")
    csv.writer(
        out, delimiter=delimiter, lineterminator="\r\n" if disguise == "crlf" else "\n"
    ).writerows(rows)
    made = ("sep=,\n" if disguise == "sep" else "") + out.getvalue()
    data = made.encode({"bom": "utf-8-sig", "utf-16": "utf-16"}.get(disguise, "utf-8"))
    shift = disguise == "sep"
    expected = of(name)
    found = read(data, "x", UTC)
    assert (found.format, found.bad) == (expected.format, ())
    assert [r.line and r.line - shift for r in found.plan] == [r.line for r in expected.plan]
    assert [r.people for r in found.plan] == [r.people for r in expected.plan]
    assert [(r.name, r.start, r.notes) for r in found.plan] == [
        (r.name, r.start, r.notes) for r in expected.plan
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Start date": "soon"}, "the start date “soon” is no date"),
        ({"End date": "2026-02-30"}, "the end date “2026-02-30” is no date"),
        ({"Start date": "2026-10-05", "End date": "2026-10-04"}, "it ends before it starts"),
        ({"Start date": "1815-06-18"}, "the year is not between 1970 and 2199"),
        ({"Start time": "25:00"}, "the start time “25:00” is no time"),
        ({"End time": "late"}, "the end time “late” is no time"),
        ({"Estimated time (minutes)": "a lot"}, "the estimate “a lot” is no number of minutes"),
        ({"Estimated time (minutes)": "-5"}, "the estimate “-5” is no number of minutes"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_task_is_told_by_its_number_and_why(
    cells: dict[str, str], reason: str
) -> None:
    row = ",".join(cells.get(c, "Task" if c == "Task name" else "") for c in VIEW_COLUMNS)
    good = ",".join("Good" if c == "Task name" else "" for c in VIEW_COLUMNS)
    found = table(good, row, good)
    assert [r.line for r in found.plan] == [2, 4]
    assert [(bad.line, bad.reason) for bad in found.bad] == [(3, reason)]


def test_rows_that_are_too_short_or_too_long_are_bad_lines() -> None:
    found = table("a,b", ",".join(["x"] * 14), "Good" + "," * 14)
    assert [bad.reason for bad in found.bad] == [
        "it has 2 of 13 columns", "it has 14 columns, the header 13",
    ]  # fmt: skip
    assert [record.name for record in found.plan] == ["Good"]


def test_one_date_of_two_is_both() -> None:
    at = day("2026-10-05")
    assert (task(**{"Start date": "2026-10-05"}).end, task(**{"End date": "2026-10-05"}).start) == (
        at,
        at,
    )
    assert task(**{"Start date": "2026-10-05T09:00:00Z"}).start == at


def test_other_date_styles_are_settled_by_the_file_or_asked_about() -> None:
    rows = [f"Task,,,,,,,{text},{text},,,," for text in ("05/10/2026", "13/10/2026")]
    assert [r.start for r in table(*rows).plan] == [day("2026-10-05"), day("2026-10-13")]
    with pytest.raises(AmbiguousDates):
        table(rows[0])
    found = read(f"{','.join(VIEW_COLUMNS)}\n{rows[0]}\n".encode(), "x", UTC, None, "mdy")
    assert found.plan[0].start == day("2026-05-10")


@pytest.mark.parametrize(
    ("cell", "status", "is_done"),
    [
        ("Done", "Done", True), ("done", "Done", True), ("to-do", "To-do", False),
        ("in_progress", "In progress", False), ("no_status", None, False), ("", None, False),
        ("No status", None, False), ("🚧 Review", "🚧 Review", False),
        ("Completed", "Completed", True),
    ],
)  # fmt: skip
def test_statuses_are_read_in_old_and_new_spellings(
    cell: str, status: str | None, is_done: bool
) -> None:
    found = task(**{"Task status": cell})
    assert (found.status, found.is_done) == (status, is_done)


@pytest.mark.parametrize(
    ("cell", "minutes", "is_total"),
    [("480", 480, False), ("480.0", 480, False), ("1439", 1439, False), ("4800", 4800, True),
     ("0", None, False), ("", None, False), ("90 min", 90, False)],
)  # fmt: skip
def test_an_estimate_that_no_day_can_hold_is_one_in_all(
    cell: str, minutes: int | None, is_total: bool
) -> None:
    found = task(**{"Estimated time (minutes)": cell})
    assert (found.estimate_minutes, found.is_total) == (minutes, is_total)


@pytest.mark.parametrize(
    ("names", "emails", "people"),
    [
        ("Ava, Noah", "", (Person("Ava"), Person("Noah"))),
        ("Peeters, Ava", "ava@acme.test", (Person("Peeters, Ava", "ava@acme.test"),)),
        ("", "ava@acme.test", (Person("ava", "ava@acme.test"),)),
        ("Ava, Noah", "a@x, n@x", (Person("Ava", "a@x"), Person("Noah", "n@x"))),
        ("Ava, Ava", "", (Person("Ava"),)),
        (" , ", "", ()),
    ],
)
def test_assignees_share_a_cell(names: str, emails: str, people: tuple[Person, ...]) -> None:
    assert task(**{"Assignee name": names, "Assignee email": emails}).people == people


def test_a_recurrence_nobody_understands_is_left_out_and_said() -> None:
    found = table("A,,,,,,,2026-10-05,,every full moon,,,", "B,,,,,,,2026-10-05,,never,,,")
    assert [record.repeat for record in found.plan] == ["", ""]
    assert found.notes == ("Not understood as a recurrence, and left out: “every full moon”.",)


def test_a_task_without_a_name_takes_its_projects() -> None:
    found = table(",,Acme,,,,,2026-10-05,,,,,", ",,,,,,,2026-10-05,,,,,")
    assert [record.name for record in found.plan] == ["Acme", "Untitled"]
    assert found.notes == ("2 tasks have no name, and got the project's.",)


def test_tasks_on_the_days_of_one_rule_are_one_series_and_others_are_not() -> None:
    rows = [
        ("2026-10-05", "every 1 week"),  # a Monday
        ("2026-10-07", "every 1 week"),  # another series: a Wednesday
        ("2026-10-19", "every 1 week"),
        ("2026-10-14", "every 1 week"),
        ("2026-10-05", "every 1 month"),
        ("2026-10-05", ""),
    ]
    found = table(*(f"Stand-up,,,,,,,{at},{at},{rule},,," for at, rule in rows))
    assert [record.group for record in found.plan] == [1, 3, 1, 3, 2, 0]


def test_a_time_report_is_not_taken_for_a_plan() -> None:
    assert of("toggl_newer.csv").format == "csv"
    header = "User,Email,Client,Project,Task,Description,Start date,Start time,Duration"
    assert (
        read(f"{header}\nJo,,,,,x,2026-05-04,09:00:00,01:00:00\n".encode(), "x", UTC).format
        == "csv"
    )


def test_a_table_without_dates_or_tasks_is_refused_with_a_sentence() -> None:
    for header in ("Task name,Segment", "Segment,Start date"):
        with pytest.raises(Unreadable, match="no column"):
            read(f"{header}\na,b\n".encode(), "x", UTC, "csv-plan")


def test_header_words_are_toggls() -> None:
    assert ",".join(VIEW_COLUMNS) == (FILES / "plan_view.csv").read_text().split("\n", 1)[0]
    assert (
        ",".join(WORKSPACE_COLUMNS) == (FILES / "plan_workspace.csv").read_text().split("\n", 1)[0]
    )
