"""Twenty ways in which others lost their people's time, each played here to a better end.

The numbers are those of the collection in the project's research on lost data; what each of them
needs beside these plays is elsewhere:

D1 D5 D17 D18 also `test_killed` (a real process) and `test_faults` (real sockets); D4 also
`tests/system/test_instance.py`; D7 D8 also `tests/system/test_clock.py`; D11 D12 also
`test_absence`; D16 also `tests/store/test_upgrades.py`; D20 also `tests/store/test_damage.py`,
`tests/store/test_processes.py` and `test_disk`. What the old program's code did besides is below.
"""

import itertools
import re

import pytest

from tests.sync import scene as play
from tests.sync.fake_track import stamp
from tests.sync.scene import (
    add,
    at_rest,
    delete,
    edit,
    entry,
    failing,
    scene,
    start,
    sync,
    texts,
    until,
)
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain import commands
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import schema
from toggl_desktop.sync import deciding, tidying
from toggl_desktop.sync.api import ApiError
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.reconcile import classify


@pytest.mark.parametrize("is_edited", [False, True])
def test_d1_the_answer_of_a_create_is_lost(is_edited):
    with scene() as (world, a):
        one = add(a, "work")
        with failing(world, "POST", commits=True):
            sync(a)
        if is_edited:
            edit(a, one, description="better")
        a.crash()
        for _ in range(5):
            sync(a, seconds=60)
        assert texts(world) == ["better" if is_edited else "work"]
        at_rest(world)


def test_every_one_of_the_twenty_is_here():
    played = {int(found[1]) for name in globals() if (found := re.match(r"test_d(\d+)_", name))}
    assert played == set(range(1, 21))


def test_d2_starting_again_sends_nothing():
    with scene() as (world, a):
        for number in range(60):
            play.web_add(world, f"old {number}", start=int(world.t) - 9000 - number * 100)
        sync(a, seconds=10)
        before, rows = world.server.counts.writes, a.entries()
        a.crash()
        for _ in range(3):
            sync(a, seconds=400)
        assert world.server.counts.writes == before
        assert a.entries() == rows


def test_d3_a_deleted_entry_is_not_sent_again_and_again():
    with scene() as (world, a):
        one = start(a, "lunch")
        sync(a)
        before = world.server.counts.writes
        delete(a, one)
        start(a, "work")
        for _ in range(10):
            sync(a, seconds=60)
        assert texts(world) == ["work"]
        assert world.server.counts.writes - before <= 3
        at_rest(world)


def test_d4_a_request_that_hangs_while_the_machine_sleeps_loses_nothing():
    with scene() as (world, a):
        one = add(a, "work")
        until(a, "before create time_entry")
        world.t += 9 * 3600
        a.crash()
        add(a, "after the sleep")
        at_rest(world)
        assert texts(world) == ["after the sleep", "work"]
        assert entry(a, one) is not None


@pytest.mark.parametrize("where", ["before since", "after since", "before update time_entry",
                                   "after update time_entry"])  # fmt: skip
def test_d5_an_edit_made_at_any_moment_of_a_turn_is_not_reverted(where):
    with scene() as (world, a):
        one = add(a, "first")
        sync(a)
        edit(a, one, description="second")
        world.t += 40
        until(a, where)
        edit(a, one, description="third")
        a.finish()
        assert entry(a, one).description == "third"
        at_rest(world)
        assert texts(world) == ["third"]


@pytest.mark.parametrize("is_online", [True, False])
def test_d6_the_earlier_stop_stands_and_the_later_one_is_kept(is_online):
    with scene() as (world, a):
        one = start(a, "meeting")
        sync(a)
        stopped = int(world.t) + 3600
        world.t += 3600
        rid = play.rid_of(a, one)
        play.web_edit(world, rid, stop=stamp(stopped))
        world.t += 3 * 3600
        a.do(commands.StopTimer())
        late = entry(a, one).stop
        if not is_online:
            with failing(world, "GET", times=3):
                sync(a)
        at_rest(world)
        assert entry(a, one).stop == stopped
        assert [s.content for s in a.shelved() if s.reason == "conflict"] == [{"stop": late}]


