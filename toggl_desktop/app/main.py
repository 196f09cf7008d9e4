"""The desktop program from the first line to the exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from toggl_desktop import __version__
from toggl_desktop.app import screen
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import place as places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toggl_desktop.app.application import Application
    from toggl_desktop.store.place import Place
    from toggl_desktop.system.instance import Instance

STORE_UNUSABLE = 6
NOT_STARTED = 1


def main(
    environment: Mapping[str, str],
    data_dir: str | None = None,
    profile: str | None = None,
    *,
    background: bool = False,
) -> int:
    """Runs the desktop program until a person ends it; returns the exit code.

    A second start for the same data directory raises the first one's window and returns 0.

    Args:
        environment: The process environment; Qt's platform is chosen in `os.environ`.
        data_dir: Where the data is, if not at the usual place.
        profile: Another profile than the default one.
        background: Start in the tray, without a window.
    """
    os.umask(0o077)
    if (problem := screen.refuse_bad_pair()) is not None:
        screen.tell(problem)
        return NOT_STARTED
    try:
        place = places.find(environment, data_dir, profile)
        places.prepare(place)
    except StoreError as error:
        screen.tell(error.sentence)
        return STORE_UNUSABLE
    if (missing := screen.choose(os.environ)) is not None:
        screen.tell(missing)
    return _start(place, background=background)


def _start(place: Place, *, background: bool) -> int:
    from toggl_desktop.app.application import Application
    from toggl_desktop.system.instance import Instance

    app = Application(sys.argv[:1])
    app.setApplicationName("toggl-desktop")
    app.setApplicationDisplayName("Toggl Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("toggl-desktop")
    app.setQuitOnLastWindowClosed(False)
    instance = Instance(place.directory)
    if not instance.first():
        if background or instance.send("show"):
            return 0
        screen.tell("Toggl Desktop is running already, but it does not answer. End it and repeat.")
        return NOT_STARTED
    try:
        code, is_again = _run(app, place, instance, background=background)
    finally:
        instance.close()
    if is_again:
        os.execv(sys.executable, [sys.executable, *_as_started()])  # noqa: S606 - ourselves
    return code


def _as_started() -> list[str]:
    """Returns the arguments of this process, so that the next one shows its window."""
    return [word for word in sys.orig_argv[1:] if word != "--background"]


def _run(
    app: Application, place: Place, instance: Instance, *, background: bool
) -> tuple[int, bool]:
    from toggl_desktop.app.desktop import Desktop

    desktop = Desktop(app, place, instance)
    desktop.show_tray(background=background)
    gc.freeze()  # what the start has made stays, and need not be looked at again
    gc.enable()
    # From here on the icon is on its way; the loop and all that hangs on it come after it.
    import logging
    from functools import partial

    from toggl_desktop.app import logs, loop
    from toggl_desktop.app.failures import Failures

    logs.set_up(place.logs)
    failures = Failures()
    failures.install()
    logging.getLogger("app").info("start %s", __version__)
    code = loop.run(app, partial(desktop.run, failures))
    return code, desktop.wants_restart
