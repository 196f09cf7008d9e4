"""Text that came from elsewhere, made safe to show: it cannot break a line or turn its neighbours.

Nothing here changes what is stored; it is for the moment before a person sees it.
"""

import re
import unicodedata
from typing import Final

ELLIPSIS: Final = "…"
_BREAKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_LINE_ENDS: Final = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
# Overrides and isolates reorder what stands beside them; they are invisible, so they just go.
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# C0, DEL, C1, halves of a pair, interlinear marks: never meant for a screen. Seen, they tell.
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb]")
_UNKNOWN: Final = "\ufffd"
_JOINERS: Final = "\u200d\ufe0e\ufe0f"


def one_line(text: str, limit: int = 300) -> str:
    """The text on a single line of at most `limit` characters, without anything that acts.

    Line breaks and tabs become one space, bidi overrides and isolates disappear, every other
    control character shows as the replacement character. What is too long ends with an ellipsis.
    """
    if not text.isprintable():
        text = _neutral(_BREAKS.sub(" ", text))
    return clamp(text, limit)


def many_lines(text: str, limit: int = 3000) -> str:
    """The same promise as `one_line`, but the text keeps its line breaks (all as one kind)."""
    if not text.isprintable():
        lines = _LINE_ENDS.sub("\n", text).split("\n")
        text = "\n".join(_neutral(line.replace("\t", " ")) for line in lines)
    return clamp(text, limit)


def is_rtl(words: str) -> bool:
    """Tells whether words begin in a script that is written from right to left."""
    for letter in words:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def clamp(text: str, limit: int) -> str:
    """At most `limit` characters, the last an ellipsis if any were left out; no sign is halved."""
    if len(text) <= limit:
        return text
    end = max(0, limit - 1)
    while end > 0 and _continues(text, end):
        end -= 1
    return (text[:end].rstrip() + ELLIPSIS)[: max(0, limit)]


def _neutral(text: str) -> str:
    return _CONTROLS.sub(_UNKNOWN, _TURNING.sub("", text))


def _continues(text: str, index: int) -> bool:
    """Whether the character at an index belongs to the sign before it."""
    character = text[index]
    return (
        character in _JOINERS
        or text[index - 1] == "\u200d"
        or unicodedata.combining(character) != 0
        or 0x1F3FB <= ord(character) <= 0x1F3FF
    )
