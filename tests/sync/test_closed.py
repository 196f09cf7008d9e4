"""What ends the way to Toggl for good or for now, and what never goes there."""

from contextlib import contextmanager

import pytest

from tests.sync.scene import add, at_rest, failing, scene, sync, texts
from toggl_desktop.domain import commands
from toggl_desktop.domain.entities import Client, Project
from toggl_desktop.domain.plan.entities import Segment
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import tables
from toggl_desktop.sync import latch
from toggl_desktop.sync.api import ApiError
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.reconcile import Outcome


@pytest.mark.parametrize("status", [410, 418])
def test_what_is_closed_for_this_version_stays_closed_across_restarts(status, monkeypatch):
    with scene() as (world, a):
        with failing(world, "GET", status=status):
            assert sync(a, seconds=300).phase is Phase.OUTDATED
        a.crash()
        asked = world.server.counts.requests
        for want in (Want(), Want(is_asked=True)):
            assert sync(a, want, seconds=300).phase is Phase.OUTDATED
        assert world.server.counts.requests == asked
        assert sync(a, Want(is_asked=True), seconds=86_400).phase is Phase.RESTING
        assert sync(a, seconds=300).phase is Phase.RESTING
        with failing(world, "GET", status=status):
            sync(a, seconds=300)
        monkeypatch.setattr(latch, "__version__", "99.0")
        assert sync(a, seconds=300).phase is Phase.RESTING


def test_one_kind_that_is_closed_stays_closed_and_the_others_go_on():
    with scene() as (world, a):
        made = next(iter(a.do(commands.AddProject("Acme")).changes.ids("project")))
        with failing(world, "POST", status=410):
            sync(a)
        a.crash()
        add(a, "work")
        sync(a, seconds=300)
        assert texts(world) == ["work"]
        assert world.server.live("project") == []
        assert tables.get(a.store.source, Project, made) is not None


def test_a_page_of_the_networks_own_is_said_as_such():
    with scene() as (world, a):
        add(a, "work")
        for method in ("GET", "POST"):
            with answering(world, method, ApiError(Outcome.CAPTIVE, 200)):
                assert sync(a, Want(pull=method == "GET"), seconds=300).phase is Phase.CAPTIVE
        at_rest(world)
        assert texts(world) == ["work"]


@contextmanager
def answering(world, wanted, error):
    plain = world.server.call

    def call(who, scope, name, work, *, method):
        if method == wanted:
            raise error
        return plain(who, scope, name, work, method=method)

    world.server.call = call
    yield
    del world.server.call


def test_a_client_of_the_plan_alone_stays_here_until_time_is_tracked_for_it():
    with scene() as (world, a):
        client = next(iter(a.do(commands.AddClient("Corp")).changes.ids("client")))
        a.do(commands.AddProject("Kept", client=client))
        with a.store.transaction("Import a plan", a.clock.wall()) as tx:
            tx.save(
                Client("c", "Space"),
                Project("p", "Rockets", "#0b83d9", "c"),
                Segment("s", "Main", "p"),
            )
        for _ in range(2):
            sync(a, seconds=300)
        assert [row["name"] for row in world.server.live("client")] == ["Corp"]
        assert [row["name"] for row in world.server.live("project")] == ["Kept"]
        add(a, "flew", project="p")
        for _ in range(2):
            sync(a, seconds=300)
        assert texts(world) == ["flew"]
        assert {row["name"] for row in world.server.live("client")} == {"Corp", "Space"}
        at_rest(world)
