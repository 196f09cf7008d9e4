"""Where the store lives: a directory that is ours, local, and closed to everybody else."""

import os
import stat
from pathlib import Path

import pytest

from tests.support.builders import NOW, entry, load, make_place, make_store
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import backup, place
from toggl_desktop.store.place import Place, file_system, find
from toggl_desktop.store.reading import reading

posix = pytest.mark.skipif(os.name != "posix", reason="modes and owners are POSIX")
as_root = pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away"
)


def open_to_others(folder: Path) -> list[str]:
    """Returns everything under a folder (itself too) that group or others may touch."""
    found = [folder, *folder.rglob("*")]
    return [str(p) for p in found if not p.is_symlink() and stat.S_IMODE(p.stat().st_mode) & 0o077]


@pytest.fixture
def careless():
    """Takes the program's own umask away."""
    old = os.umask(0)
    yield
    os.umask(old)


@posix
def test_with_no_umask_in_a_directory_open_to_all_nothing_stays_open(tmp_path, careless):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o777)
    (folder / "backups").mkdir()
    (folder / "logs").mkdir()
    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 1), at=NOW)
        backup.make(store, NOW)
        store.place.mark_suspect()
        names = {p.name for p in folder.rglob("*")}
        assert {
            "toggl.sqlite3",
            "toggl.sqlite3-wal",
            "toggl.sqlite3-shm",
            "toggl.sqlite3.lock",
        } <= names
        assert {"edits-202609.jsonl", "ballast", "suspect"} <= names
        assert open_to_others(folder) == []


@posix
def test_a_profile_and_all_above_it_that_had_to_be_made_is_closed(tmp_path, careless):
    where = find({}, str(tmp_path / "deep" / "data"), "work")
    with make_store_at(where) as store:
        load(store, entry("e", NOW, NOW + 1))
    assert open_to_others(tmp_path / "deep") == []


@posix
def test_a_profile_in_a_base_open_to_all_closes_the_base(tmp_path, careless):
    base = tmp_path / "data"
    (base / "profiles" / "work").mkdir(parents=True)
    with make_store_at(find({}, str(base), "work")):
        assert open_to_others(base) == []


def make_store_at(where):
    from toggl_desktop.store.database import Store

    return Store(where)


@posix
@pytest.mark.parametrize(
    "name",
    [
        "toggl.sqlite3",
        "toggl.sqlite3.lock",
        "edits-202609.jsonl",
        "backups/toggl-20260921T141320Z.sqlite3",
        "logs/a.log",
    ],
)
def test_a_file_that_was_opened_up_meanwhile_is_closed_at_the_next_start(tmp_path, name):
    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 1), at=NOW)
        backup.make(store, NOW)
        store.place.logs.mkdir()
        (store.place.logs / "a.log").touch()
        (store.place.directory / name).chmod(0o666)
        store.place.logs.chmod(0o755)
    with reading(store.place):
        pass
    assert open_to_others(store.place.directory) == []


@posix
@pytest.mark.parametrize(
    "name",
    [
        "toggl.sqlite3", "toggl.sqlite3-wal", "toggl.sqlite3-shm", "toggl.sqlite3-journal",
        "toggl.sqlite3.lock", "edits-202609.jsonl", "ballast", "suspect",
    ],
)  # fmt: skip
def test_a_link_in_the_place_of_one_of_our_files_is_refused_and_its_victim_untouched(
    tmp_path, name
):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    victim.chmod(0o644)
    where = make_place(tmp_path)
    where.directory.mkdir(mode=0o700)
    (where.directory / name).symlink_to(victim)
    for opening in (lambda: make_store(tmp_path), lambda: reading(where).__enter__()):
        with pytest.raises(StoreError, match=f"{name} is a link or belongs to another user"):
            opening()
    assert victim.read_bytes() == b"precious"
    assert stat.S_IMODE(victim.stat().st_mode) == 0o644
    assert [p.name for p in where.directory.iterdir()] == [name]


def test_a_file_that_goes_away_while_it_is_looked_at_is_no_obstacle(tmp_path):
    place.refuse_foreign(tmp_path / "gone")
    place.tighten(tmp_path / "gone")
    assert not place.is_ours(tmp_path / "gone")


@posix
def test_a_link_planted_for_the_log_while_the_store_is_open_is_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    with make_store(tmp_path) as store:
        (store.place.directory / "edits-202609.jsonl").symlink_to(victim)
        load(store, entry("e", NOW, NOW + 1), at=NOW)
        assert store.seen == 1
    assert victim.read_bytes() == b"precious"


@posix
def test_a_dangling_link_is_refused_too(tmp_path):
    where = make_place(tmp_path)
    where.directory.mkdir(mode=0o700)
    where.database.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreError, match="is a link"):
        make_store(tmp_path)
    assert not (tmp_path / "nowhere").exists()


@as_root
@pytest.mark.parametrize("name", ["toggl.sqlite3", "edits-202609.jsonl"])
def test_a_file_of_another_user_is_refused(tmp_path, name):
    where = make_place(tmp_path)
    where.directory.mkdir(mode=0o700)
    theirs = where.directory / name
    theirs.touch()
    os.chown(theirs, 12345, 12345)
    with pytest.raises(StoreError, match="belongs to another user"):
        make_store(tmp_path)


