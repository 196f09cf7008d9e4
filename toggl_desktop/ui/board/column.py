"""One column of a board: its name, its cards, and a field for one more."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from toggl_desktop.domain.plan.rows import Bar, StatusRow
from toggl_desktop.ui.board.cards import CardView
from toggl_desktop.ui.board.faces import CardFaces
from toggl_desktop.ui.plan.carrying import Carrier
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.text import label

WIDTH: Final = 272


class ColumnWant(Enum):
    """What is wanted of a column."""

    RENAME = auto()
    HIDE = auto()
    ENDS = auto()
    LEFT = auto()
    RIGHT = auto()
    DELETE = auto()
    ADD = auto()


@dataclass(frozen=True, slots=True)
class ColumnWish:
    """Something is to be done with a column.

    Attributes:
        status: The column.
        text: Its new name, or a new card's.
    """

    status: str
    want: ColumnWant
    text: str = ""


class Column(QFrame):
    """A status and its cards.

    Signals:
        wished(ColumnWish): Something is to be done with the column.
    """

    wished = Signal(object)

    def __init__(
        self, theme: Theme, faces: CardFaces, carrier: Carrier, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row: StatusRow | None = None
        mark(self, kind="column")
        self.setFixedWidth(WIDTH)
        self.sign = label(parent=self)
        self.name = EnterField(self.tr("Name of the column"), self, is_bare=True)
        self.name.set_heading(SIZE.body)
        self.count = label(role="caption", parent=self)
        self.more = QToolButton(self)
        self.more.setIcon(icon("more", "second"))
        self.more.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.cards = CardView(theme, faces, carrier, parent=self)
        self.add = EnterField(self.tr("Add a task to this column"), self, is_bare=True)
        self.add.setPlaceholderText(self.tr("Add a task…"))
        self._build_menu()
        self._lay_out()
        self.name.entered.connect(self._on_name_entered)
        self.add.entered.connect(self._on_add_entered)

    def _build_menu(self) -> None:
        menu = QMenu(self)
        self.hide_it = QAction(self.tr("Hide this column"), menu)
        self.ends = QAction(self.tr("Tasks here are done"), menu)
        self.ends.setCheckable(True)
        self.left = QAction(icon("chevron-left"), self.tr("Move left"), menu)
        self.right = QAction(icon("chevron-right"), self.tr("Move right"), menu)
        self.delete = QAction(icon("trash"), self.tr("Delete, and keep its tasks"), menu)
        wants = {
            self.hide_it: ColumnWant.HIDE,
            self.ends: ColumnWant.ENDS,
            self.left: ColumnWant.LEFT,
            self.right: ColumnWant.RIGHT,
            self.delete: ColumnWant.DELETE,
        }
        for action, want in wants.items():
            action.setData(want.value)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu_triggered)
        self.more.setMenu(menu)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.small, SPACE.hair, SPACE.hair, 0)
        head.setSpacing(SPACE.hair)
        head.addWidget(self.sign)
        head.addWidget(self.name, 1)
        head.addWidget(self.count)
        head.addWidget(self.more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.hair, SPACE.hair, SPACE.hair, SPACE.hair)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(head)
        whole.addWidget(self.cards, 1)
        whole.addWidget(self.add)

    @property
    def status(self) -> str:
        """The column's status."""
        return "" if self._row is None else self._row.lid

    @property
    def row(self) -> StatusRow | None:
        """The column's status as it was shown last."""
        return self._row

    def show_status(self, row: StatusRow, bars: Sequence[Bar], *, can_move: bool) -> None:
        """Shows a status and its tasks."""
        self._row = row
        has_sign = bool(row.icon) and not row.icon.isascii()
        self.sign.setText(row.icon if has_sign else "")
        self.sign.setVisible(has_sign)
        self.name.offer_text(row.name)
        count = len(bars)
        self.count.setText(str(count))
        self.cards.cards.show_bars(bars)
        words = self.tr("{name}, 1 task") if count == 1 else self.tr("{name}, {count} tasks")
        self.cards.setAccessibleName(words.format(name=row.name, count=count))
        self.more.setAccessibleName(self.tr("Column {name}").format(name=row.name))
        self.ends.setChecked(row.is_done)
        self.hide_it.setText(
            self.tr("Do not hide this column") if row.is_hidden else self.tr("Hide this column")
        )
        self.left.setEnabled(can_move)
        self.right.setEnabled(can_move)
        mark(self, state="hidden" if row.is_hidden else "")

    def show_over(self, over: bool) -> None:  # noqa: FBT001
        """Shows that something would land here."""
        wanted = "over" if over else ""
        if (self.property("carry") or "") != wanted:
            mark(self, carry=wanted)

    def holds(self, place: QPoint) -> bool:
        """Whether a place of the screen is on the column."""
        return self.rect().contains(self.mapFromGlobal(place))

    def _wish(self, want: ColumnWant, text: str = "") -> None:
        self.wished.emit(ColumnWish(self.status, want, text))

    def _on_menu_triggered(self, action: QAction) -> None:
        self._wish(ColumnWant(action.data()))

    def _on_name_entered(self, entered: Entered) -> None:
        self._wish(ColumnWant.RENAME, entered.text)

    def _on_add_entered(self, entered: Entered) -> None:
        self.add.show_text("")
        if entered.text.strip():
            self._wish(ColumnWant.ADD, entered.text)

    def take_keyboard(self) -> None:
        """Puts the keyboard on the cards."""
        self.cards.setFocus(Qt.FocusReason.OtherFocusReason)
