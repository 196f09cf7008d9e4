"""The design tokens: every colour, distance and size the program shows is named here.

Plain Python on purpose: contrast is arithmetic, and it is tested without a screen.
"""

from functools import lru_cache
from typing import Final, NamedTuple

TEXT_CONTRAST: Final = 4.5
SHAPE_CONTRAST: Final = 3.0

MOTION_MS: Final = 120
"""How long something takes to appear; data never moves."""


class Tokens(NamedTuple):
    """One complete set of colours; shapes may use every one, words only what `word` returns."""

    is_dark: bool
    surface: str
    raised: str
    sunken: str
    line: str
    line_strong: str
    outline: str
    text: str
    second: str
    disabled: str
    accent: str
    on_accent: str
    running: str
    good: str
    warning: str
    problem: str

    @property
    def surfaces(self) -> tuple[str, str, str]:
        """The three grounds that anything may stand on."""
        return (self.surface, self.raised, self.sunken)

    def word(self, colour: str, ratio: float = TEXT_CONTRAST) -> str:
        """The nearest shade of a colour that can be read as text on all three surfaces."""
        # Which surface is the hardest is only certain of the shade that comes out.
        for ground in self.surfaces:
            colour = readable(colour, ground, ratio)
        return colour

    def shape(self, colour: str) -> str:
        """The nearest shade of a colour that can be seen as a shape on all three surfaces."""
        return self.word(colour, SHAPE_CONTRAST)

    def tint(self, colour: str, amount: float) -> str:
        """The surface with so much (0 to 1) of a colour laid over it."""
        return mix(self.surface, colour, amount)


LIGHT: Final = Tokens(
    is_dark=False,
    surface="#ffffff",
    raised="#fafafb",
    sunken="#f2f2f5",
    line="#e4e4ea",
    line_strong="#c9c9d3",
    outline="#8a8896",
    text="#1c1b22",
    second="#5e5c6b",
    disabled="#a3a1ae",
    accent="#6d4aff",
    on_accent="#ffffff",
    running="#d6336c",
    good="#1f8a4c",
    warning="#b7791f",
    problem="#c92a2a",
)

DARK: Final = Tokens(
    is_dark=True,
    surface="#1b1b20",
    raised="#232329",
    sunken="#151519",
    line="#33333b",
    line_strong="#4a4a55",
    outline="#7a7886",
    text="#f1f0f5",
    second="#b0aebc",
    disabled="#6e6c79",
    accent="#9b85ff",
    on_accent="#151519",
    running="#ff6b9a",
    good="#51cf8a",
    warning="#e8b44a",
    problem="#ff7b7b",
)


class Spaces(NamedTuple):
    """Distances on the 4-pixel grid."""

    hair: int = 4
    small: int = 8
    medium: int = 12
    large: int = 16
    wide: int = 24
    huge: int = 32


class Radii(NamedTuple):
    """How round corners are."""

    bar: int = 4
    control: int = 6
    card: int = 10


class Sizes(NamedTuple):
    """Type sizes in device-independent pixels, the two weights, and the least heights."""

    caption: int = 11
    body: int = 13
    strong: int = 15
    title: int = 20
    clock: int = 28
    regular: int = 400
    semibold: int = 600
    control_height: int = 28
    icon: int = 16
    focus: int = 2


SPACE: Final = Spaces()
RADIUS: Final = Radii()
SIZE: Final = Sizes()

PROJECT_COLOURS: Final[dict[str, str]] = {
    "#0b83d9": "Blue",
    "#9e5bd9": "Violet",
    "#d94182": "Pink",
    "#e36a00": "Orange",
    "#bf7000": "Bronze",
    "#2da608": "Green",
    "#06a893": "Teal",
    "#c9806b": "Clay",
    "#465bb3": "Indigo",
    "#990099": "Purple",
    "#c7af14": "Yellow",
    "#566614": "Olive",
    "#d92b2b": "Red",
    "#525266": "Slate",
}
"""The fourteen colours the service knows, each with a word a screen reader can say."""


def colour_name(colour: str) -> str:
    """The word for a project colour; for any other colour the nearest of the fourteen."""
    known = PROJECT_COLOURS.get(colour.lower())
    if known is not None:
        return known
    wanted = _to_lab(_channels(colour))

    def distance(candidate: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(_to_lab(_channels(candidate)), wanted, strict=True))

    return PROJECT_COLOURS[min(PROJECT_COLOURS, key=distance)]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0 (black) to 1 (white)."""
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two opaque colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(ground: str, colour: str, amount: float) -> str:
    """What the eye sees when a colour is painted over a ground with this opacity (0 to 1)."""
    pairs = zip(_bytes(ground), _bytes(colour), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * amount):02x}" for a, b in pairs)


@lru_cache(maxsize=2048)
def readable(colour: str, on: str, ratio: float = TEXT_CONTRAST) -> str:
    """The nearest shade of a colour that reaches a contrast on a ground; hue is kept.

    The colour itself when it is enough already. A ratio that no shade can reach gives black
    or white, whichever is further from the ground.
    """
    if contrast(colour, on) >= ratio:
        return colour.lower()
    lighter = contrast("#ffffff", on) >= contrast("#000000", on)
    extreme = "#ffffff" if lighter else "#000000"
    if contrast(extreme, on) <= ratio:
        return extreme
    lightness, a, b = _to_lab(_channels(colour))
    near, far = lightness, 1.0 if lighter else 0.0
    best = extreme
    for _ in range(24):
        middle = (near + far) / 2
        candidate = _in_gamut(middle, a, b)
        if contrast(candidate, on) >= ratio:
            best, far = candidate, middle
        else:
            near = middle
    return best


def _bytes(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _channels(colour: str) -> tuple[float, float, float]:
    """The three channels as linear light."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (value / 255 for value in _bytes(colour))
    )
    return red, green, blue


def _to_lab(linear: tuple[float, float, float]) -> tuple[float, float, float]:
    """Oklab (Ottosson 2020): moving its first number changes lightness and keeps the hue."""
    red, green, blue = linear
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    mid = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short,
    )


def _from_lab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
    )


def _in_gamut(lightness: float, a: float, b: float) -> str:
    """The colour of this lightness and hue, as vivid as a screen can show it."""
    vivid = 1.0
    while vivid > 0:
        linear = _from_lab(lightness, a * vivid, b * vivid)
        if all(-0.0005 <= channel <= 1.0005 for channel in linear):
            return _hex(linear)
        vivid -= 0.04
    return _hex(_from_lab(lightness, 0.0, 0.0))


def _hex(linear: tuple[float, float, float]) -> str:
    encoded = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
        for c in (min(1.0, max(0.0, channel)) for channel in linear)
    )
    return "#" + "".join(f"{round(value * 255):02x}" for value in encoded)
