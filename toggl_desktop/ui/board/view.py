"""A project's board: a column for each status, cards carried between and within them."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.ids import PlanTaskId, ProjectId, StatusId
from toggl_desktop.domain.plan.boards import columns
from toggl_desktop.domain.plan.commands import (
    AddStatus,
    DeletePlanThing,
    EditPlanTasks,
    EditStatus,
    MoveOnBoard,
)
from toggl_desktop.domain.plan.rows import Bar, Plan, StatusRow
from toggl_desktop.ui.board.cards import CardMenu, CardView, CardWish, Wish, carry_out, clear_others
from toggl_desktop.ui.board.column import WIDTH, Column, ColumnWant, ColumnWish
from toggl_desktop.ui.board.faces import CardFaces
from toggl_desktop.ui.plan.carrying import Carrier
from toggl_desktop.ui.plan.deeds import Deeds, MenuWanted
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.picking import Choice, Picked, PickField
from toggl_desktop.ui.widgets.text import label

_EDGE: Final = 40
_STEP: Final = 16
_SIDES: Final = {Wish.LEFT: -1, Wish.RIGHT: 1, Wish.MOVE_LEFT: -1, Wish.MOVE_RIGHT: 1}


class BoardView(QWidget):
    """The board.

    Signals:
        menu_wanted(MenuWanted): A menu is wanted.
        selection_changed(): Other tasks are selected than before.
        project_chosen(str): Another project's board is wanted.
        left(): Esc was pressed with nothing to let go of.
    """

    draws_it = False
    menu_wanted = Signal(object)
    selection_changed = Signal()
    project_chosen = Signal(object)
    left = Signal()

    def __init__(
        self, kit: Kit, deeds: Deeds, carrier: Carrier, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = kit.context.theme
        self._deeds = deeds
        self._carrier = carrier
        self._faces = CardFaces(Saying(kit.context, self), self)
        self._plan: Plan | None = None
        self._bars: Sequence[Bar] = ()
        self._project: str | None = None
        self._shows_hidden = False
        self.columns: list[Column] = []
        self._build()
        carrier.add_target(self)
        self._theme.changed.connect(self._on_theme_changed)

    def _build(self) -> None:
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(self.area)
        self.area.setWidget(inner)
        self._line = QHBoxLayout(inner)
        self._line.setContentsMargins(SPACE.medium, SPACE.medium, SPACE.medium, SPACE.medium)
        self._line.setSpacing(SPACE.small)
        self.more = QWidget(inner)
        self.more.setFixedWidth(WIDTH)
        self.add = EnterField(self.tr("Add a column"), self.more)
        self.add.setPlaceholderText(self.tr("Add a column…"))
        self.hidden = QPushButton(self.more)
        mark(self.hidden, kind="quiet")
        self.usual = QPushButton(self.tr("Make the usual columns"), self.more)
        mark(self.usual, kind="primary")
        self.teaching = label(wraps=True, tone="second", parent=self.more)
        side = QVBoxLayout(self.more)
        side.setContentsMargins(0, SPACE.hair, 0, 0)
        for widget in (self.teaching, self.usual, self.add, self.hidden):
            side.addWidget(widget)
        side.addStretch(1)
        self._line.addWidget(self.more)
        self._line.addStretch(1)
        self._build_whose()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add.entered.connect(self._on_add_entered)
        self.hidden.clicked.connect(self._on_hidden_clicked)
        self.usual.clicked.connect(self._on_usual_clicked)

    def _build_whose(self) -> None:
        """Builds the field that says whose board it is; a window puts it where it has room."""
        self.whose = PickField(self.tr("Project of the board"), "", self, creates=False)
        self.whose.setPlaceholderText(self.tr("Choose a project"))
        self.whose.setMaximumWidth(WIDTH)
        self.whose.hide()
        self.whose.picked.connect(self._on_whose_picked)

    # Showing ------------------------------------------------------------------------------

    def show_plan(self, plan: Plan, project: str | None, bars: Iterable[Bar] | None = None) -> None:
        """Shows a project's board.

        Args:
            plan: The plan.
            project: The project; None for none.
            bars: The tasks that pass the filter; all when not given.
        """
        if project != self._project:
            self._shows_hidden = False
        self._plan, self._project = plan, project
        self._bars = plan.bars if bars is None else list(bars)
        self._faces.show_plan(plan, names_project=False)
        self.whose.set_choices(
            [Choice(p.lid, p.name, p.color, p.client or "") for p in plan.projects
             if not p.is_archived or p.lid == project]
        )  # fmt: skip
        if not self.whose.is_edited:
            self.whose.show_choice(project)
        self._show()

    def _statuses(self) -> list[StatusRow]:
        if self._plan is None or self._project is None:
            return []
        return [s for s in self._plan.statuses if s.project == self._project]

    def _show(self) -> None:
        statuses = self._statuses()
        hidden = sum(s.is_hidden for s in statuses)
        shown = [s for s in statuses if self._shows_hidden or not s.is_hidden]
        while len(self.columns) > len(shown):
            self._drop_column()
        while len(self.columns) < len(shown):
            self._make_column()
        found = columns(self._bars, self._project or "", [s.lid for s in shown])
        for column, row in zip(self.columns, shown, strict=True):
            column.show_status(row, found[row.lid], can_move=len(shown) > 1)
        self.add.setVisible(self._project is not None)
        self.usual.setVisible(self._project is not None and not statuses)
        self._teach(is_empty=not statuses)
        self.hidden.setVisible(bool(hidden))
        words = self.tr("Show hidden columns: {count}").format(count=hidden)
        self.hidden.setText(self.tr("Hide them again") if self._shows_hidden else words)

    def _teach(self, *, is_empty: bool) -> None:
        words = ""
        if self._project is None:
            words = self.tr("A board belongs to a project. Choose one above.")
        elif is_empty:
            words = self.tr("This project has no columns yet. A task's status is its column.")
        self.teaching.setText(words)
        self.teaching.setVisible(bool(words))

    def _make_column(self) -> None:
        column = Column(self._theme, self._faces, self._carrier, self.more.parentWidget())
        self._line.insertWidget(len(self.columns), column)
        self.columns.append(column)
        column.wished.connect(self._on_column_wished)
        column.cards.wished.connect(self._on_cards_wished)
        column.cards.menu_wanted.connect(self._on_cards_menu_wanted)
        column.cards.chosen.connect(self._on_cards_chosen)
        column.show()

    def _drop_column(self) -> None:
        column = self.columns.pop()
        self._line.removeWidget(column)
        column.hide()
        column.deleteLater()

    # What is selected ---------------------------------------------------------------------

    @property
    def selected(self) -> tuple[str, ...]:
        """The selected tasks."""
        return tuple(lid for column in self.columns for lid in column.cards.selected)

    def select(self, lid: str) -> bool:
        """Selects a task and gives it the keyboard; tells whether it is shown."""
        for column in self.columns:
            if column.cards.cards.row_of(lid) is not None:
                column.take_keyboard()
                self.area.ensureWidgetVisible(column)
                return column.cards.select(lid)
        return False

    def take_keyboard(self) -> None:
        """Puts the keyboard on the first card, or into the first column."""
        filled = [c for c in self.columns if c.cards.cards.rowCount()]
        for column in (filled or self.columns)[:1]:
            column.take_keyboard()
            if not column.cards.selected:
                column.cards.select(None)

    def _place_of(self, view: object) -> int | None:
        return next((n for n, column in enumerate(self.columns) if column.cards is view), None)

    def _on_cards_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, CardView) and sender.selected:
            clear_others([column.cards for column in self.columns], sender)
        self.selection_changed.emit()

    # Keyboard -----------------------------------------------------------------------------

    def _on_cards_wished(self, asked: CardWish) -> None:
        view = self.sender()
        place = self._place_of(view)
        if place is None or not isinstance(view, CardView):
            return
        wish, lids = asked.wish, view.selected
        if wish in (Wish.LEFT, Wish.RIGHT):
            self._walk(place, _SIDES[wish])
        elif wish in (Wish.MOVE_LEFT, Wish.MOVE_RIGHT):
            self._carry_sideways(place, _SIDES[wish])
        elif wish in (Wish.MOVE_UP, Wish.MOVE_DOWN):
            self._carry_along(place, -1 if wish is Wish.MOVE_UP else 1)
        elif wish is Wish.NEW:
            self.columns[place].add.setFocus(Qt.FocusReason.OtherFocusReason)
        elif wish is Wish.LEAVE:
            if lids:
                view.forget()
            else:
                self.left.emit()
        else:
            carry_out(self._deeds, wish, lids, view.current)

    def _walk(self, place: int, by: int) -> None:
        """Goes to the next column that has cards, to the card at the same height."""
        if self.isRightToLeft():
            by = -by
        row = max(0, self.columns[place].cards.currentIndex().row())
        there = place + by
        while 0 <= there < len(self.columns):
            column = self.columns[there]
            if column.cards.cards.rowCount():
                column.take_keyboard()
                column.cards.select(None, row)
                self.area.ensureWidgetVisible(column)
                return
            there += by

    def _carry_sideways(self, place: int, by: int) -> None:
        there = place + (-by if self.isRightToLeft() else by)
        current = self.columns[place].cards.current
        if current is None or not 0 <= there < len(self.columns):
            return
        target = self.columns[there]
        row = self.columns[place].cards.currentIndex().row()
        before = target.cards.cards.bar(row)
        self._move(current.lid, target.status, None if before is None else before.lid)

    def _carry_along(self, place: int, by: int) -> None:
        view = self.columns[place].cards
        current, row = view.current, view.currentIndex().row()
        other = view.cards.bar(row + by)
        if current is None or other is None:
            return
        before = other if by < 0 else view.cards.bar(row + 2)
        self._move(current.lid, self.columns[place].status, None if before is None else before.lid)

    def _move(self, lid: str, status: str, before: str | None) -> None:
        before_id = None if before is None else PlanTaskId(before)
        self._deeds.do(MoveOnBoard(PlanTaskId(lid), StatusId(status), before_id))
        self.select(lid)

    # Carried cards ------------------------------------------------------------------------

    def carry_over(self, place: QPoint, lids: tuple[str, ...]) -> bool:
        """Shows before which card the carried ones would come."""
        if not self.isVisible() or not self.rect().contains(self.mapFromGlobal(place)):
            return False
        self._scroll_at(place)
        over = next((column for column in self.columns if column.holds(place)), None)
        for column in self.columns:
            column.show_over(column is over)
            column.cards.show_mark(column.cards.place_at(place) if column is over else None)
        if over is not None:
            over.cards.scroll_at(place)
        return over is not None

    def _scroll_at(self, place: QPoint) -> None:
        x = self.mapFromGlobal(place).x()
        by = -_STEP if x < _EDGE else _STEP if x > self.width() - _EDGE else 0
        bar = self.area.horizontalScrollBar()
        bar.setValue(bar.value() + by)

    def carry_away(self) -> None:
        """Shows nothing any more."""
        for column in self.columns:
            column.show_over(False)  # noqa: FBT003
            column.cards.show_mark(None)

    def let_go(self, place: QPoint, lids: tuple[str, ...]) -> None:
        """Puts the carried cards where they were let go: one exactly there, several into it."""
        over = next((column for column in self.columns if column.holds(place)), None)
        if over is None:
            return
        if len(lids) > 1:
            ids = tuple(map(PlanTaskId, lids))
            self._deeds.do(EditPlanTasks(ids, status=StatusId(over.status)))
            return
        row = over.cards.place_at(place)
        before = over.cards.cards.bar(row)
        if before is not None and before.lid == lids[0]:
            return  # it is there already
        was = over.cards.cards.row_of(lids[0])
        if was is not None and row == was + 1:
            return
        self._move(lids[0], over.status, None if before is None else before.lid)

    # Columns ------------------------------------------------------------------------------

    def _on_column_wished(self, wish: ColumnWish) -> None:
        row = next((s for s in self._statuses() if s.lid == wish.status), None)
        if row is None:
            return
        status = StatusId(wish.status)
        if wish.want is ColumnWant.RENAME:
            if self._deeds.do(EditStatus(status, name=wish.text)) is None:
                self._show()
        elif wish.want is ColumnWant.HIDE:
            self._deeds.do(EditStatus(status, is_hidden=not row.is_hidden))
        elif wish.want is ColumnWant.ENDS:
            self._deeds.do(EditStatus(status, is_done=not row.is_done))
        elif wish.want is ColumnWant.DELETE:
            self._deeds.do(DeletePlanThing("status", status))
        elif wish.want is ColumnWant.ADD:
            self._deeds.add(name=wish.text, project=ProjectId(row.project), status=status)
        else:
            self._shift_column(status, -1 if wish.want is ColumnWant.LEFT else 1)

    def _shift_column(self, status: StatusId, by: int) -> None:
        lids = [s.lid for s in self._statuses()]
        there = lids.index(status) + by
        if 0 <= there < len(lids):
            self._deeds.do(EditStatus(status, position=there))

    def _on_add_entered(self, entered: Entered) -> None:
        self.add.show_text("")
        if self._project is not None and entered.text.strip():
            self._deeds.do(AddStatus(entered.text.strip(), ProjectId(self._project)))

    def _on_usual_clicked(self) -> None:
        if self._project is None:
            return
        project = ProjectId(self._project)
        for name in (self.tr("To-do"), self.tr("In progress"), self.tr("Blocked")):
            self._deeds.do(AddStatus(name, project))
        self._deeds.do(AddStatus(self.tr("Done"), project, is_done=True))

    def _on_hidden_clicked(self) -> None:
        self._shows_hidden = not self._shows_hidden
        self._show()

    def _on_cards_menu_wanted(self, menu: CardMenu) -> None:
        view = self.sender()
        if isinstance(view, CardView) and view.selected:
            self.menu_wanted.emit(MenuWanted(menu.place, view.selected))

    def _on_whose_picked(self, picked: Picked) -> None:
        if picked.lid is not None:
            self.project_chosen.emit(picked.lid)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.take_keyboard)  # Qt is still busy giving it to us

    def _on_theme_changed(self) -> None:
        self._faces.reword()
        for column in self.columns:
            column.cards.remeasure()
