"""Space set aside on the disk, so that when it is full one more edit can still be saved (R61)."""

import os
from contextlib import suppress

from toggl_desktop.store.place import Place

BYTES = 8 << 20
ROOM = 500 << 20
"""It is laid only where that much is free."""


def lay(place: Place) -> None:
    """Sets the space aside if there is plenty; never a reason to fail."""
    with suppress(OSError):
        if place.ballast.exists() or place.ballast.is_symlink() or _free(place) < ROOM:
            return
        handle = os.open(place.ballast, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, BYTES)
            else:
                file.write(bytes(BYTES))


def _free(place: Place) -> int:
    from shutil import disk_usage

    return disk_usage(place.directory).free


def drop(place: Place) -> bool:
    """Gives the space up; tells whether there was any."""
    try:
        place.ballast.unlink()
    except OSError:
        return False
    return True
