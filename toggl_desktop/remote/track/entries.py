"""Time entries. Reading is below `/me`, writing below the workspace: v8's writes are gone."""

from collections.abc import Sequence
from typing import Final

from toggl_desktop.remote.errors import EndpointGoneError, GoneError
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.answers import Bulk
from toggl_desktop.remote.track.models import TimeEntry
from toggl_desktop.remote.track.payloads import EntryFields, Patch

CREATED_WITH: Final = "Toggl Desktop"
MOST_ROWS: Final = 1000
"""What one answer holds at most; a full one is not a whole one."""
MOST_IDS: Final = 100


class EntryCalls:
    """Time entries of the signed-in person."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def since(self, at: int) -> Rows[TimeEntry]:
        """Returns what was changed or deleted since an instant, tombstones as whole rows.

        The server refuses instants before its floor of three calendar months.
        """
        return await self._list({"since": at})

    async def recent(self) -> Rows[TimeEntry]:
        """Returns about nine days by start, without deleted ones."""
        return await self._list({})

    async def between(self, start_date: str, end_date: str) -> Rows[TimeEntry]:
        """Returns what started from one date or instant until before another; newest first."""
        return await self._list({"start_date": start_date, "end_date": end_date})

    async def before(self, moment: str) -> Rows[TimeEntry]:
        """Returns what started before a date or instant."""
        return await self._list({"before": moment})

    async def current(self) -> TimeEntry | None:
        """Returns the running entry, or None."""
        try:
            answer = await self._http.ask("GET", "/me/time_entries/current")
        except (GoneError, EndpointGoneError):  # the specification's way of saying “none”
            return None
        return answer.one(TimeEntry | None)  # type: ignore[arg-type]

    async def get(self, rid: int) -> TimeEntry:
        """Returns one entry. Raises GoneError."""
        return (await self._http.ask("GET", f"/me/time_entries/{rid}")).one(TimeEntry)

    async def create(self, workspace: int, fields: EntryFields) -> TimeEntry:
        """Makes an entry; running is `duration` −1 with `stop` None.

        There is no key that makes repeating safe: after an AmbiguousError look before asking again.
        """
        body = {**fields, "created_with": CREATED_WITH, "workspace_id": workspace}
        answer = await self._http.ask("POST", _path(workspace), body=body)
        return answer.one(TimeEntry)

    async def update(self, workspace: int, rid: int, fields: EntryFields) -> TimeEntry:
        """Changes the given fields; another `workspace_id` in them moves the entry."""
        body = {"workspace_id": workspace, **fields}
        answer = await self._http.ask("PUT", f"{_path(workspace)}/{rid}", body=body)
        return answer.one(TimeEntry)

    async def bulk(self, workspace: int, ids: Sequence[int], changes: Sequence[Patch]) -> Bulk:
        """Makes the same changes to up to 100 entries in one request; some may fail."""
        if not 0 < len(ids) <= MOST_IDS:
            raise ValueError(f"a bulk edit takes 1 to {MOST_IDS} ids, not {len(ids)}")
        path = f"{_path(workspace)}/{','.join(map(str, ids))}"
        return (await self._http.ask("PATCH", path, body=list(changes))).one(Bulk)

    async def stop(self, workspace: int, rid: int) -> TimeEntry:
        """Stops an entry at the server's own time. Raises ConflictError when it is stopped."""
        answer = await self._http.ask("PATCH", f"{_path(workspace)}/{rid}/stop")
        return answer.one(TimeEntry)

    async def delete(self, workspace: int, rid: int) -> None:
        """Deletes an entry. Raises GoneError when it is gone already."""
        await self._http.ask("DELETE", f"{_path(workspace)}/{rid}")

    async def sharing(self, pairs: Sequence[tuple[int, int]]) -> object:
        """Returns with whom entries are shared, for pairs of workspace and entry."""
        body = [{"workspace_id": ws, "time_entry_id": rid} for ws, rid in pairs]
        return (await self._http.ask("POST", "/me/time_entries_shared_with", body=body)).anything()

    async def _list(self, query: dict[str, str | int | bool | None]) -> Rows[TimeEntry]:
        return (await self._http.ask("GET", "/me/time_entries", query)).rows(TimeEntry)


def _path(workspace: int) -> str:
    return f"/workspaces/{workspace}/time_entries"