@as_root
def test_a_log_of_another_user_that_appears_later_is_not_written_to(tmp_path):
    with make_store(tmp_path) as store:
        theirs = store.place.directory / "edits-202609.jsonl"
        theirs.touch()
        os.chown(theirs, 12345, 12345)
        load(store, entry("e", NOW, NOW + 1), at=NOW)
    assert theirs.read_bytes() == b""


@as_root
@pytest.mark.parametrize("name", ["", "backups", "logs"])
def test_a_directory_of_another_user_is_refused(tmp_path, name):
    where = make_place(tmp_path)
    theirs = where.directory / name
    theirs.mkdir(parents=True)
    os.chown(theirs, 12345, 12345)
    with pytest.raises(StoreError, match="belongs to another user"):
        make_store(tmp_path)


@as_root
def test_a_link_to_a_directory_of_another_user_is_refused(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    (tmp_path / "data").symlink_to(theirs)
    with pytest.raises(StoreError, match="belongs to another user"):
        make_store(tmp_path)
    assert list(theirs.iterdir()) == []


def test_a_link_to_a_directory_of_our_own_is_fine(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "disk")
    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 1))
    assert (tmp_path / "disk" / "toggl.sqlite3").exists()


def test_a_file_in_the_place_of_the_directory_is_refused(tmp_path):
    (tmp_path / "data").write_text("x")
    with pytest.raises(StoreError, match=r"data is no directory\. Nothing was changed"):
        make_store(tmp_path)
    assert (tmp_path / "data").read_text() == "x"


MOUNTS = r"""
sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
/dev/sda2 /home ext4 rw 0 0
nas:/export /home/me/nas nfs4 rw 0 0
//server/share /home/me/My\040Share\134x cifs rw 0 0
me@host: /home/me/ssh fuse.sshfs rw 0 0
/dev/sda3 /home/me/nas/local ext4 rw 0 0
broken
nas:/over /over nfs rw 0 0
/dev/sda4 /over ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("directory", "kind"),
    [
        ("/home/me/data", "ext4"),
        ("/home/me/nas/data", "nfs4"),
        ("/home/me/nasty", "ext4"),
        ("/home/me/nas", "nfs4"),
        ("/home/me/nas/local/data", "ext4"),
        (r"/home/me/My Share\x/data", "cifs"),
        ("/home/me/ssh/a/b", "fuse.sshfs"),
        ("/over/data", "ext4"),  # mounted later
        ("/", "ext4"),
    ],
)
def test_the_kind_of_file_system_is_that_of_the_nearest_mount(tmp_path, directory, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert file_system(Path(directory), mounts) == kind


def test_where_mounts_cannot_be_listed_nothing_is_claimed(tmp_path):
    assert file_system(tmp_path, tmp_path / "missing") == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "davfs"])
def test_a_network_drive_is_refused_before_anything_is_written(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(place, "file_system", lambda _: kind)
    with pytest.raises(StoreError, match=f"network drive \\({kind}\\), where SQLite can lose data"):
        make_store(tmp_path)
    assert not make_place(tmp_path).database.exists()


# Where it is ------------------------------------------------------------------------------


def test_the_directory_is_the_named_one_then_the_environments_then_the_platforms():
    named = {"TOGGL_DESKTOP_DATA_DIR": "/env/dir", "XDG_DATA_HOME": "/xdg"}
    assert find(named, "/arg").directory == Path("/arg")
    assert find(named).directory == Path("/env/dir")
    if os.name == "posix":
        assert find({"XDG_DATA_HOME": "/xdg"}).directory == Path("/xdg/toggl-desktop")
        assert find({}).directory == Path.home() / ".local/share/toggl-desktop"


def test_on_other_systems_the_platforms_own_rule_is_asked(monkeypatch):
    from platformdirs import user_data_path

    monkeypatch.setattr("sys.platform", "darwin")
    assert place.default_directory({}) == user_data_path("toggl-desktop", appauthor=False)


def test_a_relative_directory_and_the_home_mark_are_made_whole(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert find({}, "here").directory == tmp_path / "here"
    assert find({}, "~/there").directory == Path.home() / "there"


@pytest.mark.parametrize("name", ["work", "Anna B", "a@b.example", "日本", "x" * 64, "a-b_c"])
def test_a_profile_has_a_directory_of_its_own(name):
    assert find({}, "/base", name) == Place(Path("/base/profiles") / name, Path("/base"))


@pytest.mark.parametrize("name", [None, "default"])
def test_the_default_profile_is_the_directory_itself(name):
    assert find({}, "/base", name) == Place(Path("/base"))


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", "/etc", "a\nb", "x" * 65, ".hidden", "-x", "a.", "a "],
)
def test_a_profile_cannot_lead_out_of_its_directory(name):
    with pytest.raises(StoreError, match="profile's name"):
        find({}, "/base", name)


def test_two_profiles_share_nothing(tmp_path):
    for name in ("a", "b"):
        with make_store_at(find({}, str(tmp_path), name)) as store:
            load(store, entry(f"e-{name}", NOW, NOW + 1))
    for name in ("a", "b"):
        with make_store_at(find({}, str(tmp_path), name)) as store:
            assert store.source.rows("SELECT lid FROM time_entry") == [(f"e-{name}",)]


def test_nothing_is_made_by_finding_out(tmp_path):
    find({}, str(tmp_path / "data"), "work")
    assert list(tmp_path.iterdir()) == []
