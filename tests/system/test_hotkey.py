"""The keys that open the palette: what a text means, and who listens on which desktop."""

import pytest

from tests.support.desk import Desk
from toggl_desktop.system import hotkey
from toggl_desktop.system.hotkey import HotKey, Keys, KeysError

pytestmark = pytest.mark.ui


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch):
    """No display and no Wayland, until a test brings one."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("text", "pretty", "modifiers", "keysym", "trigger"),
    [
        ("Ctrl+Alt+Space", "Ctrl+Alt+Space", "Ctrl Alt", 0x20, "CTRL+ALT+space"),
        ("ctrl+alt+t", "Ctrl+Alt+T", "Ctrl Alt", ord("t"), "CTRL+ALT+t"),
        ("Alt+Ctrl+Shift+Meta+1", "Meta+Ctrl+Alt+Shift+1", "Ctrl Alt Shift Meta", ord("1"), None),
        ("F12", "F12", "", 0xFFC9, "F12"),
        ("Shift+F1", "Shift+F1", "Shift", 0xFFBE, "SHIFT+F1"),
        ("Pause", "Pause", "", 0xFF13, "Pause"),
        ("Meta+PgUp", "Meta+PgUp", "Meta", 0xFF55, "LOGO+Prior"),
        ("Ctrl++", "Ctrl++", "Ctrl", ord("+"), "CTRL+plus"),
        ("Ctrl+~", "Ctrl+~", "Ctrl", ord("~"), "CTRL+asciitilde"),
        ("Ctrl+ö", "Ctrl+Ö", "Ctrl", 0xF6, "CTRL+U00F6"),
        ("Ctrl+Ж", "Ctrl+Ж", "Ctrl", 0x1000436, "CTRL+U0436"),
    ],
)
def test_a_combination_is_read_for_people_x_and_portal(text, pretty, modifiers, keysym, trigger):
    keys = Keys.parse(text)
    assert keys.text == pretty
    assert keys.modifiers == set(modifiers.split())
    assert keys.keysym == keysym
    assert trigger in {None, keys.trigger}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not one combination"),
        ("Ctrl+X, Ctrl+S", "not one combination"),
        ("abracadabra", "names no key"),
        ("Ctrl", "names no key"),
        ("Ctrl+Media Play", "names no key"),
        ("a", "A is needed for typing"),
        ("Shift+A", "Shift.A is needed for typing"),
        ("Space", "Space is needed for typing"),
        ("Return", "Return is needed for typing"),
    ],
)
def test_what_is_no_combination_or_is_needed_for_typing_is_refused(text, why):
    with pytest.raises(KeysError, match=why):
        Keys.parse(text)


def test_without_keys_it_is_off_and_says_so(qapp):
    hot = HotKey()
    assert not hot.state.is_active
    assert hot.state.source == "none"
    assert hot.state.sentence == "No keys are set that open the palette from anywhere."
    assert hot.activation_token == ""


def test_where_nobody_can_listen_the_command_to_bind_is_named(qapp, qtbot):
    hot = HotKey()
    with qtbot.waitSignal(hot.changed):
        hot.set_keys("Ctrl+Alt+Space")
    assert (hot.state.is_active, hot.state.source) == (False, "none")
    assert hot.state.sentence == (
        "Keys for the whole screen are not available here: "
        "bind the command “toggl-desktop palette” in your desktop's keyboard settings."
    )


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_say_so_too(qapp, monkeypatch, system):
    monkeypatch.setattr(hotkey.sys, "platform", system)
    monkeypatch.setenv("DISPLAY", ":4711")
    hot = HotKey()
    hot.set_keys("Ctrl+Alt+Space")
    assert "not available here" in hot.state.sentence


def test_what_is_no_combination_becomes_the_state(qapp):
    hot = HotKey()
    hot.set_keys("abracadabra")
    assert not hot.state.is_active
    assert hot.state.sentence == "“abracadabra” names no key that can be used: try Ctrl+Alt+Space."


def test_a_display_that_does_not_answer_is_none(qapp, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":4711")
    hot = HotKey()
    hot.set_keys("Ctrl+Alt+Space")
    assert "not available here" in hot.state.sentence


@pytest.mark.parametrize("by", ["socket", "session"])
def test_under_wayland_without_a_bus_x_is_not_asked(qapp, monkeypatch, tmp_path, by):
    """An X server there hears the keys only while an X window has the focus: a half-truth."""
    monkeypatch.setenv("DISPLAY", ":4711")
    if by == "socket":
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
        (tmp_path / "wayland-7").touch()
    else:
        monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    asked = []
    monkeypatch.setattr("toggl_desktop.system.hotkey_x11.X11HotKey", asked.append)
    hot = HotKey()
    hot.set_keys("Ctrl+Alt+Space")
    assert asked == []
    assert "not available here" in hot.state.sentence


@pytest.mark.desk
def test_on_x_the_keys_can_be_set_changed_and_taken_away(qtbot, monkeypatch):
    with Desk(has_bus=False) as desk:
        monkeypatch.setenv("DISPLAY", desk.env["DISPLAY"])
        hot = HotKey()
        pressed = []
        hot.pressed.connect(lambda: pressed.append(hot.state.sentence))
        states = []
        hot.changed.connect(lambda: states.append(hot.state.is_active))
        hot.set_keys("Ctrl+Alt+Space")
        assert hot.state.sentence == "Ctrl+Alt+Space opens the palette from every window (X11)."
        hot.set_keys("Meta+F5")
        desk.key("ctrl+alt+space")
        desk.key("super+F5")
        qtbot.waitUntil(lambda: bool(pressed))
        hot.set_keys("")
        assert pressed == ["Meta+F5 opens the palette from every window (X11)."]
        desk.key("super+F5")
        qtbot.wait(100)
        assert len(pressed) == 1
        assert states == [True, True, False]
        assert hot.activation_token == ""


@pytest.mark.desk
def test_keys_given_back_are_free_at_once(qapp, monkeypatch):
    with Desk(has_bus=False, has_manager=False) as desk:
        monkeypatch.setenv("DISPLAY", desk.env["DISPLAY"])
        hot, other = HotKey(), HotKey()
        for _ in range(20):
            hot.set_keys("Ctrl+Alt+Space")
            assert hot.state.is_active
        hot.set_keys("")
        other.set_keys("Ctrl+Alt+Space")
        assert other.state.is_active
        other.set_keys("")
