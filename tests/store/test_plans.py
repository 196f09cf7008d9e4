"""At 50,000 entries no question reads them all: by the plan, and by counting what is read."""

import random
import sqlite3
import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.builders import NOW, client, entry, make_store, project, tag
from toggl_desktop.actions import entries as actions
from toggl_desktop.actions import timer
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import EditEntries, StartTimer
from toggl_desktop.domain.instants import day_of, range_bounds
from toggl_desktop.store import journal
from toggl_desktop.store.read import entries, status
from toggl_desktop.store.read.entries import Wanted

BERLIN = ZoneInfo("Europe/Berlin")
ENTRIES = 50_000
WORDS = (
    *("design", "review", "write", "docs", "fix", "build", "client", "call", "planning"),
    *("sprint", "invoice", "research"),
)


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """Years of work, all of it finished but the last."""
    chance = random.Random(5)
    with make_store(tmp_path_factory.mktemp("years")) as store:
        projects = [project(f"p{i}", f"Project {i}", client="c") for i in range(100)]
        tags = [tag(f"t{i}", f"tag {i}") for i in range(40)]
        made, at = [], NOW - ENTRIES * 3000
        for i in range(ENTRIES):
            stop = at + chance.randint(300, 2900)
            words = " ".join(chance.sample(WORDS, 3))
            made.append(
                entry(
                    f"01a0-{i:08x}",
                    at,
                    stop if i < ENTRIES - 1 else None,
                    description=f"{words} {i % 3000}",
                    project=chance.choice(projects).lid,
                    tags=tuple(t.lid for t in chance.sample(tags, chance.randint(0, 2))),
                )
            )
            at += 3000
        for first in range(0, ENTRIES, 5000):
            with store.transaction("Load", NOW) as tx:
                tx.save(client("c"), *projects, *tags, *made[first : first + 5000])
        for i in range(2000):
            with store.transaction(f"Edit {i}", NOW) as tx:
                tx.save(tag("t0", f"tag {i}"))
        yield store


class Watching:
    """Explains every statement that is asked inside, and counts the steps the engine takes."""

    def __init__(self, store):
        self._store, self._connection = store, store._reading()
        self.statements: list[str] = []
        self.ticks = 0

    def __enter__(self):
        self._connection.set_trace_callback(self.statements.append)
        self._connection.set_progress_handler(self._tick, 100)
        return self

    def _tick(self):
        self.ticks += 1
        return 0

    def __exit__(self, *_):
        self._connection.set_trace_callback(None)
        self._connection.set_progress_handler(None, 0)

    def plans(self):
        """Returns what each statement does to the large tables."""
        found = []
        for sql in self.statements:
            if sql.startswith(("SELECT", "\nSELECT")):
                rows = self._connection.execute("EXPLAIN QUERY PLAN " + sql)
                found += [detail for *_, detail in rows]
        return found


LARGE = ("time_entry", "change", "e", "c", "binding", "b")


def reads_whole_table(plan):
    """Tells whether a step of a plan goes through a large table from one end to the other.

    In the order of its own key it may begin to: a limit ends that, and the counted steps prove it.
    """
    words = plan.split()
    is_large = len(words) > 1 and words[0] == "SCAN" and words[1] in LARGE
    return is_large and "USING" not in plan


def today(store):
    return status.read(store.source, NOW, BERLIN)


def last_two_weeks(store):
    day = day_of(NOW, BERLIN)
    return entries.find(store.source, Wanted(*range_bounds(day - timedelta(days=13), day, BERLIN)))


