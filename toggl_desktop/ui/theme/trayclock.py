"""The running time as a drawing for the tray: figures on a plate, sharp on a grid of 16 pixels.

The figures are made of bars, not of a font: at this size a font is a blur, and loading one would
cost more than the icon. Below the plate there is room for the project's dot and for a warning.
"""

from collections.abc import Iterator

_SEGMENTS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
    "h": "fegc",
}
_TOP, _TALL = 1, 10
_BADGES = {
    "unsent": '<circle cx="8" cy="14.5" r="1.5"/>',
    "offline": '<path d="M6 13.5h2v2h-2zM9 13.5h2v2h-2zM12 13.5h2v2h-2z"/>',
    "problem": '<path d="M6 13.25h6v2.5h-6zM13 13.25h2.5v2.5h-2.5z"/>',
}
"""The warnings beside the dot; below the plate, as below the other shapes."""


def figures(minutes: int) -> str:
    """Returns `42`, from an hour on `1:05`, from ten hours on `12h`, at most `99h`."""
    hours = minutes // 60
    if hours >= 10:
        return f"{min(hours, 99)}h"
    return f"{hours}:{minutes % 60:02}" if hours else str(max(0, minutes))


def plate(full: str, minutes: int, ink: str) -> str:
    """Returns the drawing of a running timer that shows its time; the state's warning below.

    Args:
        full: the state as its file is named: `running`, `running+unsent` …
        minutes: how long it has been.
        ink: the colour of the figures; the plate's is the drawing's own.
    """
    warning = _BADGES.get(full.partition("+")[2], "")
    badge = f'<g id="badge" fill="currentColor">{warning}</g>' if warning else ""
    bars = "".join(f"M{x:g} {y:g}h{w:g}v{h:g}h{-w:g}z" for x, y, w, h in _bars(figures(minutes)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        '<g fill="currentColor"><rect x="0" y="0" width="16" height="12" rx="2"/></g>'
        f'{badge}<path fill="{ink}" d="{bars}"/></svg>'
    )


def _bars(text: str) -> Iterator[tuple[float, float, float, float]]:
    """Yields the bars of all figures as x, y, width and height."""
    is_broad = len(text) < 3
    wide, thick = (6, 2) if is_broad else (3, 1)
    gap = 2 if is_broad else 1
    widths = [_width(sign, wide, thick) for sign in text]
    x: float = (16 - sum(widths) - gap * (len(text) - 1)) / 2
    for sign, width in zip(text, widths, strict=True):
        if sign == ":":
            yield x, _TOP + 3, 1, 1
            yield x, _TOP + 7, 1, 1
        else:
            yield from _figure(sign, x, width, thick)
        x += width + gap


def _width(sign: str, wide: int, thick: int) -> int:
    return 1 if sign == ":" else thick if sign == "1" else wide


def _figure(
    sign: str, x: float, wide: int, thick: int
) -> Iterator[tuple[float, float, float, float]]:
    flat = 2 if thick == 2 else 1
    middle = _TOP + (_TALL - flat) / 2
    right = x + wide - thick
    half = _TALL / 2 + flat / 2
    places = {
        "a": (x, _TOP, wide, flat),
        "g": (x, middle, wide, flat),
        "d": (x, _TOP + _TALL - flat, wide, flat),
        "f": (x, _TOP, thick, half),
        "b": (right, _TOP, thick, half),
        "e": (x, middle, thick, half),
        "c": (right, middle, thick, half),
    }
    for segment in _SEGMENTS[sign]:
        yield places[segment]
