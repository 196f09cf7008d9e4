"""Who this profile belongs to, and who is signed in. Never a token."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Final

from toggl_desktop.domain.accounts import Account, TokenPlace
from toggl_desktop.domain.changes import Origin
from toggl_desktop.store import schema
from toggl_desktop.store.bindings import Service
from toggl_desktop.store.database import Store
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Transaction

HOME: Final = "home"
"""Meta key: the server's workspace that this computer's own workspace was joined with."""

APART: Final = "apart"
"""What stands there when they are to be kept apart."""


@contextmanager
def step(store: Store, name: str, now: int) -> Iterator[Transaction]:
    """Signs in or out in a step that undo passes by: a keyring does not go back with it."""
    with store.transaction(name, now, origin=Origin.TRACK) as tx:
        tx.keep_even_if_empty = True
        yield tx


def signed_in(source: Source, service: Service) -> Account | None:
    """Returns who is signed in, or None."""
    text = schema.meta(source, f"account.{service}")
    if text is None:
        return None
    values = source.parsed(text, dict)
    values["token_place"] = TokenPlace(values["token_place"])
    return Account(**values)


def owner(source: Source, service: Service) -> tuple[int, str] | None:
    """Returns the id and e-mail of whose work this profile holds, signed in or not."""
    text = schema.meta(source, f"owner.{service}")
    if text is None:
        return None
    values = source.parsed(text, dict)
    return int(values["user"]), str(values["email"])


def remember(tx: Transaction, service: Service, account: Account) -> None:
    """Writes down who signed in; from here on the profile is theirs."""
    tx.step.meta[f"account.{service}"] = json.dumps(asdict(account), ensure_ascii=False)
    owned = {"user": account.user, "email": account.email, "workspace": account.workspace}
    tx.step.meta[f"owner.{service}"] = json.dumps(owned, ensure_ascii=False)


def forget(tx: Transaction, service: Service) -> None:
    """Writes down that nobody is signed in; whose profile it is stays."""
    tx.step.meta[f"account.{service}"] = None


def join(tx: Transaction, workspace: int | None) -> None:
    """Says which workspace of the server this computer's own is; None keeps them apart."""
    tx.step.meta[HOME] = APART if workspace is None else str(workspace)


ZONE: Final = "zone.track"
"""Meta key: the time zone of the person's Toggl profile."""


def zone(source: Source) -> str | None:
    """Returns by which time zone the person's Toggl profile counts; None where it is unknown."""
    return schema.meta(source, ZONE)


def is_joined(source: Source) -> bool:
    """Tells whether it was decided what becomes of the work that was here before."""
    return schema.meta(source, HOME) is not None
