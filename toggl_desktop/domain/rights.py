"""What a workspace of an account allows: known before somebody saves.

Nothing that breaks a rule is refused here. It is kept on this computer and waits with the rule's
sentence, until the rule or the row has changed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from toggl_desktop.domain.words import day

if TYPE_CHECKING:
    from toggl_desktop.domain.entities import Entry

FIELD_WORDS = {
    "description": "a description",
    "project": "a project",
    "tag": "a tag",
    "task": "a task",
}


class Rights(NamedTuple):
    """What may be done in one workspace.

    Attributes:
        name: The workspace's.
        is_account: Whether it is one of an account, whose server makes the rules.
        is_open: Whether the account still reaches it.
        required: The fields that every finished entry must have.
        creates_projects: Whether this person may make projects there.
        creates_tags: Whether this person may make tags there.
        locked_before: Time before this instant can be neither added nor changed; None: all can.
    """

    name: str = ""
    is_account: bool = False
    is_open: bool = True
    required: tuple[str, ...] = ()
    creates_projects: bool = True
    creates_tags: bool = True
    locked_before: int | None = None


class Obstacle(NamedTuple):
    """Why the server would not take something.

    Attributes:
        sentence: The rule in words.
        fields: What is missing or cannot be, as far as it is a field.
    """

    sentence: str
    fields: tuple[str, ...] = ()


WAITS = "It is kept here and waits."


def closed(rights: Rights) -> Obstacle | None:
    """Returns what is in the way of everything in the workspace, if something is."""
    if rights.is_open:
        return None
    return Obstacle(f"Your account has no access to “{rights.name}” any more.")


def of_entry(rights: Rights, entry: Entry, was_start: int | None = None) -> Obstacle | None:
    """Returns why the workspace's server would not take an entry as it is; None when it would.

    Args:
        rights: Those of its workspace.
        entry: The entry, as it would be saved.
        was_start: When it starts as the server knows it.
    """
    if not rights.is_account:
        return None
    starts = [at for at in (entry.start, was_start) if at is not None]
    return closed(rights) or _locked(rights, min(starts)) or _lacking(rights, entry)


def of_deletion(rights: Rights, was_start: int | None) -> Obstacle | None:
    """Returns why an entry that the server has could not be deleted there."""
    if not rights.is_account:
        return None
    return closed(rights) or (None if was_start is None else _locked(rights, was_start))


def of_new(rights: Rights, kind: str) -> Obstacle | None:
    """Returns why this person could not make a thing of a kind in the workspace."""
    if not rights.is_account:
        return None
    may = {"project": rights.creates_projects, "tag": rights.creates_tags}.get(kind, True)
    if not may:
        return Obstacle(f"Only admins may create {kind}s in “{rights.name}”.", (kind,))
    return closed(rights)


def _locked(rights: Rights, start: int) -> Obstacle | None:
    if rights.locked_before is None or start >= rights.locked_before:
        return None
    first = day(datetime.fromtimestamp(rights.locked_before, UTC).date())
    return Obstacle(
        f"“{rights.name}” is locked: no time before {first} can be changed.", ("start",)
    )


def _lacking(rights: Rights, entry: Entry) -> Obstacle | None:
    if entry.stop is None:
        return None  # it may still get them while it runs
    missing = lacking(rights.required, entry)
    if not missing:
        return None
    words = " and ".join(FIELD_WORDS[field] for field in missing)
    return Obstacle(f"“{rights.name}” requires {words} on every entry.", missing)


def lacking(required: tuple[str, ...], entry: Entry) -> tuple[str, ...]:
    """Returns the required fields that an entry lacks, in a fixed order."""
    has = {
        "description": bool(entry.description.strip()),
        "project": entry.project is not None,
        "tag": bool(entry.tags),
        "task": entry.task is not None,
    }
    return tuple(field for field in has if field in required and not has[field])
