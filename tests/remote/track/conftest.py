"""A prepared server on a port, and clients for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from tests.remote.track.operations import ORG, WS, Things
from tests.support.track import Loopback, TrackServer
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.secret import token
from toggl_desktop.remote.track.client import Track

TOKEN = "0123456789abcdef0123456789abcdef"


def prepared(server: TrackServer, now: float) -> Things:
    """Puts one of everything on a server and returns the ids."""
    world = server.world
    other = world.found(5002, "other@example.com", "f" * 32, now).id
    world.join(other, WS, now)
    client = world.add("client", {"workspace_id": WS, "name": "Acme", "archived": False}, now)
    projects = [
        world.add("project", {"workspace_id": WS, "name": f"Website {n}", "active": True}, now)
        for n in range(5)
    ]
    project = projects[0].id
    world.change(projects[0], {"client_id": client.id, "color": "#0b83d9"}, now)
    of_project = {"workspace_id": WS, "project_id": project}
    task = world.add("task", of_project | {"name": "Draw", "active": True}, now)
    tag = world.add("tag", {"workspace_id": WS, "name": "focus"}, now)
    entry = {
        "workspace_id": WS, "user_id": 5001, "project_id": project, "task_id": None,
        "billable": False, "description": "Wireframes", "tag_ids": [tag.id],
    }  # fmt: skip
    start = int(now) - 7200
    done = world.add("entry", entry | {"start": start, "stop": start + 3600}, now)
    running = world.add("entry", entry | {"start": start + 4000, "stop": None}, now)
    (member,) = world.workspace_user.live(workspace_id=WS, user_id=other)
    part = world.add("project_user", of_project | {"user_id": 5001, "manager": False}, now)
    reminder = {"workspace_id": WS, "frequency": 1, "threshold": 8.0, "user_ids": [5001]}
    favourite = {"workspace_id": WS, "user_id": 5001, "description": "Stand-up"}
    invitation = {"organization_id": ORG, "emails": ["late@example.com"], "workspaces": []}
    return Things(
        done.id, running.id, client.id, project, task.id, tag.id, member.id, other, part.id,
        world.add("reminder", reminder, now).id, world.add("favourite", favourite, now).id,
        world.add("invitation", invitation, now).id,
    )  # fmt: skip


class Wire:
    """A loopback server with clients for it.

    Attributes:
        things: The ids of what it has.
    """

    def __init__(self, loopback: Loopback) -> None:
        self.loopback = loopback
        self.fresh()

    def fresh(self, *, plan: str = "free") -> None:
        """A new server on the same port, with one of everything."""
        now = time.time()
        self.loopback.track = TrackServer(now, burst=None)
        self.things = prepared(self.loopback.track, now)
        self.track.world.organization[ORG].now.fields["plan"] = plan

    @property
    def track(self) -> TrackServer:
        return self.loopback.track

    def run(self, call: Callable[[Track], Awaitable[object]], **options: object) -> object:
        """Makes a client, lets it do this, and closes it."""
        secret = options.pop("basic", token(TOKEN))

        async def inside() -> object:
            async with Http(self.loopback.url, secret, **options) as http:
                return await call(Track(http, self.loopback.url))

        return asyncio.run(inside())


@pytest.fixture(scope="session")
def _loopback():
    with Loopback() as loopback:
        yield loopback


@pytest.fixture
def wire(_loopback) -> Wire:
    return Wire(_loopback)
