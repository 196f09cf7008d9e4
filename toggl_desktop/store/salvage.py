"""What can still be read of a damaged file that was moved aside. The file itself is left alone."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import schema
from toggl_desktop.store.editlog import Line, Mark, of_journal
from toggl_desktop.store.source import Source

READ_AT_MOST = 100_000


@contextmanager
def _copied(aside: Path) -> Iterator[sqlite3.Connection]:
    """Lends a copy, for looking at a file changes what lies beside it."""
    folder = Path(tempfile.mkdtemp(prefix="salvage-", dir=aside.parent))
    try:
        for name in ("toggl.sqlite3", "toggl.sqlite3-wal"):
            if (aside / name).exists():
                shutil.copyfile(aside / name, folder / name)
        with closing(sqlite3.connect(folder / "toggl.sqlite3", isolation_level=None)) as copy:
            copy.execute("PRAGMA trusted_schema = OFF")
            yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def store_of(asides: Sequence[Path]) -> str | None:
    """Returns whose file was moved aside last; None when that cannot be read any more."""
    for aside in reversed(asides):
        with suppress(sqlite3.Error, OSError, StoreError), _copied(aside) as copy:
            return schema.meta(Source(copy), schema.STORE_ID)
    return None


def lines(asides: Sequence[Path], mark: Mark) -> list[Line]:
    """Returns the steps after a mark that files of that store still hold whole, in their order."""
    found: dict[int, Line] = {}
    for aside in asides:
        with suppress(sqlite3.Error, OSError, StoreError), _copied(aside) as copy:
            if schema.meta(Source(copy), schema.STORE_ID) == mark.store:
                found.update((line["seq"], line) for line in _steps(copy, mark))
    return [found[seq] for seq in sorted(found)]


def _steps(copy: sqlite3.Connection, mark: Mark) -> Iterator[Line]:
    """Yields one step after another; one that lies on a damaged page is left out."""
    source = Source(copy)
    top: int = source.value("SELECT seq FROM sqlite_sequence WHERE name = 'step'") or 0
    for seq in range(mark.seq + 1, min(top, mark.seq + READ_AT_MOST) + 1):
        with suppress(StoreError):
            yield from of_journal(source, mark.store, seq - 1, seq + 1)
