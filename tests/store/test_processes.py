"""Several processes write at once; any of them may be killed at any moment. Nothing is lost."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support.builders import NOW, entry, load, make_place, make_store, one
from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import editlog, schema, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.source import Source

ROOT = Path(__file__).parents[2]


def writer(*arguments, **options):
    # -S: the store needs the standard library alone, and so it starts sooner
    command = [sys.executable, "-S", "-m", "tests.store.writer", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options
    )


@contextmanager
def holding(*arguments):
    """A process that has what it wants when the block begins, and is gone when it ends."""
    child = writer(*arguments)
    try:
        assert child.stdout.readline() == "held\n"
        yield child
    finally:
        child.kill()
        end(child)


def end(child):
    child.stdout.close()
    child.stdin.close()
    child.wait(timeout=30)


WRITERS, EDITS = 8, 500


def test_eight_writers_with_five_hundred_edits_each_leave_four_thousand_steps(tmp_path):
    with make_store(tmp_path) as store:
        load(store, entry("shared", NOW, NOW + 1, description="0"))
        first = store.seen
        heard = []
        store.feed.subscribe(heard.append)
        children = [writer("count", store.place.directory, f"w{i}", EDITS) for i in range(WRITERS)]
        began = time.perf_counter()
        for child in children:
            child.stdin.write("go\n")
            child.stdin.flush()
        for child in children:
            child.communicate(timeout=100)
            assert child.returncode == 0
        took = time.perf_counter() - began
        store.catch_up()
        assert [s.seq for s in heard] == list(range(first + 1, first + WRITERS * EDITS + 1))
        assert one(store, "shared").description == str(WRITERS * EDITS)
        for i in range(WRITERS):
            assert one(store, f"w{i}").description == str(EDITS - 1)
            names = store.source.rows(
                "SELECT name FROM step WHERE name GLOB ? ORDER BY seq", (f"w{i} *",)
            )
            assert [n for (n,) in names] == [f"w{i} {k}" for k in range(EDITS)]
        # no lost update: each value of the shared entry follows from the one before it
        said = store.source.rows(
            "SELECT before, after FROM change WHERE lid = 'shared' ORDER BY seq"
        )[1:]
        pairs = [
            (int(json.loads(b)["description"]), int(json.loads(a)["description"])) for b, a in said
        ]
        assert pairs == [(k, k + 1) for k in range(WRITERS * EDITS)]
        assert store.check(full=True) == []
        lines, unread = editlog.after(store.place, editlog.Mark(store._log.store, 0))
        assert ([line["seq"] for line in lines], unread) == (list(range(1, first + 4001)), 0)
    per_second = WRITERS * EDITS / took
    print(f"\n8 writers × 500 edits: {took:.1f} s, {per_second:.0f} commits a second")


def test_what_the_lock_between_processes_costs(tmp_path):
    """Printed, not judged: the lock alone, and a commit with and without it."""
    with make_store(tmp_path) as store:
        lock = WriteLock(store.place.lock)
        began = time.perf_counter()
        for _ in range(5000):
            with lock.held():
                pass
        alone = (time.perf_counter() - began) / 5000 * 1e6
        lock.close()

        def commits(times=300):
            spent = []
            for i in range(times):
                began = time.perf_counter()
                with store.transaction("x", NOW) as tx:
                    tx.save(entry("e", NOW, NOW + 1, description=str((i, len(spent), began))))
                spent.append(time.perf_counter() - began)
            return sorted(spent)[times // 2] * 1e6

        with_lock = commits()
        with store._write_lock().held():  # already held: taking it again is free
            without = commits()
        assert store.check(full=True) == []
    print(
        f"\nlock: {alone:.1f} µs; commit p50 {with_lock:.0f} µs with it, {without:.0f} µs without"
    )


KILLS = 200


def test_killed_two_hundred_times_in_a_row_it_loses_nothing_that_was_acknowledged(tmp_path):
    """One writer after another is killed at a random moment, two at work at any time."""
    chance = random.Random(7)
    place = make_place(tmp_path)
    Store(place).close()
    said: dict[int, str] = {}
    kills = looks = 0
    began = time.perf_counter()
    at_work = [writer("acknowledge", place.directory, f"k{i}") for i in range(2)]
    while kills < KILLS:
        child = at_work.pop(0)
        first = child.stdout.readline()  # it has begun to write
        time.sleep(chance.random() * 0.06)
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        end(child)
        assert child.returncode == -signal.SIGKILL
        kills += 1
        for line in (first + rest).splitlines(keepends=True):
            if line.endswith("\n"):
                seq, text = line.split()
                assert int(seq) not in said, "two steps with one number"
                said[int(seq)] = text
        if kills <= KILLS - 2:
            at_work.append(writer("acknowledge", place.directory, f"k{kills + 1}"))
        if kills % 20 == 0:
            looks += 1
            with closing(schema.connect(place.database, reading=True)) as connection:
                source = Source(connection)
                assert source.value("PRAGMA quick_check") == "ok"
                known = {seq for (seq,) in source.rows("SELECT seq FROM step")}
                assert set(said) <= known
    for child in at_work:
        child.kill()
        end(child)
    took = time.perf_counter() - began
    with Store(place) as store:
        assert store.check(full=True) == []
        entries = {e.lid: e for e in tables.load(store.source, Entry)}
        lost = [text for text in said.values() if text not in entries]
        assert lost == []
        steps = dict(store.source.rows("SELECT seq, name FROM step"))
        assert {seq: steps[seq].replace(" ", "-") for seq in said} == said
        load(store, entry("after", NOW, NOW + 1))
        assert store.check(full=True) == []
        lines, _ = editlog.after(place, editlog.Mark(store._log.store, 0))
        assert [line["seq"] for line in lines] == list(range(1, store.seen + 1))
    print(f"\n{kills} kills, {len(said)} acknowledged edits, 0 lost, {looks} looks: {took:.1f} s")


def test_the_lock_of_a_killed_process_does_not_outlive_it(tmp_path):
    with make_store(tmp_path) as store:
        with holding("hold", store.place.directory, 60):
            pass
        load(store, entry("e", NOW, NOW + 1))
        assert store.seen == 1


def test_a_writer_waits_for_another_that_is_soon_done(tmp_path):
    with make_store(tmp_path) as store:
        with holding("hold", store.place.directory, 0.3):
            load(store, entry("e", NOW, NOW + 1))
        assert store.seen == 1


def test_twenty_processes_that_start_at_once_make_one_store(tmp_path):
    data = tmp_path / "data"
    code = (
        "import sys, pathlib; from toggl_desktop.store.database import Store; "
        "from toggl_desktop.store.place import Place; sys.stdin.readline(); "
        "print(Store(Place(pathlib.Path(sys.argv[1]))).source.value("
        "\"SELECT value FROM meta WHERE key = 'store'\"))"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, data],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(20)
    ]  # fmt: skip
    found = {child.communicate("go\n", timeout=60)[0] for child in children}
    assert len(found) == 1
    assert all(child.returncode == 0 for child in children)


@pytest.mark.skipif(os.name != "posix", reason="descriptors are POSIX")
def test_opening_and_closing_leaves_no_file_open(tmp_path):
    def open_files():
        return len(list(Path("/proc/self/fd").iterdir()))

    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 1))
    before = open_files()
    for i in range(50):
        with make_store(tmp_path) as store:
            load(store, entry("e", NOW, NOW + 1, description=str(i)))
    assert open_files() == before
