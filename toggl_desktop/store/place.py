"""Where the store lives, and whether that is a place to trust (security rows S-8 and S-9)."""

import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.failures import KEPT, translated

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "9p", "ceph", "fuse.glusterfs"}
)
_PROFILE = re.compile(r"[\w][\w .@-]{0,63}")


class Place(NamedTuple):
    """A profile's directory and the names in it."""

    directory: Path

    @property
    def database(self) -> Path:
        """The store's file."""
        return self.directory / "toggl.sqlite3"

    @property
    def lock(self) -> Path:
        """The write lock's file."""
        return self.directory / "toggl.sqlite3.lock"

    @property
    def ballast(self) -> Path:
        """Space set aside, given up when the disk is full."""
        return self.directory / "ballast"

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
    return Place(base / "profiles" / profile)


def prepare(place: Place) -> None:
    """Guarantees that the directory exists, is ours, is local, and that nobody else can look in.

    Raises:
        StoreError: It is somebody else's, a link to somebody else's, or on a network drive.
    """
    directory = place.directory
    with translated():
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        about = directory.stat()
        if hasattr(os, "getuid"):
            if about.st_uid != os.getuid():
                raise StoreError(
                    f"The data directory {directory} belongs to another user. {KEPT} "
                    "Choose another one with --data-dir."
                )
            if stat.S_IMODE(about.st_mode) & 0o077:
                directory.chmod(0o700)
        for folder in (place.backups, place.logs):
            is_ours = folder.is_dir() and not folder.is_symlink()
            if is_ours and stat.S_IMODE(folder.stat().st_mode) & 0o077:
                folder.chmod(0o700)
    kind = file_system(directory)
    if kind in _NETWORK:
        raise StoreError(
            f"The data directory {directory} lies on a network drive ({kind}), where SQLite can "
            f"lose data. {KEPT} Choose a local one with --data-dir."
        )


def refuse_foreign(path: Path) -> None:
    """Raises StoreError when a file of ours is a link, or belongs to another user."""
    if not path.is_symlink() and not path.exists():
        return
    about = path.lstat()
    foreign = hasattr(os, "getuid") and about.st_uid != os.getuid()
    if stat.S_ISLNK(about.st_mode) or foreign:
        raise StoreError(
            f"{path} is a link or belongs to another user. {KEPT} Move it away and repeat."
        )


def tighten(path: Path) -> None:
    """Guarantees that a file of ours can be read by nobody else."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)


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
        point = parts[1].replace("\\040", " ")
        inside = where == point or where.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind
