"""Projects, clients, tags, tasks and favourites: named once, deleted without losing a second."""

from dataclasses import replace

import pytest

from tests.support.builders import (
    NOW,
    FakeClock,
    client,
    entry,
    favourite,
    load,
    make_store,
    one,
    project,
    rows_of,
    tag,
    task,
    unchanged,
)
from toggl_desktop.actions import catalog, history
from toggl_desktop.domain.commands import (
    AddClient,
    AddFavourite,
    AddProject,
    AddTag,
    AddTask,
    DeleteThing,
    EditClient,
    EditProject,
    EditTag,
    EditTask,
    EditWorkspace,
    MoveFavourite,
)
from toggl_desktop.domain.entities import (
    PALETTE,
    Client,
    Favourite,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.store import tables

NOW_READ = FakeClock().now()


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(
            made,
            Workspace("w", "Work"),
            client("c", "Acme"),
            client("cw", "Else", workspace="w"),
            project("p", "Site", client="c", color=PALETTE[0]),
            project("q", "Résumé", color=PALETTE[1], archived=True),
            task("k", "p", "Draw"),
            tag("t", "deep"),
            entry("a", NOW, NOW + 60, project="p", task="k", tags=("t",), description="A"),
            entry("run", NOW, project="p", tags=("t",)),
            favourite("f", description="Fav", project="p", task="k", tags=("t",)),
            at=NOW,
        )
        yield made


def made_by(store, result, cls):
    (lid,) = result.ids(cls.kind)
    return tables.get(store.source, cls, lid)


# Add --------------------------------------------------------------------------------------


def test_a_project_gets_the_least_used_colour_unless_one_is_given(store):
    first = made_by(store, catalog.add(store, AddProject(" New "), NOW_READ), Project)
    assert (first.name, first.color, first.workspace) == ("New", PALETTE[2], "local")
    given = made_by(
        store, catalog.add(store, AddProject("B", color=" #0B83D9 "), NOW_READ), Project
    )
    assert given.color == "#0b83d9"


def test_a_project_lives_where_its_client_does(store):
    result = catalog.add(store, AddProject("New", client="cw", billable=True), NOW_READ)
    found = made_by(store, result, Project)
    assert (found.client, found.workspace, found.billable) == ("cw", "w", True)
    assert result.step == "Add project “New”"


def test_a_client_is_made_with_its_project_in_one_step(store):
    result = catalog.add(store, AddProject("New", new_client="Fresh", workspace="w"), NOW_READ)
    found = made_by(store, result, Project)
    assert tables.get(store.source, Client, found.client) == Client(found.client, "Fresh", "w")
    history.undo(store, NOW_READ)
    assert tables.get(store.source, Client, found.client).deleted


def test_clients_tags_and_tasks_are_added(store):
    found = made_by(store, catalog.add(store, AddClient("New", "w"), NOW_READ), Client)
    assert (found.name, found.workspace) == ("New", "w")
    found = made_by(store, catalog.add(store, AddTag("New"), NOW_READ), Tag)
    assert (found.name, found.workspace) == ("New", "local")
    found = made_by(store, catalog.add(store, AddTask("New", "p", 3600), NOW_READ), Task)
    assert (found.name, found.project, found.estimate_seconds) == ("New", "p", 3600)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (AddProject("  "), "needs a name"),
        (AddProject("x" * 256), "255 characters"),
        (AddProject("\udcff"), "bytes that are no text"),
        (AddProject("x", color="red"), "is not a colour"),
        (AddProject("x", client="nobody"), "no such client"),
        (AddProject("x", workspace="nowhere"), "no such workspace"),
        (AddProject("SITE", client="c"), "There is a project “Site” already."),
        (AddProject("re\u0301sume\u0301"), "already. It is archived."),
        (AddProject("x", new_client="ACME"), "There is a client “Acme” already."),
        (AddClient("acme"), "There is a client “Acme” already."),
        (AddClient("x", "nowhere"), "no such workspace"),
        (AddTag("DEEP"), "There is a tag “deep” already."),
        (AddTag("x", "nowhere"), "no such workspace"),
        (AddTask("draw", "p"), "There is a task “Draw” already."),
        (AddTask("x", "nowhere"), "no such project"),
        (AddTask("x", "p", -1), "An estimate lies between"),
        (AddTask("x", "p", 10**30), "An estimate lies between"),
    ],
)
def test_what_cannot_be_added_is_refused(store, command, words):
    with unchanged(store), pytest.raises(RefusedError, match=words) as refusal:
        catalog.add(store, command, NOW_READ)
    assert "Nothing was changed" in refusal.value.sentence