def test_a_stop_is_not_sent_blindly_even_when_little_is_left():
    with scene() as (world, a):
        one = start(a, "meeting")
        sync(a)
        world.t += 600
        stopped = int(world.t) - 300
        play.web_edit(world, play.rid_of(a, one), stop=stamp(stopped))
        with a.store.locked() as writer:  # so little that nothing is read for its own sake
            writer.execute("UPDATE quota SET remaining = 3, total = 30 WHERE scope = 'me'")
        a.do(commands.StopTimer())
        said = []
        a.store.feed.subscribe(lambda changes: said.append(changes.notice))
        asked = dict(world.server.counts.by_call)
        sync(a, Want(pull=False))
        assert world.server.counts.by_call["since"] == asked["since"] + 1
        assert entry(a, one).stop == stopped
        (notice,) = [one for one in said if one]
        assert notice.startswith("“meeting” was stopped elsewhere already, 5 min before")
        (problem,) = deciding.read.problems(a.store.source)
        assert problem.reason == "conflict"


@pytest.mark.parametrize("skew", [300, -300, 365 * 86400])
def test_d7_a_wrong_clock_never_makes_a_length_below_zero(skew):
    with scene() as (world, a):
        a.clock.skew = skew if skew < 10**7 else 86_400 * 100
        sync(a)
        one = start(a, "work")
        sync(a)
        world.t += 600
        a.clock.skew = 0
        a.do(commands.StopTimer())
        at_rest(world)
        found = entry(a, one)
        assert found.stop - found.start >= 0
        assert abs((found.stop - found.start) - 600) <= 4
        assert a.engine.state.skew_seconds == 0 or abs(a.engine.state.skew_seconds) >= 0


def test_d8_a_long_sleep_is_one_stretch_that_can_be_cut_and_reaches_the_server_as_cut():
    with scene() as (world, a):
        one = start(a, "work")
        sync(a)
        began = entry(a, one).start
        world.t += 11 * 3600
        assert a.do(commands.SplitEntry(one, began + 7200)).error is None
        rest = next(e.lid for e in a.entries() if e.stop is None)
        delete(a, rest)
        at_rest(world)
        (row,) = world.server.live()
        assert row["stop"] == stamp(began + 7200).replace("+00:00", "Z")


def test_d9_one_refused_entry_is_in_nobodys_way():
    with scene() as (world, a):
        bad = add(a, "poison in it")
        project = a.do(commands.AddProject("poison project")).changes.ids("project")
        dependent = add(a, "waits", project=next(iter(project)))
        for number in range(20):
            add(a, f"good {number}", start=a.clock.wall() - 9000 + number * 70)
        for _ in range(3):
            sync(a, seconds=300)
        assert len(world.server.live()) == 20
        assert play.hold_of(a, bad)["text"] == "That is not allowed"
        assert play.rid_of(a, dependent) is None
        assert entry(a, bad).description == "poison in it"
        edit(a, bad, description="fine")
        a.do(commands.EditProject(next(iter(project)), name="fine project"))
        at_rest(world)
        assert len(world.server.live()) == 22


def test_d10_the_same_project_made_on_two_computers_is_one():
    with scene("AB") as (world, a, b):
        for computer in (a, b):
            made = computer.do(commands.AddProject("Acme")).changes.ids("project")
            for number in range(5):
                start_at = computer.clock.wall() - 4000 + number * 70
                add(computer, f"{computer.name} {number}", start=start_at, project=next(iter(made)))
        at_rest(world)
        (project,) = world.server.live("project")
        rows = world.server.live()
        assert len(rows) == 10
        assert {row["project_id"] for row in rows} == {project["id"]}


def test_d11_a_server_that_was_set_back_is_read_anew():
    with scene() as (world, a):
        rows = [play.web_add(world, f"e{n}", start=int(world.t) - 9000 - 100 * n) for n in range(3)]
        sync(a, seconds=10)
        a.clock.skew = -365 * 86400 // 4
        sync(a, seconds=10)
        assert len(a.entries()) == 3
        kept = {row["id"]: dict(world.server.rows["time_entry"][row["id"]]) for row in rows}
        world.t += 86_400
        play.web_edit(world, rows[0]["id"], description="lost by the server")
        sync(a)
        world.server.rows["time_entry"] = kept
        world.t -= 86_000
        a.clock.began -= 86_000
        sync(a)
        sync(a)
        assert sorted(e.description for e in a.entries()) == ["e0", "e1", "e2"]


