"""Background work is owned: it lives, its failures are heard, and it ends in time."""

import asyncio
import gc
import threading
import time

from toggl_desktop.app.tasks import TaskOwner
from toggl_desktop.app.threads import DaemonExecutor


def _owner():
    heard = []
    return TaskOwner(lambda name, error: heard.append((name, type(error)))), heard


def test_a_failing_task_is_reported_by_its_name():
    async def main():
        owner, heard = _owner()

        async def boom():
            raise ValueError("x")

        owner.spawn("boom", boom())
        await asyncio.sleep(0.01)
        return heard

    assert asyncio.run(main()) == [("boom", ValueError)]


def test_a_task_nobody_refers_to_survives_the_garbage_collector():
    async def main():
        owner, _ = _owner()
        done = []

        async def wait():
            await asyncio.sleep(0.02)
            done.append(True)

        owner.spawn("wait", wait())
        gc.collect()
        await asyncio.sleep(0.05)
        return done

    assert asyncio.run(main()) == [True]


def test_closing_cancels_and_names_what_does_not_end_in_time():
    async def main():
        owner, _ = _owner()

        async def stubborn():
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                await asyncio.sleep(0.3)

        owner.spawn("meek", asyncio.sleep(60))
        owner.spawn("stubborn", stubborn())
        await asyncio.sleep(0)
        late = await owner.close(within_seconds=0.05)
        owner.spawn("after", asyncio.sleep(0))
        return late

    assert asyncio.run(main()) == ["stubborn"]


def test_a_stuck_call_does_not_hold_up_the_end():
    release = threading.Event()

    async def main():
        loop = asyncio.get_running_loop()
        loop.set_default_executor(DaemonExecutor())
        stuck = loop.run_in_executor(None, release.wait, 30)
        assert await loop.run_in_executor(None, sum, (1, 2)) == 3
        stuck.cancel()

    begin = time.monotonic()
    asyncio.run(main())
    release.set()
    assert time.monotonic() - begin < 10


def test_a_failure_in_a_thread_comes_back_to_whoever_awaits_it():
    def fail():
        raise ZeroDivisionError

    async def main():
        loop = asyncio.get_running_loop()
        loop.set_default_executor(DaemonExecutor())
        try:
            await loop.run_in_executor(None, fail)
        except ZeroDivisionError:
            return "heard"
        return "lost"

    assert asyncio.run(main()) == "heard"
