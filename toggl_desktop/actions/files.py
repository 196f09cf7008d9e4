"""Files that leave the program: whole or not at all, and never over another without being asked."""

import os
from pathlib import Path

from toggl_desktop.domain.errors import RefusedError

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
_LONGEST = 120


def refuse_existing(target: Path, *, may_replace: bool) -> None:
    """Raises RefusedError when there is something under that name, or no directory for it."""
    try:
        _refuse_existing(target, may_replace=may_replace)
    except OSError as error:
        raise RefusedError(f"{target} cannot be written: {error.strerror}.") from error


def _refuse_existing(target: Path, *, may_replace: bool) -> None:
    if not target.parent.is_dir():
        raise RefusedError(f"There is no directory {target.parent}. Nothing was written.")
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise RefusedError(f"{target} is not an ordinary file. Nothing was written.")
    if target.exists() and not may_replace:
        raise RefusedError(
            f"{target} is there already. Nothing was written; choose another name, or --force."
        )


def write_new(target: Path, data: bytes, *, may_replace: bool) -> None:
    """Writes a whole file that only its owner reads; a half one is never seen under its name."""
    draft = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_FOLLOW, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            if not may_replace:
                refuse_existing(target, may_replace=False)  # somebody may have been quicker
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise RefusedError(f"{target} cannot be written: {error.strerror}.") from error


def file_name(title: str, suffix: str) -> str:
    """Returns a name for a file that every system takes: `Website.pdf`, whatever the title is."""
    plain = "".join(c if c.isprintable() and c not in '<>:"/\\|?*' else " " for c in title)
    plain = " ".join(plain.split()).strip(" .")
    if not plain or plain.split(".")[0].casefold() in _RESERVED:
        plain = f"{plain} plan".strip()
    while len(plain.encode("utf-8", "replace")) > _LONGEST:
        plain = plain[:-1]
    return f"{plain.encode('utf-8', 'replace').decode().strip(' .') or 'plan'}{suffix}"
