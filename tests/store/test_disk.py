"""A full disk gives one sentence and nothing half written; with ballast one edit still fits."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.builders import NOW, dump, entry, load, make_place, make_store
from toggl_desktop.store import backup, ballast, schema
from toggl_desktop.store.failures import DiskFullError

is_root = hasattr(os, "getuid") and os.getuid() == 0
TEXT = "x" * 2000
FULL = "The disk is full. Nothing was changed. Free some space and repeat."


def new_entry(number):
    return entry(f"e{number}", NOW + number, NOW + number + 1, description=TEXT)


@pytest.fixture
def small_disk():
    """A disk of 24 MB: a real one in memory."""
    if not is_root:
        pytest.skip("only root can mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="toggl-small-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("this machine does not let root mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def fill(disk: Path) -> None:
    with suppress(OSError), (disk / "filler").open("ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def test_without_ballast_a_full_disk_is_said_and_nothing_is_half_written(small_disk):
    with make_store(small_disk) as store:
        load(store, new_entry(0))
        assert not store.place.ballast.exists()  # there was no room for it from the start
        fill(small_disk)
        for _ in range(3):
            before = dump(store.place.database)
            with pytest.raises(DiskFullError) as refusal:
                load(store, new_entry(1))
            assert refusal.value.sentence == FULL
            assert dump(store.place.database) == before
        assert store.check(full=True) == []
        (small_disk / "filler").unlink()
        load(store, new_entry(1))
        assert store.check(full=True) == []
        assert store.seen == 2


def test_many_edits_until_the_disk_is_full_leave_every_acknowledged_one(small_disk):
    acknowledged = 0
    with make_store(small_disk) as store:
        (small_disk / "filler").write_bytes(bytes(22 << 20))
        with suppress(DiskFullError):
            while True:
                load(store, new_entry(acknowledged))
                acknowledged += 1
        assert acknowledged > 10
        assert store.check(full=True) == []
        assert store.source.value("SELECT count(*) FROM time_entry") == acknowledged
        assert store.source.value("SELECT count(*) FROM step") == acknowledged
    (small_disk / "filler").unlink()
    with make_store(small_disk) as store:
        assert store.source.value("SELECT count(*) FROM time_entry") == acknowledged
        load(store, new_entry(acknowledged))
        assert store.check(full=True) == []


def test_with_ballast_the_edit_succeeds_once_and_the_space_is_given_up(small_disk, monkeypatch):
    monkeypatch.setattr(ballast, "ROOM", 1 << 20)
    with make_store(small_disk) as store:
        load(store, new_entry(0))
        assert store.place.ballast.stat().st_size == ballast.BYTES
        fill(small_disk)
        load(store, new_entry(1))
        assert not store.place.ballast.exists()
        assert store.seen == 2
        fill(small_disk)
        with pytest.raises(DiskFullError):
            load(store, *(new_entry(number) for number in range(2, 50)))
        assert store.check(full=True) == []


@pytest.mark.parametrize("has_ballast", [True, False])
def test_a_store_opened_on_a_full_disk_opens_with_ballast_or_says_why_not(
    small_disk, monkeypatch, has_ballast
):
    monkeypatch.setattr(ballast, "ROOM", 1 << 20 if has_ballast else 1 << 60)
    with make_store(small_disk) as store:
        load(store, new_entry(0))
    fill(small_disk)
    if not has_ballast:
        with pytest.raises(DiskFullError):
            make_store(small_disk)
        (small_disk / "filler").unlink()
    with make_store(small_disk) as store:
        load(store, new_entry(1))
        assert store.check(full=True) == []
        assert not list(store.place.directory.glob("corrupt-*"))


def test_a_backup_on_a_full_disk_leaves_no_half_one(small_disk):
    with make_store(small_disk) as store:
        load(store, *(new_entry(n) for n in range(300)))
        fill(small_disk)
        with pytest.raises(DiskFullError):
            backup.make(store, NOW)
        assert list(store.place.backups.iterdir()) == []


@pytest.mark.parametrize("more", range(8))
def test_a_file_that_may_not_grow_refuses_at_any_page_and_keeps_all_it_has(tmp_path, more):
    """The same without a small disk: SQLite itself is told where the file ends."""
    with make_store(tmp_path) as store:
        load(store, *(new_entry(n) for n in range(20)))
        store.place.ballast.unlink(missing_ok=True)
        with store.locked() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + more}")
        kept = 20
        before = dump(store.place.database)
        refused = None
        while refused is None:
            try:
                load(store, new_entry(kept))
            except DiskFullError as error:
                refused = error.sentence
            else:
                kept += 1
                before = dump(store.place.database)
        assert refused == FULL
        assert dump(store.place.database) == before
        assert store.source.value("SELECT count(*) FROM time_entry") == kept
        assert store.check(full=True) == []


def test_what_was_half_written_when_the_space_ran_out_is_not_written_twice(tmp_path, monkeypatch):
    with make_store(tmp_path) as store:
        load(store, new_entry(0))
        store.place.ballast.touch()
        with store.locked() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

            def drop(where):
                connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
                where.ballast.unlink()
                return True

        monkeypatch.setattr(ballast, "drop", drop)
        load(store, *(new_entry(n) for n in range(1, 20)))
        assert store.seen == 2
        assert store.source.value("SELECT count(*) FROM change WHERE seq = 2") == 19
        assert store.source.value("SELECT count(*) FROM step") == 2
        assert store.check(full=True) == []


@pytest.mark.parametrize("times", [1, 2])
def test_a_disk_that_is_full_before_the_step_begins_gets_the_ballast_too(
    tmp_path, monkeypatch, times
):
    real, refusals = schema.connect, []

    def connect(path, *, reading):
        if len(refusals) < times and not reading:
            refusals.append(path)
            raise DiskFullError(FULL)
        return real(path, reading=reading)

    with make_store(tmp_path) as store:
        store.place.ballast.touch()
        monkeypatch.setattr(schema, "connect", connect)
        if times == 1:
            load(store, new_entry(0))
        else:
            with pytest.raises(DiskFullError):
                load(store, new_entry(0))
        assert not store.place.ballast.exists() or times == 1
    monkeypatch.undo()
    with make_store(tmp_path) as store:
        load(store, new_entry(1))
        assert store.check(full=True) == []


def test_ballast_is_laid_only_where_there_is_plenty_of_room(tmp_path, monkeypatch):
    where = make_place(tmp_path)
    where.directory.mkdir()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ballast.ROOM - 1))
    ballast.lay(where)
    assert not where.ballast.exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ballast.ROOM))
    ballast.lay(where)
    assert where.ballast.stat().st_size == ballast.BYTES
    ballast.lay(where)
    assert (ballast.drop(where), ballast.drop(where)) == (True, False)


def test_ballast_takes_real_space_where_the_system_cannot_reserve_it(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    where = make_place(tmp_path)
    where.directory.mkdir()
    ballast.lay(where)
    assert where.ballast.stat().st_blocks * 512 >= ballast.BYTES
