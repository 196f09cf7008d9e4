"""JSON from strangers: typed, bounded, and with one kind of failure.

Nesting goes 64 deep at most, numbers are finite, whole numbers fit into 64 bits, text is UTF-8.
A list is decoded row by row, so that one bad row costs only itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
DEPTH = 64
_INT_LIMIT = 1 << 63
_TEXTS = re.compile(rb'"[^"]*"')
_DIGITS = bytes(48 if 48 <= code <= 57 else 32 for code in range(256))
_LONG = b"0" * 19
"""Shorter numbers fit into 64 bits."""
_STEEP = re.compile(rb"[\[{]{%d}" % (DEPTH + 1))
_PLAIN = bytes(set(range(256)) - set(b'[]{}"'))
_FAILURES = (msgspec.MsgspecError, ValueError, RecursionError)
"""UnicodeDecodeError is a ValueError."""


class JsonRefusedError(ValueError):
    """What came is not JSON that may be looked at."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """A list as it came.

    Attributes:
        good: The rows that could be read.
        bad: The others, as they came.
        is_missing: `null` came instead of a list: nothing is known, which is not “none”.
    """

    good: tuple[T, ...] = ()
    bad: tuple[bytes, ...] = ()
    is_missing: bool = False

    def __iter__(self) -> Iterator[T]:
        return iter(self.good)

    def __len__(self) -> int:
        return len(self.good)

    @property
    def came(self) -> int:
        """How many rows there were, good and bad: what paging counts."""
        return len(self.good) + len(self.bad)

    def __add__(self, more: "Rows[T]") -> "Rows[T]":
        return Rows(self.good + more.good, self.bad + more.bad, self.is_missing or more.is_missing)


def rows(body: bytes, kind: type[T]) -> Rows[T]:
    """Returns the rows of a JSON list; `null` is an unknown list. Raises JsonRefusedError."""
    _measure(body)
    try:
        parts = msgspec.json.decode(body, type=list[msgspec.Raw] | None)
    except _FAILURES as error:
        raise JsonRefusedError(_short(error)) from None
    if parts is None:
        return Rows(is_missing=True)
    decoder = msgspec.json.Decoder(kind)
    good: list[T] = []
    bad: list[bytes] = []
    for part in parts:
        try:
            good.append(decoder.decode(part))
        except _FAILURES:
            bad.append(bytes(part))
    return Rows(tuple(good), tuple(bad))


def one(body: bytes, kind: type[T]) -> T:
    """Returns one typed value. Raises JsonRefusedError."""
    _measure(body)
    try:
        return msgspec.json.decode(body, type=kind)
    except _FAILURES as error:
        raise JsonRefusedError(_short(error)) from None


def anything(body: bytes) -> object:
    """Returns plain lists, mappings, texts and numbers. Raises JsonRefusedError."""
    _measure(body)
    try:
        value: object = msgspec.json.decode(body)
    except _FAILURES as error:
        raise JsonRefusedError(_short(error)) from None
    if _LONG in body.translate(_DIGITS):  # twenty times as quick as a pattern
        _refuse_giants(value)
    return value


def written(value: object) -> bytes:
    """Returns the JSON of what we send."""
    return msgspec.json.encode(value)


def _measure(body: bytes) -> None:
    """Refuses what is nested too deep, without following the nesting.

    Escapes are taken out, then everything but quotes and brackets, then texts; each round removes
    the innermost pairs, so what is left after 64 rounds is deeper than that, or is no JSON. Two
    quotes side by side go first, whichever they are: what is within a text stays within one.
    """
    bare = body.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in body else body
    bare = bare.translate(None, _PLAIN)
    brackets = _TEXTS.sub(b"", bare.replace(b'""', b""))
    for _ in range(DEPTH):
        if not brackets:
            return
        if _STEEP.search(brackets):
            break
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    if brackets:
        raise JsonRefusedError("it is nested too deep or not closed")


def _refuse_giants(value: object) -> None:
    waiting = [value]
    while waiting:
        one_ = waiting.pop()
        if isinstance(one_, dict):
            waiting.extend(one_.values())
        elif isinstance(one_, list):
            waiting.extend(one_)
        elif isinstance(one_, int) and not -_INT_LIMIT <= one_ < _INT_LIMIT:
            raise JsonRefusedError("a number in it is too large")


def _short(error: BaseException) -> str:
    """Returns what kind of failure it was; the error's own words may quote the data."""
    return {
        "ValidationError": "it has another shape than expected",
        "DecodeError": "it is cut off or not JSON",
        "UnicodeDecodeError": "it is not UTF-8",
        "RecursionError": "it is nested too deep or not closed",
    }.get(type(error).__name__, "it cannot be read")
