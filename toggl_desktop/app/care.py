"""What the store needs now and then, on a thread of its own: a check at start, a daily backup."""

import asyncio
import logging
from collections.abc import Callable

from toggl_desktop.domain.clock import Clock
from toggl_desktop.domain.errors import KnownError, StoreDamagedError
from toggl_desktop.store import backup
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

log = logging.getLogger("care")
_HOUR_SECONDS = 3600
_FIRST_SECONDS = 5
_KEPT = (
    "Nothing is lost: starting again sets the file aside and brings back "
    "the newest backup and every edit after it."
)


async def look_after(
    place: Place, clock: Clock, on_damage: Callable[[str], object], *, backs_up: bool
) -> None:
    """Checks the store once, then keeps it backed up daily; runs until cancelled.

    Args:
        place: The profile's place.
        clock: The time, for the backups' names.
        on_damage: Is told in a sentence when the check found the file damaged.
        backs_up: Whether to back up at all.
    """
    await asyncio.sleep(_FIRST_SECONDS)
    loop = asyncio.get_running_loop()
    damage = await loop.run_in_executor(None, check, place)
    if damage is not None:
        on_damage(damage)
        return  # what is damaged is not worth a backup
    while True:
        if backs_up:
            await loop.run_in_executor(None, _back_up, place, clock)
        await asyncio.sleep(_HOUR_SECONDS)


def check(place: Place) -> str | None:
    """Looks through the store's file; returns a sentence for a person when it is damaged."""
    try:
        with Store(place) as store:
            found = store.check(full=False)
    except StoreDamagedError as error:
        log.exception("store check")
        return error.sentence
    for line in found:
        log.error("store check: %s", line)
    if not place.suspect.exists():
        return None
    return f"The file with your entries is damaged: {found[0]} {_KEPT}"


def _back_up(place: Place, clock: Clock) -> None:
    try:
        with Store(place) as store:
            made = backup.make_if_due(store, clock.now().wall)
    except KnownError as error:
        log.warning("no backup: %s", error.sentence)
        return
    if made is not None:
        log.info("backed up")
