"""What the wire takes: checked before saving, so that a later sync cannot be refused for it.

Source: Toggl Track API v9, error texts and client limits.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import MissingFieldsError, RefusedError

if TYPE_CHECKING:  # who only asks for a limit does not pay for the entities
    from toggl_desktop.domain.entities import Entry, Workspace

DESCRIPTION_CHARACTERS = 3000
NAME_CHARACTERS = 255
TAGS = 50
HOURS = 999
LONGEST_ESTIMATE_SECONDS = 100_000 * 3600
FIRST_YEAR, LAST_YEAR = 2006, 2030
FIRST = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
PAST_LAST = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())

FREE_AN_HOUR = 30
"""So many requests an hour a free plan answers."""

_COLOR = re.compile(r"#[0-9a-f]{6}")


def reserve(an_hour: int) -> int:
    """Returns how many of an hour's requests are kept for what a person does meanwhile."""
    return max(6, an_hour // 5)


def sending_hours(count: int, an_hour: int = FREE_AN_HOUR) -> float:
    """Returns in how many hours so many rows are sent.

    A fifth of the requests, six at least, is kept for what a person does meanwhile.
    """
    return count / (an_hour - reserve(an_hour))


def check_entry(entry: Entry) -> None:
    """Guarantees that the entry is one the wire takes, or raises RefusedError with the reason."""
    check_text("description", entry.description)
    if len(entry.description) > DESCRIPTION_CHARACTERS:
        raise RefusedError(
            f"The description has {len(entry.description)} characters; "
            f"Toggl takes {DESCRIPTION_CHARACTERS}. Nothing was changed; shorten it."
        )
    if len(entry.tags) > TAGS:
        raise RefusedError(
            f"The entry has {len(entry.tags)} tags; Toggl takes {TAGS}. Nothing was changed."
        )
    for name, at in (("start", entry.start), ("stop", entry.stop)):
        if at is not None and not FIRST <= at < PAST_LAST:
            raise RefusedError(
                f"The {name} must lie in the years {FIRST_YEAR} to {LAST_YEAR}. "
                "Nothing was changed."
            )
    if entry.stop is not None:
        if entry.stop < entry.start:
            raise RefusedError("The stop must not be before the start. Nothing was changed.")
        if entry.stop - entry.start > HOURS * 3600:
            raise RefusedError(
                f"An entry can last {HOURS} hours at most. Nothing was changed; split it."
            )


def check_text(what: str, text: str) -> None:
    """Raises RefusedError for text that is none: bytes that were not UTF-8 where they came from."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RefusedError(
            f"The {what} holds bytes that are no text. Nothing was changed; type it again."
        ) from None


def check_name(what: str, name: str) -> str:
    """Returns the name without outer white space, or raises RefusedError."""
    check_text(f"name of a {what}", name)
    clean = name.strip()
    if not clean:
        raise RefusedError(f"A {what} needs a name. Nothing was changed.")
    if len(clean) > NAME_CHARACTERS:
        raise RefusedError(
            f"The name of a {what} can have {NAME_CHARACTERS} characters. Nothing was changed."
        )
    return clean


def check_estimate(seconds: int | None) -> None:
    """Raises RefusedError for an estimate that is none."""
    if seconds is not None and not 0 <= seconds <= LONGEST_ESTIMATE_SECONDS:
        raise RefusedError("An estimate lies between 0 and 100,000 hours. Nothing was changed.")


def check_color(color: str) -> str:
    """Returns the colour in the wire's form `#rrggbb`, or raises RefusedError."""
    clean = color.strip().lower()
    if not _COLOR.fullmatch(clean):
        raise RefusedError(f"“{color}” is not a colour; write it as #0b83d9. Nothing was changed.")
    return clean


def check_required(workspace: Workspace, entry: Entry) -> None:
    """Raises MissingFieldsError, naming every field that is missing, before anything is saved."""
    from toggl_desktop.domain.rights import FIELD_WORDS, lacking

    missing = lacking(workspace.required, entry)
    if missing:
        words = " and ".join(FIELD_WORDS[f] for f in missing)
        raise MissingFieldsError(
            f"The workspace “{workspace.name}” requires {words} on every entry. "
            "Nothing was changed; add it and try again.",
            missing,
        )
