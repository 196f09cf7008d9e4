"""Saying what was done: one line for people, or the entries themselves as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from toggl_desktop.cli import shapes
from toggl_desktop.cli.words import Clock, content, quoted
from toggl_desktop.domain.words import clock, short
from toggl_desktop.store import journal
from toggl_desktop.store.read import entries

if TYPE_CHECKING:
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.cli.context import Context
    from toggl_desktop.cli.moments import Moments
    from toggl_desktop.domain.changes import ChangeSet
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.read.entries import EntryRow


class Report:
    """What one committed step did to entries."""

    def __init__(self, context: Context, store: Store, changes: ChangeSet) -> None:
        self._context = context
        self._source = store.source
        self._changes = changes
        self._now = context.now.wall
        self._rows = [
            c for c in journal.changes_of(store.source, changes.seq) if c.kind == "time_entry"
        ]
        self.times = Clock(self._now, context.zone, twelve_hours=context.twelve_hours())

    def new(self) -> EntryRow:
        """Returns the entry that the step added."""
        return self.row(next(c.lid for c in self._rows if c.before is None))

    def changed(self) -> EntryRow:
        """Returns the first entry that the step changed and did not add or delete."""
        was_there = (c for c in self._rows if c.before is not None and not c.after["deleted"])
        return self.row(next(c.lid for c in was_there))

    def row(self, lid: str) -> EntryRow:
        """Returns an entry as it is now."""
        found = entries.one(self._source, lid)
        assert found is not None
        return found

    def others(self, but: str) -> list[str]:
        """Returns what became of all entries but one, a sentence each."""
        return [
            sentence
            for change in self._rows
            if change.lid != but and (sentence := self._told(change)) is not None
        ]

    def _told(self, change: journal.ChangeRow) -> str | None:
        before, after = change.before or {}, change.after
        name = quoted(after["description"])
        if before.get("deleted") is False:
            return f"Removed {name}."
        if "stop" not in before or after["stop"] is None:
            return None
        end = self.times.at(after["stop"])
        if before["stop"] is None:
            return f"Stopped {name} at {end} after {short(after['stop'] - after['start'])}."
        return f"Shortened {name} to end at {end}."

    def titled(self, row: EntryRow) -> str:
        """Returns the entry's text and what it belongs to."""
        return " · ".join(part for part in (quoted(row.description), content(row)) if part)

    def spanned(self, row: EntryRow) -> str:
        """Returns `9:04 – 9:46 (0:42)`, or `since 9:04`."""
        if row.stop is None:
            return f"since {self.times.at(row.start)}"
        return f"{self.times.span(row.start, row.stop)} ({short(row.seconds(self._now))})"

    def lasted(self, row: EntryRow) -> str:
        """Returns how long it lasted, to the second."""
        return clock(row.seconds(self._now))

    def say(
        self,
        given: Given,
        sentences: Sequence[str],
        rows: Iterable[EntryRow],
        moments: Moments | None = None,
    ) -> None:
        """Prints one line, or the entries as JSON: one as an object, several as an array."""
        notes = [] if moments is None else moments.notes
        if self._changes.notice:
            notes = [*notes, self._changes.notice]
        if given.has("json"):
            found: list[Any] = [shapes.entry(row, self._now) for row in rows]
            self._context.output.json(found[0] if len(found) == 1 else found)
            for note in notes:
                self._context.output.complain(note)
            return
        self._context.output.line(" ".join((*sentences, *notes)))
