"""The tray of the real program, as a panel sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk import Desk, eventually
from tests.support.process import Program, Running
from tests.support.sni_host import SniHost, SniItem

pytestmark = pytest.mark.desk

TOOLTIP = "Design – Acme · 0:00 · today 0:00"


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk() as desk:
        yield desk


@pytest.fixture
def host(desk: Desk) -> Iterator[SniHost]:
    with SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host:
        yield host


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> Program:
    return Program(tmp_path, desk.env)


@pytest.fixture
def running(program: Program, host: SniHost) -> Iterator[Running]:
    program.cli("projects", "add", "Acme").ok()
    program.cli("start", "Design", "-p", "Acme").ok()
    with program.window("--background") as running:
        yield running


def said(item: SniItem, words: str) -> None:
    eventually(lambda: item.tooltip() == words, 10, f"the tooltip {words}")


def test_a_panel_shows_what_runs_and_its_menu_stops_and_continues(
    program: Program, host: SniHost, running: Running
) -> None:
    item = host.wait_item()
    said(item, TOOLTIP)
    assert item.labels()[:3] == [TOOLTIP, "Stop", "Switch…"]
    item.click("Stop")
    eventually(lambda: program.cli("status", "--json").json["running"] is None, 10, "a stop")
    eventually(lambda: "Continue “Design”" in item.labels(), 10, "the menu to say Continue")
    item.click("Design – Acme")
    eventually(lambda: program.cli("status", "--json").json["running"], 10, "a start")


def test_a_start_in_a_terminal_shows_in_the_tray(
    program: Program, host: SniHost, running: Running
) -> None:
    item = host.wait_item()
    said(item, TOOLTIP)
    program.cli("start", "Elsewhere").ok()
    eventually(lambda: item.tooltip().startswith("Elsewhere"), 10, "the new entry")


def test_a_click_opens_the_window(desk: Desk, host: SniHost, running: Running) -> None:
    item = host.wait_item()
    assert desk.windows("Toggl Desktop$") == []
    item.activate()
    eventually(lambda: desk.windows("Toggl Desktop$"), 10, "the window")


def test_the_menu_survives_a_panel_that_dies_and_comes_back(
    program: Program, host: SniHost, running: Running
) -> None:
    said(host.wait_item(), TOOLTIP)
    host.die()
    host.appear()
    item = host.wait_item()
    said(item, TOOLTIP)
    item.click("Stop")
    eventually(lambda: program.cli("status", "--json").json["running"] is None, 10, "a stop")


def test_quit_in_the_menu_asks_once_what_becomes_of_the_running_entry(
    desk: Desk, program: Program, host: SniHost, running: Running
) -> None:
    item = host.wait_item()
    item.click("Quit")
    running.wait_until(lambda: desk.windows("Quit Toggl Desktop"), "a question")
    item.click("Quit")  # asking twice is asking once
    assert len(desk.windows("Quit Toggl Desktop")) == 1
    desk.key("Escape")
    eventually(lambda: not desk.windows("Quit Toggl Desktop"), 10, "no question")
    assert running.is_running
    item.click("Quit")
    running.wait_until(lambda: desk.windows("Quit Toggl Desktop"), "a question")
    desk.key("Return")
    assert running.wait() == 0
    assert program.cli("status", "--json").json["running"]["description"] == "Design"


def test_a_session_that_ends_waits_for_no_answer(
    desk: Desk, program: Program, host: SniHost, running: Running
) -> None:
    program.cli("settings", "set", "quit_while_running", "ask").ok()
    host.wait_item().click("Quit")
    running.wait_until(lambda: desk.windows("Quit Toggl Desktop"), "a question")
    assert running.end() == 0
    assert program.cli("status", "--json").json["running"]["description"] == "Design"
