"""The owner of all background work: keeps it alive, hears how it fails, ends it on quitting."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

Report = Callable[[str, BaseException], None]


class TaskOwner:
    """Spawns tasks by name; nothing in the program runs in the background without it."""

    def __init__(self, report: Report) -> None:
        """Takes the place where failures go (`app.failures`)."""
        self._report = report
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def spawn(self, name: str, work: Coroutine[Any, Any, Any]) -> None:
        """Starts work; after `close` it is refused quietly."""
        if self._closed:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report(task.get_name(), error)

    async def close(self, within_seconds: float = 2.0) -> list[str]:
        """Cancels everything and waits for it; returns the names of what did not end in time."""
        self._closed = True
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if not tasks:
            return []
        _, late = await asyncio.wait(tasks, timeout=within_seconds)
        return sorted(task.get_name() for task in late)
