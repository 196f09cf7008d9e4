"""A workspace's rules while something is saved: what breaks one is kept, waits, and says so."""

from dataclasses import replace

from toggl_desktop.domain import limits, rights
from toggl_desktop.domain.entities import Entity, Entry, Project, Tag, Workspace
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.rights import WAITS, Obstacle, Rights
from toggl_desktop.store import bindings
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import rights as read
from toggl_desktop.store.write import Transaction


def keep(tx: Transaction, entry: Entry) -> None:
    """Lets an entry be saved, and lets it wait when its workspace's server would not take it.

    In this computer's own workspace the person's own rules count, and nothing waits for them.

    Raises:
        MissingFieldsError: This computer's own workspace requires what the entry lacks.
    """
    if not _rights(tx, entry.workspace).is_account:
        limits.check_required(tx.get(Workspace, entry.workspace), entry)
        return
    keep_stopped(tx, entry)


def keep_stopped(tx: Transaction, entry: Entry) -> None:
    """Does what `keep` does and never refuses: nothing must be in the way of a stop."""
    known = _rights(tx, entry.workspace)
    bound = bindings.get(tx.source, "track", entry.kind, entry.lid)
    was = (bound.base or {}).get("start") if bound else None
    _hold(tx, bound, entry, rights.of_entry(known, entry, was), is_open=known.is_open)


def say_new(tx: Transaction, made: Entity, workspace: str) -> None:
    """Says of a thing that this person may not make it in the workspace; it is kept and waits."""
    obstacle = rights.of_new(_rights(tx, workspace), made.kind)
    if obstacle is not None:
        tx.step.notice = f"{obstacle.sentence} {WAITS}"


def may_make(tx: Transaction, kind: str, workspace: str) -> bool:
    """Tells whether this person may make things of a kind in a workspace, as far as is known."""
    return rights.of_new(_rights(tx, workspace), kind) is None


def say_left_off(tx: Transaction, tag: Tag, workspace: str) -> None:
    """Says that a tag does not come along to a workspace where it is not and may not be made."""
    obstacle = rights.of_new(_rights(tx, workspace), tag.kind)
    if obstacle is not None:
        tx.step.notice = f"{obstacle.sentence} “{tag.name}” was left off."


def _rights(tx: Transaction, workspace: str) -> Rights:
    return read.of_workspace(tx.source, workspace)


def _hold(
    tx: Transaction, bound: Binding | None, one: Entity, why: Obstacle | None, *, is_open: bool
) -> None:
    hold = bound.hold if bound else None
    if hold is not None and hold.get("reason") not in {"rule", "no access"}:
        return  # it waits for something else already
    if why is None:
        if bound is not None and hold is not None:
            tx.bindings.append(replace(bound, hold=None, unsent=True))
        return
    reason = "rule" if is_open else "no access"
    hold = {"reason": reason, "text": why.sentence, "at": tx.step.at}
    tx.bindings.append(
        replace(bound or Binding("track", one.kind, one.lid), hold=hold, unsent=True)
    )
    tx.step.notice = f"{why.sentence} {WAITS}"


def refuse_closed(tx: Transaction, *known: Entity) -> None:
    """Raises RefusedError for rows of a workspace that the account does not reach any more (R56).

    What was never sent from there is only here, and stays a person's own to change.
    """
    for one in known:
        workspace = getattr(one, "workspace", None)
        if workspace is None and (of := getattr(one, "project", None)) is not None:
            workspace = tx.get(Project, of).workspace
        if workspace is None:
            continue
        found = _rights(tx, workspace)
        if found.is_open:
            continue
        bound = bindings.get(tx.source, "track", one.kind, one.lid)
        if bound is not None and bound.rid is not None:
            raise RefusedError(
                f"Your account has no access to “{found.name}” any more, so what is there can only "
                "be read here. Nothing was changed."
            )
