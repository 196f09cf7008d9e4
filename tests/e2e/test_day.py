"""A short day with the real program: from the tray's menu over an inline edit to the next start."""

import time

import pytest

from tests.support.desk import Desk, eventually
from tests.support.process import Program
from tests.support.sni_host import SniHost

pytestmark = [pytest.mark.desk, pytest.mark.e2e]


def _running(program):
    return program.cli("status", "--json").ok().json["running"]


def _entries(program):
    return program.cli("entries", "--json").ok().json


def test_start_from_the_tray_edit_in_place_undo_quit_and_start_again(tmp_path):
    with Desk() as desk, SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host:
        program = Program(tmp_path, env=desk.env)
        program.cli("settings", "set", "quit_while_running", "keep").ok()
        program.cli("projects", "add", "Website").ok()
        program.cli("add", "Wireframes", "--from", "-50m", "--to", "-40m", "-p", "Website").ok()
        with program.window() as running:
            item = host.wait_item()
            window = running.wait_until(lambda: desk.windows("Toggl Desktop$"), "a window")[0]
            # The tray's menu alone: what was done before is started again.
            item.click("Wireframes – Website")
            eventually(lambda: _running(program), 10, "the entry runs")
            assert _running(program)["project"] == "Website"
            eventually(lambda: "Wireframes – Website" in item.tooltip(), 5, "the tooltip says so")
            # In the window: the finished one is opened in its row and renamed.
            about = desk.out("xdotool", "getwindowgeometry", "--shell", window)
            place = dict(line.split("=") for line in about.splitlines())
            desk.click(int(place["X"]) + 150, int(place["Y"]) + 158)
            desk.key("F2")
            time.sleep(0.5)
            desk.key("ctrl+a")
            desk.type("Sketches")
            desk.key("Return")
            finished = eventually(
                lambda: [e for e in _entries(program) if e["description"] == "Sketches"],
                10,
                "the entry has its new name",
            )
            assert finished[0]["stop"] is not None
            desk.key("ctrl+z")
            eventually(
                lambda: not [e for e in _entries(program) if e["description"] == "Sketches"],
                10,
                "the edit is taken back",
            )
            # What is being typed when the program ends is saved.
            desk.key("F2")
            time.sleep(0.5)
            desk.key("ctrl+a")
            desk.type("Half typed")
            item.click("Quit")
            assert running.wait() == 0, running.err
        assert _running(program)["description"] == "Wireframes"
        assert [e["description"] for e in _entries(program)].count("Half typed") == 1
        with program.window("--background") as again:
            back = host.wait_item()
            eventually(lambda: "Wireframes – Website" in back.tooltip(), 10, "it still runs")
            eventually(
                lambda: program.cli("status", "--json").ok().json["window_open"], 10, "it listens"
            )
            back.click("Stop")
            eventually(lambda: _running(program) is None, 10, "it was stopped from the menu")
            assert again.end() == 0, again.err