@pytest.mark.parametrize("kind", ["workspace", "client", "project", "tag"])
@pytest.mark.parametrize("answer", [[], None, "missing"])
def test_d12_an_empty_answer_deletes_nothing(kind, answer):
    with scene() as (_, a):
        a.do(commands.AddProject("Acme"))
        a.do(commands.AddTag("deep"))
        a.do(commands.AddClient("Corp"))
        add(a, "work")
        sync(a)
        before = a.entries(), a.projects()
        me = a.api.me

        async def emptied(*, related):
            said = await me(related=related)
            if answer == "missing":
                said.body.pop(f"{kind}s", None)
            else:
                said.body[f"{kind}s"] = answer
            return said

        a.api.me = emptied
        for _ in range(3):
            sync(a, Want(full=True), seconds=4000)
        assert (a.entries(), a.projects()) == before


def test_d12_an_empty_list_of_entries_deletes_nothing():
    with scene() as (world, a):
        for number in range(5):
            add(a, f"e{number}", start=a.clock.wall() - 5000 + number * 70)
        sync(a)
        world.server.since = lambda kind, since: []
        world.server.between = lambda start, end: []
        for _ in range(3):
            sync(a, Want(full=True), seconds=4000)
        assert len(a.entries()) == 5


@pytest.mark.parametrize(("count", "share"), [(60, 0.5), (60, 1.0), (300, 0.11)])
def test_d13_a_mass_deletion_asks_first_and_leaves_everything_restorable(count, share):
    with scene() as (world, a):
        rows = [
            play.web_add(world, f"e{n}", start=int(world.t) - 99_000 + 100 * n)
            for n in range(count)
        ]
        sync(a, seconds=10)
        for row in rows[: int(count * share)]:
            world.server.delete("time_entry", row["id"])
        state = sync(a, seconds=10)
        assert state.phase is Phase.ASKING
        assert (state.question.count, state.question.living) == (int(count * share), count)
        assert len(a.entries()) == count
        a.engine.confirm()
        assert sync(a, seconds=10).phase is Phase.RESTING
        assert len(a.entries()) == count - int(count * share)
        assert sum(s.reason == "trash" for s in a.shelved()) == int(count * share)


FIELDS = {
    "description": ("x", "y"),
    "start": (-60, -120),
    "stop": (30, 90),
    "billable": (True, None),
}


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(FIELDS, 2)))
def test_d14_two_fields_edited_on_two_computers_both_survive(one, other):
    with scene("AB") as (world, a, b):
        lid_a = add(a, "shared")
        play.settled(world, 1)
        lid_b = play.lid(b, "shared")
        was = entry(a, lid_a)

        def change(computer, lid, field):
            value = FIELDS[field][0]
            if field in ("start", "stop"):
                value += getattr(was, field)
            edit(computer, lid, **{field: value})
            return value

        first, second = change(a, lid_a, one), change(b, lid_b, other)
        at_rest(world)
        for computer, lid in ((a, lid_a), (b, lid_b)):
            found = entry(computer, lid)
            assert (getattr(found, one), getattr(found, other)) == (first, second)


@pytest.mark.parametrize("deletes_first", [True, False])
@pytest.mark.parametrize("loses", [None, "DELETE", "PUT"])
def test_d15_delete_here_and_edit_there_end_alike_with_the_content_kept(deletes_first, loses):
    with scene("AB") as (world, a, b):
        lid_a = add(a, "shared")
        play.settled(world, 1)
        lid_b = play.lid(b, "shared")
        order = [lambda: delete(a, lid_a), lambda: edit(b, lid_b, description="edited")]
        for action in order if deletes_first else order[::-1]:
            action()
            world.t += 5
        if loses is None:
            sync(a if deletes_first else b)
        else:
            with failing(world, loses, commits=True):
                sync(a)
                sync(b)
        at_rest(world)
        kept = [s.content.get("description") for c in (a, b) for s in c.shelved()]
        assert "edited" in texts(world) or "edited" in kept


