"""Formats are recognised by what the file holds, whatever it is called."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from toggl_desktop.exchange.read import FORMATS, NAMES, read

FILES = Path(__file__).parent / "files"
KINDS = {
    "timewarrior.json": "timewarrior",
    "timelog.txt": "gtimelog",
    "hamster.tsv": "hamster-tsv",
    "hamster.db": "hamster-db",
    "toggl_me.json": "toggl-json",
    "toggl_entries.json": "toggl-json",
    "toggl_newer.csv": "csv",
    "toggl_ja.csv": "csv",
    "plan_view.csv": "csv-plan",
    "plan_workspace.csv": "csv-plan-workspace",
}


@pytest.mark.parametrize("name", KINDS)
def test_every_file_is_recognised_without_its_name(name: str) -> None:
    found = read((FILES / name).read_bytes(), "download", UTC)
    assert found.format == KINDS[name]
    assert found.records or found.plan
    assert found.bad == ()


def test_a_format_can_be_forced() -> None:
    data = b"2026-03-02 09:00: a,b\n2026-03-02 10:00: c\n"
    assert read(data, "x", UTC, "gtimelog").format == "gtimelog"


def test_every_format_has_a_name_for_people() -> None:
    assert set(NAMES) == set(FORMATS) == {*KINDS.values(), "json"}


def test_importing_the_room_costs_no_library() -> None:
    code = (
        "import sys; import toggl_desktop.exchange.read, toggl_desktop.exchange.write;"
        "print([m for m in ('msgspec', 'icalendar', 'PySide6', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
