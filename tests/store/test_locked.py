"""A file that may only be read, a lock that is held: one sentence, and nothing half written."""

import os
import pickle
import shutil
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.test_processes import holding
from tests.support.builders import NOW, dump, entry, load, make_store
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import (  # noqa: F401 - a child without rights cannot import them later
    backup,
    ballast,
    doctor,
    lock,
    place,
    recovery,
    schema,
)
from toggl_desktop.store.database import Store
from toggl_desktop.store.failures import DiskFullError, as_known
from toggl_desktop.store.place import Place
from toggl_desktop.store.reading import reading

is_root = hasattr(os, "getuid") and os.getuid() == 0
NOBODY = 65534


# Read only --------------------------------------------------------------------------------


def as_nobody(folder: Path, work, *arguments):
    """Runs work as a user who is not root (modes mean nothing to root) and returns its answer."""
    if not is_root:
        return work(folder, *arguments)
    reader, out = os.pipe()
    child = os.fork()
    if child == 0:
        answer = None
        try:
            os.close(reader)
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            answer = work(folder, *arguments)
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        finally:
            with os.fdopen(out, "wb") as pipe:
                pickle.dump(answer, pipe)
            os._exit(0)
    os.close(out)
    with os.fdopen(reader, "rb") as pipe:
        answer = pickle.load(pipe)
    os.waitpid(child, 0)
    return answer


def open_and_write(folder: Path):
    try:
        with Store(Place(folder)) as store:
            load(store, entry("more", NOW, NOW + 1, description=str(store.seen)))
    except StoreError as error:
        return error.sentence
    return "written"


def open_and_read(folder: Path):
    try:
        with reading(Place(folder)) as source:
            return source.value("SELECT count(*) FROM time_entry")
    except StoreError as error:
        return error.sentence


@pytest.fixture
def theirs():
    """A store that belongs to a user who is not root."""
    folder = Path(tempfile.mkdtemp(prefix="toggl-theirs-"))
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
    assert as_nobody(folder, open_and_write) == "written"
    yield folder
    subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=True)
    shutil.rmtree(folder)


READ_ONLY = (
    "The store can only be read. Nothing was changed. "
    "Make its file and folder writable for you and repeat."
)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_file_that_may_only_be_read_can_be_read_and_writing_is_refused(theirs):
    (theirs / "toggl.sqlite3").chmod(0o400)
    before = (theirs / "toggl.sqlite3").read_bytes()
    assert as_nobody(theirs, open_and_read) == 1
    assert as_nobody(theirs, open_and_write) == READ_ONLY
    assert (theirs / "toggl.sqlite3").read_bytes() == before
    (theirs / "toggl.sqlite3").chmod(0o600)
    assert as_nobody(theirs, open_and_write) == "written"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_directory_that_may_only_be_read_is_said_and_nothing_is_changed(theirs):
    before = {p.name: p.read_bytes() for p in theirs.iterdir() if p.is_file()}
    theirs.chmod(0o500)
    for work in (open_and_write, open_and_read):
        sentence = as_nobody(theirs, work)
        assert sentence in (1, READ_ONLY), sentence
    assert as_nobody(theirs, open_and_write) == READ_ONLY
    assert {p.name: p.read_bytes() for p in theirs.iterdir() if p.is_file()} == before


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_file_that_may_not_even_be_read_is_said(theirs):
    (theirs / "toggl.sqlite3").chmod(0o000)
    for work in (open_and_write, open_and_read):
        sentence = as_nobody(theirs, work)
        assert "Nothing was changed" in str(sentence)
    assert not list(theirs.glob("corrupt-*"))


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_log_that_cannot_be_written_does_not_stop_the_edit(theirs):
    (log,) = theirs.glob("edits-*.jsonl")
    size = log.stat().st_size
    log.chmod(0o400)
    assert as_nobody(theirs, open_and_write_other) == "written"
    assert log.stat().st_size == size


def open_and_write_other(folder: Path):
    with Store(Place(folder)) as store:
        load(store, entry("other", NOW, NOW + 1))
    return "written"


