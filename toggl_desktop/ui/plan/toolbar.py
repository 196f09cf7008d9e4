"""The one row above the timeline: what is shown, when, at which scale, and what is looked for."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.rows import Plan
from toggl_desktop.ui.plan.model import Shown
from toggl_desktop.ui.plan.room import needed
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.text import menu_text, tooltip

SCALES: Final = (("week", "W"), ("month", "M"), ("quarter", "Q"), ("year", "A"))
_PATIENCE_MS: Final = 150
_MOST_LISTED: Final = 60
_FILTER_WIDTH: Final = 200
_LEAST_FIELD: Final = 110
_LEAST_PICKER: Final = 160
_NAME_LIMIT: Final = 24
_TIGHTEST: Final = 4


class PlanBar(QWidget):
    """Buttons and the filter; everything in it has a key as well.

    Words on it are never cut: in a narrow window what keys and the menu do as well makes room, and
    the filter is a button until it is used. Beside a board stands only what means something there.

    Signals:
        shown_wanted(Shown): Another timeline is wanted.
        board_wanted(): The board is wanted.
        moved(int): So many pages on; negative is back.
        today_wanted(): Today is to be in sight.
        scale_wanted(str): A named scale is wanted.
        typed(str): Something is looked for.
    """

    shown_wanted = Signal(object)
    board_wanted = Signal()
    moved = Signal(object)
    today_wanted = Signal()
    scale_wanted = Signal(object)
    typed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self._offered: tuple[object, ...] | None = None
        self._plan: Plan | None = None
        self._is_board = False
        self._picker: QWidget | None = None
        self._chosen: dict[str, str | None] = {"team": None, "project": None}
        self._build()
        self._wire()

    def _build(self) -> None:
        self.team = self._button(self.tr("Team"), is_checkable=True)
        self.project = self._button(self.tr("Project"), is_checkable=True)
        self.board = self._button(self.tr("Board"), is_checkable=True)
        self.board.setToolTip(self.tr("Columns by status (Ctrl+3)"))
        self.board.hide()
        self._kinds = QButtonGroup(self)
        for button in (self.team, self.project, self.board):
            self._kinds.addButton(button)
        for button in (self.team, self.project):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
            button.setMenu(QMenu(button))
            mark(button, split="yes")
        self.team.setChecked(True)
        self.back = self._picture("chevron-left", self.tr("Back"), self.tr("Back (Page Up)"))
        self.today = self._button(self.tr("Today"))
        self.today.setToolTip(self.tr("Today (T)"))
        self.on = self._picture("chevron-right", self.tr("On"), self.tr("On (Page Down)"))
        self._scales = QButtonGroup(self)
        self.scales: dict[str, QToolButton] = {}
        names = {
            "week": self.tr("Week"),
            "month": self.tr("Month"),
            "quarter": self.tr("Quarter"),
            "year": self.tr("Year"),
        }
        for name, letter in SCALES:
            button = self._button(letter, is_checkable=True)
            mark(button, kind="letter")
            button.setAccessibleName(names[name])
            button.setToolTip(tooltip(f"{names[name]} ({letter})"))
            button.setProperty("scale", name)
            self._scales.addButton(button)
            self.scales[name] = button
        self._scales.setExclusive(False)
        self._build_far()
        self._lay_out()

    def _build_far(self) -> None:
        self.field = TextField(self.tr("Filter"), self)
        self.field.setPlaceholderText(self.tr("Filter"))
        self.field.setToolTip(
            self.tr("Words, @project, #tag, +person, !status; - before it means without (Ctrl+F)")
        )
        self.field.setClearButtonEnabled(True)
        self.field.addAction(icon("search", "second"), TextField.ActionPosition.LeadingPosition)
        self.field.setMinimumWidth(_LEAST_FIELD)
        self.field.setMaximumWidth(_FILTER_WIDTH)
        self.search = self._picture("search", self.tr("Filter"), self.tr("Filter (Ctrl+F)"))
        self.search.hide()
        self.choices = self._picture("filter", self.tr("Choose what is shown"), "")
        self.choices.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.undo = self._picture("undo", self.tr("Undo"), self.tr("Undo (Ctrl+Z)"))
        self.redo = self._picture("redo", self.tr("Redo"), self.tr("Redo (Ctrl+Shift+Z)"))
        self.more = self._picture("more", self.tr("More"), self.tr("More (F10)"))
        QShortcut(QKeySequence("F10"), self).activated.connect(self.more.click)
        self._pause = QTimer(self)
        self._pause.setObjectName("toggl-plan-filter")
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PATIENCE_MS)

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.small, 2, SPACE.small, 1)
        row.setSpacing(2)
        for button in (self.team, self.project, self.board):
            row.addWidget(button)
        row.addStretch(1)
        steps = (self.back, self.today, self.on)
        for button in reversed(steps) if self.isRightToLeft() else steps:
            row.addWidget(button)  # time runs from left to right also where words do not
        row.addSpacing(SPACE.small)
        for button in self.scales.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.field, 3)
        for button in (self.search, self.choices, self.undo, self.redo, self.more):
            row.addWidget(button)

    def _wire(self) -> None:
        self.team.clicked.connect(self._on_team_clicked)
        self.project.clicked.connect(self._on_project_clicked)
        self.board.clicked.connect(self._on_board_clicked)
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)
        self.today.clicked.connect(self._on_today_clicked)
        self._scales.buttonClicked.connect(self._on_scale_clicked)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.dropped.connect(self._on_field_dropped)
        self.field.installEventFilter(self)
        self.search.clicked.connect(self.focus_filter)
        self._pause.timeout.connect(self._tell_typed)

    def _button(self, words: str, *, is_checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        mark(button, kind="labelled")
        button.setText(words)
        button.setCheckable(is_checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _picture(self, name: str, words: str, hint: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(QSize(SIZE.icon, SIZE.icon))
        button.setAccessibleName(words)
        button.setToolTip(tooltip(hint or words))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # Showing ------------------------------------------------------------------------------

    def show_plan(self, plan: Plan) -> None:
        """Offers the groups and projects of a plan; what is offered already stays."""
        offered = (plan.groups, plan.projects, self._shown)
        if self._offered is not None and all(
            one is other for one, other in zip(self._offered, offered, strict=True)
        ):
            return
        self._offered = offered
        team, project = self.team.menu(), self.project.menu()
        team.clear()
        project.clear()
        group = QActionGroup(team)
        self._offer(team, group, self.tr("Everybody"), Shown("team"))
        for row in sorted(plan.groups, key=lambda g: g.position)[:_MOST_LISTED]:
            self._offer(team, group, row.name, Shown("team", row.lid))
        group = QActionGroup(project)
        self._offer(project, group, self.tr("All projects"), Shown("project"))
        listed = [row for row in plan.projects if not row.is_archived]
        for one in listed[:_MOST_LISTED]:
            action = self._offer(project, group, one.name, Shown("project", one.lid))
            action.setIcon(diamond_icon(one.color))
        self._fit()

    def _offer(self, menu: QMenu, group: QActionGroup, words: str, shown: Shown) -> QAction:
        action = QAction(menu_text(words), group)
        action.setCheckable(True)
        action.setData(shown)
        action.setChecked(shown == self._shown)
        action.triggered.connect(self._on_offer_triggered)
        menu.addAction(action)
        return action

    def _name_buttons(self, *, is_short: bool) -> None:
        """Says on the button which group or project it is, where there is room."""
        team, project = self.tr("Team"), self.tr("Project")
        if self._plan is not None and not is_short:
            names = {g.lid: g.name for g in self._plan.groups}
            names.update((p.lid, p.name) for p in self._plan.projects)
            team = self._named(names, "team") or team
            if not self._is_board:  # which project's board it is, stands beside
                project = self._named(names, "project") or project
        for button, words in ((self.team, team), (self.project, project)):
            if button.text() != words:
                button.setText(words)

    def _named(self, names: dict[str, str], grouping: str) -> str:
        return menu_text(names.get(self._chosen[grouping] or "", ""), _NAME_LIMIT)

    def show_shown(self, shown: Shown, plan: Plan) -> None:
        """Marks which timeline is shown."""
        self._shown = shown
        self._chosen[shown.grouping] = shown.lid
        self._plan = plan
        self._mark_page()
        self.show_plan(plan)

    def take_picker(self, picker: QWidget) -> None:
        """Takes the field that says which project's board is shown; it stands beside a board."""
        self._picker = picker
        picker.setMinimumWidth(_LEAST_PICKER)
        self._row.insertWidget(self._row.indexOf(self.board) + 1, picker, 6)
        self._fit()

    def show_page(self, *, is_board: bool) -> None:
        """Shows what means something beside a timeline, or beside a board."""
        self._is_board = is_board
        self._mark_page()
        self._fit()

    def _mark_page(self) -> None:
        if self._is_board:
            self.board.setChecked(True)
        else:
            (self.team if self._shown.grouping == "team" else self.project).setChecked(True)

    def focus_filter(self) -> None:
        """Gives the keyboard to the filter, in whatever room there is."""
        self.field.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._fit()

    # Room ---------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._fit()
        return False

    def _fit(self) -> None:
        """Shows as much as there is room for."""
        fields = (self.field, self._picker)
        for tightness in range(_TIGHTEST + 1):
            self._tighten(tightness)
            if needed(self._row, fields) <= self.width():
                return

    def _tighten(self, tightness: int) -> None:
        is_line = not self._is_board
        is_used = bool(self.field.text()) or self.field.hasFocus()
        self._name_buttons(is_short=tightness > 0)
        for button in (self.back, self.on):
            button.setVisible(is_line and tightness < 2)
        for button in (self.undo, self.redo):
            button.setVisible(tightness < 2)
        is_folded = tightness > 2
        self.field.setVisible(is_used or not is_folded)
        self.search.setVisible(is_folded and not is_used)
        has_scales = is_line and not (is_folded and is_used)
        for scale in self.scales.values():
            scale.setVisible(has_scales)
        self.today.setVisible(has_scales and tightness < _TIGHTEST)
        if self._picker is not None:
            self._picker.setVisible(self._is_board)

    def show_scale(self, name: str) -> None:
        """Marks the scale in force, if it is a named one."""
        for one, button in self.scales.items():
            button.setChecked(one == name)

    def chosen(self, grouping: str) -> str | None:
        """Returns the group or the project that was chosen last."""
        return self._chosen[grouping]

    # Hearing ------------------------------------------------------------------------------

    def _on_team_clicked(self) -> None:
        self._want(Shown("team", self._chosen["team"]))

    def _on_project_clicked(self) -> None:
        self._want(Shown("project", self._chosen["project"]))

    def _on_offer_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and isinstance(action.data(), Shown):
            self._want(action.data())

    def _want(self, shown: Shown) -> None:
        self.shown_wanted.emit(shown)

    def _on_board_clicked(self) -> None:
        self.board_wanted.emit()

    def _on_back_clicked(self) -> None:
        self._move(-1)

    def _on_on_clicked(self) -> None:
        self._move(1)

    def _move(self, pages: int) -> None:
        self.moved.emit(pages)

    def _on_today_clicked(self) -> None:
        self.today_wanted.emit()

    def _on_scale_clicked(self, button: QToolButton) -> None:
        self.scale_wanted.emit(button.property("scale"))

    def _on_field_text_changed(self, _text: str) -> None:
        self._pause.start()

    def _on_field_dropped(self) -> None:
        self.field.clear()
        self._pause.stop()
        self._tell_typed()

    def _tell_typed(self) -> None:
        self.typed.emit(self.field.text())
