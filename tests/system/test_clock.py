"""The machine's clocks."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from toggl_desktop.system import clock
from toggl_desktop.system.clock import SystemClock

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux's clocks")


def test_the_wall_clock_is_the_machines_own_in_whole_seconds():
    before = int(time.time())
    now = SystemClock().now()
    assert before <= now.wall <= int(time.time())
    assert isinstance(now.wall, int)


@linux
def test_the_boot_clock_counts_suspend_in():
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    now = SystemClock().now()
    assert before <= now.boot <= time.clock_gettime(time.CLOCK_BOOTTIME)


@linux
def test_the_boot_is_named_by_the_kernel():
    kernel = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    assert SystemClock().now().boot_id == kernel


@linux
def test_a_machine_that_hides_its_boot_is_just_unnamed(monkeypatch, tmp_path):
    monkeypatch.setattr(clock, "_BOOT_ID_FILE", tmp_path / "none")
    assert SystemClock().now().boot_id is None


def test_an_unknown_system_has_no_boot_clock(monkeypatch):
    monkeypatch.setattr(clock.sys, "platform", "plan9")
    now = SystemClock().now()
    assert (now.boot, now.boot_id) == (None, None)


def test_reading_the_clock_imports_nothing_heavy():
    code = (
        "import sys; from toggl_desktop.system.clock import SystemClock; SystemClock().now();"
        "print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    names = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    heavy = {"asyncio", "ctypes", "PySide6", "httpx", "keyring", "socket", "subprocess", "tzlocal"}
    assert not heavy & set(names)
