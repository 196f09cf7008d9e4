"""Deleting one's data leaves nothing of it, and nothing else is touched."""

import pytest

from tests.store.past import copied
from tests.support.builders import NOW, entry, load
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import erase, settings
from toggl_desktop.store import lock as locking
from toggl_desktop.store.database import Store
from toggl_desktop.store.failures import DamagedFileError
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.place import find
from toggl_desktop.store.recovery import damaged, recover


@pytest.fixture
def used(template, tmp_path):
    """A place with everything in it that a long life leaves."""
    where = copied(template, tmp_path)
    where.logs.mkdir()
    (where.logs / "desktop.log").write_text("x")
    settings.save(where.settings, "theme", "dark")
    damaged(where, DamagedFileError("Broken."))
    recover(where, fresh=True)
    with Store(where) as store:
        load(store, entry("e", NOW, NOW + 1), at=NOW)
        where.mark_suspect()
    return where


def test_everything_is_listed_first_and_gone_afterwards(used):
    listed = erase.everything(used)
    assert {p.name.split("-")[0] for p in listed} >= {
        "toggl.sqlite3", "toggl.sqlite3.lock", "backups", "logs", "edits", "corrupt", "suspect",
        "settings.toml", "ballast",
    }  # fmt: skip
    assert erase.erase(used) == listed
    assert list(used.directory.rglob("*")) == []
    assert erase.everything(used) == []


def test_other_profiles_and_strangers_files_stay(used):
    other = find({}, str(used.directory), "work")
    with Store(other) as store:
        load(store, entry("e", NOW, NOW + 1))
    stranger = used.directory / "my notes.txt"
    stranger.write_text("mine")
    erase.erase(used)
    assert stranger.read_text() == "mine"
    with Store(other) as store:
        assert store.source.value("SELECT count(*) FROM time_entry") == 1


def test_a_link_is_removed_not_followed(used, tmp_path):
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "file").write_text("precious")
    (used.directory / "corrupt-link").symlink_to(victim)
    erase.erase(used)
    assert (victim / "file").read_text() == "precious"


def test_nothing_is_removed_while_another_process_writes(used, monkeypatch):
    monkeypatch.setattr(locking, "WAIT_SECONDS", 0.05)
    before = erase.everything(used)
    lock = WriteLock(used.lock)
    with lock.held(), pytest.raises(StoreError, match="kept the store locked"):
        erase.erase(used)
    lock.close()
    assert erase.everything(used) == before


def test_after_it_a_new_store_begins(used):
    erase.erase(used)
    with Store(used) as store:
        assert store.seen == 0
        assert store.check(full=True) == []
