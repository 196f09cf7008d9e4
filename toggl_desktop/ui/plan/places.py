"""Where timelines were left: written down beside the window's state, and read again."""

import json
from typing import Any, Final

from PySide6.QtCore import QSettings

from toggl_desktop.ui.plan.side import LEAST, MOST, USUAL

PLACES: Final = "plan/places"
SIDE: Final = "plan/side"
MOST_PLACES: Final = 60


def read_width(state: QSettings | None) -> int:
    """Returns how wide the names were left; anything else that is written there is not heeded."""
    text = "" if state is None else str(state.value(SIDE, ""))
    return min(max(int(text[:9]), LEAST), MOST) if text.isdecimal() else USUAL


def read_places(state: QSettings | None) -> dict[str, list[Any]]:
    """Returns the places that were written down; what is no place is left out."""
    text = "" if state is None else str(state.value(PLACES, ""))
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(key): value
        for key, value in found.items()
        if isinstance(value, list)
        and len(value) == 3
        and all(isinstance(one, int | float) for one in value)
        and value[0] > 0
    }
