"""One computer of a history: the real engine on a real store, and what a person does there."""

import atexit
import json
import shutil
import sqlite3
import sys
import tempfile
from functools import cache
from pathlib import Path
from random import Random

from tests.support.builders import NOW
from tests.sync.fake_track import USER, WS, FakeApi, Step
from toggl_desktop.actions import catalog, ids, perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Entry, Project
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import uuid7
from toggl_desktop.domain.merge import dirty
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import bindings, doctor, doctor_sync, schema, shelf, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import problems
from toggl_desktop.sync import deciding
from toggl_desktop.sync.cycle import HOME, Moment
from toggl_desktop.sync.engine import EVERYTHING, Engine
from toggl_desktop.sync.looking import UNSURE_SECONDS
from toggl_desktop.sync.mapping import read
from toggl_desktop.sync.ties import Ties, plain

SHM = Path("/dev/shm")
FIELDS = ("description", "start", "stop", "project", "tags", "billable")


def folder() -> Path:
    """Returns a new folder in memory where there is one: these stores are not to be kept."""
    return Path(tempfile.mkdtemp(prefix="toggl-sync-", dir=SHM if SHM.is_dir() else None))


@cache
def template() -> Path:
    """Makes a store that is joined with the account."""
    at = folder()
    with Store(Place(at / "data")) as store, store.transaction("Sign in", NOW) as tx:
        tx.step.meta[HOME] = str(WS)
        tx.step.meta["owner.track"] = json.dumps({"user": USER, "email": "user@example.com"})
    atexit.register(shutil.rmtree, at, ignore_errors=True)
    return at


def fresh_store(at: Path) -> Place:
    """Makes a store that is joined with the account, by copying one."""
    shutil.copytree(template() / "data", at / "data")
    return Place(at / "data")


class Clock:
    """A computer's clocks; `skew` is what its wall clock is wrong by."""

    def __init__(self, world, skew: int, name: str):
        self.world, self.skew, self.boot_id = world, skew, f"boot {name}"
        self.began = world.t - 1000.0
        self.boots = 0

    def now(self) -> Moment:
        return Moment(self.world.t - self.began, self.boot_id)

    def wall(self) -> int:
        return int(self.world.t + self.skew)

    def reading(self) -> Reading:
        return Reading(self.wall(), self.now().boot, self.boot_id)

    async def sleep(self, seconds: float) -> None:
        self.world.t += seconds
        await Step("pause")


