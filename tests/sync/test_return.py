"""What was said to be gone and is listed comes back; what a person lets go of leaves no gap."""

import pytest

from tests.sync import scene as play
from tests.sync.scene import add, at_rest, delete, edit, entry, scene, sync, texts
from toggl_desktop.domain import commands
from toggl_desktop.domain.entities import Tag
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plan import commands as plan
from toggl_desktop.store import tables
from toggl_desktop.sync import deciding
from toggl_desktop.sync.engine import Want

FULL = Want(full=True)


def problems(computer):
    return {p.reason: p for p in deciding.read.problems(computer.store.source)}


def decide(computer, reason, verb):
    deciding.decide(computer.store, problems(computer)[reason], verb, computer.clock.wall())


def test_an_entry_that_a_404_took_for_deleted_comes_back_and_the_edit_is_kept():
    with scene() as (world, a):
        one = add(a, "work")
        sync(a)
        edit(a, one, description="edited")
        rid = a.binding(one).rid
        hidden = world.server.rows["time_entry"].pop(rid)
        sync(a, Want(pull=False), seconds=10)
        assert entry(a, one).deleted
        world.server.rows["time_entry"][rid] = hidden
        sync(a, FULL, seconds=200)
        assert (entry(a, one).deleted, entry(a, one).description) == (False, "work")
        assert problems(a)["deleted elsewhere"].mine["description"] == "edited"
        assert texts(world) == ["work"]


def test_a_deletion_that_a_404_took_for_done_is_asked_about_and_can_be_repeated():
    with scene() as (world, a):
        one = add(a, "work")
        sync(a)
        delete(a, one)
        rid = a.binding(one).rid
        hidden = world.server.rows["time_entry"].pop(rid)
        sync(a, Want(pull=False), seconds=10)
        world.server.rows["time_entry"][rid] = hidden
        sync(a, seconds=300)
        sync(a, FULL, seconds=300)
        assert not entry(a, one).deleted
        decide(a, "undeleted", "mine")
        at_rest(world)
        assert texts(world) == []


def test_letting_go_of_a_refused_project_leaves_its_entries_without_one_and_they_are_sent():
    with scene() as (world, a):
        (project,) = a.do(commands.AddProject("poison")).changes.ids("project")
        one = add(a, "on it", project=project)
        sync(a)
        decide(a, "refused", "drop")
        assert entry(a, one).project is None
        assert a.store.check(full=True) == []
        at_rest(world)
        assert texts(world) == ["on it"]


def test_a_refused_project_that_the_plan_needs_is_not_let_go_of():
    with scene() as (_, a):
        (project,) = a.do(commands.AddProject("poison")).changes.ids("project")
        add(a, "on it", project=project)
        a.do(plan.AddPlanTask("bar", project=project))
        sync(a)
        with pytest.raises(RefusedError, match="is on the plan, so it stays"):
            decide(a, "refused", "drop")
        assert "refused" in problems(a)


def test_a_tag_that_stayed_and_is_deleted_all_the_same_leaves_no_mark_on_entries():
    with scene() as (world, a):
        (tag,) = a.do(commands.AddTag("deep")).changes.ids("tag")
        add(a, "work", tags=(tag,))
        sync(a)
        rid = play.rid_of(a, tag, "tag")
        a.do(commands.DeleteThing("tag", tag))
        play.web_add(world, "other", start=int(world.t) - 9000, tag_ids=[rid])
        sync(a, seconds=10)
        if "undeleted" in problems(a):
            decide(a, "undeleted", "mine")
        assert a.store.check(full=True) == []
        assert (
            all(tag not in e.tags for e in a.entries())
            or not tables.get(a.store.source, Tag, tag).deleted
        )
