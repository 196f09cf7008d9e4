import csv
import io
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from toggl_desktop.exchange.plan_columns import VIEW_COLUMNS, WORKSPACE_COLUMNS

FILES = Path(__file__).parent.parent / "exchange" / "files"
VIEW, WORKSPACE = str(FILES / "plan_view.csv"), str(FILES / "plan_workspace.csv")


def written(terminal, *arguments):
    target = terminal.folder / "out"
    terminal("export", *arguments, "-o", str(target), "--force").ok()
    return target.read_text(encoding="utf-8-sig")


def rows(terminal, *arguments):
    return list(csv.DictReader(io.StringIO(written(terminal, *arguments))))


@pytest.fixture
def full(terminal):
    terminal("import", VIEW).ok()
    return terminal


def test_a_view_comes_in_as_one_step_that_one_undo_takes_back(terminal):
    said = terminal("import", VIEW).ok()
    assert said.lines[0].startswith("Imported 8 plan tasks, of 2026-09-28 to 2026-11-13; 1 without")
    assert said.lines[0].endswith("(Toggl Plan's tasks of a view (CSV)).")
    assert said.lines[1:] == [
        "  new projects: Acme, Internal",
        "  new members: Ava Peeters, Noah Goossens",
        "  new segments: Design, Build, Default Segment",
        "  new statuses: In progress, Done, To-do",
        "  new tags: ux, web, 🌴 later",
    ]
    assert "everything is here already" in terminal("import", VIEW).failed(3).err
    assert terminal("undo").ok().out == "Undo: Import 8 plan tasks from plan_view.csv.\n"
    assert rows(terminal, "csv-plan") == []


def test_a_workspace_comes_in_with_one_task_for_its_rows(terminal):
    found = terminal("import", WORKSPACE, "--dry-run", "--json").ok().json
    assert found == {
        "done": False,
        "format": "csv-plan-workspace",
        "new": 5,
        "undated": 1,
        "duplicates": 0,
        "first": "2026-03-02",
        "last": "2026-05-30",
        "made": {
            "clients": ["Imec"],
            "projects": ["Website", "Office"],
            "members": ["Ann Smith", "Bob Jones", "Kim"],
            "segments": ["Design", "Default Segment"],
            "statuses": ["In progress", "To-do", "Done"],
            "tags": ["ux", "web"],
        },
        "bad": [],
        "notes": [],
    }
    assert rows(terminal, "csv-plan-workspace") == []
    terminal("import", WORKSPACE).ok()
    out = rows(terminal, "csv-plan-workspace")
    assert [row["User Name"] for row in out] == [
        "Ann Smith",
        "Bob Jones",
        "Ann Smith",
        "Bob Jones",
        "Kim",
        "",
    ]
    assert out[0]["Notes"] == "Agenda:\\n- item one\\n- item two"


