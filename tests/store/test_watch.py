import os
import sqlite3
import threading
import time

import pytest

from toggl_desktop.store import watch as module
from toggl_desktop.store.place import Place
from toggl_desktop.store.watch import Watch

SOON = 10.0


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def later(action):
    timer = threading.Timer(0.05, action)
    timer.start()
    return timer


def test_it_wakes_when_something_in_the_directory_is_written(place):
    with Watch(place) as watch:
        timer = later(lambda: place.database.write_bytes(b"x"))
        begin = time.monotonic()
        assert watch.wait(SOON) == frozenset()
        assert time.monotonic() - begin < SOON
        timer.join()


@pytest.mark.skipif(not hasattr(os, "pipe"), reason="needs pipes")
def test_after_news_it_looks_again_a_few_times_and_then_waits(place):
    with Watch(place) as watch:
        if not watch.is_told:
            pytest.skip("the system does not tell")
        place.database.write_bytes(b"x")
        waits = []
        for _ in range(9):
            begin = time.monotonic()
            watch.wait(0.6)
            waits.append(time.monotonic() - begin)
        assert sum(wait > 0.5 for wait in waits) == 9 - 1 - len(module._LOOKS)


def test_it_ends_after_its_time(place):
    with Watch(place) as watch:
        assert watch.wait(0.01) == frozenset()


def test_it_minds_other_descriptors(place):
    read, write = os.pipe()
    try:
        with Watch(place) as watch:
            os.write(write, b"x")
            assert watch.wait(SOON, readable=[read]) == {read}
            os.close(read)
            assert watch.wait(SOON, ends=[write]) == {write}
    finally:
        os.close(write)


def test_without_the_systems_help_it_returns_ten_times_a_second(place, monkeypatch):
    monkeypatch.setattr(module, "_inotify", lambda _directory: None)
    with Watch(place) as watch:
        assert not watch.is_told
        begin = time.monotonic()
        watch.wait(None)
        watch.wait(60)
        assert time.monotonic() - begin < SOON


def test_a_directory_that_is_not_there_is_asked_instead(tmp_path):
    with Watch(Place(tmp_path / "none")) as watch:
        assert not watch.is_told
        watch.wait(None)


def test_a_directory_that_goes_away_is_asked_from_then_on(tmp_path):
    place = Place(tmp_path / "data")
    place.directory.mkdir()
    with Watch(place) as watch:
        place.directory.rmdir()
        watch.wait(SOON)
        assert not watch.is_told
        watch.wait(None)


def test_every_commit_of_another_connection_is_noticed(place):
    """The log is written before a commit counts: one look after the news may come too early."""
    writer = sqlite3.connect(place.database, isolation_level=None, check_same_thread=False)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE t (x)")
    reader = sqlite3.connect(place.database, isolation_level=None)
    reader.execute("SELECT count(*) FROM t").fetchone()

    def version():
        return reader.execute("PRAGMA data_version").fetchone()[0]

    with Watch(place) as watch:
        for number in range(100):
            before = version()
            thread = threading.Thread(
                target=writer.execute, args=(f"INSERT INTO t VALUES ({number})",)
            )
            thread.start()
            end = time.monotonic() + SOON
            while version() == before:
                assert time.monotonic() < end, "a commit was missed"
                watch.wait(SOON)
            thread.join()
    writer.close()
    reader.close()
