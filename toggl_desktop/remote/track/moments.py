"""The server's texts for instants, and ours for the server."""

import re
from datetime import UTC, datetime

from toggl_desktop.domain.instants import Instant

_FORM = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-]\d\d:\d\d))")


def instant_of(text: str) -> Instant:
    """Returns whole seconds of an RFC 3339 text with any offset. Raises ValueError."""
    return Instant(micros_of(text) // 1_000_000)


def micros_of(text: str) -> int:
    """Returns microseconds since the epoch: what `at` is compared by. Raises ValueError."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("not an RFC 3339 instant")
    day, time, fraction, offset = found.groups()
    whole = datetime.fromisoformat(f"{day}T{time}{offset or '+00:00'}")
    return int(whole.timestamp()) * 1_000_000 + int((fraction or "0").ljust(6, "0")[:6])


def rfc3339(at: Instant) -> str:
    """Returns an instant as Track takes it: whole seconds, UTC."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def midnight(at: Instant) -> str:
    """Returns the UTC date of an instant as Track takes it."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
