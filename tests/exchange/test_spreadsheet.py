"""A real spreadsheet opens our CSV: nothing runs, and what it saves comes back."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Bundle, Record
from toggl_desktop.exchange.write import write

HEADS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    "−",
    "'=",
    '"=',
    "''=",
    " =",
]
BODIES = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", "2026-01-01"]
PAYLOADS = [head + body for head in HEADS for body in BODIES]
CSV_IN = "Text - txt - csv (StarCalc):44,34,76"
CSV_OUT = "csv:Text - txt - csv (StarCalc):59,34,76"

ENTRIES = [
    Record(None, text, at, at + 30, project=text, client=text, task=text, tags=(text,))
    for at, text in enumerate(PAYLOADS, start=1_780_000_000)
]


def convert(source: Path, target: str) -> Path:
    """What LibreOffice makes of a file, in a folder of its own."""
    out = source.parent / "out"
    command = ["soffice", "--headless", f"--infilter={CSV_IN}", "--convert-to", target]
    env = {"PATH": os.environ["PATH"], "HOME": str(source.parent), "LANG": "C.UTF-8"}
    subprocess.run(
        [*command, "--outdir", str(out), str(source)],
        env=env,
        capture_output=True,
        check=True,
        timeout=110,
    )
    return next(out.glob(f"*.{target.partition(':')[0]}"))


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("soffice") is None, reason="not installed: libreoffice-calc")
def test_libreoffice_finds_no_formula_and_its_own_csv_comes_back_identical(tmp_path: Path) -> None:
    bundle = Bundle(person=PAYLOADS[0], email=PAYLOADS[5])
    safe = tmp_path / "safe.csv"
    safe.write_bytes(write("csv", ENTRIES, bundle=bundle))
    raw = tmp_path / "raw.csv"
    raw.write_bytes(write("csv", ENTRIES, raw=True))
    assert "table:formula" in convert(raw, "fods").read_text()
    shutil.rmtree(tmp_path / "out")
    assert "table:formula" not in convert(safe, "fods").read_text()
    saved = convert(safe, CSV_OUT)
    found = read(saved.read_bytes(), "safe.csv", UTC)
    # LibreOffice itself turns a lone CR into LF.
    kept = [entry for entry in ENTRIES if "\r" not in entry.description]
    back = [replace(r, line=None, duration=None, user=None) for r in found.records]
    assert len(back) == len(ENTRIES)
    assert [record for record in back if record in kept] == kept
