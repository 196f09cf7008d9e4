"""One typed line: what the preview says is what Enter does; names are found or refused."""

from zoneinfo import ZoneInfo

import pytest

from tests.support.builders import (
    NOW,
    FakeClock,
    entries_of,
    entry,
    load,
    make_store,
    project,
    tag,
    task,
    unchanged,
)
from toggl_desktop.actions import line, names
from toggl_desktop.actions.perform import Redo, Undo, perform
from toggl_desktop.domain.commands import (
    AddTag,
    ContinueEntry,
    DeleteThing,
    EnterLine,
    StartTimer,
    StopTimer,
)
from toggl_desktop.domain.errors import NothingToDoError, OverlapError, RefusedError
from toggl_desktop.domain.grammar import parse_line
from toggl_desktop.store.read import catalog
from toggl_desktop.store.read.entries import running_entry

BERLIN = ZoneInfo("Europe/Berlin")
CLOCK = FakeClock()


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(
            made,
            project("p", "Acme Website", billable=True),
            project("d1", "Twin"),
            project("d2", "Twin", client=None, archived=True),
            task("k", "p", "Design"),
            task("k1", "d1", "Same"),
            task("k2", "p", "Same"),
            tag("t", "deep"),
            tag("00000000-beef", "other"),
        )
        yield made


def parsed(text):
    return parse_line(text, NOW, BERLIN, ("Acme Website", "Twin"))


def enter(store, text, **options):
    return line.enter(store, EnterLine(parsed(text), **options), CLOCK.now(), "Europe/Berlin")


def tag_names(store, found):
    by_lid = {row.lid: row.name for row in catalog.tags(store.source)}
    return [by_lid[lid] for lid in found.tags]


def test_a_line_starts_what_it_says(store):
    result = enter(store, "Write spec @Acme Website #deep #New -10m", plan_task="m")
    found = running_entry(store.source)
    assert (found.description, found.project, found.start, found.billable, found.plan_task) == (
        "Write spec",
        "p",
        NOW - 600,
        True,
        "m",
    )
    assert tag_names(store, found) == ["deep", "New"]
    assert result.step == "Start “Write spec”"
    assert store.seen == 2


def test_a_line_with_a_stop_adds_a_finished_entry_and_leaves_the_running_one(store):
    enter(store, "A")
    result = enter(store, "Standup 9-9:15 $no", plan_task="m")
    (found,) = (e for e in entries_of(store) if e.description == "Standup")
    assert (found.seconds(0), found.plan_task, found.zone) == (900, "m", "Europe/Berlin")
    assert result.step == "Add “Standup”"
    assert running_entry(store.source).description == "A"


def test_an_unknown_project_is_refused_with_what_is_near_unless_it_may_be_made(store):
    with unchanged(store), pytest.raises(names.UnknownNameError) as refusal:
        enter(store, '@"Acme Web" #new x')
    assert refusal.value.near[0] == "Acme Website"
    assert refusal.value.sentence.startswith(
        "There is no project “Acme Web”. Did you mean “Acme Website”"
    )
    with unchanged(store), pytest.raises(names.UnknownNameError, match="Nothing is called alike"):
        enter(store, "@zzzzqqqq x")
    enter(store, '@"Acme Web" x', creates_project=True)
    assert len(catalog.projects(store.source)) == 3


def test_a_project_that_is_there_twice_is_asked_for_by_its_id(store):
    with unchanged(store), pytest.raises(names.AmbiguousNameError, match="2 projects are called"):
        enter(store, "@Twin x")


def test_tags_are_found_by_name_never_by_a_piece_of_an_id(store):
    enter(store, "x #beef #DEEP #deep")
    assert tag_names(store, running_entry(store.source)) == ["beef", "deep"]


def test_a_task_is_found_in_its_project(store):
    enter(store, "x @Acme Website", task="same")
    assert running_entry(store.source).task == "k2"
    enter(store, "y", task="design")
    assert running_entry(store.source).task == "k"
    with unchanged(store), pytest.raises(names.AmbiguousNameError, match="2 projects have a task"):
        enter(store, "x", task="Same")
    with unchanged(store), pytest.raises(names.UnknownNameError, match="Did you mean “Design”"):
        enter(store, "x", task="Desing")


