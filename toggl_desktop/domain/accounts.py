"""An account as this computer knows it, and what joining it would do."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from toggl_desktop.domain.limits import sending_hours
from toggl_desktop.domain.secrets import Secret

_NAMED = ("client", "project", "tag")


class Join(StrEnum):
    """What becomes of work that was here before the account."""

    MERGE = "merge"
    APART = "apart"


class TokenPlace(StrEnum):
    """Where the token is."""

    KEYRING = "keyring"
    SESSION = "session"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person typed to sign in: a token alone, or an e-mail address with the password."""

    secret: Secret
    email: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in to a service.

    Attributes:
        user: The person's id there.
        workspace: Id of the workspace that new entries go to.
        url: Which server it is.
        token_place: Where the token was put.
    """

    user: int
    email: str
    name: str
    workspace: int | None
    workspace_name: str
    url: str
    token_place: TokenPlace


@dataclass(frozen=True, slots=True)
class Matched:
    """Of one kind of thing here: how many the account has by the same name, how many not."""

    known: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging local work with an account would do; nothing of it has been done.

    Attributes:
        names: Projects, clients, tags and tasks by kind.
        entries_known: Entries that are there already: same start, stop and description.
        entries_alike: Entries that resemble one there; each will be asked about.
        entries_new: Entries that will be sent.
        entries_older: Entries too old to be looked for there; they stay here until edited.
        both_run: Whether an entry runs here and another one there.
    """

    workspace: str
    names: dict[str, Matched]
    entries_known: int = 0
    entries_alike: int = 0
    entries_new: int = 0
    entries_older: int = 0
    both_run: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing here to be joined."""
        of_names = any(m.known or m.new for m in self.names.values())
        entries = self.entries_known + self.entries_alike + self.entries_new + self.entries_older
        return not of_names and not entries


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody whom the server knows, before anything is written down.

    Attributes:
        token: What to sign in with from now on.
        preview: What merging the work that is here would do; None when there is none.
    """

    account: Account
    token: Secret
    preview: Preview | None = None


class Leave(StrEnum):
    """What becomes of what waits when somebody signs out (R55)."""

    KEEP = "keep"
    SYNC = "sync"
    EXPORT = "export"
    DELETE = "delete"


class Waiting(NamedTuple):
    """What a server does not have yet.

    Attributes:
        unsent: How many wait to be sent.
        held: How many of them wait for a person first.
    """

    unsent: int = 0
    held: int = 0


class SignIn(StrEnum):
    """How it stands with the account of a service."""

    NONE = "none"
    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class AccountState:
    """How it stands with the account, in words too.

    Attributes:
        account: Who it is; None when nobody signed in.
        sentence: What is wrong and what to do, when something is.
        proxy: Host and port of the proxy in force, named here or by the environment, or empty.
        authority: The file of an extra certificate authority; empty when there is none.
        homes: The names of the workspaces that new entries may go to, by their ids.
        home: The one that they go to; empty while none of an account's is known.
    """

    sign_in: SignIn = SignIn.NONE
    account: Account | None = None
    sentence: str = ""
    proxy: str = ""
    authority: str = ""
    homes: Mapping[str, str] = field(default_factory=dict)
    home: str = ""

    @property
    def needs_person(self) -> bool:
        """Whether nothing goes on until a person has done something."""
        return self.sign_in in {SignIn.REFUSED, SignIn.LOCKED}


def merge_sentences(preview: Preview) -> tuple[str, ...]:
    """Returns what merging would do, one sentence each."""
    said = [f"Everything here goes into the workspace “{preview.workspace}”."]
    known = _listed(preview, lambda found: found.known)
    new = _listed(preview, lambda found: found.new)
    if known:
        said.append(f"In Toggl by the same name already, so one each: {known}.")
    if new:
        said.append(f"Will be made in Toggl: {new}.")
    if preview.entries_known:
        count = _count(preview.entries_known, "entry")
        said.append(f"{count} of the same time and description: recognised, not sent again.")
    if preview.entries_alike:
        count = _count(preview.entries_alike, "entry")
        said.append(f"{count} like one in Toggl: kept, and you are asked about each.")
    if preview.entries_new:
        hours = math.ceil(sending_hours(preview.entries_new))
        wait = f" On a free plan that takes about {hours} hours." if hours > 1 else ""
        said.append(f"{_count(preview.entries_new, 'entry')} will be sent.{wait}")
    if preview.entries_older:
        count = _count(preview.entries_older, "entry")
        said.append(f"{count} older than three months stay on this computer until you edit them.")
    if preview.both_run:
        said.append("Of the two running entries the one that started later goes on.")
    return tuple(said)


def _listed(preview: Preview, number: Callable[[Matched], int]) -> str:
    """Returns `1 client, 3 projects` of the kinds that have any."""
    counts = ((number(preview.names.get(kind, Matched())), kind) for kind in _NAMED)
    return ", ".join(_count(count, kind) for count, kind in counts if count)


def apart_sentences() -> tuple[str, ...]:
    """Returns what keeping apart would do."""
    return (
        "What is here stays in “This computer” and is never sent.",
        "New entries go to Toggl; you can move old ones over whenever you like.",
    )


def _count(number: int, word: str) -> str:
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"1 {word}" if number == 1 else f"{number} {many}"
