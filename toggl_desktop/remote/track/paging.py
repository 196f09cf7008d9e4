"""Lists that come in pages, followed to their end."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from toggl_desktop.remote.errors import KEPT, UnreadableError
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows

T = TypeVar("T")
MOST_PAGES: Final = 500
"""A server that pages on for ever is broken; 500 pages are 100,000 projects."""
QueryDict = dict[str, str | int | bool | None]


async def by_page(http: Http, path: str, kind: type[T], query: QueryDict, size: int) -> Rows[T]:
    """Returns all pages of a list with `page` and `per_page`; a short page is the last."""

    async def fetch(page: int) -> Rows[T]:
        answer = await http.ask("GET", path, {**query, "page": page, "per_page": size})
        return answer.rows(kind)

    return await until_short(fetch, size)


async def until_short(fetch: Callable[[int], Awaitable[Rows[T]]], size: int) -> Rows[T]:
    """Returns the pages put together; raises UnreadableError when they do not end or repeat.

    A list that cannot be read to its end must not look like a whole one: what is not in it would
    be taken for deleted.
    """
    found: Rows[T] = Rows()
    for page in range(1, MOST_PAGES + 1):
        more = await fetch(page)
        if page > 1 and more.good and more.good[0] in found.good:
            raise UnreadableError(f"The server sends the same page again and again. {KEPT}")
        if page > 1 and more.is_missing:
            more = Rows()  # null after a full page: there are no more
        found += more
        if more.came < size:
            return found
    raise UnreadableError(f"The server's list does not end. {KEPT}")
