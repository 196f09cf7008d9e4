"""The machine's clocks: the only place that reads the time.

Nothing heavy is imported: the command line reads the clock before it does anything else.
"""

import sys
import time
from pathlib import Path

from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.instants import Instant

_BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """Answers what the machine believes the time to be, and how long it has been up."""

    __slots__ = ("_boot_id",)

    def __init__(self) -> None:
        self._boot_id = _boot_id()

    def now(self) -> Reading:
        """Returns both clocks, read one right after the other."""
        return Reading(Instant(time.time_ns() // 1_000_000_000), _boot_seconds(), self._boot_id)


def _boot_seconds() -> float | None:
    """Returns the seconds since boot with suspend counted in, or None where there is no such clock.

    `time.monotonic()` will not do: on Linux it stands still while the machine sleeps.
    """
    seconds: float | None = None
    if sys.platform == "linux":
        seconds = time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":
        # This is mach_continuous_time(): it counts sleep, unlike CLOCK_UPTIME_RAW.
        seconds = time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
    elif sys.platform == "win32":
        seconds = _windows_boot_seconds()
    return seconds


def _boot_id() -> str | None:
    """Returns which boot the seconds count from, or None where that cannot be known."""
    name: str | None = None
    if sys.platform == "linux":
        name = _linux_boot_id()
    elif sys.platform == "darwin":
        name = _darwin_boot_id()
    elif sys.platform == "win32":
        name = _windows_boot_id()
    return name


def _linux_boot_id() -> str | None:
    try:
        return _BOOT_ID_FILE.read_text(encoding="ascii").strip() or None
    except OSError:
        return None


def _darwin_boot_id() -> str | None:
    import ctypes

    size = ctypes.c_size_t(64)
    text = ctypes.create_string_buffer(size.value)
    try:
        sysctl = ctypes.CDLL(None).sysctlbyname
    except (OSError, AttributeError):
        return None
    if sysctl(b"kern.bootsessionuuid", text, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
        return None
    return text.value.decode("ascii", "replace") or None


if sys.platform == "win32":

    def _windows_boot_seconds() -> float | None:
        import ctypes

        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_uint64
        return float(ticks()) / 1000

    def _windows_boot_id() -> str | None:
        import winreg

        key = (
            r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management"
            r"\PrefetchParameters"
        )
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                return str(winreg.QueryValueEx(opened, "BootId")[0])
        except OSError:
            return None
