"""The way to servers: which proxy, what it wants of a person, which authority is believed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toggl_desktop.domain.errors import RefusedError, SignInError, StoreError
from toggl_desktop.domain.proxies import named
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.store import schema, settings
from toggl_desktop.store.database import Store
from toggl_desktop.system import keyring

if TYPE_CHECKING:
    from toggl_desktop.remote.proxy import Proxy
    from toggl_desktop.store.place import Place
    from toggl_desktop.store.source import Source


def proxy_name(source: Source) -> str:
    """Returns under which name the keyring keeps what the proxy wants of this store's person."""
    return f"proxy/{schema.meta(source, schema.STORE_ID)}"


class Way(NamedTuple):
    """How servers are reached, as the settings say.

    Attributes:
        authority: A company's own authority; None for the system's alone.
        proxy: The proxy that was named; None leaves it to the environment.
        track_url: Toggl Track's address; empty for Toggl's own.
    """

    authority: Path | None
    proxy: Proxy | None
    track_url: str


def way_of(place: Place) -> Way:
    """Returns the way of a profile, and asks the keyring when its proxy may want something.

    Nothing is made or written; where the store or the keyring cannot be read, it is the way
    without a name at the proxy.
    """
    from toggl_desktop.remote.proxy import Proxy

    chosen = settings.load(place.settings)
    extra = chosen.certificate_authority
    authority = Path(extra).expanduser() if extra else None
    if not chosen.proxy:
        return Way(authority, None, chosen.track_url)
    user, password = "", ""
    with suppress(StoreError):
        if schema.is_there(place):
            with Store(place) as store:
                name = proxy_name(store.source)
            user, _, password = (keyring.load(name).secret or "").partition(":")
    return Way(authority, Proxy(chosen.proxy, user, password), chosen.track_url)


def of_environment() -> str:
    """Returns host and port of the proxy that the environment names; empty without one."""
    from urllib.request import getproxies_environment

    found = getproxies_environment()
    url = found.get("https") or found.get("all") or ""
    return named(url if "//" in url else f"//{url}")


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

    def look_again(self) -> None:
        """Lets the keyring be asked anew: the proxy has changed, or what it wants of a person."""
        self._is_known = False

    def chosen(self) -> tuple[Path | None, Proxy | None]:
        """Returns the authority and the proxy of the settings. The keyring was asked before."""
        found = settings.load(self._store.place.settings)
        extra = found.certificate_authority
        return Path(extra).expanduser() if extra else None, self.way(found.proxy)

    async def ask(self) -> None:
        """Asks the keyring once for a proxy; one whose keyring is locked is tried without."""
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
