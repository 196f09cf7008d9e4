"""What Tab makes of a typed line: the name that is being typed, or the marked row, written out."""

import re
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.grammar import parse_line
from toggl_desktop.ui.widgets.offer import ranked

_TOKEN: Final = re.compile(r"(?:^|\s)([@#])\"?([^\s@#\"]+)$")
_MOST_WORDS: Final = 40


def unfinished(text: str) -> str:
    """Returns `@` or `#` when the line ends in the middle of such a name; else nothing."""
    token = _TOKEN.search(text)
    return token.group(1) if token else ""


def with_name(text: str, names: Sequence[str]) -> str | None:
    """Returns the line with the name at its end completed; None when nothing is near."""
    token = _TOKEN.search(text)
    if token is None:
        return None
    found = list(ranked(names, [fold(name) for name in names], token.group(2)))
    if not found:
        return None
    name = f'"{found[0]}"' if " " in found[0] else found[0]
    return f"{text[: token.start(1)]}{token.group(1)}{name} "


def with_nearest(text: str, unknown: str, names: Sequence[str]) -> str | None:
    """Returns the line with a project that nobody knows replaced by the nearest one."""
    typed = re.search(rf'(?<!\S)@("?){re.escape(unknown)}\1(?!\S)', text)
    completed = with_name(f"@{unknown}", names)
    if typed is None or completed is None:
        return None
    rest = text[typed.end() :].strip()
    return f"{text[: typed.start()]}{completed}{f'{rest} ' if rest else ''}"


def time_words(text: str, now: int, zone: tzinfo, last_stop: int | None) -> str:
    """Returns the words of a line that say when, as they were typed; so that they can be kept."""
    words = text.split()[:_MOST_WORDS]
    for length in range(min(4, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            part = " ".join(words[first : first + length])
            line = parse_line(part, now, zone, (), last_stop)
            is_plain = not (line.description or line.project or line.tags)
            if is_plain and (line.start is not None or line.stop is not None):
                return part
    return ""
