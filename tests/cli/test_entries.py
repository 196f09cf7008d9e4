import pytest


@pytest.fixture
def day(terminal):
    """Three entries of one morning."""
    terminal("add", "mail", "--from", "8", "--to", "8:30").ok()
    terminal("add", "design", "--from", "9", "--to", "10:30", "-p", "Web", "-t", "ux", "--create")
    terminal("add", "call", "--from", "10", "--to", "11", "--billable").ok()
    return {row["description"]: row["id"] for row in terminal("entries", "--json").ok().json}


def entry(terminal, lid):
    return next(row for row in terminal("entries", "--all", "--json").json if row["id"] == lid)


def test_add_takes_the_times_from_options_or_text(terminal):
    said = terminal("add", "stand-up", "9-9:15", "#team").ok()
    assert said.out == "Added “stand-up” · #team, 9:00 – 9:15 (0:15).\n"
    terminal("add", "x").failed(2)
    terminal("add", "x", "--from", "9").failed(2)
    terminal("add", "x", "9-10", "--to", "11").failed(2)


def test_a_stop_that_would_be_tomorrow_is_doubted(terminal):
    said = terminal("add", "x", "--from", "10", "--to", "9").failed(1)
    assert "would be on 2026-11-24" in said.err
    terminal("add", "x", "--from", "10", "--to", "2026-11-24T09:00").ok()
    terminal("add", "night", "--from", "yesterday 23:00", "--to", "1").ok()


def test_edit_changes_the_named_fields_only(terminal, day):
    before = entry(terminal, day["design"])
    said = terminal("edit", day["design"], "--description", "sketch", "--add-tag", "new").ok()
    assert said.out == "Edited “sketch” · Web · #ux · #new, 9:00 – 10:30 (1:30).\n"
    after = entry(terminal, day["design"])
    assert after | {"description": "design", "tags": ["ux"]} == before


def test_a_clock_time_in_an_edit_is_one_of_the_entrys_own_day(terminal, day):
    terminal.at("2026-11-25T15:00:00")
    after = terminal("edit", day["mail"], "--from", "7:45", "--to", "8:15", "--json").ok().json
    assert after["start"] == "2026-11-23T06:45:00Z"
    assert after["stop"] == "2026-11-23T07:15:00Z"


def test_tags_are_set_added_and_removed(terminal, day):
    assert terminal("edit", day["mail"], "--tags", "a, b", "--json").ok().json["tags"] == ["a", "b"]
    assert terminal("edit", day["mail"], "-t", "c", "--json").ok().json["tags"] == ["a", "b", "c"]
    done = terminal("edit", day["mail"], "--remove-tag", "B", "--json").ok().json
    assert done["tags"] == ["a", "c"]
    assert terminal("edit", day["mail"], "--tags", "", "--json").ok().json["tags"] == []
    said = terminal("edit", day["mail"], "--remove-tag", "nobody").failed(1)
    assert "--create" not in said.err


def test_project_and_billable_can_be_taken_away(terminal, day):
    assert terminal("edit", day["design"], "-p", "", "--json").ok().json["project"] is None
    assert terminal("edit", day["call"], "--no-billable", "--json").ok().json["billable"] is False
    terminal("edit", day["mail"], "-p", "Webb").failed(1)
    done = terminal("edit", day["mail"], "-p", "Webb", "--create", "--json").ok().json
    assert done["project"] == "Webb"


def test_many_entries_are_edited_in_one_step(terminal, day):
    assert terminal("edit", *day.values(), "-p", "Web").ok().out == "Edited 3 entries.\n"
    terminal("undo").ok()
    assert entry(terminal, day["mail"])["project"] is None
    terminal("edit", *day.values(), "--from", "9").failed(2)


def test_an_edit_that_changes_nothing_is_nothing_to_do(terminal, day):
    terminal("edit", day["mail"], "--description", "mail").failed(3)
    terminal("edit", day["mail"]).failed(2)


def test_a_task_is_looked_for_in_the_entrys_own_project(terminal, day):
    terminal("projects", "add", "Other").ok()
    for project in ("Web", "Other"):
        terminal("tasks", "add", "Draw", "-p", project).ok()
    terminal("edit", day["design"], "--task", "draw").ok()
    assert "Web: Draw" in terminal("entries").out
    assert "2 projects have a task" in terminal("edit", day["mail"], "--task", "draw").failed(1).err


def test_split_cuts_at_a_time_of_the_entrys_day(terminal, day):
    terminal.at("2026-11-25T15:00:00")
    said = terminal("split", day["design"], "--at", "10").ok()
    assert "9:00 – Mon" not in said.out
    assert "(1:00) and " in said.out
    parts = [r for r in terminal("entries", "--json").json if r["description"] == "design"]
    assert sorted(part["seconds"] for part in parts) == [1800, 3600]
    terminal("split", day["mail"], "--at", "12").failed(1)
    terminal("split", day["mail"]).failed(2)


def test_merge_makes_one_of_several(terminal, day):
    said = terminal("merge", day["mail"], day["design"], "--json").ok()
    assert said.json["seconds"] == 2.5 * 3600
    assert len(terminal("entries", "--json").json) == 2
    terminal("merge", day["call"]).failed(1)


