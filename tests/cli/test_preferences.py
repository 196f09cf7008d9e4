import pytest

from toggl_desktop.domain.settings import ABOUT


def test_every_setting_is_listed_with_its_value_and_what_can_be_chosen(terminal):
    out = terminal("settings").ok().out
    assert all(name in out for name in ABOUT)
    assert list(terminal("settings", "--json").json) == list(
        terminal("settings", "list", "--json").ok().json
    )
    assert "(system, light, dark)" in out


def test_a_setting_is_set_and_read_back(terminal):
    assert terminal("settings", "set", "theme", "dark").ok().out == "theme is dark now.\n"
    assert terminal("settings", "get", "theme").ok().out == "dark\n"
    assert terminal("settings", "get", "theme", "--json").ok().json == "dark"
    assert terminal.poked == [terminal.data]


def test_a_setting_that_is_emptied_is_said_to_be_empty(terminal):
    terminal("settings", "set", "proxy", "http://localhost:3128").ok()
    assert terminal("settings", "set", "proxy", "").ok().out == "proxy is empty now.\n"
    assert terminal("settings", "get", "proxy", "--json").ok().json == ""


@pytest.mark.parametrize(("text", "value"), [("no", False), ("ON", True), ("0", False)])
def test_a_switch_understands_the_usual_words(terminal, text, value):
    terminal("settings", "set", "close_to_tray", text).ok()
    assert terminal("settings", "get", "close_to_tray", "--json").json is value


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "theme", "pink"),
        ("set", "close_to_tray", "maybe"),
        ("get", "frob"),
        ("set", "them", "dark"),
    ],
)
def test_what_cannot_be_chosen_is_refused(terminal, arguments):
    terminal("settings", *arguments).failed(1)
    assert terminal("settings", "get", "theme").out == "system\n"


def test_an_unknown_setting_names_the_nearest(terminal):
    assert "Did you mean theme" in terminal("settings", "get", "them").failed(1).err
