"""The whole way, for one case: store, engine, real HTTP client, real sockets, strict server.

Time is virtual for engine and server alike and goes on only when a case says so; the sockets are
real, and so are the seconds a request may take.
"""

import asyncio
import copy
import shutil
import sqlite3
import tempfile
from functools import cache
from pathlib import Path
from unittest.mock import patch

from tests.support.builders import NOW, FakeClock
from tests.support.track import Loopback, TrackServer
from tests.support.track.call import Call, find
from toggl_desktop.actions.perform import perform
from toggl_desktop.domain import commands as do
from toggl_desktop.domain.entities import KINDS
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.remote import http as http_client
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.secret import token
from toggl_desktop.remote.tls import tls_context
from toggl_desktop.store import accounts, bindings, recovery, schema, shelf, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import problems
from toggl_desktop.sync import deciding, latch
from toggl_desktop.sync.cycle import Moment
from toggl_desktop.sync.engine import Engine, Want
from toggl_desktop.sync.mapping import read
from toggl_desktop.sync.ties import Ties, waits
from toggl_desktop.sync.wire import Hearing, Wire

TOKEN = "0123456789abcdef0123456789abcdef"
USER, WS, ORG = 5001, 7001, 6001
THINGS = ("client", "project", "tag", "task", "time_entry")
SHM = Path("/dev/shm")
ODD = 'Büro 🏝️ "\u202eevil\u202c" \\ a\x1b[31m <b>&amp; ﷽'
"""A text with all that texts can have: emoji, direction marks, escapes, markup."""


class Clocks:
    """The engine's time: waiting is going on."""

    def __init__(self, clock):
        self.clock = clock

    def now(self):
        return Moment(self.clock.boot, "boot-1")

    def wall(self):
        return self.clock.wall

    async def sleep(self, seconds):
        self.clock.advance(round(seconds + 0.5) if seconds > 0 else 0)


class Rig:
    """One program beside one server.

    Args:
        loopback: Where the server is served; its memory is replaced by this rig's.
        seconds: How long a request may take, of real time.
        folder: A store that is there already, or a folder for a new one; else a copy of the
            template, which is in step with its server.
        clock: The time, where it goes on from something.
        server: What the server remembers; else it is a new one, or in another process.
    """

    def __init__(self, loopback, seconds=10.0, *, folder=None, clock=None, server=None):
        self.loopback, self.seconds = loopback, seconds
        self.folder = folder or fresh_folder()
        if folder is None:
            shutil.copytree(template().folder / "data", self.folder / "data", dirs_exist_ok=True)
            server, clock = copy.deepcopy(template().server), copy.copy(template().clock)
        self.server = server or TrackServer(NOW, burst=None)
        self.clock = clock or FakeClock()
        self.server.totals |= {"me": 600, "premium": 600}
        loopback.track, loopback.clock = self.server, lambda: self.clock.wall
        self.runner = asyncio.Runner()
        self.states, self.kept = [], []
        self._newer = patch.object(latch, "__version__", "newer")
        self._open()

    def _open(self):
        self.store = Store(Place(self.folder / "data"))
        hearing = Hearing()
        with patch.object(http_client, "tls_context", one_context):
            self.http = Http(self.loopback.url, token(TOKEN), hearing, seconds=self.seconds)
        wire = Wire(self.http, hearing, self.loopback.url.replace("/api/v9", "/reports/api/v3"))
        self.engine = Engine(self.store, wire, Clocks(self.clock), chance=lambda: 0.5)
        self.store.feed.subscribe(self.engine.changed)

    def _open_anyhow(self):
        """Opens the store as a person would, who restores it when it says that it is damaged."""
        self.engine.close()
        self.runner.run(self.http.close())
        try:
            Store(Place(self.folder / "data"), verify=True).close()
        except StoreError:
            place = Place(self.folder / "data")
            if place.database.exists():  # newer, or another program's: by a bit of its header
                place.database.rename(place.directory / "moved-away")
            recovery.recover(place)
        self._open()

    def _shut(self):
        self.engine.close()
        self.runner.run(self.http.close())
        self.store.close()

    def restart(self):
        """The program ends and starts again."""
        self._shut()
        self._open()

    def update(self):
        """A newer version is started: it may ask again for what was closed to the old one."""
        self._newer.start()
        self.restart()

    def sign_in_again(self):
        """A person signs in again: what was under way is void."""
        with self.store.transaction("Sign in", self.clock.wall) as tx:
            tx.keep_even_if_empty = True
            tx.step.meta[schema.EPOCH] = schema.next_epoch(tx.source)
        self.restart()

    def close(self):
        self._shut()
        self._newer.stop()
        self.runner.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # What happens -----------------------------------------------------------------------------

    def turn(self, seconds=31, *, full=False):
        """Lets time pass and makes one turn, as a person who asks for it would."""
        self.clock.advance(seconds)
        state = self.runner.run(self.engine.turn(Want(is_asked=True, full=full)))
        self.states.append(state)
        return state

    def do(self, command):
        outcome = perform(self.store, command, self.clock.now(), "Europe/Berlin")
        assert outcome.error is None, outcome.error
        return outcome.changes

    def made(self, command, kind):
        (lid,) = self.do(command).ids(kind)
        return lid

    def web(self, kind, fields, row=None):
        """Somebody makes or changes something in the web page."""
        if row is not None:
            return self.server.world.change(row, fields, self.clock.wall)
        if kind == "entry":
            blank = {"user_id": USER, "project_id": None, "task_id": None, "billable": False}
            fields = blank | {"tag_ids": []} | fields
        return self.server.world.add(kind, {"workspace_id": WS} | fields, self.clock.wall)

    def writes(self):
        return sum(one.method != "GET" for one in self.server.seen)

    # What is there ----------------------------------------------------------------------------

    def there(self):
        """Returns what the server has, by kind and number, in the words of a sync."""
        found = {kind: {} for kind in THINGS}
        user = self.server.world.users[USER]
        for kind in THINGS:
            name = "entry" if kind == "time_entry" else kind
            for row in self.server.world.tables[name].live():
                if kind == "time_entry":
                    path = f"/me/time_entries/{row.id}"
                elif kind == "task":
                    path = f"/workspaces/{WS}/projects/{row['project_id']}/tasks/{row.id}"
                elif kind == "tag":
                    found[kind][row.id] = {"name": row["name"], "workspace": WS}
                    continue
                else:
                    path = f"/workspaces/{WS}/{kind}s/{row.id}"
                handler, ids = find("GET", path)
                call = Call(
                    self.server.world, user, self.clock.wall, 1 << 62, ids, {}, None, None, list
                )
                found[kind][row.id] = read(kind, handler(call)).values
        return found

    def here(self):
        """Returns what the store has and the server knows of, alike; and what it does not."""
        source = self.store.source
        ties = Ties(source)
        found, rest = {kind: {} for kind in THINGS}, []
        for kind in THINGS:
            for one in tables.load(source, KINDS[kind], "WHERE deleted = 0"):
                bound = bindings.get(source, "track", kind, one.lid)
                if bound is None or bound.rid is None:
                    rest.append(one)
                else:
                    found[kind][bound.rid] = ties.out(one)
        return found, rest

    def sendable(self):
        """Returns what might be sent now: nothing it points to, nobody and no answer is awaited."""
        jobs = self.engine.sender.jobs(self.engine.cycle())
        return [job for job in jobs if not waits(job.values)]

    def problems(self):
        return problems.problems(self.store.source)

    def shelved(self):
        return shelf.unresolved(self.store.source)

    def decide(self, problem, verb):
        deciding.decide(self.store, problem, verb, self.clock.wall)

    def texts(self):
        """Returns every name and description on the server."""
        found = self.there()
        return sorted(
            str(row.get("name", row.get("description")))
            for k in THINGS
            for row in found[k].values()
        )

    def differences(self):
        """Returns in what both sides differ; empty at the end of a good day."""
        there = self.there()
        here, rest = self.here()
        bad = [f"only here: {one}" for one in rest]
        for kind in THINGS:
            bad += [
                f"{kind} {rid} only {'here' if rid in here[kind] else 'there'}: "
                f"{here[kind].get(rid) or there[kind].get(rid)}"
                for rid in here[kind].keys() ^ there[kind].keys()
            ]
            bad += [
                f"{kind} {rid} {name}: {here[kind][rid][name]!r} here, {value!r} there"
                for rid in here[kind].keys() & there[kind].keys()
                for name, value in there[kind][rid].items()
                if here[kind][rid].get(name) != value
            ]
        return bad


