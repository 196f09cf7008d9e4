import pytest

from toggl_desktop.cli.local import first_weekday, twelve_hours, weekend

EMPTY = {
    "running": None,
    "today_seconds": 0,
    "week_seconds": 0,
    "unsent": 0,
    "problems": 0,
    "fresh": {"track": None, "plan": None},
    "quota": None,
    "window_open": False,
}
ENTRY_KEYS = [
    "id",
    "description",
    "project",
    "project_id",
    "client",
    "tags",
    "billable",
    "start",
    "stop",
    "seconds",
    "plan_task_id",
    "sync",
    "problem",
    "track_id",
]


def test_json_has_the_promised_shape_when_nothing_runs(terminal):
    assert terminal("status", "--json").ok().json == EMPTY


def test_json_has_the_promised_shape_while_something_runs(terminal):
    terminal("start", "x", "-p", "P", "-t", "t", "--create").ok()
    terminal.at("12:42").is_open = True
    found = terminal("status", "--json").ok().json
    running = found.pop("running")
    assert found == {k: v for k, v in EMPTY.items() if k != "running"} | {
        "today_seconds": 2520,
        "week_seconds": 2520,
        "window_open": True,
    }
    assert list(running) == ENTRY_KEYS
    assert running["start"] == "2026-11-23T11:00:00Z"
    assert (running["stop"], running["seconds"], running["sync"]) == (None, 2520, "local")
    assert (running["problem"], running["track_id"], running["plan_task_id"]) == (None, None, None)


def test_people_get_two_lines(terminal):
    assert terminal("status").ok().lines == [
        "○ Nothing is running.",
        "  Today 0:00 · this week 0:00",
    ]
    terminal("start", "Design", "-p", "Web", "--create").ok()
    assert terminal.at("12:42")("status").ok().lines == [
        "● “Design” · Web · 0:42:00 since 12:00",
        "  Today 0:42 · this week 0:42",
    ]


def test_the_week_begins_where_the_country_or_the_person_says(terminal):
    terminal("add", "Sunday", "--from", "yesterday 9:00", "--to", "10:00").ok()
    terminal.env["LANG"] = "de_DE.UTF-8"
    assert terminal("status", "--json").json["week_seconds"] == 0
    terminal.env["LANG"] = "en_US.UTF-8"
    assert terminal("status", "--json").json["week_seconds"] == 3600
    terminal("settings", "set", "first_weekday", "monday").ok()
    assert terminal("status", "--json").json["week_seconds"] == 0


@pytest.mark.parametrize(
    ("choice", "environment", "weekday"),
    [
        ("locale", {"LANG": "en_US.UTF-8"}, 6),
        ("locale", {"LANG": "en_GB.UTF-8"}, 0),
        ("locale", {"LANG": "en_US", "LC_TIME": "de_DE.UTF-8@euro"}, 0),
        ("locale", {"LC_ALL": "ar_EG.UTF-8", "LC_TIME": "de_DE"}, 5),
        ("locale", {"LANG": "dv_MV"}, 4),
        ("locale", {"LANG": "C"}, 0),
        ("locale", {}, 0),
        ("sunday", {"LANG": "de_DE"}, 6),
        ("saturday", {}, 5),
        ("monday", {"LANG": "en_US"}, 0),
    ],
)
def test_first_weekdays(choice, environment, weekday):
    assert first_weekday(choice, environment) == weekday


@pytest.mark.parametrize(
    ("choice", "environment", "days"),
    [
        ("locale", {"LANG": "en_GB.UTF-8"}, {5, 6}),
        ("locale", {"LC_ALL": "ar_EG.UTF-8", "LANG": "de_DE"}, {4, 5}),
        ("locale", {"LANG": "hi_IN.UTF-8"}, {6}),
        ("locale", {"LANG": "fa_IR"}, {4}),
        ("locale", {}, {5, 6}),
        ("none", {"LANG": "en_GB"}, set()),
        ("thursday-friday", {}, {3, 4}),
    ],
)
def test_weekends(choice, environment, days):
    assert weekend(choice, environment) == days


