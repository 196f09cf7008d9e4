"""The one funnel for everything that should not have happened."""

import asyncio
import hashlib
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

from toggl_desktop.domain.errors import KnownError

log = logging.getLogger("failures")

Listener = Callable[[str, str], None]


class Failures:
    """Logs each failure with its place but without any text of the person's, each kind once.

    A `KnownError` is a state with a sentence and is only passed on; anything else is a bug, and
    the listener (the window's quiet bar) gets a sentence and details to copy.
    """

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self.listener: Listener | None = None

    def install(self) -> None:
        """Becomes the hook of the interpreter, of threads, and of what nobody could raise."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def report(self, where: str, error: BaseException) -> None:
        """Takes a failure from wherever it surfaced."""
        if isinstance(error, KnownError):
            log.warning("%s: %s", where, type(error).__name__)
            self._tell(error.sentence, "")
            return
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames]
        details = "\n".join([f"{where}: {type(error).__name__}", *places])
        mark = hashlib.sha256(details.encode()).hexdigest()[:8]
        if mark in self._seen:
            return
        self._seen.add(mark)
        log.error("bug %s in %s", mark, details.replace("\n", " | "))
        self._tell(f"Something went wrong inside (bug {mark}). Your entries are safe.", details)

    def _tell(self, sentence: str, details: str) -> None:
        if self.listener is not None:
            self.listener(sentence, details)

    def on_loop_exception(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """The loop's exception handler."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report("loop", error)
        else:
            log.error("loop: %s", context.get("message"))

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report("main", error.with_traceback(trace))

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report("thread", arguments.exc_value)

    def _on_unraisable(self, arguments: "sys.UnraisableHookArgs") -> None:
        if arguments.exc_value is not None:
            self.report("unraisable", arguments.exc_value)


def _short(path: str) -> str:
    """Returns the end of a path: enough to find the line, nothing about whose computer it is."""
    return "/".join(path.replace("\\", "/").split("/")[-3:])
