"""Whose token the environment gives is asked once, not in every run: each question is a request.

What is written down is a digest of the token with the store's own id and the person's, which nobody
can turn back; another token, person or store has another one, and is asked about.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from toggl_desktop.store import schema

if TYPE_CHECKING:
    from toggl_desktop.domain.accounts import Account
    from toggl_desktop.domain.secrets import Secret
    from toggl_desktop.store.database import Store

_KEY: Final = "environment.track"


def is_known(store: Store, token: Secret, account: Account) -> bool:
    """Tells whether the server has said before that the token is this person's."""
    return schema.meta(store.source, _KEY) == _digest(store, token, account)


def remember(store: Store, token: Secret, account: Account) -> None:
    """Writes down that the server said so."""
    _put(store, _digest(store, token, account))


def forget(store: Store) -> None:
    """Lets the next run ask: the server did not accept the token any more."""
    _put(store, None)


def _digest(store: Store, token: Secret, account: Account) -> str:
    parts = (schema.meta(store.source, schema.STORE_ID), account.url, account.user, token.reveal())
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _put(store: Store, value: str | None) -> None:
    if schema.meta(store.source, _KEY) != value:
        with store.locked() as writer:
            schema.put_meta(writer, _KEY, value)
