"""What would hold the loop up for seconds, done on a thread that opens the store for itself.

To everybody else such a thread is one more process, which writes under the same lock. A person may
stop it up to the moment of its commit; whoever quits does.
"""

import threading
import time
from concurrent import futures
from typing import Any, Final

from toggl_desktop.actions.work import Work
from toggl_desktop.app.threads import DaemonExecutor
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.stopping import StoppedError
from toggl_desktop.store.database import Store

_WORKS_SECONDS: Final = 0.008
_BREATH_SECONDS: Final = 0.002
"""So long it rests after so much work: the loop's thread then gets Python without waiting."""
_QUIT_SECONDS: Final = 2.0


class Errand:
    """One piece of such work, begun."""

    def __init__(self, store: Store, work: Work) -> None:
        """Begins it. `store` is the loop's; what the work commits is published there."""
        self._store = store
        self._news: list[ChangeSet] = []
        self._enough = threading.Event()
        self._rested = time.monotonic()
        self._future = DaemonExecutor().submit(self._do, work)

    def _do(self, work: Work) -> Any:  # noqa: ANN401 - whatever the work returns
        with Store(self._store.place) as store:
            store.pulse = self._pulse
            store.feed.subscribe(self._news.append)
            return work(store)

    def _pulse(self) -> None:
        if self._enough.is_set():
            raise StoppedError
        now = time.monotonic()
        if now - self._rested > _WORKS_SECONDS:
            time.sleep(_BREATH_SECONDS)
            self._rested = time.monotonic()

    def wait(self, seconds: float) -> bool:
        """Waits so long at most; tells whether it has ended."""
        futures.wait((self._future,), seconds)
        return self._future.done()

    def give_up(self) -> None:
        """Asks it to stop; it may be too late for that, which `result` tells."""
        self._enough.set()

    def result(self) -> Any:  # noqa: ANN401 - whatever the work returns
        """Returns what came of it once it has ended, after everybody here has heard of it."""
        news, self._news = self._news, []
        for changes in news:
            self._store.publish(changes)
        return self._future.result(0)


class Errands:
    """Begins such work, and sees to it that none goes on when the program ends."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._begun: list[Errand] = []

    def begin(self, work: Work) -> Errand:
        """Begins work on a thread of its own."""
        self._begun = [one for one in self._begun if not one.wait(0)]
        self._begun.append(Errand(self._store, work))
        return self._begun[-1]

    def close(self) -> None:
        """Stops all of it and waits a little; what does not end in time is never committed late.

        A thread that is still at work dies with the process, and its transaction with it.
        """
        for one in self._begun:
            one.give_up()
        until = time.monotonic() + _QUIT_SECONDS
        for one in self._begun:
            one.wait(max(0.0, until - time.monotonic()))
