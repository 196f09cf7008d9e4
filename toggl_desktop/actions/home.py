"""Which workspace of the account new things go to: a person's choice, that undo takes back."""

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import ChooseHome
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.store import bindings, decided
from toggl_desktop.store.database import Store
from toggl_desktop.store.read.home import CHOSEN, home, homes


def choose(store: Store, command: ChooseHome, now: Reading) -> ChangeSet:
    """Lets what is new go to a workspace; what is there already stays where it is.

    Raises:
        RefusedError: It is none of the account's, or cannot be reached.
        NothingToDoError: New things go there already.
    """
    with store.transaction("Choose the workspace of new entries", now.wall) as tx:
        name = tx.get(Workspace, command.workspace).name
        if command.workspace not in homes(tx.source):
            raise RefusedError(
                f"“{name}” is no workspace of the account that can be reached now. Nothing was "
                "changed."
            )
        if home(tx.source) == command.workspace:
            raise NothingToDoError(f"New entries go to “{name}” already.")
        bound = bindings.get(tx.source, "track", "workspace", command.workspace)
        assert bound is not None
        tx.step.name = f"Send new entries to “{name}”"
        tx.keep_even_if_empty = True
        decided.chose(tx, CHOSEN, str(bound.rid))
    return tx.result
