"""SQLite's refusals as sentences: what happened, what was kept, what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from toggl_desktop.domain.errors import StoreError

KEPT = "Nothing was changed."


class DiskFullError(StoreError):
    """No room on the disk; the transaction was rolled back whole."""


class DamagedFileError(StoreError):
    """The file's inside is wrong: `what` says where. The next `Store` sets such a file aside."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} {KEPT} Start Toggl Desktop again: it sets the damaged file aside "
            "and offers the newest backup."
        )
        self.what = what


class DiskError(StoreError):
    """The disk failed to read or write; what is in the file now is not known."""


_SENTENCES: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_FULL: (DiskFullError, f"The disk is full. {KEPT} Free some space and repeat."),
    sqlite3.SQLITE_READONLY: (
        StoreError,
        f"The store can only be read. {KEPT} Make its file and folder writable for you and repeat.",
    ),
    sqlite3.SQLITE_PERM: (StoreError, f"The store may not be used by you. {KEPT}"),
    sqlite3.SQLITE_CANTOPEN: (
        StoreError,
        f"The store cannot be opened. {KEPT} Make sure that its folder exists and is yours.",
    ),
    sqlite3.SQLITE_BUSY: (
        StoreError,
        f"Another program has kept the store locked for 5 seconds. {KEPT} Close it and repeat.",
    ),
    sqlite3.SQLITE_LOCKED: (StoreError, f"The store is locked. {KEPT} Repeat in a moment."),
    sqlite3.SQLITE_PROTOCOL: (
        StoreError,
        f"Other programs kept the store busy. {KEPT} Repeat in a moment.",
    ),
    sqlite3.SQLITE_IOERR: (
        DiskError,
        f"The disk refused to read or write the store. {KEPT} Check the disk and repeat.",
    ),
    sqlite3.SQLITE_CORRUPT: (DamagedFileError, "The store's file is damaged."),
    sqlite3.SQLITE_NOTADB: (DamagedFileError, "The store's file is damaged: it is no database."),
}

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_ROOM_FOR_INDEX = sqlite3.SQLITE_IOERR | 19 << 8  # SQLITE_IOERR_SHMSIZE: the disk is full
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def as_known(error: sqlite3.Error | OSError) -> StoreError | None:
    """Returns the sentence for a failure of the world, or None when it is our own mistake."""
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return DiskFullError(_SENTENCES[sqlite3.SQLITE_FULL][1])
        if error.errno in _FORBIDDEN:
            return StoreError(_SENTENCES[sqlite3.SQLITE_READONLY][1])
        return StoreError(f"The store cannot be used: {error.strerror or error}. {KEPT}")
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's own complaint, without a code: bytes in a text column that are no text
        if "decode to UTF-8" in str(error):
            return DamagedFileError(_SENTENCES[sqlite3.SQLITE_CORRUPT][1])
        return None
    if code == _NO_ROOM_FOR_INDEX:
        code = sqlite3.SQLITE_FULL
    known = _SENTENCES.get(code & 0xFF)
    return known[0](known[1]) if known else None


@contextmanager
def translated() -> Iterator[None]:
    """Guarantees that failures of disk and file inside leave as StoreError with a sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        known = as_known(error)
        if known is None:
            raise
        raise known from error
