"""The second copy: each step as one line of text beside the store (sync.md R9).

A line is written after its commit, under the write lock, and nobody waits for the disk. Lines that
are missing (a full disk, a process killed in between) are filled in from the journal by the next
one. It is what brings edits back when the file itself is damaged or has lost its last commits.
"""

import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source

MONTHS = 12
FILLED_AT_MOST = 1000
"""A longer gap is left: the daily backup has closed it long since."""

_BLOCK = 1 << 16
_TAIL = re.compile(rb',"crc":\d+,"end":"(\w*) (\d+)"\}\n\Z')
_TAIL_BYTES = 200
_NAMES = frozenset(
    {"seq", "store", "at", "name", "origin", "role", "target", "changes", "meta", "bindings"}
)

Line = dict[str, Any]


class Mark(NamedTuple):
    """Where the log stands: whose it is, and its last step."""

    store: str
    seq: int


def files(place: Place) -> list[Path]:
    """Returns the log's files, the one written last at the end."""
    found = []
    for path in place.directory.glob("edits-*.jsonl"):
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found)]


def written(line: Line) -> str:
    """Returns a step as a line with a checksum of its own; its end says which step it is.

    So only a line's end must be read to know where the log stands, be the step ever so large.
    """
    body = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return sealed(body, line["store"], line["seq"])


def sealed(body: str, store: str, seq: int) -> str:
    """Returns a step's JSON as a line, with checksum and end."""
    return f'{body[:-1]},"crc":{zlib.crc32(body.encode())},"end":"{store} {seq}"}}\n'


def parsed(text: str) -> Line | None:
    """Returns the step that `written` wrote; None for a torn, damaged or foreign line."""
    body, mark, end = text.rpartition(',"crc":')
    body += "}"
    if not mark or end.partition(",")[0] != str(zlib.crc32(body.encode())):
        return None
    try:
        line = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) and line.keys() >= _NAMES else None


def last(place: Place, store: str | None = None) -> Mark | None:
    """Returns where the log of a store stands, or None when there is none. Reads only its ends.

    Without a store: where the one stands that wrote last. The files' months are no order: a clock
    may have been wrong for a while.
    """
    marks = [mark for path in files(place) if (mark := _last_in(path))]
    if store is None and marks:
        store = marks[-1].store
    return max((mark for mark in marks if mark.store == store), key=_seq, default=None)


def _seq(mark: Mark) -> int:
    return mark.seq


def _last_in(path: Path) -> Mark | None:
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end > 0:
            file.seek(max(0, end - _TAIL_BYTES))
            found = _TAIL.search(file.read(min(_TAIL_BYTES, end)))
            if found:
                return Mark(found[1].decode(), int(found[2]))
            end = _start_of_line(file, end)  # torn or foreign: the one before it
    return None


def _start_of_line(file: BinaryIO, end: int) -> int:
    """Returns where the line begins that goes up to `end`."""
    end -= 1  # its own line break
    while end > 0:
        begin = max(0, end - _BLOCK)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def after(place: Place, mark: Mark) -> tuple[list[Line], int]:
    """Returns the lines of that store after a step, in order, and how many could not be read."""
    found: dict[int, Line] = {}
    unread = 0
    for path in files(place):
        for text in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            line = parsed(text)
            if line is None:
                unread += bool(text)
            elif line["store"] == mark.store and line["seq"] > mark.seq:
                found[line["seq"]] = line
    return [found[seq] for seq in sorted(found)], unread


def set_aside(place: Place) -> None:
    """Takes the log out of use; nothing is deleted or overwritten."""
    for path in files(place):
        number, target = 1, path.with_suffix(".jsonl.old")
        while target.exists():
            number += 1
            target = path.with_suffix(f".jsonl.old{number}")
        path.rename(target)


def of_journal(source: Source, store: str, low: int, high: int) -> Iterator[Line]:
    """Yields the steps between two numbers as lines, from the file itself."""
    from toggl_desktop.store import journal

    for step in journal.history(source, high - low, before=high)[::-1]:
        if step.seq > low:
            yield {
                "seq": step.seq,
                "store": store,
                "at": step.at,
                "name": step.name,
                "origin": step.origin,
                "role": step.role,
                "target": step.target,
                "changes": [
                    [c.kind, c.lid, c.before, c.after] for c in journal.changes_of(source, step.seq)
                ],
                "meta": {},
                "bindings": [],
            }


class EditLog:
    """Writes the log of one store; used under the write lock only."""

    def __init__(self, place: Place, store: str) -> None:
        self.store = store
        self._place = place
        self._last = -1

    def append(self, text: str, seq: int, at: int, source: Source) -> None:
        """Adds a line, and before it those that are missing; a disk that refuses is passed over.

        Args:
            text: The step as a line.
            seq: Its number.
            at: When it was.
            source: Where the journal can be asked for the missing ones.
        """
        with suppress(OSError, StoreError):  # a second copy: the first one is already safe
            missing = of_journal(source, self.store, *gap) if (gap := self._gap(seq)) else ()
            month = datetime.fromtimestamp(max(0, at), UTC).strftime("%Y%m")
            path = self._place.directory / f"edits-{month}.jsonl"
            is_new = not path.exists()
            self._write(path, "".join([*map(written, missing), text]))
            self._last = seq
            if is_new:
                self._forget_old(path)

    def _gap(self, seq: int) -> tuple[int, int] | None:
        if self._last != seq - 1:
            mark = last(self._place, self.store)
            self._last = mark.seq if mark else 0
        is_gap = self._last < seq - 1 <= self._last + FILLED_AT_MOST
        return (self._last, seq) if is_gap else None

    def _write(self, path: Path, text: str) -> None:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        flags |= getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600)
        try:
            if hasattr(os, "getuid") and os.fstat(handle).st_uid != os.getuid():
                raise PermissionError(f"{path} belongs to another user")
            if size := os.lseek(handle, 0, os.SEEK_END):
                os.lseek(handle, size - 1, os.SEEK_SET)
                if os.read(handle, 1) != b"\n":
                    text = "\n" + text  # a torn line costs only itself
            data = text.encode()
            while data:
                data = data[os.write(handle, data) :]
        finally:
            os.close(handle)

    def _forget_old(self, present: Path) -> None:
        for old in files(self._place)[:-MONTHS]:
            if old != present:
                old.unlink()
