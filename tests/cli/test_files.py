import json
import sys
from pathlib import Path

import pytest

CSV = """User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,\
End time,Duration,Tags,Amount ()
Ann,a@x,Acme,Web,Draw,Wireframes,Yes,2026-11-20,09:00:00,2026-11-20,10:30:00,01:30:00,"ux, deep",
Ann,a@x,,,,Mail,No,2026-11-20,11:00:00,2026-11-20,11:15:00,00:15:00,,
"""
BAD = CSV + "Ann,a@x,,,,Broken,No,2026-13-45,xx,2026-11-20,11:15:00,00:15:00,,\n"


@pytest.fixture
def write(tmp_path):
    def one(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return one


def entries(terminal):
    return terminal("entries", "--all", "--json").ok().json


def without_ids(rows):
    return [{k: v for k, v in row.items() if k not in {"id", "project_id"}} for row in rows]


def test_a_file_comes_in_as_one_step_that_one_undo_takes_back(terminal, write):
    said = terminal("import", write("t.csv", CSV)).ok()
    assert said.lines == [
        "Imported 2 entries, 1:45, of 2026-11-20 (Toggl's detailed report (CSV)).",
        "  new clients: Acme",
        "  new projects: Web",
        "  new tags: ux, deep",
        "  new tasks: Draw",
    ]
    mail, wireframes = entries(terminal)
    assert (wireframes["client"], wireframes["project"]) == ("Acme", "Web")
    assert (wireframes["tags"], wireframes["billable"]) == (["ux", "deep"], True)
    assert (mail["start"], mail["seconds"]) == ("2026-11-20T10:00:00Z", 900)
    assert terminal("undo").ok().out == "Undo: Import 2 entries from t.csv.\n"
    assert entries(terminal) == terminal("projects", "--json").json == []


def test_a_dry_run_says_the_same_and_changes_nothing(terminal, write):
    path = write("t.csv", CSV)
    said = terminal("import", path, "--dry-run").ok()
    assert said.lines[0].startswith("Would import 2 entries, 1:45")
    assert entries(terminal) == []
    found = terminal("import", path, "--dry-run", "--json").ok().json
    assert found == {
        "done": False,
        "format": "csv",
        "new": 2,
        "plan_tasks": 0,
        "duplicates": 0,
        "seconds": 6300,
        "first": "2026-11-20T08:00:00Z",
        "last": "2026-11-20T10:00:00Z",
        "running": False,
        "made": {
            "clients": ["Acme"],
            "projects": ["Web"],
            "tags": ["ux", "deep"],
            "tasks": ["Draw"],
            "favourites": 0,
        },
        "bad": [],
        "skipped": 0,
        "users": ["a@x"],
        "notes": [],
    }


def test_what_is_here_already_is_recognised(terminal, write):
    path = write("t.csv", CSV)
    terminal("import", path).ok()
    assert "everything is here already" in terminal("import", path).failed(3).err
    terminal("delete", "last").ok()
    again = terminal("import", path, "--json").ok().json
    assert (again["new"], again["duplicates"], again["done"]) == (1, 1, True)


def test_bad_lines_refuse_the_whole_file_and_are_listed(terminal, write):
    path = write("t.csv", BAD)
    said = terminal("import", path)
    assert said.code == 1
    assert any(line.startswith("  line 4: ") for line in said.lines)
    assert said.err.count("\n") == 1
    assert "line 4" in said.err
    assert "--skip-bad" in said.err
    assert entries(terminal) == []


def test_bad_lines_can_be_left_out(terminal, write):
    said = terminal("import", write("t.csv", BAD), "--skip-bad").ok()
    assert "1 bad line left out" in said.lines[0]
    assert len(entries(terminal)) == 2


def test_a_file_of_several_people_asks_whose_are_wanted(terminal, write):
    path = write("t.csv", CSV.replace("Ann,a@x,,,,Mail", "Bo,b@x,,,,Mail"))
    said = terminal("import", path).failed(1)
    assert "2 people: a@x, b@x" in said.err
    assert "--user NAME" in said.err
    terminal("import", path, "--user", "Cy").failed(1)
    terminal("import", path, "--user", "b@x").ok()
    assert [row["description"] for row in entries(terminal)] == ["Mail"]


def test_local_times_can_be_of_another_zone(terminal, write):
    path = write("t.csv", CSV)
    terminal("import", path, "--zone", "America/New_York").ok()
    assert entries(terminal)[0]["start"] == "2026-11-20T16:00:00Z"
    terminal("import", path, "--zone", "Mars/Olympus").failed(1)


def test_dates_that_can_be_read_two_ways_ask_for_the_order(terminal, write):
    text = CSV.replace("2026-11-20", "03/04/2026")
    path = write("t.csv", text)
    assert "dmy or mdy" in terminal("import", path).failed(1).err
    terminal("import", path, "--dates", "mdy").ok()
    assert entries(terminal)[0]["start"].startswith("2026-03-04")


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.csv", b"\x00\x01"), ("x.json", b"[{]"), ("x.txt", b"hello"), ("x.json", b"{}")],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(terminal, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    assert "Nothing was imported" in terminal("import", str(tmp_path / name)).failed(1).err


def test_a_file_that_cannot_be_read_is_named(terminal, tmp_path):
    assert "No such file" in terminal("import", str(tmp_path / "none")).failed(1).err
    assert "Is a directory" in terminal("import", str(tmp_path)).failed(1).err
    terminal("import").failed(2)
    terminal("import", "x", "--format", "frob").failed(2)


def test_the_input_can_be_imported_too(terminal, monkeypatch, write):
    with Path(write("t.csv", CSV)).open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        terminal("import", "-").ok()
    assert len(entries(terminal)) == 2


def test_an_interrupted_import_leaves_nothing(terminal, write, monkeypatch):
    from toggl_desktop.store import journal

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    path = write("t.csv", CSV)
    terminal("status").ok()
    with monkeypatch.context() as patched:
        patched.setattr(journal, "write", interrupt)
        assert terminal("import", path).code == 130
    assert entries(terminal) == terminal("projects", "--json").json == []
    terminal("import", path).ok()


# Export ------------------------------------------------------------------------------------


@pytest.fixture
def full(terminal):
    """A store with one of everything."""
    for arguments in (
        ("projects", "add", "Web", "--client", "Acme", "--create", "--color", "#112233"),
        ("projects", "add", "Old"),
        ("projects", "archive", "Old"),
        ("tags", "add", "unused"),
        ("tasks", "add", "Draw", "-p", "Web", "--estimate", "1h30"),
        ("add", "=1+1", "-p", "Web", "--task", "Draw", "-t", "a, b", "--billable", "8-9"),
        ("add", "twice", "9-10"),
        ("duplicate", "last"),
        ("favourites", "add", "last"),
        ("start", "Grüße", "-p", "Web", "--at", "11:00"),
    ):
        terminal(*arguments).ok()
    return terminal


def fresh(terminal, tmp_path):
    from tests.cli.terminal import Terminal

    (tmp_path / "other").mkdir()
    return Terminal(tmp_path / "other")


def test_our_own_json_comes_back_identical(full, tmp_path):
    out = full("export", "json", "-o", str(tmp_path / "a.json")).ok().out
    assert out == f"Exported 4 entries to {tmp_path / 'a.json'}.\n"
    other = fresh(full, tmp_path)
    other("import", str(tmp_path / "a.json")).ok()
    other("export", "json", "-o", str(tmp_path / "b.json")).ok()
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.json").read_bytes()
    assert without_ids(entries(other)) == without_ids(entries(full))


@pytest.mark.parametrize("form", ["csv", "timewarrior"])
def test_other_formats_bring_every_entry_back(full, tmp_path, form):
    full("stop").ok()
    full("delete", "last").ok()  # one of the two copies: these formats cannot tell them apart
    full("undo").ok()
    path = str(tmp_path / "a")
    full("export", form, "-o", path).ok()
    other = fresh(full, tmp_path)
    plan = other("import", path, "--json").ok().json
    assert (plan["new"], plan["duplicates"], plan["bad"]) == (3, 1, [])
    mine = {(r["start"], r["stop"], r["description"]) for r in entries(full)}
    assert {(r["start"], r["stop"], r["description"]) for r in entries(other)} == mine


def test_csv_cells_cannot_run_unless_asked_to(full, tmp_path):
    full("export", "csv", "-o", str(tmp_path / "a.csv")).ok()
    assert "'=1+1" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    full("export", "csv", "--raw", "-o", str(tmp_path / "b.csv")).ok()
    assert "'=1+1" not in (tmp_path / "b.csv").read_text(encoding="utf-8-sig")
    full("export", "json", "--raw").failed(2)


def test_a_range_and_a_project_narrow_the_export(full, tmp_path):
    path = tmp_path / "a.json"
    full("export", "json", "-p", "Web", "-o", str(path)).ok()
    assert len(json.loads(path.read_text())["entries"]) == 2
    full("export", "json", "--since", "2026-11-24", "-o", str(path), "--force").ok()
    assert json.loads(path.read_text())["entries"] == []


def test_running_entries_are_left_out_where_the_format_needs_an_end(full, tmp_path):
    assert full("export", "ics", "-o", str(tmp_path / "a.ics")).ok().out.startswith("Exported 3")
    assert b"BEGIN:VCALENDAR" in (tmp_path / "a.ics").read_bytes()


def test_a_file_that_is_there_is_not_replaced_unasked(full, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("mine")
    assert "--force" in full("export", "csv", "-o", str(path)).failed(1).err
    assert path.read_text() == "mine"
    full("export", "csv", "-o", str(path), "--force").ok()
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "data"]


def test_a_link_is_never_written_through(full, tmp_path):
    victim, link = tmp_path / "victim", tmp_path / "a.csv"
    victim.write_text("mine")
    link.symlink_to(victim)
    full("export", "csv", "-o", str(link)).failed(1)
    full("export", "csv", "-o", str(link), "--force").failed(1)
    assert victim.read_text() == "mine"


def test_an_export_that_cannot_be_written_leaves_nothing(full, tmp_path):
    full("export", "csv", "-o", str(tmp_path / "no" / "a.csv")).failed(1)
    full("export", "csv", "-o", str(tmp_path / ("n" * 300))).failed(1)
    full("export", "frob").failed(2)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