def test_bad_lines_refuse_the_whole_file_and_are_listed(terminal, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(
        Path(VIEW).read_text(encoding="utf-8") + "x,,,,,,,never ever,,,,,\n", encoding="utf-8"
    )
    said = terminal("import", str(path))
    assert said.code == 1
    assert any(
        line.startswith("  line 10: the start date “never ever” is no date") for line in said.lines
    )
    assert "--skip-bad" in said.err
    assert rows(terminal, "csv-plan") == []
    assert "1 bad line left out" in terminal("import", str(path), "--skip-bad").ok().lines[0]


def test_dates_that_can_be_read_two_ways_ask_for_the_order(terminal, tmp_path):
    path = tmp_path / "us.csv"
    path.write_text(f"{','.join(VIEW_COLUMNS)}\nx,,,,,,,03/04/2026,03/04/2026,,,,\n")
    assert "dmy or mdy" in terminal("import", str(path)).failed(1).err
    terminal("import", str(path), "--dates", "mdy").ok()
    assert rows(terminal, "csv-plan")[0]["Start date"] == "2026-03-04"


def test_whose_entries_is_no_question_about_a_plan(terminal):
    assert "time entries" in terminal("import", VIEW, "--user", "Ann").failed(2).err


@pytest.mark.parametrize(
    ("form", "columns"), [("csv-plan", VIEW_COLUMNS), ("csv-plan-workspace", WORKSPACE_COLUMNS)]
)
def test_the_header_is_toggls(full, form, columns):
    assert tuple(rows(full, form)[0]) == columns


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--since", "2026-10-20"), ["Board meeting", "Build it"]),
        (("--until", "2026-10-04"), ["Kickoff"]),
        (("--since", "-49", "--until", "2026-10-09"), ["Website relaunch, phase 2", "Stand-up"]),
        (("--since", "today"), []),
        (("--project", "acme"), ["Kickoff", "Website relaunch, phase 2", "Build it"]),
        (("--member", "noah goossens"), ["Kickoff", "Pairing", "Build it"]),
    ],
)
def test_a_part_is_asked_for_by_days_project_and_member(full, options, found):
    assert [row["Task name"] for row in rows(full, "csv-plan", *options)] == found


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("csv-plan", "--project", "Acmee"), 1, "“Acme”"),
        (
            ("csv-plan", "--member", "Nobody"),
            1,
            "There is no member “Nobody”. There are Ava Peeters",
        ),
        (("csv-plan", "--since", "someday"), 1, "“someday” is not a day"),
        (("csv-plan", "--since", "2026-10-02", "--until", "2026-10-01"), 1, "before the first"),
        (("csv-plan", "--search", "x"), 2, "“--search” is for time entries"),
        (("csv-plan", "--all"), 2, "“--all” is for time entries"),
        (("csv", "--member", "Ava"), 2, "formats of the plan"),
        (("ics-plan", "--raw"), 2, "“--raw” is for csv"),
        (("ics-plan", "--theme", "dark"), 2, "“--theme” is for pictures"),
        (("csv", "--no-weekends"), 2, "formats of the plan"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(full, arguments, code, said):
    assert said in full("export", *arguments).failed(code).err


def test_a_file_that_is_there_is_kept(full, tmp_path):
    target = tmp_path / "plan.csv"
    said = full("export", "csv-plan", "-o", str(target)).ok()
    assert said.lines == [f"Exported 8 plan tasks to {target}."]
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.read_bytes()
    full("export", "csv-plan", "-o", str(target)).failed(1)
    assert target.read_bytes() == before
    full("export", "csv-plan", "-o", str(target), "--force").ok()


def test_the_calendar_holds_what_has_days(full):
    calendar = Calendar.from_ical(written(full, "ics-plan"))
    assert len(list(calendar.walk("VEVENT"))) == 7


def test_a_picture_is_asked_for_with_all_that_it_depends_on(full, tmp_path):
    target = tmp_path / "plan.png"
    said = full("export", "png", "-p", "acme", "--since", "2026-10-01", "--theme", "dark",
                "--no-weekends", "-o", str(target)).ok()  # fmt: skip
    assert said.lines == [f"Exported a picture of the plan to {target}."]
    assert target.read_bytes() == b"a picture"
    ((plan, picture),) = full.drawn
    assert (picture.form, len(picture.projects), picture.members) == ("png", 1, None)
    assert (str(date.fromordinal(picture.low)), picture.high) == ("2026-10-01", None)
    assert str(date.fromordinal(picture.today)) == "2026-11-23"
    assert (picture.is_dark, picture.has_weekends, picture.twelve_hours) == (True, False, False)
    assert {bar.name for bar in plan.bars if bar.start} >= {"Build it"}
    full("export", "pdf", "--member", "Ava Peeters", "-o", str(tmp_path / "a.pdf")).ok()
    assert (full.drawn[1][1].form, len(full.drawn[1][1].members)) == ("pdf", 1)


def test_a_file_that_is_there_is_not_even_drawn_for(full, tmp_path):
    target = tmp_path / "plan.png"
    target.write_text("mine")
    full("export", "png", "-o", str(target)).failed(1)
    assert (target.read_text(), full.drawn) == ("mine", [])


def test_an_export_says_what_its_file_cannot_hold(terminal, tmp_path):
    terminal("plan", "add", "API", "--from", "today").ok()
    terminal("plan", "milestone", "add", "Beta", "--on", "today").ok()
    lacks = "Not in this file: 1 milestone; ICS has the milestones, JSON has everything.\n"
    target = tmp_path / "plan.csv"
    assert terminal("export", "csv-plan", "-o", str(target)).ok().out.endswith(lacks)
    whole = tmp_path / "all.json"
    assert "Not in" not in terminal("export", "json", "-o", str(whole)).ok().out
    assert "Beta" in whole.read_text()
    assert "Beta" not in target.read_text()
