"""Signing in over HTTP: the one place where secrets are unwrapped."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from typing_extensions import override

from toggl_desktop.domain.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Generator

    import httpx


class Basic:
    """Name and password of HTTP Basic, both kept as secrets."""

    __slots__ = ("_name", "_password")

    def __init__(self, name: str, password: str) -> None:
        self._name, self._password = Secret(name), Secret(password)

    def header(self) -> str:
        """Returns the value of the Authorization header."""
        pair = f"{self._name.reveal()}:{self._password.reveal()}"
        return "Basic " + b64encode(pair.encode()).decode()

    @override
    def __repr__(self) -> str:
        return "Basic(…)"


def token(text: str) -> Basic:
    """Returns what an API token of Toggl Track signs in with: the password is the word itself."""
    return Basic(text, "api_token")


def authorize(basic: Basic | None) -> httpx.Auth | None:
    """Returns what puts the header on a request at the last moment."""
    if basic is None:
        return None
    header = basic.header
    import httpx

    class Authorize(httpx.Auth):
        @override
        def auth_flow(
            self, request: httpx.Request
        ) -> Generator[httpx.Request, httpx.Response, None]:
            request.headers["Authorization"] = header()
            yield request

    return Authorize()
