"""Projects of two workspaces that bear the same name are told apart, and only these."""

import pytest

from tests.support.builders import NOW, entry, load, make_store, project
from toggl_desktop.actions.names import AmbiguousNameError, lid_of
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.ids import WorkspaceId
from toggl_desktop.store.read import catalog, entries, suggest
from toggl_desktop.store.read.places import owner, places


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
    with pytest.raises(AmbiguousNameError, match="p2 in Southwind"):
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
