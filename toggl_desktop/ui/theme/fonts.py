"""Type: the system's own face in the five sizes of the tokens, figures of one width."""

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from toggl_desktop.ui.theme.tokens import SIZE

_LARGEST_SCALE: Final = 2.0
_USUAL_PIXELS: Final = 15
"""Up to here (11 points) a desktop's own font is of the usual size and the tokens stand."""


def type_font(size: int = SIZE.body, weight: int = SIZE.regular, *, tabular: bool = True) -> QFont:
    """The interface font in a token's size, larger where the desktop's own font is.

    Sizes are device-independent pixels, so 200 % doubles them by itself. With `tabular` all
    figures have one width (OpenType `tnum`), so a running clock does not tremble.
    """
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    font.setPixelSize(round(size * text_scale()))
    font.setWeight(QFont.Weight(weight))
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=1)
def text_scale() -> float:
    """How much larger than usual the person has set the desktop's font: 1 to 2."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    pixels = QFontInfo(system).pixelSize()
    if pixels <= _USUAL_PIXELS:
        return 1.0
    return min(_LARGEST_SCALE, pixels / SIZE.body)
