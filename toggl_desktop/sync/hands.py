"""Who does the work that an answer makes: the loop's thread a little, a thread beside it a lot.

Work is a generator: every part of it is a transaction of its own or only looks, and between two
parts anybody may come in, the person or another process.
"""

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, Protocol, TypeVar

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.store import bindings
from toggl_desktop.store.database import Store
from toggl_desktop.store.feed import Listener
from toggl_desktop.sync.cycle import Cycle
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.line import Time

MANY: Final = 300
"""From so many rows on another thread is worth opening the store once more."""

FEW: Final = 50
"""So many rows are looked at in no time."""

BREATH_SECONDS: Final = 0.004
"""So long it pauses between two parts: who waits for the lock, or for Python, gets it then."""

T = TypeVar("T")
Parts = Callable[[Cycle], Iterator[None]]


class Hands(Protocol):
    """Does work part by part."""

    async def do(self, cycle: Cycle, parts: Parts, rows: int) -> None:
        """Does all of it; what fails, fails here. `rows` says how much it is."""
        ...


async def done(hands: Hands, cycle: Cycle, work: Callable[[Cycle], T]) -> T:
    """Does one piece of work on all that waits to be sent, and returns what it found.

    Few rows are looked at here and now; more of them are for the hands.
    """
    rows = bindings.count_waiting(cycle.store.source, TRACK)
    if rows < FEW:
        return work(cycle)
    found: list[T] = []

    def parts(own: Cycle) -> Iterator[None]:
        found.append(work(own))
        yield

    await hands.do(cycle, parts, rows)
    return found[0]


class Here:
    """Does it on this thread, and lets the loop go on between two parts."""

    def __init__(self, time: Time) -> None:
        self._time = time

    async def do(self, cycle: Cycle, parts: Parts, rows: int) -> None:
        """Does all of it."""
        del rows
        for _ in parts(cycle):
            await self._time.sleep(0)


class Beside:
    """Does what is much on a thread of its own, which opens the store for itself.

    To everybody else that thread is one more process, which writes under the same lock; what it
    committed is told to the loop's thread, or found in the journal. A cancelled task waits for the
    part under way; nothing goes on behind its back.
    """

    def __init__(self, here: Here) -> None:
        self._here = here

    async def do(self, cycle: Cycle, parts: Parts, rows: int) -> None:
        """Does all of it."""
        if rows < MANY:
            await self._here.do(cycle, parts, rows)
            return
        enough = threading.Event()
        loop = asyncio.get_running_loop()

        def tell(changes: ChangeSet) -> None:
            loop.call_soon_threadsafe(cycle.store.publish, changes)

        work = loop.run_in_executor(None, _work, cycle, parts, enough, tell)
        try:
            await asyncio.shield(work)
        finally:
            enough.set()
            if not work.done():
                await asyncio.wait([work])
            cycle.store.catch_up()


def _work(cycle: Cycle, parts: Parts, enough: threading.Event, tell: Listener) -> None:
    with _no_collecting(), Store(cycle.store.place) as store:
        store.feed.subscribe(tell)
        for _ in parts(replace(cycle, store=store)):
            if enough.is_set():
                return
            time.sleep(BREATH_SECONDS)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Lets the collector rest: whoever makes many objects has it look through everybody's.

    Here it would end widgets of the loop's thread that nobody holds any more, and they may only be
    ended there. Rows have no circles.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