# Locked -----------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    """Waits shorter than the five seconds a person would."""
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.3)
    monkeypatch.setattr(schema, "_BUSY_MILLISECONDS", 300)


def test_a_store_that_another_process_of_ours_keeps_locked_is_said(tmp_path, impatient):
    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 1))
        before = dump(store.place.database)
        with holding("hold", store.place.directory, 60):
            began = time.monotonic()
            with pytest.raises(StoreError) as refusal:
                load(store, entry("f", NOW, NOW + 1))
            waited = time.monotonic() - began
        assert waited >= 0.3
        assert refusal.value.sentence == (
            "Another program has kept the store locked for 0.3 seconds. Nothing was changed. "
            "Close it and repeat."
        )
        assert dump(store.place.database) == before
        load(store, entry("f", NOW, NOW + 1))


def test_a_store_that_a_foreign_program_keeps_locked_is_said(tmp_path, impatient):
    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 1))
    before = dump(store.place.database)
    with holding("hold_sqlite", store.place.directory, 60), make_store(tmp_path) as store:
        assert store.source.value("SELECT count(*) FROM time_entry") == 1
        with pytest.raises(StoreError) as refusal:
            load(store, entry("f", NOW, NOW + 1))
    assert refusal.value.sentence == (
        "Another program has kept the store locked for 5 seconds. Nothing was changed. "
        "Close it and repeat."
    )
    assert dump(store.place.database) == before
    with make_store(tmp_path) as store:
        load(store, entry("f", NOW, NOW + 1))
        assert store.check(full=True) == []


def test_the_lock_may_be_taken_again_by_its_holder_and_is_free_after_the_last(tmp_path):
    one, other = (lock.WriteLock(tmp_path / "lock") for _ in range(2))
    with one.held(), one.held(), pytest.raises(StoreError, match="locked"), other.held(0.05):
        pass
    with other.held(0.05):
        pass
    one.close()
    other.close()


def test_the_lock_is_given_back_when_the_work_fails(tmp_path):
    one, other = (lock.WriteLock(tmp_path / "lock") for _ in range(2))
    with pytest.raises(KeyError), one.held():
        raise KeyError
    with other.held(0.05):
        pass
    one.close()
    other.close()


# Words ------------------------------------------------------------------------------------


def test_every_known_failure_of_sqlite_has_one_sentence_that_says_nothing_was_changed():
    import sqlite3

    from toggl_desktop.store.failures import _SENTENCES

    for code, (kind, words) in _SENTENCES.items():
        error = sqlite3.OperationalError("internal words")
        error.sqlite_errorcode = code | 3 << 8
        known = as_known(error)
        assert type(known) is kind
        assert "internal words" not in known.sentence
        assert "Nothing was changed" in known.sentence
        assert words.split(".")[0] in known.sentence


def test_our_own_mistakes_are_not_dressed_up_as_failures_of_the_world(tmp_path):
    import sqlite3

    assert as_known(sqlite3.ProgrammingError("closed")) is None
    with make_store(tmp_path) as store, pytest.raises(sqlite3.OperationalError, match="syntax"):
        store.source.rows("SELEKT")


@pytest.mark.parametrize("number", [1, 13, 30])
def test_what_may_not_be_written_is_said_like_a_read_only_store(number):
    assert as_known(OSError(number, os.strerror(number))).sentence == READ_ONLY


@pytest.mark.parametrize("number", [28, 122])
def test_a_full_disk_or_quota_is_one_failure_wherever_it_shows(number):
    known = as_known(OSError(number, os.strerror(number)))
    assert isinstance(known, DiskFullError)


def test_a_small_disk_is_told_from_a_broken_one():
    import sqlite3

    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR | 19 << 8
    assert isinstance(as_known(error), DiskFullError)


def test_closing_twice_is_once(tmp_path):
    store = make_store(tmp_path)
    store.close()
    store.close()
    with closing(make_store(tmp_path)) as again:
        assert again.seen == 0
