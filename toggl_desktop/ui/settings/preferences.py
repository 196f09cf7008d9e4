"""The preferences window, made from the list of settings: a new setting needs no code here."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.settings import ABOUT, CHOICE_WORDS, About, Settings
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.settings.data import Belongings, DataPage
from toggl_desktop.ui.settings.favourites import FavouritesPage
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.placing import begin_with
from toggl_desktop.ui.widgets.text import label

DEFAULTS = Settings()
_SIZE = QSize(520, 560)
_KINDS = {name: type(value) for name, value in Settings._field_defaults.items()}


class SettingRow(QWidget):
    """One setting: its words at the left, its control at the right; a change counts at once."""

    def __init__(self, name: str, about: About, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._about = about
        self._context = context
        self._sentence = label("", role="caption", tone="problem", wraps=True, parent=self)
        self._sentence.hide()
        self._build()
        self.show_value()

    @property
    def words(self) -> str:
        """All its words, folded, for the search; its name in the file and in a terminal too."""
        about, name = self._about, self.name.replace("_", " ")
        choices = " ".join(CHOICE_WORDS[c] for c in about.choices)
        return fold(f"{about.page} {about.label} {about.hint} {choices} {name}")

    @property
    def control(self) -> QWidget:
        """What a person changes."""
        return self._control

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        name = label(self._about.label, wraps=True, parent=self)
        words.addWidget(name)
        if self._about.hint:
            words.addWidget(label(self._about.hint, role="caption", wraps=True, parent=self))
        words.addWidget(self._sentence)
        self._control = self._make_control()
        self._control.setAccessibleName(self._about.label)
        name.setBuddy(self._control)  # a combo box is called by its value where Linux listens
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE.hair, 0, SPACE.hair)
        row.setSpacing(SPACE.large)
        row.addLayout(words, 1)
        row.addWidget(self._control, 0, Qt.AlignmentFlag.AlignTop)

    def _make_control(self) -> QWidget:
        if self._about.choices:
            combo = QComboBox(self)
            for choice in self._about.choices:
                combo.addItem(CHOICE_WORDS[choice], choice)
            combo.activated.connect(self._on_combo_activated)
            return combo
        if _KINDS[self.name] is bool:
            check = QCheckBox(self)
            check.clicked.connect(self._on_check_clicked)
            return check
        edit = QLineEdit(self)
        edit.setFixedWidth(180)
        edit.editingFinished.connect(self._on_edit_editing_finished)
        return edit

    def show_value(self) -> None:
        """Shows the setting as it is now."""
        value = getattr(self._context.preferences.now, self.name)
        if isinstance(self._control, QComboBox):
            self._control.setCurrentIndex(self._control.findData(value))
        elif isinstance(self._control, QCheckBox):
            self._control.setChecked(value)
        elif isinstance(self._control, QLineEdit) and not self._control.hasFocus():
            self._control.setText(value)

    def choose(self, value: object) -> None:
        """Chooses a value; a refusal is said under the words, and the old value stays."""
        try:
            self._context.preferences.choose(self.name, value)
        except KnownError as error:
            self._sentence.setText(error.sentence)
            self._sentence.show()
        else:
            self._sentence.hide()

    def _on_combo_activated(self, place: int) -> None:
        self.choose(self._about.choices[place])

    def _on_check_clicked(self, checked: bool) -> None:  # noqa: FBT001 - a signal's value
        self.choose(checked)

    def _on_edit_editing_finished(self) -> None:
        if isinstance(self._control, QLineEdit):
            text = self._control.text().strip()
            if text != getattr(self._context.preferences.now, self.name):
                self.choose(text)


class Page(QWidget):
    """The settings of one page under its title, with a way back to the defaults."""

    def __init__(self, title: str, rows: list[str], context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = [SettingRow(name, ABOUT[name], context, self) for name in rows]
        self._reset = QPushButton(self.tr("Reset"), self)
        self._reset.setProperty("kind", "quiet")
        self._reset.setAccessibleName(self.tr("Reset {page}").format(page=title))
        self._reset.clicked.connect(self._on_reset_clicked)
        head = QHBoxLayout()
        head.addWidget(label(title, role="emphasis", parent=self), 1)
        head.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.small, 0, SPACE.large)
        column.setSpacing(SPACE.hair)
        column.addLayout(head)
        for row in self.rows:
            column.addWidget(row)

    def narrow(self, words: list[str]) -> bool:
        """Shows only the settings that have all the words; tells whether any is left."""
        shown = 0
        for row in self.rows:
            fits = all(w in row.words for w in words)
            row.setVisible(fits)
            shown += fits
        self.setVisible(shown > 0)
        return shown > 0

    def _on_reset_clicked(self) -> None:
        for row in self.rows:
            row.choose(getattr(DEFAULTS, row.name))


class PreferencesWindow(QDialog):
    """Preferences. Changes count at once; Esc closes.

    Signals:
        account_requested(): Who is signed in is to be shown, or somebody is to sign in.
        erase_requested(): All data is to be deleted for good.
    """

    account_requested = Signal()
    erase_requested = Signal()

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        belongings: Belongings | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._belongings = belongings
        self._pages: list[Page] = []
        self.setWindowTitle(self.tr("Preferences"))
        begin_with(self, _SIZE)
        self._build()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._search.setFocus)
        context.bridge.settings_changed.connect(self._on_bridge_settings_changed)

    def _build(self) -> None:
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Search preferences"))
        self._search.setAccessibleName(self.tr("Search preferences"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_search_text_changed)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE.large, 0, SPACE.large, SPACE.large)
        column.setSpacing(0)
        for part in self._build_parts(inside):
            column.addWidget(part)
        self._nothing = label(
            self.tr("Nothing is called so."), tone="second", parent=inside, wraps=True
        )
        self._nothing.hide()
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._area = area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE.large, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        self._search.setMinimumHeight(SIZE.control_height)
        top.addWidget(self._search, 1)
        self.account = QPushButton(self.tr("Account…"), self)
        self.account.setAutoDefault(False)
        self.account.clicked.connect(self._on_account_clicked)
        top.addSpacing(SPACE.small)
        top.addWidget(self.account)
        outer.addLayout(top)
        outer.addWidget(area)

    def _build_parts(self, inside: QWidget) -> list[QWidget]:
        """Returns the pages in their order; where data lies stands below the page “Data”."""
        titles = dict.fromkeys(a.page for a in ABOUT.values() if a.page)
        self._parts: list[Page | DataPage | FavouritesPage] = []
        for title in titles:
            names = [name for name, about in ABOUT.items() if about.page == title]
            page = Page(title, names, self._context, inside)
            self._pages.append(page)
            self._parts.append(page)
            if title == "Data" and self._belongings is not None:
                data = DataPage(self._context, self._belongings, inside)
                data.erase_requested.connect(self._ask_to_erase)
                self._parts.append(data)
        self.favourites = FavouritesPage(self._context, inside)
        self._parts.append(self.favourites)
        return [*self._parts]

    def show_favourites(self) -> None:
        """Brings the favourites into view and gives them the keyboard."""
        self._search.clear()
        self.favourites.show_rows()
        self._area.ensureWidgetVisible(self.favourites.remove)
        self._area.ensureWidgetVisible(self.favourites.list)
        self.favourites.list.setFocus()

    def _ask_to_erase(self) -> None:
        self.erase_requested.emit()

    def rows(self) -> list[SettingRow]:
        """Returns all settings shown, in their order."""
        return [row for page in self._pages for row in page.rows]

    def _on_account_clicked(self) -> None:
        self.account_requested.emit()

    def _on_search_text_changed(self, text: str) -> None:
        words = fold(text).split()
        shown = [part.narrow(words) for part in self._parts]
        self._nothing.setVisible(not any(shown))

    def _on_bridge_settings_changed(self) -> None:
        for row in self.rows():
            row.show_value()