class Computer:
    """One computer: a store on its disk, an engine in its memory."""

    def __init__(self, world, name, rules, skew=0):
        self.world, self.name, self.rules = world, name, rules
        self.folder = folder()
        self.place = fresh_store(self.folder)
        self.clock = Clock(world, skew, name)
        self.turn = None
        self.signed_in = True
        self.copy = None
        self.is_full = False
        self._began = 0, 0
        self._probe = sqlite3.connect(
            f"{self.place.database.as_uri()}?mode=ro", uri=True, isolation_level=None
        )
        self._seen = -1
        self._open()

    def _open(self):
        self.store = Store(self.place)
        self.api = FakeApi(self.world.server, self.name)
        random = Random(f"{self.world.seed} {self.name} {self.world.t}")
        self.engine = Engine(
            self.store, self.api, self.clock, rules=self.rules, chance=random.random,
            randomness=random.randbytes,
        )  # fmt: skip
        call = self.engine.sender._call

        def tagged(send):
            self.api.origin = (self.name, send.lids[0])
            pairs = zip(send.rids, send.lids, strict=True) if send.op == "update" else ()
            self.api.guards = {rid: self._guard(send, lid) for rid, lid in pairs}
            return call(send)

        self.engine.sender._call = tagged
        if self.is_full:
            self.fill_disk()

    def _guard(self, send, lid):
        """Notes when a request tramples on what it does not know of.

        What somebody changed since the account was seen, two minutes ago at most, nobody can keep;
        and a timer is stopped at once.
        """
        bound = bindings.get(self.store.source, "track", send.kind, lid)
        if bound is None or bound.base is None or send.kind != "time_entry":
            return None
        one = tables.get(self.store.source, Entry, lid)
        base = plain(bound.base)
        own = set(dirty(base, Ties(self.store.source).out(one)))
        is_new = self.world.t - self.api.seen_at <= UNSURE_SECONDS or "stop" in send.values

        def guard(row, _body):
            there = read("time_entry", row).values
            for name, value in send.values.items():
                if there[name] != base.get(name) and there[name] != value:
                    if name not in own:
                        self.world.server.trampled.append((lid, name))
                    elif name == "description" and is_new:
                        self.world.server.blind.add(there[name])

        return guard

    # Life -------------------------------------------------------------------------------------

    def step(self, want=EVERYTHING):
        """Lets a turn go on until the next await; begins one when none is under way."""
        if self.turn is None:
            if not self.signed_in:
                return "idle"
            retry = self.engine.line.retry_at
            if retry is not None and retry > self.clock.now().boot:
                return "idle"
            if self.engine.state.phase is Phase.PAUSED:
                host = self.engine.line.wait("me", 0)
                if host > 0:
                    return "idle"
            self.engine.next_want()  # what it wants by itself is not asked in a history
            self.turn = self.engine.turn(want)
            self._began = self.api.answers, self._last_step()
        try:
            return self.turn.send(None).name
        except StopIteration:
            self.turn = None
            self._blame()
            if self.engine.state.phase is Phase.SIGN_IN:
                self.signed_in = False
            return "done"

    def _last_step(self):
        return self._probe.execute("SELECT max(seq) FROM step").fetchone()[0] or 0

    def _blame(self):
        """A turn to which nobody ever answered must not have changed anybody's data (O14)."""
        answers, seq = self._began
        if self.api.answers != answers:
            return
        changed = self._probe.execute(
            "SELECT name FROM step AS s WHERE seq > ? AND origin = 'track' "
            "AND EXISTS (SELECT 1 FROM change AS c WHERE c.seq = s.seq AND c.before IS NOT '{}')",
            (seq,),
        ).fetchall()
        self.world.bad += [f"changed without an answer: {name}" for (name,) in changed]

    def look(self):
        """Returns what is wrong with the store right now: that one runs, and what the sync owes."""
        version = self._probe.execute("PRAGMA data_version").fetchone()[0]
        if version == self._seen:
            return []
        self._seen = version
        checks = (doctor.CHECKS[0], *doctor_sync.CHECKS, *doctor_sync.ROW_CHECKS)
        return [f"{self.name}: {line}" for line in doctor._asked(checks, self._probe)]

    def finish(self, want=EVERYTHING):
        while self.step(want) not in {"done", "idle"}:
            pass
        return self.engine.state

    def crash(self):
        """Kills the program wherever it is: what is in memory is gone, the disk stays."""
        if self.turn is not None:
            self.turn.close()
            self.turn = None
        self.engine.close()
        for connection in (self.store._reader, self.store._writer):
            if connection is not None:
                connection.close()
        self.store._reader = self.store._writer = None
        if self.store._lock is not None:
            self.store._lock.close()
            self.store._lock = None
        self._open()

    def reboot(self):
        """The machine starts anew: another boot, and its clock counts from nought."""
        self.clock.boots += 1
        self.clock.boot_id = f"boot {self.name} {self.clock.boots}"
        self.clock.began = self.world.t
        self.crash()

    def new_epoch(self, name):
        """Somebody signs in or out."""
        try:
            with self.store.transaction(name, self.clock.wall()) as tx:
                tx.keep_even_if_empty = True
                tx.step.meta[schema.EPOCH] = schema.next_epoch(tx.source)
        except KnownError:
            pass

    def fill_disk(self):
        """No page more: SQLite itself says that the disk is full."""
        self.is_full = True
        with self.store.locked() as writer:
            writer.execute("PRAGMA max_page_count = 1")

    def clear_disk(self):
        self.is_full = False
        with self.store.locked() as writer:
            writer.execute("PRAGMA max_page_count = 1073741823")

    def forget_limits(self):
        """Hours pass in which nothing is asked: every limit is as good as new."""
        with self.store.locked() as writer:
            writer.execute("DELETE FROM quota")

    def retry_what_was_refused(self):
        """A person tries everything once more that a server refused."""
        for problem in problems.problems(self.store.source):
            if problem.reason in {"refused", "no access"} and problem.kind != "workspace":
                deciding.decide(self.store, problem, "retry", self.clock.wall())

    def close(self):
        self._probe.close()
        if self.turn is not None:
            self.turn.close()
        self.engine.close()
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # A person ---------------------------------------------------------------------------------

    def do(self, command):
        """Does what a person asks; a refusal is no failure here."""
        made = self.world.random.randbytes
        old = ids.new_id, catalog.new_id
        fixed = lambda: uuid7(int(self.world.t * 1000), made(10))  # noqa: E731
        with Ids(fixed):
            outcome = perform.perform(self.store, command, self.clock.reading(), "Europe/Berlin")
        assert old == (ids.new_id, catalog.new_id)
        return outcome

    def entries(self):
        return tables.load(self.store.source, Entry, "WHERE deleted = 0 ORDER BY lid")

    def projects(self):
        return tables.load(self.store.source, Project, "WHERE deleted = 0 ORDER BY lid")

    def binding(self, lid, kind="time_entry"):
        return bindings.get(self.store.source, "track", kind, lid)

    def shelved(self):
        return shelf.unresolved(self.store.source)


class Ids:
    """Makes the ids of actions follow from the seed."""

    def __init__(self, make):
        self.make = make

    def __enter__(self):
        actions = [m for name, m in sys.modules.items() if name.startswith("toggl_desktop.actions")]
        self.modules = [module for module in actions if hasattr(module, "new_id")]
        self.old = [m.new_id for m in self.modules]
        for module in self.modules:
            module.new_id = self.make

    def __exit__(self, *_):
        for module, old in zip(self.modules, self.old, strict=True):
            module.new_id = old
