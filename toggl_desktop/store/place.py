"""Where the store lives, and whether that is a place to trust (security rows S-8 and S-9)."""

import os
import re
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.failures import KEPT, translated

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p", "ceph", "lustre"}
    | {"davfs", "gfs2", "ocfs2", "fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.davfs2"}
    | {"fuse.s3fs", "fuse.gvfsd-fuse"}
)
_PROFILE = re.compile(r"\w(?:[\w .@-]{0,62}[\w@-])?")
_OURS = ("toggl.sqlite3", "edits-", "ballast", "suspect")


class Place(NamedTuple):
    """A profile's directory and the names in it; `base` holds it when it is not the default one."""

    directory: Path
    base: Path | None = None

    @property
    def database(self) -> Path:
        """The store's file."""
        return self.directory / "toggl.sqlite3"

    @property
    def lock(self) -> Path:
        """The write lock's file."""
        return self.directory / "toggl.sqlite3.lock"

    @property
    def turn(self) -> Path:
        """The file that whoever syncs holds locked for a turn: one process at a time."""
        return self.directory / "toggl.sqlite3.turn"

    @property
    def ballast(self) -> Path:
        """Space set aside, given up when the disk is full."""
        return self.directory / "ballast"

    @property
    def suspect(self) -> Path:
        """A mark that the file may be damaged: the next to open it looks closely."""
        return self.directory / "suspect"

    def mark_suspect(self) -> None:
        """Leaves the mark; a disk that refuses is passed over."""
        with suppress(OSError):
            self.suspect.touch(mode=0o600)

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return self.directory / "backups"

    @property
    def logs(self) -> Path:
        """Where logs are kept."""
        return self.directory / "logs"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.directory / "settings.toml"


def default_directory(environment: Mapping[str, str]) -> Path:
    """Returns `TOGGL_DESKTOP_DATA_DIR`, else the platform's data directory for this program."""
    named = environment.get("TOGGL_DESKTOP_DATA_DIR")
    if named:
        return Path(named).expanduser()
    if os.name == "posix" and sys.platform != "darwin":
        # platformdirs costs 14 ms of the command line's budget; on Linux its rule is one line
        base = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        return Path(base) / "toggl-desktop"
    from platformdirs import user_data_path

    return user_data_path("toggl-desktop", appauthor=False)


def find(
    environment: Mapping[str, str], data_dir: str | None = None, profile: str | None = None
) -> Place:
    """Returns the place of a profile; creates nothing."""
    base = Path(data_dir).expanduser() if data_dir else default_directory(environment)
    base = base.absolute()
    if profile is None or profile == "default":
        return Place(base)
    if not _PROFILE.fullmatch(profile):
        raise StoreError(
            "A profile's name has letters, digits, spaces, . @ - or _, at most 64. "
            f"{KEPT} Choose another name."
        )
    return Place(base / "profiles" / profile, base)


def prepare(place: Place) -> None:
    """Guarantees that the directory exists, is ours, is local, and that nobody else can look in.

    Raises:
        StoreError: It or a file in it is somebody else's or a link, or it is on a network drive.
    """
    directory = place.directory
    with translated():
        _make_private(directory)
        if place.base is not None:
            _guard(directory.parent)
            _guard(place.base)
        _guard(directory)
        for name in os.listdir(directory):  # noqa: PTH208 - names are all it takes
            if name in ("backups", "logs"):
                _guard(directory / name)
                _tighten_inside(directory / name)
            elif name.startswith(_OURS):
                refuse_foreign(directory / name)
                tighten(directory / name)
        _give_the_log_its_rights_back(place.database)
    kind = file_system(directory)
    if kind in _NETWORK:
        raise StoreError(
            f"The data directory {directory} lies on a network drive ({kind}), where SQLite can "
            f"lose data. {KEPT} Choose a local one with --data-dir."
        )


def _make_private(directory: Path) -> None:
    """Makes a directory and the missing ones above it, all closed to others whatever the umask."""
    if directory.is_dir():
        return
    for folder in reversed([f for f in (directory, *directory.parents) if not f.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    if not directory.is_dir():
        raise StoreError(f"{directory} is no directory. {KEPT} Choose another one with --data-dir.")


def _guard(folder: Path) -> None:
    """Guarantees that a directory is ours and closed to others."""
    about = folder.stat()
    if not hasattr(os, "getuid"):
        return
    if about.st_uid != os.getuid():
        raise StoreError(
            f"The directory {folder} belongs to another user. {KEPT} "
            "Choose another one with --data-dir."
        )
    if stat.S_IMODE(about.st_mode) & 0o077:
        folder.chmod(0o700)


def _give_the_log_its_rights_back(database: Path) -> None:
    """Lets SQLite's log be written again where the file may be.

    It was made while the file could only be read, with the same rights, and would go on refusing.
    """
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            log = Path(f"{database}{suffix}")
            is_locked = stat.S_IMODE(log.stat().st_mode) & 0o600 != 0o600
            if os.name == "posix" and is_locked and database.stat().st_mode & 0o200:
                log.chmod(0o600)


def _tighten_inside(folder: Path) -> None:
    for path in folder.iterdir():
        if is_ours(path):
            tighten(path)


def refuse_foreign(path: Path) -> None:
    """Raises StoreError when a file of ours is a link, or belongs to another user."""
    try:
        about = path.lstat()
    except FileNotFoundError:
        return
    foreign = hasattr(os, "getuid") and about.st_uid != os.getuid()
    if stat.S_ISLNK(about.st_mode) or foreign:
        raise StoreError(
            f"{path} is a link or belongs to another user. {KEPT} Move it away and repeat."
        )


def is_ours(path: Path) -> bool:
    """Tells whether a path is a plain file that belongs to this user."""
    try:
        about = path.lstat()
    except OSError:
        return False
    foreign = hasattr(os, "getuid") and about.st_uid != os.getuid()
    return stat.S_ISREG(about.st_mode) and not foreign


def tighten(path: Path) -> None:
    """Guarantees that a file of ours can be read by nobody else; one that just went is fine."""
    with suppress(FileNotFoundError):
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)


_ESCAPED = re.compile(r"\\([0-7]{3})")


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))


def file_system(directory: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Returns the kind of file system a directory lies on; empty where it cannot be told."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    where = str(directory.resolve())
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = _ESCAPED.sub(_unescaped, parts[1])
        inside = where == point or where.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind
