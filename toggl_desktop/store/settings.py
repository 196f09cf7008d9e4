"""`settings.toml`: read whole, written one value at a time so that comments and strangers stay."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.settings import ABOUT, Settings, sane
from toggl_desktop.store.failures import KEPT, translated
from toggl_desktop.store.place import refuse_foreign

if TYPE_CHECKING:
    from pathlib import Path


def load(path: Path) -> Settings:
    """Returns the settings; a missing file, and every value that is wrong, means the default."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return Settings()
    import tomllib

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError):
        return Settings()
    return sane(values)


def save(path: Path, name: str, value: object) -> Settings:
    """Writes one setting and returns all; raises RefusedError for what cannot be chosen.

    A file that is no TOML is kept as `settings.toml.broken` before a new one takes its place.
    """
    about = ABOUT.get(name)
    default = Settings._field_defaults.get(name)
    wrong_choice = about is not None and about.choices and value not in about.choices
    if about is None or type(value) is not type(default) or wrong_choice:
        raise RefusedError(f"“{name}” cannot be set to “{value}”. {KEPT}")
    if name == "proxy" and value:
        from toggl_desktop.domain.proxies import refuse_proxy

        if (refusal := refuse_proxy(str(value))) is not None:
            raise RefusedError(f"{refusal} {KEPT}")
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from toggl_desktop.domain.limits import check_text

    if isinstance(value, str):
        check_text(f"setting “{name}”", value)
    with translated():
        refuse_foreign(path)
        try:
            document = tomlkit.parse(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            document = tomlkit.document()
        except (TOMLKitError, ValueError, RecursionError):
            _set_aside(path)
            document = tomlkit.document()
        document[name] = value
        draft = path.with_name(path.name + ".part")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
        draft.replace(path)
    return load(path)


def _set_aside(path: Path) -> None:
    number, target = 1, path.with_name(path.name + ".broken")
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.broken{number}")
    path.rename(target)
