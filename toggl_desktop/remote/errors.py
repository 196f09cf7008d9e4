"""Everything a server, or the way to it, can do to a request: one tree, one sentence each.

Two questions decide what becomes of an edit, and each branch answers them: *did it arrive?* and
*is it worth trying again?* Nothing here holds a request, a header or a secret.
"""

from toggl_desktop.domain.errors import ServerError, SignInError

KEPT = "What you did is saved here and waits."


class RemoteError(ServerError):
    """A request did not do what it was to do."""


class NotSentError(RemoteError):
    """The request never left: no network, no such name, no trust in the certificate."""


class AmbiguousError(RemoteError):
    """The request may or may not have been acted on: no answer came, or none that can be read."""


class UnreadableError(AmbiguousError):
    """An answer came and is not what the service says: cut off, too large, not JSON."""


class CaptiveError(AmbiguousError):
    """Something on the way answered instead: a login page of the network, a proxy, a redirect."""


class ServerTroubleError(AmbiguousError):
    """The server has a problem of its own (5xx, 408); `status` says which."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


class AuthRefusedError(RemoteError, SignInError):
    """The server does not accept the token, or the e-mail and password."""


class QuotaSpentError(RemoteError):
    """The hour's requests are used up.

    Attributes:
        scope: Whose: `me`, `workspace/7001`, `organization/6001`.
        resets_in: Seconds until there are new ones; None when the server did not say.
    """

    def __init__(self, sentence: str, scope: str, resets_in: int | None) -> None:
        super().__init__(sentence)
        self.scope, self.resets_in = scope, resets_in


class TooManyError(RemoteError):
    """Too fast (429): the whole host wants to be left alone for `retry_after` seconds."""

    def __init__(self, sentence: str, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class EndpointGoneError(RemoteError):
    """This way of asking no longer exists (405, 410): only a newer program can help."""


class ClientRefusedError(RemoteError):
    """The service does not speak to this program (418): only a newer one can help."""


class TurnedDownError(RemoteError):
    """The server understood, and said no; the same request must not be sent again.

    Attributes:
        status: The HTTP status.
        words: The server's own sentence; empty when it gave none.
        request_id: How the server's people can find the request.
    """

    def __init__(self, sentence: str, status: int, words: str = "", request_id: str = "") -> None:
        super().__init__(sentence)
        self.status, self.words, self.request_id = status, words, request_id


class PlanRequiredError(TurnedDownError):
    """The workspace's plan does not include this (402 that is not about the quota)."""


class ForbiddenError(TurnedDownError):
    """The signed-in person may not do this (403)."""


class GoneError(TurnedDownError):
    """What the request was about is not there, or not visible (404)."""


class ConflictError(TurnedDownError):
    """It is so already, or something else is in the way (409)."""
