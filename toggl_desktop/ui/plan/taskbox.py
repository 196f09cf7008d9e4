"""The taskbox: what is planned and not yet on a day, or, beside a board, in no column."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.ids import MemberId, PlanTaskId, ProjectId
from toggl_desktop.domain.plan.boards import Box, boxed
from toggl_desktop.domain.plan.commands import MoveOnBoard
from toggl_desktop.domain.plan.rows import Bar, Plan
from toggl_desktop.ui.board.cards import CardMenu, CardView, CardWish, Wish, carry_out
from toggl_desktop.ui.board.faces import CardFaces
from toggl_desktop.ui.plan.carrying import Carrier
from toggl_desktop.ui.plan.deeds import Deeds, MenuWanted
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.text import label

_CARD: Final = 232
_MOST_ROWS: Final = 2


class Taskbox(QFrame):
    """A line at the bottom of the window that opens into cards.

    Signals:
        menu_wanted(MenuWanted): A menu is wanted for tasks.
        left(): Esc was pressed: the keyboard goes back to the timeline.
        toggled(): It was opened or closed.
    """

    draws_it = False
    menu_wanted = Signal(object)
    left = Signal()
    toggled = Signal()

    def __init__(
        self, kit: Kit, deeds: Deeds, carrier: Carrier, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._theme = kit.context.theme
        self._faces = CardFaces(Saying(kit.context, self), self)
        self._box = Box("team")
        self._team = ""
        self._count = 0
        self.is_filtered = False
        mark(self, kind="box")
        self._build(carrier)
        carrier.add_target(self)
        self.handle.clicked.connect(self._on_handle_clicked)
        self.add.entered.connect(self._on_add_entered)
        self.cards.wished.connect(self._on_cards_wished)
        self.cards.menu_wanted.connect(self._on_cards_menu_wanted)
        self._theme.changed.connect(self._on_theme_changed)

    def _build(self, carrier: Carrier) -> None:
        self.handle = QToolButton(self)
        mark(self.handle, kind="labelled")
        self.handle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.handle.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.handle.setToolTip(self.tr("Taskbox (U)"))
        self.rule = label(role="caption", elided=True, parent=self)
        self.add = EnterField(self.tr("Add to the taskbox"), self)
        self.add.setPlaceholderText(self.tr("Add a task without a day…"))
        self.add.setMaximumWidth(_CARD + SPACE.huge)
        self.cards = CardView(self._theme, self._faces, carrier, card_width=_CARD, parent=self)
        self.teaching = label(tone="second", wraps=True, parent=self)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(SPACE.hair, 0, SPACE.small, 0)
        self._head.setSpacing(SPACE.small)
        self._head.addWidget(self.handle)
        self._head.addWidget(self.rule, 1)
        self._head.addWidget(self.add, 1)
        inner = QVBoxLayout()
        inner.setContentsMargins(SPACE.small, 0, SPACE.small, SPACE.hair)
        inner.addWidget(self.teaching)
        inner.addWidget(self.cards)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addLayout(inner)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
        self.setSizePolicy(policy)
        self.set_open(is_open=False)

    def add_at_side(self, widget: QWidget) -> None:
        """Puts a widget of the window at the far end of the line."""
        self._head.addWidget(widget)

    # Showing ------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether its cards are shown."""
        return not self.cards.isHidden() or not self.teaching.isHidden()

    @property
    def count(self) -> int:
        """How many tasks are in it."""
        return self._count

    def set_open(self, *, is_open: bool) -> None:
        """Opens or closes it."""
        self.cards.setVisible(is_open and self._count > 0)
        self.teaching.setVisible(is_open and self._count == 0)
        self.add.setVisible(is_open)
        self.rule.setVisible(is_open)
        self.handle.setIcon(icon("chevron-down" if is_open else "chevron-up", "second"))

    def toggle(self) -> None:
        """Opens it and gives it the keyboard, or closes it."""
        wanted = not self.is_open
        self.set_open(is_open=wanted)
        self.toggled.emit()
        if wanted:
            self.take_keyboard()
        else:
            self.left.emit()

    def take_keyboard(self) -> None:
        """Puts the keyboard on the first card, or into the field for a new one."""
        if self._count:
            self.cards.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.cards.selected:
                self.cards.select(None)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plan(
        self, plan: Plan, box: Box, bars: Iterable[Bar] | None = None, team: str = ""
    ) -> None:
        """Shows what is in the box.

        Args:
            plan: The plan.
            box: Which tasks belong in it.
            bars: The tasks that pass the filter; all when not given.
            team: What the people of the box are called together.
        """
        self._box, self._team = box, team
        self._faces.show_plan(plan, names_project=box.project is None)
        found = boxed(plan.bars if bars is None else bars, box)
        had, self._count = self._count, len(found)
        self.cards.cards.show_bars(found)
        if (had == 0) != (self._count == 0):
            self.set_open(is_open=self.is_open)
        self._fit()
        self._say()

    def _fit(self) -> None:
        """Is as high as its cards need, up to two rows; more are scrolled."""
        beside = max(1, (self.width() - 2 * SPACE.small) // _CARD)
        rows = min(max(1, -(-self._count // beside)), _MOST_ROWS)
        self.cards.setFixedHeight(rows * self.cards.painter_of_cards.height + SPACE.hair)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _say(self) -> None:
        count = self._count
        if self._box.kind == "board":
            words = self.tr("{count} without a status").format(count=count)
            rule = self.tr("No status, in this project")
            teaching = self.tr(
                "Every task of this project has a column. Drag a card here to take it out of one."
            )
        else:
            words = self.tr("{count} unscheduled").format(count=count)
            if self._box.kind == "project" and self._box.project is not None:
                rule = self.tr("Unscheduled, in this project")
            elif self._box.members is not None:
                rule = self.tr("Unscheduled, assigned to {team}").format(team=self._team)
            else:
                rule = self.tr("Unscheduled")
            teaching = self.tr(
                "Everything has a day. Drag a bar here to take its days away, "
                "or add a task for later."
            )
        self.handle.setText(words)
        self.handle.setAccessibleName(self.tr("Taskbox: {words}").format(words=words))
        self.rule.setText(rule)
        self.teaching.setText(
            self.tr("Nothing in it matches the filter.") if self.is_filtered else teaching
        )
        self.cards.setAccessibleName(rule)

    @property
    def selected(self) -> tuple[str, ...]:
        """The selected tasks."""
        return self.cards.selected

    # Doing --------------------------------------------------------------------------------

    def _on_handle_clicked(self) -> None:
        self.toggle()

    def _on_add_entered(self, entered: Entered) -> None:
        self.add.show_text("")
        if not entered.text.strip():
            return
        fields: dict[str, object] = {"name": entered.text}
        if self._box.project is not None:
            fields["project"] = ProjectId(self._box.project)
        members: Sequence[str] = sorted(self._box.members or ())
        if len(members) == 1:
            fields["members"] = (MemberId(members[0]),)
        lid = self._deeds.add(**fields)
        if lid is not None and self._box.kind == "board":
            self._deeds.set_status((lid,), None)

    def _on_cards_wished(self, asked: CardWish) -> None:
        wish, lids, current = asked.wish, self.cards.selected, self.cards.current
        if wish is Wish.LEAVE:
            self.cards.forget()
            self.left.emit()
        elif wish is Wish.NEW:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            carry_out(self._deeds, wish, lids, current)

    def _on_cards_menu_wanted(self, menu: CardMenu) -> None:
        if self.cards.selected:
            self.menu_wanted.emit(MenuWanted(menu.place, self.cards.selected))

    def _on_theme_changed(self) -> None:
        self._faces.reword()
        self.cards.remeasure()

    # Carried bars and cards ---------------------------------------------------------------

    def carry_over(self, place: QPoint, lids: tuple[str, ...]) -> bool:
        """Shows that what is carried can be put in; tells whether it can."""
        if not self.isVisible() or not self.rect().contains(self.mapFromGlobal(place)):
            return False
        mine = {bar.lid for bar in self.cards.cards.bars}
        can = not mine.issuperset(lids)
        mark(self, carry="over" if can else "")
        return True

    def carry_away(self) -> None:
        """Shows nothing any more."""
        mark(self, carry="")

    def let_go(self, _place: QPoint, lids: tuple[str, ...]) -> None:
        """Puts tasks in: off the timeline, or out of their column."""
        mine = {bar.lid for bar in self.cards.cards.bars}
        came = [lid for lid in lids if lid not in mine]
        if not came:
            return
        if self._box.kind != "board":
            self._deeds.unschedule(came)
        elif len(came) == 1:
            self._deeds.do(MoveOnBoard(PlanTaskId(came[0]), None))
        else:
            self._deeds.set_status(came, None)
