"""Why a request failed, in one sentence; what the error says itself may hold secrets."""

import os
import socket
import ssl

from toggl_desktop.remote.address import name_of


def why(url: str, error: Exception, seconds: float) -> str:
    """Returns the sentence for a failed request; what the error says itself may hold secrets."""
    import httpx

    name = name_of(url)
    certificate = certificate_problem(error)
    if certificate is not None:
        return f"{name} is not trusted: {certificate}. Nothing was sent."
    if isinstance(error, httpx.TimeoutException):
        return f"{name} gave no answer in {seconds:g} s."
    if isinstance(error, httpx.ProxyError) and str(error).startswith("407"):
        return (
            f"The proxy on the way to {name} wants another name and password; "
            "“toggl-desktop signin proxy” keeps them in the keyring."
        )
    if isinstance(error, httpx.ProxyError):
        return f"The proxy on the way to {name} refused."
    if isinstance(error, httpx.ConnectError):
        return f"{name} cannot be reached: {_reason(error)}."
    if isinstance(error, httpx.HTTPError):
        return f"{name} broke off or answered in a way that is not HTTP."
    if isinstance(error, (ImportError, ValueError)):
        return "The proxy set in the environment is of a kind that is not supported."
    return f"{name} cannot be reached: {error.__class__.__name__}."


def certificate_problem(error: BaseException) -> str | None:
    """Returns what is wrong with the server's certificate, or None when it is not that."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message or "certificate check failed").rstrip(".")
        if isinstance(cause, ssl.SSLError):
            return "no secure connection could be made"
    return None


def _reason(error: BaseException) -> str:
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return "its name cannot be found"
        if isinstance(cause, OSError) and cause.errno:  # asyncio's own words name the address
            reason = os.strerror(cause.errno)
            return reason[:1].lower() + reason[1:]
    return "no connection"


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain
