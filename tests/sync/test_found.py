"""What the search over whole histories has found, each as a short play."""

from contextlib import closing, contextmanager

from tests.sync.fake_track import NONE
from tests.sync.scene import (
    WS,
    add,
    at_rest,
    delete,
    edit,
    entry,
    failing,
    hold_of,
    scene,
    sync,
    texts,
    until,
    web_add,
)
from tests.sync.world import World
from toggl_desktop.actions import perform
from toggl_desktop.domain import commands
from toggl_desktop.store import backup, schema
from toggl_desktop.sync.api import ApiError
from toggl_desktop.sync.cycle import UNTIED
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.mapping import moment
from toggl_desktop.sync.reconcile import classify

YEAR = 365 * 86_400


def test_a_clock_a_year_ahead_leaves_no_entry_behind_when_it_joins_the_account():
    with closing(World(7, faults=NONE, computers="A")) as world:
        world.server.quota = 10**9
        (a,) = world.computers
        a.clock.skew = 0
        add(a, "made before the first sync")
        a.clock.skew = YEAR
        sync(a)
        assert texts(world) == ["made before the first sync"]
        at_rest(world)


def test_nor_when_the_program_was_killed_before_it_had_joined():
    with closing(World(7, faults=NONE, computers="A")) as world:
        world.server.quota = 10**9
        (a,) = world.computers
        a.clock.skew = 0
        add(a, "made before the first sync")
        while schema.meta(a.store.source, UNTIED) is None:
            a.step()  # until the workspace is known, and nothing is tied to it yet
        a.crash()
        a.clock.skew = YEAR
        sync(a)
        assert texts(world) == ["made before the first sync"]
        at_rest(world)


def test_what_vanished_elsewhere_goes_here_too_when_a_backup_has_come_back():
    with scene() as (world, a):
        rows = [web_add(world, f"e{n}", start=int(world.t) - 9000 + 70 * n) for n in range(3)]
        sync(a, seconds=60)
        copy = backup.make(a.store, a.clock.wall(), a.folder / "copy.sqlite3")
        world.t += 600
        del world.server.rows["time_entry"][rows[0]["id"]]  # and no list of changes tells of it
        backup.restore(a.store, copy, a.clock.wall())  # and the cursor is void
        sync(a, seconds=60)
        assert len(a.entries()) == 3
        sync(a, seconds=700)
        assert sorted(e.description for e in a.entries()) == ["e1", "e2"]
        at_rest(world)


def test_a_clock_a_year_ahead_does_not_hide_what_arrived_when_its_answer_was_lost():
    with scene() as (world, a):
        add(a, "work")
        sync(a)
        one = add(a, "lost on its way")
        with failing(world, "POST", commits=True):
            sync(a, seconds=40)
        edit(a, one, stop=entry(a, one).stop + 30)
        a.clock.skew = YEAR
        a.crash()
        sync(a, seconds=700)
        at_rest(world)
        assert texts(world) == ["lost on its way", "work"]


def test_a_project_deleted_elsewhere_goes_here_too_when_a_backup_has_come_back():
    with scene() as (world, a):
        old = world.server.create("project", {"name": "Old"}, ("web", "Old"))
        sync(a, seconds=2000)
        copy = backup.make(a.store, a.clock.wall(), a.folder / "copy.sqlite3")
        world.server.delete("project", old["id"])
        world.t += 600
        world.server.create("project", {"name": "New"}, ("web", "New"))
        backup.restore(a.store, copy, a.clock.wall())
        for _ in range(4):  # one kind's deletions a turn
            sync(a, seconds=2000)
        assert [project.name for project in a.projects()] == ["New"]
        at_rest(world)


def test_a_possible_duplicate_is_asked_about_once_though_a_backup_comes_back():
    with scene() as (world, a):
        copy = backup.make(a.store, a.clock.wall(), a.folder / "copy.sqlite3")
        one = add(a, "mine", start=int(world.t) - 300)
        with failing(world, "POST"):
            sync(a)
        web_add(world, "theirs", start=int(world.t) - 290)
        sync(a, seconds=200)
        assert hold_of(a, one)["reason"] == "duplicate"
        later = backup.make(a.store, a.clock.wall(), a.folder / "later.sqlite3")
        backup.restore(a.store, copy, a.clock.wall())
        backup.restore(a.store, later, a.clock.wall())
        sync(a, seconds=60)
        assert hold_of(a, one)["reason"] == "duplicate"
        assert a.store.check(full=True) == []


def test_what_only_one_side_has_filled_in_is_kept_when_an_entry_joins_the_account():
    with closing(World(7, faults=NONE, computers="A")) as world:
        world.server.quota = 10**9
        (a,) = world.computers
        a.clock.skew = 0
        start = int(world.t) - 6000
        add(a, "call", start=start, stop=start + 60, tags=(made(a, commands.AddTag("phone")),))
        add(a, "plan", start=start + 100, stop=start + 160, billable=True)
        add(
            a,
            "draw",
            start=start + 200,
            stop=start + 260,
            project=made(a, commands.AddProject("Site")),
        )
        theirs = world.server.create("project", {"name": "Shop"}, ("web", "Shop"))["id"]
        web_add(world, "call", start=start, project_id=theirs)
        web_add(world, "plan", start=start + 100)
        web_add(world, "draw", start=start + 200)
        sync(a)
        at_rest(world)
        there = {row["description"]: row for row in world.server.live()}
        assert len(there) == len(a.entries()) == 3
        assert there["call"]["project_id"] == theirs
        assert len(there["call"]["tag_ids"]) == 1
        assert there["plan"]["billable"]
        assert there["draw"]["project_id"] not in {None, theirs}


