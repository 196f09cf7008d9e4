"""What a person decides about a problem: a step of theirs, that undo takes back."""

from dataclasses import replace
from typing import Literal

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.entities import KINDS, Entity, Entry
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.store import attempts, bindings, decided, shelf
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import problems as read
from toggl_desktop.store.read.problems import Problem
from toggl_desktop.store.write import Transaction
from toggl_desktop.sync import again, pointing
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.ties import Ties, plain

Verb = Literal["retry", "drop", "mine", "theirs"]
WORDS: dict[str, str] = {
    "retry": "Try again",
    "drop": "Drop",
    "mine": "Keep mine",
    "theirs": "Take theirs",
}


def find(store: Store, wanted: str) -> Problem:
    """Returns the problem with that id, which may be shortened while it is unique."""
    there = read.problems(store.source)
    found = [one for one in there if one.id == wanted]
    if not found and not wanted.startswith("s"):
        found = [p for p in there if p.id.startswith(wanted) or p.id.endswith(wanted)]
    if not found:
        raise RefusedError("There is no such problem. Nothing was changed; “problems” lists them.")
    if len(found) > 1:
        raise RefusedError("Several problems have that id. Nothing was changed; give more of it.")
    return found[0]


def decide(store: Store, problem: Problem, verb: Verb, now: int) -> ChangeSet:
    """Does what a person decided, in one step.

    `retry` sends it again as it is; a new entry is looked for first. `mine` keeps what is here: a
    possible duplicate is sent as one more, what was deleted elsewhere is made anew. `theirs` takes
    the server's side. `drop` lets go of what waits; the shelf keeps its content.
    """
    if problem.reason == "no access":
        raise RefusedError(
            f"Only somebody who runs it can let you into “{problem.title}” again. Everything is "
            "kept, and what waits for it goes on by itself then. Nothing was changed."
        )
    with store.transaction(f"{WORDS[verb]}: {problem.title[:40]}", now) as tx:
        tx.keep_even_if_empty = True
        if problem.id.startswith("s") and problem.id[1:].isdigit():
            _of_shelf(tx, int(problem.id[1:]), verb)
        else:
            _of_hold(tx, problem, verb)
    return tx.result


def _of_hold(tx: Transaction, problem: Problem, verb: Verb) -> None:
    bound = bindings.get(tx.source, TRACK, problem.kind, problem.id)
    one = tx.stored(KINDS[problem.kind], problem.id)
    if bound is None or bound.hold is None or one is None:
        raise NothingToDoError("That is settled already.")
    if verb in {"retry", "mine"}:
        # a workspace's rule would be in the way again: a person wants it tried all the same
        hold = {**bound.hold, "due": True} if bound.hold.get("reason") == "rule" else None
        decided.held(tx, bound, replace(bound, hold=hold, unsent=True))
        if (refused := again.draft(bound)) is not None:
            tx.also.append(attempts.put(refused))
        return
    base = plain(bound.base)
    if bound.rid is None or not base:
        _keep(tx, bound, one)
        pointing.let_go(tx, one)
        decided.held(tx, bound, replace(bound, hold=None, unsent=False))
        return
    _keep(tx, bound, one)
    taken = Ties(tx.source).changed(replace(one, deleted=False), base)
    tx.save(_fitting(taken, one))
    decided.held(tx, bound, replace(bound, hold=None, unsent=False))


def _keep(tx: Transaction, bound: Binding, one: Entity) -> None:
    content = Ties(tx.source).out(one)
    kept = shelf.Shelved(tx.step.at, "trash", bound.kind, bound.lid, bound.rid, content)
    tx.also.append(shelf.put(kept))


_DELETES: dict[str, tuple[Verb, ...]] = {"undeleted": ("mine", "drop"), "twice": ("theirs", "drop")}
"""Of what lies on the shelf, which words delete the row that is here."""


def _of_shelf(tx: Transaction, number: int, verb: Verb) -> None:
    kept = shelf.get(tx.source, number)
    if kept is None or kept.resolved_at is not None:
        raise NothingToDoError("That is settled already.")
    one = tx.stored(KINDS[kept.kind], kept.lid) if kept.lid and kept.kind in KINDS else None
    decided.settle(tx, kept)
    if one is None:
        return
    if kept.reason == "conflict" and verb == "theirs":
        taken = Ties(tx.source).changed(one, plain(kept.content))
        tx.save(_fitting(taken, one))
    elif kept.reason == "deleted elsewhere" and verb in {"mine", "retry"}:
        _make_anew(tx, one)
    elif verb in _DELETES.get(kept.reason, ()):
        pointing.let_go(tx, one)


def _make_anew(tx: Transaction, one: Entity) -> None:
    living = replace(one, deleted=False)
    if isinstance(living, Entry):
        if not _lives(tx, "project", living.project):
            living = replace(living, project=None, task=None)
        if not _lives(tx, "task", living.task):
            living = replace(living, task=None)
        tags = tuple(tag for tag in living.tags if _lives(tx, "tag", tag))
        living = replace(living, tags=tags)
    bound = bindings.get(tx.source, TRACK, one.kind, one.lid)
    tx.save(living)
    fresh = Binding(TRACK, one.kind, one.lid) if bound is None else bound
    tx.bindings.append(replace(fresh, rid=None, base=None, gone=False, hold=None, unsent=True))


def _lives(tx: Transaction, kind: str, lid: str | None) -> bool:
    one = tx.stored(KINDS[kind], lid) if lid is not None else None
    return lid is None or (one is not None and not one.deleted)


def _fitting(taken: Entity, present: Entity) -> Entity:
    """Returns the row with both times from one side when those of two do not fit together."""
    if not isinstance(taken, Entry) or not isinstance(present, Entry):
        return taken
    if taken.stop is None or taken.stop >= taken.start:
        return taken
    return replace(taken, start=present.start, stop=present.stop)
