"""A proxy that a person has named: the way out, and no more than that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toggl_desktop.domain.proxies import refuse_proxy
from toggl_desktop.remote.errors import KEPT, NotSentError

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Proxy:
    """It learns a server's name and nothing of a request; a server learns nothing of it.

    Attributes:
        url: Its address, without credentials.
        user: Who signs in there; empty when nobody has to.
    """

    url: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def opened(self) -> httpx.Proxy:
        """Returns it as httpx wants it. Raises NotSentError for an address that is none."""
        import httpx

        refusal = refuse_proxy(self.url)
        if refusal is not None:
            raise NotSentError(f"{refusal} {KEPT}")
        return httpx.Proxy(self.url, auth=(self.user, self.password) if self.user else None)
