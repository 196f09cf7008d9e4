"""Signing in and out for the command line, where nothing else goes on meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toggl_desktop.app.accounts import Accounts
    from toggl_desktop.domain.accounts import Account, AccountState, Found, Given, Join, TokenPlace
    from toggl_desktop.domain.secrets import Secret


class Blocking:
    """The accounts of a command: each call waits until it is done."""

    def __init__(self, accounts_: Accounts) -> None:
        self._accounts = accounts_

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        return self._accounts.account

    @property
    def environment_token(self) -> Secret | None:
        """The token that the environment gives, if it does."""
        return self._accounts.environment_token

    def look(self, given: Given) -> Found:
        """Asks the server who this is; changes nothing."""
        return asyncio.run(self._accounts.look(given))

    def join(self, found: Found, how: Join | None, place: TokenPlace) -> AccountState:
        """Signs in."""
        return asyncio.run(self._accounts.join(found, how, place))

    def keep_proxy(self, user: str, password: Secret) -> None:
        """Keeps what the proxy wants in the keyring; an empty name forgets it."""
        asyncio.run(self._accounts.proxy.keep(user, password))

    def sign_out(self) -> None:
        """Signs out."""
        asyncio.run(self._accounts.sign_out())
