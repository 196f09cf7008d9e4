"""A row of the server's meets what is here: adopted, merged, deleted or made; never dropped."""

from dataclasses import replace

from toggl_desktop.domain.entities import Entity
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.domain.merge import dirty, merge
from toggl_desktop.domain.words import named, rough
from toggl_desktop.store import schema
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import synced
from toggl_desktop.sync import again, joining, pointing
from toggl_desktop.sync.cycle import HOME, UNTIED
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.ties import Values, plain


class Meeting:
    """One row of the server's meets what is here."""

    def __init__(self, desk: Desk, row: Row, *, lists: bool) -> None:
        self._desk = desk
        self._row = row
        self._lists = lists

    def meet(self, draft: str | None) -> None:
        """Adopts, merges, deletes or makes the row; safe to repeat."""
        desk, row = self._desk, self._row
        bound = desk.by_rid(row.kind, row.rid)
        if bound is None:
            bound = self._adopted(draft)
        if bound is None:
            if not row.deleted:
                self._make()
            return
        if bound.gone and not (row.deleted and self._row_lives(bound)):
            self._after_our_delete(bound)
        elif row.deleted:
            self._delete(bound)
        else:
            self._merge(bound)

    def _row_lives(self, bound: Binding) -> bool:
        one = self._desk.row(bound.kind, bound.lid)
        return one is not None and not one.deleted

    # Rows that nothing is bound to --------------------------------------------------------

    def _adopted(self, draft: str | None) -> Binding | None:
        """Returns the tie of the local row that this is, or None when it is new."""
        desk, row = self._desk, self._row
        if draft is not None:
            bound = desk.binding(row.kind, draft)
            attempt = desk.attempt(row.kind, draft) or again.draft(bound)
            if attempt is not None and (bound is None or bound.rid is None):
                sent = plain(attempt.payload)
                return self._adopt(draft, joining.agreed(sent) if "joined" in sent else sent)
        twin = None if row.deleted else self._twin()
        if twin is None:
            return None
        attempt = desk.attempt(twin.kind, twin.lid)
        return self._adopt(twin.lid, attempt.payload if attempt else desk.ties.out(twin))

    def _adopt(self, lid: str, base: Values) -> Binding:
        desk, row = self._desk, self._row
        old = desk.binding(row.kind, lid) or Binding(TRACK, row.kind, lid)
        bound = replace(old, rid=row.rid, base=desk.ties.resolved(plain(base)), hold=None)
        desk.bind(bound)
        desk.settled(row.kind, lid)
        if row.kind == "workspace":
            desk.tx.step.meta[UNTIED] = "1"
        return bound

    def _twin(self) -> Entity | None:
        """Returns the local row of that name that the server has not got yet (R12)."""
        if self._row.kind == "workspace":
            return self._joined()
        return self._desk.unsent_twin(self._row.kind, self._row.values)

    def _joined(self) -> Entity | None:
        """Returns this computer's own workspace where it was joined with this one."""
        desk = self._desk
        if schema.meta(desk.tx.source, HOME) != str(self._row.rid):
            return None
        bound = desk.binding("workspace", LOCAL_WORKSPACE)
        return None if bound and bound.rid else desk.row("workspace", LOCAL_WORKSPACE)

    def _make(self) -> None:
        desk, row = self._desk, self._row
        values = desk.reachable(row.values)
        one = desk.new(row.kind, values)
        desk.write(one, self._base(values), rid=row.rid, gone=False)

    def _base(self, values: Values) -> Values:
        return values if self._row.at is None else values | {"at": self._row.at}

    # Rows that are bound ------------------------------------------------------------------

    def _after_our_delete(self, bound: Binding) -> None:
        """Waits for the tombstone of what we deleted: it shows what was really deleted (R29)."""
        desk, row = self._desk, self._row
        if row.deleted and bound.base is not None:
            if desk.rules.keeps_tombstones:
                desk.shelve("trash", row.kind, bound.lid, row.rid, row.values)
            desk.bind(replace(bound, base=None, unsent=False))
            desk.settled(row.kind, bound.lid)
        elif not row.deleted and self._lists and desk.attempt(row.kind, bound.lid) is None:
            self._live_on(bound)

    def _live_on(self, bound: Binding) -> None:
        """It was said to be gone, and is in the list of what lives: it comes back as it is there.

        A person who had deleted it is asked; an edit that met the same word is on the shelf.
        """
        desk, row = self._desk, self._row
        one = desk.row(bound.kind, bound.lid)
        if one is None:
            return
        base = self._base(desk.reachable(row.values))
        if one.deleted and synced.was_deleted_here(desk.tx.source, bound.kind, bound.lid):
            desk.shelve("undeleted", row.kind, bound.lid, row.rid, row.values)
        one = desk.revived(one) if one.deleted else one
        desk.write(desk.ties.changed(one, base), base, gone=False, hold=None)

    def _delete(self, bound: Binding) -> None:
        """The server deleted it: so it is here, and what only this side had is kept (R27, R29)."""
        desk, row = self._desk, self._row
        one = desk.row(bound.kind, bound.lid)
        if one is None:
            return
        mine = desk.ties.out(one)
        tried = desk.attempt(bound.kind, bound.lid)
        if desk.rules.keeps_tombstones:
            desk.shelve("trash", row.kind, bound.lid, row.rid, row.values)
        desk.settled(bound.kind, bound.lid)
        was_ours = bound.gone or (tried is not None and tried.op == "delete")
        if was_ours and not one.deleted:  # our own delete, taken back meanwhile: made anew
            desk.write(one, None, rid=None, gone=False, hold=None)
            return
        has_edits = bound.base is not None and bool(dirty(plain(bound.base), mine))
        if has_edits and not one.deleted and desk.rules.keeps_what_was_deleted_elsewhere:
            desk.shelve("deleted elsewhere", row.kind, bound.lid, row.rid, mine)
        pointing.bury(desk, one, row.rid)

    def _merge(self, bound: Binding) -> None:
        desk, row = self._desk, self._row
        one = desk.row(bound.kind, bound.lid)
        if one is None:
            return
        server = desk.reachable(row.values)
        mine = desk.ties.out(one)
        base = mine if bound.base is None else plain(bound.base)
        base = self._confirmed(bound, base, server)
        if row.kind == "workspace":
            mine |= {name: server[name] for name in server.keys() - mine.keys()}
        if one.deleted and dirty(base, server):
            one = desk.revived(one)  # deleted here, changed there: it stays (R28)
            desk.shelve("undeleted", row.kind, bound.lid, row.rid, server)
            mine = desk.ties.out(one)
        if not desk.rules.merges:
            mine = base = server
            one = desk.ties.changed(one, server)
        merged = merge(base, mine, server)
        if desk.rules.shelves_conflicts:
            aside = merged.theirs | merged.ours
            if aside:
                desk.shelve("conflict", row.kind, bound.lid, row.rid, aside)
                self._tell_of_conflict(mine, ours_counts=bool(merged.theirs))
            self._tell_of_stops(mine, merged.values, aside)
            values = merged.values
        else:
            values = merged.values | merged.theirs
        one = desk.ties.changed(one, values)
        desk.write(one, self._base(server))
        if desk.rules.merges_twins and row.kind != "workspace" and not one.deleted:
            twin = desk.unsent_twin(row.kind, row.values)
            if twin is not None:
                pointing.unite(desk, twin, bound.lid)

    def _tell_of_conflict(self, mine: Values, *, ours_counts: bool) -> None:
        """Says once, when it is put aside, that both sides changed the same."""
        step = self._desk.tx.step
        called = named(str(mine.get("description") or mine.get("name") or ""))
        if step.notice is not None:
            called = "More than one thing"
        counts = "yours counts" if ours_counts else "theirs counts"
        step.notice = (
            f"{called} was changed here and elsewhere: {counts}, and “Sync…” keeps the other for "
            "you to choose."
        )

    def _tell_of_stops(self, mine: Values, values: Values, aside: Values) -> None:
        """Says that an entry was stopped on both sides, and which stop counts (R34)."""
        here, counts = mine.get("stop"), values.get("stop")
        if "stop" in aside and here is not None and counts is not None and counts < here:
            self._desk.tx.step.notice = (
                f"{named(str(mine['description']))} was stopped elsewhere already, "
                f"{rough(here - counts)} before you stopped it here. That counts; "
                "“Sync…” keeps your time too and lets you choose."
            )

    def _confirmed(self, bound: Binding, base: Values, server: Values) -> Values:
        """Returns what both sides agree on when an answer of ours was lost on the way.

        What we sent and the server now has is ours, not a change of somebody else's.
        """
        desk = self._desk
        tried = desk.attempt(bound.kind, bound.lid)
        if tried is None or tried.op != "update":
            return base
        sent = plain(tried.payload)
        arrived = {n: v for n, v in sent.items() if n in server and server[n] == v}
        if len(arrived) == len(sent):
            desk.settled(bound.kind, bound.lid)
        return base | arrived