@cache
def one_context(_extra):
    """Reads the system's authorities once: nothing here is spoken to by TLS."""
    return tls_context()


def fresh_folder():
    return Path(tempfile.mkdtemp(prefix="toggl-rig-", dir=SHM if SHM.is_dir() else None))


class Template:
    """A store and a server in step, with one of everything: cases begin from copies of it."""

    def __init__(self):
        with Loopback() as loopback:
            rig = Rig(loopback, folder=fresh_folder())
            world = rig.server.world
            world.change(world.organization[ORG], {"plan": "premium"}, NOW)
            client = rig.web("client", {"name": "Acme", "archived": False})
            project = rig.web(
                "project",
                {"name": "Website", "active": True, "client_id": client.id, "color": "#0b83d9"},
            )
            rig.web("task", {"name": "Draw", "project_id": project.id, "active": True})
            tag = rig.web("tag", {"name": "deep"})
            for number in range(6):
                rig.web(
                    "entry",
                    {
                        "description": f"old {number}",
                        "start": NOW - 50_000 + 3000 * number,
                        "stop": NOW - 49_000 + 3000 * number,
                        "project_id": project.id if number % 2 else None,
                        "tag_ids": [tag.id] if number == 3 else [],
                    },
                )
            with rig.store.transaction("Sign in", NOW) as tx:
                tx.keep_even_if_empty = True
                accounts.join(tx, WS)
            for _ in range(2):
                state = rig.turn()
                assert state.phase is Phase.RESTING, state
            assert rig.differences() == []
            rig._shut()
            rig.runner.close()
            with sqlite3.connect(rig.folder / "data" / "toggl.sqlite3") as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            rig.store.place.ballast.unlink(missing_ok=True)
            self.folder, self.server, self.clock = rig.folder, rig.server, rig.clock
            self.server.seen.clear()


@cache
def template():
    return Template()


__all__ = ["ODD", "THINGS", "USER", "WS", "Rig", "do", "template"]
