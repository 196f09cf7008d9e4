"""`plan`: what is planned, from a terminal. The clock stands at Monday 2026-11-23, noon, Berlin."""

import json

import pytest

from toggl_desktop.actions.perform import perform
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import AddEntry
from toggl_desktop.domain.plan.commands import AddDependency
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import plan_tasks

TASK = {
    "id", "name", "start", "end", "start_time", "end_time", "project", "segment", "status", "done",
    "members", "estimate_minutes", "tracked_seconds", "color", "notes", "sync", "plan_id",
}  # fmt: skip
MILESTONE = {
    "id", "name", "date", "done", "holiday", "project", "group", "color", "sync", "plan_id",
}  # fmt: skip


@pytest.fixture
def team(terminal):
    """A project, two people and a task on Tuesday to Thursday."""
    terminal("projects", "add", "Site", "--color", "#2da608").ok()
    for name in ("Ann", "Bob"):
        terminal("plan", "member", "add", name).ok()
    said = terminal(
        "plan",
        "add",
        "API",
        "--from",
        "tomorrow",
        "--to",
        "+2",
        "-p",
        "Site",
        "-m",
        "Ann",
        "--json",
    )
    terminal.api = said.ok().json["id"]
    return terminal


def do(terminal, command):
    with Store(Place(terminal.data)) as store:
        assert perform(store, command, Reading(terminal.now)).error is None


def tasks(terminal, *arguments):
    return [t["name"] for t in terminal("plan", "tasks", "--json", *arguments).ok().json]


def test_a_plan_task_is_told_in_its_shape(team):
    (task,) = team("plan", "tasks", "--json").ok().json
    assert set(task) >= TASK
    assert task == task | {
        "id": team.api,
        "name": "API",
        "start": "2026-11-24",
        "end": "2026-11-26",
        "start_time": None,
        "end_time": None,
        "project": "Site",
        "segment": "Default Segment",
        "status": "To-do",
        "done": False,
        "members": ["Ann"],
        "estimate_minutes": None,
        "tracked_seconds": 0,
        "color": "#2da608",
        "notes": "",
        "sync": "local",
        "plan_id": None,
    }
    assert team("plan").ok().out == (
        f"   {team.api[-8:]}  Tue 2026-11-24 – Thu 2026-11-26  "
        "API · Site: Default Segment · Ann · To-do\n"
    )


def test_without_a_range_all_is_listed_and_with_one_what_reaches_into_it(team):
    team("plan", "add", "Some", "day").ok()
    team("plan", "add", "Fair", "--from", "2026-12-24", "-m", "Bob").ok()
    assert tasks(team) == ["API", "Fair", "Some day"]
    assert tasks(team, "--since", "2026-11-26", "--until", "+7") == ["API"]
    assert tasks(team, "--since", "2026-11-27") == ["Fair"]
    assert tasks(team, "--until", "2026-11-23") == []
    assert tasks(team, "--project", "site") == ["API"]
    assert tasks(team, "--member", "bob") == ["Fair"]
    assert team("plan", "tasks", "--until", "2020-01-01").out == "Nothing is planned there.\n"


def test_everything_about_a_task_can_be_said_at_once(team):
    said = team(
        *("plan", "add", "Write", "the", "copy", "--from", "fri", "--times", "9-10:30"),
        *("-p", "Site", "--segment", "default segment", "--status", "in progress"),
        *("-m", "Ann", "-m", "Bob", "--tags", "urgent, text", "--estimate", "4h 30m"),
        *("--color", "#FF9800", "--notes", "From the client", "--json"),
    )
    assert said.ok().json == said.json | {
        "name": "Write the copy",
        "start": "2026-11-27",
        "end": "2026-11-27",
        "start_time": "09:00",
        "end_time": "10:30",
        "status": "In progress",
        "members": ["Ann", "Bob"],
        "tags": ["urgent", "text"],
        "estimate_minutes": 270,
        "estimate_kind": "daily",
        "color": "#ff9800",
        "notes": "From the client",
    }
    line = team("plan", "tasks", "-p", "Site").lines[-1]
    assert "Fri 2026-11-27 09:00–10:30" in line
    assert line.endswith("#urgent · #text · 4h 30m a day")


