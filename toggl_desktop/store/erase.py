"""Deleting a profile's data for good (security row S-34): first listed, then removed."""

import shutil
from pathlib import Path

from toggl_desktop.store.failures import translated
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.place import Place

_OURS = (
    *("toggl.sqlite3*", "edits-*.jsonl*", "corrupt-*", "salvage-*", "backups", "logs"),
    *("ballast", "suspect", "settings.toml*", "window.ini*"),
)


def everything(place: Place) -> list[Path]:
    """Returns all that is kept of a profile: store, backups, log of edits, damaged files, logs.

    Other profiles and what the program did not put there are not in it.
    """
    return sorted(path for pattern in _OURS for path in place.directory.glob(pattern))


def erase(place: Place) -> list[Path]:
    """Removes all of it and returns what was removed. No store of the profile may be open.

    Raises:
        StoreError: Another process is writing, or the disk refused; what is left is still listed.
    """
    found = everything(place)
    with translated():
        lock = WriteLock(place.lock)
        try:
            with lock.held():
                for path in found:
                    if path.is_dir() and not path.is_symlink():
                        shutil.rmtree(path)
                    else:
                        path.unlink(missing_ok=True)
                place.lock.unlink(missing_ok=True)
        finally:
            lock.close()
    return found
