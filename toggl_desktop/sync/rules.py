"""The rules a sync lives by, as switches and numbers.

Every switch stands for a mistake that somebody made and lost data by (sync.md 3.4). The program
runs with `RULES`; only the tests turn one off, to see that they would notice.
"""

from dataclasses import dataclass
from typing import Final

SETTLE_SECONDS: Final = 120
"""So long may a server still do what it was asked before the connection broke (R14)."""

OVERLAP_SECONDS: Final = 300
"""A pull asks for changes from so long before the newest one it knows (R20)."""

CURSOR_DAYS: Final = 60
"""An older cursor is not trusted: everything is read anew (R21)."""

BRAKE_ROWS: Final = 20
BRAKE_SHARE: Final = 0.1
"""Of more deletions than this in one cycle a person is asked first (R23)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is done; each is True in the program."""

    verifies: bool = True
    adopts: bool = True
    holds_partial: bool = True
    asks_before_adopting_partial: bool = True
    settle_seconds: int = SETTLE_SECONDS
    settles_by_sending: bool = True
    settles_from_the_end: bool = True
    persists_attempts: bool = True
    keeps_edits_made_meanwhile: bool = True
    sends_changed_fields_only: bool = True
    merges: bool = True
    cursor_from_server: bool = True
    absence_is_nothing: bool = True
    keeps_what_was_deleted_elsewhere: bool = True
    keeps_what_is_gone: bool = True
    keeps_tombstones: bool = True
    ends_rivals: bool = True
    merges_twins: bool = True
    goes_on_after_refusal: bool = True
    overlap_seconds: int = OVERLAP_SECONDS
    shelves_conflicts: bool = True
    asks_before_deleting_many: bool = True
    knows_rights: bool = True
    looks_before_changing: bool = True


RULES: Final = Rules()
