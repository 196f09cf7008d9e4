"""Writes requirements/app.txt and dev.txt from pyproject.toml, for every platform at once.

    .venv/bin/python packaging/lock.py              keeps what is locked, adds and removes
    .venv/bin/python packaging/lock.py --upgrade    newest of everything; -P NAME for one

The files carry hashes and markers and nothing else: no addresses, so every machine fetches from
the index it trusts, and no comments that would differ from one machine to the next. `dev.txt`
holds `app.txt` at the same versions. Needs uv (`.venv/bin/python -m pip install uv`): pip cannot
resolve for platforms other than its own.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"


def uv() -> list[str]:
    """The command that starts uv, or the end with a sentence."""
    if importlib.util.find_spec("uv"):
        return [sys.executable, "-m", "uv"]
    if found := shutil.which("uv"):
        return [found]
    sys.exit(f"uv is needed to lock: {sys.executable} -m pip install uv")


def lock(name: str, *options: str) -> None:
    """Writes requirements/NAME."""
    command = [*uv(), "pip", "compile", "pyproject.toml", "--quiet", "--no-config", "--universal"]
    command += ["--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-emit-index-url"]
    # Extras stay: without them an older pip looks at newer versions first and refuses the lock.
    command += [
        "--no-strip-extras",
        "--no-annotate",
        "--no-header",
        "--output-file",
        f"requirements/{name}",
        *options,
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    if stray := re.findall(r".*(?:://| @ |^-[^-]).*", text, re.MULTILINE):
        sys.exit(f"requirements/{name} names an address or a path: {stray[0]}")
    pins = len(re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==", text, re.MULTILINE))
    print(f"requirements/{name}: {pins} pins, {text.count('--hash=')} hashes")


def main(options: list[str]) -> None:
    """Locks the app first, then the tools around exactly those versions."""
    lock("app.txt", *options)
    lock("dev.txt", "--group", "dev", "--constraint", "requirements/app.txt", *options)


if __name__ == "__main__":
    main(sys.argv[1:])