@pytest.mark.parametrize(
    "command",
    [
        AddProject("Site"),  # without its client it is another one
        AddProject("Resume"),  # accents tell names apart
        AddClient("Acme", "w"),
        AddTag("deep", "w"),
        AddTask("Draw", "q"),
    ],
)
def test_a_name_is_taken_only_where_it_is_used(store, command):
    assert catalog.add(store, command, NOW_READ)


def test_a_name_is_free_again_once_its_owner_is_deleted(store):
    catalog.delete(store, DeleteThing("tag", "t"), NOW_READ)
    assert catalog.add(store, AddTag("deep"), NOW_READ)


# Edit -------------------------------------------------------------------------------------


def test_each_thing_is_changed_in_what_is_named(store):
    before = tables.get(store.source, Project, "p")
    catalog.edit(store, EditProject("p", " New ", "#D94182", None, True, True), NOW_READ)
    assert tables.get(store.source, Project, "p") == replace(
        before, name="New", color="#d94182", client=None, billable=True, archived=True
    )
    catalog.edit(store, EditClient("c", "New", archived=True), NOW_READ)
    assert tables.get(store.source, Client, "c") == Client("c", "New", archived=True)
    catalog.edit(store, EditTag("t", "New"), NOW_READ)
    assert tables.get(store.source, Tag, "t").name == "New"
    catalog.edit(store, EditTask("k", "New", 60, True), NOW_READ)
    assert tables.get(store.source, Task, "k") == Task("k", "New", "p", 60, archived=True)
    catalog.edit(store, EditTask("k", estimate_seconds=None), NOW_READ)
    assert tables.get(store.source, Task, "k").estimate_seconds is None
    result = catalog.edit(store, EditWorkspace("w", "New", ("tag", "project")), NOW_READ)
    assert tables.get(store.source, Workspace, "w") == Workspace("w", "New", ("tag", "project"))
    assert result.step == "Edit workspace “New”"


def test_a_thing_may_change_the_case_of_its_own_name(store):
    catalog.edit(store, EditTag("t", "DEEP"), NOW_READ)
    assert tables.get(store.source, Tag, "t").name == "DEEP"


def test_an_archived_thing_comes_back(store):
    catalog.edit(store, EditProject("q", archived=False), NOW_READ)
    assert not tables.get(store.source, Project, "q").archived


