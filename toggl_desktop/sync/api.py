"""What a sync needs of Toggl Track, and nothing more: one narrow door, so that a test can hold it.

Bodies are the wire's own, decoded and otherwise untouched. A failure is one error that says what it
means for what was sent.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.sync.reconcile import Outcome

PHASES: Final = {
    Outcome.AUTH: Phase.SIGN_IN,
    Outcome.SLOW_DOWN: Phase.PAUSED,
    Outcome.QUOTA: Phase.QUOTA,
    Outcome.NOT_SENT: Phase.OFFLINE,
    Outcome.AMBIGUOUS: Phase.OFFLINE,
    Outcome.CAPTIVE: Phase.CAPTIVE,
    Outcome.CLOSED: Phase.OUTDATED,
}
"""What a failure of a turn is to a person; trouble where it is nothing else."""


class Meta(NamedTuple):
    """What an answer says beside its body.

    Attributes:
        date: The server's clock, epoch seconds.
        remaining: What is left of the quota that this request counted to.
        resets_in: In how many seconds that quota begins anew.
    """

    date: int | None = None
    remaining: int | None = None
    resets_in: int | None = None


NOTHING: Final = Meta()


class Said(NamedTuple):
    """An answer."""

    body: Any
    meta: Meta = NOTHING


class ApiError(Exception):
    """A request that brought no answer of use.

    Attributes:
        outcome: What it means for what was sent.
        status: The answer's number; None when none came.
        text: The server's own words, or ours for what happened on the way.
        sentence: What happened and what was kept, for a person; the text where nothing else is.
        is_answered: Whether the server was reached, and what it said is of no use.
        retry_after: For how many seconds the server wants to be left alone.
    """

    def __init__(
        self,
        outcome: Outcome,
        status: int | None = None,
        text: str = "",
        meta: Meta = NOTHING,
        retry_after: int | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(f"{outcome} {status or ''}".strip())
        self.sentence = text
        self.is_answered = False
        self.outcome, self.status, self.text = outcome, status, text
        self.meta, self.retry_after, self.request_id = meta, retry_after, request_id


class Older(NamedTuple):
    """A page of a report that is asked for: a person's entries of some days, the newest first.

    Attributes:
        first: The first day, as a date.
        last: The last day, included.
        after: What the page before said of this one; empty for the first.
    """

    workspace: int
    user: int
    first: str
    last: str
    after: Mapping[str, int] = {}


class Where(NamedTuple):
    """Where a row lives on the server."""

    workspace: int
    project: int | None = None


class TrackApi(Protocol):
    """Toggl Track, as far as a sync asks it."""

    async def me(self, *, related: bool) -> Said:
        """The user; with all workspaces, clients, projects and tags when asked for."""

    async def entries_since(self, since: int) -> Said:
        """Entries changed since, tombstones too."""

    async def entries_between(self, start: str, end: str) -> Said:
        """Entries that start in [start, end), the newest thousand."""

    async def older(self, page: Older) -> tuple[Said, Mapping[str, int]]:
        """A page of the Reports API, of any age, and what asks for the next; empty at the end."""

    async def edited(self, page: Older) -> Said:
        """A page of the Reports API, those that changed last first."""

    async def activity(self, workspace: int) -> Said:
        """What the people of a workspace did last, and what runs."""

    async def current(self) -> Said:
        """The running entry, or None."""

    async def things_since(self, kind: str, since: int | None) -> Said:
        """Rows of one kind changed since, tombstones too; all of them without."""

    async def preferences(self, workspace: int) -> Said:
        """What a workspace is set to: before when it is locked, above all."""

    async def create(self, kind: str, where: Where, body: Mapping[str, Any]) -> Said:
        """Makes a row."""

    async def update(self, kind: str, where: Where, rid: int, body: Mapping[str, Any]) -> Said:
        """Changes fields of a row."""

    async def delete(self, kind: str, where: Where, rid: int) -> Said:
        """Deletes a row; a project's entries stay."""

    async def patch_entries(
        self, workspace: int, rids: Sequence[int], operations: Sequence[Mapping[str, Any]]
    ) -> Said:
        """Gives many entries the same values; answers who took them and who did not."""
