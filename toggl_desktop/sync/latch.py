"""What the server does not speak to this version about any more, for every process and restart."""

import json
from typing import Final

from toggl_desktop import __version__
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import schema
from toggl_desktop.store.source import Source
from toggl_desktop.sync.api import PHASES
from toggl_desktop.sync.cycle import Cycle
from toggl_desktop.sync.reconcile import Outcome

CLOSED: Final = "closed"
"""Meta key: which version, what is closed for it, and since when."""

ALL: Final = "all"
AGAIN_SECONDS: Final = 86_400
"""A person who asks for it may try again after so long: something on the way may have said it."""


def _known(source: Source) -> dict[str, int]:
    said = json.loads(schema.meta(source, CLOSED) or "{}")
    return dict(said.get("kinds", {})) if said.get("version") == __version__ else {}


def closed(source: Source) -> set[str]:
    """Returns the kinds that this version must not send any more."""
    return set(_known(source)) - {ALL}


def is_shut(source: Source, now: int, *, is_asked: bool) -> bool:
    """Tells whether this version must ask nothing at all any more."""
    at = _known(source).get(ALL)
    return at is not None and not (is_asked and now - at >= AGAIN_SECONDS)


def shut(cycle: Cycle, what: str = ALL) -> None:
    """Writes down that something is closed for this version."""
    kinds = _known(cycle.store.source) | {what: cycle.wall()}
    with cycle.desk("Look what is closed") as desk:
        desk.tx.step.meta[CLOSED] = json.dumps({"version": __version__, "kinds": kinds})


def ended(cycle: Cycle, outcome: Outcome, is_answered: bool) -> Phase:  # noqa: FBT001
    """Returns what the end of a turn is to a person; what is closed for this version stays so.

    Who answers with what is of no use is not out of reach.
    """
    if outcome is Outcome.CLOSED:
        shut(cycle)
    if outcome is Outcome.AMBIGUOUS and is_answered:
        return Phase.TROUBLE
    return PHASES.get(outcome, Phase.TROUBLE)


def reopen(cycle: Cycle) -> None:
    """The server does speak to this version: nothing is closed."""
    if ALL in _known(cycle.store.source):
        with cycle.desk("Look what is closed") as desk:
            desk.tx.step.meta[CLOSED] = None