def test_times_of_day_are_written_as_chosen(terminal):
    terminal("settings", "set", "time_format", "12").ok()
    assert terminal("start", "x", "--at", "11:30").ok().out == "Started “x” at 11:30 AM.\n"
    terminal("settings", "set", "time_format", "24").ok()
    assert terminal.at("13:00")("stop").ok().out == "Stopped “x” at 13:00 after 1:30:00.\n"
    assert twelve_hours("12")
    assert not twelve_hours("24")
    assert not twelve_hours("locale")  # the tests' locale is C


# Texts of one's own ------------------------------------------------------------------------


def test_a_format_is_filled_in(terminal):
    form = "{state} {description:-idle}{project:+ @}{project} {elapsed:-0} {{{tags}}}"
    assert terminal("status", "--format", form).ok().out == "stopped idle 0 {}\n"
    terminal("start", "x", "-p", "P", "-t", "t", "--create").ok()
    assert terminal.at("13:05")("status", "--format", form).ok().out == ("running x @P 1:05 {#t}\n")
    every = (
        "{client}{task}{color}{billable}{start}|{clock}|{seconds}|{today}|{week}|{unsent}{problems}"
    )
    color = terminal("projects", "--json").json[0]["color"]
    assert terminal("status", "--format", every).ok().out == (
        f"{color}12:00|1:05:00|3900|1:05|1:05|\n"
    )


@pytest.mark.parametrize("form", ["{frob}", "{", "}", "{state", "{state!r}", "{0}", "{a.b}"])
def test_a_format_with_an_unknown_field_is_refused(terminal, form):
    terminal("status", "--format", form).failed(2)


def test_no_name_can_bring_marks_along_that_a_bar_obeys(terminal):
    terminal("start", "%{A1:reboot:}<b>&%%{F-}").ok()
    assert terminal("status", "--format", "%{F#f00}{description}").ok().out == (
        "%{F#f00}% {A1:reboot:}<b>&%% {F-}\n"
    )
    marked = terminal("status", "--format", "<i>{description}</i>", "--markup").ok().out
    assert marked == "<i>% {A1:reboot:}&lt;b&gt;&amp;%% {F-}</i>\n"
    terminal("status", "--markup").failed(2)


def test_forms_do_not_mix(terminal):
    terminal("status", "--json", "--waybar").failed(2)
    terminal("status", "--json", "--format", "x").failed(2)
    terminal("status", "frob").failed(2)


def test_waybar_gets_text_that_is_never_markup(terminal):
    assert terminal("status", "--waybar").ok().json == {
        "text": "0:00",
        "tooltip": "Nothing is running.\nToday 0:00 · this week 0:00",
        "alt": "stopped",
        "class": ["stopped"],
    }
    terminal("start", "<b>R&D</b>", "-p", "<i>", "--create").ok()
    found = terminal.at("12:42")("status", "--waybar").ok().json
    assert found["text"] == "&lt;b&gt;R&amp;D&lt;/b&gt; 0:42"
    assert found["tooltip"].splitlines() == [
        "&lt;b&gt;R&amp;D&lt;/b&gt;",
        "&lt;i&gt;",
        "0:42 since 12:00",
        "Today 0:42 · this week 0:42",
    ]
    assert found["class"] == ["running"]


def test_what_waits_or_was_refused_is_said(terminal, tmp_path):
    from toggl_desktop.store.bindings import Binding
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.place import Place

    terminal("add", "x", "9-10").ok()
    terminal("add", "y", "10-11").ok()
    lids = [row["id"] for row in terminal("entries", "--json").json]
    with Store(Place(terminal.data)) as store, store.transaction("Bind", terminal.now) as tx:
        tx.bindings += [
            Binding("track", "time_entry", lids[0], rid=1, unsent=True),
            Binding("track", "time_entry", lids[1], rid=2, hold={"text": "no such project"}),
        ]
    assert terminal("status").ok().lines[1] == (
        "  Today 2:00 · this week 2:00 · 1 unsent · 1 needs you"
    )
    assert set(terminal("status", "--waybar").json["class"]) == {"stopped", "unsent", "problem"}
    shown = {row["sync"]: row for row in terminal("entries", "--json").json}
    assert shown["problem"]["problem"] == "no such project"
    assert shown["unsent"]["track_id"] == 1
    assert "(unsent)" in terminal("entries").out
