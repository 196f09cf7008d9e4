"""What a proxy wants of a person: kept in the keyring, read once in a run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import RefusedError, SignInError
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.store import schema, settings
from toggl_desktop.system import keyring

if TYPE_CHECKING:
    from toggl_desktop.remote.proxy import Proxy
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.source import Source


def proxy_name(source: Source) -> str:
    """Returns under which name the keyring keeps what the proxy wants of this store's person."""
    return f"proxy/{schema.meta(source, schema.STORE_ID)}"


class ProxyKeeper:
    """Knows a profile's proxy."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._secret = Secret("")
        self._is_known = False

    def way(self, url: str) -> Proxy | None:
        """Returns the proxy at an address; None without one. The keyring was asked before."""
        from toggl_desktop.remote.proxy import Proxy

        if not url:
            return None
        user, _, password = self._secret.reveal().partition(":")
        return Proxy(url, user, password)

    async def ask(self) -> None:
        """Asks the keyring once in a run; a proxy whose keyring is locked is tried without."""
        if self._is_known or not settings.load(self._store.place.settings).proxy:
            return
        name = proxy_name(self._store.source)
        held = await asyncio.get_running_loop().run_in_executor(None, keyring.load, name)
        self._is_known = held.state.condition is keyring.Condition.READY
        self._secret = Secret(held.secret or "")

    async def keep(self, user: str, password: Secret) -> None:
        """Keeps a name and a password in the keyring; an empty name forgets them.

        Raises:
            RefusedError: The name cannot be one.
            SignInError: The keyring does not take them; nothing was kept.
        """
        if ":" in user or not user.isprintable():
            raise RefusedError("A proxy's user name has no “:” in it. Nothing was changed.")
        loop, name = asyncio.get_running_loop(), proxy_name(self._store.source)
        if not user:
            await loop.run_in_executor(None, keyring.forget, name)
        else:
            both = f"{user}:{password.reveal()}"
            state = await loop.run_in_executor(None, keyring.save, name, both)
            if state.condition is not keyring.Condition.READY:
                raise SignInError(f"{state.sentence} Nothing was kept.")
        self._is_known = False
