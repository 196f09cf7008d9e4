"""The one way to a server: checked address, checked certificate, bounded time, plain sentences.

Only the probe for `doctor` is here yet. httpx is imported when a request is made, not before.
"""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from toggl_desktop import __version__
from toggl_desktop.domain.instants import Instant, instant

if TYPE_CHECKING:
    import httpx

USER_AGENT: Final = f"toggl-desktop/{__version__} (+contact)"
"""Toggl asks each client to say who it is; “contact” stands in until the project has an address."""

PROBE_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of one request without credentials.

    Attributes:
        reachable: Whether a server answered at all, whatever it said.
        status: The HTTP status it answered with.
        server_time: What the server believes the time to be, when it said so.
        sentence: All of it for a person; the address's user part and query are not in it.
    """

    reachable: bool
    status: int | None
    server_time: Instant | None
    sentence: str


def probe(url: str, seconds: float = PROBE_SECONDS) -> Probe:
    """Asks a server whether it is there; never raises and never takes longer than the seconds.

    The limit is for the whole of it: looking up the name, and a server that sends one byte at a
    time, included. Redirects are not followed and no body is read.
    """
    refusal = refuse_address(url)
    if refusal is not None:
        return Probe(reachable=False, status=None, server_time=None, sentence=refusal)
    answers: list[Probe] = []
    # A thread, because nothing can interrupt a name look-up; a daemon, so that the end of the
    # program does not wait for it either.
    worker = Thread(
        target=lambda: answers.append(_ask(url, seconds)), name="toggl-probe", daemon=True
    )
    worker.start()
    worker.join(seconds)
    return answers[0] if answers else _failure(f"{_name(url)} gave no answer in {seconds:g} s.")


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
    if parts.scheme == "http" and not _is_loopback(host):
        return f"{host} must be reached by https://; plain http:// is for this computer only."
    return None


def tls_context() -> ssl.SSLContext:
    """Returns the checks that every connection passes: known authority, right name, TLS 1.2 up.

    The system's authorities decide; the bundled list stands in where the system has none.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not context.cert_store_stats()["x509_ca"] and not _has_certificate_folder():
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _has_certificate_folder() -> bool:
    # A folder is read only when a certificate is looked for, so the context does not count it.
    folder = Path(ssl.get_default_verify_paths().capath or "")
    return folder.is_absolute() and any(folder.glob("*.0"))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ask(url: str, seconds: float) -> Probe:
    import httpx

    try:
        with (
            httpx.Client(
                verify=tls_context(),
                timeout=seconds,
                headers={"User-Agent": USER_AGENT},
                follow_redirects=False,
                # A proxy is for what is outside; this computer is reached directly.
                trust_env=not _is_loopback(urlsplit(url).hostname or ""),
            ) as client,
            client.stream("GET", url) as response,
        ):
            return _answer(url, response)
    except (httpx.HTTPError, httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        # ImportError and ValueError: a proxy of a kind that httpx cannot speak to.
        return _failure(_why(url, error, seconds))


def _answer(url: str, response: httpx.Response) -> Probe:
    status = response.status_code
    sentence = f"{_name(url)} answers ({status})."
    if response.is_redirect:
        sentence = f"{_name(url)} answers with a redirect ({status}), which is not followed."
    elif status == 429:
        sentence = f"{_name(url)} answers that its limit is spent ({status})."
    elif status >= 500:
        sentence = f"{_name(url)} answers, but has a problem of its own ({status})."
    return Probe(
        reachable=True,
        status=status,
        server_time=_server_time(response.headers.get("Date")),
        sentence=sentence,
    )


def _server_time(date: str | None) -> Instant | None:
    if date is None:
        return None
    try:
        return instant(parsedate_to_datetime(date))
    except (ValueError, OverflowError):  # no date, or one without a zone
        return None


def _why(url: str, error: Exception, seconds: float) -> str:
    """Returns the sentence for a failed request; what the error says itself may hold secrets."""
    import httpx

    name = _name(url)
    certificate = _certificate_problem(error)
    if certificate is not None:
        return f"{name} is not trusted: {certificate}. Nothing was sent."
    if isinstance(error, httpx.TimeoutException):
        return f"{name} gave no answer in {seconds:g} s."
    if isinstance(error, httpx.ProxyError):
        return f"The proxy on the way to {name} refused."
    if isinstance(error, httpx.ConnectError):
        return f"{name} cannot be reached: {_reason(error)}."
    if isinstance(error, httpx.HTTPError):
        return f"{name} broke off or answered in a way that is not HTTP."
    if isinstance(error, (ImportError, ValueError)):
        return "The proxy set in the environment is of a kind that is not supported."
    return f"{name} cannot be reached: {error.__class__.__name__}."


def _certificate_problem(error: BaseException) -> str | None:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message or "certificate check failed").rstrip(".")
        if isinstance(cause, ssl.SSLError):
            return "no secure connection could be made"
    return None


def _reason(error: BaseException) -> str:
    import socket

    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return "its name cannot be found"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror[:1].lower() + cause.strerror[1:]
    return "no connection"


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


def _name(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.hostname}{port}"


def _failure(sentence: str) -> Probe:
    return Probe(reachable=False, status=None, server_time=None, sentence=sentence)