def test_an_unknown_name_is_refused_with_the_nearest_and_create_makes_it_in_one_step(team):
    assert "Did you mean “Ann”? Nothing was changed; --create makes it." in (
        team("plan", "add", "x", "-m", "Anne").failed(1).err
    )
    assert "--create makes it" in team("plan", "add", "x", "-p", "Shop").failed(1).err
    assert "“Done”" in team("plan", "edit", "API", "--status", "Dine").failed(1).err
    assert tasks(team) == ["API"]
    said = team(
        *("plan", "add", "x", "-p", "Shop", "-m", "Cy", "--segment", "Cellar"),
        *("--status", "Review", "--create", "--json"),
    )
    made = said.ok().json
    assert (made["project"], made["members"]) == ("Shop", ["Cy"])
    assert (made["segment"], made["status"]) == ("Cellar", "Review")
    team("undo").ok()
    assert [m["name"] for m in team("plan", "members", "--json").json] == ["Ann", "Bob"]
    assert [p["name"] for p in team("projects", "--json").json] == ["Site"]


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        (("--by", "3"), ("2026-11-27", "2026-11-29")),
        (("--by", "-1"), ("2026-11-23", "2026-11-25")),
        (("--by", "+2w"), ("2026-12-08", "2026-12-10")),
        (("--from", "2026-12-01"), ("2026-12-01", "2026-12-03")),
        (("--to", "2026-12-03"), ("2026-12-01", "2026-12-03")),
        (("--from", "2026-12-01", "--to", "+1"), ("2026-12-01", "2026-12-02")),
    ],
)
def test_a_task_is_moved_and_keeps_its_length(team, arguments, days):
    task = team("plan", "move", team.api[-8:], *arguments, "--json").ok().json
    assert (task["start"], task["end"]) == days


def test_an_edge_alone_is_edited_and_drags_the_other_only_where_it_must(team):
    task = team("plan", "edit", "API", "--to", "2026-11-30", "--json").ok().json
    assert (task["start"], task["end"]) == ("2026-11-24", "2026-11-30")
    task = team("plan", "edit", "API", "--from", "2026-12-02", "--json").ok().json
    assert (task["start"], task["end"]) == ("2026-12-02", "2026-12-02")
    task = team("plan", "edit", "API", "--unschedule", "--json").ok().json
    assert (task["start"], task["end"]) == (None, None)
    assert "no days" in team("plan").out


def test_what_is_moved_can_push_what_waits_for_it(team):
    other = team("plan", "add", "Beta", "--from", "2026-11-27", "--json").ok().json["id"]
    do(team, AddDependency(team.api, other))
    said = team("plan", "move", "API", "--by", "2", "--push").ok()
    assert said.out.endswith(", and 1 more with it.\n")
    assert team("plan", "--json").json[1]["start"] == "2026-11-29"


def test_a_task_is_edited_done_and_deleted(team):
    task = team(
        *("plan", "edit", "api", "--name", "The API", "--add-member", "Bob", "--remove-member"),
        *("Ann", "--tags", "a,b", "--estimate", "2:30", "--estimate-kind", "total", "--json"),
    )
    assert task.ok().json["members"] == ["Bob"]
    assert (task.json["estimate_minutes"], task.json["estimate_kind"]) == (150, "total")
    assert "Done: “The API”" in team("plan", "done", "The API").ok().out
    assert team("plan", "--json").json[0]["status"] == "Done"
    assert team("plan").out.startswith("✓")
    team("plan", "done", "The API").failed(3)
    assert team("plan", "done", "--undo", "The API", "--json").ok().json["status"] == "To-do"
    task = team("plan", "edit", "The API", "--project", "", "--json").ok().json
    assert (task["project"], task["segment"], task["tags"]) == (None, None, [])
    assert "Deleted “The API”" in team("plan", "delete", "The API").ok().out
    assert tasks(team) == []
    team("undo").ok()
    assert tasks(team) == ["The API"]


def test_what_recurs_is_planned_ahead_and_edited_and_deleted_together(team):
    said = team("plan", "add", "Stand-up", "--from", "mon", "--repeat", "every 2 weeks").ok()
    assert "Mon 2026-11-23, and 26 more with it." in said.out
    rows = team("plan", "tasks", "--since", "2026-11-30", "--json").json
    assert rows[0]["repeat"] == "every 2 weeks"
    lid = rows[1]["id"]
    team("plan", "edit", lid, "--notes", "Short!", "--scope", "following").ok()
    rows = [r for r in team("plan", "--json").json if r["name"] == "Stand-up"]
    assert [bool(row["notes"]) for row in rows[:3]] == [False, False, True]
    assert "Deleted 25 plan tasks" in team("plan", "delete", lid, "--scope", "following").ok().out


def test_milestones_are_added_edited_listed_and_deleted(team):
    said = team("plan", "milestone", "add", "Launch", "--on", "18 dec", "-p", "Site", "--json").ok()
    assert set(said.json) == MILESTONE
    assert said.json == said.json | {
        "name": "Launch",
        "date": "2026-12-18",
        "project": "Site",
        "group": None,
        "done": False,
        "holiday": False,
        "color": "#ff0000",
        "sync": "local",
        "plan_id": None,
    }
    team("plan", "group", "add", "Team", "-m", "Ann").ok()
    edited = team(
        *("plan", "milestone", "edit", "launch", "--on", "2026-12-01", "--group", "Team"),
        *("--color", "#112233", "--done", "--holiday", "--name", "Party", "--json"),
    )
    assert edited.ok().json == edited.json | {
        "date": "2026-12-01",
        "group": "Team",
        "project": None,
        "done": True,
        "holiday": True,
    }
    team("plan", "milestone", "add", "Fair", "--on", "today", "-p", "New", "--create").ok()
    assert [m["name"] for m in team("plan", "milestones", "--json").json] == ["Fair", "Party"]
    assert [m["name"] for m in team("plan", "milestones", "-p", "New", "--json").json] == ["Fair"]
    assert "Party · Team · holiday" in team("plan", "milestones", "--since", "tomorrow").out
    assert "Deleted the milestone “Fair”" in team("plan", "milestone", "delete", "Fair").ok().out
    assert team("plan", "milestones", "--until", "today").out == "There are no milestones there.\n"


def test_next_is_what_is_planned_for_today_and_the_next_milestone(team):
    assert team("plan", "next").ok().out == "Nothing is planned for today.\n"
    team("plan", "add", "Later", "--from", "today").ok()
    team("plan", "add", "Early", "--from", "today", "--times", "9-10").ok()
    team("plan", "add", "Finished", "--from", "today").ok()
    team("plan", "done", "Finished").ok()
    team("plan", "milestone", "add", "Launch", "--on", "+3").ok()
    said = team("plan", "next", "--json").ok().json
    assert [task["name"] for task in said["today"]] == ["Early", "Later"]
    assert said["milestone"]["name"] == "Launch"
    assert "Next milestone, in 3 days: " in team("plan", "next").lines[-1]


def test_what_a_server_knows_of_a_task_is_told(team):
    team("plan", "add", "Beta").ok()
    team("plan", "add", "Gamma").ok()
    with Store(Place(team.data)) as store:
        lids = {name: lid for lid, name in plan_tasks.names(store.source, "plan task")}
        with store.transaction("Bind", team.now, origin=Origin.PLAN) as tx:
            tx.bindings += [
                Binding("plan", "plan_task", lids["API"], 7, {}, unsent=False),
                Binding("plan", "plan_task", lids["Beta"]),
                Binding("plan", "plan_task", lids["Gamma"], hold={"text": "No."}),
            ]
    found = {task["name"]: task for task in team("plan", "--json").json}
    assert [found[name]["sync"] for name in ("API", "Beta", "Gamma")] == [
        *("synced", "unsent", "problem")
    ]
    assert found["API"]["plan_id"] == 7


