"""Calls that may never come back, made so that the caller always does."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Outcome(Generic[T]):
    """What became of a bounded call: a value, or the error it raised, or neither yet.

    Attributes:
        value: What it returned.
        error: What it raised.
        is_late: Whether the deadline passed first; the other two stay empty then.
    """

    value: T | None = None
    error: Exception | None = None
    is_late: bool = False


def within(seconds: float, work: Callable[[], T]) -> Outcome[T]:
    """Returns after at most so many seconds, whatever the work does.

    The work runs in a daemon thread, so one that hangs holds up neither the caller nor the end of
    the program. Other people's code runs in there (keyring backends, X servers): whatever it
    raises is handed back, not swallowed.
    """
    done: list[Outcome[T]] = []

    def run() -> None:
        try:
            done.append(Outcome(value=work()))
        except Exception as error:  # noqa: BLE001 - handed to the caller, who names it
            done.append(Outcome(error=error))

    thread = Thread(target=run, name="toggl-bounded", daemon=True)
    thread.start()
    thread.join(seconds)
    return done[0] if done else Outcome(is_late=True)
