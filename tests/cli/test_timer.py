def test_a_start_says_what_it_did_and_what_became_of_the_running_one(terminal):
    assert terminal("start", "write", "spec").ok().out == "Started “write spec” at 12:00.\n"
    said = terminal.at("12:42")("start", "call", "-10m").ok()
    assert said.out == "Started “call” at 12:32. Stopped “write spec” at 12:32 after 0:32.\n"


def test_text_is_read_in_the_grammar_of_the_palette(terminal):
    terminal("projects", "add", "Acme Website").ok()
    said = terminal("start", "write", "spec", "@acme", "website", "#deep", "$", "-10m", "--json")
    entry = said.ok().json
    assert entry["description"] == "write spec"
    assert (entry["project"], entry["tags"]) == ("Acme Website", ["deep"])
    assert entry["billable"] is True
    assert entry["start"] == "2026-11-23T10:50:00Z"
    assert entry["stop"] is None


def test_a_line_with_a_length_makes_a_finished_entry_and_leaves_the_running_one(terminal):
    terminal("start", "run").ok()
    assert terminal.at("13:00")("start", "9-10:30", "meeting").ok().out == (
        "Added “meeting”, 9:00 – 10:30 (1:30).\n"
    )
    assert terminal("status", "--json").ok().json["running"]["description"] == "run"


def test_options_and_text_unite_and_must_not_contradict(terminal):
    entry = terminal("start", "x", "#a", "-t", "b", "-p", "P", "--create", "--json").ok().json
    assert (entry["tags"], entry["project"]) == (["a", "b"], "P")
    terminal("start", "x", "@P", "-p", "Q").failed(2)
    terminal("start", "x", "-10m", "--at", "9").failed(2)


def test_an_unknown_project_is_refused_with_the_nearest_unless_it_may_be_made(terminal):
    terminal("projects", "add", "Website").ok()
    said = terminal("start", "x", "-p", "Webiste").failed(1)
    assert "Did you mean “Website”" in said.err
    assert "--create makes it" in said.err
    assert terminal("tags", "--json").ok().json == []
    terminal("start", "x", "-p", "New", "-t", "t", "--create").ok()
    assert [p["name"] for p in terminal("projects", "--json").json] == ["New", "Website"]


def test_a_refused_start_leaves_nothing_behind(terminal):
    terminal("add", "old", "--from", "9", "--to", "10").ok()
    terminal("start", "x", "-p", "New", "-t", "new", "--create", "--at", "9:30").failed(1)
    assert terminal("projects", "--json").json == terminal("tags", "--json").json == []


def test_one_undo_takes_back_the_start_with_the_names_it_made(terminal):
    terminal("start", "x", "-p", "New", "-t", "new", "--create").ok()
    assert terminal("undo").ok().out == "Undo: Start “x”.\n"
    assert terminal("projects", "--json").json == terminal("tags", "--json").json == []
    terminal("undo").failed(3)


def test_an_archived_project_is_not_started_on(terminal):
    terminal("projects", "add", "Old").ok()
    terminal("projects", "archive", "Old").ok()
    said = terminal("start", "x", "-p", "old").failed(1)
    assert "projects archive --undo Old" in said.err
    terminal("switch", "Old").failed(1)
    terminal("projects", "archive", "--undo", "Old").ok()
    terminal("switch", "Old").ok()


def test_a_start_in_the_past_asks_before_it_cuts(terminal):
    terminal("add", "morning", "--from", "9", "--to", "11").ok()
    said = terminal("start", "x", "--at", "10").failed(1)
    assert "shorten “morning”" in said.err
    assert "--overlap trim" in said.err
    assert terminal("start", "x", "--at", "10", "--overlap", "keep").ok().out == (
        "Started “x” at 10:00.\n"
    )
    terminal("undo").ok()
    assert terminal("start", "x", "--at", "10", "--overlap", "trim").ok().out == (
        "Started “x” at 10:00. Shortened “morning” to end at 10:00.\n"
    )


def test_a_stop_says_how_long_it_was(terminal):
    terminal("start", "x", "-p", "P", "--create").ok()
    assert terminal.at("12:42")("stop").ok().out == "Stopped “x” · P at 12:42 after 0:42:00.\n"
    entry = terminal("entries", "--json").ok().json[0]
    assert entry["seconds"] == 42 * 60


def test_a_stop_may_be_said_late(terminal):
    terminal("start", "x").ok()
    assert terminal.at("13:00")("stop", "--at", "-15m", "--json").ok().json["seconds"] == 45 * 60
    terminal("stop").failed(3)


def test_a_stop_before_the_start_is_refused(terminal):
    terminal("start", "x").ok()
    assert "before the start" in terminal.at("13:00")("stop", "--at", "11:00").failed(1).err


def test_continue_takes_the_latest_or_the_named_one(terminal):
    terminal("continue").failed(3)
    terminal("add", "first", "--from", "8", "--to", "9", "-t", "t").ok()
    first = terminal("entries", "--json").json[0]["id"]
    terminal("add", "second", "--from", "9", "--to", "10").ok()
    assert terminal("continue").ok().out == "Continued “second” at 12:00.\n"
    entry = terminal.at("12:30")("continue", first[-8:], "--json").ok().json
    assert (entry["description"], entry["tags"]) == ("first", ["t"])
    terminal("continue", "running").failed(3)


