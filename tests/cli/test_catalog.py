import pytest


def names(said):
    return [item["name"] for item in said.ok().json]


def test_a_project_is_added_edited_archived_and_deleted(terminal):
    said = terminal("projects", "add", "Web", "--color", "#112233", "--billable", "--json").ok()
    lid = said.json["id"]
    assert said.json == {
        "id": lid,
        "name": "Web",
        "color": "#112233",
        "client": None,
        "client_id": None,
        "workspace": "This computer",
        "billable": True,
        "archived": False,
    }
    done = terminal("projects", "edit", "web", "--name", "Site", "--no-billable", "--json").ok()
    assert done.json == said.json | {"name": "Site", "billable": False}
    assert terminal("projects", "archive", "Site").ok().out == (
        f"Archived the project “Site” ({lid[-8:]}).\n"
    )
    assert names(terminal("projects", "--json")) == []
    assert names(terminal("projects", "list", "--archived", "--json")) == ["Site"]
    terminal("projects", "archive", "Site").failed(3)
    terminal("projects", "archive", "--undo", lid[-8:]).ok()
    assert "entries keep their time" in terminal("projects", "delete", "Site").ok().out
    terminal("projects", "delete", "Site").failed(1)


def test_a_project_without_a_colour_gets_one_nobody_has(terminal):
    colors = [
        terminal("projects", "add", name, "--json").ok().json["color"] for name in ("A", "B", "C")
    ]
    assert len(set(colors)) == 3


def test_a_client_can_be_made_with_its_project_in_one_step(terminal):
    said = terminal("projects", "add", "Web", "--client", "Acme").failed(1)
    assert "--create makes it" in said.err
    terminal("projects", "add", "Web", "--client", "Acme", "--create").ok()
    assert names(terminal("clients", "--json")) == ["Acme"]
    assert terminal("projects", "--json").json[0]["client"] == "Acme"
    terminal("undo").ok()
    assert names(terminal("clients", "--json")) == names(terminal("projects", "--json")) == []


def test_a_client_can_be_taken_off_a_project(terminal):
    terminal("projects", "add", "Web", "--client", "Acme", "--create").ok()
    done = terminal("projects", "edit", "Web", "--client", "", "--json").ok().json
    assert (done["client"], done["client_id"]) == (None, None)
    done = terminal("projects", "edit", "Web", "--client", "New", "--create", "--json").ok().json
    assert done["client"] == "New"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("projects", "add", "Web"), 1),
        (("projects", "add", " "), 1),
        (("projects", "add", "x", "--color", "red"), 1),
        (("projects", "edit", "Web"), 2),
        (("projects", "edit", "Web", "--name", "Web"), 3),
        (("projects", "edit", "Nobody", "--name", "x"), 1),
        (("clients", "add", ""), 1),
        (("tags", "add", "x" * 256), 1),
        (("tags", "archive", "t"), 2),
        (("tasks", "add", "x"), 2),
        (("tasks", "add", "x", "-p", "Web", "--estimate", "soon"), 1),
        (("workspaces", "edit"), 2),
        (("workspaces", "default"), 2),
        (("workspaces", "default", "This computer"), 1),
        (("workspaces", "edit", "--require", "frog"), 1),
        (("favourites", "start", "1"), 1),
        (("favourites", "move", "1", "zero"), 2),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(terminal, arguments, code):
    terminal("projects", "add", "Web").ok()
    terminal("tags", "add", "t").ok()
    terminal(*arguments).failed(code)


def test_tags_and_clients_are_renamed(terminal):
    for noun in ("tags", "clients"):
        lid = terminal(noun, "add", "Old", "--json").ok().json["id"]
        done = terminal(noun, "edit", "old", "--name", "New", "--json").ok().json
        assert (done["id"], done["name"]) == (lid, "New")
    assert terminal("tags", "--json").json == [{"id": lid_of(terminal, "tags"), "name": "New"}]
    assert terminal("clients", "--json").json[0]["archived"] is False


def lid_of(terminal, noun):
    return terminal(noun, "--json").json[0]["id"]


def test_deleting_a_tag_takes_it_off_its_entries_and_undo_gives_it_back(terminal):
    terminal("add", "x", "#deep", "9-10").ok()
    terminal("tags", "delete", "deep").ok()
    assert terminal("entries", "--json").json[0]["tags"] == []
    terminal("undo").ok()
    assert terminal("entries", "--json").json[0]["tags"] == ["deep"]


def test_tasks_belong_to_projects(terminal):
    terminal("projects", "add", "A").ok()
    terminal("projects", "add", "B").ok()
    terminal("tasks", "add", "Draw", "-p", "A", "--estimate", "1h30").ok()
    terminal("tasks", "add", "Draw", "-p", "B").ok()
    assert [t["estimate_seconds"] for t in terminal("tasks", "-p", "A", "--json").json] == [5400]
    assert "2 projects have a task" in terminal("tasks", "delete", "Draw").failed(1).err
    terminal("tasks", "edit", "Draw", "--of", "A", "--estimate", "").ok()
    assert terminal("tasks", "-p", "A", "--json").json[0]["estimate_seconds"] is None
    terminal("tasks", "archive", "Draw", "--of", "B").ok()
    assert [t["project"] for t in terminal("tasks", "--json").json] == ["A"]


def test_what_a_workspace_requires_is_asked_for(terminal):
    said = terminal("workspaces", "edit", "--require", "project,tag", "--json").ok()
    assert said.json["required"] == ["project", "tag"]
    assert "requires a project and a tag" in terminal("start", "x").failed(1).err
    terminal("start", "x", "-p", "P", "-t", "t", "--create").ok()
    assert terminal("workspaces", "edit", "This computer", "--require", "").ok().out == (
        "Edited the workspace “This computer”; it requires nothing.\n"
    )
    assert terminal("workspaces", "--json").json[0]["default"] is True
    terminal("workspaces", "edit", "--name", "Mine").ok()
    assert names(terminal("workspaces", "--json")) == ["Mine"]


def test_favourites_keep_their_order_and_start(terminal):
    for text in ("one", "two"):
        terminal("add", text, "9-10", "-p", "P", "--create", "-t", "t").ok()
        terminal("favourites", "add", "last").ok()
    assert [f["description"] for f in terminal("favourites", "--json").json] == ["one", "two"]
    terminal("favourites", "move", "2", "1").ok()
    first, second = terminal("favourites", "--json").json
    assert (first["position"], first["description"], first["tags"]) == (1, "two", ["t"])
    entry = terminal("favourites", "start", "1", "--json").ok().json
    assert (entry["description"], entry["project"], entry["tags"]) == ("two", "P", ["t"])
    terminal("favourites", "add", "running").failed(3)
    terminal("favourites", "delete", second["id"][-8:]).ok()
    assert len(terminal("favourites", "--json").json) == 1
    terminal("favourites", "delete", "7").failed(1)


def test_lists_for_people_show_the_ends_of_ids(terminal):
    assert terminal("projects").ok().out == "There are no projects yet.\n"
    lid = terminal("projects", "add", "Web", "--color", "#112233", "--json").json["id"]
    assert terminal("projects").ok().out == f"{lid[-8:]}  Web  #112233\n"
