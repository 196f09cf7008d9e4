"""All that is kept of a profile: as a person may read it, and gone for good."""

import logging
from pathlib import Path

from toggl_desktop.app import screen
from toggl_desktop.app.accounts import token_name
from toggl_desktop.app.proxying import proxy_name
from toggl_desktop.domain.accounts import TokenPlace
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import accounts, erase, settings
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source
from toggl_desktop.system import keyring

_UNITS = ("bytes", "KB", "MB", "GB")


def parts_of(place: Place, source: Source) -> list[str]:
    """Returns a line for everything that deleting would remove: files, directories, the token."""
    lines = [f"{path.name}, {_said(_size(path))}" for path in erase.everything(place)]
    account = accounts.signed_in(source, "track")
    if account is not None and account.token_place is TokenPlace.KEYRING:
        lines.append(f"the token of {account.email} in the keyring")
    return lines


def tokens_of(place: Place, source: Source) -> list[str]:
    """Returns the names under which the keyring keeps secrets of this profile."""
    account = accounts.signed_in(source, "track")
    kept = account is not None and account.token_place is TokenPlace.KEYRING
    names = [token_name(source)] if kept else []
    return [*names, proxy_name(source)] if settings.load(place.settings).proxy else names


def erase_all(place: Place, tokens: list[str]) -> None:
    """Removes everything; the store must be closed, and nothing may be logged afterwards.

    A keyring that does not let go of a token is told of; the files go all the same.
    """
    logging.shutdown()
    logging.disable()
    try:
        erase.erase(place)
    except StoreError as error:
        screen.tell(error.sentence)
    for name in tokens:
        state = keyring.forget(name)
        if not state.is_usable:
            screen.tell(f"{state.sentence} The token in it was not removed; remove it there.")


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
