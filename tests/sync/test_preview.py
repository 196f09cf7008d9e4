"""What joining would do is told truly, and nothing of it is done."""

from dataclasses import replace

import pytest
from msgspec import structs

from tests.support.builders import NOW, client, entry, load, make_store, project, tag
from toggl_desktop.domain.accounts import Matched, apart_sentences, merge_sentences
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track import models
from toggl_desktop.remote.track.me import Related
from toggl_desktop.remote.track.moments import rfc3339
from toggl_desktop.store.read import local
from toggl_desktop.sync.preview import WINDOW_DAYS, preview

DAY = 86_400
HOME = 7001


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as store:
        yield store


def theirs(start, stop=None, text="", rid=1):
    return models.TimeEntry(
        id=rid,
        start=rfc3339(start),
        stop=None if stop is None else rfc3339(stop),
        duration=-1 if stop is None else stop - start,
        description=text or None,
    )


def related(clients=(), projects=(), tags=()):
    return Related(
        models.Me(id=5001, default_workspace_id=HOME),
        Secret(""),
        Rows((models.Workspace(id=HOME, name="Studio"),)),
        Rows(tuple(models.Client(id=i, wid=HOME, name=n) for i, n in enumerate(clients))),
        Rows(
            tuple(models.Project(id=i, workspace_id=HOME, name=n) for i, n in enumerate(projects))
        ),
        Rows(tuple(models.Tag(id=i, workspace_id=HOME, name=n) for i, n in enumerate(tags))),
        Rows(),
        Rows(),
    )


def look(store, entries=(), **there):
    work = local.work(store.source, NOW - WINDOW_DAYS * DAY)
    return preview(work, related(**there), entries, HOME)


def test_names_meet_without_regard_to_case_and_only_in_the_same_workspace(store):
    load(store, client("c1", "Acme"), project("p1", "Website"), project("p2", "Café"), tag("t1"))
    found = look(store, projects=["WEBSITE", "cafe", "other"], clients=["Beta"])
    assert found.names == {
        "client": Matched(0, 1),
        "project": Matched(2, 0),
        "tag": Matched(0, 1),
    }
    elsewhere = related(projects=["Website"])
    elsewhere = preview(local.work(store.source, NOW), elsewhere, (), 9)
    assert elsewhere.names["project"] == Matched(0, 2)


def test_an_entry_is_the_same_alike_new_or_old(store):
    load(
        store,
        entry("same", NOW - 5000, NOW - 4000, description="a"),
        entry("twin", NOW - 5000, NOW - 4000, description="a"),
        entry("near", NOW - 3000, NOW - 2000, description="b"),
        entry("new", NOW - 1900, NOW - 1800, description="c"),
        entry("old", NOW - 100 * DAY, NOW - 100 * DAY + 60),
        entry("gone", NOW - 1500, NOW - 1400, deleted=True),
    )
    there = [
        theirs(NOW - 5000, NOW - 4000, "a"),
        theirs(NOW - 3030, NOW - 2000, "b"),
        models.TimeEntry(id=9, start="nonsense"),
        models.TimeEntry(id=8, start=rfc3339(NOW - 1900), server_deleted_at="x"),
    ]
    found = look(store, there)
    assert (found.entries_known, found.entries_alike) == (1, 1)
    assert (found.entries_new, found.entries_older) == (2, 1)
    assert not found.both_run


def test_two_running_entries_are_named(store):
    load(store, entry("run", NOW - 60))
    found = look(store, [theirs(NOW - 600)])
    assert found.both_run
    assert any("started later goes on" in line for line in merge_sentences(found))


def test_the_sentences_say_what_there_is_and_nothing_else(store):
    load(store, project("p1", "Website"), entry("new", NOW - 1900, NOW - 1800))
    said = merge_sentences(look(store))
    assert said == (
        "Everything here goes into the workspace “Studio”.",
        "Will be made in Toggl: 1 project.",
        "1 entry will be sent.",
    )
    load(store, *(entry(f"e{n}", NOW - 4000 + n, NOW - 3000 + n) for n in range(100)))
    said = merge_sentences(look(store, [theirs(NOW - 1900, NOW - 1800)]))
    assert "1 entry of the same time and description: recognised, not sent again." in said
    assert "100 entries will be sent. On a free plan that takes about 5 hours." in said
    assert len(apart_sentences()) == 2


def test_looking_changes_nothing(store):
    from tests.support.builders import unchanged

    load(store, project("p1"), entry("e1", NOW - 60, NOW))
    with unchanged(store):
        assert not look(store).is_empty
    assert local.work(store.source, NOW).older == 1


def test_a_project_of_another_client_is_another_project(store):
    load(store, project("p1", "Website"), client("c1", "Acme"), project("p2", "Shop", client="c1"))
    known = {}
    for place, of in enumerate([(31, 31), (None, 31), (None, None)]):
        there = [
            models.Project(id=n, workspace_id=HOME, name=name, client_id=one)
            for n, name, one in zip((1, 2), ("Website", "Shop"), of, strict=True)
        ]
        acme = models.Client(id=31, wid=HOME, name="Acme")
        answer = replace(related(), projects=Rows(tuple(there)), clients=Rows((acme,)))
        work = local.work(store.source, NOW)
        known[place] = preview(work, answer, (), HOME).names["project"].known
    assert known == {0: 1, 1: 2, 2: 1}


def test_alike_is_what_the_join_asks_about_and_another_workspace_has_no_same(store):
    load(
        store,
        entry("near", NOW - 3000, NOW - 2000, description="b"),
        entry("there", NOW - 5000, NOW - 4000, description="a"),
    )
    elsewhere = structs.replace(theirs(NOW - 5000, NOW - 4000, "a"), workspace_id=7002)
    found = look(store, [theirs(NOW - 3030, NOW - 2000, "other words"), elsewhere])
    assert (found.entries_known, found.entries_alike, found.entries_new) == (0, 1, 1)
    assert look(store, [theirs(NOW - 3030, NOW, "b")]).entries_alike == 1
