"""The mistakes of others, by name: which rule each takes away (sync.md 3.4).

The engine lives by `Rules`; the program never makes any but `RULES`, and a house test sees to that.
"""

from dataclasses import replace

from toggl_desktop.sync.rules import RULES, Rules

MUTANTS: dict[str, dict[str, object]] = {
    "re-POST without verification": {"verifies": False},
    "verify but never adopt": {"adopts": False},
    "exact match only": {"holds_partial": False},
    "adopt partial matches": {"asks_before_adopting_partial": False},
    "no settle time": {"settle_seconds": 0},
    "settle judged at apply time": {"settles_by_sending": False},
    "settle counted from attempt start": {"settles_from_the_end": False},
    "attempt not persisted before send": {"persists_attempts": False},
    "marked clean after push": {"keeps_edits_made_meanwhile": False},
    "whole-entity PUT": {"sends_changed_fields_only": False},
    "pull overwrites dirty row": {"merges": False},
    "cursor from local clock": {"cursor_from_server": False},
    "absence = deletion": {"absence_is_nothing": False},
    "remote delete eats local edit": {"keeps_what_was_deleted_elsewhere": False},
    "404 on PUT dropped silently": {"keeps_what_is_gone": False},
    "tombstone dropped after DELETE": {"keeps_tombstones": False},
    "no rivals rule": {"ends_rivals": False},
    "no twin-project merge": {"merges_twins": False},
    "refused change blocks the queue": {"goes_on_after_refusal": False},
    "no `since` overlap": {"overlap_seconds": 0},
    "server wins silently": {"shelves_conflicts": False},
    "sends what a rule forbids": {"knows_rights": False},
    "no brake": {"asks_before_deleting_many": False},
    "overwrites what it never saw": {"looks_before_changing": False},
}


def rules_of(name: str | None) -> Rules:
    """Returns the rules without the one that a mutant takes away; all of them for None."""
    return RULES if name is None else replace(RULES, **MUTANTS[name])  # type: ignore[arg-type]
