"""The Plan window: one row of buttons, the chart, one line that says how things stand."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QHelpEvent,
    QHideEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plan.commands import AddSamplePlan, RemoveSamplePlan
from toggl_desktop.domain.plan.filters import Filter
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.plan.choosing import FilterMenu
from toggl_desktop.ui.plan.commands import PlanMenu
from toggl_desktop.ui.plan.filing import Filing
from toggl_desktop.ui.plan.model import Shown
from toggl_desktop.ui.plan.outfit import Outfit
from toggl_desktop.ui.plan.saving import Saving
from toggl_desktop.ui.plan.timeline import Timeline
from toggl_desktop.ui.plan.toolbar import PlanBar
from toggl_desktop.ui.plan.welcome import NoMatch, Welcome
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.timer.menu import attach
from toggl_desktop.ui.timer.performer import Done, Kit, Performer, Refusal
from toggl_desktop.ui.timer.shortcuts import ShortcutsDialog, keys_of
from toggl_desktop.ui.timer.talk import Talk
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.bars import SentenceBar, Toast
from toggl_desktop.ui.widgets.placing import begin_with, come_into_sight
from toggl_desktop.ui.widgets.statusline import StatusLine
from toggl_desktop.ui.widgets.text import tooltip
from toggl_desktop.ui.widgets.typed import take_typed

_SIZE: Final = QSize(1200, 720)
_LEAST: Final = QSize(560, 320)


class PlanWindow(QWidget):
    """Shows the plan; everything a person does goes out as a command.

    Attributes:
        kit: What the window's parts share.
        timeline: The timeline; `timeline.view` is what editing is built on.
        pages: Holds the timeline, and a board beside it once `add_board` was called.
        menu: Its actions; others add theirs before `menu.added`.

    Signals:
        timer_requested(): The timer window is to be shown.
        palette_requested(): The palette is to be shown.
        preferences_requested(): The preferences are to be shown.
        hidden(): It went out of sight; a good moment to keep its place.
    """

    timer_requested = Signal()
    palette_requested = Signal()
    preferences_requested = Signal()
    hidden = Signal()

    def __init__(self, context: Context, state: QSettings | None = None) -> None:
        super().__init__()
        self.saving = Saving(context, self)
        self._context = context = self.saving.context
        self._board: QWidget | None = None
        performer = Performer(context, self)
        self.kit = Kit(context, performer, Wording(context, self))
        self.setWindowTitle(self.tr("Plan – Toggl Desktop"))
        begin_with(self, _SIZE)
        self.setMinimumSize(_LEAST)
        self._build_children(state)
        self._wire()
        self._wire_menu()
        self.filing = Filing(self.menu, self.timeline, self.talk, self)

    def _build_children(self, state: QSettings | None) -> None:
        self.bar = PlanBar(self)
        self.sentences = SentenceBar(self)
        self.timeline = Timeline(self.kit, state)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.timeline)
        self.welcome = Welcome(self.timeline.view.viewport())
        self.no_match = NoMatch(self.timeline.view.viewport())
        self.status = StatusLine(self)
        self.toast = Toast(self.pages)
        self.menu = PlanMenu(self._context, self)
        attach(self.menu.listed(), self)
        self.filters = FilterMenu(self.bar.choices)
        self.bar.choices.setMenu(self.filters)
        self.talk = Talk(self._context, self.kit.performer, self.sentences, self.toast)
        self.outfit = Outfit(self, state)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(_rule(self))
        whole.addWidget(self.sentences)
        whole.addLayout(self.outfit.beside(self.pages), 1)
        whole.addWidget(self.outfit.below(self.status))
        self.timeline.view.viewport().installEventFilter(self)

    def _wire(self) -> None:
        bar, view = self.bar, self.timeline.view
        bar.shown_wanted.connect(self.show_timeline)
        bar.board_wanted.connect(self.show_board)
        bar.moved.connect(self._on_bar_moved)
        bar.today_wanted.connect(view.show_today)
        bar.scale_wanted.connect(view.show_scale)
        bar.typed.connect(self._on_bar_typed)
        bar.undo.clicked.connect(self._undo)
        bar.redo.clicked.connect(self._redo)
        bar.more.clicked.connect(self._on_more_clicked)
        self.filters.chosen.connect(self._on_filters_chosen)
        view.sight_changed.connect(self._on_sight_changed)
        view.selection_changed.connect(self._show_status)
        self.pages.currentChanged.connect(self._show_status)
        self.saving.turned.connect(self._show_status)
        self.timeline.plan_turned.connect(self._on_plan_turned)
        self.timeline.reading_failed.connect(self._on_reading_failed)
        self.no_match.all_wanted.connect(self._on_all_wanted)
        self.welcome.first_wanted.connect(self.outfit.make_first)
        self.welcome.sample_wanted.connect(self._add_sample)
        self.kit.performer.done.connect(self._on_performer_done)
        self._context.bridge.changed.connect(self.talk.hear_of)

    def _wire_menu(self) -> None:
        menu = self.menu
        menu.undo.triggered.connect(self._undo)
        menu.redo.triggered.connect(self._redo)
        menu.team.triggered.connect(self._on_team_triggered)
        menu.project.triggered.connect(self._on_project_triggered)
        menu.board.triggered.connect(self.show_board)
        menu.filter.triggered.connect(self._on_filter_triggered)
        for name, action in menu.switches.items():
            action.setData(name)
            action.triggered.connect(self._on_switch_triggered)
        menu.fold.triggered.connect(self._on_fold_triggered)
        menu.fold_all.triggered.connect(self._on_fold_all_triggered)
        menu.open_all.triggered.connect(self._on_open_all_triggered)
        menu.add_sample.triggered.connect(self._add_sample)
        menu.remove_sample.triggered.connect(self._remove_sample)
        menu.timer.triggered.connect(self._on_timer_triggered)
        menu.palette_action.triggered.connect(self._on_palette_triggered)
        menu.preferences.triggered.connect(self._on_preferences_triggered)
        menu.shortcuts.triggered.connect(self._on_shortcuts_triggered)
        menu.close_window.triggered.connect(self.close)

    # What the program asks of the window --------------------------------------------------

    def show_on_current(self) -> None:
        """Shows the window where a person is: on this desktop, a connected monitor, in front."""
        if self.isMinimized():
            self.showNormal()
        elif self.isVisible() and not self.isActiveWindow():
            self.hide()  # one that is on another desktop would take the person there
        come_into_sight(self)
        self.show()
        self.raise_()
        self.activateWindow()
        self.timeline.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why something was not done."""
        self.talk.show_refusal(refusal)

    def show_failure(self, sentence: str, details: str) -> None:
        """Says that something failed; the details can be copied."""
        self.talk.say_failure(sentence, details)

    def add_board(self, board: QWidget) -> None:
        """Takes a board as the window's other page."""
        self._board = board
        self.pages.addWidget(board)
        self.bar.board.show()
        self.menu.board.setVisible(True)

    def show_board(self) -> None:
        """Shows the board, if there is one."""
        if self._board is not None:
            self.bar.board.setChecked(True)
            self.pages.setCurrentWidget(self._board)
            self._board.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_status()

    def show_timeline(self, shown: Shown) -> None:
        """Shows the timeline of people or of a project."""
        self.pages.setCurrentWidget(self.timeline)
        self.timeline.show_timeline(shown)
        self.bar.show_shown(shown, self.timeline.model.plan)
        self.timeline.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_filter(self, wanted: Filter) -> None:
        """Shows only what is wanted."""
        self.timeline.show_filter(wanted)
        chosen = replace(wanted, words="")
        self.bar.choices.setChecked(bool(chosen))
        mark(self.bar.choices, state="on" if chosen else "")
        self.filters.show_filter(wanted, self.timeline.model.plan)
        self._show_status()

    def finish(self) -> None:
        """Takes what is being typed, in the side panel, on the board or in its place."""
        take_typed(self)

    def remember(self) -> None:
        """Writes scales and places down."""
        self.timeline.remember()

    # Doing --------------------------------------------------------------------------------

    def do(self, command: object) -> bool:
        """Does a command; the window says what became of it, good or bad."""
        return self.kit.performer.do(command)

    def _on_performer_done(self, done: Done) -> None:
        """Shows a person's own change at once; the bridge's word for it then changes nothing."""
        self.timeline.apply(done.changes)
        self.talk.hear_of(done.changes)

    def _undo(self) -> None:
        self.do(Undo())

    def _redo(self) -> None:
        self.do(Redo())

    def _add_sample(self) -> None:
        self.do(AddSamplePlan(self.timeline.scene.today))

    def _remove_sample(self) -> None:
        self.do(RemoveSamplePlan())

    # Showing ------------------------------------------------------------------------------

    def _on_plan_turned(self) -> None:
        model = self.timeline.model
        self.bar.show_shown(model.shown, model.plan)
        self.filters.show_filter(model.wanted, model.plan)
        self.welcome.show_in_place(is_wanted=model.is_empty)
        has_none = model.lanes.hides_empty and not model.lanes.shown()
        self.no_match.show_in_place(is_wanted=has_none and not model.is_empty)
        self._show_status()

    def _on_sight_changed(self) -> None:
        view = self.timeline.view
        self.bar.show_scale(view.axis.scale_name(view.viewport().width()))
        self._show_status()

    def _show_status(self) -> None:
        view, model = self.timeline.view, self.timeline.model
        parts = [self.saving.words()]
        chosen = len(view.selection)
        if chosen:
            parts.append(self.tr("{count} selected").format(count=chosen))
        if model.wanted:
            parts.append(self.tr("filtered"))
        if not model.is_whole:
            parts.append(self.tr("reading earlier and later days…"))
        days = self.timeline.speech.span(*view.days_in_sight)
        is_board = self._board is not None and self.pages.currentWidget() is self._board
        self.status.show_words(" · ".join(parts), "" if is_board else days)

    def _on_reading_failed(self, error: KnownError) -> None:
        self.talk.say_failure(error.sentence, "")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            view = self.timeline.view
            hit = None if view.drafts else view.bar_at(event.pos())
            if hit is None:
                QToolTip.hideText()
            else:
                words = tooltip(self.timeline.speech.tip(hit.bar))
                QToolTip.showText(event.globalPos(), words, view.viewport())
            return True
        return False

    # Hearing ------------------------------------------------------------------------------

    def _on_bar_moved(self, pages: int) -> None:
        view = self.timeline.view
        view.scroll_sideways(pages * view.viewport().width() * 3 // 4)

    def _on_bar_typed(self, words: str) -> None:
        self.show_filter(replace(self.timeline.model.wanted, words=words))

    def _on_filters_chosen(self, wanted: Filter) -> None:
        if not wanted:
            self.bar.field.clear()
        self.show_filter(wanted)

    def _on_all_wanted(self) -> None:
        self._on_filters_chosen(Filter())

    def _on_team_triggered(self) -> None:
        self.show_timeline(Shown("team", self.bar.chosen("team")))

    def _on_project_triggered(self) -> None:
        self.show_timeline(Shown("project", self.bar.chosen("project")))

    def _on_filter_triggered(self) -> None:
        self.bar.focus_filter()

    def _on_switch_triggered(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        try:
            self._context.preferences.choose(str(action.data()), action.isChecked())
        except KnownError as error:
            self.kit.performer.refuse(None, error)

    def _on_fold_triggered(self) -> None:
        side = self.timeline.view.side
        side.fold(is_folded=not side.is_folded)

    def _on_fold_all_triggered(self) -> None:
        self._turn_heads(is_open=False)

    def _on_open_all_triggered(self) -> None:
        self._turn_heads(is_open=True)

    def _turn_heads(self, *, is_open: bool) -> None:
        for lane in self.timeline.model.lanes.all:
            if lane.is_head:
                lane.is_open = is_open
        self.timeline.view.arrange()

    def _on_timer_triggered(self) -> None:
        self.timer_requested.emit()

    def _on_palette_triggered(self) -> None:
        self.palette_requested.emit()

    def _on_preferences_triggered(self) -> None:
        self.preferences_requested.emit()

    def _on_more_clicked(self) -> None:
        more = self.bar.more
        wanted = self.menu.sizeHint().width()
        self.menu.popup(more.mapToGlobal(more.rect().bottomRight()) - QPoint(wanted, 0))

    def _on_shortcuts_triggered(self) -> None:
        ShortcutsDialog(self.shortcut_groups(), self).open()

    def shortcut_groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Returns what the page of shortcuts lists."""
        scales = [
            (self.tr("Week, month, quarter, year"), "W, M, Q, A"),
            (self.tr("Today"), "T"),
            (self.tr("Fit everything, or what is selected"), "F"),
            (self.tr("Zoom"), self.tr("+, −, Ctrl+wheel")),
            (self.tr("A page back or on"), self.tr("Page Up, Page Down")),
            (self.tr("Sideways"), self.tr("Shift+wheel")),
        ]
        return [
            (self.tr("Anywhere"), [*map(keys_of, self.menu.listed()), (self.tr("Menu"), "F10")]),
            (self.tr("On the timeline"), [*self.outfit.listed(), *scales]),
        ]

    # Coming and going ---------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.timeline.catch_up()  # the board may be what is shown
        self.outfit.warming.begin()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.outfit.warming.stop()
        if not event.spontaneous():
            self.hidden.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.finish()
        self.hide()


def _rule(parent: QWidget) -> QFrame:
    made = QFrame(parent)
    mark(made, kind="rule")
    return made
