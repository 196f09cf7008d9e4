"""Which addresses may be spoken to, and how they are named to a person."""

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from toggl_desktop import __version__

USER_AGENT: Final = f"toggl-desktop/{__version__} (+contact)"
"""Toggl asks each client to say who it is; “contact” stands in until the project has an address."""


def refuse_address(url: str) -> str | None:
    """Returns why this address is not spoken to, in one sentence, or None when it may be."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "This is not a web address."
    if parts.scheme not in {"http", "https"} or not host:
        return "The server's address must begin with https:// and name a server."
    if parts.username is not None or parts.password is not None:
        return "The server's address must not contain a user name or password."
    if parts.scheme == "http" and not is_loopback(host):
        return f"{host} must be reached by https://; plain http:// is for this computer only."
    return None


def is_loopback(host: str) -> bool:
    """Tells whether a host is this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def name_of(url: str) -> str:
    """Returns host and port of an address, for sentences: no user, no path, no query."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.hostname}{port}"


def plain_query(query: Mapping[str, str | int | bool | None]) -> dict[str, str]:
    """Returns a query's values as they stand in an address; those that are None are left out."""
    plain: dict[str, str] = {}
    for name, value in query.items():
        if isinstance(value, bool):
            plain[name] = "true" if value else "false"
        elif value is not None:
            plain[name] = str(value)
    return plain