def test_d16_a_restored_backup_sends_nothing_twice(tmp_path):
    from toggl_desktop.store import backup

    with scene() as (world, a):
        path = backup.make(a.store, a.clock.wall(), tmp_path / "copy")
        add(a, "made after the backup")
        sync(a)
        backup.restore(a.store, path, a.clock.wall() + 5)
        assert schema.meta(a.store.source, schema.RESTORED) == "1"
        a.do(Undo())
        for _ in range(4):
            sync(a, seconds=200)
        assert len(world.server.live()) <= 1
        assert a.store.check(full=True) == []


def test_d17_edits_made_while_the_create_is_under_way_arrive():
    with scene() as (world, a):
        one = add(a, "v0")
        until(a, "after create time_entry")
        for number in range(1, 11):
            edit(a, one, description=f"v{number}")
        a.finish()
        at_rest(world)
        assert texts(world) == ["v10"]


@pytest.mark.parametrize("point", ["before", "after"])
@pytest.mark.parametrize("verb", ["create", "update", "delete", "patch"])
def test_d18_killed_before_or_after_the_server_did_it(point, verb):
    with scene() as (world, a):
        some = [add(a, f"e{n}", start=a.clock.wall() - 5000 + 70 * n) for n in range(3)]
        if verb != "create":
            sync(a)
        if verb == "update":
            edit(a, some[0], description="changed")
        elif verb == "patch":
            a.do(commands.EditEntries(tuple(some), billable=True))
        elif verb == "delete":
            delete(a, some[0])
        name = "patch" if verb == "patch" else f"{verb} time_entry"
        world.t += 40
        until(a, f"{point} {name}")
        a.crash()
        at_rest(world)
        assert len(world.server.live()) == (2 if verb == "delete" else 3)
        if verb == "update":
            assert "changed" in texts(world)
        if verb == "patch":
            assert all(row["billable"] for row in world.server.live())


def test_d19_signing_out_and_in_again_keeps_what_waits_and_what_is_held():
    with scene() as (world, a):
        with failing(world, "POST", status=503, times=99):
            waiting = [add(a, f"w{n}", start=a.clock.wall() - 8000 + 70 * n) for n in range(7)]
            sync(a)
        held = [add(a, f"poison {n}", start=a.clock.wall() - 3000 + 70 * n) for n in range(2)]
        sync(a, seconds=200)
        with a.store.transaction("Sign out", a.clock.wall()) as tx:
            tx.step.meta[schema.EPOCH] = schema.next_epoch(tx.source)
        a.crash()
        assert all(entry(a, lid) for lid in (*waiting, *held))
        assert all(play.hold_of(a, lid) for lid in held)
        at_rest(world)
        assert len(world.server.live()) == 7


def test_d20_what_was_sent_before_the_file_was_damaged_is_not_sent_again():
    from toggl_desktop.store import recovery

    with scene() as (world, a):
        add(a, "acknowledged")
        sync(a)
        with failing(world, "POST", commits=True):
            add(a, "sent and not answered", start=a.clock.wall() - 3000)
            sync(a)
        a.crash()
        a.engine.close()
        a.store.close()
        for path in a.place.directory.glob("toggl.sqlite3*"):
            path.unlink()
        recovery.recover(a.place)
        a._open()
        at_rest(world)
        assert texts(world) == ["acknowledged", "sent and not answered"]


# What the old program's code did besides -------------------------------------------------------


def test_a_404_on_an_edit_keeps_the_edit_and_one_click_makes_it_anew():
    with scene() as (world, a):
        one = add(a, "work")
        sync(a)
        edit(a, one, description="edited")
        world.server.rows["time_entry"].clear()
        sync(a, Want(pull=False))
        assert entry(a, one).deleted
        (problem,) = deciding.read.problems(a.store.source)
        assert (problem.reason, problem.mine["description"]) == ("deleted elsewhere", "edited")
        deciding.decide(a.store, problem, "mine", a.clock.wall())
        at_rest(world)
        assert texts(world) == ["edited"]


