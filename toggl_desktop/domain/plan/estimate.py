"""How much work a task is: what a person types, what is allowed, and the words for it."""

import re
from typing import Final

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.moments import parse_length
from toggl_desktop.domain.plan.entities import EstimateKind

MOST_DAILY: Final = 23 * 60 + 59
MOST_TOTAL: Final = 365 * 24 * 60
_HOURS = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")


def parse_estimate(text: str, kind: EstimateKind) -> int | None:
    """Returns the minutes of `4h 30m`, `4:30`, `4.5`, `90m`; None for an empty text.

    Raises:
        RefusedError: It is no length, or longer than a day or a year can be.
    """
    clean = text.strip().lower()
    if not clean:
        return None
    if _HOURS.fullmatch(clean):
        minutes = round(float(clean.replace(",", ".")) * 60)
    else:
        seconds = parse_length(clean)
        if seconds is None:
            raise RefusedError(
                f"“{text.strip()}” is no estimate. Write 4h 30m, 4:30 or 4.5. Nothing was changed."
            )
        minutes = seconds // 60
    most = MOST_DAILY if kind == "daily" else MOST_TOTAL
    if minutes > most:
        longest = "23 hours 59 minutes a day" if kind == "daily" else "a year, 8,760 hours"
        raise RefusedError(f"An estimate can be {longest} at most. Nothing was changed.")
    return minutes or None


def hours_and_minutes(minutes: int) -> str:
    """Returns `4h 30m`, `4h` or `30m`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}m")
    return " ".join(parts)


def summary(minutes: int | None, kind: EstimateKind, *, skips_weekend: bool) -> str:
    """Returns `4h 30m Daily WD`: WD where only working days count; empty without an estimate."""
    if not minutes:
        return ""
    parts = [hours_and_minutes(minutes), "Daily" if kind == "daily" else "Total"]
    return " ".join([*parts, "WD"] if skips_weekend else parts)


def proposed(start_minute: int | None, end_minute: int | None) -> int | None:
    """Returns the daily estimate that times of day suggest."""
    if start_minute is None or end_minute is None or end_minute <= start_minute:
        return None
    return end_minute - start_minute
