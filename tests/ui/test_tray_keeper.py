"""The keeper against real trays: each test starts this file as a program on a virtual desk."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk, eventually
from tests.support.process import ROOT, Running
from tests.support.sni_host import SniHost

pytestmark = pytest.mark.desk


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk() as desk:
        yield desk


class Program:
    """The keeper in a process, seen through the lines it prints."""

    def __init__(self, desk: Desk, folder: Path, *options: str) -> None:
        env = {**desk.env, "PYTHONPATH": str(ROOT)}
        self.running = Running([sys.executable, __file__, *options], env, folder)

    def __enter__(self) -> "Program":
        try:
            self.wait("settled")
        except BaseException:
            self.running.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.running.__exit__(*error)
        assert "Traceback" not in self.running.err, self.running.err

    def events(self, name: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.running.out.splitlines()]
        return [line for line in lines if line["event"] == name]

    def wait(self, name: str, count: int = 1) -> dict[str, Any]:
        def has_come() -> bool:
            return len(self.events(name)) >= count

        self.running.wait_until(has_come, f"{count} × {name}")
        return self.events(name)[count - 1]

    def wait_kind(self, kind: str | None) -> None:
        def is_there() -> bool:
            return bool(self.events("kind")) and self.events("kind")[-1]["kind"] == kind

        self.running.wait_until(is_there, f"the tray is {kind}")

    def ask(self, question: str) -> dict[str, Any]:
        count = len(self.events(question)) + 1
        self.running.say(question)
        return self.wait(question, count)

    @property
    def made(self) -> int:
        return len(self.events("made"))


@pytest.fixture
def host(desk: Desk) -> Iterator[SniHost]:
    """A StatusNotifier host that has not come yet."""
    with SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"], is_present=False) as host:
        yield host


def test_the_icon_is_shown_by_a_host_that_was_there_before(desk, host, tmp_path):
    host.appear()
    with Program(desk, tmp_path) as program:
        item = host.wait_item()
        program.wait_kind("sni")
        assert item.tooltip() == "Keeper"
        assert item.labels() == ["Stop timer", "-", "Quit"]
        assert program.made == 1


def test_a_host_that_comes_late_shows_the_icon(desk, host, tmp_path):
    with Program(desk, tmp_path) as program:
        assert program.made == 0
        host.appear()
        host.wait_item()
        program.wait_kind("sni")


def test_a_host_that_registers_after_its_watcher_shows_the_icon(desk, host, tmp_path):
    host.appear(has_host=False)
    with Program(desk, tmp_path) as program:
        assert program.ask("state")["kind"] is None
        host.register_host()
        host.wait_item()
        program.wait_kind("sni")


def test_a_host_that_dies_and_returns_shows_the_same_icon_again(desk, host, tmp_path):
    host.appear()
    with Program(desk, tmp_path) as program:
        for _ in range(3):
            host.wait_item()
            program.wait_kind("sni")
            host.die()
            program.wait_kind(None)
            host.appear()
        assert host.wait_item().tooltip() == "Keeper"
        program.wait_kind("sni")
        assert program.made == 1


def test_a_host_that_leaves_its_watcher_is_noticed(desk, host, tmp_path):
    host.appear()
    with Program(desk, tmp_path) as program:
        program.wait_kind("sni")
        host.unregister_host()
        program.wait_kind(None)
        host.register_host()
        program.wait_kind("sni")
        host.wait_item()


def test_menu_and_clicks_still_work_after_a_late_start(desk, host, tmp_path):
    with Program(desk, tmp_path) as program:
        host.appear()
        item = host.wait_item()
        program.wait_kind("sni")
        item.activate()
        assert program.wait("activated")["reason"] == "Trigger"
        item.secondary_activate()
        assert program.wait("activated", 2)["reason"] == "MiddleClick"
        item.click("Stop timer")
        program.wait("stopped")
        item.click("Quit")
        assert program.running.wait() == 0


def test_the_picture_that_is_drawn_arrives_at_the_host(desk, host, tmp_path):
    host.appear()
    with Program(desk, tmp_path):
        item = host.wait_item()
        width, height, pixels = item.icon()
        middle = (height // 2 * width + width // 2) * 4
        assert pixels[middle : middle + 4] == bytes([0xFF, 0xD6, 0x33, 0x6C])
        assert item.save_icon(tmp_path / "icon.png").stat().st_size > 60


def test_an_xembed_tray_that_was_there_before_holds_the_icon(desk, tmp_path):
    desk.start_tray()
    try:
        with Program(desk, tmp_path) as program:
            program.wait_kind("xembed")
            assert program.made == 1
            is_docked(program)
    finally:
        desk.stop_tray()


def test_an_xembed_tray_may_come_late_die_and_return_unasked(desk, tmp_path):
    with Program(desk, tmp_path) as program:
        for _ in range(2):
            assert program.ask("timers")["active"] == 0  # nobody polls
            desk.start_tray()
            program.wait_kind("xembed")
            is_docked(program)
            desk.stop_tray()
            program.wait_kind(None)
        assert program.made == 1


def test_without_a_watch_an_xembed_tray_is_found_by_looking_now_and_then(desk, tmp_path):
    with Program(desk, tmp_path, "--blind", "--fast") as program:
        assert program.ask("timers")["active"] == 1
        desk.start_tray()
        try:
            program.wait_kind("xembed")
            assert program.ask("timers")["active"] == 0
        finally:
            desk.stop_tray()


def test_each_kind_of_tray_can_take_over_from_the_other(desk, host, tmp_path):
    host.appear()
    with Program(desk, tmp_path) as program:
        host.wait_item()
        host.die()
        program.wait_kind(None)
        desk.start_tray()
        try:
            program.wait_kind("xembed")
            x, y = is_docked(program)
            desk.click(x, y, 1)
            program.wait("activated")
            host.appear()
            program.wait_kind("sni")
            assert host.wait_item().labels() == ["Stop timer", "-", "Quit"]
            host.die()
            program.wait_kind("xembed")
            x, y = is_docked(program)
            desk.click(x, y, 3)
            program.wait("menu_shown")
            desk.key("Down", "Return")
            program.wait("stopped")
        finally:
            desk.stop_tray()


def test_no_tray_at_all_makes_no_icon_and_polls_for_nothing(desk, tmp_path):
    with Program(desk, tmp_path) as program:
        assert program.ask("state")["kind"] is None
        assert program.ask("timers")["active"] == 0
        assert program.made == 0


def test_a_watcher_that_hangs_stops_nothing(desk, host, tmp_path):
    host.appear()
    host.hang()
    with Program(desk, tmp_path, "--settle=1200") as program:
        assert program.ask("state")["kind"] is None
        assert program.ask("stall")["milliseconds"] < 500  # Qt itself would wait 25 s
        assert program.made == 0
        host.recover()
        host.wait_item()
        program.wait_kind("sni")


def test_a_missing_bus_leaves_the_xembed_tray(desk, tmp_path):
    desk.start_tray()
    alone = Desk()
    alone.env = {**desk.env, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    try:
        with Program(alone, tmp_path) as program:
            program.wait_kind("xembed")
    finally:
        desk.stop_tray()


def test_a_closed_keeper_leaves_no_icon_behind(desk, host, tmp_path):
    host.appear()
    with Program(desk, tmp_path) as program:
        host.wait_item()
        program.ask("close")
        host.wait_no_item()
        host.die()
        host.appear()
        program.ask("state")
        assert program.made == 1
        assert not host.items


def test_a_display_that_dies_ends_the_program_without_a_spin(tmp_path):
    with Desk(has_manager=False) as desk, Program(desk, tmp_path) as program:
        screen = desk._processes[0]
        screen.kill()
        screen.wait()
        assert program.running.wait() != 0  # Qt's own decision: the connection broke


def is_docked(program: Program) -> tuple[int, int]:
    """Waits until the icon has a place on the screen and returns its middle."""

    def place() -> tuple[int, int] | None:
        x, y, width, height = program.ask("geometry")["geometry"]
        # Until the panel has made room, the icon stands in a corner or beyond the edge.
        is_inside = width > 1 and x + width <= 1280 and 772 <= y <= 800 - height
        return (x + width // 2, y + height // 2) if is_inside else None

    return eventually(place, 10, "the icon is docked")


def main() -> int:
    """The program under test: a keeper, an icon, and answers on standard output."""
    from PySide6.QtCore import QElapsedTimer, QObject, QSocketNotifier, Qt, QTimer, Slot
    from PySide6.QtGui import QColor, QIcon, QPixmap
    from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

    from toggl_desktop.system.xtray import TraySelection
    from toggl_desktop.ui.tray import keeper as module

    settle = next((int(o.split("=")[1]) for o in sys.argv if o.startswith("--settle=")), 0)
    if "--fast" in sys.argv:
        module._POLL_MILLISECONDS = 100

    def say(event: str, **values: object) -> None:
        print(json.dumps({"event": event, **values}), flush=True)

    class Driver(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.menu = QMenu()
            self.menu.addAction("Stop timer").triggered.connect(self._on_stop)
            self.menu.addSeparator()
            self.menu.addAction("Quit").triggered.connect(self._on_quit)
            self.menu.aboutToShow.connect(self._on_menu)
            self.clock = QElapsedTimer()
            self.clock.start()
            self.stall = 0
            self.pulse = QTimer(self)
            self.pulse.setTimerType(Qt.TimerType.PreciseTimer)
            self.pulse.timeout.connect(self._on_pulse)
            self.pulse.start(5)
            watch = None if "--blind" in sys.argv else TraySelection()
            self.keeper = module.TrayKeeper(self.make, watch, self)
            self.keeper.available_changed.connect(self._on_available)
            self.input = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
            self.input.activated.connect(self._on_input)
            QTimer.singleShot(settle or 200, self._on_settled)

        def make(self) -> QSystemTrayIcon:
            picture = QPixmap(22, 22)
            picture.fill(QColor("#D6336C"))
            icon = QSystemTrayIcon(QIcon(picture))
            icon.setToolTip("Keeper")
            icon.setContextMenu(self.menu)
            icon.activated.connect(self._on_activated)
            say("made")
            return icon

        @Slot()
        def _on_stop(self) -> None:
            say("stopped")

        @Slot()
        def _on_quit(self) -> None:
            QApplication.quit()

        @Slot()
        def _on_menu(self) -> None:
            say("menu_shown")

        @Slot()
        def _on_pulse(self) -> None:
            self.stall = max(self.stall, self.clock.restart())

        @Slot(QSystemTrayIcon.ActivationReason)
        def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
            say("activated", reason=reason.name)

        @Slot(object)
        def _on_available(self, state: module.TrayState) -> None:
            say("kind", kind=state.kind.value if state.kind else None)

        @Slot()
        def _on_settled(self) -> None:
            say("settled")

        @Slot()
        def _on_input(self) -> None:
            for question in os.read(0, 4096).decode().split():
                self._answer(question)

        def _answer(self, question: str) -> None:
            icon, state = self.keeper.icon, self.keeper.state
            if question == "state":
                say("state", kind=state.kind.value if state.kind else None)
            elif question == "stall":
                say("stall", milliseconds=self.stall)
            elif question == "timers":
                timers = self.keeper.findChildren(QTimer)
                say("timers", active=sum(timer.isActive() for timer in timers))
            elif question == "geometry":
                say("geometry", geometry=icon.geometry().getRect() if icon else [0, 0, 0, 0])
            elif question == "close":
                self.keeper.close()
                say("close")

    app = QApplication(sys.argv)
    app.setQuitOnLastWindowClosed(False)
    driver = Driver()
    code = app.exec()
    driver.keeper.close()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
