"""Projects that bear the same name are told apart, by client or workspace, and only these."""

import pytest

from tests.support.builders import NOW, entry, load, make_store, project
from toggl_desktop.actions.names import AmbiguousNameError, lid_of
from toggl_desktop.domain.entities import Client, Workspace
from toggl_desktop.domain.ids import ClientId, WorkspaceId
from toggl_desktop.store.read import catalog, entries, suggest
from toggl_desktop.store.read.places import owner, places
from toggl_desktop.store.read.problems import Problem
from toggl_desktop.store.read.sides import sides


@pytest.fixture
def store(tmp_path):
    store = make_store(tmp_path)
    with store.transaction("Sync", NOW) as tx:
        for lid, name in (("w1", "Northwind"), ("w2", "Southwind")):
            tx.save(Workspace(WorkspaceId(lid), name))
    load(
        store,
        project("p1", "Website", workspace="w1"),
        project("p2", "website", workspace="w2"),
        project("p3", "Team", workspace="w1"),
        entry("e1", NOW - 300, NOW - 200, project="p2", description="Call"),
        entry("e2", NOW - 100, NOW - 50, project="p3", description="Talk"),
    )
    yield store
    store.close()


def test_each_has_its_place_beside_it_and_others_have_none(store):
    assert places(store.source) == {"p1": "Northwind", "p2": "Southwind"}
    found = {row.lid: row for row in catalog.projects(store.source)}
    assert [found[lid].owner for lid in ("p1", "p2", "p3")] == ["Northwind", "Southwind", None]
    assert found["p3"].workspace == "Northwind"
    rows = {row.lid: row for row in entries.recents(store.source, 9)}
    assert (rows["e1"].owner, rows["e2"].owner) == ("Southwind", None)
    assert owner("Acme", "Southwind") == "Acme · Southwind"


def test_a_name_that_both_bear_is_refused_with_where_each_lies(store):
    with pytest.raises(AmbiguousNameError, match="p2: Southwind"):
        lid_of(store.source, "project", "WEBSITE")


def test_each_is_meant_by_its_name_with_its_workspace(store):
    assert catalog.written(store.source) == {
        "p1": "Website (Northwind)",
        "p2": "website (Southwind)",
        "p3": "Team",
    }
    for lid, name in catalog.written(store.source).items():
        assert lid_of(store.source, "project", name.upper()) == lid
    with pytest.raises(AmbiguousNameError, match=r"or as “Website \(Northwind\)”"):
        lid_of(store.source, "project", "wEbsite")


def test_suggestions_say_it_and_are_found_by_it(store):
    found = {one.description: one for one in suggest.known(store.source)}
    assert found["Call"].place == "Southwind"
    assert "southwind" in found["Call"].folded


@pytest.fixture
def twins(store):
    """Four more of one name in one workspace: two clients', nobody's, and one elsewhere."""
    with store.transaction("Sync", NOW) as tx:
        for lid, name in (("c1", "Acme"), ("c2", "Bakers")):
            tx.save(Client(ClientId(lid), name, WorkspaceId("w1")))
    load(
        store,
        project("s1", "Shop", workspace="w1", client="c1"),
        project("s2", "Shop", workspace="w1", client="c2"),
        project("s3", "shop", workspace="w1"),
        project("s4", "Team", workspace="w2", client="c1"),
        project("s5", "Solo", workspace="w1", client="c1"),
        project("s6", "Website", workspace="w1", client="c2"),
    )
    return store


def test_two_clients_projects_of_one_name_are_told_apart_by_client(twins):
    where = places(twins.source)
    assert [where[lid] for lid in ("s1", "s2", "s3")] == ["Acme", "Bakers", "no client"]
    assert (where["p3"], where["s4"]) == ("Northwind", "Southwind")
    assert (where["p1"], where["s6"]) == ("no client · Northwind", "Bakers · Northwind")
    assert "s5" not in where
    owners = {row.lid: row.owner for row in catalog.projects(twins.source)}
    assert owners["s1"] == "Acme"
    assert owners["s3"] == "no client"
    assert owners["s4"] == "Acme · Southwind"
    assert owners["s5"] == "Acme"
    assert owners["s6"] == "Bakers · Northwind"


def test_a_project_is_meant_by_its_name_with_its_client(twins):
    for typed, lid in (
        ("Shop (Acme)", "s1"),
        ("shop (bakers)", "s2"),
        ("Shop (no client)", "s3"),
        ("Solo (Acme)", "s5"),  # as the terminal prints it, though nothing else is called so
        ("Solo", "s5"),
        ("Website (Bakers · Northwind)", "s6"),
        ("Website (Bakers)", "s6"),
    ):
        assert lid_of(twins.source, "project", typed) == lid, typed
    with pytest.raises(AmbiguousNameError, match=r"s1: Acme, s2: Bakers.*or as “Shop \(Acme\)”"):
        lid_of(twins.source, "project", "Shop")
    for lid, name in catalog.written(twins.source).items():
        assert lid_of(twins.source, "project", name) == lid


def test_both_sides_of_a_conflict_between_namesakes_are_told_apart(twins):
    said = {"project": "s1"}, {"project": "s2"}
    found = sides(twins.source, Problem("e", "time_entry", "conflict", "x", "", *said, None))
    (one,) = (side for side in found if side.differs)
    assert (one.mine, one.theirs) == ("Shop (Acme)", "Shop (Bakers)")
