"""Bytes to text: byte order marks, UTF-16, old Windows files; everything binary is refused."""

from __future__ import annotations

import re
from typing import Final

from toggl_desktop.exchange.records import LINE_LIMIT, PART_LIMIT, SIZE_LIMIT, Unreadable

_PACKED: Final = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
)
_BINARY = "The file is not text that can be read here."
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

WINDOWS_NOTE: Final = "The file is not UTF-8; it was read as Windows-1252. Check accented letters."


def refuse_by_size_and_shape(data: bytes) -> None:
    """Stops what no reader may look into.

    Raises:
        Unreadable: the file is empty, too big, packed, or a document.
    """
    if len(data) > SIZE_LIMIT:
        raise Unreadable(f"The file is larger than {SIZE_LIMIT // (1024 * 1024)} MB.")
    if not data.strip():
        raise Unreadable("The file is empty.")
    for magic, what in _PACKED:
        if data.startswith(magic):
            raise Unreadable(f"This is {what}. Unpack it, or export it as CSV or JSON, first.")


def to_text(data: bytes) -> tuple[str, str | None]:
    """The text without its byte order mark, and a note when its encoding was guessed.

    A stray NUL is left in, so that the line that holds it can be named.

    Raises:
        Unreadable: these bytes are no text.
    """
    text, note = _decoded(data)
    nuls = text.count("\x00")
    if nuls > 20 + len(text) // 1000:
        raise Unreadable(_BINARY)
    return text, note


def refuse_by_parts(text: str) -> None:
    """Stops a file of more parts than anybody's life has, before they are taken apart.

    Raises:
        Unreadable: it has too many lines, objects, or cells.
    """
    # Indented JSON has many lines an entry.
    marks = "{[" if text.lstrip()[:1] in {"{", "["} else "\n\r"
    if max(text.count(mark) for mark in marks) > LINE_LIMIT:
        raise Unreadable(f"The file has more than {LINE_LIMIT:,} lines or entries. Split it.")
    if max(text.count(mark) for mark in ",;\t") > PART_LIMIT:
        raise Unreadable("The file has too many cells or values.")


def _decoded(data: bytes) -> tuple[str, str | None]:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for mark, encoding in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), None
    guess = _unmarked_utf16(data[:400])
    if guess:
        return data.decode(guess, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _windows(data), WINDOWS_NOTE


def _unmarked_utf16(head: bytes) -> str | None:
    half = len(head) // 2
    if half < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _windows(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable(_BINARY) from None
    if _CONTROLS.search(text):
        raise Unreadable(_BINARY)
    return text
