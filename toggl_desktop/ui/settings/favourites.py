"""The favourites in preferences: their order, and what is no longer one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from toggl_desktop.domain.commands import DeleteThing, MoveFavourite
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import FavouriteId
from toggl_desktop.store.read import catalog
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.tray.menu import named
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.text import label, tooltip

_ROWS = 6
_LidRole = Qt.ItemDataRole.UserRole


class FavouritesPage(QWidget):
    """A list in a person's order: Alt with the arrows moves, Delete removes; all can be undone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        title = self.tr("Favourites")
        hint = self.tr("Ctrl+B makes one of an entry, or of a row in the palette.")
        self._words = fold(f"{title} {hint}")
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self.list.setAccessibleDescription(hint)
        self._sentence = label("", role="caption", tone="problem", wraps=True, parent=self)
        self._sentence.hide()
        self.up = self._button(self.tr("Move up"), "Alt+Up")
        self.down = self._button(self.tr("Move down"), "Alt+Down")
        self.remove = self._button(self.tr("Remove"), "Del")
        self.up.clicked.connect(self._on_up_clicked)
        self.down.clicked.connect(self._on_down_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.small)
        for button in (self.up, self.down, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.small, 0, SPACE.large)
        column.setSpacing(SPACE.small)
        column.addWidget(label(title, role="emphasis", parent=self))
        column.addWidget(label(hint, role="caption", wraps=True, parent=self))
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addWidget(self._sentence)
        self.list.currentRowChanged.connect(self._on_list_current_row_changed)
        context.bridge.changed.connect(self._on_bridge_changed)
        self.show_rows()

    def _button(self, words: str, key: str) -> QPushButton:
        button = QPushButton(words, self)
        shortcut = QShortcut(QKeySequence(key), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(button.click)
        said = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(tooltip(said))
        return button

    def show_rows(self, current: int = -1) -> None:
        """Shows the favourites as they are now.

        Args:
            current: The row to mark; otherwise the one that was marked stays so.
        """
        before = self.list.currentRow() if current < 0 else current
        try:
            rows = catalog.favourites(self._context.source)
        except KnownError as error:
            self._say(error.sentence)
            return
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(named(row, self.tr("No description")), self.list)
            item.setData(_LidRole, row.lid)
            if row.color:
                item.setIcon(diamond_icon(row.color))
        self.list.setCurrentRow(min(before, len(rows) - 1) if before >= 0 else -1)
        height = max(2, min(_ROWS, len(rows))) * max(24, self.list.sizeHintForRow(0))
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + 2)
        self._set_enabled()

    def narrow(self, words: list[str]) -> bool:
        """Shows itself if it has all the words; tells whether it does."""
        fits = all(word in self._words for word in words)
        self.setVisible(fits)
        return fits

    def _set_enabled(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)
        self.remove.setEnabled(row >= 0)

    def _chosen(self) -> str | None:
        if self.list.currentRow() < 0:
            return None
        return str(self.list.currentItem().data(_LidRole))

    def _shift(self, by: int) -> None:
        lid, row = self._chosen(), self.list.currentRow() + by
        if lid is not None and 0 <= row < self.list.count():
            self._do(MoveFavourite(FavouriteId(lid), row), row)

    def _do(self, command: object, row: int) -> None:
        outcome = self._context.perform(command)
        if outcome.error is not None:
            self._say(outcome.error.sentence)
        else:
            self._sentence.hide()
            self.show_rows(row)

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.show()

    def _on_up_clicked(self) -> None:
        self._shift(-1)

    def _on_down_clicked(self) -> None:
        self._shift(1)

    def _on_remove_clicked(self) -> None:
        lid = self._chosen()
        if lid is not None:
            self._do(DeleteThing("favourite", lid), self.list.currentRow())

    def _on_list_current_row_changed(self, _row: int) -> None:
        self._set_enabled()

    def _on_bridge_changed(self, _changes: object) -> None:
        if self.isVisible():
            self.show_rows()
