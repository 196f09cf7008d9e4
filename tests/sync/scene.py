"""Short plays for one or two computers: no chance in them, every fault at its place."""

from contextlib import contextmanager

from tests.sync.fake_track import NONE, WS, stamp
from tests.sync.judge import judge
from tests.sync.world import World
from toggl_desktop.domain import commands
from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import tables
from toggl_desktop.sync.api import ApiError
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.reconcile import classify
from toggl_desktop.sync.rules import RULES


@contextmanager
def scene(computers="A", *, rules=RULES):
    """A world without chance: every request arrives and is answered, unless the play says not."""
    world = World(7, rules=rules, faults=NONE, computers=computers)
    world.server.quota = 10**9
    for computer in world.computers:
        computer.clock.skew = 0
    try:
        for computer in world.computers:
            sync(computer)
        yield world, *world.computers
    finally:
        world.close()


def sync(computer, want=None, seconds=0):
    """Lets time pass and makes one whole turn."""
    computer.world.t += seconds
    computer.world.server.tick()
    computer.signed_in = True
    computer.engine.line.retry_at = None
    return computer.finish(want or Want())


def until(computer, place, want=None):
    """Lets a turn go on up to a place; what comes then has not happened yet."""
    seen = []
    for _ in range(100):
        seen.append(computer.step(want or Want()))
        if seen[-1] == place:
            return
        if seen[-1] in {"done", "idle"}:
            break
    raise AssertionError(f"{place} was not reached, only {seen}")


def settled(world, turns=4):
    """Lets so much time pass, turn by turn, that nothing is left to do."""
    for _ in range(turns):
        for computer in world.computers:
            sync(computer, seconds=200)


def at_rest(world):
    """Fails unless everything is as it must be."""
    settled(world)
    assert judge(world) == []


def add(computer, text, start=None, stop=None, **fields):
    """Adds a finished entry; returns its local id."""
    now = computer.clock.wall()
    start = now - 600 if start is None else start
    command = commands.AddEntry(start, start + 60 if stop is None else stop, text, **fields)
    assert computer.do(command).error is None
    return lid(computer, text)


def start(computer, text, **fields):
    assert computer.do(commands.StartTimer(text, overlaps="keep", **fields)).error is None
    return lid(computer, text)


def lid(computer, text):
    found = tables.load(
        computer.store.source, Entry, "WHERE description = ? ORDER BY lid DESC", (text,)
    )
    return found[0].lid


def edit(computer, one, **fields):
    assert computer.do(commands.EditEntries((one,), **fields)).error is None


def delete(computer, one):
    assert computer.do(commands.DeleteEntries((one,))).error is None


def entry(computer, one):
    return tables.get(computer.store.source, Entry, one)


def texts(world):
    return sorted(row["description"] for row in world.server.live())


def web_add(world, text, start=None, seconds=60, **fields):
    """Somebody adds an entry in the web page; without seconds it runs."""
    start = int(world.t) - 300 if start is None else start
    stop = None if seconds is None else stamp(start + seconds)
    body = {"description": text, "start": stamp(start), "stop": stop, **fields}
    world.tokens += 1
    return world.server.create("time_entry", body, ("web", world.tokens))


def web_edit(world, rid, **body):
    world.t += 1
    return world.server.update("time_entry", rid, body)


@contextmanager
def failing(world, method, *, status=None, commits=False, late=None, text="", times=1):
    """The next requests of a kind fail.

    Args:
        world: Whose server.
        method: Which verb.
        status: What it answers; None: nothing comes back at all.
        commits: Whether it does what it was asked before it fails.
        late: Or so many seconds afterwards.
        text: The server's words.
        times: So many requests.
    """
    server, left = world.server, [times]
    plain = server.call

    def call(who, scope, name, work, *, method: str):
        if method != wanted or not left[0]:
            return plain(who, scope, name, work, method=method)
        left[0] -= 1
        world.t += 1
        server.tick()
        server.counts.requests += 1
        server.counts.writes += method != "GET"
        if commits:
            work()
        if late is not None:
            server.late.append((world.t + late, work))
        outcome = classify(method, 500 if status is None else status, text)
        raise ApiError(outcome, status, text)

    wanted = method
    server.call = call
    try:
        yield
    finally:
        del server.call


def rid_of(computer, one, kind="time_entry"):
    bound = computer.binding(one, kind)
    return None if bound is None else bound.rid


def hold_of(computer, one, kind="time_entry"):
    bound = computer.binding(one, kind)
    return (bound.hold or {}) if bound else {}


__all__ = ["WS", "scene"]