def test_a_project_gets_a_client_that_is_made_for_it(store):
    catalog.edit(store, EditProject("q", new_client="Fresh"), NOW_READ)
    made = tables.get(store.source, Project, "q").client
    assert tables.get(store.source, Client, made).name == "Fresh"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (EditProject("nobody", "x"), "no such project"),
        (EditProject("p", ""), "needs a name"),
        (EditProject("p", color="blue"), "is not a colour"),
        (EditProject("p", client="nobody"), "no such client"),
        (EditProject("p", client="cw"), "“Else” is in another workspace"),
        (EditProject("q", "site", client="c"), "“Site” already"),
        (EditClient("nobody"), "no such client"),
        (EditTag("nobody", "x"), "no such tag"),
        (EditTag("t", "x" * 300), "255 characters"),
        (EditTask("nobody"), "no such task"),
        (EditTask("k", estimate_seconds=-5), "An estimate lies between"),
        (EditWorkspace("nowhere"), "no such workspace"),
        (EditWorkspace("w", " "), "needs a name"),
        (EditWorkspace("w", required=("tag", "shoes")), "“shoes” cannot be required"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(store, command, words):
    with unchanged(store), pytest.raises(RefusedError, match=words) as refusal:
        catalog.edit(store, command, NOW_READ)
    assert "Nothing was changed" in refusal.value.sentence


@pytest.mark.parametrize(
    "command",
    [
        EditProject("p"),
        EditProject("p", "Site"),
        EditTag("t", " deep "),
        EditWorkspace("w", required=()),
        EditClient("c", archived=False),
    ],
)
def test_where_everything_is_so_already_there_is_nothing_to_change(store, command):
    with unchanged(store), pytest.raises(NothingToDoError, match="it is so already"):
        catalog.edit(store, command, NOW_READ)


# Delete -----------------------------------------------------------------------------------


def seconds(store):
    return store.source.value("SELECT sum(stop - start) FROM time_entry WHERE deleted = 0")


@pytest.mark.parametrize(
    ("kind", "lid", "lost"),
    [
        ("project", "p", {"project": None, "task": None}),
        ("task", "k", {"task": None}),
        ("tag", "t", {"tags": ()}),
        ("client", "c", {}),
    ],
)
def test_entries_keep_their_time_and_lose_only_the_name_of_what_is_deleted(store, kind, lid, lost):
    before, rows, kept = one(store, "a"), rows_of(store), seconds(store)
    result = catalog.delete(store, DeleteThing(kind, lid), NOW_READ)
    assert one(store, "a") == replace(before, **lost)
    assert seconds(store) == kept
    assert one(store, "run").is_running
    fav = tables.get(store.source, Favourite, "f")
    assert {name: getattr(fav, name) for name in lost} == lost
    assert store.check(full=True) == []
    assert result.step.startswith(f"Delete {kind} “")
    history.undo(store, NOW_READ)
    assert rows_of(store) == rows


def test_the_tasks_of_a_deleted_project_go_with_it(store):
    catalog.delete(store, DeleteThing("project", "p"), NOW_READ)
    assert tables.get(store.source, Task, "k").deleted


def test_the_projects_of_a_deleted_client_stay(store):
    catalog.delete(store, DeleteThing("client", "c"), NOW_READ)
    found = tables.get(store.source, Project, "p")
    assert (found.client, found.deleted) == (None, False)


@pytest.mark.parametrize("kind", ["project", "client", "tag", "task", "favourite"])
def test_what_is_not_there_cannot_be_deleted(store, kind):
    with unchanged(store), pytest.raises(RefusedError, match=f"no such {kind}"):
        catalog.delete(store, DeleteThing(kind, "nobody"), NOW_READ)


# Favourites -------------------------------------------------------------------------------


def order(store):
    rows = store.source.rows("SELECT lid FROM favourite WHERE deleted = 0 ORDER BY position")
    return [lid for (lid,) in rows]


def test_a_favourite_goes_to_the_end_and_takes_an_entrys_content(store):
    result = catalog.add_favourite(store, AddFavourite("a"), NOW_READ)
    found = made_by(store, result, Favourite)
    assert (found.description, found.project, found.task, found.tags, found.position) == (
        "A",
        "p",
        "k",
        ("t",),
        1,
    )
    assert result.step == "Add favourite “A”"
    catalog.add_favourite(store, AddFavourite(description=" x ", billable=True), NOW_READ)
    assert len(order(store)) == 3


@pytest.mark.parametrize(
    "command",
    [
        AddFavourite(description="Fav", project="p", task="k", tags=("t",)),
        AddFavourite(description=" Fav ", project="p", task="k", tags=("t",)),
    ],
)
def test_what_is_a_favourite_already_is_not_added_again(store, command):
    with unchanged(store), pytest.raises(NothingToDoError, match="is a favourite already"):
        catalog.add_favourite(store, command, NOW_READ)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (AddFavourite("nobody"), "no such entry"),
        (AddFavourite(project="nowhere"), "no such project"),
        (AddFavourite(task="nothing"), "no such task"),
        (AddFavourite(project="q", task="k"), "belongs to another project"),
        (AddFavourite(tags=("nothing",)), "no such tag"),
        (AddFavourite(description="x" * 3001), "3001 characters"),
        (AddFavourite(description="\udcff"), "bytes that are no text"),
    ],
)
def test_a_favourite_that_could_never_be_started_is_refused(store, command, words):
    with unchanged(store), pytest.raises(RefusedError, match=words):
        catalog.add_favourite(store, command, NOW_READ)


@pytest.mark.parametrize(
    ("moved", "position", "expected"),
    [
        ("f", 2, ["g", "h", "f"]),
        ("f", 1, ["g", "f", "h"]),
        ("h", 0, ["h", "f", "g"]),
        ("h", -5, ["h", "f", "g"]),
        ("f", 99, ["g", "h", "f"]),
        ("g", 1, ["f", "g", "h"]),
    ],
)
def test_a_favourite_moves_and_the_others_close_up(store, moved, position, expected):
    load(store, favourite("g", description="G", position=1), favourite("h", position=2))
    catalog.move_favourite(store, MoveFavourite(moved, position), NOW_READ)
    assert order(store) == expected
    rows = store.source.rows("SELECT position FROM favourite WHERE deleted = 0 ORDER BY position")
    assert [p for (p,) in rows] == [0, 1, 2]


def test_a_deleted_favourite_leaves_the_entries_alone_and_cannot_be_moved(store):
    before = rows_of(store, ["time_entry"])
    result = catalog.delete(store, DeleteThing("favourite", "f"), NOW_READ)
    assert result.step == "Delete favourite “Fav”"
    assert rows_of(store, ["time_entry"]) == before
    with unchanged(store), pytest.raises(RefusedError, match="no such favourite"):
        catalog.move_favourite(store, MoveFavourite("f", 0), NOW_READ)
