"""Projects, clients, tags, favourites and suggestions as lists show them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.support.builders import (
    NOW,
    client,
    entry,
    favourite,
    load,
    make_store,
    project,
    tag,
    task,
)
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.instants import day_bounds
from toggl_desktop.store.read import catalog, entries, suggest
from toggl_desktop.store.read.entries import Wanted

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 9, 21)


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        yield made


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def lids(rows):
    return [row.lid for row in rows]


def of_day(store, day):
    low, high = day_bounds(day, BERLIN)
    return lids(entries.find(store.source, Wanted(low, high)))


# Catalogue --------------------------------------------------------------------------------


@pytest.fixture
def stocked(store):
    load(
        store,
        Workspace("w", "Äußeres"),
        client("c1", "Zeta"),
        client("c2", "alpha", archived=True),
        project("p1", "Ölbild", client="c1", billable=True),
        project("p2", "apple"),
        project("p3", "Old", archived=True),
        project("p4", "Gone", deleted=True),
        task("k1", "p1", "Draw"),
        task("k2", "p2", "cook", archived=True),
        task("k3", "p2", "Bake"),
        tag("t1", "b"),
        tag("t2", "A"),
        tag("t3", "x", deleted=True),
        favourite("f2", position=1),
        favourite("f1", description="x", project="p1", task="k1", tags=("t1",), billable=True),
        favourite("f3", deleted=True),
    )
    return store.source


def test_lists_are_sorted_by_name_and_archived_ones_come_when_asked(stocked):
    assert lids(catalog.projects(stocked)) == ["p2", "p1"]
    assert lids(catalog.projects(stocked, archived=True)) == ["p2", "p1", "p3"]
    assert lids(catalog.clients(stocked)) == ["c1"]
    assert lids(catalog.clients(stocked, archived=True)) == ["c2", "c1"]
    assert lids(catalog.tags(stocked)) == ["t2", "t1"]
    assert lids(catalog.tasks(stocked)) == ["k3", "k1"]
    assert lids(catalog.tasks(stocked, "p2", archived=True)) == ["k3", "k2"]
    assert lids(catalog.workspaces(stocked)) == ["local", "w"]
    assert lids(catalog.favourites(stocked)) == ["f1", "f2"]


def test_rows_say_what_they_stand_for(stocked):
    assert catalog.projects(stocked)[1] == catalog.ProjectRow(
        "p1", "Ölbild", "#0b83d9", "c1", "Zeta", billable=True, archived=False,
        workspace="This computer",
    )  # fmt: skip
    assert catalog.favourites(stocked)[0] == catalog.FavouriteRow(
        "f1", "x", "p1", "Ölbild", "#0b83d9", "k1", ("t1",), billable=True
    )
    assert catalog.tasks(stocked)[1].project == "p1"
    assert catalog.color_use(stocked) == {"#0b83d9": 3}
    assert sorted(catalog.all_names(stocked, "project")) == ["Old", "apple", "Ölbild"]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("project", "Ölbild", ["p1"]),
        ("project", "olbild", ["p1"]),
        ("project", "OLD", ["p3"]),
        ("project", "Gone", []),
        ("project", "p1", ["p1"]),
        ("client", "ALPHA", ["c2"]),
        ("task", "bake", ["k3"]),
        ("tag", "B", ["t1"]),
        ("tag", "", []),
        ("workspace", "ausseres", ["w"]),
        ("favourite", "x", ["f1"]),
    ],
)
def test_a_name_is_found_exactly_or_without_case_and_accents_or_by_id(stocked, kind, text, found):
    assert [lid for lid, _ in catalog.named(stocked, kind, text)] == found


def test_an_exact_name_wins_over_a_similar_one_and_several_are_all_told(store):
    load(store, project("p1", "Resume"), project("p2", "Résumé"), project("abcd-1234", "x"))
    named = catalog.named
    assert named(store.source, "project", "Résumé") == [("p2", "Résumé")]
    assert len(named(store.source, "project", "RESUME")) == 2
    assert named(store.source, "project", "abcd") == [("abcd-1234", "x")]
    assert named(store.source, "project", "1234") == [("abcd-1234", "x")]
    assert named(store.source, "project", "abc") == []


# Suggestions ------------------------------------------------------------------------------


def test_suggestions_are_recents_favourites_older_ones_and_other_projects_each_once(store):
    load(
        store,
        client("c", "Acme"),
        project("p1", "Site", client="c"),
        project("p2", "Other"),
        project("old", "Old", archived=True),
        tag("t", "deep"),
        favourite("f", description="Fav", project="p1"),
        entry("a", NOW, NOW + 1, description="Fav", project="p1"),
        entry("b", NOW + 10, NOW + 11, description="Write", tags=("t",)),
        entry("c", NOW + 5, NOW + 6, description="Hidden", project="old"),
        entry("e", NOW + 1, NOW + 2, description="Write", tags=("t",)),
    )
    known = suggest.known(store.source)
    assert [(s.why, s.description, s.project_name) for s in known] == [
        ("recent", "Write", None),
        ("recent", "Fav", "Site"),
        ("project", "", "Other"),
    ]
    assert known[1].client == "Acme"
    assert [s.favourite for s in known] == [None, "f", None]
    assert (known[0].tags, known[0].tag_ids, known[0].at) == (("deep",), ("t",), NOW + 10)


def test_favourites_stand_behind_the_three_tracked_last(store):
    load(
        store,
        favourite("f1", description="B", position=1),
        favourite("f0", description="A", position=0),
        *(entry(f"e{i}", NOW + i, NOW + i + 1, description=f"E{i}") for i in range(5)),
    )
    known = suggest.known(store.source)
    assert [s.description for s in known] == ["E4", "E3", "E2", "A", "B", "E1", "E0"]
    assert [s.favourite for s in known[3:5]] == ["f0", "f1"]


def test_what_is_typed_narrows_and_ranks_the_suggestions(store):
    texts = ("Rewrite the docs", "write spec", "Spec review", "unrelated")
    load(store, *(entry(f"e{i}", NOW + i, NOW + i, description=t) for i, t in enumerate(texts)))
    known = suggest.known(store.source)

    def found(text, limit=8):
        return [s.description for s in suggest.matching(known, text, limit)]

    assert found("") == list(reversed(texts))
    assert found("", 2) == ["unrelated", "Spec review"]
    assert found("write")[:2] == ["write spec", "Rewrite the docs"]
    assert found("spec")[:2] == ["Spec review", "write spec"]
    assert found("SPEC write")[0] == "write spec"
    assert "Spec review" in found("spcc review")
    assert found("zz") == []
