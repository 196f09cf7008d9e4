"""An entry bears the tags of its own workspace, whatever was done to it; the names stay."""

from random import Random

import pytest

from tests.actions.test_home import workspaces
from tests.support.builders import NOW, entries_of, entry, favourite, load, make_store, project, tag
from toggl_desktop.actions.line import preview
from toggl_desktop.actions.perform import Redo, Undo, perform
from toggl_desktop.cli.entries import _tag
from toggl_desktop.domain import commands as do
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Tag
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.grammar import Line
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store import tables
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import catalog

AT = Reading(NOW)


@pytest.fixture
def store(tmp_path):
    """Joined with one workspace, and a member of a second; a project and a tag `deep` in each."""
    with make_store(tmp_path) as store:
        workspaces(store)
        load(
            store,
            project("site"),
            project("oven", workspace="bakers"),
            tag("deep-here", "deep"),
            tag("deep-there", "deep", workspace="bakers"),
            tag("ux-here", "ux"),
            entry("a", NOW - 900, NOW - 800, project="site", tags=("deep-here", "ux-here")),
            favourite("f", description="fav", project="oven", tags=("deep-here",)),
        )
        yield store


def done(store, command):
    outcome = perform(store, command, AT)
    assert outcome.error is None, outcome.error
    return outcome.changes


def tags_of(store, text):
    """Returns the names of an entry's tags, after a look that none is of elsewhere."""
    assert strangers(store) == []
    (one,) = [e for e in entries_of(store) if e.description == text and not e.deleted]
    tags = {t.lid: t for t in tables.load(store.source, Tag)}
    return sorted(tags[lid].name for lid in one.tags)


def strangers(store):
    tags = {t.lid: t for t in tables.load(store.source, Tag)}
    return [
        (e.description, tags[lid].name)
        for e in entries_of(store)
        for lid in e.tags
        if tags[lid].workspace != e.workspace
    ]


def forbid(store):
    """Only admins may make tags at the bakers', and this person is none."""
    base = {"may_create_tags": False}
    with store.transaction("From Toggl", NOW, origin=Origin.TRACK) as tx:
        tx.bindings.append(Binding("track", "workspace", "bakers", 7002, base, unsent=False))


def test_an_entry_that_moves_takes_the_names_of_its_tags_along_and_back(store):
    changes = done(store, do.EditEntries(("a",), "moved", project="oven"))
    assert tags_of(store, "moved") == ["deep", "ux"]  # `ux` was made there
    assert len(changes.ids("tag")) == 1
    done(store, do.EditEntries(("a",), project="site"))
    assert tags_of(store, "moved") == ["deep", "ux"]
    assert len(tables.load(store.source, Tag)) == 4
    for _ in range(2):
        done(store, Undo())
    assert tags_of(store, "") == ["deep", "ux"]
    assert len([t for t in tables.load(store.source, Tag) if not t.deleted]) == 3
    done(store, Redo())
    assert tags_of(store, "moved") == ["deep", "ux"]


def test_what_is_started_or_added_bears_the_tags_of_where_it_goes(store):
    done(store, do.StartTimer("run", project="oven", tags=("deep-here", "deep-there")))
    assert tags_of(store, "run") == ["deep"]
    done(store, do.AddEntry(NOW - 50, NOW - 40, "added", project="oven", tags=("ux-here",)))
    assert tags_of(store, "added") == ["ux"]
    done(store, do.ChooseHome("bakers"))
    done(store, do.AddEntry(NOW - 30, NOW - 20, "at the bakers'", tags=("deep-here",)))
    assert tags_of(store, "at the bakers'") == ["deep"]


def test_tags_that_are_named_are_found_and_made_where_the_entry_belongs(store):
    line = Line("bread", project="oven", tags=("deep", "Sweet"), start=NOW - 20, stop=NOW - 10)
    assert preview(store.source, line, NOW).new_tags == ("Sweet",)
    done(store, do.EnterLine(line))
    assert tags_of(store, "bread") == ["Sweet", "deep"]
    (made,) = [t for t in tables.load(store.source, Tag) if t.name == "Sweet"]
    assert made.workspace == "bakers"
    done(store, do.EditEntries(("a",), "named", new_tags=("sweet", "DEEP")))
    assert tags_of(store, "named") == ["deep", "sweet", "ux"]
    assert catalog.new_tags(store.source, ("sweet", "Ux"), "oven") == ("Ux",)
    assert catalog.tag_names(store.source).count("deep") == 1


def test_a_tag_that_is_taken_off_goes_whichever_workspaces_was_chosen(store):
    done(store, do.EditEntries(("a",), "off", remove_tags=("deep-there",)))
    assert tags_of(store, "off") == ["ux"]


def test_a_terminal_may_name_a_tag_that_two_workspaces_have_to_take_it_off(store):
    done(store, do.EditEntries(("a",), "off", remove_tags=(_tag(store.source, "deep"),)))
    assert tags_of(store, "off") == ["ux"]


def test_a_favourite_does_not_make_tags_before_it_is_started(store):
    done(store, do.AddFavourite(description="bake", project="oven", tags=("ux-here",)))
    assert len(tables.load(store.source, Tag)) == 3
    done(store, do.StartTimer("bake", project="oven", tags=("ux-here",)))
    assert tags_of(store, "bake") == ["ux"]


def test_a_tag_that_may_not_be_made_there_is_left_off_and_said(store):
    forbid(store)
    changes = done(store, do.EditEntries(("a",), "moved", project="oven"))
    assert tags_of(store, "moved") == ["deep"]
    assert "“ux” was left off" in changes.notice
    done(store, do.EditEntries(("a",), new_tags=("ux",)))  # named, it is made, and waits
    assert tags_of(store, "moved") == ["deep", "ux"]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_no_entry_bears_a_tag_of_elsewhere(store, seed):
    chance = Random(seed)
    for number in range(40):
        tags = [t.lid for t in tables.load(store.source, Tag) if not t.deleted]
        lids = [e.lid for e in entries_of(store) if not e.deleted]
        some = tuple(chance.sample(tags, min(2, len(tags))))
        where = chance.choice(["site", "oven", None])
        name = chance.choice(["deep", "ux", "new", f"n{number}"])
        command = chance.choice(
            [
                do.StartTimer(f"s{number}", project=where, tags=some),
                do.AddEntry(NOW - 50, NOW - 40, f"a{number}", project=where, tags=some),
                do.EnterLine(Line(f"l{number}", project=where, tags=(name,))),
                do.EditEntries(tuple(lids[:3]), project=where),
                do.EditEntries(tuple(lids[-2:]), tags=some),
                do.EditEntries(tuple(lids[:2]), new_tags=(name,), remove_tags=some[:1]),
                do.ContinueEntry(),
                do.StopTimer(),
                do.DuplicateEntries(tuple(lids[:1])),
                do.DeleteThing("tag", some[0]) if some else Undo(),
                do.ChooseHome(chance.choice(["bakers", LOCAL_WORKSPACE])),
                *[Undo()] * 4,
                *[Redo()] * 3,
            ]
        )
        error = perform(store, command, AT).error
        assert error is None or isinstance(error, NothingToDoError | RefusedError), error
        assert strangers(store) == []
    assert store.check(full=True) == []
