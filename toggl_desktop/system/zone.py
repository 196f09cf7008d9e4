"""The zone the person lives in, found without a detour.

The usual machine answers from `TZ` or from where `/etc/localtime` points; only the others pay
for importing tzlocal.
"""

import os
from datetime import UTC, tzinfo
from io import BytesIO
from pathlib import Path
from struct import pack
from zoneinfo import ZoneInfo

_LOCALTIME = Path("/etc/localtime")
_ROOTS = ("zoneinfo/", "zoneinfo.default/")
_VARIANTS = ("posix/", "right/")


def local_zone() -> tzinfo:
    """Returns the machine's zone as it is set now; UTC where none can be found."""
    name = os.environ.get("TZ")
    zone = None
    if name is not None:
        zone = _from_variable(name)
    if zone is None and os.name == "posix":
        zone = _from_localtime()
    return zone or _from_tzlocal()


def _from_variable(name: str) -> tzinfo | None:
    """Returns the zone a `TZ` value means, in all the spellings POSIX knows."""
    name = name.removeprefix(":")
    if not name:
        return UTC
    if name.startswith("/"):
        return _from_file(Path(name))
    return _named(_without_variant(name)) or _from_rule(name)


def _without_variant(name: str) -> str:
    """Returns the name without `posix/` or `right/`: newer systems have those folders no more."""
    for variant in _VARIANTS:
        name = name.removeprefix(variant)
    return name


def _from_localtime() -> tzinfo | None:
    try:
        target = str(_LOCALTIME.readlink())
    except OSError:
        return _from_file(_LOCALTIME)
    return _named_by_path(target) or _from_file(_LOCALTIME)


def _from_file(path: Path) -> tzinfo | None:
    """Returns the zone in a compiled file: by name when the path tells it, else by its rules."""
    named = _named_by_path(str(path))
    if named is not None:
        return named
    try:
        with path.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return None


def _named_by_path(path: str) -> tzinfo | None:
    for root in _ROOTS:
        _, found, name = path.partition(root)
        if found:
            return _named(_without_variant(name))
    return None


def _named(name: str) -> tzinfo | None:
    # ZoneInfoNotFoundError is a KeyError; a name that is a folder gives an OSError.
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _from_rule(rule: str) -> tzinfo | None:
    """Returns the zone of a POSIX rule such as `CET-1CEST,M3.5.0,M10.5.0/3`.

    zoneinfo reads such rules only as the last line of a compiled file, so we hand it a file that
    has nothing else in it: one type of local time for the years before all rules.
    """
    counts = pack(">6l", 0, 0, 0, 0, 1, 4)
    header = b"TZif2" + bytes(15) + counts
    body = pack(">lbb", 0, 0, 0) + b"UTC\0"
    try:
        return ZoneInfo.from_file(BytesIO((header + body) * 2 + f"\n{rule}\n".encode("ascii")))
    except ValueError:  # also what zoneinfo says of a rule it cannot read, and ascii of a non-rule
        return None


def _from_tzlocal() -> tzinfo:
    import warnings

    import tzlocal

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return tzlocal.get_localzone()
        except (KeyError, ValueError, OSError):
            return UTC
