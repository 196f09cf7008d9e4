"""All of Track behind one name: `Track(http).entries.create(…)`."""

from typing import Final

from toggl_desktop.remote.http import Gate, Http
from toggl_desktop.remote.secret import Basic
from toggl_desktop.remote.track.clients import ClientCalls
from toggl_desktop.remote.track.entries import EntryCalls
from toggl_desktop.remote.track.favourites import FavouriteCalls, PreferenceCalls
from toggl_desktop.remote.track.me import MeCalls
from toggl_desktop.remote.track.organizations import OrganizationCalls
from toggl_desktop.remote.track.project_users import ProjectUserCalls
from toggl_desktop.remote.track.projects import ProjectCalls
from toggl_desktop.remote.track.reports import ReportCalls
from toggl_desktop.remote.track.tags import TagCalls
from toggl_desktop.remote.track.tasks import TaskCalls
from toggl_desktop.remote.track.workspaces import WorkspaceCalls

TRACK_URL: Final = "https://api.track.toggl.com/api/v9"
_API = "/api/v9"
_REPORTS = "/reports/api/v3"


class Track:
    """The operations by noun.

    Args:
        http: An open client whose base is Track's.
        url: The same base; the Reports API is found beside it.
    """

    def __init__(self, http: Http, url: str = TRACK_URL) -> None:
        self.http = http
        self.me = MeCalls(http)
        self.entries = EntryCalls(http)
        self.clients = ClientCalls(http)
        self.projects = ProjectCalls(http)
        self.tasks = TaskCalls(http)
        self.tags = TagCalls(http)
        self.workspaces = WorkspaceCalls(http)
        self.project_users = ProjectUserCalls(http)
        self.organizations = OrganizationCalls(http)
        self.favourites = FavouriteCalls(http)
        self.preferences = PreferenceCalls(http)
        self.reports = ReportCalls(http, reports_url(url))

    async def is_up(self) -> bool:
        """Tells whether the service says that it works."""
        found = (await self.http.ask("GET", "/status")).anything()
        return isinstance(found, dict) and found.get("status") == "OK"

    async def close(self) -> None:
        """Closes the connections."""
        await self.http.close()


def reports_url(url: str) -> str:
    """Returns where the Reports API is, beside Track's own address."""
    return url.rstrip("/").removesuffix(_API) + _REPORTS


def track(url: str = TRACK_URL, basic: Basic | None = None, gate: Gate | None = None) -> Track:
    """Returns a client for an address; close it inside the loop it was used in."""
    return Track(Http(url, basic, gate), url)
