from toggl_desktop.domain.changes import Origin
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place


def test_undo_and_redo_name_the_steps(terminal):
    terminal("start", "x").ok()
    terminal.at("12:30")("stop").ok()
    assert terminal("undo", "2").ok().lines == ["Undo: Stop “x”.", "Undo: Start “x”."]
    assert terminal("redo", "5").ok().lines == ["Redo: Start “x”.", "Redo: Stop “x”."]
    terminal("redo").failed(3)
    terminal("undo", "0").failed(2)
    terminal("undo", "x").failed(2)


def test_history_tells_what_was_done_newest_first(terminal):
    assert terminal("history").ok().out == "Nothing was done yet.\n"
    terminal("start", "x").ok()
    terminal.at("12:30")("stop").ok()
    terminal("undo").ok()
    steps = terminal("history", "--json").ok().json
    assert [(s["seq"], s["name"], s["role"], s["target"], s["state"]) for s in steps] == [
        (3, "Undo: Stop “x”", "undo", 2, "done"),
        (2, "Stop “x”", "do", None, "undone"),
        (1, "Start “x”", "do", None, "done"),
    ]
    assert steps[0]["time"] == "2026-11-23T11:30:00Z"
    assert terminal("history", "--limit", "1").ok().out == "3  12:30  Undo: Stop “x”\n"


def test_history_leaves_out_what_a_sync_notes_for_itself(terminal):
    terminal("start", "x").ok()
    with Store(Place(terminal.data)) as store:
        for name, origin in (("Look again", Origin.TRACK), ("Choose", Origin.HERE)):
            with store.transaction(name, 1, origin=origin) as tx:
                tx.step.meta["noted"] = name
    assert [s["name"] for s in terminal("history", "--json").ok().json] == ["Choose", "Start “x”"]


def kinds(terminal, *arguments):
    import json

    return [
        (event["seq"], event["kind"])
        for event in map(json.loads, terminal("events", *arguments).ok().lines)
    ]


def test_events_tell_each_step_once_and_go_on_after_a_number(terminal):
    terminal("start", "x", "-p", "P", "-t", "t", "--create").ok()
    terminal.at("12:30")("stop").ok()
    terminal("delete", "last").ok()
    told = kinds(terminal)
    assert told == [
        (1, "project.created"),
        (1, "tag.created"),
        (1, "time_entry.created"),
        (1, "time_entry.started"),
        (2, "time_entry.updated"),
        (2, "time_entry.stopped"),
        (3, "time_entry.deleted"),
    ]
    assert kinds(terminal, "--since", "1") == told[4:]
    assert kinds(terminal, "--since", "3") == []
    terminal("events", "--since", "x").failed(2)


def test_an_event_carries_the_row_as_it_was_then(terminal):
    import json

    terminal("start", "x", "-p", "P", "--client-less").failed(2)
    terminal("projects", "add", "P", "--client", "C", "--create").ok()
    terminal("start", "x", "-p", "P", "-t", "t").ok()
    terminal("edit", "running", "--description", "y").ok()
    events = [json.loads(line) for line in terminal("events").lines]
    created = next(e for e in events if e["kind"] == "time_entry.created")
    assert created["entity"] == terminal("entries", "--json").json[0] | {
        "description": "x",
        "seconds": 0,
    }
    assert (created["time"], created["origin"]) == ("2026-11-23T11:00:00Z", "here")
    project = next(e for e in events if e["kind"] == "project.created")["entity"]
    assert project == terminal("projects", "--json").json[0]


def test_undone_and_restored_rows_are_deleted_and_created_to_listeners(terminal):
    terminal("start", "x").ok()
    terminal("undo").ok()
    terminal("redo").ok()
    assert kinds(terminal, "--since", "1") == [
        (2, "time_entry.stopped"),
        (2, "time_entry.deleted"),
        (3, "time_entry.created"),
        (3, "time_entry.started"),
    ]


def test_favourites_and_empty_steps_make_no_events(terminal):
    terminal("add", "x", "9-10").ok()
    terminal("favourites", "add", "last").ok()
    assert kinds(terminal, "--since", "1") == []
