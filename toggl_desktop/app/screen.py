"""Which screen there is, before Qt is asked: without one Qt would end the process by itself."""

import os
import sys
from collections.abc import MutableMapping

NO_SCREEN = (
    "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the timer runs "
    "without a window; the command line works as usual."
)
BAD_PAIR = (
    "PySide6 6.12 crashes on Python 3.11 and older. Install PySide6-Essentials 6.11.3, "
    "or use Python 3.12 or newer. Nothing was started."
)


def choose(environment: MutableMapping[str, str]) -> str | None:
    """Guarantees that Qt finds a platform; returns a sentence when there is no real screen."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return None
    environment["QT_QPA_PLATFORM"] = "offscreen"
    return NO_SCREEN


def refuse_bad_pair() -> str | None:
    """Returns a sentence when this PySide6 would kill this Python (see ARCHITECTURE.md)."""
    import PySide6

    version = tuple(int(p) for p in PySide6.__version__.split(".")[:2])
    return BAD_PAIR if version >= (6, 12) and sys.version_info < (3, 12) else None


def tell(sentence: str) -> None:
    """Writes a sentence where whoever started the program may see it."""
    if sys.stderr is not None:
        sys.stderr.write(f"toggl-desktop: {sentence}{os.linesep}")