def test_duplicate_and_delete_name_what_they_touched(terminal, day):
    assert terminal("duplicate", day["mail"]).ok().out == (
        "Duplicated “mail”, 8:00 – 8:30 (0:30).\n"
    )
    assert terminal("delete", day["mail"]).ok().out == (
        "Deleted “mail”, 8:00 – 8:30 (0:30). “toggl-desktop undo” brings it back.\n"
    )
    said = terminal("delete", day["design"], day["call"]).ok()
    assert said.out.startswith("Deleted 2 entries, 2:30.")
    terminal("undo", "2").ok()
    assert len(terminal("entries", "--json").json) == 4


def test_ids_may_be_shortened_from_either_end_while_they_are_unique(terminal, day):
    lid = day["mail"]
    assert terminal("edit", lid[-8:], "--description", "a", "--json").json["id"] == lid
    assert terminal("edit", lid[-8:].upper(), "--description", "b", "--json").json["id"] == lid
    assert "fits several" in terminal("delete", lid[:4]).failed(1).err
    assert "no entry “zz”" in terminal("delete", "zz").failed(1).err
    assert "no entry “%”" in terminal("delete", "%").failed(1).err


def test_the_latest_and_the_running_one_have_words_for_ids(terminal, day):
    assert terminal("delete", "last", "--json").ok().json["id"] == day["call"]
    terminal("edit", "running", "--description", "x").failed(3)
    terminal("start", "now").ok()
    assert terminal("edit", "running", "-t", "t", "--json").ok().json["description"] == "now"


def test_limits_of_the_wire_are_kept_by_name(terminal):
    said = terminal("add", "x" * 3001, "9-10").failed(1)
    assert "3001 characters" in said.err
    terminal("add", "x", "--from", "2004-01-01T00:00Z", "--to", "2004-01-01T01:00Z").failed(1)


# Lists -------------------------------------------------------------------------------------


def test_entries_are_listed_by_local_day_newest_first(terminal, day):
    terminal.at("2026-11-24T09:00:00")("start", "today").ok()
    terminal.at("2026-11-24T09:30:00")
    lines = terminal("entries").ok().lines
    assert lines[0] == "Tue 2026-11-24  0:30"
    assert lines[1].split() == [
        terminal("entries", "--json").json[0]["id"][-8:],
        "9:00",
        "–",
        "now",
        "0:30",
        "today",
    ]
    assert lines[3] == "Mon 2026-11-23  3:00"
    assert lines[-1] == "4 entries, 3:30"


def test_an_entry_across_midnight_stands_in_both_days_with_its_part(terminal):
    terminal.at("2026-11-24T09:00:00")
    terminal("add", "night", "--from", "yesterday 23:30", "--to", "1:00").ok()
    lines = terminal("entries").lines
    assert [line for line in lines if line[:1].isalpha()] == [
        "Tue 2026-11-24  1:00",
        "Mon 2026-11-23  0:30",
    ]
    assert lines[-1] == "1 entry, 1:30"
    only_monday = terminal("entries", "--until", "2026-11-23").lines
    assert only_monday[0] == "Mon 2026-11-23  0:30"
    assert only_monday[-1] == "1 entry, 0:30"


def test_without_a_range_the_last_14_days_are_listed(terminal):
    for day in ("2026-11-09", "2026-11-10"):
        terminal("add", day, "--from", f"{day} 9:00", "--to", f"{day} 10:00").ok()
    assert [r["description"] for r in terminal("entries", "--json").json] == ["2026-11-10"]
    assert len(terminal("entries", "--all", "--json").json) == 2
    by_range = terminal("entries", "--since", "2026-11-09", "--until", "2026-11-09", "--json")
    assert [r["description"] for r in by_range.json] == ["2026-11-09"]
    terminal("entries", "--all", "--since", "today").failed(2)
    terminal("entries", "--since", "2026-11-10", "--until", "2026-11-09").failed(1)
    terminal("entries", "--since", "soon").failed(1)


def test_entries_are_found_by_project_and_words(terminal, day):
    assert [r["description"] for r in terminal("entries", "-p", "web", "--json").json] == ["design"]
    assert [r["description"] for r in terminal("entries", "--search", "UX des", "--json").json] == [
        "design"
    ]
    assert terminal("entries", "--search", "nothing").ok().out == "There are no such entries.\n"
    assert terminal("entries", "--search", "nothing", "--json").json == []
    assert "Did you mean “Web”" in terminal("entries", "-p", "Wbe").failed(1).err


@pytest.fixture
def account(terminal):
    """The workspace is an account's, requires a project and lets only admins make any."""
    from toggl_desktop.store.bindings import Binding
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.place import Place

    terminal("workspaces", "edit", "This computer", "--require", "project").ok()
    base = {"may_create_projects": False}
    with Store(Place(terminal.data)) as store, store.transaction("Bind", terminal.now) as tx:
        tx.bindings.append(Binding("track", "workspace", "local", 7, base, unsent=False))


def test_what_the_workspace_would_not_take_is_kept_and_said(terminal, account):
    said = terminal("add", "mail", "8-8:30").ok()
    assert "requires a project on every entry. It is kept here and waits." in said.out + said.err
    assert "requires a project" in terminal("problems").ok().out
    made = terminal("projects", "add", "Mine").ok()
    assert "Only admins may create projects" in made.out + made.err
    terminal("edit", terminal("entries", "--json").json[0]["id"], "-p", "Mine").ok()
    said = terminal("problems").ok().out
    assert [line.strip() for line in said.splitlines()] == [
        "mail: new entry, waits to be sent",
        "Mine: new project, waits to be sent",
    ]
    assert terminal("problems", "--json").json == []
