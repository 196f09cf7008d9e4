"""A disk that is full, refuses or lies during a sync: a sentence, and nothing unsent is lost."""

import random
import sqlite3

import pytest

from tests.support.builders import NOW
from tests.support.effort import effort
from tests.support.track import Fault, Loopback
from tests.sync.killing import everything
from tests.sync.rig import Rig, do
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import attempts, schema


@pytest.fixture(scope="module")
def loopback():
    with Loopback() as served:
        yield served


class Failing:
    """Lets the writing connection fail at its k-th write, and at all that follow.

    Attributes:
        left: So many writes still succeed.
    """

    def __init__(self, left, number):
        self.left, self.number, self.count = left, number, 0

    def connect(self, *given, **options):
        failing = self

        class Connection(sqlite3.Connection):
            def execute(self, sql, *values):
                failing.reached(sql)
                return super().execute(sql, *values)

            def executemany(self, sql, values):
                failing.reached(sql)
                return super().executemany(sql, values)

        return _connect(*given, factory=Connection, **options)

    def reached(self, sql):
        if sql.lstrip().startswith(("SELECT", "PRAGMA", "BEGIN", "ROLLBACK", "WITH")):
            return
        self.count += 1
        if self.count > self.left:
            error = sqlite3.OperationalError("a disk that fails")
            error.sqlite_errorcode = self.number
            raise error


_connect = sqlite3.connect
FAILURES = {
    "full": sqlite3.SQLITE_FULL,
    "refuses": sqlite3.SQLITE_IOERR | 3 << 8,
    "read only": sqlite3.SQLITE_READONLY,
}


def writes_of_a_turn(loopback, monkeypatch):
    counter = Failing(1 << 30, 0)
    with Rig(loopback) as rig, monkeypatch.context() as patch:
        everything(rig)
        patch.setattr(schema.sqlite3, "connect", counter.connect)
        rig.restart()
        assert rig.turn().phase is Phase.RESTING
    return counter.count


@pytest.mark.parametrize("name", FAILURES)
def test_a_disk_that_fails_at_any_write_of_a_sync_loses_and_doubles_nothing(
    loopback, monkeypatch, name
):
    count = writes_of_a_turn(loopback, monkeypatch)
    tries = effort(3)
    for turn in range(min(tries, count)):
        left = turn * count // min(tries, count)
        failing = Failing(left, FAILURES[name])
        with Rig(loopback) as rig:
            expected = everything(rig)
            with monkeypatch.context() as patch:
                patch.setattr(schema.sqlite3, "connect", failing.connect)
                rig.restart()
                state = rig.turn()
                assert state.phase is not Phase.RESTING, left
                assert state.text.endswith("."), state
                assert "disk" in state.text or "store" in state.text.lower(), state
            rig.restart()
            for _ in range(4):
                rig.turn(200)
            assert rig.differences() == [], left
            assert set(expected) <= set(rig.texts()), left
            assert len(rig.texts()) == len(set(rig.texts())), left
            assert rig.store.check(full=True) == [], left


# What lies under the tables of a sync ---------------------------------------------------------


def waiting(rig):
    """Makes a store with rows that wait, one that was sent without an answer, and a log of it."""
    expected = everything(rig)
    rig.server.fail(Fault("after", "POST", "/time_entries"))
    rig.turn()
    rig.server.heal(rig.clock.wall)
    rig.do(do.AddEntry(NOW - 900, NOW - 800, "waits"))
    assert attempts.outstanding(rig.store.source, "track")
    rig.store.close()
    return [*expected, "waits"]


SILENT = (
    "UPDATE binding SET base = replace(base, 'old', 'odd') WHERE kind = 'time_entry'",
    "UPDATE binding SET rid = rid + 1000000 WHERE kind = 'time_entry'",
    "UPDATE binding SET hold = '{' WHERE unsent = 1",
    "UPDATE attempt SET payload = '[]'",
    "UPDATE attempt SET max_rid = max_rid - 1",
    "UPDATE attempt SET op = 'delete'",
    "UPDATE cursor SET at = 99999999999",
    "UPDATE quota SET sends = '[\"x\", null]'",
    "UPDATE quota SET sends = '{'",
    "UPDATE quota SET parked = 1e18",
    "UPDATE quota SET total = -5",
)


def flips(count):
    """Returns ways to change bytes of the file, the same ones every time."""
    for seed in range(count):
        yield f"flip {seed}"
    for seed in range(count // 3):
        yield f"cut {seed}"


def damage(path, how):
    kind, _ = how.split()
    chance, raw = random.Random(how), bytearray(path.read_bytes())
    if kind == "cut":
        del raw[chance.randrange(1, len(raw) // 4096) * 4096 :]
    else:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


@pytest.mark.parametrize("how", [*SILENT, *flips(effort(6))])
def test_whatever_happens_to_the_file_nothing_unsent_is_lost_in_silence(loopback, how):
    with Rig(loopback) as rig:
        expected = waiting(rig)
        path = rig.store.place.database
        if how in SILENT:
            with sqlite3.connect(path) as connection:
                connection.execute(how)
            connection.close()
        else:
            damage(path, how)
        rig._open_anyhow()
        for _ in range(6):
            state = rig.turn(200)
            assert state.phase is not Phase.WORKING
            if state.phase is Phase.TROUBLE and "damaged" in state.text:
                rig.store.close()
                rig._open_anyhow()
        for problem in rig.problems():
            if problem.reason == "duplicate":
                rig.decide(problem, "theirs")
        rig.turn(4000)
        rig.turn(200)
        texts = rig.texts()
        assert set(expected) <= set(texts), how
        assert len(texts) == len(set(texts)), how
        assert rig.differences() == []