def test_a_line_in_the_past_asks_like_any_start(store):
    load(store, entry("e", NOW - 1200, NOW - 300, description="E"))
    with unchanged(store), pytest.raises(OverlapError):
        enter(store, "x -10m")
    enter(store, "x -10m", overlaps="trim")
    assert [e.stop for e in entries_of(store)] == [NOW - 600, None]


# Preview ----------------------------------------------------------------------------------


def preview(store, text):
    with unchanged(store):
        return line.preview(store.source, parsed(text), NOW)


def test_the_preview_names_project_colour_and_new_tags(store):
    found = preview(store, "x @acme website #Deep #New")
    assert (found.project, found.color, found.new_tags) == ("Acme Website", "#0b83d9", ("New",))
    assert (found.start, found.trimmed, found.refusal) == (NOW, None, None)


def test_the_preview_says_what_is_trimmed_and_what_is_in_the_way(store):
    load(
        store,
        entry("e", NOW - 1200, NOW - 300, description="E"),
        entry("r", NOW - 900, description="R"),
    )
    now = preview(store, "x")
    assert (now.trimmed, now.overlaps) == (("R", NOW), ())
    earlier = preview(store, "x -10m")
    assert earlier.trimmed == ("R", NOW - 600)
    assert [o.description for o in earlier.overlaps] == ["E"]


@pytest.mark.parametrize("text", ["x", "x -10m", "x -30m", "x 9-10"])
def test_what_the_preview_says_is_what_enter_does(store, text):
    load(
        store,
        entry("e", NOW - 1200, NOW - 300, description="E"),
        entry("r", NOW - 900, description="R"),
    )
    said = preview(store, text)
    enter(store, text, overlaps="trim")
    made = next(e for e in entries_of(store) if e.description == "x")
    assert made.start == said.start
    rest = {e.description: e for e in entries_of(store)}
    if said.trimmed is not None:
        assert rest[said.trimmed[0]].stop == said.trimmed[1]
    for overlap in said.overlaps:
        assert (overlap.description not in rest) is overlap.swallowed
        assert overlap.swallowed or rest[overlap.description].stop == said.start


def test_the_preview_says_why_it_cannot_be_done(store):
    assert preview(store, "@Twin x").refusal.startswith("2 projects are called “Twin”")
    unknown = preview(store, "@Acmee x")
    assert (unknown.unknown_project, unknown.refusal) == ("Acmee", None)
    assert unknown.near == ("Acme Website",)
    later = line.preview(store.source, parse_line("x @16:00", NOW, BERLIN), NOW - 3600)
    assert later.refusal == "An entry cannot start in the future."


# One door ---------------------------------------------------------------------------------


def test_one_door_leads_to_every_action_and_failures_come_back_as_values(store):
    ask = [
        EnterLine(parsed("x")),
        StopTimer(),
        ContinueEntry(),
        AddTag("brand new"),
        Undo(),
        Redo(),
        DeleteThing("tag", "t"),
    ]
    for command in ask:
        outcome = perform(store, command, CLOCK.advance(60), "UTC")
        assert outcome.error is None
        assert outcome.changes
    assert running_entry(store.source).zone == "UTC"
    refused = perform(store, AddTag("brand new"), CLOCK.now())
    assert (refused.changes, type(refused.error)) == (None, RefusedError)
    for _ in range(99):
        outcome = perform(store, Undo(), CLOCK.now())
    assert isinstance(outcome.error, NothingToDoError)


def test_a_command_that_nobody_knows_is_a_mistake_and_loud(store):
    with pytest.raises(KeyError):
        perform(store, object(), CLOCK.now())


def test_every_command_has_its_action():
    import inspect

    from toggl_desktop.actions import perform as door
    from toggl_desktop.domain import commands

    known = {
        cls
        for _, cls in inspect.getmembers(commands, inspect.isclass)
        if cls.__module__ == commands.__name__ and hasattr(cls, "__dataclass_fields__")
    }
    assert known == set(door._WITH_ZONE) | set(door._PLAIN)
    assert StartTimer in known
