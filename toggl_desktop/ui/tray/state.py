"""What the icon says besides the timer, and the one function that chooses its picture."""

from datetime import tzinfo
from typing import Final, NamedTuple

from toggl_desktop.domain.instants import day_bounds, day_of

_MINUTE: Final = 60
_LONGEST_SLEEP: Final = 3600
_JOINER: Final = "\u2060"


class Conditions(NamedTuple):
    """How things stand around the timer; whoever knows tells `TrayPresenter.show_conditions`.

    Attributes:
        is_paused: A break was begun: the timer waits.
        is_offline: No server can be reached; what is done is saved here and waits.
        has_trouble: Something needs a person, such as an account that no longer opens.
        freshness: How old the servers' answers are, in words: `synced 14:02`.
    """

    is_paused: bool = False
    is_offline: bool = False
    has_trouble: bool = False
    freshness: str = ""


def icon_state(
    conditions: Conditions, *, is_running: bool, unsent: int = 0, problems: int = 0
) -> str:
    """Returns the name of the drawing: what the timer does, and the worst of what else is.

    A problem hides that something is unsent, and so does being offline, which explains it.
    """
    base = "paused" if conditions.is_paused else "running" if is_running else "stopped"
    if problems or conditions.has_trouble:
        return f"{base}+problem"
    if conditions.is_offline:
        return f"{base}+offline"
    return f"{base}+unsent" if unsent else base


def tooltip(text: str) -> str:
    """Returns a text for a tooltip that Qt or a panel draws, whichever guesses rich text or not.

    A word joiner after each `<` keeps it from looking like the beginning of a tag.
    """
    return text.replace("<", f"<{_JOINER}")


def sleep_seconds(start: int | None, now: int, zone: tzinfo) -> int:
    """Returns how long the words stay true: to the entry's next minute, or to the next day.

    Args:
        start: When the running entry started; None while nothing runs.
        now: The present.
        zone: The local time zone.
    """
    if start is not None:
        return _MINUTE - (now - start) % _MINUTE
    midnight = day_bounds(day_of(now, zone), zone)[1]
    return min(_LONGEST_SLEEP, max(1, midnight - now))
