"""A turn that the open window makes for a terminal: its sign-in is in its memory alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from toggl_desktop.domain.accounts import TokenPlace
from toggl_desktop.domain.errors import ServerError, SignInError
from toggl_desktop.store import accounts
from toggl_desktop.sync import outcome
from toggl_desktop.system import doorbell

if TYPE_CHECKING:
    from toggl_desktop.domain.syncstate import SyncState
    from toggl_desktop.store.database import Store

PATIENCE_SECONDS: Final = 90.0
_STEP_SECONDS: Final = 0.1


def ask_window(
    store: Store, *, is_plain: bool, patience: float = PATIENCE_SECONDS
) -> SyncState | None:
    """Asks the open window for a turn and waits until it has ended.

    Args:
        store: The profile's store.
        is_plain: Whether nothing more than a turn is wanted.
        patience: For how many seconds it is waited for.

    Returns:
        How it ended; None where no window has what is missing here.

    Raises:
        SignInError: A window has the sign-in, but more is wanted than it can be asked for.
        ServerError: It is still at it.
    """
    account = accounts.signed_in(store.source, "track")
    place = store.place.directory
    if account is None or account.token_place is TokenPlace.KEYRING or not doorbell.is_open(place):
        return None
    if not is_plain:
        raise SignInError(
            "The open window has the sign-in, for this session alone. Everything is kept here; "
            "older entries and deletions are asked for on its “Sync…” page, or sign in here too."
        )
    before = outcome.count(store.source)
    if not doorbell.ring(place, "sync"):
        return None
    end = time.monotonic() + patience
    while outcome.count(store.source) == before:
        if time.monotonic() >= end:
            raise ServerError(
                "The open window, which has the sign-in, is still at it. Everything is saved here; "
                "it goes on there by itself."
            )
        time.sleep(_STEP_SECONDS)
    store.catch_up()
    return outcome.last(store.source)
