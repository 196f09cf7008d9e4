"""The address of a proxy: what it may be, and how it is named to a person."""

from urllib.parse import urlsplit


def refuse_proxy(url: str) -> str | None:
    """Returns why this is no proxy's address, in one sentence that repeats none of it, or None."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "The proxy's address is not a web address."
    if parts.username is not None or parts.password is not None:
        return (
            "The proxy's address must not contain a user name or password; they go to the keyring "
            "with “toggl-desktop signin proxy”."
        )
    if parts.scheme != "http" or not host or port is None:
        return "The proxy's address must be http:// with a host and a port."
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        return "The proxy's address ends with the port."
    return None


def named(url: str) -> str:
    """Returns host and port of a proxy, whatever else somebody wrote into its address."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port}" if parts.hostname else ""
    except ValueError:
        return ""
