"""How the last turn that a person asked for ended: for whoever asked from another process."""

import json
from contextlib import suppress
from dataclasses import astuple
from typing import Final

from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.domain.syncstate import Phase, Question, SyncState
from toggl_desktop.store import schema
from toggl_desktop.store.database import Store
from toggl_desktop.store.source import Source

KEY: Final = "outcome"
"""Meta key: how many such turns there were, and how the last one ended."""


def count(source: Source) -> int:
    """Returns how many turns that were asked for have ended."""
    text = schema.meta(source, KEY)
    return 0 if text is None else int(json.loads(text)["count"])


def last(source: Source) -> SyncState:
    """Returns how the last one ended, in what concerns whoever asked."""
    said = json.loads(schema.meta(source, KEY) or "{}")
    question = said.get("question")
    return SyncState(
        Phase(said.get("phase", Phase.OFF.value)),
        skew_seconds=said.get("skew", 0),
        text=said.get("text", ""),
        question=None if question is None else Question(*question),
    )


def keep(store: Store, at: int, state: SyncState) -> None:
    """Writes down how one ended; where nothing can be written, nobody is told."""
    with suppress(StoreError), store.transaction("Say how it went", at, origin=Origin.TRACK) as tx:
        told = {
            "count": count(tx.source) + 1,
            "phase": state.phase.value,
            "text": state.text,
            "skew": state.skew_seconds,
            "question": None if state.question is None else astuple(state.question),
        }
        tx.step.meta[KEY] = json.dumps(told, ensure_ascii=False)
