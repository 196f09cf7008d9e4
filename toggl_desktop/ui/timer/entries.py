"""The list with everything that can be done in it, and what it says while there is nothing."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store.read import entries
from toggl_desktop.store.read.entries import EntryRow, Wanted
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.bulk import BulkEditor
from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem, Item
from toggl_desktop.ui.timer.deeds import Deeds
from toggl_desktop.ui.timer.editor import EntryEditor
from toggl_desktop.ui.timer.ledger import Ledger
from toggl_desktop.ui.timer.menu import EntryMenu, GapMenu
from toggl_desktop.ui.timer.model import EntryModel
from toggl_desktop.ui.timer.painter import RowPainter
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.timer.rows import Spot
from toggl_desktop.ui.timer.search import SearchBar
from toggl_desktop.ui.timer.selection import SelectionBar
from toggl_desktop.ui.timer.splitter import Splitter
from toggl_desktop.ui.timer.view import EntryView
from toggl_desktop.ui.widgets.text import label

_FAR_BACK: Final = 50
"""Chunks read at most to find an entry that is to be opened, or to select all that was found."""


class EntryList(QWidget):
    """Entries by day, with an editor in the row that is worked on, and a search over all of them.

    Signals:
        running_wanted(): What runs is edited above the list.
    """

    running_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._editor: EntryEditor | Splitter | None = None
        self.bulk: BulkEditor | None = None
        self._spot: Spot | None = None
        context, wording = kit.context, kit.wording
        self._ledger = Ledger(context.source, context.zone, wording.now)
        self._found = Ledger(context.source, context.zone, wording.now)
        self.model = EntryModel(self._ledger, wording, self)
        self.search = SearchBar(wording, self)
        self.page = QWidget(self)
        self.view = EntryView(self.model, RowPainter(context.theme), wording, self.page)
        self.menu = EntryMenu(self)
        self.gap_menu = GapMenu(self)
        self._deeds = Deeds(self.model, self.view, self.menu, self.gap_menu)
        self.selection = SelectionBar(self.menu.for_many(), wording, self)
        self._build_layout()
        self._wire()
        self.show_loading()

    def _build_layout(self) -> None:
        self._blank = QWidget(self.page)
        self.sentence = label(tone="second", wraps=True, parent=self._blank)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again = QPushButton(self.tr("Try again"), self._blank)
        column = QVBoxLayout(self._blank)
        column.setContentsMargins(SPACE.huge, SPACE.huge, SPACE.huge, SPACE.huge)
        column.addStretch(2)
        column.addWidget(self.sentence)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._pages = QStackedLayout(self.page)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._blank)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.search)
        self._whole.addWidget(self.page, 1)
        self._whole.addWidget(self.selection)

    def _wire(self) -> None:
        self.view.edit_requested.connect(self._on_edit_wanted)
        self.view.all_wanted.connect(self._read_all_found)
        self._deeds.ordered.connect(self._on_deeds_ordered)
        self._deeds.edit_wanted.connect(self._on_edit_wanted)
        self._deeds.edit_all_wanted.connect(self._on_deeds_edit_all_wanted)
        self._deeds.split_wanted.connect(self._on_deeds_split_wanted)
        self._deeds.chosen_changed.connect(self._show_chosen)
        self.again.clicked.connect(self.fill)
        self.model.reading_failed.connect(self._on_model_reading_failed)
        self.search.typed.connect(self._on_search_typed)
        self.search.counting_wanted.connect(self._count)
        self.search.list_wanted.connect(self._on_search_list_wanted)
        self.search.closed.connect(self.close_search)

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
        self._ledger.clear()
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
            if self.search.text:
                self._ledger.apply(changes)
            self.model.apply(changes)
            self._show_editors_elsewhere(changes)
        except KnownError as error:
            self._show_blank(error.sentence, can_repeat=True)
            return
        if was_chosen:
            self.view.stay_near(row)
        if self.search.text and changes.touched:
            self.search.count_again()
        self._show_page()
        self._show_chosen()

    def _show_editors_elsewhere(self, changes: ChangeSet) -> None:
        lid = None if self._editor is None else self._editor.lid
        if self._editor is not None and lid is not None:
            self._editor.show_elsewhere(self._row(lid))
        if self.bulk is not None and changes.touched:
            self.bulk.show_elsewhere(self._rows(self.bulk.lids))

    def _row(self, lid: str) -> EntryRow | None:
        """Returns an entry that is shown, or was until it stopped fitting the search."""
        ledger = self._found if self.search.text else self._ledger
        return ledger.row(lid) or (entries.one(self._kit.context.source, lid))

    def _rows(self, lids: tuple[str, ...]) -> list[EntryRow]:
        return entries.find(self._kit.context.source, Wanted(lids=lids))

    def roll_over(self) -> None:
        """Begins a new day."""
        if self.search.text:
            self._ledger.refile()
        self.model.roll_over()

    def _show_page(self) -> None:
        if self.model.has_entries or self._editor is not None:
            self._pages.setCurrentWidget(self.view)
        elif self.search.text:
            words = self.tr("Nothing has “{text}” in its description, project, client or tags.")
            self._show_blank(words.format(text=self.search.text))
        elif self.model.rowCount():
            self._show_blank(
                self.tr("What you finish is listed here.\nBegan earlier? Press the time above.")
            )
        else:
            self._show_blank(
                self.tr("Nothing recorded yet.\nType what you are doing and press Enter.")
            )

    def _show_blank(self, sentence: str, *, can_repeat: bool = False) -> None:
        if self.view.hasFocus() and self.search.text:
            self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sentence.setText(sentence)
        self.again.setVisible(can_repeat)
        self._pages.setCurrentWidget(self._blank)

    def _show_chosen(self) -> None:
        if self.bulk is None:
            self.selection.show_chosen(self._deeds.chosen(), self._kit.wording.now())

    def select(self, lid: str) -> None:
        """Puts keyboard and selection on an entry, if it is in the list."""
        row = self.model.row_of(lid)
        if row >= 0:
            self.view.select_row(row)

    def edit(self, lid: str) -> None:
        """Opens an entry in its row, reading back as far as it lies."""
        self.close_search()
        for _ in range(_FAR_BACK):
            if self.model.row_of(lid) >= 0 or not self.model.canFetchMore(QModelIndex()):
                break
            self.model.fetchMore(QModelIndex())
        row = self.model.row_of(lid)
        if row >= 0:
            self.view.select_row(row)
            self.open_editor(self.model.item(row))

    def listed_keys(self) -> list[tuple[str, str]]:
        """Returns what keys do in the list and in fields, for the list of shortcuts."""
        return [
            (self.tr("Walk the entries; select more"), self.tr("Arrows; Shift+Arrows, Ctrl+A")),
            (self.tr("Edit; one entry again; close the search"), self.tr("Enter; Esc; Esc")),
            (self.tr("From the search into the list"), self.tr("Down, Enter")),
            (self.tr("Show what can be chosen; take it"), self.tr("Down; Enter, Tab")),
            (self.tr("Save; drop what was typed"), self.tr("Enter; Esc")),
        ]

    # Searching ----------------------------------------------------------------------------

    def open_search(self) -> None:
        """Shows the search with the keyboard in it; an open editor is saved first."""
        if self.close_editor():
            self.search.open()

    def close_search(self) -> None:
        """Shows everything again, as it was before the search."""
        if self.search.isHidden() or not self.close_editor():
            return
        self.search.close_quietly()
        self._show_all()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_search_typed(self) -> None:
        if not self.close_editor():
            return
        text = self.search.text
        if not text:
            self._show_all()
            return
        if self._spot is None:
            self._spot = self.view.spot()
        try:
            self._found.search(text)
            self._found.fetch()
        except KnownError as error:
            self._show_blank(error.sentence, can_repeat=True)
            return
        self.view.selectionModel().clear()
        self.model.look_into(self._found)
        self._deeds.offer()
        self.view.scrollToTop()
        self._show_page()
        self.search.show_hits(self._found.hits)

    def _show_all(self) -> None:
        """Shows the list as it was when the search began."""
        self.search.show_hits(None)
        spot, self._spot = self._spot, None
        if spot is None:
            return
        self.view.selectionModel().clear()
        self.model.look_into(self._ledger)
        self._deeds.offer()
        self._show_page()
        self.view.go_to(spot)

    def _count(self) -> None:
        try:
            self.search.show_hits(self._found.count())
        except KnownError as error:
            self._kit.performer.refuse(None, error)

    def _on_search_list_wanted(self) -> None:
        if self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.view.selectionModel().hasSelection():
                self.view.select_first()

    def _read_all_found(self) -> None:
        """Reads the rest of what was found, because all of it is to be selected."""
        for _ in range(_FAR_BACK):
            if not self.search.text or not self.model.canFetchMore(QModelIndex()):
                break
            self.model.fetchMore(QModelIndex())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.search.isHidden():
            self.close_search()
            return
        super().keyPressEvent(event)

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
        for editor in (self._editor, self.bulk):
            if editor is not None and editor.is_dirty:
                if not editor.save():
                    return False
            elif editor is not None:
                editor.drop()
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

    def edit_all(self, lids: tuple[str, ...]) -> None:
        """Opens several entries for editing at once."""
        if not self.close_editor():
            return
        try:
            rows = self._rows(lids)
            self.bulk = BulkEditor(self._kit, rows, self) if rows else None
        except KnownError as error:
            self._kit.performer.refuse(None, error)
        if self.bulk is not None:
            self.bulk.closed.connect(self._on_bulk_closed)
            self.selection.hide()
            self._whole.addWidget(self.bulk)
            self.bulk.take_keyboard()

    def _on_bulk_closed(self) -> None:
        bulk, self.bulk = self.bulk, None
        if bulk is not None:
            self._whole.removeWidget(bulk)
            bulk.hide()
            bulk.deleteLater()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_chosen()

    # Doing --------------------------------------------------------------------------------

    def _on_deeds_ordered(self, command: object) -> None:
        if self.close_editor():
            self._kit.performer.do(command)

    def _on_edit_wanted(self, item: Item) -> None:
        self.open_editor(item)

    def _on_deeds_edit_all_wanted(self) -> None:
        self.edit_all(tuple(item.row.lid for item in self._deeds.chosen()))

    def _on_deeds_split_wanted(self, item: Item) -> None:
        if isinstance(item, EntryItem):
            self._open(item, splits=True)

    def _on_model_reading_failed(self, error: KnownError) -> None:
        self._kit.performer.refuse(None, error)
