"""What the store needs now and then, on a thread of its own: a check at start, a daily backup."""

import asyncio
import logging

from toggl_desktop.domain.clock import Clock
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store import backup
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

log = logging.getLogger("care")
_HOUR_SECONDS = 3600
_FIRST_SECONDS = 5


async def look_after(place: Place, clock: Clock, *, backs_up: bool) -> None:
    """Checks the store once, then keeps it backed up daily; runs until cancelled.

    Raises:
        StoreError: The check found damage.
    """
    await asyncio.sleep(_FIRST_SECONDS)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, _check, place)
    while True:
        if backs_up:
            await loop.run_in_executor(None, _back_up, place, clock)
        await asyncio.sleep(_HOUR_SECONDS)


def _check(place: Place) -> None:
    with Store(place) as store:
        found = store.check(full=False)
    for line in found:
        log.error("store check: %s", line)


def _back_up(place: Place, clock: Clock) -> None:
    try:
        with Store(place) as store:
            made = backup.make_if_due(store, clock.now().wall)
    except KnownError as error:
        log.warning("no backup: %s", error.sentence)
        return
    if made is not None:
        log.info("backed up")
