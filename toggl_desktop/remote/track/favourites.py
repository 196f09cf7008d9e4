"""Favourites and preferences of the signed-in person."""

from collections.abc import Mapping, Sequence

from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.answers import Favourite
from toggl_desktop.remote.track.payloads import FavouriteFields


class FavouriteCalls:
    """`/me/favorites`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def list(self, since: int | None = None) -> Rows[Favourite]:
        """Returns the favourites, or what changed and was deleted since."""
        answer = await self._http.ask("GET", "/me/favorites", {"since": since})
        return answer.rows(Favourite)

    async def create(self, fields: FavouriteFields) -> Favourite:
        """Makes a favourite; it names a workspace and a description or a project."""
        return (await self._http.ask("POST", "/me/favorites", body=fields)).one(Favourite)

    async def update(self, changes: Sequence[FavouriteFields]) -> None:
        """Changes favourites, each named by its `favorite_id`."""
        await self._http.ask("PUT", "/me/favorites", body=list(changes))

    async def delete(self, rid: int) -> None:
        """Deletes a favourite."""
        await self._http.ask("DELETE", f"/me/favorites/{rid}")


class PreferenceCalls:
    """`/me/preferences`: how a person likes dates, times and durations."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def get(self, client: str = "") -> Mapping[str, object]:
        """Returns the preferences; of the client `desktop` or `web` when it is named."""
        found = (await self._http.ask("GET", _preferences(client))).anything()
        return found if isinstance(found, dict) else {}

    async def set(self, changes: Mapping[str, object], client: str = "") -> None:
        """Changes some preferences."""
        await self._http.ask("POST", _preferences(client), body=dict(changes))


def _preferences(client: str) -> str:
    return f"/me/preferences/{client}" if client else "/me/preferences"