def test_tracked_time_stands_beside_its_task(team):
    do(team, AddEntry(team.now - 3600, team.now - 1800, "x", plan_task=team.api))
    assert team("plan", "--json").json[0]["tracked_seconds"] == 1800
    assert "tracked 0:30" in team("plan").out


def test_members_and_groups_are_scriptable(team):
    said = team("plan", "member", "edit", "Ann", "--hours", "8,8,8,8,4,0,0", "--holidays", "DE-BY")
    said.ok()
    team("plan", "group", "add", "Design", "team", "-m", "Bob", "-m", "Ann").ok()
    team("plan", "group", "add", "Other").ok()
    ann = team("plan", "members", "--json").ok().json[0]
    assert ann == ann | {
        "name": "Ann",
        "initials": "AN",
        "placeholder": True,
        "capacity": [480, 480, 480, 480, 240, 0, 0],
        "holidays": "DE-BY",
        "groups": ["Design team"],
    }
    assert "36 h a week" in team("plan", "members").out
    groups = team("plan", "groups", "--json").json
    assert [(g["name"], g["members"]) for g in groups] == [
        ("Design team", ["Bob", "Ann"]),
        ("Other", []),
    ]
    team("plan", "group", "edit", "Other", "--position", "1", "--name", "First").ok()
    assert [g["name"] for g in team("plan", "groups", "--json").json] == ["First", "Design team"]
    team("plan", "member", "add", "Cy", "--group", "First", "--email", "cy@x.org").ok()
    assert "plan tasks stay" in team("plan", "member", "delete", "Ann").ok().out
    assert team("plan", "tasks", "--json").json[0]["members"] == []
    team("plan", "group", "delete", "First").ok()
    assert [g["name"] for g in team("plan", "groups", "--json").json] == ["Design team"]


def test_segments_and_statuses_are_scriptable(team):
    team("plan", "segment", "add", "Build", "-p", "Site").ok()
    names = [s["name"] for s in team("plan", "segments", "-p", "Site", "--json").ok().json]
    assert names == ["Default Segment", "Build"]
    team("plan", "segment", "edit", "build", "--position", "1", "--name", "Make").ok()
    assert "Make" in team("plan", "segments").lines[0]
    team("plan", "segment", "delete", "Default Segment").ok()
    assert team("plan", "--json").json[0]["segment"] == "Make"
    status = team("plan", "status", "add", "Gone", "-p", "Site", "--done", "--icon", "🏁", "--json")
    assert status.ok().json == status.json | {"name": "Gone", "icon": "🏁", "done": True}
    team("plan", "edit", "API", "--status", "Gone").ok()
    assert team("plan", "--json").json[0]["done"] is True
    team("plan", "status", "edit", "Gone", "--hidden").ok()
    assert team("plan", "statuses", "-p", "site", "--json").json[-1]["hidden"] is True
    team("plan", "status", "delete", "Gone").ok()
    assert team("plan", "--json").json[0]["status"] is None


