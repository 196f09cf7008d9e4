"""What holds for the repository as a whole, and the walls between its rooms."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rules import SILENT

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 400
LONGEST_CASES = 600
# Written with a gap, so that this file does not hold what it looks for.
REGISTRIES = r"py@pi\.org|python@hosted|npm@js\.org|crates@\.io".replace("@", "")
SOMEBODYS_PATH = r"(?<![\w.\-/])/(work|root)/\w|/Users/\w|\b[A-Z]:\\+Users\\"

# One line for every wall, put where it must not stand.
TRESPASSES = {
    "rooms are layered": ("domain", "import toggl_desktop.store.database"),
    "the core does not know Qt": ("store", "import PySide6.QtCore"),
    "ui only reads and asks": ("ui", "import toggl_desktop.store.database"),
    "only remote speaks HTTP": ("actions", "import httpx"),
    "only store speaks SQL": ("actions", "import sqlite3"),
    "domain needs only the standard library": ("domain", "import msgspec"),
}


def files() -> Iterator[Path]:
    """Every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return (ROOT / name for name in listed.stdout.decode().split("\0") if (ROOT / name).is_file())


def holds(path: Path, pattern: str) -> bool:
    return re.search(pattern.encode(), path.read_bytes()) is not None


def is_too_long(path: Path) -> bool:
    """A list of cases may be longer than code that must be understood as a whole."""
    limit = LONGEST_CASES if path.name.startswith("test_") else LONGEST
    return len(path.read_bytes().splitlines()) > limit


def promise_of(room: Path) -> str | None:
    init = room / "__init__.py"
    return ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) if init.exists() else None


def test_no_source_file_is_longer_than_one_can_hold_in_mind(tmp_path: Path) -> None:
    assert [p for p in files() if p.suffix in {".py", ".sql"} and is_too_long(p)] == []
    planted = tmp_path / "long.py"
    planted.write_text("x = 1\n" * (LONGEST + 1))
    assert is_too_long(planted)


def test_every_room_says_what_it_holds(tmp_path: Path) -> None:
    rooms = {path.parent for path in (ROOT / "toggl_desktop").rglob("*.py")}
    assert [room for room in rooms if not promise_of(room)] == []
    (tmp_path / "__init__.py").write_text("x = 1\n")
    assert not promise_of(tmp_path)
    assert not promise_of(tmp_path / "none")


def test_no_file_names_a_registry_or_somebodys_machine(tmp_path: Path) -> None:
    pattern = f"{REGISTRIES}|{SOMEBODYS_PATH}"
    assert [path for path in files() if holds(path, pattern)] == []
    planted = tmp_path / "planted"
    for text in ("https://py@pi.org/simple", "= /ro@ot/x", "/Us@ers/a", "C:\\Us@ers\\a"):
        planted.write_text(text.replace("@", ""))
        assert holds(planted, pattern), text


def test_no_migration_replaces_or_ignores(tmp_path: Path) -> None:
    migrations = list((ROOT / "toggl_desktop/store/migrations").glob("*.sql"))
    assert migrations
    assert [path for path in migrations if holds(path, SILENT)] == []
    planted = tmp_path / "x.sql"
    planted.write_text("INSERT OR IGNORE INTO a VALUES (1);")
    assert holds(planted, SILENT)


def imports_of(place: Path) -> str:
    lint = Path(sys.executable).with_name("lint-imports")
    env = {**os.environ, "PYTHONPATH": str(place), "COLUMNS": "200"}
    command = [lint, "--no-cache", "--config", str(place / "pyproject.toml")]
    done = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, check=False)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return done.stdout


def test_every_wall_between_the_rooms_stands_and_stops_who_walks_through(tmp_path: Path) -> None:
    here = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "toggl_desktop", tmp_path / "toggl_desktop", ignore=here)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    walls = [wall["name"] for wall in settings["tool"]["importlinter"]["contracts"]]
    assert imports_of(tmp_path).count(" KEPT") == len(walls)
    for room, line in TRESPASSES.values():
        with (tmp_path / "toggl_desktop" / room / "planted.py").open("a") as file:
            file.write(f"{line}\n")
    after = imports_of(tmp_path)
    assert [wall for wall in walls if f"{wall} BROKEN" not in after] == []
    assert len(TRESPASSES) == len(walls)


def test_a_new_room_must_be_given_its_place(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "toggl_desktop", tmp_path / "toggl_desktop")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "toggl_desktop/attic").mkdir()
    (tmp_path / "toggl_desktop/attic/__init__.py").write_text('"""A new room."""\n')
    assert "rooms are layered BROKEN" in imports_of(tmp_path)


@pytest.mark.ui
def test_qt_does_not_lose_references_to_what_python_holds_once(qtbot) -> None:
    """PySide6 6.12 on Python 3.11 lost one `None` per void call and killed the process."""
    from PySide6.QtCore import QObject, Signal
    from PySide6.QtWidgets import QLabel

    class Bell(QObject):
        rung = Signal()

    bell, label, heard = Bell(), QLabel(), []
    qtbot.addWidget(label)
    bell.rung.connect(heard.clear)
    for _ in range(40):
        before = sys.getrefcount(None), sys.getrefcount(True)
        for _ in range(500):
            label.setText("x")
            bell.rung.emit()
        after = sys.getrefcount(None), sys.getrefcount(True)
        lost = [was - now for was, now in zip(before, after, strict=True)]
        assert max(lost) < 250, f"lost of None and True: {lost}"
