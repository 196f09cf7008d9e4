"""What can go wrong and is known to: each says in one sentence what happened and what to do."""

from typing import NamedTuple


class KnownError(Exception):
    """A failure that a person is told about in its own words; never a bug."""

    @property
    def sentence(self) -> str:
        """The sentence for the person."""
        return str(self)


class RefusedError(KnownError):
    """The request was understood and not done; nothing was changed."""


class NothingToDoError(KnownError):
    """There was nothing to act on: no running entry, nothing to undo."""


class SignInError(KnownError):
    """Nobody is signed in, or the sign-in was refused; what is here stays."""


class ServerError(KnownError):
    """A server could not be asked, or did not do what it was asked; what was done here waits."""


class StoreError(KnownError):
    """The store cannot be opened or written; nothing was changed."""


class StoreDamagedError(StoreError):
    """The store's file is damaged and was moved aside; `backup` is the newest good copy, if any."""

    def __init__(self, sentence: str, backup: str | None) -> None:
        super().__init__(sentence)
        self.backup = backup


class Overlap(NamedTuple):
    """A finished entry in the way of a start in the past.

    Attributes:
        entry: Its local id.
        description: Its text.
        start: Its start, epoch seconds.
        stop: Its stop, epoch seconds.
        swallowed: Whether it would vanish whole (else it would only be shortened).
    """

    entry: str
    description: str
    start: int
    stop: int
    swallowed: bool


class OverlapError(RefusedError):
    """A start in the past meets recorded entries; the person must say what becomes of them."""

    def __init__(self, sentence: str, overlaps: tuple[Overlap, ...]) -> None:
        super().__init__(sentence)
        self.overlaps = overlaps


class MissingFieldsError(RefusedError):
    """The workspace requires fields that the entry does not have."""

    def __init__(self, sentence: str, fields: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.fields = fields