REFUSED = [
    (("plan", "add", "x", "--segment", "Draft"), 1),
    (("plan", "add", "x", "-p", "Site", "--segment", "Default"), 1),
    (("plan", "edit", "API", "--remove-member", "Nobody"), 1),
    (("plan", "milestone", "edit", "x"), 1),
    (("plan", "milestone", "add", "x", "--on", "today", "--group", "None"), 1),
    (("plan", "add"), 2),
    (("plan", "add", " "), 1),
    (("plan", "add", "x", "--from", "someday"), 1),
    (("plan", "add", "x", "--from", "2026-12-02", "--to", "2026-12-01"), 1),
    (("plan", "add", "x", "--times", "noonish"), 1),
    (("plan", "add", "x", "--estimate", "long"), 1),
    (("plan", "add", "x", "--color", "red"), 1),
    (("plan", "add", "x", "--tags", "a"), 1),
    (("plan", "add", "x", "--status", "Done"), 1),
    (("plan", "add", "x", "--repeat", "often", "--from", "today"), 1),
    (("plan", "move", "API"), 2),
    (("plan", "move", "API", "--by", "1", "--from", "today"), 2),
    (("plan", "move", "API", "--by", "some"), 1),
    (("plan", "move", "nothing", "--by", "1"), 1),
    (("plan", "move", "API", "Beta", "--from", "today"), 2),
    (("plan", "move", "Some day", "--by", "1"), 1),
    (("plan", "edit", "API"), 2),
    (("plan", "edit", "API", "--name", "API"), 3),
    (("plan", "edit", "API", "--unschedule", "--from", "today"), 2),
    (("plan", "done", "nothing"), 1),
    (("plan", "delete"), 2),
    (("plan", "tasks", "--since", "2026-12-02", "--until", "2026-12-01"), 1),
    (("plan", "tasks", "--member", "Nobody"), 1),
    (("plan", "milestone"), 2),
    (("plan", "milestone", "add", "x"), 2),
    (("plan", "milestone", "add", "x", "--on", "someday"), 1),
    (("plan", "milestone", "edit", "Launch", "--done"), 1),
    (("plan", "member", "edit", "Ann"), 2),
    (("plan", "member", "edit", "Ann", "--hours", "1,2"), 1),
    (("plan", "member", "edit", "Ann", "--hours", "many"), 1),
    (("plan", "member", "edit", "Ann", "--holidays", "Bavaria"), 1),
    (("plan", "member", "add", "Ann"), 1),
    (("plan", "member", "add", "Cy", "--email", "nobody"), 1),
    (("plan", "segment", "add", "x"), 2),
    (("plan", "segment", "edit", "Default Segment", "--position", "0"), 2),
    (("plan", "group", "add", "x", "-m", "Nobody"), 1),
    (("plan", "fly"), 2),
]


def test_what_cannot_be_done_is_refused_in_one_sentence(team):
    team("plan", "add", "Beta").ok()
    team("plan", "add", "Some", "day").ok()
    before = team("history", "--json").out
    for arguments, code in REFUSED:
        said = team(*arguments)
        assert (arguments, said.code) == (arguments, code)
        said.failed(code)
    assert team("history", "--json").out == before


def test_two_tasks_of_one_name_are_told_apart_by_their_ids(team):
    other = team("plan", "add", "API", "--json").ok().json["id"]
    said = team("plan", "done", "API").failed(1)
    assert team.api[-8:] in said.err
    assert other[-8:] in said.err
    team("plan", "done", other[-6:]).ok()


def test_events_tell_of_plan_tasks_and_milestones_in_their_shapes(team):
    team("plan", "milestone", "add", "Launch", "--on", "today", "-p", "Site").ok()
    team("plan", "move", "API", "--by", "1").ok()
    team("plan", "delete", "API").ok()
    told = [json.loads(line) for line in team("events").ok().lines]
    found = [(e["kind"], e["entity"]) for e in told if e["kind"].startswith(("plan", "mile"))]
    assert [kind for kind, _ in found] == [
        "plan_task.created",
        "milestone.created",
        "plan_task.updated",
        "plan_task.deleted",
    ]
    assert set(found[0][1]) >= TASK
    assert found[2][1]["start"] == "2026-11-25"
    assert (found[0][1]["members"], found[0][1]["status"]) == (["Ann"], "To-do")
    assert set(found[1][1]) == MILESTONE
    assert found[1][1]["project"] == "Site"
