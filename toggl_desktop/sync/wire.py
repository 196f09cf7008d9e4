"""The sync's narrow door, opened onto the real Toggl Track."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from toggl_desktop.remote import errors
from toggl_desktop.remote.errors import RemoteError
from toggl_desktop.remote.http import Ask, Http
from toggl_desktop.remote.track.client import TRACK_URL, reports_url
from toggl_desktop.remote.track.reports import OrderBy, ReportCalls, following
from toggl_desktop.remote.verdict import Reply
from toggl_desktop.sync.api import ApiError, Meta, Older, Said, Where
from toggl_desktop.sync.reconcile import Outcome, classify

_REPORTS: Final = reports_url(TRACK_URL)
_SECRET: Final = "api_token"  # noqa: S105 - a key's name
_LISTS: Final = {"client": "clients", "project": "projects", "tag": "tags", "task": "tasks"}
_WHOLE: Final[dict[str, dict[str, str | int | bool | None]]] = {
    "project": {"include_archived": "true"},
    "task": {"include_not_active": "true"},
}
_OUTCOMES: Final[tuple[tuple[type[RemoteError], Outcome], ...]] = (
    (errors.NotSentError, Outcome.NOT_SENT),
    (errors.CaptiveError, Outcome.CAPTIVE),
    (errors.AmbiguousError, Outcome.AMBIGUOUS),
    (errors.AuthRefusedError, Outcome.AUTH),
    (errors.QuotaSpentError, Outcome.QUOTA),
    (errors.TooManyError, Outcome.SLOW_DOWN),
    (errors.EndpointGoneError, Outcome.CLOSED),
    (errors.ClientRefusedError, Outcome.CLOSED),
)
_ANSWERED: Final = (errors.UnreadableError, errors.ServerTroubleError)


class Hearing:
    """A gate that lets everything pass, because the line keeps the quota, and hears each answer."""

    def __init__(self) -> None:
        self.last: Reply | None = None

    async def enter(self, ask: Ask) -> None:
        """Does not wait: whoever asks has been let through by the ledger."""
        self.last = None

    def leave(self, ask: Ask, outcome: Reply | RemoteError) -> None:
        """Keeps what the server said beside the body, also when it said no."""
        self.last = outcome if isinstance(outcome, Reply) else None

    @property
    def meta(self) -> Meta:
        """What the last answer said of clock and quota."""
        if self.last is None:
            return Meta()
        return Meta(self.last.server_time, self.last.remaining, self.last.resets_in)


class Wire:
    """Toggl Track over HTTP, as `TrackApi` wants it. One request at a time.

    Args:
        http: An open client whose gate is the hearing.
        hearing: Hears what each answer said of clock and quota.
        reports: Where the Reports API is.
    """

    def __init__(self, http: Http, hearing: Hearing, reports: str = _REPORTS) -> None:
        self._http, self._hearing = http, hearing
        self._reports = ReportCalls(http, reports)

    async def me(self, *, related: bool) -> Said:
        """Returns the user; with everything by name when asked for. Tokens are taken out."""
        said = await self._ask("GET", "/me", {"with_related_data": related or None})
        if isinstance(said.body, dict):
            for one in (said.body, *_mappings(said.body.get("workspaces"))):
                one.pop(_SECRET, None)
        return said

    async def entries_since(self, since: int) -> Said:
        """Returns the entries changed since, tombstones too."""
        return await self._ask("GET", "/me/time_entries", {"since": since})

    async def entries_between(self, start: str, end: str) -> Said:
        """Returns the entries that start in [start, end), the newest thousand."""
        return await self._ask("GET", "/me/time_entries", {"start_date": start, "end_date": end})

    async def older(self, page: Older) -> tuple[Said, Mapping[str, int]]:
        """Returns a page of the person's report and what asks for the next; empty at the end."""
        return await self._report(page, "date")

    async def edited(self, page: Older) -> Said:
        """Returns the first page of the person's report, those that changed last first."""
        said, _ = await self._report(page, "last_update")
        return said

    async def activity(self, workspace: int) -> Said:
        """Returns what the people of a workspace did last, and what runs."""
        return await self._ask("GET", f"/workspaces/{workspace}/dashboard/all_activity")

    async def _report(self, page: Older, by: OrderBy) -> tuple[Said, Mapping[str, int]]:
        failure: ApiError
        try:
            answer = await self._reports.page(
                page.workspace,
                (page.first, page.last),
                page.user,
                page.after,
                order="DESC",
                order_by=by,
            )
            return Said(answer.anything(), self._hearing.meta), following(answer)
        except RemoteError as error:
            failure = self._means("GET", error)  # it changes nothing, whatever its verb is
        raise failure

    async def current(self) -> Said:
        """Returns the running entry, or None."""
        try:
            return await self._ask("GET", "/me/time_entries/current")
        except ApiError as error:
            if error.status in {404, 405}:  # the specification's way of saying “none”
                return Said(None, error.meta)
            raise

    async def things_since(self, kind: str, since: int | None) -> Said:
        """Returns rows of one kind changed since, tombstones too; all of them without."""
        query = {"since": since, **_WHOLE.get(kind, {})}
        return await self._ask("GET", f"/me/{_LISTS[kind]}", query)

    async def preferences(self, workspace: int) -> Said:
        """Returns what a workspace is set to."""
        return await self._ask("GET", f"/workspaces/{workspace}/preferences")

    async def create(self, kind: str, where: Where, body: Mapping[str, Any]) -> Said:
        """Makes a row."""
        return await self._ask("POST", _path(kind, where), body=body)

    async def update(self, kind: str, where: Where, rid: int, body: Mapping[str, Any]) -> Said:
        """Changes fields of a row."""
        return await self._ask("PUT", f"{_path(kind, where)}/{rid}", body=body)

    async def delete(self, kind: str, where: Where, rid: int) -> Said:
        """Deletes a row; a project's entries stay."""
        query = {"teDeletionMode": "unassign"} if kind == "project" else {}
        return await self._ask("DELETE", f"{_path(kind, where)}/{rid}", query, reads=False)

    async def patch_entries(
        self, workspace: int, rids: Sequence[int], operations: Sequence[Mapping[str, Any]]
    ) -> Said:
        """Gives many entries the same values."""
        ids = ",".join(map(str, rids))
        path = f"/workspaces/{workspace}/time_entries/{ids}"
        return await self._ask("PATCH", path, body=list(operations))

    async def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int | bool | None] | None = None,
        body: object = None,
        *,
        reads: bool = True,
    ) -> Said:
        """Asks, and says of every failure what it means for what was sent."""
        failure: ApiError
        try:
            answer = await self._http.ask(method, path, query, body)
            # What a DELETE answers is the id, a status or nothing: it only must not be a page.
            answer.refuse_page()
            return Said(answer.anything() if reads else None, self._hearing.meta)
        except RemoteError as error:
            failure = self._means(method, error)
        raise failure

    def _means(self, method: str, error: RemoteError) -> ApiError:
        reply = self._hearing.last
        status = None if reply is None else reply.status
        text, request_id = error.sentence, None if reply is None else reply.request_id or None
        outcome = next((o for kind, o in _OUTCOMES if isinstance(error, kind)), None)
        if isinstance(error, errors.TurnedDownError):
            text = error.words or error.sentence
            status = error.status
            outcome = classify(method, error.status, text)
            if isinstance(error, errors.PlanRequiredError):
                outcome = Outcome.REFUSED  # its words may speak of a quota too
        meta = self._hearing.meta
        retry = error.retry_after if isinstance(error, errors.TooManyError) else None
        if isinstance(error, errors.QuotaSpentError):
            meta = meta._replace(remaining=0, resets_in=error.resets_in)
        means = outcome or Outcome.AMBIGUOUS
        failure = ApiError(means, status, text, meta, retry, request_id)
        failure.sentence = error.sentence
        failure.is_answered = isinstance(error, _ANSWERED)
        return failure


def _path(kind: str, where: Where) -> str:
    home = f"/workspaces/{where.workspace}"
    if kind == "time_entry":
        return f"{home}/time_entries"
    if kind == "task":
        return f"{home}/projects/{where.project}/tasks"
    return f"{home}/{_LISTS[kind]}"


def _mappings(rows: object) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
