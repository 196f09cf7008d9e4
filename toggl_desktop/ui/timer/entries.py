"""The list with everything that can be done in it, and what it says while there is nothing."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.commands import (
    AddFavourite,
    ContinueEntry,
    DeleteEntries,
    DuplicateEntry,
    MergeEntries,
)
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem, Item
from toggl_desktop.ui.timer.editor import EntryEditor
from toggl_desktop.ui.timer.ledger import Ledger
from toggl_desktop.ui.timer.menu import EntryMenu, GapMenu, attach
from toggl_desktop.ui.timer.model import EntryModel
from toggl_desktop.ui.timer.painter import RowPainter
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.timer.splitter import Splitter
from toggl_desktop.ui.timer.view import EntryView, MenuWish
from toggl_desktop.ui.widgets.text import label

_FAR_BACK: Final = 50
"""Chunks read at most to find an entry that is to be opened: ten thousand entries."""


class EntryList(QWidget):
    """Entries by day, with an editor in the row that is worked on.

    Signals:
        running_wanted(): What runs is edited above the list.
    """

    running_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._editor: EntryEditor | Splitter | None = None
        context, wording = kit.context, kit.wording
        self._ledger = Ledger(context.source, context.zone, wording.now)
        self.model = EntryModel(self._ledger, wording, self)
        self.view = EntryView(self.model, RowPainter(context.theme), wording, self)
        self.menu = EntryMenu(self)
        self.gap_menu = GapMenu(self)
        self._build_layout()
        self._wire()
        self.show_loading()

    def _build_layout(self) -> None:
        self._blank = QWidget(self)
        self.sentence = label(tone="second", wraps=True, parent=self._blank)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again = QPushButton(self.tr("Try again"), self._blank)
        column = QVBoxLayout(self._blank)
        column.setContentsMargins(SPACE.huge, SPACE.huge, SPACE.huge, SPACE.huge)
        column.addStretch(2)
        column.addWidget(self.sentence)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._blank)

    def _wire(self) -> None:
        attach(self.menu.listed(), self.view)
        self.view.edit_requested.connect(self._on_view_edit_requested)
        self.view.continue_requested.connect(self._on_view_continue_requested)
        self.view.menu_requested.connect(self._on_view_menu_requested)
        self.view.selectionModel().selectionChanged.connect(self._offer_actions)
        self.menu.go.triggered.connect(self._on_go_triggered)
        self.menu.edit.triggered.connect(self._on_edit_triggered)
        self.menu.split.triggered.connect(self._on_split_triggered)
        self.menu.duplicate.triggered.connect(self._on_duplicate_triggered)
        self.menu.merge.triggered.connect(self._on_merge_triggered)
        self.menu.favourite.triggered.connect(self._on_favourite_triggered)
        self.menu.delete.triggered.connect(self._on_delete_triggered)
        self.gap_menu.fill.triggered.connect(self._on_edit_triggered)
        self.again.clicked.connect(self.fill)
        self.model.reading_failed.connect(self._on_model_reading_failed)

    # Showing ------------------------------------------------------------------------------

    @property
    def editor(self) -> EntryEditor | Splitter | None:
        """The editor that is open."""
        return self._editor

    def show_loading(self) -> None:
        """Says that the entries are being read."""
        self._show_blank(self.tr("Reading your entries…"))

    def fill(self) -> None:
        """Reads the newest entries; says so when they cannot be read."""
        try:
            self.model.fill()
        except KnownError as error:
            self._show_blank(error.sentence, can_repeat=True)
        else:
            self._show_page()

    def apply(self, changes: ChangeSet) -> None:
        """Brings the list in line with a change set; an open editor keeps what is typed."""
        if not self.model.is_filled:
            return
        row = self.view.currentIndex().row()
        was_chosen = self.view.selectionModel().hasSelection()
        try:
            self.model.apply(changes)
        except KnownError as error:
            self._show_blank(error.sentence, can_repeat=True)
            return
        if was_chosen:
            self.view.stay_near(row)
        lid = None if self._editor is None else self._editor.lid
        if self._editor is not None and lid is not None:
            self._editor.show_elsewhere(self._ledger.row(lid))
        self._show_page()

    def _show_page(self) -> None:
        if self.model.rowCount() or self._editor is not None:
            self._pages.setCurrentWidget(self.view)
        else:
            self._show_blank(
                self.tr("Nothing recorded yet.\nType what you are doing and press Enter.")
            )

    def _show_blank(self, sentence: str, *, can_repeat: bool = False) -> None:
        self.sentence.setText(sentence)
        self.again.setVisible(can_repeat)
        self._pages.setCurrentWidget(self._blank)

    def select(self, lid: str) -> None:
        """Puts keyboard and selection on an entry, if it is in the list."""
        row = self.model.row_of(lid)
        if row >= 0:
            self.view.select_row(row)

    def edit(self, lid: str) -> None:
        """Opens an entry in its row, reading back as far as it lies."""
        for _ in range(_FAR_BACK):
            if self.model.row_of(lid) >= 0 or not self.model.canFetchMore(QModelIndex()):
                break
            self.model.fetchMore(QModelIndex())
        row = self.model.row_of(lid)
        if row >= 0:
            self.view.select_row(row)
            self.open_editor(self.model.item(row))

    # Editors ------------------------------------------------------------------------------

    def open_editor(self, item: Item) -> None:
        """Opens an entry or a gap in its row; one that is open already is saved first."""
        if isinstance(item, EntryItem) and item.row.stop is None:
            self.running_wanted.emit()
        elif not isinstance(item, DayHead):
            self._open(item, splits=False)

    def _open(self, item: EntryItem | GapItem, *, splits: bool) -> None:
        key = item.key
        if not self.close_editor():
            return
        row = self.model.row_of_key(key)
        if row < 0:
            return  # it went when the other editor saved
        try:
            self._editor = self._made(self.model.item(row), splits=splits)
        except KnownError as error:
            self._kit.performer.refuse(None, error)
            return
        self._editor.closed.connect(self._on_editor_closed)
        self._editor.resized.connect(self.view.fit_editor)
        self.model.hold(row)
        self.view.select_row(row)
        self.view.open_editor(key, self._editor)
        self._editor.take_keyboard()

    def _made(self, item: Item, *, splits: bool) -> EntryEditor | Splitter:
        viewport = self.view.viewport()
        if isinstance(item, EntryItem):
            if splits:
                return Splitter(self._kit, item.row, viewport)
            return EntryEditor(self._kit, item.row, viewport)
        assert isinstance(item, GapItem)
        return EntryEditor(self._kit, item, viewport)

    def close_editor(self) -> bool:
        """Saves and closes what is open; tells whether nothing is open any more."""
        if self._editor is None:
            return True
        if self._editor.is_dirty:
            return self._editor.save()
        self._editor.drop()
        return True

    def _on_editor_closed(self) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        self.view.close_editor()
        self.model.let_go()
        editor.hide()
        editor.deleteLater()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_page()

    # Doing --------------------------------------------------------------------------------

    def _chosen(self) -> list[EntryItem]:
        """Returns the entries that are selected, or the one the keyboard is on."""
        items: list[Item | None] = [*self.view.selected_items()]
        found: dict[str, EntryItem] = {}
        for item in items or [self.view.current_item()]:
            if isinstance(item, EntryItem):
                found.setdefault(item.row.lid, item)
        return list(found.values())

    def _one(self) -> EntryItem | None:
        chosen = self._chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _mates(self) -> tuple[EntryId, ...]:
        """Returns what a merge would make one of: what is selected, or an entry and its upper."""
        chosen = self._chosen()
        if len(chosen) == 1:
            row = self.model.row_of_key(chosen[0].key) - 1
            while row >= 0 and isinstance(self.model.item(row), GapItem):
                row -= 1
            above = self.model.item(row) if row >= 0 else None
            if isinstance(above, EntryItem):
                chosen.append(above)
        return tuple(EntryId(item.row.lid) for item in chosen)

    def _offer_actions(self) -> None:
        chosen = self._chosen()
        can_merge = len(self._mates()) > 1
        is_running = any(item.row.stop is None for item in chosen)
        self.menu.offer(len(chosen), can_merge=can_merge, is_running=is_running)

    def _do(self, command: object) -> None:
        if self.close_editor():
            self._kit.performer.do(command)

    def _continue(self, item: Item) -> None:
        if isinstance(item, EntryItem):
            self._kit.performer.do(ContinueEntry(EntryId(item.row.lid)))

    def _on_view_edit_requested(self, item: Item) -> None:
        self.open_editor(item)

    def _on_view_continue_requested(self, item: Item) -> None:
        self._continue(item)

    def _on_view_menu_requested(self, wish: MenuWish) -> None:
        if isinstance(wish.item, GapItem):
            self.gap_menu.popup(wish.place)
        else:
            self._offer_actions()
            self.menu.popup(wish.place)

    def _on_go_triggered(self) -> None:
        item = self._one()
        if item is not None:
            self._continue(item)

    def _on_edit_triggered(self) -> None:
        item = self.view.current_item()
        if item is not None:
            self.open_editor(item)

    def _on_split_triggered(self) -> None:
        item = self._one()
        if item is not None:
            self._open(item, splits=True)

    def _on_duplicate_triggered(self) -> None:
        item = self._one()
        if item is not None:
            self._do(DuplicateEntry(EntryId(item.row.lid)))

    def _on_merge_triggered(self) -> None:
        mates = self._mates()
        if len(mates) > 1:
            self._do(MergeEntries(mates))

    def _on_favourite_triggered(self) -> None:
        item = self._one()
        if item is not None:
            self._do(AddFavourite(EntryId(item.row.lid)))

    def _on_delete_triggered(self) -> None:
        chosen = tuple(EntryId(item.row.lid) for item in self._chosen())
        if chosen:
            self._do(DeleteEntries(chosen))

    def _on_model_reading_failed(self, error: KnownError) -> None:
        self._kit.performer.refuse(None, error)
