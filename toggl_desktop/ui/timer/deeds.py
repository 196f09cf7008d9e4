"""What can be done with what is selected in the list: the menu's actions turned into commands."""

from PySide6.QtCore import QObject, Signal

from toggl_desktop.domain.commands import (
    AddFavourite,
    ContinueEntry,
    DeleteEntries,
    DuplicateEntries,
    MergeEntries,
)
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.timer.days import EntryItem, GapItem, Item
from toggl_desktop.ui.timer.menu import EntryMenu, GapMenu, attach
from toggl_desktop.ui.timer.model import EntryModel
from toggl_desktop.ui.timer.view import EntryView, MenuWish


class Deeds(QObject):
    """Knows what is selected, offers what fits, and says what was asked for.

    Signals:
        ordered(command): Something is to be done.
        edit_wanted(Item): An entry or a gap is to be edited in its row.
        edit_all_wanted(): Everything that is selected is to be edited at once.
        split_wanted(Item): An entry is to be cut.
        chosen_changed(): Other entries are selected.
    """

    ordered = Signal(object)
    edit_wanted = Signal(object)
    edit_all_wanted = Signal()
    split_wanted = Signal(object)
    chosen_changed = Signal()

    def __init__(
        self, model: EntryModel, view: EntryView, menu: EntryMenu, gap_menu: GapMenu
    ) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._menu = menu
        self._gap_menu = gap_menu
        attach(menu.listed(), view)
        view.continue_requested.connect(self._on_view_continue_requested)
        view.menu_requested.connect(self._on_view_menu_requested)
        view.selectionModel().selectionChanged.connect(self.offer)
        menu.go.triggered.connect(self._on_go_triggered)
        menu.edit.triggered.connect(self._on_edit_triggered)
        menu.split.triggered.connect(self._on_split_triggered)
        menu.duplicate.triggered.connect(self._on_duplicate_triggered)
        menu.merge.triggered.connect(self._on_merge_triggered)
        menu.favourite.triggered.connect(self._on_favourite_triggered)
        menu.delete.triggered.connect(self._on_delete_triggered)
        gap_menu.fill.triggered.connect(self._on_fill_triggered)

    # What is meant ------------------------------------------------------------------------

    def chosen(self) -> list[EntryItem]:
        """Returns the entries that are selected, or the one the keyboard is on."""
        items: list[Item | None] = [*self._view.selected_items()]
        found: dict[str, EntryItem] = {}
        for item in items or [self._view.current_item()]:
            if isinstance(item, EntryItem):
                found.setdefault(item.row.lid, item)
        return list(found.values())

    def _ids(self) -> tuple[EntryId, ...]:
        return tuple(EntryId(item.row.lid) for item in self.chosen())

    def _one(self) -> EntryItem | None:
        chosen = self.chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _mates(self, chosen: list[EntryItem]) -> tuple[EntryId, ...]:
        """Returns what a merge would make one of: what is selected, or an entry and its upper."""
        mates = list(chosen)
        if len(mates) == 1:
            row = self._model.row_of_key(mates[0].key) - 1
            while row >= 0 and isinstance(self._model.item(row), GapItem):
                row -= 1
            above = self._model.item(row) if row >= 0 else None
            if isinstance(above, EntryItem):
                mates.append(above)
        return tuple(EntryId(item.row.lid) for item in mates)

    def offer(self) -> None:
        """Offers what can be done with what is selected."""
        chosen = self.chosen()
        self._menu.offer(
            len(chosen),
            can_merge=len(self._mates(chosen)) > 1,
            is_running=any(item.row.stop is None for item in chosen),
            is_alike=len({_content(item.row) for item in chosen}) == 1,
        )
        if not chosen and isinstance(self._view.current_item(), GapItem):
            self._menu.edit.setEnabled(True)  # F2 fills a gap, as Enter does
        self.chosen_changed.emit()

    # Doing --------------------------------------------------------------------------------

    def _order(self, command: object) -> None:
        self.ordered.emit(command)

    def _on_view_continue_requested(self, item: Item) -> None:
        if isinstance(item, EntryItem):
            self._order(ContinueEntry(EntryId(item.row.lid)))

    def _on_view_menu_requested(self, wish: MenuWish) -> None:
        if isinstance(wish.item, GapItem):
            self._gap_menu.popup(wish.place)
        else:
            self.offer()
            self._menu.popup(wish.place)

    def _on_go_triggered(self) -> None:
        chosen = self.chosen()
        if chosen:
            self._order(ContinueEntry(EntryId(chosen[0].row.lid)))

    def _on_edit_triggered(self) -> None:
        if len(self.chosen()) > 1:
            self.edit_all_wanted.emit()
        else:
            self._edit_current()

    def _edit_current(self) -> None:
        item = self._view.current_item()
        if item is not None:
            self.edit_wanted.emit(item)

    def _on_fill_triggered(self) -> None:
        self._edit_current()

    def _on_split_triggered(self) -> None:
        item = self._one()
        if item is not None:
            self.split_wanted.emit(item)

    def _on_duplicate_triggered(self) -> None:
        ids = self._ids()
        if ids:
            self._order(DuplicateEntries(ids))

    def _on_merge_triggered(self) -> None:
        mates = self._mates(self.chosen())
        if len(mates) > 1:
            self._order(MergeEntries(mates))

    def _on_favourite_triggered(self) -> None:
        item = self._one()
        if item is not None:
            self._order(AddFavourite(EntryId(item.row.lid)))

    def _on_delete_triggered(self) -> None:
        ids = self._ids()
        if ids:
            self._order(DeleteEntries(ids))


def _content(row: EntryRow) -> tuple[object, ...]:
    """Returns what an entry is, without when: entries that are alike can be continued as one."""
    return row.description, row.project, row.task, frozenset(row.tag_ids), row.billable
