"""The Reports API: the only way to entries older than three months, and to other people's."""

from collections.abc import AsyncIterator, Mapping
from typing import Final, Literal

from toggl_desktop.remote.errors import KEPT, UnreadableError
from toggl_desktop.remote.http import Answer, Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.answers import Reported
from toggl_desktop.remote.track.paging import MOST_PAGES

PAGE: Final = 50
OrderBy = Literal["date", "last_update"]


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
        after: dict[str, int] = {}
        for _ in range(MOST_PAGES * 10):
            answer = await self.page(
                workspace, (start_date, end_date), user, {"page_size": size, **after}, order="ASC"
            )
            yield answer.rows(Reported)
            after = following(answer)
            if not after:
                return
        raise UnreadableError(f"The server's report does not end. {KEPT}")

    async def page(
        self,
        workspace: int,
        days: tuple[str, str],
        user: int,
        after: Mapping[str, int],
        *,
        order: Literal["ASC", "DESC"],
        order_by: OrderBy = "date",
    ) -> Answer:
        """Returns one page of them; `after` is what `following` said of the page before.

        Times are as they were recorded: a person's rounding of reports is switched off.
        """
        body: dict[str, object] = {
            "start_date": days[0],
            "end_date": days[1],
            "user_ids": [user],
            "page_size": PAGE,
            "order_by": order_by,
            "order_dir": order,
            "grouped": False,
            "rounding": 0,
            "rounding_minutes": 0,
            **after,
        }
        path = f"/workspace/{workspace}/search/time_entries"
        return await self._http.ask("POST", path, body=body, base=self._base)


def following(answer: Answer) -> dict[str, int]:
    """Returns what asks for the page after this one; empty after the last."""
    names = {
        "x-next-id": "first_id",
        "x-next-row-number": "first_row_number",
        "x-next-timestamp": "first_timestamp",
    }
    told = {field: answer.next_page.get(header, "") for header, field in names.items()}
    return {field: int(value) for field, value in told.items() if value.isdigit()}
