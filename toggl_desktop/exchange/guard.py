"""The mark that keeps a spreadsheet from running a cell as a formula, and its exact inverse.

A cell that a spreadsheet could run (after any blanks and quotes it begins with `= + - @`, TAB, CR,
LF or a full-width variant) is written with one leading apostrophe. A cell that already looks like a
marked one gets one more, so taking one away on the way in always gives back the very same text.
"""

from __future__ import annotations

import re
from typing import Final

_RUNS: Final = re.compile(r"[ \u00a0\u3000'\"]*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫−]")
MARK: Final = "'"


def marked(cell: str) -> str:
    """The cell as a spreadsheet may safely open it."""
    return MARK + cell if _RUNS.match(cell) else cell


def raw(cell: str) -> str:
    """The cell unguarded; only one that would be mistaken for a marked one gets a mark."""
    return MARK + cell if cell.startswith(MARK) and _RUNS.match(cell, 1) else cell


def unmarked(cell: str) -> str:
    """The cell that `marked` or `raw` was given."""
    return cell[1:] if cell.startswith(MARK) and _RUNS.match(cell, 1) else cell
