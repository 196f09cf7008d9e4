"""What a workspace's rules keep from being sent: found from state, so it is right at every moment.

What breaks a rule is not sent to be refused: it waits with the rule's sentence, visible like a
refusal, until the row or the rule has changed, or a person says to try it all the same.
"""

from typing import Any, Final

from toggl_desktop.domain import rights
from toggl_desktop.domain.entities import Entity, Entry
from toggl_desktop.domain.rights import Obstacle, Rights
from toggl_desktop.store.attempts import Op
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import rights as read
from toggl_desktop.store.source import Source
from toggl_desktop.sync.ties import Ties

RULE: Final = "rule"
"""The reason of a hold for a workspace's rule."""

NO_ACCESS: Final = "no access"
"""The reason of a hold for a workspace that the account does not reach any more (R56)."""


def is_by_rule(hold: dict[str, Any] | None) -> bool:
    """Tells whether a row waits for a rule, not for an answer of the server's."""
    return hold is not None and hold.get("reason") in {RULE, NO_ACCESS}


class Book:
    """The rights in every workspace, each looked up once."""

    def __init__(self, source: Source, ties: Ties) -> None:
        self._source = source
        self._ties = ties
        self._known: dict[str, Rights] = {}

    def of(self, workspace: str) -> Rights:
        """Returns the rights in a workspace."""
        if workspace not in self._known:
            self._known[workspace] = read.of_workspace(self._source, workspace)
        return self._known[workspace]

    def obstacle(self, one: Entity, bound: Binding, op: Op | None) -> Obstacle | None:
        """Returns what keeps a row from being sent; None when nothing does."""
        if op is None or (bound.hold or {}).get("due"):
            return None
        base = bound.base or {}
        here = self._home(one)
        there = self._ties.lid("workspace", base.get("workspace")) or here
        if there is None or here is None:
            return None
        was = base.get("start") if op != "create" else None
        if there != here and (found := rights.of_deletion(self.of(there), was)):
            return found
        if not isinstance(one, Entry):
            made = rights.of_new(self.of(here), one.kind) if op == "create" else None
            return made or rights.closed(self.of(there))
        if op == "delete":
            return rights.of_deletion(self.of(there), was)
        return rights.of_entry(self.of(here), one, was)

    def _home(self, one: Entity) -> str | None:
        project = getattr(one, "project", None) if one.kind == "task" else None
        if project is not None:
            found: str | None = self._source.value(
                "SELECT workspace FROM project WHERE lid = ?", (project,)
            )
            return found
        return getattr(one, "workspace", None)

    def hold(self, one: Entity, bound: Binding, op: Op | None, at: int) -> dict[str, Any] | None:
        """Returns the hold that a row is to have for the rules alone; None for none."""
        found = self.obstacle(one, bound, op)
        if found is None:
            return None
        home = self._home(one)
        is_closed = home is not None and not self.of(home).is_open
        old = bound.hold if is_by_rule(bound.hold) else None
        return {
            "reason": NO_ACCESS if is_closed else RULE,
            "text": found.sentence,
            "at": (old or {}).get("at", at),
        }
