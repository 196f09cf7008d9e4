"""What a person decided about problems, or chose, so that undo asks again and redo does not.

The journal takes a row's values back; whether something on the shelf is settled, and what held a
row, are no values of it. So a decision leaves a note on the shelf, in its own step, with the
number of that step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toggl_desktop.store import bindings, jsontext, schema, shelf

if TYPE_CHECKING:
    from toggl_desktop.store.attempts import Statement
    from toggl_desktop.store.bindings import Binding
    from toggl_desktop.store.shelf import Shelved
    from toggl_desktop.store.write import Transaction

_NEXT_STEP = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'step'), 0) + 1"
_NOTE = (  # sql: names only
    "INSERT INTO shelf (at, reason, kind, lid, rid, content, resolved_at) "
    f"VALUES (?, 'decided', ?, ?, ?, json_set(?, '$.step', {_NEXT_STEP}), ?)"
)


def settle(tx: Transaction, kept: Shelved) -> None:
    """Marks something on the shelf as decided in this step."""
    tx.also.append(shelf.resolved(kept.id, tx.step.at))
    tx.also.append(_note(tx.step.at, kept.kind, kept.lid, kept.rid, {"shelf": kept.id}))


def held(tx: Transaction, before: Binding, after: Binding) -> None:
    """Changes what holds a row in this step."""
    content = {"base": before.base, "before": _hold(before), "after": _hold(after)}
    tx.bindings.append(after)
    tx.also.append(_note(tx.step.at, before.kind, before.lid, before.rid, content))


def chose(tx: Transaction, key: str, value: str | None) -> None:
    """Writes down a choice among the store's own notes (`meta`) in this step."""
    content = {"meta": key, "before": schema.meta(tx.source, key), "after": value}
    tx.step.meta[key] = value
    tx.also.append(_note(tx.step.at, "workspace", None, None, content))


def _note(
    at: int, kind: str, lid: str | None, rid: int | None, content: dict[str, Any]
) -> Statement:
    return _NOTE, (at, kind, lid, rid, jsontext.encoder(1)(content), at)


def _hold(bound: Binding) -> dict[str, Any]:
    return {"hold": bound.hold, "unsent": bound.unsent}


def turn(tx: Transaction, seq: int, *, back: bool) -> None:
    """Asks again what a step decided, or takes it as decided again.

    What a server has said of the row since then counts more, and stays.
    """
    for one in shelf.decided(tx.source, seq):
        number = one.content.get("shelf")
        if "meta" in one.content:
            _turn_choice(tx, one.content, back=back)
        elif number is not None:
            again = shelf.reopened(number) if back else shelf.resolved(number, tx.step.at)
            tx.also.append(again)
        elif one.lid is not None:
            _turn_hold(tx, one, back=back)


def _turn_choice(tx: Transaction, content: dict[str, Any], *, back: bool) -> None:
    """Chooses again what was chosen before, where nothing else was chosen since."""
    left, wanted = content["after"], content["before"]
    if not back:
        left, wanted = wanted, left
    if schema.meta(tx.source, content["meta"]) == left:
        tx.step.meta[content["meta"]] = wanted


def _turn_hold(tx: Transaction, one: Shelved, *, back: bool) -> None:
    bound = bindings.get(tx.source, "track", one.kind, one.lid or "")
    left, wanted = one.content["after"], one.content["before"]
    if not back:
        left, wanted = wanted, left
    is_as_left = bound is not None and (bound.hold, bound.rid) == (left["hold"], one.rid)
    if bound is not None and is_as_left and bound.base == one.content["base"] and not bound.gone:
        tx.bindings.append(replace(bound, hold=wanted["hold"], unsent=wanted["unsent"]))