QUESTIONS = {
    "status": (today, 300),
    "last 14 days": (last_two_weeks, 700),
    "newest 100": (lambda s: entries.find(s.source, Wanted(limit=100)), 120),
    "newest of a project": (
        lambda s: entries.find(s.source, Wanted(projects=("p7",), limit=50)), 600,
    ),
    "one day long ago": (
        lambda s: entries.find(s.source, Wanted(NOW - 90_000_000, NOW - 90_000_000 + 86400)), 1500,
    ),
    "recents": (lambda s: entries.recents(s.source, 10), 2500),
    "undoable": (lambda s: journal.undoable(s.source), 3),
    "redoable": (lambda s: journal.redoable(s.source), 3),
    "last step": (lambda s: journal.last_seq(s.source), 3),
    "history": (lambda s: journal.history(s.source), 30),
    "the history that is told": (lambda s: journal.worth_telling(s.source, 50), 30),
    "the way of a start now": (lambda s: entries.in_the_way(s.source, NOW), 3),
    "the way of a start an hour ago": (lambda s: entries.in_the_way(s.source, NOW - 3600), 5),
    "running": (lambda s: entries.running(s.source), 10),  # and a hundred projects' names
    "running, for an action": (lambda s: entries.running_entry(s.source), 3),
    "latest stopped": (lambda s: entries.latest_stopped(s.source), 3),
    "one entry": (lambda s: entries.one(s.source, "01a0-00000007"), 10),
    "a step's changes": (lambda s: journal.changes_of(s.source, 500), 5),
    "what is new": (lambda s: journal.changes_since(s.source, 2000), 40),
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_from_an_index(years, name):
    ask, hundreds = QUESTIONS[name]
    with Watching(years) as watched:
        ask(years)
    assert watched.statements
    whole = [plan for plan in watched.plans() if reads_whole_table(plan)]
    assert whole == []
    # going through the table itself takes 1,500 (recents looks at the newest 2,000 on purpose)
    assert watched.ticks <= hundreds, f"{watched.ticks} × 100 steps"


def test_the_watch_itself_sees_a_question_that_reads_everything(years):
    with Watching(years) as watched:
        years.source.rows("SELECT count(*) FROM time_entry WHERE zone = 'nowhere'")
    assert any(reads_whole_table(plan) for plan in watched.plans())
    assert watched.ticks >= 1500


def test_a_step_asks_a_fixed_number_of_questions_however_much_there_is(years, tmp_path):
    def questions(store, lid):
        asked = []
        with store.locked() as writer:
            writer.set_trace_callback(asked.append)
            actions.edit(
                store, EditEntries((lid,), f"Edited {len(asked)} {time.time_ns()}"), Reading(NOW)
            )
            writer.set_trace_callback(None)
        return len(asked)

    with make_store(tmp_path) as small:
        with small.transaction("Load", NOW) as tx:
            tx.save(entry("01a0-00000007", NOW, NOW + 1))
        few = questions(small, "01a0-00000007")
    many = questions(years, "01a0-00000007")
    assert many == few <= 15


def percentile(spent, share):
    return sorted(spent)[int(len(spent) * share)] * 1000


def test_what_it_all_costs_with_fifty_thousand_entries(years):
    """Printed, not judged: a machine's load is nobody's fault."""

    def timed(work, times):
        spent = []
        for i in range(times):
            began = time.perf_counter()
            work(i)
            spent.append(time.perf_counter() - began)
        return spent

    def edit(i):
        text = f"Cost {i} {time.time_ns()}"
        actions.edit(years, EditEntries((f"01a0-{i:08x}",), text), Reading(NOW))

    def start(i):
        timer.start(years, StartTimer(f"S {i}"), Reading(NOW + 60 * i))

    def search(text, limit=None):
        return entries.find(years.source, Wanted(text=text, limit=limit))

    lines = []
    for name, work, times in (
        ("edit, committed", edit, 400),
        ("start, committed", start, 200),
        ("status.read", lambda _: today(years), 50),
        ("find last 14 days", lambda _: last_two_weeks(years), 20),
        ("search, 2 words", lambda _: search("design 77", 200), 10),
        ("search, a letter", lambda _: search("d", 200), 10),
        ("search, no match", lambda _: search("zzz"), 10),
        ("recents", lambda _: entries.recents(years.source, 10), 20),
        ("check, quick", lambda _: years.check(), 1),
    ):
        spent = timed(work, times)
        middle, worst = percentile(spent, 0.5), percentile(spent, 0.99)
        lines.append(f"{name:<19} p50 {middle:7.2f}  p99 {worst:7.2f}")
    began = time.perf_counter()
    assert years.check(full=True) == []
    lines.append(f"check, full             {(time.perf_counter() - began) * 1000:7.0f}")
    print("\nms at 50,000 entries, SQLite", sqlite3.sqlite_version, *lines, sep="\n  ")
