"""Tags of a workspace."""

from toggl_desktop.remote.errors import KEPT, GoneError, UnreadableError
from toggl_desktop.remote.http import Answer, Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.models import Tag
from toggl_desktop.remote.track.paging import by_page


class TagCalls:
    """`/workspaces/{id}/tags`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def list(self, workspace: int) -> Rows[Tag]:
        """Returns the tags."""
        return await by_page(self._http, _path(workspace), Tag, {}, 200)

    async def get(self, workspace: int, rid: int) -> Tag:
        """Returns one tag; v9 cannot read one, so the list is read. Raises GoneError."""
        for tag in await self.list(workspace):
            if tag.id == rid:
                return tag
        raise GoneError("Toggl refused: the tag was not found.", 404, "Tag was not found")

    async def create(self, workspace: int, name: str) -> Tag:
        """Makes a tag; its name must be free."""
        return _tag(await self._http.ask("POST", _path(workspace), body={"name": name}))

    async def update(self, workspace: int, rid: int, name: str) -> Tag:
        """Renames a tag."""
        path = f"{_path(workspace)}/{rid}"
        return _tag(await self._http.ask("PUT", path, body={"name": name}))

    async def delete(self, workspace: int, rid: int) -> None:
        """Deletes a tag; entries lose it without their `at` moving."""
        await self._http.ask("DELETE", f"{_path(workspace)}/{rid}")


def _tag(answer: Answer) -> Tag:
    """The specification says a list, the service sends one: both are taken."""
    if answer.body.lstrip()[:1] != b"[":
        return answer.one(Tag)
    found = answer.rows(Tag)
    if not found.good:
        raise UnreadableError(f"The server's answer names no tag. {KEPT}")
    return found.good[0]


def _path(workspace: int) -> str:
    return f"/workspaces/{workspace}/tags"
