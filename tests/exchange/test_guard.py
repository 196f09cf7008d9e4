"""Cells that a spreadsheet could run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.exchange.guard import marked, raw, unmarked

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", "−1",
    "=cmd|' /C calc'!A0", '"=1+1', "'=1+1", "''=1+1", " =1", '=HYPERLINK("http://x","y")',
    "-", "--", "=", "@", "'", "' =x", "'\t",
]  # fmt: skip
CELLS = st.text(alphabet=st.sampled_from("'\"=+-@\t\r\n ＝＠ab"), max_size=6) | st.text()


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_marked_cell_begins_a_formula(cell: str) -> None:
    assert not marked(cell).lstrip(' "').startswith(tuple("=+-@\t\r\n＝＋－＠−"))


@pytest.mark.parametrize("cell", ["plain", "a=b", "5-3", "", "Übung", "O'Neill", "a@b.c", "'tis"])
def test_ordinary_cells_are_left_alone(cell: str) -> None:
    assert marked(cell) == raw(cell) == cell


@settings(deadline=None)
@given(CELLS)
def test_marking_and_raw_writing_are_both_undone_exactly(cell: str) -> None:
    assert unmarked(marked(cell)) == cell
    assert unmarked(raw(cell)) == cell
