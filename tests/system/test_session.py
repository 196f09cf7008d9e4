"""What the desktop offers, seen from a terminal."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.desk import Desk
from tests.support.sni_host import SniHost
from toggl_desktop.system import session
from toggl_desktop.system.session import Session, look


@pytest.fixture(scope="module")
def desk():
    with Desk(has_manager=False) as desk:
        yield desk


@pytest.fixture
def at_desk(desk, monkeypatch):
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, desk.env[name])
    return desk


def test_without_screen_and_bus_all_is_missing_and_said_so():
    found = look()
    assert found == Session("none")
    assert not found.has_tray
    assert found.sentences() == (
        "There is no screen: only the command line works here.",
        "There is no tray here: the window stays the way in until a tray turns up.",
        "Nothing here can tell how long nobody touched the machine.",
    )


@pytest.mark.desk
def test_a_bare_screen_has_idle_time_and_no_tray(at_desk):
    assert look() == Session("x11", has_bus=True, idle_source="X11 (MIT-SCREEN-SAVER)")


@pytest.mark.desk
def test_an_xembed_tray_is_seen(at_desk):
    at_desk.start_tray()
    try:
        found = look()
    finally:
        at_desk.stop_tray()
    assert found.has_xembed_tray
    assert found.has_tray
    assert "An XEmbed tray shows the tray icon." in found.sentences()


@pytest.mark.desk
def test_a_status_notifier_host_is_seen_only_when_it_is_one(at_desk):
    with SniHost(at_desk.env["DBUS_SESSION_BUS_ADDRESS"], has_host=False) as host:
        assert not look().has_sni_host
        host.register_host()
        found = look()
        assert found.has_sni_host
        assert "A StatusNotifier host shows the tray icon." in found.sentences()


@pytest.mark.desk
def test_a_watcher_that_hangs_counts_as_none(at_desk, monkeypatch):
    monkeypatch.setattr(session, "_CALL_SECONDS", 0.05)
    with SniHost(at_desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host:
        host.hang()
        found = look()
    assert found.has_bus
    assert not found.has_sni_host


def test_wayland_is_believed_only_with_its_socket(monkeypatch, tmp_path):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert look().display == "none"
    (tmp_path / "wayland-7").touch()
    assert look().display == "wayland"


def test_under_wayland_a_tray_that_embeds_x_windows_is_no_use():
    assert not Session("wayland", has_xembed_tray=True).has_tray
    assert Session("wayland", has_sni_host=True).has_tray


@pytest.mark.parametrize(
    ("display", "owned", "expected"),
    [
        ("wayland", {"org.gnome.Mutter.IdleMonitor"}, "GNOME (Mutter IdleMonitor)"),
        ("x11", {"org.freedesktop.ScreenSaver"}, "X11 (MIT-SCREEN-SAVER)"),
        ("wayland", {"org.freedesktop.ScreenSaver"}, "desktop (org.freedesktop.ScreenSaver)"),
        ("wayland", set(), None),
    ],
)
def test_the_best_source_of_idle_time_is_named(display, owned, expected):
    assert session._idle_source(display, frozenset(owned), has_x_idle=True) == expected


@pytest.mark.parametrize(("system", "display"), [("win32", "windows"), ("darwin", "macos")])
def test_other_systems_have_a_tray_of_their_own(monkeypatch, system, display):
    monkeypatch.setattr(session.sys, "platform", system)
    found = look()
    assert found.display == display
    assert found.has_tray
    assert "The system has a tray." in found.sentences()


def test_looking_around_needs_no_qt():
    code = (
        "import json, sys; from toggl_desktop.system.session import look; look();"
        "print(json.dumps('PySide6' in sys.modules))"
    )
    out = subprocess.check_output([sys.executable, "-c", code], env=dict(os.environ))
    assert json.loads(out) is False
