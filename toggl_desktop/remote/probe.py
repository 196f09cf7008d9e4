"""Whether a server is there: one request without credentials, for `doctor`.

httpx is imported when a request is made, not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.instants import Instant, instant
from toggl_desktop.remote.address import USER_AGENT, is_loopback, name_of, refuse_address
from toggl_desktop.remote.tls import tls_context
from toggl_desktop.remote.why import why

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from toggl_desktop.remote.proxy import Proxy

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


def probe(
    url: str,
    seconds: float = PROBE_SECONDS,
    *,
    authority: Path | None = None,
    proxy: Proxy | None = None,
) -> Probe:
    """Asks a server whether it is there; never raises and never takes longer than the seconds.

    The limit is for the whole of it: looking up the name, and a server that sends one byte at a
    time, included. Redirects are not followed and no body is read.

    Args:
        url: The server's address.
        seconds: How long it may take.
        authority: A company's own authority, believed beside the system's.
        proxy: The way to servers outside; None leaves it to the environment.
    """
    refusal = refuse_address(url)
    if refusal is not None:
        return Probe(reachable=False, status=None, server_time=None, sentence=refusal)
    answers: list[Probe] = []
    # A thread, because nothing can interrupt a name look-up; a daemon, so that the end of the
    # program does not wait for it either.
    worker = Thread(
        target=lambda: answers.append(_ask(url, seconds, authority, proxy)),
        name="toggl-probe",
        daemon=True,
    )
    worker.start()
    worker.join(seconds)
    return answers[0] if answers else _failure(f"{name_of(url)} gave no answer in {seconds:g} s.")


def _ask(url: str, seconds: float, authority: Path | None, proxy: Proxy | None) -> Probe:
    import httpx

    # A proxy is for what is outside; this computer is reached directly.
    is_outside = not is_loopback(urlsplit(url).hostname or "")
    try:
        with (
            httpx.Client(
                verify=tls_context(authority),
                proxy=proxy.opened() if proxy is not None and is_outside else None,
                timeout=seconds,
                headers={"User-Agent": USER_AGENT},
                follow_redirects=False,
                trust_env=is_outside and proxy is None,
            ) as client,
            client.stream("GET", url) as response,
        ):
            return _answer(url, response)
    except KnownError as error:  # the authority's file or the proxy's address is none
        return _failure(error.sentence)
    except (httpx.HTTPError, httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        # ImportError and ValueError: a proxy of a kind that httpx cannot speak to.
        return _failure(why(url, error, seconds))


def _answer(url: str, response: httpx.Response) -> Probe:
    status = response.status_code
    sentence = f"{name_of(url)} answers ({status})."
    if response.is_redirect:
        sentence = f"{name_of(url)} answers with a redirect ({status}), which is not followed."
    elif status == 429:
        sentence = f"{name_of(url)} answers that its limit is spent ({status})."
    elif status >= 500:
        sentence = f"{name_of(url)} answers, but has a problem of its own ({status})."
    return Probe(
        reachable=True,
        status=status,
        server_time=server_time(response.headers.get("Date")),
        sentence=sentence,
    )


def server_time(date: str | None) -> Instant | None:
    """Returns the instant of a `Date` header; None for one that makes no sense."""
    if date is None:
        return None
    try:
        return instant(parsedate_to_datetime(date))
    except (ValueError, OverflowError):  # no date, or one without a zone
        return None


def _failure(sentence: str) -> Probe:
    return Probe(reachable=False, status=None, server_time=None, sentence=sentence)
