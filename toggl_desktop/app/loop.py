"""The event loop: Qt's and asyncio's in one. The only file that knows qasync."""

import asyncio
from collections.abc import Callable, Coroutine

import qasync
from PySide6.QtWidgets import QApplication

from toggl_desktop.app.threads import DaemonExecutor


def run(app: QApplication, main: Callable[[], Coroutine[None, None, int]]) -> int:
    """Runs a coroutine on the application's loop until it returns, and gives back its result.

    `asyncio.run` takes a loop factory only from 3.12 on, so the runner is used directly.
    """

    def make_loop() -> asyncio.AbstractEventLoop:
        loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app)
        loop.set_default_executor(DaemonExecutor())
        return loop

    with asyncio.Runner(loop_factory=make_loop) as runner:
        return runner.run(main())