def made(computer, command):
    """Does it; returns the local id of what it made."""
    done = computer.do(command)
    assert done.error is None
    return next(one for kind in ("project", "tag") for one in done.changes.ids(kind))


@contextmanager
def unread():
    """A computer that has not read anything of the account yet."""
    with closing(World(7, faults=NONE, computers="A")) as world:
        world.server.quota = 10**9
        (a,) = world.computers
        a.clock.skew = 0
        yield world, a


def test_a_first_read_brings_what_is_planned_for_the_months_to_come():
    with unread() as (world, a):
        web_add(world, "holidays", start=int(world.t) + 200 * 86_400)
        sync(a, seconds=10)
        assert [e.description for e in a.entries()] == ["holidays"]
        at_rest(world)


def test_a_server_that_does_not_look_so_far_ahead_is_asked_for_less():
    with unread() as (world, a):
        web_add(world, "now", start=int(world.t) - 600)
        between, asked = world.server.between, []

        def strict(start, end):
            asked.append(moment(end) - int(world.t))
            if asked[-1] > 30 * 86_400:
                raise ApiError(classify("GET", 400), 400, "end_date is too far in the future")
            return between(start, end)

        world.server.between = strict
        sync(a, seconds=10)
        assert [e.description for e in a.entries()] == ["now"]
        assert len(asked) == 2
        at_rest(world)


def test_a_deletion_taken_back_between_reading_and_sending_is_not_made_twice():
    with scene() as (world, a):
        one = add(a, "back again")
        sync(a, seconds=10)
        delete(a, one)
        sync(a, seconds=10)
        sync(a, seconds=700)
        assert texts(world) == []
        until(a, "after since")
        assert a.do(perform.Undo()).error is None
        with failing(world, "POST", commits=True):
            a.finish()
        assert a.store.check(full=True) == []
        at_rest(world)
        assert texts(world) == ["back again"]


def test_what_a_workspace_hid_while_it_was_closed_is_not_sent_again():
    with scene() as (world, a):
        add(a, "lost on its way", start=int(world.t) - 300)
        with failing(world, "POST", commits=True):
            sync(a)
        world.server.closed.add(WS)
        sync(a, Want(push=False), seconds=200)
        world.server.closed.clear()
        sync(a, seconds=30)
        assert texts(world) == ["lost on its way"]
        at_rest(world)


def test_a_list_of_workspaces_counts_for_the_turn_that_read_it_only():
    with scene() as (world, a):
        add(a, "lost on its way", start=int(world.t) - 300)
        with failing(world, "POST", commits=True):
            sync(a)
        world.t += 170
        a.engine.reader._sight.see([WS])  # named, and closed ten seconds later
        world.server.closed.add(WS)
        sync(a, Want(push=False), seconds=10)
        world.server.closed.clear()
        sync(a, seconds=30)
        assert texts(world) == ["lost on its way"]
        at_rest(world)


def test_in_an_account_without_any_entry_a_lost_one_is_sent_again():
    with scene() as (world, a):
        add(a, "lost on its way", start=int(world.t) - 300)
        with failing(world, "POST"):
            sync(a)
        for _ in range(2):  # the list is empty: the second read asks whether its workspace is open
            sync(a, seconds=130)
        assert texts(world) == ["lost on its way"]
        assert world.server.counts.by_call["me"] == 2
        at_rest(world)


def test_an_old_entry_that_was_deleted_elsewhere_goes_here_too_when_a_backup_has_come_back():
    with scene() as (world, a):
        row = web_add(world, "long ago", start=int(world.t) - 200 * 86_400)
        sync(a, seconds=60)
        copy = backup.make(a.store, a.clock.wall(), a.folder / "copy.sqlite3")
        world.server.delete("time_entry", row["id"])
        world.t += 4000
        web_add(world, "later")
        backup.restore(a.store, copy, a.clock.wall())
        sync(a, seconds=60)
        assert [e.description for e in a.entries()] == ["later"]
        asked = world.server.counts.by_call["since"]
        sync(a, seconds=60)
        assert world.server.counts.by_call["since"] == asked + 1
        at_rest(world)


def test_and_when_its_workspace_is_open_again():
    with scene() as (world, a):
        row = web_add(world, "long ago", start=int(world.t) - 200 * 86_400)
        sync(a, seconds=60)
        world.server.closed.add(WS)
        for _ in range(2):
            sync(a, Want(full=True), seconds=2000)
        world.server.closed.clear()
        world.server.delete("time_entry", row["id"])
        world.t += 4000
        web_add(world, "later")
        sync(a, Want(full=True), seconds=60)
        sync(a, seconds=60)
        assert [e.description for e in a.entries()] == ["later"]
        at_rest(world)
