"""All that is kept of a profile: as a person may read it, and gone for good."""

import logging
from pathlib import Path

from toggl_desktop.app import screen
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import erase
from toggl_desktop.store.place import Place

_UNITS = ("bytes", "KB", "MB", "GB")


def parts_of(place: Place) -> list[str]:
    """Returns a line for every file and directory that deleting would remove."""
    return [f"{path.name}, {_said(_size(path))}" for path in erase.everything(place)]


def erase_all(place: Place) -> None:
    """Removes everything; the store must be closed, and nothing may be logged afterwards."""
    logging.shutdown()
    logging.disable()
    try:
        erase.erase(place)
    except StoreError as error:
        screen.tell(error.sentence)


def _size(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return sum(_size(inside) for inside in path.iterdir())
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _said(size: float) -> str:
    for unit in _UNITS[:-1]:
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} {_UNITS[-1]}"
