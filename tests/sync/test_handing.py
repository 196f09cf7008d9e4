"""Entries that a person takes to Toggl in a file: not sent meanwhile, recognised afterwards."""

from tests.sync.scene import (
    add,
    at_rest,
    delete,
    edit,
    entry,
    failing,
    hold_of,
    rid_of,
    scene,
    settled,
    sync,
    texts,
    web_add,
)
from toggl_desktop.store.read.drain import drain
from toggl_desktop.sync import handing

DAY = 86_400


def handed(a, *texts_of, **fields):
    """Makes entries and hands them out in a file."""
    made = [
        add(a, text, start=a.clock.wall() - 9000 - 700 * n, **fields)
        for n, text in enumerate(texts_of)
    ]
    _, found = handing.candidates(a.store.source)
    assert set(made) <= set(found)
    assert sorted(handing.hand_out(a.store, made, a.clock.wall())) == sorted(made)
    return made


def imported(world, a, *lids, later=0, **fields):
    """Toggl's import makes them, all at one moment."""
    for one in lids:
        it = entry(a, one)
        web_add(world, it.description, it.start + later, it.stop - it.start, **fields)


def posts(world):
    return world.server.counts.by_call.get("create time_entry", 0)


def test_what_is_in_a_file_is_not_sent_and_is_recognised_when_it_is_read():
    with scene() as (world, a):
        made = handed(a, "one", "two")
        settled(world)
        assert texts(world) == []
        assert drain(a.store.source, a.clock.wall()) == (0, 0, False, 2)
        imported(world, a, *made)
        sync(a, seconds=300)  # nobody has said anything yet
        assert all(rid_of(a, one) for one in made)
        assert posts(world) == 0
        at_rest(world)
        assert texts(world) == ["one", "two"]


def test_when_it_was_imported_in_part_the_rest_is_sent_after_a_look():
    with scene() as (world, a):
        first, _second = handed(a, "one", "two")
        imported(world, a, first)
        assert handing.take_back(a.store, a.clock.wall()) == 2
        settled(world)
        assert (texts(world), posts(world)) == (["one", "two"], 1)
        at_rest(world)


def test_nothing_is_sent_before_the_look_when_it_was_said_too_early():
    with scene() as (world, a):
        made = handed(a, "one")
        handing.take_back(a.store, a.clock.wall())
        imported(world, a, *made)
        with failing(world, "GET", times=9):
            sync(a, seconds=60)
        assert posts(world) == 0
        at_rest(world)
        assert texts(world) == ["one"]


def test_a_restart_and_a_night_change_nothing():
    with scene() as (world, a):
        made = handed(a, "one")
        a.crash()
        sync(a, seconds=DAY)
        sync(a, seconds=300)
        assert texts(world) == []
        imported(world, a, *made)
        at_rest(world)
        assert (texts(world), posts(world)) == (["one"], 0)


def test_entries_of_long_ago_are_recognised_too():
    with scene() as (world, a):
        (one,) = handed(a, "one")
        (old,) = [add(a, "old", start=a.clock.wall() - 300 * DAY)]
        handing.hand_out(a.store, [old], a.clock.wall())
        imported(world, a, one, old)
        handing.take_back(a.store, a.clock.wall())
        settled(world)
        assert (texts(world), posts(world)) == (["old", "one"], 0)
        at_rest(world)


def test_a_project_that_the_import_made_is_ours_by_its_name():
    with scene() as (world, a):
        from toggl_desktop.domain import commands

        a.do(commands.AddProject("Website"))
        project = a.projects()[0].lid
        made = handed(a, "one", project=project)
        row = world.server.create("project", {"name": "Website"}, ("web", "Website"))
        imported(world, a, *made, project_id=row["id"])
        sync(a, seconds=2000)
        assert rid_of(a, made[0]) is not None
        at_rest(world)
        assert (texts(world), posts(world)) == (["one"], 0)


def test_what_was_edited_or_deleted_meanwhile_follows():
    with scene() as (world, a):
        one, two = handed(a, "one", "two")
        frozen = entry(a, one), entry(a, two)
        edit(a, one, description="one, mended")
        delete(a, two)
        for it in frozen:
            web_add(world, it.description, it.start, it.stop - it.start)
        handing.take_back(a.store, a.clock.wall())
        settled(world)
        assert (texts(world), posts(world)) == (["one, mended"], 0)
        at_rest(world)


def test_a_file_that_was_read_by_another_time_zone_doubles_nothing():
    with scene() as (world, a):
        (one,) = handed(a, "one")
        imported(world, a, one, later=7200)
        handing.take_back(a.store, a.clock.wall())
        settled(world)
        assert hold_of(a, one)["reason"] == "duplicate"
        assert (texts(world), posts(world)) == (["one"], 0)


def test_the_same_words_at_another_time_are_no_reason_to_ask():
    with scene() as (world, a):
        (one,) = handed(a, "one")
        web_add(world, "one", start=entry(a, one).start + 5000)
        sync(a, seconds=300)
        assert hold_of(a, one) == {}
        handing.take_back(a.store, a.clock.wall())
        settled(world)
        assert (texts(world), posts(world)) == (["one", "one"], 1)


def test_what_was_sent_meanwhile_is_not_handed_out():
    with scene() as (_world, a):
        one = add(a, "one")
        _, found = handing.candidates(a.store.source)
        assert found == [one]
        sync(a)
        assert handing.hand_out(a.store, found, a.clock.wall()) == []
        assert handing.candidates(a.store.source) == (None, [])


def test_without_a_file_everything_is_sent_as_ever():
    with scene() as (world, a):
        made = handed(a, "one")
        handing.drop(a.store, made, a.clock.wall())
        sync(a)
        assert texts(world) == ["one"]
        at_rest(world)
