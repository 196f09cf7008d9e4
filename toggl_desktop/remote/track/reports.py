"""The Reports API: the only way to entries older than three months, and to other people's."""

from collections.abc import AsyncIterator
from typing import Final

from toggl_desktop.remote.errors import KEPT, UnreadableError
from toggl_desktop.remote.http import Answer, Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.answers import Reported
from toggl_desktop.remote.track.paging import MOST_PAGES

PAGE: Final = 50


class ReportCalls:
    """`/reports/api/v3`; counted on the organization's quota."""

    def __init__(self, http: Http, base: str) -> None:
        self._http, self._base = http, base

    async def entries(
        self, workspace: int, start_date: str, end_date: str, user: int, size: int = PAGE
    ) -> AsyncIterator[Rows[Reported]]:
        """Yields a person's entries between two dates, both included, page by page, oldest first.

        Deleted entries are never among them. Days are those of the person's Toggl profile.
        """
        body: dict[str, object] = {
            "start_date": start_date,
            "end_date": end_date,
            "user_ids": [user],
            "page_size": size,
            "order_by": "date",
            "order_dir": "ASC",
            "grouped": False,
        }
        path = f"/workspace/{workspace}/search/time_entries"
        for _ in range(MOST_PAGES * 10):
            answer = await self._http.ask("POST", path, body=body, base=self._base)
            yield answer.rows(Reported)
            cursor = _next(answer)
            if not cursor:
                return
            body |= cursor
        raise UnreadableError(f"The server's report does not end. {KEPT}")


def _next(answer: Answer) -> dict[str, object]:
    names = {
        "x-next-id": "first_id",
        "x-next-row-number": "first_row_number",
        "x-next-timestamp": "first_timestamp",
    }
    told = {field: answer.next_page.get(header, "") for header, field in names.items()}
    return {field: int(value) for field, value in told.items() if value.isdigit()}
