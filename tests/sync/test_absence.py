"""What a complete list lacks: once is nothing, twice was deleted; an empty one says nothing."""

from tests.sync.fake_track import stamp
from tests.sync.scene import add, edit, entry, scene, sync, web_add
from toggl_desktop.domain.syncstate import Phase

DAY = 86_400


def vanish(world, *rids):
    """The server forgets rows without a tombstone."""
    for rid in rids:
        del world.server.rows["time_entry"][rid]


def test_a_row_that_is_missing_twice_is_deleted_and_kept_aside():
    with scene() as (world, a):
        rows = [web_add(world, f"e{n}", start=int(world.t) - 9000 + 70 * n) for n in range(4)]
        sync(a, seconds=10)
        vanish(world, rows[0]["id"])
        sync(a, seconds=DAY)
        assert len(a.entries()) == 4
        sync(a, seconds=300)
        assert len(a.entries()) == 4
        for _ in range(2):  # it waits for room among the hour's other reads
            sync(a, seconds=1200)
        assert sorted(e.description for e in a.entries()) == ["e1", "e2", "e3"]
        assert [s.content["description"] for s in a.shelved()] == ["e0"]
        assert a.store.check(full=True) == []
        before = world.server.counts.requests
        sync(a, seconds=700)
        assert world.server.counts.requests - before <= 2


def test_a_row_that_comes_back_was_never_gone():
    with scene() as (world, a):
        row = web_add(world, "there", start=int(world.t) - 9000)
        web_add(world, "other", start=int(world.t) - 8000)
        sync(a, seconds=10)
        kept = world.server.rows["time_entry"].pop(row["id"])
        sync(a, seconds=DAY)
        world.server.rows["time_entry"][row["id"]] = kept
        for _ in range(3):
            sync(a, seconds=700)
        assert len(a.entries()) == 2


def test_an_edit_that_waits_is_not_deleted_for_being_missing():
    with scene() as (world, a):
        one = add(a, "mine")
        web_add(world, "other", start=int(world.t) - 8000)
        sync(a, seconds=10)
        edit(a, one, description="edited")
        vanish(world, a.binding(one).rid)
        a.engine.sender.closed.add("time_entry")
        for seconds in (DAY, 700, 700):
            sync(a, seconds=seconds)
        assert entry(a, one).description == "edited"
        assert not entry(a, one).deleted


def test_an_empty_list_and_a_list_that_lacks_much_delete_nothing_unasked():
    with scene() as (world, a):
        rows = [web_add(world, f"e{n}", start=int(world.t) - 9000 + 70 * n) for n in range(60)]
        sync(a, seconds=10)
        vanish(world, *(row["id"] for row in rows[:30]))
        sync(a, seconds=DAY)
        sync(a, seconds=1200)
        assert sync(a, seconds=1200).phase is Phase.ASKING
        assert len(a.entries()) == 60
        vanish(world, *(row["id"] for row in rows[30:]))
        for _ in range(3):
            sync(a, seconds=700)
        assert len(a.entries()) == 60


def test_an_entry_beyond_the_list_is_not_missing_from_it():
    with scene() as (world, a):
        web_add(world, "next week", start=int(world.t) + 7 * DAY)
        web_add(world, "other", start=int(world.t) - 8000)
        sync(a, seconds=10)
        for seconds in (DAY, 700, 700):
            sync(a, seconds=seconds)
        assert sorted(e.description for e in a.entries()) == ["next week", "other"]


def test_a_server_whose_clock_says_last_year_makes_nothing_missing():
    with scene() as (world, a):
        long_ago = int(world.t) - 365 * DAY
        world.server.create(
            "time_entry",
            {"description": "old", "start": stamp(long_ago), "stop": stamp(long_ago + 60)},
            ("web", "old"),
        )
        for number in range(3):
            web_add(world, f"e{number}", start=int(world.t) - 9000 + 70 * number)
        sync(a, seconds=10)
        before = [e.description for e in a.entries()]
        a.engine.line.server_now = lambda: int(world.t) - 365 * DAY
        for seconds in (DAY, 700, 700, DAY, 700):
            sync(a, seconds=seconds)
        assert set(before) <= {e.description for e in a.entries()}
