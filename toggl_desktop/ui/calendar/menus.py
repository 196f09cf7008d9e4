"""The menus over blocks and over empty time; what they offer works by key too."""

from PySide6.QtCore import QObject, Signal

from toggl_desktop.domain.calendar import Grid, gap_around
from toggl_desktop.domain.commands import (
    AddFavourite,
    ContinueEntry,
    DeleteEntries,
    DuplicateEntries,
    MergeEntries,
)
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.domain.timer import LEAST_GAP
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.calendar import gestures
from toggl_desktop.ui.calendar.gestures import Deed, Draft
from toggl_desktop.ui.calendar.keys import KeysView
from toggl_desktop.ui.calendar.layout import Block
from toggl_desktop.ui.calendar.requests import MenuRequest
from toggl_desktop.ui.calendar.sheet import Sheet
from toggl_desktop.ui.calendar.walking import within_day
from toggl_desktop.ui.timer.menu import EntryMenu, GapMenu, attach


class Menus(QObject):
    """The list's own menu, for what is selected in the calendar.

    Signals:
        ordered(command): Something is to be done.
        drafted(Draft): A cut or a new entry at the place where the menu was opened.
    """

    ordered = Signal(object)
    drafted = Signal(object)

    def __init__(self, area: KeysView, sheet: Sheet) -> None:
        super().__init__(area)
        self._area = area
        self._sheet = sheet
        self._request: MenuRequest | None = None
        self.entry = EntryMenu(area)
        self.empty = GapMenu(area)
        attach(self.entry.listed(), area)
        self._wire()

    def _wire(self) -> None:
        self._area.menu_requested.connect(self._on_area_menu_requested)
        self._area.selection_changed.connect(self._offer)
        self.entry.go.triggered.connect(self._on_go_triggered)
        self.entry.edit.triggered.connect(self._on_edit_triggered)
        self.entry.split.triggered.connect(self._on_split_triggered)
        self.entry.duplicate.triggered.connect(self._on_duplicate_triggered)
        self.entry.merge.triggered.connect(self._on_merge_triggered)
        self.entry.favourite.triggered.connect(self._on_favourite_triggered)
        self.entry.delete.triggered.connect(self.delete)
        self.empty.fill.triggered.connect(self._on_fill_triggered)

    # What is meant ------------------------------------------------------------------------

    def chosen(self) -> list[EntryRow]:
        """Returns the entries that are selected, or the one the keyboard is on; in order."""
        current = self._area.choice.current
        lids = self._area.choice.lids or ({current[2]} if current is not None else set())
        found = [row for row in map(self._sheet.row, lids) if row is not None]
        return sorted(found, key=_begin)

    def _current(self) -> Block | None:
        return None if self._area.plan is None else self._area.plan.block(self._area.choice.current)

    def _ids(self) -> tuple[EntryId, ...]:
        return tuple(EntryId(row.lid) for row in self.chosen())

    def _one(self) -> EntryId | None:
        chosen = self.chosen()
        return EntryId(chosen[0].lid) if len(chosen) == 1 else None

    def _mates(self) -> tuple[EntryId, ...]:
        """Returns what a merge would make one of: what is selected, or an entry and its upper."""
        chosen = self.chosen()
        block = self._current()
        if len(chosen) == 1 and block is not None and self._area.plan is not None:
            above = within_day(self._area.plan, block.key, -1)
            if above is not None:
                chosen.insert(0, above.item.row)
        return tuple(EntryId(row.lid) for row in chosen)

    def _offer(self) -> None:
        chosen = self.chosen()
        is_running = any(row.stop is None for row in chosen)
        self.entry.offer(len(chosen), can_merge=len(self._mates()) > 1, is_running=is_running)

    # Menus --------------------------------------------------------------------------------

    def _on_area_menu_requested(self, request: MenuRequest) -> None:
        self._request = request
        if request.block is None:
            self.empty.popup(request.place)
            return
        self._offer()
        self.entry.popup(request.place)

    def _take_request(self) -> MenuRequest | None:
        request, self._request = self._request, None
        return request

    def _on_fill_triggered(self) -> None:
        request = self._take_request()
        plan = self._area.plan
        column = None if request is None or plan is None else plan.column_of(request.at)
        if request is not None and column is not None:
            sheet, grid = column.sheet, Grid(column.axis.low, LEAST_GAP)
            span = gap_around(sheet.spans, request.at, sheet.bounds, grid)
            self._draft(Draft(Deed.CREATE, None, span, span))

    def _on_split_triggered(self) -> None:
        """Cuts where the menu was opened by pointer; by key, asks where."""
        request, block = self._take_request(), self._current()
        if block is None:
            return
        if request is None or request.block is None or request.is_by_key:
            self._area.ask_where_to_cut(block)
            return
        draft = gestures.cut(block.item.row, request.at, self._sheet.now)
        if draft is not None:
            self._draft(draft)

    def _draft(self, draft: Draft) -> None:
        self.drafted.emit(draft)

    # Doing --------------------------------------------------------------------------------

    def _order(self, command: object) -> None:
        self.ordered.emit(command)

    def delete(self) -> None:
        """Deletes what is selected."""
        chosen = self._ids()
        if chosen:
            self._order(DeleteEntries(chosen))

    def _on_go_triggered(self) -> None:
        lid = self._one()
        if lid is not None:
            self._order(ContinueEntry(lid))

    def _on_edit_triggered(self) -> None:
        block, chosen = self._current(), self._ids()
        if len(chosen) > 1:
            self._area.open_all(chosen)
        elif block is not None:
            self._area.open(block)

    def _on_duplicate_triggered(self) -> None:
        chosen = self._ids()
        if chosen:
            self._order(DuplicateEntries(chosen))

    def _on_merge_triggered(self) -> None:
        mates = self._mates()
        if len(mates) > 1:
            self._order(MergeEntries(mates))

    def _on_favourite_triggered(self) -> None:
        lid = self._one()
        if lid is not None:
            self._order(AddFavourite(lid))


def _begin(row: EntryRow) -> tuple[int, str]:
    return row.start, row.lid