def test_switching_goes_on_with_what_was_last_done_for_the_project(terminal):
    terminal("add", "design", "--from", "8", "--to", "9", "-p", "Acme", "--create").ok()
    terminal("start", "other").ok()
    said = terminal.at("12:30")("switch", "acme", "--at", "-5m").ok()
    assert said.out == (
        "Switched to “design” · Acme at 12:25. Stopped “other” at 12:25 after 0:25.\n"
    )
    assert "is running on “Acme” already" in terminal("switch", "Acme").failed(3).err


def test_switching_to_a_project_without_entries_starts_on_it(terminal):
    terminal("projects", "add", "Fresh").ok()
    assert terminal("switch", "Fresh", "--json").ok().json["project"] == "Fresh"
    terminal("switch", "Nobody").failed(1)
    assert terminal("switch", "Made", "--create", "--json").ok().json["project"] == "Made"


def test_unstop_lets_it_run_on(terminal):
    terminal("unstop").failed(3)
    terminal("start", "x").ok()
    terminal.at("12:30")("stop").ok()
    assert terminal.at("12:40")("unstop").ok().out == "“x” runs on, since 12:00.\n"
    assert terminal("status", "--json").json["running"]["seconds"] == 40 * 60


def test_two_projects_of_one_name_are_told_apart_by_id(terminal):
    terminal("projects", "add", "Web", "--client", "A", "--create").ok()
    terminal("projects", "add", "Web", "--client", "B", "--create").ok()
    said = terminal("switch", "web").failed(1)
    first = terminal("projects", "--json").json[0]
    assert first["id"][-8:] in said.err
    assert terminal("switch", first["id"][-8:], "--json").ok().json["client"] == first["client"]


def test_a_task_of_the_project_can_be_named(terminal):
    terminal("projects", "add", "P").ok()
    terminal("tasks", "add", "Draw", "-p", "P").ok()
    assert terminal("start", "x", "-p", "P", "--task", "draw").ok().out == (
        "Started “x” · P: Draw at 12:00.\n"
    )
    terminal("start", "y", "-p", "P", "--task", "none").failed(1)


def test_every_change_is_told_to_an_open_window(terminal):
    terminal("status").ok()
    assert terminal.poked == []
    terminal("start", "x").ok()
    terminal("start", "y", "-p", "nobody").failed(1)
    assert terminal.poked == [terminal.data]


# The nights of the clock change ------------------------------------------------------------


def test_a_time_that_the_spring_change_skips_moves_forward_and_is_said(terminal):
    terminal.at("2026-03-29T12:00:00")
    said = terminal("add", "x", "--from", "1:30", "--to", "2:30").ok()
    assert "1:30 – 3:30 (1:00)" in said.out
    assert "02:30 is skipped by the clock change of 2026-03-29; 03:30 was taken." in said.out


def test_a_time_that_comes_twice_is_said_with_the_other_one(terminal):
    terminal.at("2026-10-25T12:00:00")
    said = terminal("add", "x", "--from", "yesterday 23:00", "--to", "2:30").ok()
    assert "02:30 comes twice on 2026-10-25; the first was taken" in said.out
    assert "2026-10-25T02:30+01:00" in said.out
    other = terminal("add", "x", "--from", "2026-10-25T02:30+01:00", "--to", "3:30").ok()
    assert "twice" not in other.out
    assert "(1:00)" in other.out


def test_notes_go_beside_json_not_into_it(terminal):
    terminal.at("2026-03-29T12:00:00")
    said = terminal("add", "x", "--from", "1:30", "--to", "2:30", "--json")
    assert said.json["seconds"] == 3600
    assert "skipped" in said.err


def test_a_day_of_25_hours_lasts_25_hours(terminal):
    terminal.at("2026-10-25T00:00:00")("start", "long").ok()
    terminal.at("2026-10-26T00:00:00")("stop").ok()
    (entry,) = terminal("entries", "--json").json
    assert entry["seconds"] == 25 * 3600
    assert terminal("entries").lines[0] == "Sun 2026-10-25  25:00"


def test_a_start_counts_by_the_servers_clock_where_this_one_is_far_from_it(terminal):
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.place import Place
    from toggl_desktop.store.read import servertime

    terminal.booted = terminal.now - 5000
    terminal("add", "x", "9-10").ok()
    now = terminal.reading()
    with Store(Place(terminal.data)) as store, store.transaction("Sync", now.wall) as tx:
        tx.step.meta[servertime.KEY] = f"{now.boot_id} {now.wall - now.boot - 3600}"
    assert terminal("start", "work", "--json").ok().json["start"] == "2026-11-23T10:00:00Z"
    assert terminal("add", "typed", "7-8", "--json").ok().json["start"] == "2026-11-23T06:00:00Z"
