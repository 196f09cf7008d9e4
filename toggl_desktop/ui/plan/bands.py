"""A PNG written band by band: however large it is, no more than a band of it is held as pixels."""

import struct
import zlib
from collections.abc import Generator
from typing import Final

from PySide6.QtGui import QImage

Steps = Generator[float, None, bytes]
"""Work in small pieces: yields how much of it is done, from 0 to 1, and returns the file."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_RGB: Final = 2
_METRE: Final = 1
_DOTS: Final = 3780
"""Dots a metre: 96 an inch, as Qt writes it."""
_LEVEL: Final = 6


class PngFile:
    """Takes bands of a picture from the top down; `end` gives the whole file."""

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        head = struct.pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
        dots = struct.pack(">IIB", _DOTS, _DOTS, _METRE)
        self._parts = [_SIGNATURE, _chunk(b"IHDR", head), _chunk(b"pHYs", dots)]
        self._packer = zlib.compressobj(_LEVEL)

    def add(self, band: QImage) -> None:
        """Adds the next rows."""
        plain = band.convertToFormat(QImage.Format.Format_RGB888)
        data, step = bytes(plain.constBits()), plain.bytesPerLine()
        wide = self._width * 3
        rows = b"".join(
            [b"\0" + data[y * step : y * step + wide] for y in range(plain.height())]
        )  # each row begins with how it is filtered: not at all, which suits flat colours
        self._write(self._packer.compress(rows))

    def end(self) -> bytes:
        """Returns the file."""
        self._write(self._packer.flush())
        self._parts.append(_chunk(b"IEND", b""))
        return b"".join(self._parts)

    def _write(self, packed: bytes) -> None:
        if packed:
            self._parts.append(_chunk(b"IDAT", packed))


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def finished(steps: Steps) -> bytes:
    """Does all of it at once and returns the file."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return bytes(end.value)
