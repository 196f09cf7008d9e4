"""JSON from strangers, cut into items that can be refused one by one, each with its line.

msgspec bounds the depth, refuses NaN and broken text, and never builds a number of 5,000 digits;
it is imported here on use because the command line must start fast without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toggl_desktop.exchange.records import BadLines, Unreadable, tidy

if TYPE_CHECKING:
    from msgspec import Raw

_INT_LIMIT: Final = 2**63
_DEEPEST: Final = 12
_BYTE: Final = re.compile(r"\(byte ([0-9]{1,9})\)")

_ESCAPES: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)

Json = dict[str, object]


class BadItem(Exception):  # noqa: N818 - a verdict on one item, not a defect
    """This item is no entry; the message says why."""


def mended(data: bytes) -> bytes:
    """The document with escaped halves of characters replaced; nothing moves by a byte.

    Descriptions that a browser cut in the middle of an emoji hold one, and msgspec would refuse
    the whole file for it.
    """
    if b"\\ud" not in data and b"\\uD" not in data:
        return data
    return _ESCAPES.sub(_whole, data)


def _whole(match: re.Match[bytes]) -> bytes:
    return match[0] if match[1] is None else b"\\ufffd"


def split_object(data: bytes) -> dict[str, bytes]:
    """The values of the outermost object, unread.

    Raises:
        Unreadable: this is no JSON object.
    """
    import msgspec

    try:
        parts = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Unreadable(_sentence(data, error)) from None
    return {key: bytes(value) for key, value in parts.items()}


def split_array(data: bytes, first_line: int = 1) -> Iterator[tuple[int, bytes]]:
    """The items of the outermost array, unread, each with the line it begins on.

    Raises:
        Unreadable: this is no JSON array.
    """
    import msgspec

    try:
        parts = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Unreadable(_sentence(data, error)) from None
    return _with_lines(data, parts, first_line)


def _with_lines(data: bytes, parts: list[Raw], line: int) -> Iterator[tuple[int, bytes]]:
    at = 0
    for raw in parts:
        part = bytes(raw)
        begin = data.index(part, at)
        line += data.count(b"\n", at, begin)
        yield line, part
        at = begin + len(part)
        line += part.count(b"\n")


def objects(data: bytes, bad: BadLines, first_line: int = 1) -> Iterator[tuple[int, bytes, Json]]:
    """The objects of an array, each with its line and its bytes; items that are none are reported.

    Raises:
        Unreadable: this is no JSON array.
    """
    import msgspec

    decoder = msgspec.json.Decoder(dict[str, object])
    for line, part in split_array(data, first_line):
        try:
            yield line, part, decoder.decode(part)
        except (msgspec.MsgspecError, RecursionError, ValueError):
            bad.add(line, "it is not an object that can be read", head_of(part))


def head_of(part: bytes) -> str:
    """The beginning of an item, to show beside what is wrong with it."""
    return part[:200].decode("utf-8", "replace")


def line_of(data: bytes, part: bytes) -> int:
    """The line on which this part of the data begins."""
    return data.count(b"\n", 0, max(data.find(part), 0)) + 1


def scalar(data: bytes) -> object:
    """A single value, or None when it cannot be read."""
    import msgspec

    try:
        value: object = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None
    return value


def text_in(item: Json, key: str) -> str:
    """The text under a key; "" when it is null or absent.

    Raises:
        BadItem: something else stands there.
    """
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadItem(f"“{key}” is not text")
    return tidy(value)


def whole_in(item: Json, *keys: str) -> int | None:
    """The first whole number under these keys that is not null, or None.

    Raises:
        BadItem: something else stands there, or it needs more than 64 bits.
    """
    for key in keys:
        value = item.get(key)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadItem(f"“{key}” is not a whole number")
        if not -_INT_LIMIT <= value < _INT_LIMIT:
            raise BadItem(f"“{key}” is too large a number")
        return value
    return None


def flag_in(item: Json, key: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002 - a JSON value
    """The truth under a key; the default when it is null or absent.

    Raises:
        BadItem: something else stands there.
    """
    value = item.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BadItem(f"“{key}” is not true or false")
    return value


def texts_in(item: Json, key: str) -> tuple[str, ...]:
    """The texts in the list under a key, blank ones and doubles left out.

    Raises:
        BadItem: something else stands there.
    """
    value = item.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise BadItem(f"“{key}” is not a list")
    if not all(isinstance(part, str) for part in value):
        raise BadItem(f"“{key}” holds something that is not text")
    return tuple(dict.fromkeys(name for part in value if (name := tidy(part)).strip()))


def is_plain(value: object, depth: int = 0) -> bool:
    """Whether a value is ordinary data: bounded in depth, with whole numbers of 64 bits."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, dict):
        return all(is_plain(part, depth + 1) for part in value.values())
    if isinstance(value, list):
        return all(is_plain(part, depth + 1) for part in value)
    if isinstance(value, int):
        return -_INT_LIMIT <= value < _INT_LIMIT
    return value is None or isinstance(value, str | float)


def _sentence(data: bytes, error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "This JSON is nested too deeply."
    where = _BYTE.search(str(error))
    if where is None:
        return "This is not JSON of the expected shape, or it is damaged."
    line = data.count(b"\n", 0, int(where[1])) + 1
    return f"This JSON is damaged near line {line}."
