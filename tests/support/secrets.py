"""Forty marked secrets, and a search that finds them wherever they should not be.

A test seeds them where a real secret would be, lets the program work, and asks `leaks` about
every place that must stay clean.
"""

import base64
import os
import urllib.parse
from collections.abc import Iterable
from pathlib import Path

MARK = "zq7sEcReT"
"""Part of each secret and of nothing else."""

KINDS = (
    "track-token",
    "track-cookie",
    "plan-access",
    "plan-refresh",
    "plan-client-secret",
    "oauth-code",
    "oauth-verifier",
    "proxy-password",
    "webhook-secret",
    "account-password",
)

SECRETS = {f"{kind}-{number}": f"{MARK}{number}{kind}" for kind in KINDS for number in range(4)}
"""Forty of them, by name."""


def spellings(secret: str) -> set[bytes]:
    """Returns the forms in which a secret could be written down by accident."""
    plain = secret.encode()
    basic = base64.b64encode(f"{secret}:api_token".encode())
    return {
        plain,
        plain[::-1],
        plain.hex().encode(),
        base64.b64encode(plain),
        basic,
        basic.rstrip(b"="),
        urllib.parse.quote(secret, safe="").encode(),
        secret.encode("utf-16-le"),
    }


def leaks(where: Iterable[Path | str | bytes], secrets: Iterable[str] = ()) -> list[str]:
    """Returns where a secret was found: folders are walked, files and texts are read."""
    wanted = tuple(secrets) or tuple(SECRETS.values())
    needles = {form for secret in wanted for form in spellings(secret)}
    found = []
    for place, content in _contents(where):
        found += [place for needle in needles if needle in content]
    return sorted(set(found))


def process_texts(pid: int) -> list[bytes]:
    """Returns what other people on the machine can see of a process: its command line."""
    return [Path(f"/proc/{pid}/cmdline").read_bytes()]


def _contents(where: Iterable[Path | str | bytes]) -> Iterable[tuple[str, bytes]]:
    for place in where:
        if isinstance(place, str):
            yield f"text {place[:20]!r}…", place.encode()
        elif isinstance(place, bytes):
            yield f"bytes {place[:20]!r}…", place
        elif place.is_dir():
            for folder, _, names in os.walk(place):
                yield from _contents(Path(folder) / name for name in names)
                yield from ((f"name of {Path(folder) / n}", os.fsencode(n)) for n in names)
        elif place.is_file():
            yield str(place), place.read_bytes()