def test_a_refusal_never_changes_the_content():
    with scene() as (world, a):
        project = next(iter(a.do(commands.AddProject("Acme")).changes.ids("project")))
        sync(a)
        one = add(a, "work", project=project)
        with failing(world, "POST", status=403, text="User cannot access the selected project"):
            sync(a)
        assert entry(a, one).project == project
        assert play.hold_of(a, one)["text"] == "User cannot access the selected project"


def test_a_late_commit_does_not_undo_a_later_edit_of_ours():
    with scene() as (world, a):
        one = add(a, "v0")
        sync(a)
        edit(a, one, description="v1")
        with failing(world, "PUT", late=70):
            sync(a)
        edit(a, one, description="v2")
        for _ in range(6):
            sync(a, seconds=40)
        at_rest(world)
        assert texts(world) == ["v2"]


def test_what_is_there_twice_after_all_is_shown_once_and_never_deleted():
    with scene() as (world, a):
        one = add(a, "work")
        with failing(world, "POST", late=1000):  # far later than anybody waits for
            sync(a)
        for _ in range(3):
            sync(a, seconds=130)
        assert len(world.server.live()) == 1
        for _ in range(5):
            sync(a, seconds=300)
        assert len(world.server.live()) == 2
        (problem,) = deciding.read.problems(a.store.source)
        assert (problem.reason, problem.title) == ("twice", "work")
        deciding.decide(a.store, problem, "mine", a.clock.wall())
        for _ in range(3):
            sync(a, seconds=300)
        assert deciding.read.problems(a.store.source) == []
        assert len(a.entries()) == 2
        assert entry(a, one) is not None


def test_of_a_pair_a_person_may_delete_this_one():
    with scene() as (world, a):
        add(a, "work")
        with failing(world, "POST", late=1000):
            sync(a)
        for _ in range(8):
            sync(a, seconds=250)
        (problem,) = deciding.read.problems(a.store.source)
        deciding.decide(a.store, problem, "drop", a.clock.wall())
        at_rest(world)
        assert texts(world) == ["work"]


def test_two_alike_entries_that_were_sent_once_are_no_pair():
    with scene() as (world, a):
        start_at = a.clock.wall() - 900
        add(a, "work", start=start_at)
        add(a, "work", start=start_at)
        for _ in range(4):
            sync(a, seconds=300)
        assert len(world.server.live()) == 2
        assert deciding.read.problems(a.store.source) == []


def test_a_row_at_which_the_server_fails_again_and_again_is_said_and_in_nobodys_way():
    with scene() as (world, a):
        bad = add(a, "makes it fail", start=a.clock.wall() - 20_000)
        plain = world.server.create

        def create(kind, body, origin):
            if body.get("description") == "makes it fail":
                raise ApiError(classify("POST", 500), 500, "Internal Server Error")
            return plain(kind, body, origin)

        world.server.create = create
        for number in range(16):
            if number == 8:
                add(a, "fine", start=a.clock.wall() - 9000)
            sync(a, seconds=320)
        assert texts(world) == ["fine"]
        (problem,) = deciding.read.problems(a.store.source)
        assert (problem.reason, problem.text) == ("server", "Internal Server Error")
        tries = world.server.counts.by_call["create time_entry"]
        for _ in range(10):
            sync(a, seconds=320)
        assert 2 <= world.server.counts.by_call["create time_entry"] - tries <= 5
        del world.server.create
        for _ in range(6):
            sync(a, seconds=320)
        at_rest(world)
        assert deciding.read.problems(a.store.source) == []
        assert play.rid_of(a, bad) is not None


@pytest.mark.parametrize("what", ["version", "rights"])
def test_a_refusal_is_put_to_the_test_again_when_program_or_rights_are_new(what, monkeypatch):
    with scene() as (world, a):
        one = add(a, "work")
        with failing(world, "POST", status=403, text="no"):
            sync(a)
        sync(a, seconds=600)
        assert play.hold_of(a, one)["text"] == "no"
        if what == "version":
            monkeypatch.setattr(tidying, "__version__", "99.0")
        else:
            world.server.rows["workspace"][play.WS]["only_admins_may_create_tags"] = True
            world.server.rows["workspace"][play.WS]["admin"] = False
            sync(a, seconds=2000)
        sync(a, seconds=60)
        assert texts(world) == ["work"]
