"""How a plan's bar is coloured, after the rules of Toggl Plan's own timeline.

The fill is the task's or its project's colour, the edge the same hue a fifth darker, the words
black on a light fill and white on any other. What is done is hollow: the surface with a soft edge.
"""

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from toggl_desktop.ui.theme.tokens import (
    SHAPE_CONTRAST,
    Tokens,
    contrast,
    luminance,
    mix,
    readable,
)

FALLBACK: Final = "#96fc2c"
"""What Toggl Plan paints for a colour it does not know."""

_DARKER: Final = 0.2
_DONE_EDGE: Final = 0.6
COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class BarColours:
    """Colours as `#rrggbb`.

    Attributes:
        fill: The inside.
        edge: The line around it.
        text: Words on the inside.
        strong: A shade of the bar's colour that is seen on the inside: progress, corners.
    """

    fill: str
    edge: str
    text: str
    strong: str


@lru_cache(maxsize=1024)
def bar_colours(
    color: str, tokens: Tokens, *, is_done: bool = False, has_contrast: bool = False
) -> BarColours:
    """Returns what a bar of a colour is painted with; any string will do.

    With `has_contrast` the words take whichever of black and white is read better, and the edge is
    seen on the surface whatever the colour.
    """
    own = color.lower() if COLOUR.fullmatch(color) else FALLBACK
    if is_done:
        edge = own if has_contrast else mix(tokens.surface, own, _DONE_EDGE)
        edge = readable(edge, tokens.surface, SHAPE_CONTRAST) if has_contrast else edge
        text = tokens.text if has_contrast else tokens.second
        return BarColours(tokens.surface, edge, text, edge)
    edge = darker(own)
    text = "#000000" if luminance(own) > 0.5 else "#ffffff"
    if has_contrast:
        edge = readable(edge, tokens.surface, SHAPE_CONTRAST)
        text = max("#000000", "#ffffff", key=lambda ink: contrast(ink, own))
    return BarColours(own, edge, text, readable(edge, own, 1.6))


def darker(color: str, by: float = _DARKER) -> str:
    """Returns a colour with so much less lightness (HSL, 0 to 1), its hue kept."""
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    made = colorsys.hls_to_rgb(hue, max(0.0, lightness - by), saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in made)
